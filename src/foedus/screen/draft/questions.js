// The questions with their defaults, and what the case will ask and try.

import { element } from "../kit/element.js";
import { fill, textNamed } from "../kit/words.js";
import { TEXTS } from "./texts.js";
/** @import { Acts, Asked, Draft } from "./types.d.ts" */

export class Questions {
  /** @param {HTMLElement} list @param {Acts} acts */
  constructor(list, acts) {
    this.list = list;
    this.acts = acts;
    this.open = new Set();
  }

  /** @param {Draft} draft */
  draw(draft) {
    const late = draft.late.map((title) => fill(TEXTS.late, { title }));
    this.list.replaceChildren(...draft.asked.map((asked, number) => this.question(asked, number)),
      this.more("willAsk", draft.questions), this.more("willTry", draft.scenarios), this.more("documents", [...draft.documents, ...late], draft.documents.length));
  }

  /** @param {Asked} given @param {number} number */
  question({ key, text, options, taken }, number) {
    return element("fieldset", {}, element("legend", {}, text), ...options.map((option, place) => {
      const box = element("input", { type: "radio", name: `question-${number}`, checked: place === taken, "data-key": `answer ${key} ${place}`, onchange: () => this.acts.answer(key, place, option) });
      return element("label", {}, box, " ", option, ...(place === 0 ? [" ", element("span", { class: "soft" }, TEXTS.isDefault)] : []));
    }));
  }

  /** @param {string} name @param {string[]} lines @param {number} [count] */
  more(name, lines, count = lines.length) {
    const made = element("details", { open: this.open.has(name) }, element("summary", { "data-key": `more ${name}` }, fill(textNamed(TEXTS, name) ?? "", { count })), element("ul", {}, ...lines.map((line) => element("li", {}, line))));
    made.addEventListener("toggle", () => this.open[made.open ? "add" : "delete"](name));
    return made;
  }
}
