// Claims of the group that barely overlap, side by side: figure, source, date, grade and words of both.

import { element } from "../kit/element.js";
import { fixedText, fill, peopleDate } from "../kit/words.js";
import { TEXTS } from "./texts.js";
/** @import { Group, Summary } from "./types.d.ts" */

export class Conflicts {
  /** @param {HTMLElement} root @param {(id: string) => unknown} onChoose */
  constructor(root, onChoose) {
    this.root = root;
    this.onChoose = onChoose;
  }

  /** @param {Group} group @param {string} current @param {Map<string, Summary>} claims */
  show(group, current, claims) {
    const pairs = group.conflicts;
    this.root.replaceChildren();
    if (!pairs.length) return;
    this.root.append(element("h3", {}, TEXTS.conflicts), element("p", { class: "soft" }, TEXTS.conflictNote), ...pairs.map((pair) => this.pair(pair, group, current, claims)));
    if (group.pairs > pairs.length) this.root.append(element("p", { class: "soft" }, fill(TEXTS.conflictMore, { count: fixedText(group.pairs - pairs.length, 0) })));
  }

  /** @param {[string, string]} pair @param {Group} group @param {string} current @param {Map<string, Summary>} claims */
  pair(pair, group, current, claims) {
    return element("div", { class: "pair", role: "group", "aria-label": pair.join(` ${TEXTS.versus} `) }, ...pair.map((id) => this.side(/** @type {Summary} */ (claims.get(id)), group.quotes[id], id === current)));
  }

  /** @param {Summary} claim @param {string | undefined} quote @param {boolean} isHere */
  side(claim, quote, isHere) {
    return element("article", { class: isHere ? "side here" : "side", "data-id": claim.id },
      element("p", { class: "figure" }, claim.figure), element("p", {}, element("b", {}, claim.source)),
      element("p", { class: "soft" }, `${peopleDate(claim.published ?? TEXTS.noDate, true)} · ${TEXTS.grade} ${claim.grade} · ${TEXTS.origin} ${claim.origin}`),
      quote ? element("blockquote", {}, quote) : element("p", {}, claim.text),
      isHere ? element("p", { class: "soft" }, claim.id) : element("button", { type: "button", onclick: () => this.onChoose(claim.id) }, fill(TEXTS.openClaim, claim)));
  }
}
