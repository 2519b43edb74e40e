// A claim, or several, into a group: the groups that suit it, and the unit in which its figure will stand.

import { element, write } from "../kit/element.js";
import { fill } from "../kit/words.js";
import { TEXTS } from "./texts.js";

export class PlaceForm {
  constructor(root, { groups, onPlace, onCancel }) {
    Object.assign(this, { root, groups, onPlace, onCancel, units: {} });
  }

  get isOpen() {
    return Boolean(this.form);
  }

  // `units`: group -> unit of its figures; `claim` is null for several at once.
  open(claim, count, { homes, units }) {
    Object.assign(this, { claim, units, homes });
    this.name = element("input", { id: "place-group", type: "text", autocomplete: "off", list: "place-names" });
    this.factor = element("input", { id: "place-factor", type: "text", autocomplete: "off", inputmode: "decimal" });
    this.said = element("p", { class: "soft wide", role: "status" });
    this.name.value = homes[0]?.group ?? "";
    this.name.addEventListener("input", () => this.tell());
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
export function homeButtons(homes, onPlace) {
  if (!homes.length) return "";
  return element("div", { class: "homes" }, element("span", { class: "soft" }, TEXTS.suits), ...homes.map((home) => element("button", {
    type: "button", title: fill(TEXTS.becauseOf, { words: home.shared.join(", ") }), onclick: (event) => onPlace({ group: home.group }, event.timeStamp),
  }, home.group, home.factor && home.factor !== 1 ? ` (× ${shortFactor(home.factor)}${home.unit === "1" ? "" : ` ${home.unit}`})` : "", home.carries ? element("b", { title: TEXTS.carries }, " ●") : "")));
}

const shortFactor = (value) => String(+value.toPrecision(6));
