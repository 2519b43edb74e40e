// Fan charts, drawn by hand because they are redrawn at every move of a lever; the look of foedus.show.charts.

import { element } from "../kit/element.js";
import { roundStep } from "../kit/ticks.js";
import { peopleDate, withMinus, numberText, quantityText, shortText, fill } from "../kit/words.js";
import { TEXTS } from "./texts.js";
/** @import { Plan } from "../engine/types.d.ts" */
/** @import { Bands } from "../statistics/types.d.ts" */
/** @import { Chart, Content } from "./types.d.ts" */

export const CHART = { width: 380, height: 224, left: 56, right: 10, top: 24, bottom: 26 };
/** @type {((x: number, y: number) => string)[]} */
const SHAPES = [
  (x, y) => `M${x - 2} ${y}a2 2 0 1 0 4 0a2 2 0 1 0-4 0z`, (x, y) => `M${x - 1.8} ${y - 1.8}h3.6v3.6h-3.6z`,
  (x, y) => `M${x} ${y - 2.6}l2.6 2.6l-2.6 2.6l-2.6-2.6z`, (x, y) => `M${x} ${y - 2.4}l2.4 4.4h-4.8z`,
];
const AS_OF = 46; // that the words beside the rule take, so that they do not stand upon the axis
const FAR_OUT = 4; // widths of what else is drawn, beyond which an end of the 90 % band is cut off
/** @type {[size: number, letter: string][]} */
const UNITS = [[1e9, "G"], [1e6, "M"], [1e3, "k"]];
/** @param {string} date */
const dayOf = (date) => Date.parse(`${date}T00:00:00Z`) / 86400000;

// Ticks at 1, 2 or 5 times a power of ten.
/** @param {number} low @param {number} high @param {number} wanted */
function niceTicks(low, high, wanted) {
  const span = high - low || Math.abs(high) || 1, raw = span / wanted, power = 10 ** Math.floor(Math.log10(raw));
  const step = roundStep(power, raw);
  const first = Math.floor(low / step + 1e-9) * step, ticks = [];
  for (let i = 0; first + i * step < high + step * (1 - 1e-9); i++) ticks.push(first + i * step);
  return ticks.length > 1 ? ticks : [first, first + step];
}

/** @param {number} value @param {number} step */
function tickText(value, step) {
  const size = Math.abs(value);
  for (const [unit, letter] of UNITS) {
    if (size >= 10000 && size >= unit) return withoutZeros((value / unit).toFixed(Math.max(0, Math.min(2, -Math.floor(Math.log10(step / unit)))))) + letter;
  }
  return withMinus(value.toLocaleString("en-US", { maximumFractionDigits: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) }));
}
/** @param {string} text */
const withoutZeros = (text) => withMinus(text.includes(".") ? text.replace(/\.?0+$/, "") : text);

/** @type {<K extends "g" | "path">(tag: K, name: string) => SVGElementTagNameMap[K]} */
const drawn = (tag, name) => element(/** @type {any} */ (tag), { class: name });

/** @param {ArrayLike<number>[]} lines @returns {[low: number, high: number]} */
function spanOf(lines) {
  let low = Infinity, high = -Infinity;
  for (const line of lines) for (let i = 0; i < line.length; i++) { if (line[i] < low) low = line[i]; if (line[i] > high) high = line[i]; }
  return [low, high];
}

// What a chart shows: all of it, but ends of the 90 % band that would flatten what else is drawn (`foedus.show.charts.cut_extent`).
/** @param {[low: number, high: number]} core @param {[low: number, high: number]} ends @returns {[low: number, high: number]} */
export function shownSpan(core, ends) {
  const width = core[1] - core[0];
  if (!(width > 0)) return [Math.min(core[0], ends[0]), Math.max(core[1], ends[1])];
  const low = core[0] - ends[0] > FAR_OUT * width ? core[0] - width : Math.min(core[0], ends[0]);
  return [low, ends[1] - core[1] > FAR_OUT * width ? core[1] + width : Math.max(core[1], ends[1])];
}

