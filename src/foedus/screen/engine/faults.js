// Futures that fail: where each first went wrong, as the program's own watch tells; counted as foedus.ensemble.faults counts.

/** @import { Simulator } from "./simulator.js" */
/** @import { Faults, Placed } from "./types.d.ts" */





export const FAULT_ROW = 4; // future, check, time, value

// The faults of a stretch of futures, one row after the other; null where none failed.
/** @param {Simulator} simulator @param {ArrayLike<number>} statuses @param {number} first */
export function readFaults(simulator, statuses, first) {
  const { slots } = simulator.plan.faults, count = statuses.length, failed = [];
  for (let i = 0; i < count; i++) if (statuses[i] !== 0) failed.push(i);
  if (!failed.length) return null;
  const found = new Float64Array(FAULT_ROW * failed.length);
  failed.forEach((i, number) => found.set([first + i, ...slots.map((slot) => simulator.row("reports", slot, count)[i])], FAULT_ROW * number));
  return found;
}

// One row for each check that failed, most frequent first.
// runs: [{name, faults: [rows, …]}, …] on the same futures, of which the first `most` count. A future is counted once, in however many runs.
/** @param {{ name: string; faults: Faults[] }[]} runs @param {number} most */
export function countFaults(runs, most) {
  const found = new Map();
  runs.forEach(({ name, faults }, place) => {
    for (const rows of faults) {
      for (let at = 0; at < rows.length; at += FAULT_ROW) {
        const [future, check, time, value] = rows.subarray(at, at + FAULT_ROW);
        if (future >= most) continue;
        if (!found.has(check)) found.set(check, { check, time, future, place, value, futures: new Set(), runs: new Set() });
        const fault = found.get(check);
        fault.futures.add(future);
        fault.runs.add(name);
        if (isEarlier({ time, future, place }, fault)) Object.assign(fault, { time, future, place, value });
      }
    }
  });
  return [...found.values()].map((fault) => ({ ...fault, count: fault.futures.size, runs: [...fault.runs] }))
    .sort((a, b) => b.count - a.count || a.check - b.check);
}

/** @param {Placed} one @param {Placed} other */
const isEarlier = (one, other) => one.time - other.time < 0 || (one.time === other.time && (one.future - other.future || one.place - other.place) < 0);
