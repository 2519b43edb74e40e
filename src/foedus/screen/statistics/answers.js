// Answers with their Monte Carlo errors and paired differences, as foedus.analysis.compare; bands as foedus.analysis.bands.

import { real } from "../kit/words.js";
import { LEVELS, quantileOf } from "./quantiles.js";
/** @import { Answer, Estimate, Kind, Row } from "./types.d.ts" */

// The standard deviation of a Jeffreys posterior, so that none and all have an error too.
/** @param {number} hits @param {number} count */
const chanceError = (hits, count) => (count ? Math.sqrt(((hits + 0.5) * (count - hits + 0.5)) / (count + 1) ** 2 / (count + 2)) : NaN);

// The statistics of one row of answers over the futures that `ok(i)` lets through: a future to which the question applies has a number; a date
// that never comes is infinite. Each estimate is {value, error, applies, straight, pull}: how many futures it rests on, how closely it goes with how
// much each future pulls at it, and that.
export class Sample {
  /** @type {Float64Array | null} */
  ranked = null;

  /** @param {Row} values @param {(future: number) => boolean} ok @param {number} count */
  constructor(values, ok, count) {
    this.values = values;
    this.ok = ok;
    this.count = count;
    const kept = new Float64Array(count);
    let applies = 0, sum = 0, never = 0;
    for (let i = 0; i < count; i++) {
      if (!ok(i)) continue;
      if (Number.isFinite(values[i])) { kept[applies++] = values[i]; sum += values[i]; }
      else if (values[i] === Infinity) never++;
    }
    this.applies = applies;
    this.sum = sum;
    this.never = never;
    this.kept = kept.subarray(0, applies);
  }

  // To how many futures the question applies; a date that never comes is an answer.
  get asked() {
    return this.applies + this.never;
  }

  get sorted() {
    this.ranked ??= this.kept.slice().sort();
    return this.ranked;
  }

  // The standard deviation of the answers.
  get spread() {
    const { applies, kept } = this, mean = this.sum / applies;
    let squares = 0;
    for (const value of kept) squares += (value - mean) ** 2;
    return applies > 1 ? Math.sqrt(squares / (applies - 1)) : NaN;
  }

  /** @param {boolean} isChance */
  mean(isChance) {
    const { applies, sum, values, count } = this, mean = applies ? sum / applies : NaN;
    const error = isChance ? chanceError(sum, applies) : this.spread / Math.sqrt(applies);
    return { value: mean, error, applies, straight: 1, pull: (/** @type {number} */ i) => (Number.isFinite(values[i]) ? ((values[i] - mean) * count) / applies : 0) };
  }

  median() {
    const { applies, sorted, kept, values, count } = this;
    const { value, error, straight, borders, slopes } = quantileOf(sorted, 0.5);
    if (!Number.isFinite(error)) return { value, error, applies, straight: 1, pull: () => 0 };
    const beyond = (/** @type {number} */ one) => borders.reduce((sum, border, i) => (one <= border ? sum + slopes[i] : sum), 0);
    let total = 0, squares = 0;
    for (const one of kept) total += beyond(one);
    for (const one of kept) squares += (total / applies - beyond(one)) ** 2;
    const own = (Math.sqrt(squares / (count - 1) / count) * count) / applies, scale = own > 0 ? error / own : 1; // as strong as the error says
    /** @param {number} i */
    const pull = (i) => (Number.isFinite(values[i]) ? ((total / applies - beyond(values[i])) * scale * count) / applies : 0);
    return { value, error, applies, straight, pull };
  }

  // Does a date come at all?
  comes() {
    const { applies, never, values, count } = this, known = applies + never, chance = known ? applies / known : NaN;
    return { value: chance, error: chanceError(applies, known), applies: known, straight: 1, pull: (/** @type {number} */ i) => (Number.isNaN(values[i]) ? 0 : (((Number.isFinite(values[i]) ? 1 : 0) - chance) * count) / known) };
  }
}

// 0 for the futures that ended well in all of these runs.
/** @param {{ faults: object[]; statuses: Int8Array }[]} runs @param {number} count */
export function commonStatuses(runs, count) {
  const failing = runs.filter((run) => run.faults.length), found = new Int8Array(count);
  for (const { statuses } of failing) for (let i = 0; i < count; i++) if (statuses[i]) found[i] = statuses[i];
  return found;
}

const STATISTICS = { probability: "probability", date: "when", quantity: "mean" };

