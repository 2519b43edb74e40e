// Quantiles of the priors, with the same IEEE operations in the same order as foedus.distributions: the heavy ones are kernels of the
// WebAssembly module, the rest is plain arithmetic on doubles, which JavaScript neither fuses nor reorders.

/** @import { Correlated, Kernel, Law } from "./types.d.ts" */





// `row` holds uniform numbers in (0, 1) and is replaced by the law's quantiles. `kernel.exp(row)` and so on work in place.
/** @param {Law} law @param {Float64Array} row @param {Kernel} kernel */
export function lawQuantile(law, row, kernel) {
  const n = row.length;
  switch (law.family) {
    case "normal":
      kernel.normal_quantile(row);
      for (let i = 0; i < n; i++) row[i] = law.mean + law.sd * row[i];
      return;
    case "lognormal":
      kernel.normal_quantile(row);
      for (let i = 0; i < n; i++) row[i] = law.mu + law.sigma * row[i];
      kernel.exp(row);
      return;
    case "logitnormal":
      kernel.normal_quantile(row);
      for (let i = 0; i < n; i++) row[i] = -(law.mu + law.sigma * row[i]);
      kernel.exp(row);
      for (let i = 0; i < n; i++) row[i] = 1.0 / (1.0 + row[i]);
      return;
    case "uniform":
      for (let i = 0; i < n; i++) row[i] = law.low + (law.high - law.low) * row[i];
      return;
    case "triangular":
      return triangular(law, row);
    case "exponential":
      for (let i = 0; i < n; i++) row[i] = 1.0 - row[i];
      kernel.log(row);
      for (let i = 0; i < n; i++) row[i] = -law.mean * row[i];
      return;
    case "scaled":
      lawQuantile(law.inner, row, kernel);
      for (let i = 0; i < n; i++) row[i] = law.factor * row[i];
      return;
    case "truncated": {
      const width = law.above - law.below, low = law.low ?? -Infinity, high = law.high ?? Infinity;
      for (let i = 0; i < n; i++) row[i] = law.below + row[i] * width;
      lawQuantile(law.inner, row, kernel);
      for (let i = 0; i < n; i++) row[i] = Math.min(Math.max(row[i], low), high);
      return;
    }
    case "discrete":
      for (let i = 0; i < n; i++) row[i] = law.values[Math.min(countBelow(law.risen, row[i]), law.values.length - 1)];
      return;
    case "spiked":
      return spiked(law, row, kernel);
    case "table":
      return tabled(law.table, row, kernel);
  }
  throw new Error(`no such law: ${/** @type {Law} */ (law).family}`);
}

/** @param {{ low: number; mode: number; high: number }} law @param {Float64Array} row */
function triangular({ low, mode, high }, row) {
  const width = high - low, left = mode - low, right = high - mode;
  for (let i = 0; i < row.length; i++) {
    const u = row[i];
    row[i] = u * width < left ? low + Math.sqrt(u * width * left) : high - Math.sqrt((1.0 - u) * width * right);
  }
}

/** @param {Extract<Law, { family: "spiked" }>} law @param {Float64Array} row @param {Kernel} kernel */
function spiked(law, row, kernel) {
  const n = row.length, drawn = row.slice();
  for (let i = 0; i < n; i++) {
    const rest = (row[i] - law.lumped[countBelow(law.below, row[i])]) / law.weight;
    row[i] = Math.min(Math.max(rest, 2 ** -53), 1 - 2 ** -53);
  }
  lawQuantile(law.inner, row, kernel);
  for (let i = 0; i < n; i++) {
    const last = countBelow(law.below, drawn[i]) - 1;
    if (last >= 0 && drawn[i] <= law.above[last]) row[i] = law.values[last];
  }
}

/** @param {Float64Array} table @param {Float64Array} row @param {Kernel} kernel */
function tabled(table, row, kernel) {
  kernel.normal_quantile(row);
  for (let i = 0; i < row.length; i++) {
    const place = Math.min(Math.max((row[i] + 6.0) * (4096 / 12.0), 0.0), 4095.999999), below = Math.trunc(place);
    row[i] = table[below] + (table[below + 1] - table[below]) * (place - below);
  }
}

// How many of some rising numbers lie below another.
/** @param {Float64Array} rising @param {number} limit */
function countBelow(rising, limit) {
  let low = 0, high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

// Correlated parameters: a Gaussian copula, as foedus.ensemble.sampling.
/** @param {Correlated[]} groups @param {Map<number, Float64Array>} uniforms @param {Kernel} kernel */
export function correlate(groups, uniforms, kernel) {
  for (const group of groups) {
    const scores = group.members.map((index) => /** @type {Float64Array} */ (uniforms.get(index)).slice());
    scores.forEach((score) => kernel.normal_quantile(score));
    group.members.forEach((index, row) => {
      const mixed = new Float64Array(scores[0].length);
      for (let column = 0; column <= row; column++) {
        const factor = group.factor[row][column], score = scores[column];
        for (let i = 0; i < mixed.length; i++) mixed[i] = mixed[i] + factor * score[i];
      }
      kernel.normal_cdf(mixed);
      for (let i = 0; i < mixed.length; i++) mixed[i] = Math.min(Math.max(mixed[i], 2 ** -53), 1 - 2 ** -53);
      uniforms.set(index, mixed);
    });
  }
}
