// The way by keyboard: a claim, and the slots that take its figure.

import { element } from "../kit/element.js";
import { fill } from "../kit/words.js";
import { TEXTS } from "./texts.js";
import { lowered, kindWords } from "./words.js";
/** @import { Acts, Claim, Draft, Part, Slot } from "./types.d.ts" */

export class Chooser {
  /** @param {HTMLDialogElement} dialog @param {Acts} acts */
  constructor(dialog, acts) {
    this.dialog = dialog;
    this.acts = acts;
  }

  /** @param {Draft} draft @param {Claim} claim */
  open(draft, claim) {
    const parts = draft.parts.filter((part) => claim.fits[part.mechanism]?.length);
    const close = () => this.dialog.close(), act = (/** @type {() => void} */ what) => () => { close(); what(); };
    this.dialog.replaceChildren(element("h2", { id: "chooser-title" }, TEXTS.chooserTitle), element("p", { class: "figure" }, element("b", {}, claim.figure), " ", element("span", { class: "soft" }, claim.source)), element("p", { class: "words" }, claim.words),
      element("p", { class: "soft" }, parts.length ? TEXTS.fits : TEXTS.fitsNone),
      ...parts.map((part) => element("section", { "aria-label": part.title }, element("h3", {}, part.title), element("ul", {}, ...part.slots.filter((slot) => claim.fits[part.mechanism].includes(slot.slot)).map((slot) =>
        element("li", {}, element("button", { type: "button", "data-to": `${part.mechanism}.${slot.slot}`, "aria-current": isHome(claim, part, slot) ? "true" : null, onclick: act(() => this.acts.put(claim.id, part.mechanism, slot.slot)) }, element("b", {}, slot.label), " ", element("span", { class: "soft" }, slot.unit), element("span", { class: "now soft" }, fill(TEXTS.now, { what: this.nowIn(draft, slot) })))))))),
      element("p", { class: "row" }, ...(claim.home ? [element("button", { type: "button", onclick: act(() => this.acts.takeOut(claim.id)) }, TEXTS.nothing)] : []), element("button", { type: "button", onclick: close }, TEXTS.close)));
    this.dialog.showModal();
    this.dialog.scrollTop = 0;
  }

  /** @param {Draft} draft @param {Slot} slot */
  nowIn(draft, slot) {
    const own = draft.claims.filter((claim) => slot.claims.includes(claim.id));
    return own.length ? own.map((claim) => claim.figure).join("; ") : lowered(kindWords(slot));
  }
}

/** @param {Claim} claim @param {Part} part @param {Slot} slot */
const isHome = (claim, part, slot) => claim.home?.[0] === part.mechanism && claim.home[1] === slot.slot;