// One question: `values` and `statuses` by future; `first` the same of the baseline, or null. The difference is that of the one statistic
// that stands for the answer: the chance, the mean, or the median of a date.
/** @param {Kind} kind @param {Row} values @param {ArrayLike<number>} statuses @param {Row | null} first @param {ArrayLike<number> | null} firstStatuses @param {number} count */
export function answerOf(kind, values, statuses, first, firstStatuses, count) {
  const ok = (/** @type {number} */ i) => statuses[i] === 0 && (!firstStatuses || firstStatuses[i] === 0), isChance = kind === "probability", isDate = kind === "date";
  const sample = new Sample(values, ok, count), mean = sample.mean(isChance), shown = isDate ? sample.median() : mean, comes = isDate ? sample.comes() : null;
  /** @type {Answer} */
  const answer = { futures: sample.applies, share: count ? sample.applies / count : 0, statistic: STATISTICS[kind], value: shown.value, valueError: shown.error,
    mean: mean.value, error: mean.error, probability: isChance ? mean.value : null, quantiles: null, quantileErrors: null,
    chance: comes && comes.value, chanceError: comes && comes.error, difference: null, differenceError: null,
    asked: count ? sample.asked / count : 0, otherShare: 0 };
  if (!isChance && sample.applies) {
    const points = LEVELS.map((level) => quantileOf(sample.sorted, level));
    answer.quantiles = points.map(({ value }) => value);
    answer.quantileErrors = points.map(({ error }) => error);
  }
  if (!first) return answer;
  const other = new Sample(first, ok, count), before = isDate ? other.median() : other.mean(isChance);
  answer.otherShare = otherShare(sample, other, count);
  Object.assign(answer, differenceOf(shown, before, ok, count, isChance ? 1 : other.spread || 0));
  if (comes) {
    const { difference, differenceError } = differenceOf(comes, other.comes(), ok, count, 1);
    Object.assign(answer, { chanceDifference: difference, chanceDifferenceError: differenceError });
  }
  return answer;
}

// The part of the futures to which the question applies in one of two runs only; a date that never comes is an answer.
/** @param {Sample} one @param {Sample} other @param {number} count */
function otherShare(one, other, count) {
  let differing = 0;
  for (let i = 0; i < count; i++) if (one.ok(i) && Number.isNaN(one.values[i]) !== Number.isNaN(other.values[i])) differing++;
  return count ? differing / count : 0;
}

// The difference of two estimates on the same futures, as foedus.analysis.estimate.difference_of.
// `unseen`: how far one future may move the answer that has moved none.
/** @param {Estimate} one @param {Estimate} before @param {(future: number) => boolean} ok @param {number} count @param {number} unseen */
function differenceOf(one, before, ok, count, unseen) {
  if (!real(one.value) || !real(before.value)) return { difference: null, differenceError: null };
  const difference = one.value - before.value;
  if (!real(one.error) || !real(before.error)) return { difference, differenceError: NaN };
  let total = 0, squares = 0, moved = 0;
  for (let i = 0; i < count; i++) {
    const pull = ok(i) ? one.pull(i) - before.pull(i) : 0;
    if (pull !== 0) moved++;
    total += pull;
    squares += pull * pull;
  }
  if (!moved) return { difference, differenceError: unseen / Math.min(one.applies, before.applies), isSame: difference === 0 };
  const variance = count > 1 ? Math.max(0, squares - (total * total) / count) / (count - 1) : NaN;
  const smoothed = (0.5 * (squares / moved) * (1 - moved / count)) / (count * count);
  return { difference, differenceError: Math.sqrt(variance / count + apart(one, before, variance / count) + smoothed) };
}

// What the variance of a difference is larger by because both only jump: two that are driven alike do not jump at the same time (Sheppard 1899).
/** @param {Estimate} one @param {Estimate} before @param {number} square */
function apart(one, before, square) {
  const together = one.straight * before.straight, product = one.error * before.error;
  if (together >= 1 || !(product > 0)) return 0;
  const alike = Math.min(1, Math.max(-1, (one.error ** 2 + before.error ** 2 - square) / (2 * product)));
  return 2 * product * Math.min(1, (1 - together) / (1 - 2 / Math.PI)) * (alike - (2 / Math.PI) * Math.asin(alike));
}

/** @type {(difference: number | null | undefined, error: number | null | undefined) => boolean} */
export const isBeyondError = (difference, error) => real(difference) && real(error) && difference !== 0 && Math.abs(difference) > 2 * error;
