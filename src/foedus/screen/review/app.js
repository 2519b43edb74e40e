// The screen: which claim is looked at, what is decided, and what has to be drawn again.

import { withQuery } from "../kit/call.js";
import { whenPainted } from "../kit/clock.js";
import { element, byId, write } from "../kit/element.js";
import { writeFrame, showPane, onPane } from "../kit/frame.js";
import { Notices } from "../kit/messages.js";
import { turnTheme } from "../kit/theme.js";
import { fixedText, fill, textNamed } from "../kit/words.js";
import { Card } from "./card.js";
import { Chosen } from "./chosen.js";
import { Conflicts } from "./conflicts.js";
import { Filters } from "./filters.js";
import { EditForm } from "./form.js";
import { Help } from "./help.js";
import { kept } from "./kept.js";
import { Keys } from "./keys.js";
import { Others } from "./others.js";
import { PlaceForm, homeButtons } from "./place.js";
import { Prior } from "./prior.js";
import { Queue } from "./queue.js";
import { Reader } from "./reader.js";
import { call } from "./server.js";
import { TEXTS } from "./texts.js";
/** @import { DecideOptions, Details, News, Outcome, Overview, Summary, Typed } from "./types.d.ts" */

export class App {
  /** @param {Overview} overview */
  constructor(overview) {
    this.overview = overview;
    this.last = overview.last;
    /** @type {string | null} */
    this.current = null;
    /** @type {Details | null} */
    this.details = null;
    /** @type {HTMLElement | null} */
    this.focused = null;
    this.versions = new Map();
    this.asked = 0;
    /** @type {Promise<void>} */
    this.work = Promise.resolve();
    /** @type {Promise<void>} */
    this.loading = Promise.resolve();
    /** @type {string[]} */
    this.visible = [];
    this.root = document.documentElement;
    this.notices = new Notices(byId("said"), byId("alert"), 8000);
    this.claims = new Map(overview.claims.map((claim) => [claim.id, claim]));
    overview.documents.forEach((one, place) => { one.place = place; });
    /** @param {string | undefined} id */
    const choose = (id) => this.choose(id);
    this.chosen = new Chosen(byId("chosen"), { onAct: (action, time) => this.decideAll(action, time), onChange: (ids) => { ids.forEach((id) => this.queue.renew(id)); this.queue.list.classList.toggle("choosing", this.chosen.size > 0); } });
    this.queue = new Queue(byId("list"), this.chosen, (id) => this.choose(id, undefined, true), () => this.visible);
    this.reader = new Reader({ text: byId("text"), title: byId("reader-title"), onChoose: (id) => this.choose(id, undefined, true) });
    document.addEventListener("selectionchange", () => this.tellSelection());
    this.prior = new Prior(byId("prior"), byId("rest"), choose);
    this.conflicts = new Conflicts(byId("conflicts"), choose);
    this.card = new Card({ title: byId("claim-title"), card: byId("card"), history: byId("history") });
    this.form = new EditForm(byId("card"), { ...overview, onSave: (typed, time) => this.save(typed, time), onCancel: () => this.closeForm() });
    this.place = new PlaceForm(byId("card"), { groups: overview.groups, onPlace: (typed, time) => this.placeIn(typed, time), onCancel: () => this.closeForm() });
    this.keysOn = kept.get("keys") !== "off";
    this.help = new Help(byId("help"), this.keysOn, (isOn) => { this.keysOn = isOn; kept.set("keys", isOn ? "on" : "off"); });
    this.others = new Others(this);
    this.why = this.buildActions();
    this.filters = new Filters(overview, () => this.filter());
    this.buildFrame();
    this.filter();
    const asked = decodeURIComponent(location.hash.slice(1)), first = this.visible.find((id) => this.claim(id).status === "proposed") ?? this.visible[0];
    this.choose(this.claims.has(asked) ? asked : first).then(() => { this.root.dataset.ready = "yes"; });
    this.others.loadConflicts();
    this.others.watch();
  }

  // --- putting it together

