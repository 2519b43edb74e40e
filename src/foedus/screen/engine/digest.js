// The digest of a run: SHA-256 over all results and statuses, by scenario, question, future, as foedus.ensemble.futures has it.

/** @import { Sha256 } from "./sha256.js" */
/** @import { Plan } from "./types.d.ts" */





// `results[question]` are numbers by future, NaN where a question does not apply; `statuses` are small whole numbers by future.
/** @param {Sha256} hash @param {Plan} plan @param {string} name @param {ArrayLike<number>[]} results @param {ArrayLike<number>} statuses */
export function hashScenario(hash, plan, name, results, statuses) {
  hash.text(`scenario ${name}\n`);
  plan.results.forEach(([question, kind], number) => {
    hash.text(`question ${question}\n`);
    hash.update(kind === "probability" ? shortBytes(results[number]) : doubleBytes(results[number]));
  });
  hash.update(new Uint8Array(Int8Array.from(statuses).buffer));
  return hash;
}

/** @param {ArrayLike<number>} values */
function shortBytes(values) {
  return new Uint8Array(Int8Array.from(values, (value) => (Number.isNaN(value) ? -1 : value)).buffer);
}

/** @param {ArrayLike<number>} values */
function doubleBytes(values) {
  const copy = Float64Array.from(values), words = new Uint32Array(copy.buffer);
  for (let i = 0; i < copy.length; i++) {
    if (!Number.isNaN(copy[i])) continue;
    words[2 * i] = 0;
    words[2 * i + 1] = 0x7ff80000;
  }
  return new Uint8Array(copy.buffer);
}
