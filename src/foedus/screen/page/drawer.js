// The drawer of all uncertain parameters: each prior drawn, with a line that can be dragged to fix the parameter.

import { element } from "../kit/element.js";
import { numberText, fill } from "../kit/words.js";
import { TEXTS } from "./texts.js";
/** @import { Choice, Content, Parameter } from "./types.d.ts" */

const PRIOR = { width: 220, height: 40 };

// The density of a prior from its quantiles at 1, 3, … 99 %: mass over width, smoothed by the width of the pieces.
/** @param {number[]} curve @param {(value: number) => number} x */
function densityPath(curve, x) {
  const points = [];
  for (let i = 2; i < curve.length - 2; i++) points.push([curve[i], 4 / Math.max(curve[i + 2] - curve[i - 2], 1e-300)]);
  const top = Math.max(...points.map(([, density]) => density));
  const line = points.map(([value, density]) => `L${x(value).toFixed(1)} ${(PRIOR.height - 2 - (density / top) * (PRIOR.height - 8)).toFixed(1)}`).join("");
  return `M${x(curve[0]).toFixed(1)} ${PRIOR.height - 2}${line}L${x(curve[curve.length - 1]).toFixed(1)} ${PRIOR.height - 2}Z`;
}

/** @param {Parameter} parameter */
function priorSpan(parameter) {
  const { curve } = parameter, low = curve[0], high = curve[curve.length - 1], rest = (high - low) * 0.08 || Math.abs(low) || 1;
  return [low >= 0 ? Math.max(0, low - rest) : low - rest, high + rest];
}

/** @param {Parameter} parameter @param {number} [value] */
export function priorDrawing(parameter, value) {
  const [low, high] = priorSpan(parameter), x = (/** @type {number} */ v) => ((v - low) / (high - low)) * PRIOR.width;
  const words = fill(TEXTS.priorOf, { label: parameter.label, unit: parameter.unitWords, low: numberText(parameter.low), median: numberText(parameter.median), high: numberText(parameter.high) });
  const drawing = element("svg", { class: "prior", viewBox: `0 0 ${PRIOR.width} ${PRIOR.height}`, role: "img", "aria-label": words, preserveAspectRatio: "none" });
  drawing.append(element("path", { d: densityPath(parameter.curve, x), class: "density" }),
    element("line", { x1: x(parameter.low), x2: x(parameter.high), y1: PRIOR.height - 1, y2: PRIOR.height - 1, class: "span" }));
  const mark = element("line", { x1: x(value ?? parameter.median), x2: x(value ?? parameter.median), y1: 0, y2: PRIOR.height, class: value === undefined ? "middle" : "fixed" });
  drawing.append(mark);
  return drawing;
}

export class Drawer {
  /** @param {HTMLElement} root @param {{ content: Content; onFix: (name: string, value: number | null, time: number) => void; onOpen: (parameter: Parameter) => void }} given */
  constructor(root, { content, onFix, onOpen }) {
    this.onFix = onFix;
    this.onOpen = onOpen;
    this.parameters = content.parameters.filter((one) => !one.isLever);
    this.rows = new Map();
    this.list = element("div", { class: "parameters" });
    this.find = element("input", { type: "search", id: "find-parameter", oninput: () => this.filter() });
    this.details = element("details", { class: "drawer" }, element("summary", {}, fill(this.parameters.length < content.parameters.length ? TEXTS.drawerBeside : content.parameters.length === 1 ? TEXTS.drawerOne : TEXTS.drawer, { count: content.parameters.length, rest: this.parameters.length })),
      element("p", { class: "help" }, TEXTS.drawerHelp), element("label", { class: "pick", for: "find-parameter" }, TEXTS.drawerFind, this.find), this.list);
    for (const parameter of this.parameters) this.list.append(this.row(parameter));
    if (this.parameters.length) root.append(this.details);
  }

  /** @param {Parameter} parameter */
  row(parameter) {
    const [low, high] = priorSpan(parameter), step = (high - low) / 400, id = `parameter-${parameter.name}`;
    /** @type {HTMLInputElement} */
    const input = element("input", {
      type: "range", id, "data-parameter": parameter.name, min: low, max: high, step: "any", "aria-label": fill(TEXTS.fix, parameter),
      oninput: (event) => this.onFix(parameter.name, +(+input.value).toPrecision(4), event.timeStamp),
      onkeydown: (event) => this.key(event, parameter, input, step),
    });
    input.value = String(parameter.median);
    const state = element("span", { class: "state" });
    const free = element("button", { type: "button", class: "position", hidden: true, onclick: (event) => this.onFix(parameter.name, null, event.timeStamp) }, TEXTS.free);
    const picture = element("div", { class: "picture" }, priorDrawing(parameter), input);
    const row = element("div", { class: "parameter" },
      element("button", { type: "button", class: "plain", onclick: () => this.onOpen(parameter) }, parameter.label),
      picture, element("p", { class: "help" }, state, free));
    this.rows.set(parameter.name, { parameter, input, state, free, picture, row });
    return row;
  }

  /** @param {any} event @param {Parameter} parameter @param {HTMLInputElement} input @param {number} step */
  key(event, parameter, input, step) {
    /** @type {Record<string, number>} */
    const moves = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -20, PageUp: 20 }, move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    input.value = String(+input.value + move * step);
    this.onFix(parameter.name, +(+input.value).toPrecision(4), event.timeStamp);
  }

  filter() {
    const wanted = this.find.value.trim().toLowerCase();
    for (const { parameter, row } of this.rows.values()) row.hidden = !`${parameter.name} ${parameter.label}`.toLowerCase().includes(wanted);
  }

  /** @param {Choice} choice */
  show(choice) {
    for (const shown of this.rows.values()) {
      const { parameter, input, state, free, picture, row } = shown, value = choice.parameters[parameter.name], isFixed = value !== undefined;
      if ("value" in shown && shown.value === value) continue;
      shown.value = value;
      const text = isFixed ? fill(TEXTS.fixedAt, { value: `${numberText(value)} ${parameter.unitWords}` })
        : `${numberText(parameter.low)} – ${numberText(parameter.high)} ${parameter.unitWords}`;
      state.textContent = text;
      free.hidden = !isFixed;
      row.classList.toggle("own", isFixed);
      picture.replaceChild(priorDrawing(parameter, value), picture.firstChild);
      if (+input.value !== (value ?? parameter.median)) input.value = String(value ?? parameter.median);
    }
  }
}
