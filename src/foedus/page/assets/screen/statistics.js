// Answers with their Monte Carlo errors and paired differences, as foedus.analysis.compare; bands as foedus.analysis.bands.

const LEVELS = [0.05, 0.25, 0.5, 0.75, 0.95];

// The quantile by linear interpolation between order statistics.
function quantileAt(sorted, level) {
  const place = level * (sorted.length - 1), below = Math.floor(place), above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
}

// How far a quantile moves with its level (Woodruff 1952): across one and a half times what chance moves the level by, at least one answer on.
function slopeAt(sorted, level) {
  const count = sorted.length, reach = Math.max(1.5 * Math.sqrt((level * (1 - level)) / count), 1 / count);
  const low = Math.max(0, level - reach), high = Math.min(1, level + reach);
  return (quantileAt(sorted, high) - quantileAt(sorted, low)) / (high - low);
}

// The standard normal distribution function, by Kummer's series, whose terms are all of one sign.
function normalCdf(z) {
  if (!(Math.abs(z) < 8.5)) return z > 0 ? 1 : 0;
  let term = z, sum = z;
  for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2) sum += term *= (z * z) / odd;
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}

// The values around a quantile where answers come in steps, such as dates and counts, and it stands on one or between two of them; else null.
function stepsNear(sorted, level, error) {
  const count = sorted.length;
  const around = (reach) => sorted.subarray(Math.max(0, Math.floor((level - reach) * count)), Math.ceil((level + reach) * count) + 1);
  const near = around(3 * Math.sqrt((level * (1 - level)) / count)), steps = near.filter((value, i) => !i || value !== near[i - 1]);
  const likely = around(2 * error), few = likely.filter((value, i) => !i || value !== likely[i - 1]);
  return steps.length <= near.length / 2 && few.length <= 2 ? steps : null;
}

// The standard deviation of a quantile that can only stand on steps: it stands at or below one where the share up to there is enough.
function spreadOverSteps(sorted, steps, level, error) {
  const upTo = (value) => sorted.findLastIndex((one) => one <= value) + 1;
  const chances = Array.from(steps, (value, i) => (i === steps.length - 1 ? 1 : normalCdf((upTo(value) / sorted.length - level) / error)));
  const weights = chances.map((chance, i) => chance - (i ? chances[i - 1] : 0));
  const mean = weights.reduce((sum, weight, i) => sum + weight * steps[i], 0);
  return Math.sqrt(weights.reduce((sum, weight, i) => sum + weight * (steps[i] - mean) ** 2, 0));
}

// The error of a quantile, and how far it moves with its level.
function errorAndSlope(sorted, level) {
  if (sorted.length < 2) return { error: NaN, slope: NaN };
  const levelError = Math.sqrt((level * (1 - level)) / sorted.length), steps = stepsNear(sorted, level, levelError);
  if (steps === null) return { error: slopeAt(sorted, level) * levelError, slope: slopeAt(sorted, level) };
  const error = spreadOverSteps(sorted, steps, level, levelError);
  return { error, slope: error / levelError };
}

const quantileError = (sorted, level) => errorAndSlope(sorted, level).error;

// The standard deviation of a Jeffreys posterior, so that none and all have an error too.
const chanceError = (hits, count) => (count ? Math.sqrt(((hits + 0.5) * (count - hits + 0.5)) / (count + 1) ** 2 / (count + 2)) : NaN);

