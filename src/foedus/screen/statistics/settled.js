// What a reader's choice sets itself: the rules of foedus.analysis.settled.

/** @import { SetBy } from "./types.d.ts" */





// Which answers a reader's choice sets itself, as foedus.analysis.settled: `told` of them is {sets, maySet} by question number.
/** @param {number} number @param {SetBy} given @param {ArrayLike<number>} values @param {ArrayLike<number>} base @param {ArrayLike<number>} statuses @param {number} count */
export function isSetBy(number, { sets, maySet }, values, base, statuses, count) {
  /** @param {ArrayLike<number>} row @param {number} i */
  const shown = (row, i) => (statuses[i] === 0 && Number.isFinite(row[i]) ? row[i] : NaN);
  if (sets.has(number)) {
    for (let i = 0; i < count; i++) if (!Object.is(shown(values, i) + 0, shown(base, i) + 0)) return true;
    return false;
  }
  return maySet.has(number) && isSettled(values, statuses, count) && !isSettled(base, statuses, count);
}

// Is it the same in every future? A date that never comes is so too.
/** @param {ArrayLike<number>} values @param {ArrayLike<number>} statuses @param {number} count */
function isSettled(values, statuses, count) {
  let kept = NaN;
  for (let i = 0; i < count; i++) {
    if (statuses[i] !== 0 || !Number.isFinite(values[i])) continue;
    if (Number.isNaN(kept)) kept = values[i];
    else if (values[i] !== kept) return false;
  }
  return true;
}
