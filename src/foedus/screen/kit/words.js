// How numbers are said; the same rules as the report's (foedus.show.words).

export const MISSING = "n/a";

const NOTHING = 1000; // times: what is so much smaller than a quarter of its interval is shown as nothing

const MINUS = "\u2212";

/** @param {number | null | undefined} x @returns {x is number} */
export const real = (x) => x !== null && x !== undefined && Number.isFinite(x);

/** @param {string} text */
export const withMinus = (text) => (/^[+-]0(\.0+)?$/.test(text) ? text.slice(1) : text.replace("-", MINUS));

/** @param {number} probability */
const percentPlaces = (probability) => (probability < 0.0095 || probability > 0.9905 ? 1 : 0);

// A probability as `percent` shows it.
/** @param {number} probability */
function shownProbability(probability) {
  if (probability === 0 || probability === 1 || probability < 0.0005 || probability >= 0.9995) return probability;
  return Number((100 * probability).toFixed(percentPlaces(probability))) / 100;
}

// The words for a probability as it is shown; within two errors of a border both are said, the lower one first.
/** @param {[upper: number, word: string][]} table @param {number | null} probability @param {number | null} [error] */
export function yardstickWords(table, probability, error = 0) {
  if (!real(probability)) return MISSING;
  const shown = shownProbability(probability), reach = real(error) ? 2 * error : 0;
  const words = [...new Set([Math.max(0, shown - reach), shown, Math.min(1, shown + reach)].map((one) => wordOf(table, one)))];
  return words.length === 1 ? words[0] : `${words[0]} to ${words[words.length - 1]}`;
}

/** @param {[upper: number, word: string][]} table @param {number} probability */
function wordOf(table, probability) {
  for (const [upper, words] of table) if (probability < upper || (probability === upper && upper > 0.5)) return words;
  return table[table.length - 1][1];
}

/** @param {number | null} probability */
export function percent(probability) {
  if (!real(probability)) return MISSING;
  if (probability === 0 || probability === 1) return `${100 * probability} %`;
  if (probability < 0.0005) return "<0.1 %";
  if (probability >= 0.9995) return ">99.9 %";
  return `${(100 * probability).toFixed(percentPlaces(probability))} %`;
}

/** @param {number | null | undefined} value */
export function pointsText(value) {
  if (!real(value)) return MISSING;
  const text = (100 * value).toFixed(1);
  return withMinus(value > 0 && !/^0\.0$/.test(text) ? `+${text}` : text);
}

// A number with so many decimals and commas between thousands.
const fixedFormats = new Map();

/** @param {number} value @param {number} places */
export function fixedText(value, places) {
  if (!fixedFormats.has(places)) fixedFormats.set(places, new Intl.NumberFormat("en-US", { minimumFractionDigits: places, maximumFractionDigits: places }));
  return fixedFormats.get(places).format(value);
}

// |value| * 10^decimals as whole digits with the sign, halves away from zero, exactly as Python's decimal has it.
/** @param {number} value @param {number} decimals */
function roundedDigits(value, decimals) {
  const size = Math.abs(value), sign = value < 0 ? "-" : "";
  if (decimals >= 0) return sign + size.toFixed(Math.min(decimals, 100)).replace(".", "");
  const whole = BigInt(Math.floor(size)), step = 10n ** BigInt(-decimals);
  return sign + (whole / step + (2n * (whole % step) >= step ? 1n : 0n)).toString() + "0".repeat(-decimals);
}

// Digits of which so many stand behind the point, moved on by thousands of thousands, with commas.
/** @param {string} digits @param {number} decimals @param {number} shift */
function grouped(digits, decimals, shift) {
  const sign = digits.startsWith("-") ? "-" : "", after = Math.max(decimals, 0) + shift, places = Math.max(decimals + shift, 0);
  const bare = digits.replace("-", "").padStart(after + 1, "0");
  const head = (after ? bare.slice(0, -after) : bare).replace(/^0+(?=\d)/, ""), tail = after ? bare.slice(-after).slice(0, places) : "";
  return `${sign}${head.replace(/\B(?=(\d{3})+$)/g, ",")}${places ? `.${tail}` : ""}`;
}

// A number rounded to two digits of `scale` (three of its own when left out).
/** @param {number | null} value @param {number | null} [scale] */
export function numberText(value, scale = 0) {
  if (!real(value)) return MISSING;
  if (value === 0) return "0";
  const has = real(scale) && scale !== 0, digits = has ? 2 : 3, size = has ? Math.abs(scale) : Math.abs(value);
  const largest = Math.max(Math.abs(value), size);
  if (largest < 1e-3 || largest >= 1e15) {
    const [mantissa, exponent] = value.toExponential(1).split("e");
    return withMinus(`${mantissa} × 10${raised(+exponent)}`);
  }
  const decimals = digits - 1 - Math.floor(Math.log10(size));
  const [shift, suffix] = largest >= 1e9 ? [9, " billion"] : largest >= 1e6 ? [6, " million"] : [0, ""];
  return withMinus(grouped(roundedDigits(value, decimals), decimals, shift)) + suffix;
}

