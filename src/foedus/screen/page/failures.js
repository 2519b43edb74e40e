// Where futures failed, in the names and units of the model: the words of foedus.analysis.failures, and the warning above the answers.

import { MISSING, fixedText } from "../kit/words.js";
import { FAULT_ROW, countFaults } from "../engine/faults.js";
/** @import { CountedFault, Faults, Plan } from "../engine/types.d.ts" */
/** @import { NamedFault } from "./types.d.ts" */

/** @type {Record<string, string>} */
const FAULTS = { "negative stock": "is negative", "out of range": "leaves its range", "not finite": "is no number" };

// A number with so many digits at most, as Python's format `g` has it.
/** @param {number} value @param {number} digits */
function generalText(value, digits) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const [mantissa, power] = value.toExponential(digits - 1).split("e"), bare = (/** @type {string} */ text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
  if (+power < -4 || +power >= digits) return `${bare(mantissa)}e${+power < 0 ? "-" : "+"}${String(Math.abs(+power)).padStart(2, "0")}`;
  return bare(value.toPrecision(digits));
}

// `stock food[north] is negative, first at -3.2 tonne, from 2025-03-01 on: 120 futures`; value in the variable's unit.
/** @param {Omit<NamedFault, "runs">} given */
export function failureWords({ kind, name, status, unit, value, date, count }) {
  const first = status === "not finite" ? ` (${generalText(value, 6)})` : `, first at ${generalText(value, 4)}${unit && unit !== "1" ? ` ${unit}` : ""}`;
  const what = status === "not finite" && Number.isFinite(value) ? "is too large" : FAULTS[status];
  return `${kind}${name ? ` ${name}` : ""} ${what}${first}, from ${date} on: ${fixedText(count, 0)} future${count === 1 ? "" : "s"}`.trim();
}

// A counted fault (engine/faults.js) in names, dates and units.
/** @param {CountedFault} given @param {Plan} plan @param {string[]} dates */
function namedFault({ check, time, value, count, runs }, plan, dates) {
  const known = plan.faults.checks[check], [kind, name, status, unit, scale] = known ?? ["a flow", "", "not finite", "", 1];
  return { kind, name, status, unit, value: known ? value / scale : Infinity, date: dates[Math.round(time / plan.step) - plan.firstStep] ?? MISSING, count, runs };
}

// The first `most` futures of some runs (one without a name is alone): how many failed in any, and where.
/** @param {{ name: string; faults: Faults[] }[]} runs @param {number} most @param {Plan} plan @param {string[]} dates */
export function failuresOf(runs, most, plan, dates) {
  const failed = new Set();
  for (const { faults } of runs) {
    for (const rows of faults) for (let at = 0; at < rows.length; at += FAULT_ROW) if (rows[at] < most) failed.add(rows[at]);
  }
  return { count: failed.size, share: most ? failed.size / most : 0, rows: countFaults(runs, most).map((fault) => namedFault(fault, plan, dates)) };
}
