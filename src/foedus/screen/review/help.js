// The overlay with the keys.

import { element } from "../kit/element.js";
import { textNamed } from "../kit/words.js";
import { TEXTS } from "./texts.js";

export class Help {
  /** @param {HTMLDialogElement} dialog @param {boolean} isOn @param {(isOn: boolean) => void} onTurn */
  constructor(dialog, isOn, onTurn) {
    this.dialog = dialog;
    const box = element("input", { type: "checkbox", id: "keys-on" });
    box.checked = isOn;
    box.addEventListener("change", () => onTurn(box.checked));
    dialog.append(element("h2", { id: "help-title" }, TEXTS.keysTitle),
      element("dl", { class: "keys" }, ...TEXTS.keys.map(([keys, what]) => element("div", {}, element("dt", {}, ...keyWords(keys)), element("dd", {}, what)))),
      element("h3", {}, TEXTS.looksTitle), element("ul", { class: "looks" },
        ...["proposed", "accepted", "edited", "rejected"].map((status) => element("li", {}, element("mark", { class: status }, textNamed(TEXTS, status)))),
        ...Object.entries(TEXTS.looks).map(([kind, words]) => element("li", {}, element("span", { class: `as-${kind}` }, words)))),
      element("label", { class: "check", for: "keys-on" }, box, " ", TEXTS.keysOn), element("p", {}, element("button", { type: "button", onclick: () => dialog.close() }, TEXTS.close)));
  }

  turn() {
    if (this.dialog.open) this.dialog.close();
    else this.dialog.showModal();
  }
}

/** @param {string} keys */
const keyWords = (keys) => keys.split(/( or | to )/).map((part) => (/^ (or|to) $/.test(part) ? part : element("kbd", {}, part)));
