// The questions with their answers: in words and in numbers, before and after, with the paired difference and its error.

import { element, write } from "../kit/element.js";
import { MISSING, dayAfter, real, yardstickWords, percent, pointsText, quantityText, shortText, statedText, fill } from "../kit/words.js";
import { stateWords, statisticWord, pointsError, withError, differenceAlone, differenceWithError, isMissing, noneWords, shownEnds, shownValue, tailWords, widthOf } from "./answer_words.js";
import { TEXTS } from "./texts.js";
import { Moves } from "../statistics/moves.js";
/** @import { Scenario } from "../engine/types.d.ts" */
/** @import { Answer, StateBand } from "../statistics/types.d.ts" */
/** @import { AnswerRow, Answered, Content, Question } from "./types.d.ts" */

const NARROW = "(max-width:760px)";

export class Answers {
  // scenarios: [{name, label}, …] to try while nothing has moved yet.
  /** @param {HTMLElement} root @param {{ content: Content; scenarios: Scenario[]; onOpen: (question: Question) => void; onTry: (name: string, time: number) => void }} given */
  constructor(root, { content, scenarios, onOpen, onTry }) {
    this.content = content;
    this.scenarios = scenarios;
    this.onTry = onTry;
    this.moves = new Moves(content.moves);
    /** @type {Map<string, AnswerRow>} */
    this.rows = new Map();
    this.failed = 0;
    this.isTrying = false;
    this.scenario = ""; // of the case, as it stands; "" where a lever or a parameter has been moved
    this.most = matchMedia(NARROW).matches ? 2 : 4;
    this.moved = element("ul", { class: "moved", "aria-label": TEXTS.movedMost });
    this.onOpen = onOpen;
    // On a small screen what moved most stands at its foot once something has; what can be tried stays where it is.
    root.append(element("ul", { class: "moved tries" }, this.tries()), this.moved);
    const hasRange = content.questions.some((question) => Object.keys(question.spread).length);
    if (hasRange) root.append(element("p", { class: "help" }, fill(TEXTS.rangeNote, { over: content.overWhat, futures: content.futures.toLocaleString("en-US") })));
    if (content.fewFutures) root.append(element("p", { class: "help few" }, content.fewFutures));
    this.watch = new IntersectionObserver((entries) => entries.forEach(({ target, isIntersecting }) => {
      const row = this.rows.get(target.getAttribute("data-question") ?? "");
      if (row) row.isSeen = isIntersecting;
    }), { rootMargin: "80px" });
    for (const [kind, title] of [["probability", TEXTS.chances], ["quantity", TEXTS.amounts]]) {
      const questions = content.questions.filter((question) => question.kind === kind);
      if (!questions.length) continue;
      root.append(element("h3", {}, title), element("ul", { class: "answers" }, questions.map((question) => this.row(question, onOpen))));
      if (kind === "probability") root.append(this.yardstick());
    }
    // On a small screen only what the case was asked stands there at once.
    const rest = content.questions.filter((question) => !question.isAsked).length;
    const all = element("button", { type: "button", class: "all", onclick: () => root.classList.add("whole") }, fill(TEXTS.allAnswers, { count: content.questions.length }));
    if (rest) root.append(all);
    else root.classList.add("whole");
  }

  yardstick() {
    let low = 0;
    const words = this.content.yardstick.map(([upper, word]) => {
      const text = `${word} ${Math.round(100 * low)}–${Math.round(100 * upper)} %`;
      low = upper;
      return text;
    });
    return element("p", { class: "help" }, fill(TEXTS.yardstick, { words: words.join(", ") }));
  }

