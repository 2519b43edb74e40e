// From a number to what it rests on: drivers, parts of the model, parameters, claims, sources, grades, reasons.

import { element } from "../kit/element.js";
import { nameWords, peopleDate, yardstickWords, percent, fixedText, numberText, shortText, statedText, textNamed, fill } from "../kit/words.js";
import { stateWords, pointsError, withError, noneWords } from "./answer_words.js";
import { priorDrawing } from "./drawer.js";
import { TEXTS } from "./texts.js";
import { Ranks, driversOf } from "../statistics/drivers.js";
import { LEVELS } from "../statistics/quantiles.js";
/** @import { Child } from "../kit/types.d.ts" */
/** @import { Answer, Driver } from "../statistics/types.d.ts" */
/** @import { Panel } from "./panel.js" */
/** @import { Chart, Claim, Content, Current, Expert, Lever, Parameter, Part, Question, View } from "./types.d.ts" */

export class Trace {
  // current: {answer(name), states(question), values(name) → {values, statuses, done} of the run on the screen, drawn(onFound), isFixed(parameter)}.
  /** @param {Panel} panel @param {Content} content @param {Current} current */
  constructor(panel, content, current) {
    this.panel = panel;
    this.content = content;
    this.current = current;
    /** @type {View[]} */
    this.trail = [];
    /** @type {Ranks | null} */
    this.ranks = null;
    this.parameters = new Map(content.parameters.map((one) => [one.name, one]));
    this.model = content.model;
    panel.onClose = () => { this.trail = []; };
  }

  // A view is {title, parts()}; the ones before it stay for the way back.
  /** @param {View} view */
  go(view) {
    this.trail.push(view);
    this.render();
  }

  render() {
    const view = this.trail[this.trail.length - 1], isFirst = this.trail.length === 1;
    this.panel.open(view.title, view.parts(), isFirst ? null : () => { this.trail.pop(); this.render(); });
  }

  // New numbers are there: what is open says them, unless the reader is at work in it.
  renew() {
    const view = this.trail[this.trail.length - 1];
    if (view?.isLive && !this.panel.body.contains(document.activeElement)) this.panel.fill(view.parts());
  }

  /** @param {Question} question */
  question(question) {
    this.go({ title: question.ask, isLive: true, parts: () => this.questionParts(question) });
  }

  /** @param {Parameter} parameter */
  parameter(parameter) {
    this.go({ title: parameter.label, parts: () => [this.basis(parameter), this.text(this.model.parts[parameter.name])] });
  }

  /** @param {Lever} lever */
  lever(lever) {
    const parameter = this.parameters.get(lever.name), reason = lever.because ? fill(TEXTS.assumedBecause, lever) : parameter ? "" : TEXTS.assumedBare;
    this.go({ title: lever.label, parts: () => [reason && element("p", { class: "assumed" }, reason), parameter && this.basis(parameter), this.text(this.model.parts[lever.name])] });
  }

  /** @param {Chart} chart */
  chart(chart) {
    const part = this.model.parts[chart.name];
    if (part) this.go({ title: chart.label, parts: () => [this.takeAway(["chart-svg", "chart-png", "chart-csv"], chart.name), this.partParts(chart.name, part)] });
  }

  // Anything that the model names.
  /** @param {string} name @param {string} [title] */
  part(name, title) {
    const part = this.model.parts[name];
    if (!part) return;
    this.go({ title: title || part.label || name, parts: () => this.partParts(name, part) });
  }

  /** @param {Question} question */
  questionParts(question) {
    const answer = this.current.answer(question.name), model = this.model.questions[question.name], parts = [];
    if (answer && !answer.futures) parts.push(element("p", { class: "now" }, noneWords(answer)));
    else if (answer) {
      const isChance = question.kind === "probability", value = `${TEXTS.median} ${withError(answer.quantiles?.[2], answer.quantileErrors?.[2], question.unitWords)}${answer.statistic === "when" ? "" : `; ${TEXTS.mean} ${withError(answer.value, answer.valueError, question.unitWords)}`}`;
      parts.push(element("p", { class: "now" }, isChance ? `${percent(answer.probability)} ± ${pointsError(answer.error)}, ${yardstickWords(this.content.yardstick, answer.probability, answer.error)}` : value));
      if (!isChance) parts.push(this.quantiles(answer));
      parts.push(element("p", { class: "rest" }, this.current.rest(answer)), element("p", { class: "states" }, stateWords(this.current.states(question))));
    }
    const movers = element("div", { class: "movers" }, element("p", { class: "help" }, TEXTS.driversWait));
    this.current.drawn((rows, count) => this.drivers(movers, question, rows, count));
    parts.push(movers);
    if (question.history.length) parts.push(this.history(question));
    if (question.experts.length) parts.push(element("h3", {}, TEXTS.expert), ...question.experts.map((view) => this.expert(view)));
    return [...parts, this.reads(model.reads), this.text(model), this.takeAway(["answer-csv"], question.name)];
  }

