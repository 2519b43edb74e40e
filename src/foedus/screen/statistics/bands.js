// What several workers have counted, put together: bands as foedus.analysis.bands, flows, first times.

import { LEVELS, quantileNeeds } from "./quantiles.js";
/** @import { Cut } from "../engine/types.d.ts" */
/** @import { Counted, FirstTimes } from "./types.d.ts" */

// Quantiles of several sorted pieces together: the k-th smallest by counting, for each line.
/** @param {Cut[]} pieces @param {number} lines */
export function mergedBands(pieces, lines) {
  const total = pieces.reduce((sum, piece) => sum + piece.filled, 0);
  const found = LEVELS.map(() => new Float32Array(lines).fill(NaN));
  if (!total) return { count: 0, quantiles: found };
  const merged = new Float32Array(total), places = LEVELS.map((level) => level * (total - 1));
  for (let line = 0; line < lines; line++) {
    const at = pieces.length > 2 ? mergedLine(pieces, line, merged) : rankedLine(pieces, line);
    for (let number = 0; number < places.length; number++) {
      if (total < quantileNeeds(LEVELS[number])) continue;
      const below = Math.floor(places[number]), low = at(below), high = at(Math.min(below + 1, total - 1));
      found[number][line] = low + (high - low) * (places[number] - below);
    }
  }
  return { count: total, quantiles: found };
}

// The k-th smallest of many sorted pieces, all put together.
/** @param {Cut[]} pieces @param {number} line @param {Float32Array} merged */
function mergedLine(pieces, line, merged) {
  let place = 0;
  for (const piece of pieces) {
    merged.set(piece.lines.subarray(line * piece.filled, (line + 1) * piece.filled), place);
    place += piece.filled;
  }
  merged.sort();
  return (/** @type {number} */ rank) => merged[rank];
}

// The k-th smallest of one sorted piece or of two together, found by halving: how many of the k come from the first?
/** @param {Cut[]} given @param {number} line */
function rankedLine([one, two], line) {
  const a = one.lines, first = line * one.filled;
  if (!two) return (/** @type {number} */ rank) => a[first + rank];
  const b = two.lines, second = line * two.filled;
  return (/** @type {number} */ rank) => {
    let low = Math.max(0, rank - two.filled), high = Math.min(rank, one.filled);
    while (low < high) {
      const half = (low + high) >> 1;
      if (a[first + half] < b[second + rank - half - 1]) low = half + 1;
      else high = half;
    }
    const mine = low < one.filled ? a[first + low] : Infinity, other = rank - low < two.filled ? b[second + rank - low] : Infinity;
    return mine < other ? mine : other;
  };
}

// The mean of each flow over futures and moments; null before any has been counted.
/** @param {Cut[]} pieces */
export function flowsOf(pieces) {
  const flowed = pieces.reduce((sum, piece) => sum + piece.flowed, 0);
  if (!flowed) return null;
  return Array.from(pieces[0].flows, (_, flow) => pieces.reduce((sum, piece) => sum + piece.flows[flow], 0) / flowed);
}

// First times of one happening over all workers, as foedus.analysis.occurrences: its share, and 5, 50, 95 % of the step among the futures in
// which it came; what these are too few to tell is null.
/** @param {Counted[]} pieces @param {number} number @param {number} bins @returns {FirstTimes} */
export function firstTimes(pieces, number, bins) {
  const counts = new Float64Array(bins);
  let futures = 0;
  for (const piece of pieces) {
    futures += piece.futures;
    for (let bin = 0; bin < bins; bin++) counts[bin] += piece.counts[number * bins + bin];
  }
  const came = futures - counts[bins - 1];
  const at = (/** @type {number} */ part) => {
    let sum = 0;
    for (let bin = 0; bin < bins - 1; bin++) if ((sum += counts[bin]) >= part * came) return bin;
    return bins - 2;
  };
  const told = (/** @type {number} */ part) => (came >= quantileNeeds(part) ? at(part) : null);
  return { futures, share: futures ? came / futures : 0, steps: came ? [told(0.05), at(0.5), told(0.95)] : null };
}
