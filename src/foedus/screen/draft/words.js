// How slots are said.

import { fill } from "../kit/words.js";
import { TEXTS } from "./texts.js";

export const lowered = (text) => text.slice(0, 1).toLowerCase() + text.slice(1);

// A slot with its part, and both in words.
export function slotOf(draft, [mechanism, name]) {
  const part = draft.parts.find((one) => one.mechanism === mechanism), slot = part.slots.find((one) => one.slot === name);
  return { ...slot, part, words: `${part.alias}, ${lowered(slot.label)}` };
}

export function kindWords({ kind, because }) {
  const why = because.replace(/^default of the mechanism \w+: /, "").replace(/ \(judgement\)$/, "");
  return why && kind !== "unused" ? fill(TEXTS.because, { kind: TEXTS.kinds[kind], why }) : TEXTS.kinds[kind];
}