export class FanChart {
  /** @param {Chart} chart @param {Content} content @param {Plan} plan @param {(chart: Chart) => void} onOpen */
  constructor(chart, content, plan, onOpen) {
    this.chart = chart;
    this.content = content;
    this.plan = plan;
    this.moments = plan.moments.map((step) => content.dates[step - plan.firstStep]);
    this.isDated = Boolean(content.asOf);
    this.times = this.isDated ? this.moments.map(dayOf) : plan.moments.map((step) => step * plan.step);
    this.observed = this.isDated ? chart.observed : [];
    const starts = this.observed.flatMap((series) => series.dates.slice(0, 1).map(dayOf));
    this.from = Math.min(this.times[0], ...starts);
    this.to = this.times[this.times.length - 1];
    /** @type {[number, number] | null} */
    this.extent = null;
    this.scale = [0, 1];
    /** @type {Float32Array[] | null} */
    this.now = null;
    /** @type {number | null} */
    this.place = null;
    this.isSeen = true; // charts out of sight are drawn after those in sight
    this.grid = drawn("g", "grid");
    this.wide = drawn("path", "wide");
    this.narrow = drawn("path", "narrow");
    this.beforeMedian = drawn("path", "beforeMedian");
    this.pins = drawn("g", "pins");
    this.nowMedian = drawn("path", "nowMedian");
    this.dots = drawn("g", "dots");
    this.rule = drawn("g", "rule");
    this.labels = drawn("g", "labels");
    this.cursor = drawn("g", "cursor");
    this.name = element("title", {});
    this.svg = element("svg", { class: "fan", viewBox: `0 0 ${CHART.width} ${CHART.height}`, role: "img", tabindex: 0 });
    this.svg.append(this.name, this.grid, this.wide, this.narrow, this.beforeMedian, this.pins, this.nowMedian, this.dots, this.rule, this.labels, this.cursor);
    this.readout = element("output", { class: "readout" });
    this.figure = this.build(onOpen);
  }

  /** @param {number} time */
  x(time) {
    return CHART.left + ((time - this.from) / (this.to - this.from || 1)) * (CHART.width - CHART.left - CHART.right);
  }

  /** @param {number} value */
  y(value) {
    const [low, high] = this.scale, seen = Math.min(high, Math.max(low, value));
    return CHART.height - CHART.bottom - ((seen - low) / (high - low || 1)) * (CHART.height - CHART.top - CHART.bottom);
  }

  /** @param {(chart: Chart) => void} onOpen */
  build(onOpen) {
    const { chart } = this, head = element("h3", {}, element("button", { type: "button", class: "plain", onclick: () => onOpen(chart) }, chart.label));
    const over = chart.chart && chart.chart !== chart.label ? chart.chart : "";
    const figure = element("figure", { class: "card chart", "data-chart": chart.name }, element("p", { class: "over" }, over || "\u00a0"), head, this.svg,
      element("figcaption", {}, this.readout, ...this.observedNames()));
    this.svg.addEventListener("pointermove", (event) => this.point(event));
    this.svg.addEventListener("pointerleave", () => this.unpoint());
    this.svg.addEventListener("click", () => onOpen(chart));
    this.svg.addEventListener("keydown", (event) => this.step(event));
    this.svg.addEventListener("blur", () => this.unpoint());
    return figure;
  }

  observedNames() {
    return this.observed.filter((series) => series.dates.length).map((series, place) => element("span", { class: "seen" },
      element("svg", { class: "mark", viewBox: "-4 -4 8 8", "aria-hidden": "true" }, element("path", { d: SHAPES[place % SHAPES.length](0, 0) })), series.label));
  }

  // bands: {quantiles: [5][line]} of the present run; before and pins likewise, or null.
  /** @param {Bands} bands @param {Bands | null} before @param {{ bands: Bands | null; colour: string }[]} pins @param {boolean} isSettled */
  draw(bands, before, pins, isSettled) {
    const moments = this.times.length, start = this.chart.saved * moments;
    /** @param {Bands} source @param {number} level */
    const line = (source, level) => source.quantiles[level].subarray(start, start + moments);
    const now = [0, 1, 2, 3, 4].map((level) => line(bands, level)), others = [before, ...pins.map((pin) => pin.bands)].filter((one) => one !== null);
    this.now = now;
    this.fit([...others.map((other) => line(other, 2)), now[1], now[2], now[3]], [now[0], now[4]], isSettled);
    this.wide.setAttribute("d", this.area(now[0], now[4]));
    this.narrow.setAttribute("d", this.area(now[1], now[3]));
    this.nowMedian.setAttribute("d", this.path(now[2]));
    this.beforeMedian.setAttribute("d", before ? this.path(line(before, 2)) : "");
    this.pins.replaceChildren(...pins.flatMap((pin) => (pin.bands ? element("path", { d: this.path(line(pin.bands, 2)), class: `pin ${pin.colour}` }) : [])));
    this.mark(now);
    this.say(moments - 1);
  }