const SCALES = /** @type {[power: number, words: string][]} */ ([[9, " billion"], [6, " million"]]);
const TINY = 1e-3, LARGE = 1e15, TINIEST = 1e-6; // what is below or above is a power of ten; beside a larger number it is told in decimals

const ROUNDING = 1e-6; // of a number: an error so small is what sums of doubles leave

// A number and its error on one scale, as fine as the first digit of the error, or the second one where the first is a 1 (`foedus.wording.stated`).
/** @param {number | null | undefined} value @param {number | null | undefined} error @param {number} [beside] @param {boolean} [isSigned] @returns {{ value: string; error: string; scale: string }} */
export function statedText(value, error, beside = 0, isSigned = false) {
  if (!real(value)) return { value: MISSING, error: "", scale: "" };
  const plus = (/** @type {string} */ text) => (isSigned && value > 0 && text.replace(/[0.]/g, "") !== "" ? `+${text}` : text);
  if (!real(error) || error <= ROUNDING * Math.abs(value)) return { value: plus(numberText(value)), error: real(error) && error >= 0 ? "0" : "", scale: "" };
  const two = error.toExponential(1), digits = Number(two.split("e")[0]) < 2 ? 2 : 1, [mantissa, power] = (digits === 2 ? two : error.toExponential(0)).split("e");
  const last = Number(power) - digits + 1, [shift, scale] = scaleOf(Math.max(Math.abs(value), Number(`${mantissa}e${power}`)), real(beside) ? Math.abs(beside) : 0, Math.abs(value) > Number(`${mantissa}e${power}`) ? null : Number(power));
  const digitsOf = roundedDigits(value, -last), off = last >= 0 ? mantissa.replace(".", "") + "0".repeat(last) : mantissa.replace(".", "");
  return { value: plus(withMinus(moved(digitsOf, -last, shift))), error: moved(off, -last, shift), scale };
}

// Digits of which so many stand behind the point, moved on by some powers of ten, or back.
/** @param {string} digits @param {number} decimals @param {number} shift */
const moved = (digits, decimals, shift) => (shift >= 0 ? grouped(digits, decimals, shift) : grouped(digits, decimals + shift, 0));

/** @param {number} top @param {number} beside @param {number | null} known its power of ten, where it is known @returns {[shift: number, words: string]} */
function scaleOf(top, beside, known) {
  if (!(top >= (beside >= TINY ? TINIEST : TINY) && top < LARGE)) {
    const exponent = known ?? Number(top.toExponential(60).split("e")[1]);
    return [exponent, ` × 10${raised(exponent)}`];
  }
  return SCALES.find(([power]) => top >= 10 ** power || (beside >= 10 ** power && top >= 10 ** (power - 2))) ?? [0, ""];
}

/** @param {number} exponent */
const raised = (exponent) => [...String(exponent)].map((c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[+c])).join("");

// `1.7 ± 0.1 million tonnes`; what is said of an error that is not known stands in its place.
/** @param {{ value: string; error: string; scale: string }} told @param {string} unit @param {string} unknown */
export function statedWords({ value, error, scale }, unit, unknown) {
  const isPower = scale.startsWith(" ×"), off = error || unknown, both = off ? `${value} ± ${off}` : value;
  return `${isPower ? `(${both})` : both}${scale} ${unit}`.trim();
}

/** @param {number | null} value @param {number | null} error */
export function signedText(value, error) {
  const text = numberText(value, real(error) ? Math.max(error, Math.abs(value ?? 0) / 10) : 0);
  return real(value) && value > 0 && text.replace(/[0.]/g, "") !== "" ? `+${text}` : text;
}

/** @param {number[] | null} quantiles */
export function quantityText(quantiles) {
  if (!quantiles) return { median: MISSING, low: MISSING, high: MISSING };
  const width = quantiles[4] - quantiles[0], told = (/** @type {number} */ place) => numberText(quantiles[place], coarseness(quantiles[place], width));
  return { median: told(2), low: told(0), high: told(4) };
}

// What a number with an interval of some width is rounded by: a quarter of it; small numbers of a long tail keep two digits of their own.
/** @param {number} value @param {number} width */
export function coarseness(value, width) {
  const own = Math.abs(value), quarter = width / 4;
  return Number.isFinite(quarter) && quarter / NOTHING <= own && own < quarter ? own : quarter;
}

