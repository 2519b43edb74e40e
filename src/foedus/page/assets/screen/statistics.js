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

// A quantile that can only stand on steps: it stands at or below one where the share up to there is enough. Where steps are wide the chance to
// be carried over a border falls off faster, from a higher top. `places`: the upper borders, as shares from the level in their errors.
function onSteps(value, steps, places, error) {
  const inner = places.slice(0, -1), offs = inner.map(Math.abs).sort((one, other) => one - other);
  const wide = Math.min(1, Math.max(0, (offs.length > 1 ? offs[1] : Infinity) / 2 - 1));
  const chances = [...inner.map((place) => normalCdf((1 + 0.5 * wide) * place)), 1];
  const weights = chances.map((chance, i) => chance - (i ? chances[i - 1] : 0));
  const mean = weights.reduce((sum, weight, i) => sum + weight * steps[i], 0);
  const spread = Math.sqrt(weights.reduce((sum, weight, i) => sum + weight * (steps[i] - mean) ** 2, 0) * (1 + 0.25 * wide));
  const slopes = inner.map((place, i) => ((steps[i + 1] - steps[i]) * Math.exp((-place * place) / 2)) / Math.sqrt(2 * Math.PI));
  const straight = spread > 0 ? Math.min(1, slopes.reduce((sum, slope) => sum + slope, 0) / spread) : 1;
  return { value, error: spread, straight, borders: steps.slice(0, -1), slopes: slopes.map((slope) => slope / error) };
}

// Answers from which a quantile is told: one is to be expected beyond it; the median of a single one is that one.
const quantileNeeds = (level) => (level === 0.5 ? 1 : Math.ceil(1 / Math.min(level, 1 - level) - 1e-9));

// A quantile, its error, and how far it moves with the share of answers up to each of some borders (foedus.analysis.estimate).
function quantileOf(sorted, level) {
  const count = sorted.length;
  if (count < quantileNeeds(level)) return { value: NaN, error: NaN };
  const value = quantileAt(sorted, level);
  if (count < 2) return { value, error: NaN };
  const levelError = Math.sqrt((level * (1 - level)) / count), steps = stepsNear(sorted, level, levelError);
  if (steps === null) return { value, error: slopeAt(sorted, level) * levelError, straight: 1, borders: [value], slopes: [slopeAt(sorted, level)] };
  const upTo = (value) => sorted.findLastIndex((one) => one <= value) + 1;
  return onSteps(value, Array.from(steps), Array.from(steps, (step) => (upTo(step) / count - level) / levelError), levelError);
}

// The standard deviation of a Jeffreys posterior, so that none and all have an error too.
const chanceError = (hits, count) => (count ? Math.sqrt(((hits + 0.5) * (count - hits + 0.5)) / (count + 1) ** 2 / (count + 2)) : NaN);

// The statistics of one row of answers over the futures that `ok(i)` lets through: a future to which the question applies has a number; a date
// that never comes is infinite. Each estimate is {value, error, applies, straight, pull}: how many futures it rests on, how closely it goes with how
// much each future pulls at it, and that.
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
    return { value: mean, error, applies, straight: 1, pull: (i) => (Number.isFinite(values[i]) ? ((values[i] - mean) * count) / applies : 0) };
  }

  median() {
    const { applies, sorted, kept, values, count } = this;
    const { value, error, straight, borders, slopes } = quantileOf(sorted, 0.5);
    if (!Number.isFinite(error)) return { value, error, applies, straight: 1, pull: () => 0 };
    const beyond = (one) => borders.reduce((sum, border, i) => (one <= border ? sum + slopes[i] : sum), 0);
    let total = 0, squares = 0;
    for (const one of kept) total += beyond(one);
    for (const one of kept) squares += (total / applies - beyond(one)) ** 2;
    const own = (Math.sqrt(squares / (count - 1) / count) * count) / applies, scale = own > 0 ? error / own : 1; // as strong as the error says
    const pull = (i) => (Number.isFinite(values[i]) ? ((total / applies - beyond(values[i])) * scale * count) / applies : 0);
    return { value, error, applies, straight, pull };
  }

  // Does a date come at all?
  comes() {
    const { applies, never, values, count } = this, known = applies + never, chance = known ? applies / known : NaN;
    return { value: chance, error: chanceError(applies, known), applies: known, straight: 1, pull: (i) => (Number.isNaN(values[i]) ? 0 : (((Number.isFinite(values[i]) ? 1 : 0) - chance) * count) / known) };
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
    const points = LEVELS.map((level) => quantileOf(sample.sorted, level));
    answer.quantiles = points.map(({ value }) => value);
    answer.quantileErrors = points.map(({ error }) => error);
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
function apart(one, before, square) {
  const together = one.straight * before.straight, product = one.error * before.error;
  if (together >= 1 || !(product > 0)) return 0;
  const alike = Math.min(1, Math.max(-1, (one.error ** 2 + before.error ** 2 - square) / (2 * product)));
  return 2 * product * Math.min(1, (1 - together) / (1 - 2 / Math.PI)) * (alike - (2 / Math.PI) * Math.asin(alike));
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
      if (total < quantileNeeds(LEVELS[number])) continue;
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
