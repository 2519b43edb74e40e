// The plan of a page, from texts to numbers: what engine and screen both know of the program.

function bytesOf(text) {
  const raw = atob(text), found = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) found[i] = raw.charCodeAt(i);
  return found;
}

const doublesOf = (text) => new Float64Array(bytesOf(text).buffer);

const singlesOf = (text) => new Float32Array(bytesOf(text).buffer);

function unpackLaw(law) {
  for (const name of ["table", "values", "risen", "below", "above", "lumped"]) {
    if (typeof law[name] === "string") law[name] = doublesOf(law[name]);
  }
  if (law.inner) unpackLaw(law.inner);
}

// Turn the texts of a plan into numbers, once; the result can be posted to workers.
export function unpackPlan(plan) {
  for (const parameter of plan.parameters) if (parameter.law) unpackLaw(parameter.law);
  plan.due = bytesOf(plan.due);
  plan.occurrence = bytesOf(plan.occurrence);
  for (const row of plan.joint?.values ?? []) row[1] = plan.joint.single ? Float64Array.from(singlesOf(row[1])) : doublesOf(row[1]);
  plan.columns.table = doublesOf(plan.columns.table);
  plan.columns.given = plan.columns.given.map(([value, column]) => [value, doublesOf(column)]);
  plan.module = bytesOf(plan.module);
  plan.kernel = bytesOf(plan.kernel);
  return plan;
}
