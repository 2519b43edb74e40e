// The plan of a page, from texts to numbers: what engine and screen both know of the program.

/** @import { Law, Packed, Plan, PlanDocument } from "./types.d.ts" */





/** @param {string} text */
function bytesOf(text) {
  const raw = atob(text), found = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) found[i] = raw.charCodeAt(i);
  return found;
}

/** @param {string} text */
const doublesOf = (text) => new Float64Array(bytesOf(text).buffer);

/** @param {string} text */
const singlesOf = (text) => new Float32Array(bytesOf(text).buffer);

const PACKED_ROWS = ["table", "values", "risen", "below", "above", "lumped"];

/** @type {(law: Packed<Law>) => Law} */
function unpackLaw(law) {
  const rows = Object.entries(law).map(([name, value]) => [name, PACKED_ROWS.includes(name) && typeof value === "string" ? doublesOf(value) : value]);
  return { ...Object.fromEntries(rows), ...("inner" in law ? { inner: unpackLaw(law.inner) } : {}) };
}

// Turn the texts of a plan into numbers, once; the result can be posted to workers.
/** @type {(plan: PlanDocument) => Plan} */
export function unpackPlan(plan) {
  const { joint, columns } = plan;
  return {
    ...plan,
    parameters: plan.parameters.map((parameter) => ({ ...parameter, law: parameter.law && unpackLaw(parameter.law) })),
    due: bytesOf(plan.due),
    occurrence: bytesOf(plan.occurrence),
    joint: joint && { ...joint, values: joint.values.map(([parameter, members]) => [parameter, joint.single ? Float64Array.from(singlesOf(members)) : doublesOf(members)]) },
    columns: { ...columns, table: doublesOf(columns.table), given: columns.given.map(([value, column]) => [value, doublesOf(column)]) },
    module: bytesOf(plan.module),
    kernel: bytesOf(plan.kernel),
  };
}
