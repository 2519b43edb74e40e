// Which uncertain parameters move an answer, from the futures of the scenario on the screen: as foedus.analysis.drivers.

export const MOST_BINS = 20;
export const MOST_DRIVERS = 8;
export const FEWEST = 50; // answers

// Every uncertain parameter cut into bins of equal size: `draws` holds a row of numbers by future for each parameter's name.
export class Ranks {
  /** @param {Map<string, Float64Array>} draws @param {number} count */
  constructor(draws, count) {
    this.count = count;
    this.bins = Math.max(2, Math.min(MOST_BINS, Math.floor(count / 25) || 2));
    this.binOf = new Map();
    for (const [name, row] of draws) {
      const values = row.subarray(0, count), order = Uint32Array.from(values, (_, future) => future);
      if (values.every((value) => value === values[0])) continue;
      order.sort((a, b) => values[a] - values[b] || a - b);
      const found = new Uint8Array(count);
      order.forEach((future, rank) => { found[future] = Math.floor((rank * this.bins) / count); });
      this.binOf.set(name, found);
    }
  }
}

// [{parameter, share, direction}, …], largest first; `isFixed(name)` tells which parameters are not drawn in this scenario.
/** @param {ArrayLike<number>} values @param {ArrayLike<number>} statuses @param {Ranks} ranks @param {(name: string) => boolean} isFixed */
export function driversOf(values, statuses, ranks, isFixed) {
  const futures = [];
  for (let i = 0; i < ranks.count; i++) if (statuses[i] === 0 && Number.isFinite(values[i])) futures.push(i);
  const count = futures.length, mean = futures.reduce((sum, i) => sum + values[i], 0) / count;
  const total = futures.reduce((sum, i) => sum + (values[i] - mean) ** 2, 0);
  if (count < FEWEST || total === 0) return [];
  const error = Math.sqrt(2 * (ranks.bins - 1)) / count, found = [];
  for (const [parameter, bins] of ranks.binOf) {
    if (isFixed(parameter)) continue;
    const { share, direction } = driverOf(bins, ranks.bins, futures, values, mean, total);
    if (share > Math.max(2 * error, 0.002)) found.push({ parameter, share, direction });
  }
  return found.sort((a, b) => b.share - a.share).slice(0, MOST_DRIVERS);
}

// The variance of the mean over bins, relative to the whole, less what chance alone would give.
/** @param {Uint8Array} bins @param {number} number @param {number[]} futures @param {ArrayLike<number>} values @param {number} mean @param {number} total */
function driverOf(bins, number, futures, values, mean, total) {
  const sizes = new Float64Array(number), sums = new Float64Array(number), count = futures.length;
  let along = 0;
  for (const i of futures) {
    sizes[bins[i]]++;
    sums[bins[i]] += values[i] - mean;
    along += bins[i] * (values[i] - mean);
  }
  let between = 0, filled = 0;
  for (let bin = 0; bin < number; bin++) {
    if (!sizes[bin]) continue;
    between += sums[bin] ** 2 / sizes[bin];
    filled++;
  }
  const freedom = filled - 1, within = (total - between) / Math.max(1, count - freedom - 1);
  return { share: Math.max(0, (between - freedom * within) / total), direction: along >= 0 ? 1 : -1 };
}
