// The pool of a group: its density with the claims under it, drawn anew after every decision, the curve before it dashed.

import { element } from "../kit/element.js";
import { roundStep } from "../kit/ticks.js";
import { percent, fill, peopleDate } from "../kit/words.js";
import { TEXTS } from "./texts.js";
/** @import { Belief, Group, Pool, PoolKernel, Role } from "./types.d.ts" */

const PRIOR = { height: 168, top: 30, left: 10, right: 10, floor: 118, rug: 126, few: 8 };

export class Prior {
  /** @param {HTMLElement} root @param {HTMLElement} rest @param {(id: string) => unknown} onChoose */
  constructor(root, rest, onChoose) {
    this.root = root;
    this.rest = rest;
    this.onChoose = onChoose;
    this.width = 420;
    /** @type {Pool | null} */
    this.before = null;
    /** @type {{ group: Group; current: string } | null} */
    this.last = null;
    this.isOpen = false;
    new ResizeObserver(() => {
      const width = Math.max(240, Math.round(root.clientWidth));
      if (width === this.width || !root.clientWidth) return;
      this.width = width;
      if (this.last) this.draw();
    }).observe(root);
  }

  // `isDecision`: the group was changed by a decision, so the curve that stood here stays as a dashed line.
  /** @param {Group} group @param {string} current @param {boolean} isDecision */
  show(group, current, isDecision) {
    const last = this.last?.group;
    if (!last || last.name !== group.name) this.before = null;
    else if (isDecision) this.before = last.pool;
    if (!last || last.name !== group.name) this.isOpen = false;
    this.last = { group, current };
    this.draw();
  }

  draw() {
    if (!this.last) return;
    const { group, current } = this.last, parts = /** @type {HTMLElement[]} */ ([element("h3", {}, group.name)]), rest = /** @type {HTMLElement[]} */ ([]);
    if (group.pool) parts.push(this.curve(group, group.pool, current), this.caption(group.pool));
    else if (!group.belief) parts.push(element("p", { class: "absent" }, group.why));
    if (group.belief) parts.push(this.belief(group.name, group.belief));
    this.root.replaceChildren(...parts);
    if (group.kernels.length) rest.push(this.rows(group, current));
    if (group.pool) rest.push(...this.notes(group.pool));
    this.rest.replaceChildren(element("h3", {}, TEXTS.prior), element("p", { class: "soft" }, usesWords(group)), ...rest);
    this.root.dataset.group = group.name;
    this.root.dataset.median = group.pool ? String(group.pool.median) : "";
  }

  /** @param {Group} group @param {Pool} pool @param {string} current */
  curve(group, pool, current) {
    const { width, before } = this, x = scaleOf(pool, width), edges = pool.axis.map(x);
    const now = heights(pool, edges), then = before && before.unit === pool.unit ? heights(before, before.axis.map(x)) : [];
    const top = Math.max(...now, ...then), y = (/** @type {number} */ height) => PRIOR.floor - (height / top) * (PRIOR.floor - PRIOR.top);
    const summary = fill(TEXTS.priorSummary, { group: group.name, unit: pool.unit, low: pool.words[0], median: pool.words[1], high: pool.words[2], origins: pool.origins });
    const svg = element("svg", { class: "pool", viewBox: `0 0 ${width} ${PRIOR.height}`, width, height: PRIOR.height, role: "img", "aria-label": summary });
    svg.append(element("path", { class: "density", d: outline(edges, now, y, true) }));
    if (before && then.length) svg.append(element("path", { class: "before", d: outline(before.axis.map(x), then, y, false) }));
    svg.append(element("line", { class: "ground", x1: 0, x2: width, y1: PRIOR.floor, y2: PRIOR.floor }));
    for (const [value, label] of ticksOf(pool, width)) {
      const anchor = x(value) < 24 ? "start" : x(value) > width - 24 ? "end" : "middle";
      svg.append(element("line", { class: "tick", x1: x(value), x2: x(value), y1: PRIOR.floor, y2: PRIOR.floor + 4 }),
        element("text", { class: "tick", x: x(value), y: PRIOR.height - 4, "text-anchor": anchor }, label));
    }
    for (const kernel of group.kernels) {
      const middle = x(pool.isLogarithmic ? Math.sqrt(kernel.low * kernel.high) : (kernel.low + kernel.high) / 2);
      svg.append(element("line", { class: `rug ${roleClass(kernel.role)}${kernel.id === current ? " here" : ""}`, x1: middle, x2: middle, y1: PRIOR.rug, y2: PRIOR.rug + 16 },
        element("title", {}, `${kernel.source}: ${kernel.figure}`)));
    }
    svg.append(...this.interval(pool, x));
    return element("figure", { class: "drawing" }, svg);
  }