  buildActions() {
    /** @param {string} words @param {string} key @param {(time: number) => unknown} act @param {string} [kind] */
    const button = (words, key, act, kind = "") => element("button", { type: "button", id: `do-${words}`, class: kind, "aria-keyshortcuts": key, onclick: (event) => act(event.timeStamp) }, textNamed(TEXTS, words), " ", element("kbd", {}, key));
    const why = element("input", { type: "text", id: "why", autocomplete: "off", maxlength: 2000, "aria-label": TEXTS.why, placeholder: TEXTS.why, "aria-keyshortcuts": "w" });
    byId("actions").append(
      button("accept", "a", (time) => this.decide("accept", time), "good"), button("reject", "r", (time) => this.decide("reject", time), "bad"), button("edit", "e", () => this.edit()), button("undo", "u", (time) => this.decide("undo", time)),
      button("place", "p", () => this.openPlace()), button("previous", "k", (time) => this.move(-1, time)), button("next", "j", (time) => this.move(1, time)));
    byId("why-box").append(why);
    return why;
  }

  buildFrame() {
    writeFrame(TEXTS);
    document.title = fill(TEXTS.title, this.overview);
    write(byId("title"), document.title);
    byId("choose-all").addEventListener("click", () => this.chosen.add(this.visible));
    byId("reject-rest").addEventListener("click", (event) => this.rejectRest(event.timeStamp));
    byId("take-words").addEventListener("click", () => this.takeWords());
    byId("open-help").addEventListener("click", () => this.help.turn());
    byId("theme").addEventListener("click", () => kept.set("theme", turnTheme()));
    onPane((name) => this.showPane(name));
    this.showPane("claim");
    document.addEventListener("keydown", new Keys(this).listener);
    addEventListener("hashchange", () => {
      const asked = decodeURIComponent(location.hash.slice(1));
      if (this.claims.has(asked) && asked !== this.current) this.choose(asked);
    });
    this.tally();
  }

  /** @param {string} name */
  showPane(name) {
    showPane(name);
    this.queue.draw();
    this.reader.reveal();
  }

  // A claim that the list has.
  /** @param {string} id */
  claim(id) {
    return /** @type {Summary} */ (this.claims.get(id));
  }

  // --- which claims are in the list, which one is looked at

  filter() {
    this.visible = this.filters.of(this.claims);
    this.queue.show(this.visible, this.claims);
    this.chosen.keep(this.queue.place);
    const counts = { shown: fixedText(this.visible.length, 0), total: fixedText(this.claims.size, 0) };
    write(byId("found"), fill(TEXTS.ofAll, counts));
    if (!this.visible.length) this.notices.say(TEXTS.nothing);
    if (this.current) this.queue.choose(this.current);
    if (this.visible.length && !this.queue.place.has(this.current ?? "")) this.choose(this.visible[0]);
  }

  /** @param {string | undefined} id @param {number} [time] @param {boolean} [isFromElsewhere] */
  choose(id, time, isFromElsewhere = false) {
    if (!id) return Promise.resolve(write(byId("claim-title"), TEXTS.noClaim));
    this.form.close();
    this.place.close();
    this.current = id;
    this.queue.choose(id);
    if (isFromElsewhere) this.showPane("claim");
    this.loading = this.load(id, time);
    return this.loading;
  }

  /** @param {string} id @param {number} [time] */
  async load(id, time) {
    const wanted = ++this.asked;
    try {
      const details = await call(withQuery("claim", { id }));
      if (wanted !== this.asked) return;
      this.notices.alert("");
      await this.show(details, false, time);
      history.replaceState(null, "", `#${encodeURIComponent(id)}`);
    } catch (error) {
      this.notices.fail(error);
    }
  }

  // Draw the claim; nothing else of the page is touched.
  /** @param {Details} details @param {boolean} isDecision @param {number} [time] */
  async show(details, isDecision, time) {
    const id = details.claim.id, claim = this.claim(id);
    this.details = details;
    this.versions.set(id, details.version);
    this.card.show(details, claim);
    this.prior.show(details.group, id, isDecision);
    this.conflicts.show(details.group, id, this.claims);
    if (!isDecision) byId("body").scrollTop = byId("claim").scrollTop = 0;
    await this.reader.show(claim, details, this.overview.documents, this.claims);
    this.root.dataset.current = id;
    this.tellRest();
    this.painted(time);
    this.suggest(id);
  }

  // Milliseconds from the key to the frame that shows its effect.
  /** @param {number} [time] */
  painted(time) {
    if (time === undefined) return;
    whenPainted(() => { this.root.dataset.ms = (performance.now() - time).toFixed(1); });
  }

