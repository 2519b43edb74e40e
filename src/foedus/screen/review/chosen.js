// Claims that are decided on together: chosen by x, by shift and a click, or by the box at the end of a row.

import { element, write } from "../kit/element.js";
import { fixedText, fill, textNamed } from "../kit/words.js";
import { TEXTS } from "./texts.js";

export class Chosen {
  /** @param {HTMLElement} bar @param {{ onAct: (action: string, time: number) => void; onChange: (ids: string[]) => void }} given */
  constructor(bar, { onAct, onChange }) {
    this.bar = bar;
    this.onChange = onChange;
    /** @type {Set<string>} */
    this.ids = new Set();
    /** @type {string | null} */
    this.last = null;
    /** @param {string} words @param {string} [kind] */
    const button = (words, kind = "") => element("button", { type: "button", id: `all-${words}`, class: kind, onclick: (event) => onAct(words, event.timeStamp) }, textNamed(TEXTS, words));
    this.count = element("b", {});
    bar.append(this.count, button("accept", "good"), button("reject", "bad"), button("place"), element("button", { type: "button", id: "choose-none", onclick: () => this.clear() }, TEXTS.chooseNone));
  }

  get size() {
    return this.ids.size;
  }

  /** @param {string} id */
  has(id) {
    return this.ids.has(id);
  }

  /** @param {string} id */
  turn(id) {
    const changed = [id];
    if (!this.ids.delete(id)) this.ids.add(id);
    this.last = id;
    this.changed(changed);
  }

  // From the one chosen last to this one, both with it.
  /** @param {string} id @param {string[]} visible @param {string} current */
  reach(id, visible, current) {
    const from = visible.indexOf(this.last ?? current), to = visible.indexOf(id);
    if (from < 0 || to < 0) return this.turn(id);
    return this.add(visible.slice(Math.min(from, to), Math.max(from, to) + 1), id);
  }

  /** @param {string[]} ids @param {string | null} [last] */
  add(ids, last = this.last) {
    ids.forEach((id) => this.ids.add(id));
    this.last = last;
    this.changed(ids);
  }

  // What is no longer in the list is no longer chosen: nothing is decided unseen.
  /** @param {Map<string, number>} place */
  keep(place) {
    const gone = [...this.ids].filter((id) => !place.has(id));
    if (!gone.length) return;
    gone.forEach((id) => this.ids.delete(id));
    this.changed(gone);
  }

  clear() {
    const ids = [...this.ids];
    this.ids.clear();
    this.last = null;
    this.changed(ids);
  }

  /** @param {string[]} ids */
  changed(ids) {
    this.bar.hidden = !this.size;
    write(this.count, fill(TEXTS.chosen, { count: fixedText(this.size, 0) }));
    this.onChange(ids);
  }
}
