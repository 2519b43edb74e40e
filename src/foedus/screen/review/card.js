// The fields of a claim, and what has happened to it.

import { element } from "../kit/element.js";
import { percent, fill, textNamed, peopleDate } from "../kit/words.js";
import { outward } from "./reader.js";
import { TEXTS } from "./texts.js";
/** @import { Child } from "../kit/types.d.ts" */
/** @import { Claim, Details, Occurred, Summary } from "./types.d.ts" */

export class Card {
  /** @param {{ title: HTMLElement; card: HTMLElement; history: HTMLElement }} given */
  constructor({ title, card, history }) {
    this.title = title;
    this.card = card;
    this.history = history;
  }

  /** @param {Details} details @param {Summary} summary */
  show(details, summary) {
    const { claim } = details;
    this.title.replaceChildren(claim.id, " ", element("span", { class: `badge ${claim.status}` }, TEXTS[claim.status]), " ", element("span", { class: "soft" }, claim.ctype));
    this.card.replaceChildren(element("p", { class: "paraphrase" }, claim.paraphrase), this.quote(details), this.fields(details, summary), element("div", { id: "homes" }));
    this.events(details.events);
  }

  /** @param {Details} given */
  quote({ claim, quote, absent }) {
    if (quote === claim.paraphrase) return "";
    if (quote) return element("blockquote", { class: "quote" }, quote);
    return element("p", { class: "absent" }, claim.start === undefined ? TEXTS.noQuote : fill(TEXTS.quoteAbsent, { why: absent }));
  }

  /** @param {Details} details @param {Summary} summary */
  fields(details, summary) {
    const list = element("dl", { class: "fields" });
    for (const [name, ...values] of [...told(details, summary), ...placed(details.claim, summary)]) {
      const shown = values.filter((value) => value !== "" && value !== null && value !== undefined);
      if (shown.length) list.append(element("div", {}, element("dt", {}, name), element("dd", {}, ...shown)));
    }
    return list;
  }

  /** @param {Occurred[]} events */
  events(events) {
    this.history.replaceChildren(element("h3", {}, TEXTS.history));
    if (!events.length) this.history.append(element("p", { class: "soft" }, TEXTS.noHistory));
    const list = element("ol", { class: "events" }, ...events.map((event) => element("li", {},
      element("b", {}, textNamed(TEXTS.action, event.action) ?? event.action), element("span", { class: "soft" }, ` ${fill(TEXTS.event, { who: event.who, when: whenWords(event.when) })}`),
      event.why ? element("p", {}, event.why) : null, ...event.changes.map(([key, old, now]) => element("p", { class: "soft" }, `${key}: ${shownValue(old)} → ${shownValue(now)}`)))));
    this.history.append(list);
  }
}

/** @param {string} when */
// A name, and what stands behind it; what is empty is left out.
/** @typedef {[name: string, ...values: Child[]]} Field */

const soft = (/** @type {string | undefined} */ text) => (text ? element("span", { class: "soft" }, ` ${text}`) : "");
const cue = (/** @type {string | undefined} */ words) => (words ? fill(TEXTS.cueWords, { words }) : "");
const listed = (/** @type {(string | undefined)[]} */ parts, between = " ") => parts.filter(Boolean).join(between);

// What is said, by whom, with what weight, and when.
/** @param {Details} details @param {Summary} summary @returns {Field[]} */
function told({ claim, hedge, record }, summary) {
  const { quantity, source, time } = claim, cues = (claim.hedge.cues ?? []).map((one) => fill(TEXTS.cueWords, { words: one.text })).join(" ");
  const range = fill(TEXTS.hedgeRange, { because: hedge.because.replace(/`([^`]*)`/g, "“$1”"), low: percent(hedge.low), high: percent(hedge.high) });
  return [
    ...(quantity ? [/** @type {Field} */ ([TEXTS.figure, element("b", {}, summary.figure || quantity.qualifier), soft(listed([quantity.kind === "numeric" ? "" : quantity.kind, cue(quantity.text)]))])] : []),
    [TEXTS.says, summary.source, soft(listed([source.type.replace("_", " "), source.mode, cue(source.cue)], ", "))],
    [TEXTS.origin, claim.origin],
    [TEXTS.grade, element("b", {}, claim.grade), soft(claim.graded_because)],
    [TEXTS.record, record.words ? element("span", { class: record.offered ? "offer" : "" }, record.words) : "", otherLetters(claim, record.letters)],
    [TEXTS.hedge, claim.hedge.class.replace("_", " "), soft(listed([cues, range]))],
    ...(time ? [/** @type {Field} */ ([TEXTS.time, time.value ?? "", soft(listed([time.kind, cue(time.text)]))])] : []),
    [TEXTS.published, peopleDate(claim.published ?? TEXTS.noDate, true), soft(claim.published_how)],
  ];
}

// The letters that claims of a source were given, where they are not all that of this claim.
/** @param {Claim} claim @param {Record<string, number>} letters */
function otherLetters(claim, letters) {
  const found = Object.entries(letters), isMixed = found.length > 1 || (found.length === 1 && claim.grade[0] !== "F" && found[0][0] !== claim.grade[0]);
  return isMixed ? element("b", { class: "stance" }, ` ${fill(TEXTS.mixedLetters, { letters: found.map(([letter, count]) => `${letter} (${count})`).join(", ") })}`) : "";
}

// What kind of claim it is, whom it is about, and where it belongs.
/** @param {Claim} claim @param {Summary} summary @returns {Field[]} */
const placed = (claim, summary) => [
  [TEXTS.kind, [claim.ctype, claim.modality, TEXTS.polarity[claim.polarity]].join(", ")],
  [TEXTS.stance, summary.commitment === "affirmed" ? "" : element("b", {}, summary.commitment)],
  [TEXTS.actors, listed([claim.actor, claim.target], " → ")],
  [TEXTS.group, claim.group],
  [TEXTS.systems, (claim.systems ?? []).join(", ")],
  [TEXTS.derived, (claim.derived_from ?? []).join(", ")],
  [TEXTS.expert, claim.question ? `${claim.question}: ${(claim.probability ?? []).map(percent).join("–")}` : "", claim.question ? soft(claim.yardstick) : ""],
  [TEXTS.address, claim.url ? outward(claim.url) : ""],
  [TEXTS.note, claim.note],
];

const whenWords = (/** @type {string} */ when) => when.slice(0, 16).replace("T", " ") + " UTC";
/** @param {unknown} value */
const shownValue = (value) => (value === null || value === undefined ? TEXTS.nothingSet : typeof value === "object" ? JSON.stringify(value) : String(value));
