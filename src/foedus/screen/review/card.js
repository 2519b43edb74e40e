// The fields of a claim, and what has happened to it.

import { element } from "../kit/element.js";
import { percent, fill } from "../kit/words.js";
import { outward } from "./reader.js";
import { TEXTS } from "./texts.js";

export class Card {
  constructor({ title, card, history }) {
    Object.assign(this, { title, card, history });
  }

  show(details, summary) {
    const { claim } = details;
    this.title.replaceChildren(claim.id, " ", element("span", { class: `badge ${claim.status}` }, TEXTS[claim.status]), " ", element("span", { class: "soft" }, claim.ctype));
    this.card.replaceChildren(element("p", { class: "paraphrase" }, claim.paraphrase), this.quote(details), this.fields(details, summary), element("div", { id: "homes" }));
    this.events(details.events);
  }

  quote({ claim, quote, absent }) {
    if (quote === claim.paraphrase) return "";
    if (quote) return element("blockquote", { class: "quote" }, quote);
    return element("p", { class: "absent" }, claim.start === undefined ? TEXTS.noQuote : fill(TEXTS.quoteAbsent, { why: absent }));
  }

  fields({ claim, hedge, record }, summary) {
    const list = element("dl", { class: "fields" });
    const row = (name, ...values) => {
      const told = values.flat().filter((value) => value !== "" && value !== null && value !== undefined);
      if (told.length) list.append(element("div", {}, element("dt", {}, name), element("dd", {}, ...told)));
    };
    const { quantity, source, time } = claim, soft = (text) => (text ? element("span", { class: "soft" }, ` ${text}`) : "");
    if (quantity) row(TEXTS.figure, element("b", {}, summary.figure || quantity.qualifier), soft([quantity.kind === "numeric" ? "" : quantity.kind, quantity.text ? fill(TEXTS.cueWords, { words: quantity.text }) : ""].filter(Boolean).join(" ")));
    row(TEXTS.says, summary.source, soft([source.type.replace("_", " "), source.mode, source.cue ? fill(TEXTS.cueWords, { words: source.cue }) : ""].filter(Boolean).join(", ")));
    row(TEXTS.origin, claim.origin);
    row(TEXTS.grade, element("b", {}, claim.grade), soft(claim.graded_because));
    const letters = Object.entries(record.letters), isMixed = letters.length > 1 || (letters.length === 1 && claim.grade[0] !== "F" && letters[0][0] !== claim.grade[0]);
    row(TEXTS.record, record.words ? element("span", { class: record.offered ? "offer" : "" }, record.words) : "", isMixed ? element("b", { class: "stance" }, ` ${fill(TEXTS.mixedLetters, { letters: letters.map(([letter, count]) => `${letter} (${count})`).join(", ") })}`) : "");
    const cues = (claim.hedge.cues ?? []).map((cue) => fill(TEXTS.cueWords, { words: cue.text })).join(" ");
    row(TEXTS.hedge, claim.hedge.class.replace("_", " "), soft([cues, fill(TEXTS.hedgeRange, { because: hedge.because.replace(/`([^`]*)`/g, "“$1”"), low: percent(hedge.low), high: percent(hedge.high) })].filter(Boolean).join(" ")));
    if (time) row(TEXTS.time, time.value ?? "", soft([time.kind, time.text ? fill(TEXTS.cueWords, { words: time.text }) : ""].filter(Boolean).join(" ")));
    row(TEXTS.published, claim.published ?? TEXTS.noDate, soft(claim.published_how));
    row(TEXTS.kind, [claim.ctype, claim.modality, TEXTS.polarity[claim.polarity]].join(", "));
    if (summary.commitment !== "affirmed") row(TEXTS.stance, element("b", {}, summary.commitment));
    row(TEXTS.actors, [claim.actor, claim.target].filter(Boolean).join(" → "));
    row(TEXTS.group, claim.group);
    row(TEXTS.systems, (claim.systems ?? []).join(", "));
    row(TEXTS.derived, (claim.derived_from ?? []).join(", "));
    if (claim.question) row(TEXTS.expert, `${claim.question}: ${claim.probability.map(percent).join("–")}`, soft(claim.yardstick));
    if (claim.url) row(TEXTS.address, outward(claim.url));
    row(TEXTS.note, claim.note);
    return list;
  }

  events(events) {
    this.history.replaceChildren(element("h3", {}, TEXTS.history));
    if (!events.length) this.history.append(element("p", { class: "soft" }, TEXTS.noHistory));
    const list = element("ol", { class: "events" }, ...events.map((event) => element("li", {},
      element("b", {}, TEXTS.action[event.action] ?? event.action), element("span", { class: "soft" }, ` ${fill(TEXTS.event, { who: event.who, when: whenWords(event.when) })}`),
      event.why ? element("p", {}, event.why) : null, ...event.changes.map(([key, old, now]) => element("p", { class: "soft" }, `${key}: ${shownValue(old)} → ${shownValue(now)}`)))));
    this.history.append(list);
  }
}

const whenWords = (when) => when.slice(0, 16).replace("T", " ") + " UTC";
const shownValue = (value) => (value === null || value === undefined ? TEXTS.nothingSet : typeof value === "object" ? JSON.stringify(value) : String(value));