  // The 5–95 % interval over the curve, with its figures; labels that would meet are pushed apart.
  /** @param {Pool} pool @param {(value: number) => number} x */
  interval(pool, x) {
    const [low, middle, high] = [pool.low, pool.median, pool.high].map(x), y = 20, widths = pool.words.map((word) => word.length * 7.4);
    let [left, centre, right] = [low, middle, high];
    left = Math.max(left, widths[0] / 2);
    right = Math.min(right, this.width - widths[2] / 2);
    left = Math.min(left, Math.max(widths[0] / 2, centre - (widths[0] + widths[1]) / 2 - 6));
    right = Math.max(right, Math.min(this.width - widths[2] / 2, centre + (widths[1] + widths[2]) / 2 + 6));
    centre = Math.min(Math.max(centre, left + (widths[0] + widths[1]) / 2 + 6), right - (widths[1] + widths[2]) / 2 - 6);
    return [
      element("line", { class: "span", x1: low, x2: high, y1: y, y2: y }),
      ...[low, high].map((at) => element("line", { class: "span end", x1: at, x2: at, y1: y - 4, y2: y + 4 })),
      element("line", { class: "middle", x1: middle, x2: middle, y1: y - 4, y2: PRIOR.floor }),
      ...[left, centre, right].map((at, place) => element("text", { class: place === 1 ? "value strong" : "value", x: at, y: 12, "text-anchor": "middle" }, pool.words[place])),
    ];
  }

  /** @param {Pool} pool */
  caption(pool) {
    const told = [pool.unit === "1" ? "" : pool.unit, `${TEXTS.five} – ${TEXTS.middle} – ${TEXTS.ninetyFive}`, pool.origins === 1 ? TEXTS.originsOne : fill(TEXTS.origins, pool), pool.isLogarithmic ? TEXTS.logarithmic : "", this.before ? TEXTS.before : ""];
    return element("p", { class: "soft" }, told.filter(Boolean).join(" · "));
  }

  /** @param {Pool} pool */
  notes(pool) {
    return [...[fill(TEXTS.broad, { percent: percent(pool.broad) }), ...pool.notes].map((text) => element("p", { class: "soft" }, text)), this.steps(pool)];
  }

  // How the pool came about, statement by statement.
  /** @param {Pool} pool */
  steps(pool) {
    const rows = pool.steps.map((step) => element("tr", {}, element("th", { scope: "row" }, step.claims.join(", ") || "–"), element("td", {}, step.what), ...step.words.map((word) => element("td", { class: "number" }, word))));
    const heads = [TEXTS.stepAfter, TEXTS.stepWhat, TEXTS.five, TEXTS.middle, TEXTS.ninetyFive].map((text) => element("th", { scope: "col" }, text));
    return element("details", { class: "steps-table" }, element("summary", {}, fill(TEXTS.whyMedian, { median: pool.words[1] })), element("table", {}, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows)));
  }

  // Belief as steps over time, from 0 to 1.
  /** @param {string} name @param {Belief} belief */
  belief(name, belief) {
    const { width } = this, { points } = belief, days = points.map(([date]) => Date.parse(date)), from = days[0], span = days[days.length - 1] - from || 1;
    const x = (/** @type {number} */ day) => 4 + ((day - from) / span) * (width - 8), y = (/** @type {number} */ chance) => 12 + (1 - chance) * 84;
    const steps = points.map(([, chance], place) => `${place ? "H" : "M"}${x(days[place]).toFixed(1)}${place ? "" : ` ${y(chance).toFixed(1)}`}V${y(chance).toFixed(1)}`).join("");
    const words = fill(TEXTS.beliefSummary, { group: name, first: percent(points[0][1]), last: percent(belief.probability) });
    const svg = element("svg", { class: "pool", viewBox: `0 0 ${width} 116`, width, height: 116, role: "img", "aria-label": words },
      ...[0, 0.5, 1].map((chance) => element("line", { class: "ground", x1: 0, x2: width, y1: y(chance), y2: y(chance) })), element("path", { class: "steps", d: `${steps}H${width - 4}` }),
      element("text", { class: "tick", x: 4, y: 112 }, points[0][0]), element("text", { class: "tick", x: width - 4, y: 112, "text-anchor": "end" }, points[points.length - 1][0]),
      element("text", { class: "value strong", x: width - 4, y: Math.max(10, y(belief.probability) - 4), "text-anchor": "end" }, percent(belief.probability)));
    const count = points.length, now = fill(count === 1 ? TEXTS.beliefNowOne : TEXTS.beliefNow, { percent: percent(belief.probability), count });
    return element("figure", { class: "drawing" }, svg, element("figcaption", { class: "soft" }, `${TEXTS.belief}: ${now}`));
  }

  // The claims with their figures on the same axis.
  /** @param {Group} group @param {string} current */
  rows(group, current) {
    const ordered = [...group.kernels].sort((one, other) => other.weight - one.weight || ((one.published ?? "") < (other.published ?? "") ? 1 : -1));
    const few = ordered.filter((kernel, place) => place < PRIOR.few || kernel.id === current), shown = this.isOpen ? ordered : few;
    const list = element("ul", { class: "kernels" }, ...shown.map((kernel) => this.row(kernel, group.pool, current)));
    if (few.length === ordered.length) return list;
    const turn = element("button", { type: "button", class: "plain", onclick: () => { this.isOpen = !this.isOpen; this.draw(); } }, this.isOpen ? TEXTS.less : fill(TEXTS.more, { count: ordered.length }));
    return element("div", {}, list, turn);
  }

  /** @param {PoolKernel} kernel @param {Pool | null} pool @param {string} current */
  row(kernel, pool, current) {
    const kind = roleClass(kernel.role), told = kernel.role === "counts" ? fill(TEXTS.weight, { percent: percent(kernel.weight) }) : kernel.why ? `${TEXTS.role[kernel.role]}: ${kernel.why}` : TEXTS.role[kernel.role];
    const row = element("li", { class: kind, "data-id": kernel.id }, element("button", { type: "button", class: "plain", "aria-current": kernel.id === current ? "true" : null, onclick: () => this.onChoose(kernel.id) },
      element("b", {}, kernel.figure), ` ${kernel.source}, ${peopleDate(kernel.published ?? TEXTS.noDate, true)}`), element("span", { class: "soft" }, told));
    if (pool) {
      const x = scaleOf(pool, 1000), low = x(kernel.low), high = x(kernel.high), wide = Math.max(8, high - low);
      row.append(element("svg", { class: "bar", viewBox: "0 0 1000 8", preserveAspectRatio: "none", "aria-hidden": "true" },
        element("line", { class: "ground", x1: 0, x2: 1000, y1: 4, y2: 4 }), element("rect", { x: (low + high - wide) / 2, y: 0, width: wide, height: 8 })));
    }
    return row;
  }
}

