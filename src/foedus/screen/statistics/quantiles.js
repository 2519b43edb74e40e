// Quantiles with their Monte Carlo errors, as foedus.analysis.estimate.

export const LEVELS = [0.05, 0.25, 0.5, 0.75, 0.95];
const FASTER = 2.0, HIGHER = 1.4;

// The quantile by linear interpolation between order statistics.
/** @param {Float64Array} sorted @param {number} level */
export function quantileAt(sorted, level) {
  const place = level * (sorted.length - 1), below = Math.floor(place), above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
}

// How far a quantile moves with its level (Woodruff 1952): across one and a half times what chance moves the level by, at least one answer on.
/** @param {Float64Array} sorted @param {number} level */
function slopeAt(sorted, level) {
  const count = sorted.length, reach = Math.max(1.5 * Math.sqrt((level * (1 - level)) / count), 1 / count);
  const low = Math.max(0, level - reach), high = Math.min(1, level + reach);
  return (quantileAt(sorted, high) - quantileAt(sorted, low)) / (high - low);
}

// The standard normal distribution function, by Kummer's series, whose terms are all of one sign.
/** @param {number} z */
function normalCdf(z) {
  if (!(Math.abs(z) < 8.5)) return z > 0 ? 1 : 0;
  let term = z, sum = z;
  for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2) sum += term *= (z * z) / odd;
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}

// The values around a quantile where answers come in steps, such as dates and counts, and it stands on one or between two of them; else null.
/** @param {Float64Array} sorted @param {number} level @param {number} error */
function stepsNear(sorted, level, error) {
  const count = sorted.length;
  /** @param {number} reach */
  const around = (reach) => sorted.subarray(Math.max(0, Math.floor((level - reach) * count)), Math.ceil((level + reach) * count) + 1);
  const near = around(3 * Math.sqrt((level * (1 - level)) / count)), steps = near.filter((value, i) => !i || value !== near[i - 1]);
  const likely = around(2 * error), few = likely.filter((value, i) => !i || value !== likely[i - 1]);
  return steps.length <= near.length / 2 && few.length <= 2 ? steps : null;
}

// A quantile that can only stand on steps: it stands at or below one where the share up to there is enough. Where steps are wide the chance to
// be carried over a border falls off faster, from a higher top. `places`: the upper borders, as foedus.analysis.estimate counts them.
/** @param {number} value @param {number[]} steps @param {number[]} places @param {number} error */
function onSteps(value, steps, places, error) {
  const inner = places.slice(0, -1), offs = inner.map(Math.abs).sort((one, other) => one - other);
  const wide = Math.min(1, Math.max(0, (offs.length > 1 ? offs[1] : Infinity) - 1.5));
  const chances = [...inner.map((place) => normalCdf((1 + FASTER * wide) * place)), 1];
  const weights = chances.map((chance, i) => chance - (i ? chances[i - 1] : 0));
  const mean = weights.reduce((sum, weight, i) => sum + weight * steps[i], 0);
  const spread = Math.sqrt(weights.reduce((sum, weight, i) => sum + weight * (steps[i] - mean) ** 2, 0) * (1 + HIGHER * wide));
  const slopes = inner.map((place, i) => ((steps[i + 1] - steps[i]) * Math.exp((-place * place) / 2)) / Math.sqrt(2 * Math.PI));
  const straight = spread > 0 ? Math.min(1, slopes.reduce((sum, slope) => sum + slope, 0) / spread) : 1;
  return { value, error: spread, straight, borders: steps.slice(0, -1), slopes: slopes.map((slope) => slope / error) };
}

// Answers from which a quantile is told: one is to be expected beyond it; the median of a single one is that one.
/** @param {number} level */
export const quantileNeeds = (level) => (level === 0.5 ? 1 : Math.ceil(1 / Math.min(level, 1 - level) - 1e-9));

// A quantile, its error, and how far it moves with the share of answers up to each of some borders (foedus.analysis.estimate).
/** @param {Float64Array} sorted @param {number} level */
export function quantileOf(sorted, level) {
  const count = sorted.length;
  if (count < quantileNeeds(level)) return { value: NaN, error: NaN, straight: 1, borders: [], slopes: [] };
  const value = quantileAt(sorted, level);
  if (count < 2) return { value, error: NaN, straight: 1, borders: [], slopes: [] };
  const levelError = Math.sqrt((level * (1 - level)) / count), steps = stepsNear(sorted, level, levelError);
  if (steps === null) return { value, error: slopeAt(sorted, level) * levelError, straight: 1, borders: [value], slopes: [slopeAt(sorted, level)] };
  /** @param {number} step */
  const upTo = (step) => sorted.findLastIndex((one) => one <= step) + 1;
  const places = Array.from(steps, (step) => 2 * Math.sqrt(count) * (Math.asin(Math.sqrt(upTo(step) / count)) - Math.asin(Math.sqrt(level))));
  return onSteps(value, Array.from(steps), places, levelError);
}
