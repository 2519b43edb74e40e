// The claims with a figure, and what became of each.

import { element } from "../kit/element.js";
import { textNamed, unbroken, fill } from "../kit/words.js";
import { draggedClaim, draggable } from "./dragging.js";
import { TEXTS } from "./texts.js";
import { lowered, slotOf } from "./words.js";
/** @import { Acts, Claim, Draft } from "./types.d.ts" */

const STATES = ["all", "slot", "left", "ahead"];

export class Claims {
  /** @param {HTMLElement} list @param {HTMLSelectElement} select @param {Acts} acts */
  constructor(list, select, acts) {
    this.list = list;
    this.select = select;
    this.acts = acts;
    this.state = "all";
    /** @type {Draft | null} */
    this.draft = null;
    select.addEventListener("input", () => { this.state = select.value; if (this.draft) this.draw(this.draft); });
    list.addEventListener("dragover", (event) => { if (draggedClaim() && this.homeOf(draggedClaim())) event.preventDefault(); });
    list.addEventListener("drop", (event) => { event.preventDefault(); if (draggedClaim() && this.homeOf(draggedClaim())) acts.takeOut(draggedClaim()); });
  }

  /** @param {string} id */
  homeOf(id) {
    return this.draft?.claims.find((claim) => claim.id === id)?.home;
  }

  /** @param {Draft} draft */
  draw(draft) {
    this.draft = draft;
    /** @param {string} state */
    const count = (state) => draft.claims.filter((claim) => state === "all" || claim.state === state).length;
    this.select.replaceChildren(...STATES.map((state) => element("option", { value: state, selected: state === this.state }, fill(textNamed(TEXTS.states, state) ?? "", { count: count(state) }))));
    const shown = draft.claims.filter((claim) => this.state === "all" || claim.state === this.state);
    const rest = draft.without_figure ? [element("li", { class: "soft rest" }, fill(TEXTS.withoutFigure, { count: draft.without_figure }))] : [];
    this.list.replaceChildren(...(shown.length ? shown.map((claim) => this.row(draft, claim)) : [element("li", { class: "soft rest" }, TEXTS.none)]), ...rest);
  }

  /** @param {Draft} draft @param {Claim} claim */
  row(draft, claim) {
    const { id, figure } = claim, slot = claim.home ? slotOf(draft, claim.home) : null;
    const buttons = [element("button", { type: "button", "data-key": `put ${id}`, "aria-haspopup": "dialog", "aria-label": fill(TEXTS.putLabel, claim), onclick: () => this.acts.choose(claim) }, TEXTS.put)];
    if (slot) buttons.push(element("button", { type: "button", "data-key": `out ${id}`, "aria-label": fill(TEXTS.takeOutLabel, { id, figure, slot: slot.words }), onclick: () => this.acts.takeOut(id) }, TEXTS.takeOut));
    const state = slot ? [element("b", {}, fill(TEXTS.inSlot, { part: slot.part.alias, slot: lowered(slot.label) })), ...(claim.by_hand ? [" ", element("span", { class: "badge hand" }, TEXTS.byHand)] : [])] : [claim.state === "left" ? fill(TEXTS.left, claim) : TEXTS.ahead];
    const row = element("li", { class: `claim ${claim.state}`, "data-id": id, draggable: "true" },
      element("p", { class: "figure" }, element("b", {}, figure || id), " ", element("span", { class: "soft" }, [claim.source, claim.published && unbroken(claim.published)].filter(Boolean).join(" · "))),
      element("p", { class: "words" }, claim.words), element("p", { class: "state" }, ...state), element("p", { class: "buttons" }, ...buttons));
    draggable(row, id, this.acts);
    return row;
  }
}