/** @param {Role} role */
const roleClass = (role) => role.replace(" ", "-");

/** @param {Group} group */
function usesWords(group) {
  const named = group.uses.map((use) => fill(TEXTS.priorOf, { parameter: use.label ? `${use.label} (${use.parameter})` : use.parameter }));
  return [`${TEXTS.group}: ${group.name}.`, named.length ? `${named.join("; ")}.` : TEXTS.groupOnly].join(" ");
}

// A value of the axis as a place from left to right.
/** @param {Pool} pool @param {number} width */
function scaleOf(pool, width) {
  const turn = pool.isLogarithmic ? Math.log : (/** @type {number} */ value) => value, low = turn(pool.axis[0]), high = turn(pool.axis[pool.axis.length - 1]), inner = width - PRIOR.left - PRIOR.right;
  return (/** @type {number} */ value) => PRIOR.left + Math.max(-0.5, Math.min(1.5, (turn(Math.max(value, Number.MIN_VALUE)) - low) / (high - low || 1))) * inner;
}

// Probability per width drawn, so that areas can be compared.
/** @param {Pool} pool @param {number[]} edges */
const heights = (pool, edges) => pool.masses.map((mass, place) => mass / Math.max(edges[place + 1] - edges[place], 1e-9));

/** @param {number[]} edges @param {number[]} tops @param {(height: number) => number} y @param {boolean} isClosed */
function outline(edges, tops, y, isClosed) {
  const points = tops.map((height, place) => `${((edges[place] + edges[place + 1]) / 2).toFixed(1)} ${y(height).toFixed(1)}`);
  return isClosed ? `M${edges[0].toFixed(1)} ${PRIOR.floor}L${points.join("L")}L${edges[edges.length - 1].toFixed(1)} ${PRIOR.floor}Z` : `M${points.join("L")}`;
}

// [value, label] at 1, 2 or 5 times a power of ten.
/** @param {Pool} pool @param {number} width */
function ticksOf(pool, width) {
  const low = pool.axis[0], high = pool.axis[pool.axis.length - 1], most = Math.max(3, Math.floor(width / 90)), found = [];
  if (pool.isLogarithmic) {
    const decades = Math.log10(high / low), times = decades < most / 3 ? [1, 2, 5] : [1], every = Math.max(1, Math.ceil((decades * times.length) / most));
    for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) if (power % every === 0) for (const one of times) found.push(one * 10 ** power);
  } else {
    const raw = (high - low) / most, power = 10 ** Math.floor(Math.log10(raw)), step = roundStep(power, raw * 0.999);
    for (let place = Math.ceil(low / step); place * step <= high; place++) found.push(place * step);
  }
  return found.filter((value) => value >= low && value <= high).map((value) => /** @type {[number, string]} */ ([value, tickWords(value)]));
}

/** @type {[size: number, letter: string][]} */
const UNITS = [[1e9, " bn"], [1e6, " M"], [1e4, " k"]];

/** @param {number} value */
function tickWords(value) {
  for (const [size, letter] of UNITS) if (Math.abs(value) >= size) return `${+(value / Math.min(size, size === 1e4 ? 1e3 : size)).toPrecision(3)}${letter}`;
  return String(+value.toPrecision(4));
}