  // Files of one chart or one question.
  /** @param {string[]} kinds @param {string} name */
  takeAway(kinds, name) {
    return element("p", { class: "positions" }, kinds.map((kind) => element("button", { type: "button", class: "position", "data-take": kind, onclick: () => this.current.save(kind, name) }, textNamed(TEXTS, `take_${kind.replace("-", "_")}`) ?? kind)));
  }

  // What each edition of the case answered, on its day.
  /** @param {Question} question */
  history({ history }) {
    const rows = history.map(([day, told]) => element("tr", {}, element("th", { scope: "row" }, day), element("td", {}, told)));
    return [element("h3", {}, TEXTS.history), element("p", { class: "help" }, TEXTS.historyNote),
      element("table", { class: "levels" }, element("tr", {}, element("th", { scope: "col" }, TEXTS.asOfDay), element("th", { scope: "col" }, TEXTS.answerThen)), rows)];
  }

  // 5, 25, 50, 75, 95 % with their Monte Carlo errors.
  /** @param {Answer} given */
  quantiles({ quantiles, quantileErrors }) {
    if (!quantiles) return null;
    const told = quantiles.map((value, place) => statedText(value, quantileErrors?.[place]));
    /** @param {string} name @param {string[]} texts */
    const cells = (name, texts) => element("tr", {}, element("th", { scope: "row" }, name), texts.map((text) => element("td", {}, text)));
    const heads = element("tr", {}, element("td", {}), LEVELS.map((level) => element("th", { scope: "col" }, level === 0.5 ? TEXTS.median : percent(level))));
    return element("table", { class: "levels" }, heads, cells(TEXTS.value, told.map((one) => shortText(one.value + one.scale))),
      cells("±", told.map((one) => shortText((one.error || TEXTS.unknownError) + one.scale))));
  }

  /** @param {HTMLElement} box @param {Question} question @param {Map<string, Float64Array>} rows @param {number} most */
  drivers(box, question, rows, most) {
    const { values, statuses, done } = this.current.values(question.name), count = Math.min(most, done);
    if (this.ranks?.count !== count) this.ranks = new Ranks(rows, count);
    const idle = new Set(question.idle), found = driversOf(values, statuses, this.ranks, this.current.isFixed, (name) => idle.has(name));
    const note = element("p", { class: "help" }, fill(TEXTS.driversNote, { count: fixedText(count, 0) }));
    if (!found.length) box.replaceChildren(note, element("p", {}, TEXTS.noDrivers));
    else box.replaceChildren(note, ...found.flatMap((driver, place) => this.driver(driver, found[0].share, place < 2) ?? []));
  }

  /** @param {Driver} driver @param {number} most @param {boolean} isOpen */
  driver(driver, most, isOpen) {
    const parameter = this.parameters.get(driver.parameter);
    if (!parameter) return null;
    const bar = element("span", { class: "share", "aria-hidden": "true" }, element("i", { style: `width:${(100 * driver.share) / most}%` }));
    const summary = element("summary", { "data-driver": driver.parameter, "data-share": driver.share }, element("span", {}, `${Math.round(100 * driver.share)} % `, parameter.label), bar,
      element("span", { class: "help" }, driver.direction > 0 ? TEXTS.raises : TEXTS.lowers));
    return element("details", { class: "driver", open: isOpen }, summary, this.basis(parameter));
  }