  /** @param {Question} question @param {(question: Question) => void} onOpen */
  row(question, onOpen) {
    const span = (/** @type {string} */ kind) => element("span", { class: kind });
    const parts = { label: span("words"), reach: element("u"), big: span("big"), error: span("words"), rest: span("rest"), states: question.partedBy.length ? element("p", { class: "states" }) : null, words: span("words"), change: span("change"), bar: element("i"), tick: element("b") };
    const gauge = element("span", { class: "gauge", "aria-hidden": "true" }, parts.bar, parts.reach, parts.tick);
    const open = element("button", { type: "button", class: "plain ask", "aria-describedby": `answer-${question.name}`, onclick: () => onOpen(question) }, question.ask, question.badge ? element("span", { class: "badge", title: TEXTS.badge }, question.badge) : "");
    const row = element("li", { "data-question": question.name, class: [question.isMixed ? "mixed" : "", question.isAsked ? "" : "more"].join(" ").trim() }, open,
      element("p", { class: "number", id: `answer-${question.name}` }, parts.label, parts.big, parts.error, " ", parts.words, " ", parts.rest), parts.states, gauge, element("p", { class: "difference" }, parts.change));
    this.rows.set(question.name, { question, row, isSeen: true, ...parts });
    this.watch.observe(row);
    return row;
  }

  // answers: by question name, of the present run; before: the same of the baseline, or null.
  // The numbers at once; the words of rows out of sight when `isLater`.
  /** @param {Answered} answers @param {Answered | null} before @param {boolean} [isLater] */
  show(answers, before, isLater = false) {
    if (!isLater) this.showMoved(answers, before);
    for (const parts of this.rows.values()) {
      const answer = answers[parts.question.name], first = before ? before[parts.question.name] : null;
      const value = parts.question.kind === "probability" ? answer.probability : answer.quantiles ? answer.quantiles[2] : NaN;
      if (!isLater) Object.assign(parts.row.dataset, { value: String(value), answer: String(answer.value), statistic: answer.statistic, share: String(answer.share), set: String(Boolean(answer.isSet)) });
      if (parts.isSeen === isLater) continue;
      if (!answer.futures) this.showNone(parts, answer);
      else if (parts.question.kind === "probability") this.showChance(parts, answer, first);
      else this.showAmount(parts, answer, first);
      write(parts.rest, this.rest(answer));
      write(parts.change, this.change(parts.question, answer, first));
      const direction = answer.isSet ? 0 : this.moves.direction(answer, first);
      parts.row.classList.toggle("rise", direction > 0);
      parts.row.classList.toggle("fall", direction < 0);
    }
  }

  // The two worlds that an answer mixes; their place is kept once they have been there, so that nothing jumps while a lever moves.
  /** @param {string} name @param {StateBand[]} states */
  showStates(name, states) {
    const { row, states: place } = /** @type {AnswerRow} */ (this.rows.get(name));
    row.dataset.states = JSON.stringify(states);
    if (states.length) row.classList.add("mixed");
    if (place) write(place, stateWords(states));
  }

  // What has moved most, against what chance alone would do; its place is kept free, so that nothing jumps.
  /** @param {Answered} answers @param {Answered | null} before */
  showMoved(answers, before) {
    if (!before) return this.showTries();
    this.isTrying = false;
    const all = this.content.questions.map((question) => ({ question, answer: answers[question.name], first: before[question.name] }))
      .filter(({ answer, first }) => this.moves.isMove(answer, first));
    const own = all.filter((one) => one.answer.isSet).length, most = this.most - (own ? 1 : 0), rest = all.length - own - most;
    const found = all.filter((one) => !one.answer.isSet).map((one) => ({ ...one, size: this.moves.size(one.answer, one.first) })).sort((a, b) => b.size - a.size).slice(0, most);
    const rows = found.map(({ question, answer, first }) => {
      const chance = question.kind === "probability" ? answer.difference : this.moves.isChanceMove(answer) ? answer.chanceDifference : null;
      const text = real(chance) ? `${pointsText(chance)} ${TEXTS.points}` : `${shortText(differenceAlone(answer))} ${question.unitWords}`;
      return element("li", { class: this.moves.direction(answer, first) > 0 ? "rise" : "fall" },
        element("button", { type: "button", class: "plain", tabindex: -1, onclick: () => this.onOpen(question) }, question.called), element("b", {}, text), real(chance) ? "" : this.tail(first, answer));
    });
    /** @param {string} text */
    const note = (text) => element("li", { class: "help" }, element("span", {}, text));
    if (!rows.length) rows.push(note(own ? TEXTS.nothingElse : TEXTS.nothingMoved));
    if (rest > 0) rows.push(note(rest === 1 ? TEXTS.oneMoreMoved : fill(TEXTS.moreMoved, { count: rest })));
    if (own) rows.push(note(own === 1 ? TEXTS.setOne : fill(TEXTS.setMany, { count: own })));
    return this.moved.replaceChildren(...rows);
  }

