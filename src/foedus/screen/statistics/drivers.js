// Which uncertain parameters move an answer, from the futures of the scenario on the screen: as foedus.analysis.drivers.

export const MOST_BINS = 20;
export const MOST_DRIVERS = 8;
export const FEWEST = 50; // answers
const LEAST = 0.002; // a smaller share is not worth a name
const FALSELY = 0.05; // of answers that name a parameter which does nothing

// Every uncertain parameter cut into bins of equal size: `draws` holds a row of numbers by future for each parameter's name.
export class Ranks {
  /** @param {Map<string, Float64Array>} draws @param {number} count */
  constructor(draws, count) {
    this.count = count;
    this.bins = Math.max(2, Math.min(MOST_BINS, Math.floor(count / 25) || 2));
    this.binOf = new Map();
    // Where futures share values: which one each has, counted anew in every bin.
    /** @type {Map<string, Uint32Array>} */
    this.valueOf = new Map();
    for (const [name, row] of draws) {
      const values = row.subarray(0, count), order = Uint32Array.from(values, (_, future) => future);
      if (values.every((value) => value === values[0])) continue;
      order.sort((a, b) => values[a] - values[b] || a - b);
      const found = new Uint8Array(count);
      order.forEach((future, rank) => { found[future] = Math.floor((rank * this.bins) / count); });
      this.binOf.set(name, found);
      const shared = sharedValues(values, order, found);
      if (shared) this.valueOf.set(name, shared);
    }
  }
}

/** @param {Float64Array} values @param {Uint32Array} order @param {Uint8Array} bins */
function sharedValues(values, order, bins) {
  const found = new Uint32Array(order.length);
  let place = 0;
  for (let rank = 1; rank < order.length; rank++) {
    const future = order[rank], before = order[rank - 1];
    if (values[future] !== values[before] || bins[future] !== bins[before]) place++;
    found[future] = place;
  }
  return place === order.length - 1 ? null : found;
}

// What the largest of so many sums of squares over bins exceeds once in twenty, beyond its mean: Paulson's F, Abramowitz & Stegun 26.2.23.
/** @param {number} freedom @param {number} rest @param {number} number */
function largestByChance(freedom, rest, number) {
  const t = Math.sqrt(-2 * Math.log(FALSELY / Math.max(1, number))), one = 2 / (9 * freedom), other = 2 / (9 * Math.max(1, rest));
  const z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  const square = (1 - other) ** 2 - z ** 2 * other, middle = (1 - other) * (1 - one);
  if (square <= 0) return Infinity;
  const root = (middle + Math.sqrt(middle ** 2 - square * ((1 - one) ** 2 - z ** 2 * one))) / square;
  return freedom * (root ** 3 - 1);
}

// What lies within cells, as a sum of squares, and how many cells there are.
/** @param {ArrayLike<number>} cells @param {number} number @param {number[]} futures @param {ArrayLike<number>} values @param {number} mean */
function inside(cells, number, futures, values, mean) {
  const sizes = new Float64Array(number), sums = new Float64Array(number);
  let whole = 0, filled = 0;
  for (const i of futures) {
    sizes[cells[i]]++;
    sums[cells[i]] += values[i] - mean;
    whole += (values[i] - mean) ** 2;
  }
  for (let cell = 0; cell < number; cell++) {
    if (!sizes[cell]) continue;
    whole -= sums[cell] ** 2 / sizes[cell];
    filled++;
  }
  return { square: whole, filled };
}

// By how much more than those of single futures the means of bins stray by chance, and from how many degrees of freedom one knows: as
// foedus.analysis.pieces.
/** @param {Uint8Array} bins @param {number} number @param {Uint32Array | undefined} shared @param {number[]} futures @param {ArrayLike<number>} values @param {number} mean */
function straysOf(bins, number, shared, futures, values, mean) {
  const within = inside(bins, number, futures, values, mean), rest = futures.length - within.filled;
  if (!shared || within.square <= 0) return { strays: 1, rest };
  const between = inside(shared, shared.length, futures, values, mean), freedom = between.filled - within.filled;
  if (freedom < within.filled) return { strays: 1, rest };
  return { strays: (within.square - between.square) / freedom / (within.square / Math.max(1, rest)), rest: freedom };
}

// [{parameter, share, direction}, …], largest first; `isFixed(name)` tells which parameters are not drawn in this scenario, `isIdle(name)`
// from which nothing in the model leads to the answer.
/** @param {ArrayLike<number>} values @param {ArrayLike<number>} statuses @param {Ranks} ranks @param {(name: string) => boolean} isFixed @param {(name: string) => boolean} isIdle */
export function driversOf(values, statuses, ranks, isFixed, isIdle) {
  const futures = [];
  for (let i = 0; i < ranks.count; i++) if (statuses[i] === 0 && Number.isFinite(values[i])) futures.push(i);
  const count = futures.length, mean = futures.reduce((sum, i) => sum + values[i], 0) / count;
  const total = futures.reduce((sum, i) => sum + (values[i] - mean) ** 2, 0);
  if (count < FEWEST || total === 0) return [];
  const found = [], acting = [...ranks.binOf].filter(([parameter]) => !isIdle(parameter));
  for (const [parameter, bins] of acting) {
    if (isFixed(parameter)) continue;
    const { strays, rest } = straysOf(bins, ranks.bins, ranks.valueOf.get(parameter), futures, values, mean);
    const { share, direction } = driverOf(bins, ranks.bins, futures, values, mean, total, strays);
    const largest = (largestByChance(ranks.bins - 1, rest, acting.length) * strays) / count;
    if (share > Math.max(largest, LEAST)) found.push({ parameter, share, direction });
  }
  return found.sort((a, b) => b.share - a.share).slice(0, MOST_DRIVERS);
}

// The variance of the mean over bins, relative to the whole, less what chance alone would give.
/** @param {Uint8Array} bins @param {number} number @param {number[]} futures @param {ArrayLike<number>} values @param {number} mean @param {number} total @param {number} strays */
function driverOf(bins, number, futures, values, mean, total, strays) {
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
  return { share: Math.max(0, (between - freedom * within * strays) / total), direction: along >= 0 ? 1 : -1 };
}