  // The scale grows at once and shrinks only when the reader has stopped.
  /** @param {Float32Array[]} lines @param {Float32Array[]} ends @param {boolean} isSettled */
  fit(lines, ends, isSettled) {
    const core = spanOf([...lines, ...this.observed.map((series) => series.values)]);
    let [low, high] = shownSpan(core, spanOf(ends));
    if (low > high) [low, high] = [0, 1];
    if (this.extent && !isSettled) [low, high] = [Math.min(low, this.extent[0]), Math.max(high, this.extent[1])];
    if (this.extent && low === this.extent[0] && high === this.extent[1]) return;
    this.extent = [low, high];
    const ticks = niceTicks(low, high, 4);
    this.scale = [ticks[0], ticks[ticks.length - 1]];
    this.drawGrid(ticks);
    this.drawSeen();
  }

  /** @param {number[]} ticks */
  drawGrid(ticks) {
    const right = CHART.width - CHART.right, parts = [];
    for (const tick of ticks) {
      parts.push(element("line", { x1: CHART.left, x2: right, y1: this.y(tick), y2: this.y(tick) }),
        element("text", { x: CHART.left - 6, y: this.y(tick) + 5, class: "left" }, tickText(tick, ticks[1] - ticks[0])));
    }
    for (const [time, text] of this.timeTicks()) parts.push(element("text", { x: this.x(time), y: CHART.height - 6, class: "below" }, text));
    parts.push(element("text", { x: 0, y: 13, class: "unit" }, this.chart.unit));
    this.grid.replaceChildren(...parts);
  }

  /** @returns {[time: number, text: string][]} */
  timeTicks() {
    if (!this.isDated) return niceTicks(this.from, this.to, 5).filter((tick) => tick <= this.to).map((tick) => /** @type {[number, string]} */ ([tick, String(+tick.toPrecision(6))]));
    const first = new Date(this.from * 86400000), found = /** @type {[time: number, text: string][]} */ ([]), years = (this.to - this.from) / 365, every = years > 12 ? 48 : years > 5 ? 12 : years > 1.2 ? 6 : 3;
    for (let month = first.getUTCFullYear() * 12 + first.getUTCMonth() + 1; found.length < 40; month++) {
      const time = Date.UTC(Math.floor(month / 12), month % 12, 1) / 86400000;
      if (time > this.to) break;
      if (month % every || this.x(time) > CHART.width - 30 || this.x(time) < CHART.left) continue;
      const name = new Date(time * 86400000).toLocaleString("en-GB", { month: "short", timeZone: "UTC" });
      found.push([time, every >= 12 ? String(Math.floor(month / 12)) : month % 12 ? name : `${name} ${Math.floor(month / 12)}`]);
    }
    return found;
  }

  drawSeen() {
    this.dots.replaceChildren(...this.observed.map((series, place) => element("path", {
      d: series.dates.map((date, i) => SHAPES[place % SHAPES.length](+this.x(dayOf(date)).toFixed(1), +this.y(series.values[i]).toFixed(1))).join(""),
    })));
    if (!this.isDated) return;
    const x = this.x(dayOf(this.content.asOf ?? "")), hasPast = this.observed.some((series) => series.dates.length), isRoom = x - CHART.left > AS_OF;
    this.rule.replaceChildren(element("line", { x1: x, x2: x, y1: CHART.top, y2: CHART.height - CHART.bottom }),
      ...(hasPast ? [element("text", isRoom ? { x: x - 4, y: CHART.top + 4, class: "before" } : { x: x + 4, y: CHART.top + 4 }, TEXTS.asOf)] : []));
  }