  /** @param {string} name @param {Part} part */
  partParts(name, part) {
    const parameter = this.parameters.get(name), near = this.content.questions.filter((question) => this.model.questions[question.name].reads.includes(name));
    const kind = element("p", { class: "help" }, [textNamed(TEXTS, `kind_${part.kind}`) ?? part.kind, element("code", {}, name), part.unit].flatMap((one, place) => (one ? [place ? ", " : "", one] : [])));
    const reason = part.because && !parameter ? element("p", { class: "assumed" }, fill(TEXTS.assumedBecause, part)) : null;
    return [kind, parameter && this.basis(parameter), reason, this.reads(part.reads), near.length ? element("h3", {}, TEXTS.askedBy) : null,
      near.map((question) => element("p", {}, this.link(question.ask, () => this.question(question)))), this.text(part)];
  }

  // What something is made of: parameters with what they rest on, other parts as ways to go on.
  /** @param {string[]} names */
  reads(names) {
    const own = names.flatMap((name) => this.parameters.get(name) ?? []), others = names.filter((name) => !this.parameters.has(name) && this.model.parts[name]);
    if (!own.length && !others.length) return null;
    const links = others.map((name) => element("li", {}, this.link(this.model.parts[name].label || nameWords(name), () => this.part(name)),
      element("span", { class: "help" }, ` ${textNamed(TEXTS, `kind_${this.model.parts[name].kind}`) ?? ""}`)));
    return [element("h3", {}, TEXTS.madeOf), own.map((one) => element("details", { class: "driver" }, element("summary", {}, one.label), this.basis(one))),
      links.length ? element("ul", { class: "links" }, links) : null];
  }

  // The words of the model themselves.
  /** @param {{ statement: number } | undefined} part */
  text(part) {
    const found = part && this.model.statements[part.statement];
    return found ? [element("h3", {}, fill(TEXTS.inTheModel, { line: found[0] })), element("pre", { class: "model", tabindex: 0 }, found[1])] : null;
  }

  /** @param {string} text @param {() => void} onclick */
  link(text, onclick) {
    return element("button", { type: "button", class: "plain", onclick }, text);
  }

  /** @param {Parameter} parameter */
  basis(parameter) {
    const values = { low: numberText(parameter.low), median: numberText(parameter.median), high: numberText(parameter.high), unit: parameter.unitWords };
    /** @type {Child[]} */
    const parts = [priorDrawing(parameter), element("p", {}, fill(TEXTS.priorInterval, values)), parameter.calibrated ? element("p", {}, fill(TEXTS.calibrated, parameter)) : "", element("p", { class: "help" }, element("code", {}, `${parameter.name} ~ ${parameter.prior}`))];
    if (!parameter.claims.length && parameter.fitted) parts.push(element("p", {}, fill(TEXTS.fittedTo, parameter)));
    else if (!parameter.claims.length) parts.push(element("p", { class: "assumed" }, parameter.because ? fill(TEXTS.assumedBecause, parameter) : TEXTS.assumedBare));
    else {
      parts.push(element("p", {}, fill(TEXTS.claimsNote, { count: parameter.claims.length, origins: parameter.origins === null ? "?" : parameter.origins.toFixed(1) })));
      if (parameter.conflict) parts.push(element("p", { class: "assumed" }, fill(TEXTS.conflict, parameter)));
      parts.push(element("ul", { class: "claims" }, parameter.claims.map((id) => this.claim(this.content.claims[id]))));
    }
    return element("div", {}, parts);
  }

  /** @param {Claim} claim */
  claim(claim) {
    const facts = [claim.source, peopleDate(claim.published ?? ""), fill(TEXTS.grade, claim), fill(TEXTS.origin, claim), claim.hedge].filter(Boolean).join(" · ");
    const isLink = /^https?:\/\//.test(claim.url ?? "");
    return element("li", {}, element("p", {}, claim.paraphrase), claim.quote ? element("blockquote", {}, claim.quote) : null,
      element("p", { class: "help" }, facts, isLink ? " · " : "", isLink ? element("a", { href: claim.url, rel: "noreferrer noopener", target: "_blank" }, TEXTS.source) : ""));
  }

  /** @param {Expert} view */
  expert(view) {
    const range = { word: view.word, low: percent(view.low), high: percent(view.high) };
    return element("ul", { class: "claims" }, element("li", {}, element("p", {}, fill(TEXTS.expertRange, range))), this.claim(this.content.claims[view.claim]));
  }
}