  /** @param {number} step @param {number} [time] */
  move(step, time) {
    const place = this.queue.place.get(this.current ?? "") ?? -1, next = this.visible[Math.max(0, Math.min(this.visible.length - 1, place + step))];
    if (next !== undefined && next !== this.current) this.choose(next, time);
  }

  // The next claim down the list, from the top again at its end, for which `fits`.
  /** @param {(claim: Summary) => boolean} fits @param {number} [time] */
  seek(fits, time) {
    const place = this.queue.place.get(this.current ?? "") ?? -1, turned = [...this.visible.slice(place + 1), ...this.visible.slice(0, Math.max(place, 0))];
    const next = turned.find((id) => fits(this.claim(id)));
    if (next) this.choose(next, time);
    else this.notices.say(TEXTS.nothing);
  }

  // --- what is decided

  // Decisions are carried out one after the other, in the order of the keys.
  /** @param {string} action @param {number} [time] @param {DecideOptions} [given] */
  decide(action, time, { typed, isThenNext, ...more } = {}) {
    const id = this.current;
    return this.send(async () => {
      await this.loading;
      const body = action === "undo" ? { action } : { action, claim: id, version: this.versions.get(id) ?? 0, why: this.why.value, typed: typed ?? {}, ...more };
      await this.done(await call("decide", body), action, time);
      if (isThenNext) this.move(1, time);
    });
  }

  /** @param {() => Promise<void>} act */
  send(act) {
    this.work = this.work.then(act).catch((error) => this.notices.fail(error));
    return this.work;
  }

  // One decision on several claims, undone as one.
  /** @param {string[]} ids @param {string} action @param {number} [time] @param {Typed} [typed] */
  decideOn(ids, action, time, typed) {
    return this.decide(action, time, { typed, claims: Object.fromEntries(ids.map((id) => [id, this.claim(id).version])) });
  }

  /** @param {string} action @param {number} [time] */
  decideAll(action, time) {
    if (action === "place") return this.openPlace();
    return this.decideOn([...this.chosen.ids], action, time).then(() => this.chosen.clear());
  }

  /** @param {string} action @param {number} [time] @param {DecideOptions} [options] */
  decideHere(action, time, options) {
    return this.chosen.size && action !== "undo" ? this.decideAll(action, time) : this.decide(action, time, options);
  }

  waitingHere() {
    const place = this.claims.get(this.current ?? "")?.document;
    return place === null || place === undefined ? [] : [...this.claims.values()].filter((claim) => claim.document === place && claim.status === "proposed").map((claim) => claim.id);
  }

  /** @param {number} [time] */
  rejectRest(time) {
    const ids = this.waitingHere();
    if (!ids.length) return this.notices.say(TEXTS.noneWaits);
    return this.decideOn(ids, "reject", time).then(() => this.seek((claim) => claim.status === "proposed"));
  }

  tellRest() {
    const count = this.waitingHere().length;
    byId("reject-rest").hidden = !count;
    write(byId("rest-words"), fill(TEXTS.rejectRest, { count: fixedText(count, 0) }));
  }

  // --- where it belongs, and what reading missed

  /** @param {string} id */
  async suggest(id) {
    const claim = this.claims.get(id);
    if (!claim || claim.moves === 0 || claim.status !== "proposed") return;
    const { homes } = await call(withQuery("homes", { id })).catch(() => ({ homes: [] }));
    if (id === this.current && !this.form.isOpen && !this.place.isOpen) byId("homes").replaceChildren(homeButtons(homes, (typed, time) => this.decide("place", time, { typed })));
  }

  openPlace() {
    const id = this.current, count = this.chosen.size;
    return this.send(async () => {
      const found = await call(withQuery("homes", { id: count ? [...this.chosen.ids][0] : id }));
      if (id !== this.current || !this.details) return;
      this.focused = byId("list");
      this.showPane("claim");
      this.place.open(count ? null : this.details.claim, count, found);
    });
  }

  /** @param {Typed} typed @param {number} [time] */
  placeIn(typed, time) {
    const ids = [...this.chosen.ids];
    return ids.length ? this.decideOn(ids, "place", time, typed).then(() => this.chosen.clear()) : this.decide("place", time, { typed });
  }

