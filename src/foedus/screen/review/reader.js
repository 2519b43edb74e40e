// The document with its claims marked in place; or what the ledger has of it, and why the text is not here.

import { withQuery } from "../kit/call.js";
import { element, write } from "../kit/element.js";
import { fill, peopleDate, textNamed } from "../kit/words.js";
import { call } from "./server.js";
import { TEXTS } from "./texts.js";
/** @import { Absent, Details, Passage, Piece, Report, Selection, Shown, Summary } from "./types.d.ts" */

// The claims that a mark stands for.
/** @type {(mark: HTMLElement) => string[]} */
const idsOf = (mark) => JSON.parse(mark.dataset.ids ?? "[]");

export class Reader {
  /** @param {{ text: HTMLElement; title: HTMLElement; onChoose: (id: string) => void }} given */
  constructor({ text, title, onChoose }) {
    this.text = text;
    this.title = title;
    this.onChoose = onChoose;
    /** @type {Passage | null} */
    this.shown = null;
    /** @type {string | null} */
    this.current = null;
    /** @type {Map<string, HTMLElement[]>} */
    this.marks = new Map();
    /** @type {Piece[]} */
    this.pieces = [];
    /** @type {Map<string, Summary>} */
    this.claims = new Map();
    /** @type {Report | null} */
    this.report = null;
    /** @type {Summary[]} */
    this.own = [];
    this.list = element("ol", { class: "own" });
    text.addEventListener("click", (event) => {
      const part = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-ids], [data-id]"));
      if (!part) return;
      const ids = part.dataset.id ? [part.dataset.id] : idsOf(part), here = ids.indexOf(this.current ?? "");
      onChoose(ids[here < 0 ? ids.length - 1 : (here + ids.length - 1) % ids.length]);
    });
  }

  // Show the document of a claim around it; it is fetched only when it is not on screen yet.
  /** @param {Summary} claim @param {Details} details @param {Report[]} documents @param {Map<string, Summary>} claims */
  async show(claim, details, documents, claims) {
    this.current = claim.id;
    const report = claim.document === null ? undefined : documents[claim.document];
    if (!report) return this.blank(details);
    const { shown } = this, isHere = shown && shown.sha256 === report.sha256 && (shown.segments === null || claim.start === null || (claim.start >= shown.start && claim.start < shown.end));
    if (!isHere) {
      const wanted = claim.id, found = await call(withQuery("document", { sha256: report.sha256, at: claim.start }));
      if (this.current !== wanted) return;
      this.draw(found, report, claims);
    }
    this.point(claim, details);
  }

  /** @param {Details} details */
  blank(details) {
    this.shown = null;
    this.marks.clear();
    write(this.title, TEXTS.noDocument);
    this.text.replaceChildren(element("p", { class: "absent" }, TEXTS.noQuote), details.claim.url ? outward(details.claim.url) : "");
  }

  /** @param {Passage} found @param {Report} report @param {Map<string, Summary>} claims */
  draw(found, report, claims) {
    this.shown = found;
    this.claims = claims;
    this.report = report;
    this.marks = new Map();
    write(this.title, [report.title, peopleDate(report.published ?? "")].filter(Boolean).join(" · "));
    this.text.scrollTop = 0;
    if (found.segments === null) this.drawAbsent(found, claims);
    else this.drawText(found);
  }

  /** @param {Shown} found */
  drawText(found) {
    this.pieces = [];
    const parts = [], isPart = found.start > 0 || found.end < found.total;
    if (isPart) parts.push(element("p", { class: "soft part" }, fill(TEXTS.part, { start: found.start, end: found.end, total: found.total })));
    if (found.start > 0) parts.push(this.turn(TEXTS.earlier, found.start - 1));
    for (const one of found.refused) parts.push(element("p", { class: "absent" }, fill(TEXTS.refused, one)));
    const words = element("div", { class: "words" });
    for (const [text, start, end, ids] of found.segments) {
      const node = document.createTextNode(text.replaceAll("\r", ""));
      this.pieces.push({ start, end, characters: [...text], node });
      if (!ids.length) {
        words.append(node);
        continue;
      }
      const mark = element("mark", { "data-ids": JSON.stringify(ids) }, node);
      for (const id of ids) this.marks.set(id, [...(this.marks.get(id) ?? []), mark]);
      this.colour(mark);
      words.append(mark);
    }
    parts.push(words);
    if (found.end < found.total) parts.push(this.turn(TEXTS.later, found.end));
    this.text.replaceChildren(...parts);
  }

  // [digest, start, end] of the words that are selected in the text, in characters of the original; null where none are.
  /** @returns {Selection | null} */
  selected() {
    const chosen = getSelection();
    if (!chosen?.rangeCount || chosen.isCollapsed || !this.shown?.segments) return null;
    const range = chosen.getRangeAt(0);
    if (!this.text.contains(range.commonAncestorContainer)) return null;
    const touched = this.pieces.filter((piece) => range.intersectsNode(piece.node));
    if (!touched.length) return null;
    const first = touched[0], last = touched[touched.length - 1];
    const start = first.node === range.startContainer ? charactersBefore(first, range.startOffset) : first.start, end = last.node === range.endContainer ? charactersBefore(last, range.endOffset) : last.end;
    return end > start ? [this.shown.sha256, start, end] : null;
  }

  // The document is asked for again when it is shown next.
  forget() {
    this.shown = null;
    getSelection()?.removeAllRanges();
  }

  /** @param {string} words @param {number} at */
  turn(words, at) {
    return element("button", { type: "button", onclick: async () => {
      const { shown, report } = this;
      if (shown && report) this.draw(await call(withQuery("document", { sha256: shown.sha256, at })), report, this.claims);
    } }, words);
  }

  /** @param {Absent} found @param {Map<string, Summary>} claims */
  drawAbsent(found, claims) {
    const own = [...claims.values()].filter((one) => one.document === this.report?.place).sort((one, other) => (one.start ?? 0) - (other.start ?? 0));
    this.own = own;
    this.list = element("ol", { class: "own" });
    this.text.replaceChildren(element("p", { class: "absent" }, element("b", {}, found.why), " ", found.help), element("p", { class: "soft" }, TEXTS.absentList), this.list);
    this.drawOwn();
  }

  // At most forty of the claims of an absent document, around the current one.
  drawOwn() {
    const here = Math.max(0, this.own.findIndex((one) => one.id === this.current)), first = Math.max(0, Math.min(here - 15, this.own.length - 40));
    this.marks = new Map();
    this.list.start = first + 1;
    this.list.replaceChildren(...this.own.slice(first, first + 40).map((one) => {
      const mark = element("button", { type: "button", class: `plain ${one.status}`, "data-id": one.id }, one.text);
      this.marks.set(one.id, [mark]);
      return element("li", {}, mark, " ", element("span", { class: "soft" }, one.id));
    }));
  }

  // The look of a piece of text follows the shortest claim that covers it.
  /** @param {HTMLElement} mark */
  colour(mark) {
    const ids = idsOf(mark), claim = this.claims.get(ids[ids.length - 1]);
    mark.className = claim ? claim.status : "";
    mark.title = ids.map((id) => fill(TEXTS.toClaim, { id, status: textNamed(TEXTS, this.claims.get(id)?.status ?? ""), text: this.claims.get(id)?.text })).join("\n");
  }

  // A claim has changed: its own marks alone are coloured again.
  /** @param {string} id */
  renew(id) {
    for (const mark of this.marks.get(id) ?? []) {
      if (mark.dataset.ids) this.colour(mark);
      else mark.className = `plain ${this.claims.get(id)?.status}`;
    }
  }

  /** @param {Summary} claim @param {Details} details */
  point(claim, details) {
    if (this.shown?.segments === null && !this.marks.has(claim.id)) this.drawOwn();
    this.text.querySelectorAll("[aria-current]").forEach((mark) => mark.removeAttribute("aria-current"));
    const marks = this.marks.get(claim.id) ?? [];
    marks.forEach((mark) => mark.setAttribute("aria-current", "true"));
    this.reveal();
    this.underline(details);
  }

  // Bring the current claim into sight, a third down.
  reveal() {
    const mark = this.marks.get(this.current ?? "")?.[0];
    if (!mark || !this.text.clientHeight) return;
    const box = mark.getBoundingClientRect(), frame = this.text.getBoundingClientRect();
    if (box.top < frame.top + 40 || box.bottom > frame.bottom - 60) this.text.scrollTop += box.top - frame.top - frame.height / 3;
  }

  // The words of the figure, the source, the hedge and the time; drawn over the text, so that nothing is laid out again.
  /** @param {Details} details */
  underline(details) {
    if (typeof Highlight === "undefined" || !CSS.highlights) return;
    const { quantity, source, hedge, time } = details.claim;
    const kinds = { figure: [quantity], source: [source, source.cue_span], hedge: hedge.cues ?? [], time: [time] };
    for (const [kind, spans] of Object.entries(kinds)) {
      const ranges = spans.flatMap((span) => (span?.start !== undefined && span.end !== undefined && this.shown?.segments ? rangeIn(this.pieces, span.start, span.end) ?? [] : []));
      CSS.highlights.set(`claim-${kind}`, new Highlight(...ranges));
    }
  }
}

