// The page: a draft, what is decided about it, and what has to be drawn again.

class App {
  constructor(draft) {
    this.root = document.documentElement;
    const acts = {
      put: (claim, mechanism, slot) => this.decide({ action: "put", claim, mechanism, slot }, (now) => fill(TEXTS.didPut, { id: claim, slot: slotOf(now, [mechanism, slot]).words })),
      takeOut: (claim) => this.decide({ action: "take_out", claim }, () => fill(TEXTS.didTakeOut, { id: claim })),
      add: (one) => this.decide({ action: "add", mechanism: one.mechanism }, () => fill(TEXTS.didAdd, one)),
      leaveOut: (one) => this.decide({ action: "leave_out", mechanism: one.mechanism }, () => fill(TEXTS.didLeaveOut, one)),
      answer: (key, taken, option) => this.decide({ action: "answer", key, taken }, () => fill(TEXTS.didAnswer, { option })),
      choose: (claim) => this.chooser.open(this.draft, claim), mark: (id) => this.parts.mark(id), show: (id) => this.show(id),
    };
    this.claims = new Claims(byId("claim-list"), byId("by-state"), acts);
    this.parts = new Parts(byId("part-list"), acts);
    this.questions = new Questions(byId("question-list"), acts);
    this.chooser = new Chooser(byId("chooser"), acts);
    this.work = Promise.resolve();
    writeFrame();
    byId("theme").addEventListener("click", turnTheme);
    byId("undo").addEventListener("click", () => this.decide({ action: "undo" }, () => TEXTS.didUndo));
    byId("write").addEventListener("click", () => this.write());
    document.querySelectorAll("button[data-pane]").forEach((button) => button.addEventListener("click", () => this.showPane(button.dataset.pane)));
    this.showPane("parts");
    this.draw(draft);
    this.root.dataset.ready = "yes";
  }

  showPane(name) {
    document.querySelector("main").dataset.shown = name;
    document.querySelectorAll("button[data-pane]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.pane === name)));
  }

  // Everything anew; where one looks and what has the focus stay.
  draw(draft) {
    const key = document.activeElement?.dataset?.key, lists = [...document.querySelectorAll(".scroll")], places = lists.map((list) => list.scrollTop);
    this.draft = draft;
    document.title = fill(TEXTS.title, draft);
    write(byId("title"), document.title);
    const count = (state) => draft.claims.filter((claim) => claim.state === state).length;
    write(byId("tally"), fill(TEXTS.tally, { filled: count("slot"), left: count("left"), total: draft.claims.length, day: unbroken(draft.as_of) }));
    write(byId("write"), fill(TEXTS.write, draft));
    write(byId("write-note"), TEXTS.writeNote);
    byId("undo").disabled = !draft.can_undo;
    for (const part of [this.claims, this.parts, this.questions]) part.draw(draft);
    lists.forEach((list, place) => { list.scrollTop = places[place]; });
    if (key && document.activeElement?.dataset?.key !== key) this.focus(key);
    if (draft.made) this.tellMade(draft.made);
  }

  // What had the focus may be gone: a claim that was taken out has no cross, but it still has its row.
  focus(key) {
    const [, id] = key.split(" "), found = [key, `put ${id}`, `leave ${id}`, `add ${id}`].map((one) => document.querySelector(`[data-key="${CSS.escape(one)}"]`)).find((one) => one?.checkVisibility());
    (found ?? byId("parts")).focus({ preventScroll: true });
  }

  // Decisions are carried out one after the other; a refusal changes nothing, and what the page shows is drawn as it was.
  decide(order, words) {
    this.work = this.work.then(async () => {
      try {
        const draft = await call("decide", order);
        this.alert("");
        this.draw(draft);
        this.say(words(draft));
        this.root.dataset.done = String(+(this.root.dataset.done ?? 0) + 1);
      } catch (error) {
        this.fail(error);
        this.draw(this.draft);
      }
    });
    return this.work;
  }

  write() {
    byId("write").disabled = true;
    write(byId("write"), TEXTS.writing);
    this.work = this.work.then(async () => {
      try {
        this.draw(await call("write", {}));
      } catch (error) {
        byId("write").disabled = false;
        this.fail(error);
        this.draw(this.draft);
      }
    });
  }

  tellMade({ folder, rests_on: rests }) {
    this.alert("");
    this.say("");
    for (const part of document.querySelectorAll("main, .panes, #undo, #tally")) part.hidden = true;
    const lines = ["run", "review"].map((name) => element("li", {}, element("code", {}, `foedus ${name} ${folder}`)));
    byId("made").replaceChildren(element("h2", { id: "made-title" }, fill(TEXTS.made, { folder })), ...(rests ? [element("p", {}, rests)] : []), element("p", {}, TEXTS.madeNext), element("ul", {}, ...lines), element("p", { class: "soft" }, TEXTS.madeClose));
    byId("made").hidden = false;
    byId("made").focus();
  }

  // A claim in the list, wherever it was spoken of.
  show(id) {
    this.showPane("claims");
    if (!document.querySelector(`.claim[data-id="${CSS.escape(id)}"]`)) {
      this.claims.state = "all";
      this.claims.draw(this.draft);
    }
    const row = document.querySelector(`.claim[data-id="${CSS.escape(id)}"]`);
    document.querySelectorAll(".claim.here").forEach((one) => one.classList.remove("here"));
    row.classList.add("here");
    row.scrollIntoView({ block: "nearest" });
    row.querySelector("button").focus({ preventScroll: true });
  }

  say(text) {
    byId("said").textContent = text;
    clearTimeout(this.silence);
    this.silence = setTimeout(() => { byId("said").textContent = ""; }, 6000);
  }

  alert(text) {
    write(byId("alert"), text);
  }

  fail(error) {
    if (!(error instanceof ServerError)) throw error;
    this.say("");
    this.alert(error.message);
  }
}

wearTheme();
call("overview").then((draft) => new App(draft), (error) => { byId("alert").textContent = error.message; });