  tellSelection() {
    byId("take-words").hidden = this.reader.selected() === null;
  }

  // The words that are selected in the document as a claim of their own.
  takeWords() {
    const span = this.reader.selected();
    if (!span) return this.notices.say(TEXTS.selectFirst);
    return this.send(async () => {
      const [sha256, start, end] = span, draft = await call(withQuery("draft", { sha256, start, end }));
      this.focused = byId("list");
      this.showPane("claim");
      write(byId("claim-title"), fill(TEXTS.adding, draft.claim));
      this.form.open({ ...draft, span });
    });
  }

  /** @param {Outcome} found @param {string} action @param {number} [time] */
  async done(found, action, time) {
    const { details } = found, isElsewhere = found.changed.some((claim) => !this.claims.has(claim.id)) || found.gone.length > 0;
    this.last = Math.max(this.last, found.last);
    this.notices.alert("");
    if (action !== "undo") this.why.value = "";
    if (this.form.isOpen || this.place.isOpen) this.closeForm(false);
    this.take(found);
    this.tally();
    if (isElsewhere || action === "add") this.filter();
    if (found.isMany) this.others.loadConflicts();
    this.tell(found, action);
    if (!details) return this.choose(this.visible[0], time);
    if (details.claim.id !== this.current) {
      this.current = details.claim.id;
      this.queue.choose(this.current);
    }
    if (action === "add") this.reader.forget();
    return this.show(details, found.isNew, time);
  }

  /** @param {Outcome} given @param {string} action */
  tell({ details, isNew, undone, count }, action) {
    if (undone) return this.notices.say(count > 1 ? fill(TEXTS.undoneMany, { count: fixedText(count, 0) }) : details ? fill(TEXTS.undone, { id: undone, status: textNamed(TEXTS, details.claim.status) }) : fill(TEXTS.takenOut, { id: undone }));
    if (count > 1) return this.notices.say(fill(TEXTS.didMany, { count: fixedText(count, 0), done: textNamed(TEXTS.doneWords, action) ?? action }));
    if (!details) return;
    const { claim, group } = details, status = textNamed(TEXTS, claim.status), { id } = claim;
    if (action === "add") return this.notices.say(fill(TEXTS.didAdd, { id }));
    if (!isNew) return this.notices.say(["edit", "place"].includes(action) ? TEXTS.unsaved : fill(TEXTS.did, { id, status }));
    if (!group.pool) return this.notices.say(fill(TEXTS.did, { id, status }));
    return this.notices.say(fill(TEXTS.didPool, { id, status, group: group.name, unit: group.pool.unit, low: group.pool.words[0], median: group.pool.words[1], high: group.pool.words[2] }));
  }

  // Claims that look different now: their rows and marks alone.
  /** @param {News} given */
  take({ changed, gone }) {
    for (const claim of changed) {
      this.claims.set(claim.id, claim);
      this.queue.renew(claim.id);
      this.reader.renew(claim.id);
    }
    for (const id of gone) this.claims.delete(id);
  }

  edit() {
    const id = this.current;
    this.loading.then(() => {
      if (id !== this.current || !this.details || this.form.isOpen || this.place.isOpen) return;
      this.focused = document.activeElement === document.body ? byId("list") : /** @type {HTMLElement | null} */ (document.activeElement);
      this.showPane("claim");
      this.form.open(this.details);
    });
  }

  /** @param {Typed} typed @param {number} [time] */
  save(typed, time) {
    const span = this.form.details?.span;
    if (span) return this.decide("add", time, { typed, span });
    if (Object.keys(typed).length) return this.decide("edit", time, { typed });
    this.notices.say(TEXTS.unsaved);
    return this.closeForm();
  }

  closeForm(isRedrawn = true) {
    this.form.close();
    this.place.close();
    if (isRedrawn && this.details) {
      this.card.show(this.details, this.claim(this.details.claim.id));
      this.suggest(this.current ?? "");
    }
    this.focused?.focus();
    this.notices.alert("");
  }

  // --- words

  tally() {
    const decided = [...this.claims.values()].filter((claim) => claim.status !== "proposed").length;
    write(byId("tally"), fill(TEXTS.tally, { decided: fixedText(decided, 0), total: fixedText(this.claims.size, 0), who: this.overview.who }));
  }
}
