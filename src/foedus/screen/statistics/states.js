// Answers that mix two worlds, told apart by what has happened in the model: the rules of foedus.analysis.states, on the same futures.

import { quantileAt } from "./quantiles.js";
/** @import { Parting, PartingRules, TwoWorlds } from "./types.d.ts" */

// values, statuses: by future; question: {last, partedBy} of the content; steps: first times by happening and future; rules: `parting` of the content.
// Returns [{label, share, median, low, high, isConstant}, …], the smaller world first; empty where the answer has one state.
/** @param {ArrayLike<number>} values @param {ArrayLike<number>} statuses @param {number} count @param {{ last: number; partedBy: number[] }} question @param {Parting} given */
export function statesOf(values, statuses, count, question, { steps, happenings, firstStep, rules }) {
  const kept = Math.min(count, rules.futures), order = new Uint32Array(kept);
  let size = 0;
  for (let i = 0; i < kept; i++) if (statuses[i] === 0 && Number.isFinite(values[i])) order[size++] = i;
  if (size < 2 * rules.fewest) return [];
  const those = order.subarray(0, size), least = Math.max(rules.fewest, rules.leastShare * size), by = question.last - firstStep;
  const candidates = question.partedBy.map((place) => ({ place, count: countCame(those, steps[place], by) }))
    .filter((one) => Math.min(one.count, size - one.count) >= least);
  if (!candidates.length) return [];
  those.sort((a, b) => values[a] - values[b]);
  const ranked = Float64Array.from(those, (i) => values[i]);
  if (ranked[0] === ranked[size - 1]) return [];
  let best = null;
  for (const { place, count: came } of candidates) {
    const found = partingOf(ranked, those, steps[place], by, came, rules);
    if (found && (!best || found.misplaced < best.misplaced)) best = { ...found, worlds: happenings[place].worlds };
  }
  return best ? bandsOfWorlds(best, size) : [];
}

/** @param {Uint32Array} those @param {ArrayLike<number>} steps @param {number} by */
function countCame(those, steps, by) {
  let count = 0;
  for (const i of those) if (steps[i] <= by) count++;
  return count;
}

// The two worlds if there is a valley between them, and if it is they that lie on its sides.
/** @param {Float64Array} ranked @param {Uint32Array} order @param {ArrayLike<number>} steps @param {number} by @param {number} came @param {PartingRules} rules */
function partingOf(ranked, order, steps, by, came, rules) {
  const hasCome = 2 * came <= ranked.length, smaller = new Float64Array(hasCome ? came : ranked.length - came), larger = new Float64Array(ranked.length - smaller.length);
  let s = 0, l = 0;
  for (let k = 0; k < ranked.length; k++) {
    if ((steps[order[k]] <= by) === hasCome) smaller[s++] = ranked[k];
    else larger[l++] = ranked[k];
  }
  const one = smaller[smaller.length >> 1], other = larger[larger.length >> 1], valley = valleyBetween(ranked, Math.min(one, other), Math.max(one, other), rules);
  if (valley === null) {
    const misplaced = misplacedAtNumber(smaller, larger, rules) ?? misplacedAtNumber(larger, smaller, rules);
    return misplaced === null ? null : { smaller, larger, hasCome, misplaced };
  }
  const beside = one < other ? firstNotBelow(ranked, valley) : ranked.length - firstAbove(ranked, valley);
  const both = one < other ? firstNotBelow(smaller, valley) : smaller.length - firstAbove(smaller, valley);
  if (both < rules.pure * beside) return null;
  return { smaller, larger, hasCome, misplaced: smaller.length + beside - 2 * both };
}

// How many futures of two worlds are misplaced if one of them is a number, and the other a long tail that begins there; null where they are not.
/** @param {Float64Array} constant @param {Float64Array} other @param {PartingRules} rules */
function misplacedAtNumber(constant, other, { oneNumber, longTail }) {
  const number = constant[constant.length >> 1], isAside = other[0] >= number || other[other.length - 1] <= number;
  const [off, within] = [constant.length - countOf(constant, number), countOf(other, number)];
  if (!isAside || constant.length - off < oneNumber * constant.length || within > (1 - oneNumber) * other.length) return null;
  const mean = other.reduce((sum, one) => sum + Math.abs(one - number), 0) / other.length;
  return mean > longTail * Math.abs(other[other.length >> 1] - number) ? off + within : null;
}

/** @param {Float64Array} row @param {number} value */
const countOf = (row, value) => firstAbove(row, value) - firstNotBelow(row, value);

// Where between two medians the answers are sparsest, if they are sparse there.
/** @param {Float64Array} ranked @param {number} low @param {number} high @param {PartingRules} given */
function valleyBetween(ranked, low, high, { stretches, valley }) {
  const width = (high - low) / stretches;
  if (!(Number.isFinite(width) && width > 0)) return null;
  const edges = Array.from({ length: stretches + 1 }, (_, k) => (k === stretches ? high : k * width + low));
  if (edges.some((edge, k) => k && !(edge > edges[k - 1]))) return null; // nearer to one another than numbers can tell
  let lowest = { start: 0, end: Infinity, middle: NaN };
  for (let k = 0; k < stretches; k++) {
    const start = firstAbove(ranked, edges[k]), end = firstNotBelow(ranked, edges[k + 1]);
    if (end - start < lowest.end - lowest.start) lowest = { start, end, middle: (edges[k] + edges[k + 1]) / 2 };
  }
  const { start, end, middle } = lowest, most = (end - start + 2 * Math.sqrt(end - start + 1)) / width; // what chance may have left out
  return most > valley * Math.min(densityOf(ranked.subarray(0, start)), densityOf(ranked.subarray(end))) ? null : middle;
}

// Futures per unit over the densest half of some answers; infinite where they are all at one place.
/** @param {Float64Array} side */
function densityOf(side) {
  const half = (side.length + 1) >> 1;
  if (half < 2) return 0;
  let shortest = Infinity;
  for (let k = half - 1; k < side.length; k++) shortest = Math.min(shortest, side[k] - side[k - half + 1]);
  return shortest > 0 ? half / shortest : Infinity;
}

// The first place in a sorted row that `isBeyond`; its length if there is none.
/** @param {Float64Array} row @param {(value: number) => boolean} isBeyond */
function firstPlace(row, isBeyond) {
  let low = 0, high = row.length;
  while (low < high) {
    const half = (low + high) >> 1;
    if (isBeyond(row[half])) high = half;
    else low = half + 1;
  }
  return low;
}

/** @param {Float64Array} row @param {number} value */
const firstAbove = (row, value) => firstPlace(row, (one) => one > value);

/** @param {Float64Array} row @param {number} value */
const firstNotBelow = (row, value) => firstPlace(row, (one) => one >= value);

/** @param {TwoWorlds} given @param {number} count */
function bandsOfWorlds({ smaller, larger, hasCome, worlds }, count) {
  const [first, second] = hasCome ? worlds : [worlds[1], worlds[0]];
  return [{ label: first, world: smaller }, { label: second, world: larger }].map(({ label, world }) => {
    const [low, median, high] = [0.05, 0.5, 0.95].map((level) => quantileAt(world, level));
    return { label, share: world.length / count, median, low, high, isConstant: world[0] === world[world.length - 1] };
  });
}
