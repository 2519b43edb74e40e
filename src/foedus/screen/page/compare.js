// Up to four pinned scenarios beside the present one.

import { element, write } from "../kit/element.js";
import { real, percent, pointsText, fixedText, shortText, fill } from "../kit/words.js";
import { pointsError, differenceWithError, shownStatistic, tailWords } from "./answer_words.js";
import { TEXTS } from "./texts.js";
import { isBeyondError } from "../statistics/answers.js";
import { Moves } from "../statistics/moves.js";
/** @import { Answer } from "../statistics/types.d.ts" */
/** @import { Column, Content, Question } from "./types.d.ts" */

// What a number cannot say by itself: that its mean is one of a long tail, that the scenario sets it.
/** @param {Answer} answer */
const notesOf = (answer) => [tailWords(answer), answer.isSet ? TEXTS.setShort : ""];

export class Compare {
  /** @param {HTMLElement} root @param {{ content: Content; onRename: (place: number, name: string) => void; onRemove: (place: number) => void; onOpen: (place: number, time: number) => void }} given */
  constructor(root, { content, onRename, onRemove, onOpen }) {
    this.root = root;
    this.content = content;
    this.onRename = onRename;
    this.onRemove = onRemove;
    this.onOpen = onOpen;
    this.moves = new Moves(content.moves);
    this.table = element("table", {});
    this.scroll = element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": TEXTS.compareTable }, this.table);
    root.append(element("p", { class: "help" }, TEXTS.compareNote), this.scroll);
    this.shape = this.apart = "";
    /** @type {HTMLElement[][]} */
    this.cells = [];
    /** @type {HTMLElement[]} */
    this.rows = [];
    this.told = element("tbody", {});
    this.set = element("tbody", { class: "set" });
    this.failed = element("p", { class: "rest" });
    root.append(this.failed);
  }

  // columns: [{name, answers, isPin, colour}], the first is the baseline; failed: futures that are left out because they fail in one of them.
  /** @param {Column[]} columns @param {{ count: number; share: number }} given */
  show(columns, { count: failed, share }) {
    this.root.hidden = columns.every((column) => !column.isPin);
    if (this.root.hidden) return;
    write(this.failed, failed ? fill(TEXTS.compareFailed, { count: fixedText(failed, 0), share: percent(share) }) : "");
    const shape = columns.map((column) => `${column.isPin} ${column.id}`).join("\n");
    if (shape !== this.shape) this.build(columns);
    this.shape = shape;
    this.place(columns);
    columns.forEach((column, place) => this.content.questions.forEach((question, number) => this.cell(this.cells[number][place], question, column.answers?.[question.name], place)));
  }

  /** @param {Column[]} columns */
  build(columns) {
    const heads = columns.map((column) => element("th", { scope: "col" }, column.isPin ? this.head(column) : column.name));
    this.cells = this.content.questions.map(() => columns.map(() => element("td", {}, element("span", { class: "v" }), element("span", { class: "d" }))));
    const rows = this.content.questions.map((question, number) => element("tr", {}, element("th", { scope: "row" }, question.ask, question.kind === "probability" ? null : element("span", { class: "d" }, ` ${question.isDate ? TEXTS.median : TEXTS.mean}${question.unitWords ? `, ${question.unitWords}` : ""}`)), this.cells[number]));
    this.rows = rows;
    this.told = element("tbody", {}, rows);
    this.set = element("tbody", { class: "set" }, element("tr", {}, element("th", { colspan: columns.length + 1, scope: "rowgroup" }, element("span", {}, TEXTS.setHeading))));
    this.apart = "";
    this.table.replaceChildren(element("thead", {}, element("tr", {}, element("th", { scope: "col" }, TEXTS.question), heads)), this.told);
  }

  // Questions that one of the scenarios sets itself and none moves otherwise stand after the rest, under a heading of their own.
  /** @param {Column[]} columns */
  place(columns) {
    const apart = this.content.questions.map(({ name }) => {
      const answers = columns.slice(1).flatMap((column) => column.answers?.[name] ?? []);
      return answers.some((answer) => answer.isSet) && answers.every((answer) => answer.isSet || !this.moves.isMove(answer, columns[0].answers?.[name] ?? null));
    });
    const said = apart.map(Number).join("");
    if (said === this.apart) return;
    this.apart = said;
    this.told.append(...this.rows.filter((_, number) => !apart[number]));
    this.set.append(...this.rows.filter((_, number) => apart[number]));
    if (apart.some(Boolean)) this.table.append(this.set);
    else this.set.remove();
  }

  /** @param {Column} column */
  head(column) {
    const { place = 0 } = column;
    /** @type {HTMLInputElement} */
    const name = element("input", { type: "text", maxlength: 60, "aria-label": TEXTS.pinName, onchange: () => this.onRename(place, name.value) });
    name.value = column.name;
    const remove = element("button", { type: "button", class: "position", "aria-label": fill(TEXTS.remove, column), onclick: () => this.onRemove(place) }, "×");
    const open = element("button", { type: "button", class: "position", "aria-label": fill(TEXTS.show, column), onclick: (event) => this.onOpen(place, event.timeStamp) }, "↥");
    return element("span", { class: `pinned ${column.colour}` }, name, open, remove);
  }

  /** @param {HTMLElement} cell @param {Question} question @param {Answer | undefined} answer @param {number} place */
  cell(cell, question, answer, place) {
    const [value, difference] = cell.children;
    write(value, !answer ? "…" : shortText(shownStatistic(question, answer)));
    const has = place > 0 && answer && real(answer.difference);
    const isOther = has && this.moves.isOfOtherFutures(answer), isMoved = has && !isOther && !answer.isSet && isBeyondError(answer.difference, answer.differenceError);
    const came = place > 0 && answer && this.moves.isChanceMove(answer) ? fill(TEXTS.comesMore, { change: pointsText(answer.chanceDifference), error: pointsError(answer.chanceDifferenceError) }) : "";
    const text = !has ? "" : isOther ? TEXTS.otherShort : question.kind === "probability" ? `${pointsText(answer.difference)} ± ${pointsError(answer.differenceError)}`
      : shortText(differenceWithError(answer));
    write(difference, [text, came, ...(answer ? notesOf(answer) : [])].filter(Boolean).join(", "));
    cell.className = isMoved ? (Number(answer.difference) > 0 ? "rise" : "fall") : "";
  }
}
