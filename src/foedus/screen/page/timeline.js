// When things happen: stages of treaties, events, options of decisions, as the futures have them.

import { element, write } from "../kit/element.js";
import { nameWords, peopleDate, percent, textNamed, unbroken } from "../kit/words.js";
import { TEXTS } from "./texts.js";
import { firstTimes } from "../statistics/bands.js";
/** @import { Plan } from "../engine/types.d.ts" */
/** @import { FutureRun } from "./future_run.js" */
/** @import { Content, NumberedHappening } from "./types.d.ts" */

export class Timeline {
  /** @param {HTMLElement} root @param {{ content: Content; plan: Plan; onOpen: (name: string, title?: string) => void }} given */
  constructor(root, { content, plan, onOpen }) {
    this.content = content;
    this.plan = plan;
    this.onOpen = onOpen;
    /** @type {{ one: NumberedHappening; row: HTMLElement; share: HTMLElement; when: HTMLElement; span: HTMLElement; mark: HTMLElement; before: HTMLElement }[]} */
    this.rows = [];
    const kinds = [["treaty", TEXTS.treaty], ["event", TEXTS.event], ["decision", TEXTS.decision]];
    for (const [kind, title] of kinds) {
      const found = content.happenings.map((one, number) => ({ ...one, number })).filter((one) => one.kind === kind);
      if (found.length) root.append(element("h3", {}, title), element("ul", { class: "happenings" }, found.map((one) => this.row(one))));
    }
  }

  /** @param {NumberedHappening} one */
  row(one) {
    const [decision, option] = one.name.split(": "), stage = textNamed(TEXTS, one.stage);
    const label = one.kind === "decision" ? `${one.label || nameWords(decision)}: ${option}` : one.label || nameWords(one.name);
    const parts = { share: element("span", { class: "big" }), when: element("span", { class: "help when" }), span: element("i"), mark: element("b"), before: element("u") };
    const line = element("span", { class: "span", "aria-hidden": "true" }, parts.span, parts.mark, parts.before);
    const row = element("li", { "data-happening": `${one.kind} ${one.name} ${one.stage}` }, element("button", { type: "button", class: "plain label", onclick: () => this.onOpen(decision, stage ? `${label}, ${stage}` : label) }, stage ? `${label}, ${stage}` : label), parts.share, line, parts.when);
    this.rows.push({ ...parts, one, row });
    return row;
  }

  /** @param {FutureRun} run @param {FutureRun | null} before */
  show(run, before) {
    const bins = this.plan.steps + 3, place = (/** @type {number} */ bin) => (100 * Math.min(bin, this.plan.steps)) / this.plan.steps;
    for (const { one, share, when, span, mark, before: old } of this.rows) {
      const found = firstTimes(run.pieces, one.number, bins), first = before && before !== run ? firstTimes(before.pieces, one.number, bins) : null;
      write(share, percent(found.share));
      const change = first ? `${TEXTS.before} ${percent(first.share)}` : "";
      write(when, [found.steps ? this.datesOf(found.steps) : TEXTS.never, change].filter(Boolean).join("; "));
      const [low, median, high] = found.steps ?? [null, null, null], from = low ?? median, to = high ?? median;
      span.style.left = from === null ? "0" : `${place(from)}%`;
      span.style.width = from === null || to === null ? "0" : `${Math.max(0.4, place(to) - place(from))}%`;
      span.style.opacity = String(0.25 + 0.75 * found.share);
      mark.style.left = median === null ? "-9px" : `${place(median)}%`;
      old.style.left = first && first.steps ? `${place(first.steps[1])}%` : "-9px";
    }
  }

  // The median date, and between which 5 and 95 % lie where enough futures tell it.
  /** @param {[low: number | null, median: number, high: number | null]} steps */
  datesOf(steps) {
    const [low, median, high] = steps.map((bin) => (bin === null ? null : peopleDate(this.content.dates[Math.min(bin, this.plan.steps)], true)));
    return unbroken(low === null || high === null ? String(median) : `${median} (${low} to ${high})`);
  }
}