  // A mean that stands alone says that it is one of a long tail.
  /** @param {Answer | null} first @param {Answer} answer */
  tail(first, answer) {
    const told = first ? tailWords(first, answer) : tailWords(answer);
    return told ? element("small", { class: "help" }, told) : "";
  }

  // Nothing has been asked yet: scenarios of the case that one can ask at once.
  showTries() {
    if (this.isTrying) return;
    this.isTrying = true;
    this.moved.replaceChildren(...this.tries());
  }

  tries() {
    const rows = this.scenarios.slice(0, 4).map(({ name, label }) => element("li", {}, element("button", { type: "button", class: "plain", onclick: (event) => this.onTry(name, event.timeStamp) }, label)));
    return [element("li", { class: "help" }, element("span", {}, rows.length ? TEXTS.tryOne : TEXTS.tryLever)), ...rows];
  }

  // On which part of the futures the answer rests, where it is not all of them, and whether the others failed.
  /** @param {Answer} answer */
  rest(answer) {
    const found = answer.asked < 1 && !isMissing(answer) ? [fill(TEXTS.ofFutures, { share: percent(answer.asked) })] : [];
    if (this.failed > this.content.fewFailed) found.push(fill(TEXTS.survivors, { share: percent(this.failed) }));
    return found.join("; ");
  }

  // A question that applies to no future, or a date that never comes: in words, as it has no number.
  /** @param {AnswerRow} given @param {Answer} answer */
  showNone({ label, big, error, words, bar }, answer) {
    write(label, "");
    write(big, "–");
    write(error, "");
    write(words, noneWords(answer));
    bar.style.width = "0";
  }

  /** @param {AnswerRow} given @param {Answer} answer @param {Answer | null} first */
  showChance({ label, big, error, words, bar, tick, reach, question }, answer, first) {
    write(label, "");
    write(error, "");
    write(big, percent(answer.probability));
    const spread = this.scenario ? question.spread[this.scenario] : undefined;
    // A range where one is known; the case as it stands has ± of counting where its futures are too few for one.
    const range = spread ? ` (${spread})` : this.scenario ? ` ± ${pointsError(answer.error)}` : "";
    write(words, `${yardstickWords(this.content.yardstick, answer.probability, answer.error)}${range}`);
    const ends = spread?.match(/[\d.]+/g)?.map(Number) ?? [];
    reach.hidden = ends.length !== 2;
    reach.style.left = `${ends[0] ?? 0}%`;
    reach.style.width = `${Math.max(0, (ends[1] ?? 0) - (ends[0] ?? 0))}%`;
    bar.style.left = "0";
    bar.style.width = `${100 * (answer.probability || 0)}%`;
    tick.style.left = `${100 * ((first ?? answer).probability || 0)}%`;
  }

  // Of a date the median and its interval as days: `, when it comes on 6 May 2022 (28 April 2022 to 28 June 2022)`.
  /** @param {Question} question @param {Answer} answer */
  days(question, answer) {
    const [middle, low, high] = [2, 0, 4].map((place) => dayAfter(this.content.asOf, answer.quantiles?.[place] ?? NaN, question.unit));
    return middle && answer.statistic === "when" ? fill(TEXTS.comesOn, { middle, low, high }) : "";
  }

