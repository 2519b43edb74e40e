// A claim, or several, into a group: the groups that suit it, and the unit in which its figure will stand.

import { element, write } from "../kit/element.js";
import { fill } from "../kit/words.js";
import { TEXTS } from "./texts.js";
/** @import { Claim, Home, Homes, PlaceOptions, Typed } from "./types.d.ts" */

export class PlaceForm {
  /** @param {HTMLElement} root @param {PlaceOptions} given */
  constructor(root, { groups, onPlace, onCancel }) {
    this.root = root;
    this.groups = groups;
    this.onPlace = onPlace;
    this.onCancel = onCancel;
    /** @type {Record<string, string>} */
    this.units = {};
    /** @type {Home[]} */
    this.homes = [];
    /** @type {Claim | null} */
    this.claim = null;
    /** @type {HTMLFormElement | null} */
    this.form = null;
    this.name = element("input", { id: "place-group", type: "text", autocomplete: "off", list: "place-names" });
    this.factor = element("input", { id: "place-factor", type: "text", autocomplete: "off", inputmode: "decimal" });
    this.said = element("p", { class: "soft wide", role: "status" });
    this.name.addEventListener("input", () => this.tell());
  }

  get isOpen() {
    return Boolean(this.form);
  }

  // `units`: group -> unit of its figures; `claim` is null for several at once.
  /** @param {Claim | null} claim @param {number} count @param {Homes} given */
  open(claim, count, { homes, units }) {
    this.claim = claim;
    this.units = units;
    this.homes = homes;
    this.name.value = homes[0]?.group ?? "";
    this.factor.value = "";
    const title = claim ? fill(TEXTS.placing, claim) : fill(TEXTS.placingMany, { count });
    this.form = element("form", { class: "edit", "aria-label": title, onsubmit: (event) => { event.preventDefault(); this.onPlace(this.typed(), event.timeStamp); } },
      element("h3", { class: "wide" }, title), this.label("place-group", TEXTS.group, this.name), this.label("place-factor", TEXTS.factor, this.factor), this.said,
      element("datalist", { id: "place-names" }, ...this.groups.map((name) => element("option", { value: name }))),
      element("div", { class: "buttons" }, element("button", { type: "submit", class: "main" }, TEXTS.place), element("button", { type: "button", onclick: () => this.onCancel() }, TEXTS.cancel)));
    this.root.replaceChildren(this.form);
    this.tell();
    this.name.focus();
    this.name.select();
  }

  /** @param {string} id @param {string} words @param {HTMLElement} input */
  label(id, words, input) {
    return element("label", { class: "field", for: id }, element("span", {}, words), input);
  }

  // What will become of the figure.
  tell() {
    const unit = this.units[this.name.value], own = this.claim?.quantity?.unit, home = this.homes.find((one) => one.group === this.name.value);
    const words = !this.name.value.trim() ? "" : unit === undefined ? TEXTS.newGroup : !unit ? TEXTS.noUnit : !own || own === unit ? fill(TEXTS.inUnit, { unit }) : home?.factor ? fill(TEXTS.converts, { own, unit, factor: shortFactor(home.factor) }) : fill(TEXTS.isConverted, { own, unit });
    write(this.said, words);
  }

  typed() {
    return { group: this.name.value, ...(this.factor.value.trim() ? { factor: this.factor.value } : {}) };
  }

  close() {
    this.form = null;
  }
}

// The groups that suit a claim as buttons under its fields.
/** @param {Home[]} homes @param {(typed: Typed, time: number) => void} onPlace */
export function homeButtons(homes, onPlace) {
  if (!homes.length) return "";
  return element("div", { class: "homes" }, element("span", { class: "soft" }, TEXTS.suits), ...homes.map((home) => element("button", {
    type: "button", title: fill(TEXTS.becauseOf, { words: home.shared.join(", ") }), onclick: (event) => onPlace({ group: home.group }, event.timeStamp),
  }, home.group, home.factor && home.factor !== 1 ? ` (× ${shortFactor(home.factor)}${home.unit === "1" ? "" : ` ${home.unit}`})` : "", home.carries ? element("b", { title: TEXTS.carries }, " ●") : "")));
}

/** @param {number} value */
const shortFactor = (value) => String(+value.toPrecision(6));