const SMALL = new Set("a an and as at by for from in of on or over the to with".split(" "));

// A name of the model as words, where nothing has a better title (`foedus.titles.name_words`).
/** @param {string} name */
export function nameWords(name) {
  const [base, inside] = name.split("[", 2);
  const told = base.split(".").map((part) => part.replaceAll("_", " ").trim()).join(": ");
  const first = told.length > 1 && told[1] !== " " ? told[0].toUpperCase() + told.slice(1) : told;
  return [first, ...(inside === undefined ? [] : inside.replace(/\]$/, "").split(",").map(elementWords))].join(", ");
}

/** @param {string} element */
function elementWords(element) {
  const words = element.trim().replaceAll("_", " ").split(/\s+/);
  if (element !== element.toLowerCase()) return words.join(" ");
  return words.map((word, place) => (place && SMALL.has(word) ? word : word.slice(0, 1).toUpperCase() + word.slice(1))).join(" ");
}

// What a number is rounded by so that it is as fine as its error is told.
/** @param {number | null | undefined} error */
const errorScale = (error) => (!real(error) || error <= 0 ? 0 : error.toExponential(1).startsWith("1") ? error : 10 * error);

// Two amounts that are compared, one as fine as the other, and fine enough for what lies between them to be seen in them; no finer than their own errors allow, unless only finer ones show it.
/** @param {[number, number]} values @param {[number, number]} widths @param {number | null | undefined} difference @param {number | null | undefined} error @param {(number | null | undefined)[]} [errors] @returns {[before: string, after: string]} */
export function endsText(values, widths, difference, error, errors = []) {
  const seen = Math.max(Math.abs(real(difference) ? difference : 0), 2 * (real(error) ? error : 0));
  const own = [coarseness(values[0], widths[0]), coarseness(values[1], widths[1])], ofEnds = Math.min(Math.max(0, ...errors.map(errorScale)), errorScale(seen));
  const alike = Math.max(Math.min(Math.max(...own), seen), errorScale(error), ofEnds);
  const isSeen = seen > 0 && !(seen < Math.max(...widths) / NOTHING);
  const told = (/** @type {0 | 1} */ place) => {
    const text = numberText(values[place], isSeen ? alike : own[place]);
    return !/[1-9]/.test(text) ? numberText(values[place], Math.abs(values[place])) : text;
  };
  return [told(0), told(1)];
}

// Do mean and median differ by more than a factor of two, and by a tenth of the interval (`foedus.analysis.tails`)?
/** @param {number | null} mean @param {number | null} median @param {number} width */
export function isLongTailed(mean, median, width) {
  if (!real(mean) || !real(median)) return false;
  const low = Math.min(Math.abs(mean), Math.abs(median)), high = Math.max(Math.abs(mean), Math.abs(median));
  return (high > 2 * low || mean * median < 0) && !(Math.abs(mean - median) < 0.1 * width);
}

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** @type {Record<string, number>} */
const DAYS = { second: 1 / 86400, minute: 1 / 1440, hour: 1 / 24, day: 1, week: 7, month: 365.25 / 12, year: 365.25 };

// The day so long after another as people write it; empty where there are no dates, or no such unit (`foedus.show.ranking.shown_days`).
/** @param {string | null} date @param {number} time @param {string} unit */
export function dayAfter(date, time, unit) {
  const start = Date.parse(`${date}T00:00:00Z`), days = DAYS[unit];
  if (!days || !real(start) || !real(time)) return "";
  return peopleDate(new Date(start + 864e5 * Math.floor(time * days + 1e-6)).toISOString().slice(0, 10));
}

// A day as people write it, `1 April 2025`, or `1 Apr 2025` where there is little room; what is no day stays as it is.
/** @param {string} date @param {boolean} [isShort] */
export function peopleDate(date, isShort = false) {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date);
  if (!found) return date;
  const month = MONTHS[+found[2] - 1];
  return `${+found[3]} ${isShort ? month.slice(0, 3) : month} ${found[1]}`;
}

// Dates that do not break at their hyphens.
/** @param {string} text */
export const unbroken = (text) => text.replaceAll("-", "\u2011");

/** @param {string} text */
export const shortText = (text) => text.replace(" million", " M").replace(" billion", " bn");

// A number as it is typed: the shortest decimal that gives the same double.
/** @param {number} value */
export const plainNumber = (value) => String(value);

// A text by a name that is only known when it is said; undefined where there is none.
/** @type {(texts: object, name: string) => string | undefined} */
export const textNamed = (texts, name) => /** @type {Record<string, string>} */ (texts)[name];

// {name} in a text of TEXTS becomes a value.
/** @param {string} text @param {Record<string, any>} values */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