// The statistics of one row of answers over the futures that `ok(i)` lets through: a future to which the question applies has a number; a date
// that never comes is infinite. Each estimate is {value, error, pull}: how much future i pulls at it, before the share of futures that count.
class Sample {
  constructor(values, ok, count) {
    Object.assign(this, { values, ok, count });
    const kept = new Float64Array(count);
    let applies = 0, sum = 0, never = 0;
    for (let i = 0; i < count; i++) {
      if (!ok(i)) continue;
      if (Number.isFinite(values[i])) { kept[applies++] = values[i]; sum += values[i]; }
      else if (values[i] === Infinity) never++;
    }
    Object.assign(this, { applies, sum, never, kept: kept.subarray(0, applies) });
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

  mean(isChance) {
    const { applies, sum, values, count } = this, mean = applies ? sum / applies : NaN;
    const error = isChance ? chanceError(sum, applies) : this.spread / Math.sqrt(applies);
    return { value: mean, error, pull: (i) => (Number.isFinite(values[i]) ? ((values[i] - mean) * count) / applies : 0) };
  }

  median() {
    const { applies, sorted, values, count } = this;
    if (applies < 2) return { value: applies ? sorted[0] : NaN, error: NaN, pull: () => 0 };
    const value = quantileAt(sorted, 0.5), { error, slope } = errorAndSlope(sorted, 0.5);
    return { value, error, pull: (i) => (Number.isFinite(values[i]) ? (slope * (0.5 - (values[i] <= value ? 1 : 0)) * count) / applies : 0) };
  }

  // Does a date come at all?
  comes() {
    const { applies, never, values, count } = this, known = applies + never, chance = known ? applies / known : NaN;
    return { value: chance, error: chanceError(applies, known), pull: (i) => (Number.isNaN(values[i]) ? 0 : (((Number.isFinite(values[i]) ? 1 : 0) - chance) * count) / known) };
  }
}

// 0 for the futures that ended well in all of these runs.
function commonStatuses(runs, count) {
  const failing = runs.filter((run) => run.faults.length), found = new Int8Array(count);
  for (const { statuses } of failing) for (let i = 0; i < count; i++) if (statuses[i]) found[i] = statuses[i];
  return found;
}

const STATISTICS = { probability: "probability", date: "when", quantity: "mean" };

// One question: `values` and `statuses` by future; `first` the same of the baseline, or null. The difference is that of the one statistic
// that stands for the answer: the chance, the mean, or the median of a date.
function answerOf(kind, values, statuses, first, firstStatuses, count) {
  const ok = (i) => statuses[i] === 0 && (!firstStatuses || firstStatuses[i] === 0), isChance = kind === "probability", isDate = kind === "date";
  const sample = new Sample(values, ok, count), mean = sample.mean(isChance), shown = isDate ? sample.median() : mean, comes = isDate ? sample.comes() : null;
  const answer = { futures: sample.applies, share: count ? sample.applies / count : 0, statistic: STATISTICS[kind], value: shown.value, valueError: shown.error,
    mean: mean.value, error: mean.error, probability: isChance ? mean.value : null, quantiles: null, quantileErrors: null,
    chance: comes && comes.value, chanceError: comes && comes.error, difference: null, differenceError: null,
    asked: count ? sample.asked / count : 0, otherShare: 0 };
  if (!isChance && sample.applies) {
    answer.quantiles = LEVELS.map((level) => quantileAt(sample.sorted, level));
    answer.quantileErrors = LEVELS.map((level) => quantileError(sample.sorted, level));
  }
  if (!first) return answer;
  const other = new Sample(first, ok, count), before = isDate ? other.median() : other.mean(isChance);
  answer.otherShare = otherShare(sample, other, count);
  Object.assign(answer, differenceOf(shown, before, ok, count, isChance ? 1 : other.spread || 0));
  if (isDate) {
    const { difference, differenceError } = differenceOf(comes, other.comes(), ok, count, 1);
    Object.assign(answer, { chanceDifference: difference, chanceDifferenceError: differenceError });
  }
  return answer;
}

// The part of the futures to which the question applies in one of two runs only; a date that never comes is an answer.
function otherShare(one, other, count) {
  let differing = 0;
  for (let i = 0; i < count; i++) if (one.ok(i) && Number.isNaN(one.values[i]) !== Number.isNaN(other.values[i])) differing++;
  return count ? differing / count : 0;
}

// The difference of two estimates on the same futures, as foedus.analysis.estimate.difference_of.
// `unseen`: how far one future may move the answer that has moved none.
function differenceOf(one, before, ok, count, unseen) {
  if (!real(one.value) || !real(before.value)) return { difference: null, differenceError: null };
  const difference = one.value - before.value;
  let total = 0, squares = 0, moved = 0;
  for (let i = 0; i < count; i++) {
    const pull = ok(i) ? one.pull(i) - before.pull(i) : 0;
    if (pull !== 0) moved++;
    total += pull;
    squares += pull * pull;
  }
  if (!moved) return { difference, differenceError: unseen / count, isSame: difference === 0 };
  const variance = count > 1 ? Math.max(0, squares - (total * total) / count) / (count - 1) : NaN;
  const smoothed = (0.5 * (squares / moved) * (1 - moved / count)) / (count * count);
  return { difference, differenceError: Math.sqrt(variance / count + smoothed) };
}

const isBeyondError = (difference, error) => real(difference) && real(error) && difference !== 0 && Math.abs(difference) > 2 * error;

// Quantiles of several sorted pieces together: the k-th smallest by counting, for each line.
function mergedBands(pieces, lines) {
  const total = pieces.reduce((sum, piece) => sum + piece.filled, 0);
  const found = LEVELS.map(() => new Float32Array(lines).fill(NaN));
  if (!total) return { count: 0, quantiles: found };
  const merged = new Float32Array(total), places = LEVELS.map((level) => level * (total - 1));
  for (let line = 0; line < lines; line++) {
    const at = pieces.length > 2 ? mergedLine(pieces, line, merged) : rankedLine(pieces, line);
    for (let number = 0; number < places.length; number++) {
      const below = Math.floor(places[number]), low = at(below), high = at(Math.min(below + 1, total - 1));
      found[number][line] = low + (high - low) * (places[number] - below);
    }
  }
  return { count: total, quantiles: found };
}

// The k-th smallest of many sorted pieces, all put together.
function mergedLine(pieces, line, merged) {
  let place = 0;
  for (const piece of pieces) {
    merged.set(piece.lines.subarray(line * piece.filled, (line + 1) * piece.filled), place);
    place += piece.filled;
  }
  merged.sort();
  return (rank) => merged[rank];
}

// The k-th smallest of one sorted piece or of two together, found by halving: how many of the k come from the first?
function rankedLine([one, two], line) {
  const a = one.lines, first = line * one.filled;
  if (!two) return (rank) => a[first + rank];
  const b = two.lines, second = line * two.filled;
  return (rank) => {
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
function flowsOf(pieces) {
  const flowed = pieces.reduce((sum, piece) => sum + piece.flowed, 0);
  if (!flowed) return null;
  return Array.from(pieces[0].flows, (_, flow) => pieces.reduce((sum, piece) => sum + piece.flows[flow], 0) / flowed);
}

// First times of one happening over all workers: its share, and 5, 50, 95 % of the step among the futures in which it came.
function firstTimes(pieces, number, bins) {
  const counts = new Float64Array(bins);
  let futures = 0;
  for (const piece of pieces) {
    futures += piece.futures;
    for (let bin = 0; bin < bins; bin++) counts[bin] += piece.counts[number * bins + bin];
  }
  const came = futures - counts[bins - 1];
  const at = (part) => {
    let sum = 0;
    for (let bin = 0; bin < bins - 1; bin++) if ((sum += counts[bin]) >= part * came) return bin;
    return bins - 2;
  };
  return { futures, share: futures ? came / futures : 0, steps: came ? [at(0.05), at(0.5), at(0.95)] : null };
}