  /** @param {Float32Array} values */
  path(values) {
    let text = "", pen = "M";
    for (let i = 0; i < values.length; i++) {
      if (values[i] !== values[i]) { pen = "M"; continue; }
      text += `${pen}${this.x(this.times[i]).toFixed(1)} ${this.y(values[i]).toFixed(1)}`;
      pen = "L";
    }
    return text;
  }

  /** @param {Float32Array} low @param {Float32Array} high */
  area(low, high) {
    let text = "";
    for (let i = 0; i < low.length; i++) if (low[i] === low[i]) text += `${text ? "L" : "M"}${this.x(this.times[i]).toFixed(1)} ${this.y(low[i]).toFixed(1)}`;
    for (let i = high.length - 1; i >= 0; i--) if (high[i] === high[i]) text += `L${this.x(this.times[i]).toFixed(1)} ${this.y(high[i]).toFixed(1)}`;
    return text && `${text}Z`;
  }

  // "50 %" and "90 %" at the right end, where the bands are wide enough to hold them.
  /** @param {Float32Array[]} now */
  mark(now) {
    const last = this.times.length - 1, y = now.map((line) => this.y(line[last])), x = CHART.width - CHART.right - 4;
    const isWide = y[0] - y[4] > 50 && y[2] - y[3] > 14 && y[3] - y[4] > 14;
    const [lowest, highest] = spanOf([now[0], now[4]]), cut = /** @type {[end: number, y: number][]} */ ([]);
    if (highest > this.scale[1]) cut.push([highest, CHART.top - 6]);
    if (lowest < this.scale[0]) cut.push([lowest, CHART.height - CHART.bottom - 4]);
    this.labels.replaceChildren(...(isWide ? [element("text", { x, y: (y[3] + y[4]) / 2 + 4 }, TEXTS.band90), element("text", { x, y: (y[2] + y[3]) / 2 + 4 }, TEXTS.band50)] : []),
      ...cut.map(([end, at]) => element("text", { x, y: at, class: "cut" }, fill(TEXTS.cutOff, { end: shortText(numberText(end, Math.abs(end))) }))));
  }

  /** @param {number} moment */
  say(moment) {
    const at = (this.now ?? []).map((line) => line[moment]), words = quantityText(at);
    const values = { label: this.chart.label, unit: this.chart.unit, when: this.when(moment), ...words };
    this.name.textContent = fill(TEXTS.chartSummary, values);
    this.readout.textContent = fill(TEXTS.chartAt, { ...values, median: shortText(words.median), low: shortText(words.low), high: shortText(words.high) });
  }

  /** @param {number} moment */
  when(moment) {
    return this.isDated ? peopleDate(this.moments[moment], true) : `${+this.times[moment].toPrecision(5)} ${this.content.timeUnit}s`;
  }

  /** @param {any} event */
  point(event) {
    const box = this.svg.getBoundingClientRect(), x = ((event.clientX - box.left) / box.width) * CHART.width;
    const time = this.from + ((x - CHART.left) / (CHART.width - CHART.left - CHART.right)) * (this.to - this.from);
    let best = 0;
    this.times.forEach((other, i) => { if (Math.abs(other - time) < Math.abs(this.times[best] - time)) best = i; });
    this.at(best);
  }

  /** @param {any} event */
  step(event) {
    const move = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
    if (event.key === "Enter") this.svg.dispatchEvent(new MouseEvent("click"));
    if (!move || !this.now) return;
    event.preventDefault();
    this.at(Math.max(0, Math.min(this.times.length - 1, (this.place ?? this.times.length - 1) + move)));
  }

  /** @param {number} moment */
  at(moment) {
    if (!this.now) return;
    this.place = moment;
    const x = this.x(this.times[moment]);
    this.cursor.replaceChildren(element("line", { x1: x, x2: x, y1: CHART.top, y2: CHART.height - CHART.bottom }),
      element("circle", { cx: x, cy: this.y(this.now[2][moment]), r: 3 }));
    this.say(moment);
  }

  unpoint() {
    this.cursor.replaceChildren();
    this.place = null;
    if (this.now) this.say(this.times.length - 1);
  }
}
