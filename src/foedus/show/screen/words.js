// How numbers are said; the same rules as the report's (foedus.show.words).

const MISSING = "n/a";
const MINUS = "\u2212";
const real = (x) => x !== null && x !== undefined && Number.isFinite(x);
const withMinus = (text) => (/^[+-]0(\.0+)?$/.test(text) ? text.slice(1) : text.replace("-", MINUS));

function yardstickWords(table, probability) {
  if (!real(probability)) return MISSING;
  for (const [upper, words] of table) if (probability < upper || (probability === upper && upper > 0.5)) return words;
  return table[table.length - 1][1];
}

function percent(probability) {
  if (!real(probability)) return MISSING;
  if (probability === 0 || probability === 1) return `${100 * probability} %`;
  if (probability < 0.0005) return "<0.1 %";
  if (probability > 0.9995) return ">99.9 %";
  return `${(100 * probability).toFixed(probability < 0.0095 || probability > 0.9905 ? 1 : 0)} %`;
}

function pointsText(value) {
  if (!real(value)) return MISSING;
  const text = (100 * value).toFixed(1);
  return withMinus(value > 0 && !/^0\.0$/.test(text) ? `+${text}` : text);
}

// A number with so many decimals and commas between thousands.
const fixedFormats = new Map();
function fixedText(value, places) {
  if (!fixedFormats.has(places)) fixedFormats.set(places, new Intl.NumberFormat("en-US", { minimumFractionDigits: places, maximumFractionDigits: places }));
  return fixedFormats.get(places).format(value);
}

// Write a text only where it is new: an unchanged page is not laid out again.
function write(part, text) {
  if (part.textContent !== text) part.textContent = text;
}

// A number rounded to two digits of `scale` (three of its own when left out).
function numberText(value, scale = 0) {
  if (!real(value)) return MISSING;
  if (value === 0) return "0";
  const has = real(scale) && scale !== 0, digits = has ? 2 : 3, size = has ? Math.abs(scale) : Math.abs(value);
  const largest = Math.max(Math.abs(value), size);
  if (largest < 1e-3 || largest >= 1e15) {
    const [mantissa, exponent] = value.toExponential(1).split("e");
    return withMinus(`${mantissa} × 10${[...String(+exponent)].map((c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[+c])).join("")}`);
  }
  const decimals = digits - 1 - Math.floor(Math.log10(size));
  const [shift, suffix] = largest >= 1e9 ? [9, " billion"] : largest >= 1e6 ? [6, " million"] : [0, ""];
  const step = 10 ** -decimals, rounded = (decimals > 0 ? value : Math.round(value / step) * step) / 10 ** shift;
  const places = Math.max(decimals + shift, 0);
  return withMinus(fixedText(rounded, Math.min(places, 12))) + suffix;
}

function signedText(value, error) {
  const text = numberText(value, real(error) ? Math.max(error, Math.abs(value) / 10) : 0);
  return real(value) && value > 0 && text.replace(/[0.]/g, "") !== "" ? `+${text}` : text;
}

function quantityText(quantiles) {
  if (!quantiles || !quantiles.every(real)) return { median: MISSING, low: MISSING, high: MISSING };
  const scale = (quantiles[4] - quantiles[0]) / 4;
  return { median: numberText(quantiles[2], scale), low: numberText(quantiles[0], scale), high: numberText(quantiles[4], scale) };
}

// Dates that do not break at their hyphens.
const unbroken = (text) => text.replaceAll("-", "\u2011");
const shortText = (text) => text.replace(" million", " M").replace(" billion", " bn");

// A number as it is typed: the shortest decimal that gives the same double.
const plainNumber = (value) => String(value);

// {name} in a text of TEXTS becomes a value.
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

// A DOM element; texts are always text, never markup.
function element(tag, attributes = {}, ...children) {
  const svg = ["svg", "g", "path", "text", "rect", "line", "circle", "title", "desc"].includes(tag) && attributes.svg !== false;
  const made = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "svg" || value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat()) if (child !== null && child !== undefined) made.append(child);
  return made;
}
