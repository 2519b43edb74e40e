// The list of claims. Only the rows in sight exist, so that 5,000 cost what 20 cost.

import { element } from "../kit/element.js";
import { textNamed, peopleDate } from "../kit/words.js";
import { TEXTS } from "./texts.js";
/** @import { Chosen } from "./chosen.js" */
/** @import { Summary } from "./types.d.ts" */

const ROW = { height: 68, beyond: 6 };

export class Queue {
  /** @param {HTMLElement} list @param {Chosen} chosen @param {(id: string) => unknown} onChoose @param {() => string[]} visible */
  constructor(list, chosen, onChoose, visible) {
    this.list = list;
    this.chosen = chosen;
    this.onChoose = onChoose;
    /** @type {string[]} */
    this.ids = [];
    /** @type {Map<string, Summary>} */
    this.claims = new Map();
    /** @type {Map<string, number>} */
    this.place = new Map();
    /** @type {Map<string, HTMLElement>} */
    this.rows = new Map();
    this.current = "";
    this.space = element("div", { class: "space", role: "presentation" });
    list.append(this.space);
    list.addEventListener("scroll", () => this.draw(), { passive: true });
    list.addEventListener("mousedown", (event) => { if (event.shiftKey) event.preventDefault(); });
    list.addEventListener("click", (event) => {
      const target = /** @type {Element} */ (event.target), row = target.closest("[data-id]");
      if (!row) return;
      const id = row.getAttribute("data-id") ?? "", isBox = Boolean(target.closest(".box"));
      if (event.shiftKey) chosen.reach(id, visible(), this.current);
      else if (isBox || event.ctrlKey || event.metaKey) chosen.turn(id);
      else onChoose(id);
    });
    new ResizeObserver(() => {
      this.scrollTo(this.current);
      this.draw();
    }).observe(list);
  }

  // Another choice of claims; `claims` is a Map by id.
  /** @param {string[]} ids @param {Map<string, Summary>} claims */
  show(ids, claims) {
    this.ids = ids;
    this.claims = claims;
    this.place = new Map(ids.map((id, place) => [id, place]));
    this.space.style.height = `${ids.length * ROW.height}px`;
    this.rows.forEach((row) => row.remove());
    this.rows.clear();
    this.draw();
  }

  /** @param {string} id */
  choose(id) {
    const before = this.rows.get(this.current);
    if (before) before.setAttribute("aria-selected", "false");
    this.current = id;
    this.scrollTo(id);
    this.draw();
    const row = this.rows.get(id);
    if (row) row.setAttribute("aria-selected", "true");
    if (row) this.list.setAttribute("aria-activedescendant", row.id);
    else this.list.removeAttribute("aria-activedescendant");
  }

  /** @param {string} id */
  scrollTo(id) {
    const place = this.place.get(id), { list } = this;
    if (place === undefined) return;
    const top = place * ROW.height, margin = ROW.height * 1.5;
    if (top - margin < list.scrollTop) list.scrollTop = Math.max(0, top - margin);
    else if (top + ROW.height + margin > list.scrollTop + list.clientHeight) list.scrollTop = top + ROW.height + margin - list.clientHeight;
  }

  draw() {
    const { list, ids } = this, first = Math.max(0, Math.floor(list.scrollTop / ROW.height) - ROW.beyond);
    const last = Math.min(ids.length, Math.ceil((list.scrollTop + list.clientHeight) / ROW.height) + ROW.beyond);
    for (const [id, row] of this.rows) {
      const place = this.place.get(id) ?? -1;
      if (place < first || place >= last) {
        row.remove();
        this.rows.delete(id);
      }
    }
    for (let place = first; place < last; place++) if (!this.rows.has(ids[place])) this.add(place);
  }

  /** @param {number} place */
  add(place) {
    const id = this.ids[place], row = element("div", { role: "option", id: `row-${place}`, "data-id": id, "aria-posinset": place + 1, "aria-setsize": this.ids.length, "aria-selected": String(id === this.current) });
    row.style.transform = `translateY(${place * ROW.height}px)`;
    this.fill(row, /** @type {Summary} */ (this.claims.get(id)));
    this.rows.set(id, row);
    this.space.append(row);
  }

  // A claim has changed: its row alone is written again.
  /** @param {string} id */
  renew(id) {
    const row = this.rows.get(id);
    if (row) this.fill(row, /** @type {Summary} */ (this.claims.get(id)));
  }

  /** @param {HTMLElement} row @param {Summary} claim */
  fill(row, claim) {
    row.dataset.status = claim.status;
    row.setAttribute("aria-checked", String(this.chosen.has(claim.id)));
    row.replaceChildren(
      element("span", { class: "line" }, element("span", { class: `badge ${claim.status}` }, textNamed(TEXTS, claim.status)), element("b", {}, claim.id),
        element("span", { class: "figure" }, claim.figure), claim.conflict ? element("span", { class: "clash", role: "img", "aria-label": TEXTS.conflicted }, "≠") : null),
      element("span", { class: "says" }, claim.text),
      element("span", { class: "from" }, claim.commitment === "affirmed" ? "" : element("b", { class: "stance" }, `${claim.commitment} · `), `${claim.source} · ${peopleDate(claim.published ?? TEXTS.noDate, true)} · ${claim.group}`),
      element("span", { class: "box", "aria-hidden": "true" }));
  }
}
