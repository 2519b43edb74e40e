// The fields of a claim as a form; only what was changed is sent.

import { element } from "../kit/element.js";
import { fill, textNamed } from "../kit/words.js";
import { TEXTS } from "./texts.js";
/** @import { Claim, FormOptions, Formed } from "./types.d.ts" */

const LONG_FIELDS = new Set(["paraphrase", "note", "graded_because"]);
/** @type {Record<string, string>} */
const PAIRED_FIELDS = { ctype: "ctype", modality: "modality", polarity: "polarity", commitment: "commitment", "quantity.qualifier": "quantity.qualifier", "hedge.class": "hedge.class", "source.type": "source.type" };

export class EditForm {
  /** @param {HTMLElement} root @param {FormOptions} given */
  constructor(root, { vocabulary, editable, groups, onSave, onCancel }) {
    this.root = root;
    this.vocabulary = vocabulary;
    this.editable = editable;
    this.groups = groups;
    this.onSave = onSave;
    this.onCancel = onCancel;
    /** @type {HTMLFormElement | null} */
    this.form = null;
    /** @type {Formed | null} */
    this.details = null;
    /** @type {Map<string, HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>} */
    this.inputs = new Map();
  }

  get isOpen() {
    return Boolean(this.form);
  }

  /** @param {Formed} details */
  open(details) {
    this.details = details;
    this.inputs = new Map();
    const save = element("button", { type: "submit", class: "main" }, TEXTS.save), cancel = element("button", { type: "button", onclick: () => this.onCancel() }, TEXTS.cancel);
    this.form = element("form", { class: details.span ? "edit adding" : "edit", "aria-label": fill(details.span ? TEXTS.adding : TEXTS.editing, details.claim), onsubmit: (event) => { event.preventDefault(); this.onSave(this.typed(), event.timeStamp); } },
      ...this.editable.map((key) => this.field(details.claim, key)), element("datalist", { id: "group-names" }, ...this.groups.map((name) => element("option", { value: name }))), element("div", { class: "buttons" }, save, cancel));
    this.form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.onSave(this.typed(), event.timeStamp);
      }
    });
    this.root.replaceChildren(this.form);
    this.inputs.get(details.claim.quantity && !details.span ? "quantity.value" : "paraphrase")?.focus();
  }

  close() {
    this.form = null;
  }

  /** @param {Claim} claim @param {string} key */
  field(claim, key) {
    const value = shownField(claim, key), id = `edit-${key.replace(".", "-")}`, words = PAIRED_FIELDS[key] ? this.vocabulary[PAIRED_FIELDS[key]] : null;
    const isEmpty = words && !words.includes(value);
    const input = words ? element("select", { id }, isEmpty ? element("option", { value: "" }, "") : null, ...words.map((word) => element("option", { value: word }, key === "polarity" ? `${word} ${textNamed(TEXTS.polarity, word)}` : word.replaceAll("_", " "))))
      : LONG_FIELDS.has(key) ? element("textarea", { id, rows: key === "paraphrase" ? 3 : 2 }) : element("input", { id, type: "text", autocomplete: "off", list: key === "group" ? "group-names" : null, inputmode: /value|low|high/.test(key) && key.startsWith("quantity") ? "decimal" : null });
    input.value = value;
    this.inputs.set(key, input);
    return element("label", { class: LONG_FIELDS.has(key) ? "field wide" : "field", for: id }, element("span", {}, textNamed(TEXTS.fields, key)), input);
  }

  // field -> text, for the fields that differ.
  typed() {
    const { details } = this;
    return Object.fromEntries([...this.inputs].filter(([key, input]) => details && input.value !== shownField(details.claim, key)).map(([key, input]) => [key, input.value]));
  }
}

/** @param {Claim} claim @param {string} key */
function shownField(claim, key) {
  if (key === "commitment") return claim.commitment ?? "affirmed";
  const [outer, inner] = key.split("."), parts = /** @type {Record<string, any>} */ (claim), value = inner ? parts[outer]?.[inner] : parts[outer];
  return value === null || value === undefined ? "" : String(value);
}
