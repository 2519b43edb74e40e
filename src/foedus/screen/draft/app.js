// The page: a draft, what is decided about it, and what has to be drawn again.

import { element, byId, write } from "../kit/element.js";
import { writeFrame, showPane, onPane } from "../kit/frame.js";
import { Notices } from "../kit/messages.js";
import { turnTheme } from "../kit/theme.js";
import { unbroken, fill } from "../kit/words.js";
import { Chooser } from "./chooser.js";
import { Claims } from "./claims.js";
import { kept } from "./kept.js";
import { Parts } from "./parts.js";
import { Questions } from "./questions.js";
import { call } from "./server.js";
import { TEXTS } from "./texts.js";
import { slotOf } from "./words.js";
/** @import { Acts, Draft, Made } from "./types.d.ts" */

/** @type {(part: Element | null) => string | undefined} */
const keyOf = (part) => part?.getAttribute("data-key") ?? undefined;
/** @type {(id: string) => HTMLButtonElement} */
const button = (id) => byId(id);

export class App {
  /** @param {Draft} draft */
  constructor(draft) {
    this.root = document.documentElement;
    this.notices = new Notices(byId("said"), byId("alert"), 6000);
    /** @type {Draft} */
    this.shown = draft;
    /** @type {Acts} */
    const acts = {
      put: (claim, mechanism, slot) => this.decide({ action: "put", claim, mechanism, slot }, (now) => fill(TEXTS.didPut, { id: claim, slot: slotOf(now, [mechanism, slot]).words })),
      takeOut: (claim) => this.decide({ action: "take_out", claim }, () => fill(TEXTS.didTakeOut, { id: claim })),
      add: (one) => this.decide({ action: "add", mechanism: one.mechanism }, () => fill(TEXTS.didAdd, one)),
      leaveOut: (one) => this.decide({ action: "leave_out", mechanism: one.mechanism }, () => fill(TEXTS.didLeaveOut, one)),
      answer: (key, taken, option) => this.decide({ action: "answer", key, taken }, () => fill(TEXTS.didAnswer, { option })),
      choose: (claim) => this.chooser.open(this.shown, claim), mark: (id) => this.parts.mark(id), show: (id) => this.show(id),
    };
    this.claims = new Claims(byId("claim-list"), byId("by-state"), acts);
    this.parts = new Parts(byId("part-list"), acts);
    this.questions = new Questions(byId("question-list"), acts);
    this.chooser = new Chooser(byId("chooser"), acts);
    this.work = Promise.resolve();
    writeFrame(TEXTS);
    byId("theme").addEventListener("click", () => kept.set("theme", turnTheme()));
    byId("undo").addEventListener("click", () => this.decide({ action: "undo" }, () => TEXTS.didUndo));
    byId("write").addEventListener("click", () => this.write());
    onPane(showPane);
    showPane("parts");
    this.draw(draft);
    this.root.dataset.ready = "yes";
  }

  // Everything anew; where one looks and what has the focus stay.
  /** @param {Draft} draft */
  draw(draft) {
    const key = keyOf(document.activeElement), lists = [...document.querySelectorAll(".scroll")], places = lists.map((list) => list.scrollTop);
    this.shown = draft;
    document.title = fill(TEXTS.title, draft);
    write(byId("title"), document.title);
    /** @param {string} state */
    const count = (state) => draft.claims.filter((claim) => claim.state === state).length;
    write(byId("tally"), fill(TEXTS.tally, { filled: count("slot"), left: count("left"), total: draft.claims.length, day: unbroken(draft.as_of) }));
    write(byId("write"), fill(TEXTS.write, draft));
    write(byId("write-note"), TEXTS.writeNote);
    button("undo").disabled = !draft.can_undo;
    for (const part of [this.claims, this.parts, this.questions]) part.draw(draft);
    lists.forEach((list, place) => { list.scrollTop = places[place]; });
    if (key && keyOf(document.activeElement) !== key) this.focus(key);
    if (draft.made) this.tellMade(draft.made);
  }

  // What had the focus may be gone: a claim that was taken out has no cross, but it still has its row.
  /** @param {string} key */
  focus(key) {
    const [, id] = key.split(" "), found = [key, `put ${id}`, `leave ${id}`, `add ${id}`].map((one) => document.querySelector(`[data-key="${CSS.escape(one)}"]`)).find((one) => one?.checkVisibility());
    /** @type {HTMLElement} */ (found ?? byId("parts")).focus({ preventScroll: true });
  }

  // Decisions are carried out one after the other; a refusal changes nothing, and what the page shows is drawn as it was.
  /** @param {object} order @param {(draft: Draft) => string} words */
  decide(order, words) {
    this.work = this.work.then(async () => {
      try {
        const draft = await call("decide", order);
        this.notices.alert("");
        this.draw(draft);
        this.notices.say(words(draft));
        this.root.dataset.done = String(+(this.root.dataset.done ?? 0) + 1);
      } catch (error) {
        this.fail(error);
        this.draw(this.shown);
      }
    });
    return this.work;
  }

  write() {
    button("write").disabled = true;
    write(byId("write"), TEXTS.writing);
    this.work = this.work.then(async () => {
      try {
        this.draw(await call("write", {}));
      } catch (error) {
        button("write").disabled = false;
        this.fail(error);
        this.draw(this.shown);
      }
    });
  }

  /** @param {Made} given */
  tellMade({ folder, rests_on: rests }) {
    this.notices.alert("");
    this.notices.say("");
    for (const part of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("main, .panes, #undo, #tally"))) part.hidden = true;
    const lines = ["run", "review"].map((name) => element("li", {}, element("code", {}, `foedus ${name} ${folder}`)));
    byId("made").replaceChildren(element("h2", { id: "made-title" }, fill(TEXTS.made, { folder })), ...(rests ? [element("p", {}, rests)] : []), element("p", {}, TEXTS.madeNext), element("ul", {}, ...lines), element("p", { class: "soft" }, TEXTS.madeClose));
    byId("made").hidden = false;
    byId("made").focus();
  }

  // A claim in the list, wherever it was spoken of.
  /** @param {string} id */
  show(id) {
    showPane("claims");
    if (!document.querySelector(`.claim[data-id="${CSS.escape(id)}"]`)) {
      this.claims.state = "all";
      this.claims.draw(this.shown);
    }
    const row = document.querySelector(`.claim[data-id="${CSS.escape(id)}"]`);
    document.querySelectorAll(".claim.here").forEach((one) => one.classList.remove("here"));
    row?.classList.add("here");
    row?.scrollIntoView({ block: "nearest" });
    row?.querySelector("button")?.focus({ preventScroll: true });
  }

  /** @param {unknown} error */
  fail(error) {
    this.notices.fail(error);
    this.notices.say("");
  }
}