  /** @param {AnswerRow} parts @param {Answer} answer @param {Answer | null} first */
  showAmount(parts, answer, first) {
    const { label, big, error, words, bar, tick, question } = parts, text = quantityText(answer.quantiles);
    const [word, value, off] = this.middle(question, answer, first);
    write(label, `${word} `);
    write(big, question.unitWords ? `${value} ${question.unitWords}` : value);
    write(error, off);
    const comes = real(answer.chance) ? `; ${fill(TEXTS.comes, { chance: percent(answer.chance), error: pointsError(answer.chanceError) })}${this.days(question, answer)}` : "";
    const other = answer.statistic === "when" ? "" : word === TEXTS.median ? `${TEXTS.mean} ${withError(answer.value, answer.valueError)}, ` : `${TEXTS.median} ${withError(answer.quantiles?.[2], answer.quantileErrors?.[2])}, `;
    write(words, other + (text.low === MISSING ? TEXTS.tooFew : fill(TEXTS.interval, text)) + comes);
    const band = answer.quantiles, old = first?.quantiles;
    if (!band || !real(widthOf(band))) {
      bar.style.width = "0";
      return;
    }
    const all = [band[0], band[4], ...(old && real(old[0]) ? [old[0], old[4]] : [])], seen = parts.span ?? [Infinity, -Infinity];
    const span = parts.span = [Math.min(seen[0], ...all), Math.max(seen[1], ...all)];
    /** @param {number} one */
    const at = (one) => (100 * (one - span[0])) / (span[1] - span[0] || 1);
    bar.style.left = `${at(band[0])}%`;
    bar.style.width = `${at(band[4]) - at(band[0])}%`;
    tick.style.left = `${Math.min(100, Math.max(0, at((first ? first.value : band[2]) || 0)))}%`;
  }

  // The number that stands for an amount, and its error behind it. Alone that is the median, as in terminal and report, as fine as its own
  // error. Beside what was before it is the mean, as fine as that, since a difference is one of means; the error is that of the difference.
  /** @param {Question} question @param {Answer} answer @param {Answer | null} first @returns {[word: string, value: string, error: string]} */
  middle(question, answer, first) {
    if (first?.futures && answer.statistic !== "when") return [statisticWord(answer), shownEnds(question, first, answer, !this.reach(question))[1], ";"];
    const told = statedText(answer.quantiles?.[2], answer.quantileErrors?.[2]);
    return [TEXTS.median, told.value + told.scale, ` ± ${(told.error || TEXTS.unknownError) + told.scale};`];
  }

  // How far the difference of a scenario moves over the assumptions; a choice of one's own has none.
  /** @param {Question} question */
  reach(question) {
    return this.scenario ? question.reach[this.scenario] : undefined;
  }

  /** @param {Question} question @param {Answer} answer @param {Answer | null} first */
  change(question, answer, first) {
    if (!first) return "\u00a0";
    if (isMissing(answer)) return isMissing(first) ? "\u00a0" : `${TEXTS.before} ${shownValue(question, first)}`;
    const { difference, differenceError: error } = answer;
    const reach = this.reach(question);
    const before = question.kind === "probability" || !first.futures || answer.statistic === "when" ? shownValue(question, first) : `${statisticWord(first)} ${shownEnds(question, first, answer, !reach)[0]}`;
    const came = real(answer.chanceDifference) && answer.chanceDifference !== 0 ? `; ${fill(TEXTS.comesMore, { change: pointsText(answer.chanceDifference), error: pointsError(answer.chanceDifferenceError) })}` : "";
    const own = answer.isSet ? `; ${TEXTS.setItself}` : "";
    if (this.moves.isOfOtherFutures(answer)) return `${TEXTS.before} ${before} (${fill(TEXTS.ofFutures, { share: percent(first.asked) })}); ${TEXTS.otherFutures}${own}`;
    if (answer.isSame) return `${TEXTS.before} ${before}, ${TEXTS.sameAsBefore}${came}${own}`;
    if (!real(difference)) return `${TEXTS.before} ${before}${came}${own}`;
    const unit = question.kind === "probability" ? TEXTS.points : question.unitWords;
    const text = reach ? `${question.kind === "probability" ? pointsText(difference) : differenceAlone(answer)} ${unit} (${reach})` : question.kind === "probability" ? `${pointsText(difference)} ± ${pointsError(error)} ${TEXTS.points}` : differenceWithError(answer, question.unitWords);
    return `${TEXTS.before} ${before}, ${TEXTS.difference} ${text}${came}${own}`;
  }
}
