// What is shown, as CSV, SVG or PNG.

import { element } from "../kit/element.js";
import { stateWords } from "./answer_words.js";
import { captionLines, citation } from "./caption.js";
import { CHART } from "./chart.js";
import { Moves } from "../statistics/moves.js";
/** @import { FanChart } from "./chart.js" */
/** @import { Column, Content, Question, Stands } from "./types.d.ts" */
/** @typedef {{ charts: FanChart[]; questions: Question[]; columns: Column[] }} Taken What of the page is taken. */

/** @param {string} name @param {Blob} blob */
function saveAs(name, blob) {
  const link = element("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 5000);
}

// A cell of a CSV file; text that a spreadsheet would take for a formula is marked as text.
/** @param {unknown} value */
function csvCell(value) {
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  const said = String(value ?? ""), text = /^[=+\-@\t\r]/.test(said) ? `'${said}` : said;
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
/** @param {unknown[][]} rows */
const csv = (rows) => rows.map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";

// What every row says of itself, for a table is taken apart.
const FACTS = ["case", "as_of", "made_on", "licence", "cite"];
/** @param {Content} content @param {Stands} stands */
const facts = (content, stands) => [content.case, content.asOf ?? "", content.madeOn, content.licence, citation(content, stands)];

/** @param {Content} content @param {Taken} taken @param {Stands} stands */
function answersCsv(content, { questions, columns }, stands) {
  /** @type {unknown[][]} */
  const rows = [["question", "ask", "unit", "scenario", "probability", "p05", "p25", "p50", "p75", "p95", "mean", "error", "difference", "difference_error", "futures", "share", "statistic", "value", "value_error",
    "p05_error", "p25_error", "p50_error", "p75_error", "p95_error", "chance", "chance_error", "is_set", "is_of_other_futures", "states", ...FACTS]];
  const moves = new Moves(content.moves), told = facts(content, stands);
  for (const question of questions) {
    for (const column of columns) {
      const answer = column.answers?.[question.name];
      if (!answer) continue;
      const isOther = moves.isOfOtherFutures(answer);
      rows.push([question.name, question.ask, question.unit, column.name, answer.probability ?? "", ...(answer.quantiles ?? ["", "", "", "", ""]), answer.mean, answer.error,
        isOther ? "" : answer.difference ?? "", isOther ? "" : answer.differenceError ?? "", answer.futures, answer.share, answer.statistic, answer.value, answer.valueError,
        ...(answer.quantileErrors ?? ["", "", "", "", ""]), answer.chance ?? "", answer.chanceError ?? "", String(Boolean(answer.isSet)), String(isOther), stateWords(column.states(question)), ...told]);
    }
  }
  return csv(rows);
}

/** @param {Content} content @param {Taken} taken @param {Stands} stands */
function chartsCsv(content, { charts, columns }, stands) {
  /** @type {unknown[][]} */
  const rows = [["variable", "label", "unit", "scenario", "when", "p05", "p25", "p50", "p75", "p95", ...FACTS]], told = facts(content, stands);
  for (const chart of charts) {
    for (const { name, bands } of columns) {
      if (!bands) continue;
      const moments = chart.times.length, start = chart.chart.saved * moments;
      chart.times.forEach((_, i) => rows.push([chart.chart.name, labelOf(chart), chart.chart.unit, name, chart.when(i), ...bands.quantiles.map((line) => line[start + i]), ...told]));
    }
  }
  return csv(rows);
}

const DRAWN = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-size", "font-family", "font-weight", "text-anchor", "paint-order", "stroke-linejoin"];

// What is drawn, with the heading under which the page has it.
/** @param {FanChart} chart */
const labelOf = ({ chart }) => (chart.chart && chart.chart !== chart.label ? `${chart.chart}: ${chart.label}` : chart.label);

const HEAD = 20, LINE = 15, GAP = 12;
const LETTER = 0.52; // of the size of a font, on average
const FONT = "sans-serif";

// Lines that fit a width.
/** @param {string} text @param {number} width @param {number} size */
function wrapped(text, width, size) {
  const most = Math.max(20, Math.floor(width / (LETTER * size))), lines = [""];
  for (const word of text.split(" ")) {
    const last = lines[lines.length - 1];
    if (last && last.length + 1 + word.length > most) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines;
}

/** @param {string[]} lines @param {number} x @param {number} y @param {number} size @param {string} colour @param {boolean} [isBold] */
const written = (lines, x, y, size, colour, isBold = false) => lines.map((line, i) => element("text", { x, y: y + i * LINE, "font-family": FONT, "font-size": size, "font-weight": isBold ? "bold" : null, fill: colour }, line));

// A chart with every style that the page gives it written into it, its name above, what was observed below.
/** @param {FanChart} chart @param {number} x @param {number} y */
function standalone(chart, x, y) {
  const { svg } = chart, copy = /** @type {SVGElement} */ (svg.cloneNode(true)), from = [svg, ...svg.querySelectorAll("*")], to = [copy, ...copy.querySelectorAll("*")];
  from.forEach((part, i) => {
    const style = getComputedStyle(part);
    for (const property of DRAWN) to[i].setAttribute(property, style.getPropertyValue(property));
    to[i].removeAttribute("class");
  });
  for (const [attribute, value] of Object.entries({ x, y: y + HEAD, width: CHART.width, height: CHART.height })) copy.setAttribute(attribute, String(value));
  const { ink, soft } = colours(), seen = chart.observed.filter((series) => series.dates.length).map((series, place) => `${MARKS[place % MARKS.length]} ${series.label}`).join("  ");
  return [...written([labelOf(chart)], x, y + 14, 13, ink, true), copy, ...written([seen], x, y + HEAD + CHART.height + 11, 11, soft)];
}

const MARKS = "●■◆▲";
const colours = () => {
  const style = getComputedStyle(document.documentElement);
  return { ink: style.getPropertyValue("--ink"), soft: style.getPropertyValue("--soft"), ground: style.getPropertyValue("--card") };
};

// Charts on one sheet, with what the sheet says of itself above and below them.
/** @param {Content} content @param {FanChart[]} charts @param {Stands} stands */
function sheetSvg(content, charts, stands) {
  const columns = Math.min(3, charts.length), wide = CHART.width + GAP, high = HEAD + CHART.height + LINE + GAP, width = Math.max(1, columns) * wide + GAP;
  const { ink, soft, ground } = colours(), title = wrapped(content.title, width - 2 * GAP, 16), top = GAP + 5 + LINE * (title.length + 1), bottom = top + Math.ceil(charts.length / Math.max(1, columns)) * high;
  const below = captionLines(content, stands).flatMap((line) => wrapped(line, width - 2 * GAP, 11)), height = bottom + LINE * below.length + GAP;
  const sheet = element("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img" }, element("title", {}, content.title), element("desc", {}, captionLines(content, stands).join(" ")),
    element("rect", { width, height, fill: ground }), written(title, GAP, GAP + 15, 16, ink, true), charts.flatMap((chart, i) => standalone(chart, GAP + (i % columns) * wide, top + Math.floor(i / columns) * high)),
    written(below, GAP, bottom + 11, 11, soft));
  return new XMLSerializer().serializeToString(sheet);
}

/** @param {string} name @param {string} svg @param {number} [times] */
function savePng(name, svg, times = 2) {
  const image = new Image();
  image.onload = () => {
    const canvas = element("canvas", { width: image.width * times, height: image.height * times });
    const pen = canvas.getContext("2d");
    if (!pen) return;
    pen.scale(times, times);
    pen.drawImage(image, 0, 0);
    canvas.toBlob((blob) => blob && saveAs(name, blob), "image/png");
  };
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}

// One of the files that a reader may take: `answers-csv`, `charts-csv`, `charts-svg`, `charts-png`; of one of them `answer-csv`, `chart-csv` and so on.
/** @param {string} what @param {Content} content @param {Taken} taken @param {Stands} stands @param {string} [only] its name, where it is one */
export function save(what, content, taken, stands, only) {
  const [kind, form] = what.split("-"), name = `${content.case}-${only ? only.replace(/[^\w-]+/g, "-") : kind}.${form}`, text = (/** @type {string} */ body, /** @type {string} */ type) => new Blob([body], { type });
  if (form === "csv") saveAs(name, text(kind.startsWith("answer") ? answersCsv(content, taken, stands) : chartsCsv(content, taken, stands), "text/csv"));
  if (form === "svg") saveAs(name, text(sheetSvg(content, taken.charts, stands), "image/svg+xml"));
  if (form === "png") savePng(name, sheetSvg(content, taken.charts, stands));
}
