// What is shown, as CSV, SVG or PNG.

import { element } from "../kit/element.js";
import { stateWords } from "./answer_words.js";
import { CHART } from "./chart.js";
import { Moves } from "../statistics/moves.js";
/** @import { FanChart } from "./chart.js" */
/** @import { Column, Content } from "./types.d.ts" */

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

/** @param {Content} content @param {Column[]} columns */
function answersCsv(content, columns) {
  /** @type {unknown[][]} */
  const rows = [["question", "ask", "unit", "scenario", "probability", "p05", "p25", "p50", "p75", "p95", "mean", "error", "difference", "difference_error", "futures", "share", "statistic", "value", "value_error",
    "p05_error", "p25_error", "p50_error", "p75_error", "p95_error", "chance", "chance_error", "is_set", "is_of_other_futures", "states"]];
  const moves = new Moves(content.moves);
  for (const question of content.questions) {
    for (const column of columns) {
      const answer = column.answers?.[question.name];
      if (!answer) continue;
      const isOther = moves.isOfOtherFutures(answer);
      rows.push([question.name, question.ask, question.unit, column.name, answer.probability ?? "", ...(answer.quantiles ?? ["", "", "", "", ""]), answer.mean, answer.error,
        isOther ? "" : answer.difference ?? "", isOther ? "" : answer.differenceError ?? "", answer.futures, answer.share, answer.statistic, answer.value, answer.valueError,
        ...(answer.quantileErrors ?? ["", "", "", "", ""]), answer.chance ?? "", answer.chanceError ?? "", String(Boolean(answer.isSet)), String(isOther), stateWords(column.states(question))]);
    }
  }
  return csv(rows);
}

/** @param {FanChart[]} charts @param {Column[]} columns */
function chartsCsv(charts, columns) {
  /** @type {unknown[][]} */
  const rows = [["variable", "unit", "scenario", "when", "p05", "p25", "p50", "p75", "p95"]];
  for (const chart of charts) {
    for (const { name, bands } of columns) {
      if (!bands) continue;
      const moments = chart.times.length, start = chart.chart.saved * moments;
      chart.times.forEach((_, i) => rows.push([chart.chart.name, chart.chart.unit, name, chart.when(i), ...bands.quantiles.map((line) => line[start + i])]));
    }
  }
  return csv(rows);
}

const DRAWN = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-size", "font-family", "font-weight", "text-anchor", "paint-order", "stroke-linejoin"];

// A drawing on its own: every style that the page gives it written into it.
/** @param {SVGElement} svg @param {string} title */
function standaloneSvg(svg, title) {
  const copy = /** @type {SVGElement} */ (svg.cloneNode(true)), from = [svg, ...svg.querySelectorAll("*")], to = [copy, ...copy.querySelectorAll("*")];
  from.forEach((part, i) => {
    const style = getComputedStyle(part);
    for (const name of DRAWN) to[i].setAttribute(name, style.getPropertyValue(name));
    to[i].removeAttribute("class");
  });
  const [, , width, height] = (svg.getAttribute("viewBox") ?? "").split(" ").map(Number);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("viewBox", `0 -18 ${width} ${height + 18}`);
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height + 18));
  const head = element("text", { x: 0, y: -5, "font-family": "sans-serif", "font-size": 13, "font-weight": "bold", fill: getComputedStyle(document.body).color }, title);
  const ground = element("rect", { x: 0, y: -18, width, height: height + 18, fill: getComputedStyle(document.body).backgroundColor });
  copy.prepend(ground);
  copy.append(head);
  return new XMLSerializer().serializeToString(copy);
}

// All charts on one sheet.
/** @param {FanChart[]} charts */
function sheetSvg(charts, columns = 3) {
  const width = CHART.width + 20, height = CHART.height + 38, rows = Math.ceil(charts.length / columns);
  const parts = charts.map((chart, i) => {
    const inner = standaloneSvg(chart.svg, chart.chart.label).replace("<svg ", `<svg x="${10 + (i % columns) * width}" y="${10 + Math.floor(i / columns) * height}" `);
    return inner;
  });
  const ground = getComputedStyle(document.body).backgroundColor;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${columns * width + 10}" height="${rows * height + 10}"><rect width="100%" height="100%" fill="${ground}"/>${parts.join("")}</svg>`;
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

// One of the files that a reader may take: `answers-csv`, `charts-csv`, `charts-svg`, `charts-png`.
/** @param {string} what @param {Content} content @param {FanChart[]} charts @param {Column[]} columns */
export function save(what, content, charts, columns) {
  const name = content.case, text = (/** @type {string} */ body, /** @type {string} */ type) => new Blob([body], { type });
  if (what === "answers-csv") saveAs(`${name}-answers.csv`, text(answersCsv(content, columns), "text/csv"));
  if (what === "charts-csv") saveAs(`${name}-charts.csv`, text(chartsCsv(charts, columns), "text/csv"));
  if (what === "charts-svg") saveAs(`${name}-charts.svg`, text(sheetSvg(charts), "image/svg+xml"));
  if (what === "charts-png") savePng(`${name}-charts.png`, sheetSvg(charts));
}
