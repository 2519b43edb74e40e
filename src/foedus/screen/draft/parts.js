// The mechanisms that are used, as cards with their slots, and those that could be.

import { element } from "../kit/element.js";
import { fill } from "../kit/words.js";
import { draggedClaim, draggable } from "./dragging.js";
import { TEXTS } from "./texts.js";
import { lowered, kindWords } from "./words.js";
/** @import { Acts, Claim, Draft, Mechanism, Part, Slot } from "./types.d.ts" */

export class Parts {
  /** @param {HTMLElement} list @param {Acts} acts */
  constructor(list, acts) {
    this.list = list;
    this.acts = acts;
    /** @type {Map<string, Claim>} */
    this.claims = new Map();
  }

  /** @param {Draft} draft */
  draw(draft) {
    this.claims = new Map(draft.claims.map((claim) => [claim.id, claim]));
    this.list.replaceChildren(...draft.parts.map((part) => this.card(part)), ...this.others(draft));
  }

  /** @param {Part} part */
  card(part) {
    const { title, mechanism, alias } = part, id = `part-${mechanism}`;
    return element("article", { class: "part", "aria-labelledby": id },
      element("header", {}, element("h3", { id }, title, " ", element("span", { class: "soft" }, alias), ...(part.is_added ? [" ", element("span", { class: "badge hand" }, TEXTS.added)] : [])),
        element("button", { type: "button", "data-key": `leave ${mechanism}`, "aria-label": fill(TEXTS.leaveOutLabel, part), onclick: () => this.acts.leaveOut(part) }, TEXTS.leaveOut)),
      element("details", { class: "soft" }, element("summary", {}, TEXTS.about), element("p", {}, fill(TEXTS.source, part)), element("p", {}, fill(TEXTS.notFor, part)), ...(part.words.length ? [element("p", {}, fill(TEXTS.spoken, { words: part.words.join(", ") }))] : [])),
      element("ul", { class: "slots" }, ...part.slots.map((slot) => this.slot(part, slot))));
  }

  /** @param {Part} part @param {Slot} slot */
  slot(part, slot) {
    const what = slot.claims.length ? element("ul", { class: "chips" }, ...slot.claims.map((id) => this.chip(part, slot, /** @type {Claim} */ (this.claims.get(id))))) : element("p", { class: "soft why" }, kindWords(slot));
    const made = element("li", { class: `slot ${slot.kind}`, "data-slot": `${part.mechanism}.${slot.slot}` }, element("p", { class: "name" }, slot.label, " ", element("span", { class: "soft" }, slot.unit)), what);
    made.addEventListener("dragover", (event) => { if (draggedClaim()) { event.preventDefault(); made.classList.add("over"); } });
    made.addEventListener("dragleave", () => made.classList.remove("over"));
    made.addEventListener("drop", (event) => {
      event.preventDefault();
      made.classList.remove("over");
      if (draggedClaim()) this.acts.put(draggedClaim(), part.mechanism, slot.slot);
    });
    return made;
  }

  /** @param {Part} part @param {Slot} slot @param {Claim} claim */
  chip(part, slot, claim) {
    const { id, figure } = claim, words = `${part.alias}, ${lowered(slot.label)}`;
    const chip = element("li", { class: `chip${claim.by_hand ? " hand" : ""}`, draggable: "true" },
      element("button", { type: "button", class: "plain", "data-key": `show ${id}`, title: claim.words, onclick: () => this.acts.show(id) }, element("b", {}, figure), " ", claim.counted ? fill(TEXTS.counted, claim) : "", element("span", { class: "from soft" }, claim.source), ...(claim.by_hand ? [element("span", { class: "badge hand" }, TEXTS.byHand)] : [])),
      element("button", { type: "button", class: "cross", "data-key": `cross ${id}`, "aria-label": fill(TEXTS.takeOutLabel, { id, figure, slot: words }), onclick: () => this.acts.takeOut(id) }, "×"));
    draggable(chip, id, this.acts);
    return chip;
  }

  // What was left out or lacks something, and the rest of the shelf.
  /** @param {Draft} draft */
  others({ left_out: left, shelf }) {
    const near = left.map((one) => element("li", {}, element("p", {}, element("b", {}, one.title), " ", element("span", { class: "soft" }, one.why ? fill(TEXTS.lacks, one) : TEXTS.droppedBy)),
      element("button", { type: "button", "data-key": `add ${one.mechanism}`, "aria-label": fill(TEXTS.addLabel, one), onclick: () => this.acts.add(one) }, TEXTS.add)));
    const select = element("select", { id: "shelf", "aria-label": TEXTS.which }, ...shelf.map((one) => element("option", { value: one.mechanism }, one.title)));
    const add = element("button", { type: "button", id: "add", "data-key": "add", onclick: () => this.acts.add(/** @type {Mechanism} */ (shelf.find((one) => one.mechanism === select.value))) }, TEXTS.add);
    return [element("section", { class: "others", "aria-labelledby": "others-title" }, element("h3", { id: "others-title" }, TEXTS.addTitle), ...(near.length ? [element("ul", {}, ...near)] : []), ...(shelf.length ? [element("p", { class: "row" }, select, add)] : []))];
  }

  // Which slots take the claim that is dragged; none while none is.
  /** @param {string} id */
  mark(id) {
    const fits = this.claims.get(id)?.fits ?? {};
    for (const slot of /** @type {NodeListOf<HTMLElement>} */ (this.list.querySelectorAll(".slot"))) {
      const [mechanism, name] = (slot.dataset.slot ?? "").split("."), isFit = Boolean(fits[mechanism]?.includes(name));
      slot.classList.toggle("fits", isFit);
      slot.classList.toggle("unfit", Boolean(id) && !isFit);
    }
  }
}