// A range of characters of the document over its pieces; null when it is not all on screen.
/** @param {Piece[]} pieces @param {number} start @param {number} end */
function rangeIn(pieces, start, end) {
  const touched = pieces.filter((piece) => piece.start < end && piece.end > start);
  if (!touched.length || touched[0].start > start + 40) return null;
  const range = document.createRange(), last = touched[touched.length - 1];
  range.setStart(touched[0].node, unitsBefore(touched[0], start));
  range.setEnd(last.node, unitsBefore(last, end));
  return range;
}

// The document counts characters; the browser counts UTF-16 units, and carriage returns are not drawn. What was changed on the way counts as a whole.
/** @param {Piece} given @param {number} at */
function unitsBefore({ start, end, characters, node }, at) {
  if (at <= start) return 0;
  return at >= end || characters.length !== end - start ? node.length : characters.slice(0, at - start).join("").replaceAll("\r", "").length;
}

// The other way: the character of the document at a place of a piece's text.
/** @param {Piece} given @param {number} units */
function charactersBefore({ start, end, characters, node }, units) {
  if (characters.length !== end - start) return units > 0 && units >= node.length / 2 ? end : start;
  let done = 0, at = start;
  for (const character of characters) {
    if (done >= units) break;
    if (character !== "\r") done += character.length;
    at += 1;
  }
  return at;
}

// A link out of the page, only for addresses of the web.
/** @param {string} address */
export function outward(address) {
  if (!/^https?:\/\//i.test(address)) return element("span", {}, address);
  return element("a", { href: address, rel: "noreferrer noopener", target: "_blank" }, address);
}
