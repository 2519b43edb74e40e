// The warning above the answers: that futures fail, which share, and where first.

import { element, write } from "../kit/element.js";
import { percent, fill } from "../kit/words.js";
import { failureWords } from "./failures.js";
import { TEXTS } from "./texts.js";
/** @import { Failures } from "./types.d.ts" */

// The warning: that futures fail, which share, and where first; beyond a limit it says what the answers still rest on.
export class FailureNotice {
  /** @param {HTMLElement} root @param {number} limit */
  constructor(root, limit) {
    this.root = root;
    this.limit = limit;
    this.said = "";
    this.head = element("p", { class: "head" });
    this.first = element("p", {});
    this.rest = element("ul", {});
    this.more = element("details", {}, element("summary", {}, TEXTS.failElsewhere), this.rest);
    root.append(this.head, this.first, this.more);
  }

  // before: the share that fails in the baseline, where another scenario stands beside it.
  /** @param {Failures} given @param {number | null} before */
  show({ count, share, rows }, before) {
    const { root, head, first, rest, more } = this;
    document.documentElement.classList.toggle("failing", count > 0);
    root.hidden = !count;
    root.classList.toggle("many", share > this.limit);
    if (!count) return;
    write(head, `${fill(before === null ? TEXTS.failHead : TEXTS.failMore, { share: percent(share), before: percent(before) })} ${share > this.limit ? TEXTS.failMany : TEXTS.failFew}`);
    const lines = rows.map((row) => ({ row, text: failureWords(row) + (row.runs[0] ? ` (${row.runs.join(", ")})` : "") }));
    write(first, lines[0].text);
    more.hidden = lines.length < 2;
    const texts = lines.slice(1).map(({ text }) => text).join("\n");
    if (texts !== this.said) rest.replaceChildren(...lines.slice(1).map(({ text }) => element("li", {}, text)));
    this.said = texts;
  }
}
