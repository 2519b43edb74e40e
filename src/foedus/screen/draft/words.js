// How slots are said.

import { fill } from "../kit/words.js";
import { TEXTS } from "./texts.js";
/** @import { Draft, Part, Place, Slot } from "./types.d.ts" */

/** @param {string} text */
export const lowered = (text) => text.slice(0, 1).toLowerCase() + text.slice(1);

// A slot with its part, and both in words.
/** @param {Draft} draft @param {Place} given */
export function slotOf(draft, [mechanism, name]) {
  const part = /** @type {Part} */ (draft.parts.find((one) => one.mechanism === mechanism)), slot = /** @type {Slot} */ (part.slots.find((one) => one.slot === name));
  return { ...slot, part, words: `${part.alias}, ${lowered(slot.label)}` };
}

/** @param {Slot} given */
export function kindWords({ kind, because }) {
  const why = because.replace(/^default of the mechanism \w+: /, "").replace(/ \(judgement\)$/, "");
  return why && kind !== "unused" ? fill(TEXTS.because, { kind: TEXTS.kinds[kind], why }) : TEXTS.kinds[kind];
}
