// The fields of a claim as a form; only what was changed is sent.

import { element } from "../kit/element.js";
import { fill } from "../kit/words.js";
import { TEXTS } from "./texts.js";

const LONG_FIELDS = new Set(["paraphrase", "note", "graded_because"]);
const PAIRED_FIELDS = { ctype: "ctype", modality: "modality", polarity: "polarity", commitment: "commitment", "quantity.qualifier": "quantity.qualifier", "hedge.class": "hedge.class", "source.type": "source.type" };

export class EditForm {
  constructor(root, { vocabulary, editable, groups, onSave, onCancel }) {
    Object.assign(this, { root, vocabulary, editable, groups, onSave, onCancel });
  }

  get isOpen() {
    return Boolean(this.form);
  }

  open(details) {
    this.details = details;
    this.inputs = new Map();
    const save = element("button", { type: "submit", class: "main" }, TEXTS.save), cancel = element("button", { type: "button", onclick: () => this.onCancel() }, TEXTS.cancel);
    this.form = element("form", { class: details.span ? "edit adding" : "edit", "aria-label": fill(details.span ? TEXTS.adding : TEXTS.editing, details.claim), onsubmit: (event) => { event.preventDefault(); this.onSave(this.typed(), event.timeStamp); } },
      ...this.editable.map((key) => this.field(key)), element("datalist", { id: "group-names" }, ...this.groups.map((name) => element("option", { value: name }))), element("div", { class: "buttons" }, save, cancel));
    this.form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        this.onSave(this.typed(), event.timeStamp);
      }
    });
    this.root.replaceChildren(this.form);
    this.inputs.get(details.claim.quantity && !details.span ? "quantity.value" : "paraphrase").focus();
  }

  close() {
    this.form = null;
  }

  field(key) {
    const value = shownField(this.details.claim, key), id = `edit-${key.replace(".", "-")}`, words = PAIRED_FIELDS[key] ? this.vocabulary[PAIRED_FIELDS[key]] : null;
    const isEmpty = words && !words.includes(value);
    const input = words ? element("select", { id }, isEmpty ? element("option", { value: "" }, "") : null, ...words.map((word) => element("option", { value: word }, key === "polarity" ? `${word} ${TEXTS.polarity[word]}` : word.replaceAll("_", " "))))
      : LONG_FIELDS.has(key) ? element("textarea", { id, rows: key === "paraphrase" ? 3 : 2 }) : element("input", { id, type: "text", autocomplete: "off", list: key === "group" ? "group-names" : null, inputmode: /value|low|high/.test(key) && key.startsWith("quantity") ? "decimal" : null });
    input.value = value;
    this.inputs.set(key, input);
    return element("label", { class: LONG_FIELDS.has(key) ? "field wide" : "field", for: id }, element("span", {}, TEXTS.fields[key]), input);
  }

  // field -> text, for the fields that differ.
  typed() {
    return Object.fromEntries([...this.inputs].filter(([key, input]) => input.value !== shownField(this.details.claim, key)).map(([key, input]) => [key, input.value]));
  }
}

function shownField(claim, key) {
  if (key === "commitment") return claim.commitment ?? "affirmed";
  const [outer, inner] = key.split("."), value = inner ? claim[outer]?.[inner] : claim[outer];
  return value === null || value === undefined ? "" : String(value);
}
