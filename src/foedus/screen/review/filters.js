// Which claims are in the list, and in which order.

import { element, byId } from "../kit/element.js";
import { fill, textNamed } from "../kit/words.js";
import { kept } from "./kept.js";
import { TEXTS } from "./texts.js";
/** @import { Overview, Summary } from "./types.d.ts" */

export const STATUSES = ["all", "proposed", "accepted", "edited", "rejected", "conflicted"];

/** @type {(name: string) => HTMLSelectElement} */
const fieldOf = (name) => byId(`by-${name}`);

export class Filters {
  /** @param {Overview} overview @param {() => void} onChange */
  constructor(overview, onChange) {
    /** @type {HTMLInputElement} */
    this.find = byId("find");
    this.onChange = onChange;
    /** @param {Record<string, string> | null} words @param {string[]} names */
    const named = (words, names) => names.map((name) => /** @type {[string, string]} */ ([name, words?.[name] ?? name.replaceAll("_", " ")]));
    const sources = [...new Set(overview.claims.map((claim) => claim.source))].sort((one, other) => one.localeCompare(other));
    // field of the form -> [options, whether a claim fits the chosen one]
    /** @type {Record<string, [options: [value: string, words: string][], fits: (claim: Summary, value: string) => boolean]>} */
    this.fields = {
      status: [STATUSES.map((status) => [status === "all" ? "" : status, textNamed(TEXTS, status) ?? ""]), (claim, value) => (value === "conflicted" ? claim.conflict : claim.status === value)],
      group: [named(null, overview.groups), (claim, value) => claim.group === value],
      document: [overview.documents.map((one) => [String(one.place), one.title]), (claim, value) => claim.document === +value],
      number: [Object.entries(TEXTS.numberOptions), (claim, value) => claim.number === (value === "with")],
      relevance: [named(TEXTS.relevances, ["core", "context", "colour"]), (claim, value) => claim.relevance === value],
      commitment: [named(null, overview.vocabulary.commitment), (claim, value) => claim.commitment === value],
      hedge: [named(null, overview.vocabulary["hedge.class"]), (claim, value) => claim.hedge === value],
      source: [named(null, sources), (claim, value) => claim.source === value],
    };
    for (const [name, [options]] of Object.entries(this.fields)) {
      const all = name === "status" ? [] : [/** @type {[string, string]} */ (["", TEXTS.all])];
      fieldOf(name).append(...[...all, ...options].map(([value, words]) => element("option", { value }, words)));
    }
    /** @type {HTMLSelectElement} */
    this.order = byId("by-order");
    this.order.append(...Object.entries(TEXTS.orders).map(([value, words]) => element("option", { value }, words)));
    const order = kept.get("order") ?? "";
    this.order.value = order in TEXTS.orders ? order : "moves";
    this.order.addEventListener("input", () => kept.set("order", this.order.value));
    for (const field of [this.find, this.order, ...this.selects()]) field.addEventListener("input", () => this.changed());
    byId("filters").addEventListener("submit", (event) => event.preventDefault());
    byId("clear").addEventListener("click", () => this.clear());
    byId("more").addEventListener("click", () => this.showMore(Boolean(byId("more-filters").hidden)));
    this.tell();
  }

  selects() {
    return Object.keys(this.fields).map((name) => fieldOf(name));
  }

  // The ids that fit, in the order that was chosen; what moves an answer most first, those alike as they came.
  /** @param {Map<string, Summary>} claims */
  of(claims) {
    const words = this.find.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const asked = Object.entries(this.fields).map(([name, [, fits]]) => ({ value: fieldOf(name).value, fits })).filter(({ value }) => value !== "");
    const found = [...claims.values()].filter((claim) => asked.every(({ value, fits }) => fits(claim, value)) && words.every((word) => hay(claim).includes(word)));
    if (this.order.value === "moves") found.sort((one, other) => one.moves - other.moves);
    return found.map((claim) => claim.id);
  }

  /** @param {string} name @param {string} value */
  set(name, value) {
    fieldOf(name).value = value;
    this.changed();
  }

  /** @param {string} name @param {string | number} value */
  turn(name, value) {
    this.set(name, fieldOf(name).value === String(value) ? "" : String(value));
  }

  turnOrder() {
    this.order.value = this.order.value === "moves" ? "came" : "moves";
    kept.set("order", this.order.value);
    this.changed();
  }

  clear() {
    for (const field of [this.find, ...this.selects()]) field.value = "";
    this.changed();
  }

  changed() {
    this.tell();
    this.onChange();
  }

  /** @param {boolean} isShown */
  showMore(isShown) {
    byId("more-filters").hidden = !isShown;
    byId("more").setAttribute("aria-expanded", String(isShown));
    if (isShown) byId("by-number").focus();
  }

  // How many of the filters in the second row are set, on the button that shows it.
  tell() {
    const count = [...byId("more-filters").querySelectorAll("select")].filter((field) => field !== this.order && field.value !== "").length;
    byId("more").textContent = count ? fill(TEXTS.moreFiltersSet, { count }) : TEXTS.moreFilters;
  }
}

/** @param {Summary} claim */
const hay = (claim) => (claim.hay ??= `${claim.id} ${claim.text} ${claim.source} ${claim.origin} ${claim.group} ${claim.figure} ${claim.grade} ${claim.commitment}`.toLowerCase());
