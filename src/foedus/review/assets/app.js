// The screen: which claim is looked at, what is decided, and what has to be drawn again.

const byId = (id) => document.getElementById(id);
const STATUSES = ["all", "proposed", "accepted", "edited", "rejected", "conflicted"];
const NEWS_EVERY = 4000;

class App {
  constructor(overview) {
    Object.assign(this, { overview, last: overview.last, current: null, details: null, versions: new Map(), asked: 0, work: Promise.resolve(), loading: Promise.resolve(), visible: [] });
    this.root = document.documentElement;
    this.claims = new Map(overview.claims.map((claim) => [claim.id, claim]));
    overview.documents.forEach((one, place) => { one.place = place; });
    const choose = (id) => this.choose(id);
    this.queue = new Queue(byId("list"), (id) => this.choose(id, undefined, true));
    this.reader = new Reader({ text: byId("text"), title: byId("reader-title"), onChoose: (id) => this.choose(id, undefined, true) });
    this.prior = new Prior(byId("prior"), byId("rest"), choose);
    this.conflicts = new Conflicts(byId("conflicts"), choose);
    this.card = new Card({ title: byId("claim-title"), card: byId("card"), history: byId("history") });
    this.form = new EditForm(byId("card"), { ...overview, onSave: (typed, time) => this.save(typed, time), onCancel: () => this.closeForm() });
    this.keysOn = stored("keys") !== "off";
    this.help = new Help(byId("help"), this.keysOn, (isOn) => { this.keysOn = isOn; store("keys", isOn ? "on" : "off"); });
    this.buildActions();
    this.buildFilters();
    this.buildFrame();
    this.filter();
    const asked = decodeURIComponent(location.hash.slice(1)), first = this.visible.find((id) => this.claims.get(id).status === "proposed") ?? this.visible[0];
    this.choose(this.claims.has(asked) ? asked : first).then(() => { this.root.dataset.ready = "yes"; });
    this.loadConflicts();
    setInterval(() => this.news(), NEWS_EVERY);
  }

  // --- putting it together

  buildActions() {
    const button = (words, key, act, kind) => element("button", { type: "button", id: `do-${words}`, class: kind, "aria-keyshortcuts": key, onclick: (event) => act(event.timeStamp) }, TEXTS[words], " ", element("kbd", {}, key));
    this.why = element("input", { type: "text", id: "why", autocomplete: "off", maxlength: 2000, "aria-label": TEXTS.why, placeholder: TEXTS.why, "aria-keyshortcuts": "w" });
    byId("actions").append(
      button("accept", "a", (time) => this.decide("accept", time), "good"), button("reject", "r", (time) => this.decide("reject", time), "bad"), button("edit", "e", () => this.edit()), button("undo", "u", (time) => this.decide("undo", time)),
      button("previous", "k", (time) => this.move(-1, time)), button("next", "j", (time) => this.move(1, time)));
    byId("why-box").append(this.why);
  }

  buildFilters() {
    this.find = byId("find");
    [this.byStatus, this.byGroup, this.byDocument] = ["by-status", "by-group", "by-document"].map(byId);
    this.byStatus.append(...STATUSES.map((status) => element("option", { value: status }, TEXTS[status])));
    this.byGroup.append(element("option", { value: "" }, TEXTS.all), ...this.overview.groups.map((group) => element("option", { value: group }, group)));
    this.byDocument.append(element("option", { value: "" }, TEXTS.all), ...this.overview.documents.map((one) => element("option", { value: one.place }, one.title)));
    for (const field of [this.find, this.byStatus, this.byGroup, this.byDocument]) field.addEventListener("input", () => this.filter());
    byId("filters").addEventListener("submit", (event) => event.preventDefault());
    byId("clear").addEventListener("click", () => this.clear());
  }

  buildFrame() {
    for (const part of document.querySelectorAll("[data-text]")) part.textContent = TEXTS[part.dataset.text];
    for (const part of document.querySelectorAll("[data-label]")) part.setAttribute("aria-label", TEXTS[part.dataset.label]);
    document.title = fill(TEXTS.title, this.overview);
    write(byId("title"), document.title);
    byId("open-help").addEventListener("click", () => this.help.turn());
    byId("theme").addEventListener("click", () => this.turnTheme());
    document.querySelectorAll("button[data-pane]").forEach((button) => button.addEventListener("click", () => this.showPane(button.dataset.pane)));
    this.showPane("claim");
    document.addEventListener("keydown", (event) => this.key(event));
    addEventListener("hashchange", () => {
      const asked = decodeURIComponent(location.hash.slice(1));
      if (this.claims.has(asked) && asked !== this.current) this.choose(asked);
    });
    this.tally();
  }

  showPane(name) {
    document.querySelector("main").dataset.shown = name;
    document.querySelectorAll("button[data-pane]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.pane === name)));
    this.queue.draw();
    this.reader.reveal();
  }

  turnTheme() {
    const isDark = this.root.classList.contains("dark") || (!this.root.classList.contains("light") && matchMedia("(prefers-color-scheme:dark)").matches);
    this.root.classList.toggle("dark", !isDark);
    this.root.classList.toggle("light", isDark);
    store("theme", isDark ? "light" : "dark");
  }

  // --- which claims are in the list, which one is looked at

  filter() {
    const words = this.find.value.trim().toLowerCase().split(/\s+/).filter(Boolean), status = this.byStatus.value, group = this.byGroup.value, place = this.byDocument.value;
    const fits = (claim) => (status === "all" || (status === "conflicted" ? claim.conflict : claim.status === status)) && (!group || claim.group === group) && (place === "" || claim.document === +place) && words.every((word) => hay(claim).includes(word));
    this.visible = [...this.claims.values()].filter(fits).map((claim) => claim.id);
    this.queue.show(this.visible, this.claims);
    const counts = { shown: fixedText(this.visible.length, 0), total: fixedText(this.claims.size, 0) };
    write(byId("found"), fill(TEXTS.ofAll, counts));
    if (!this.visible.length) this.say(TEXTS.nothing);
    if (this.current) this.queue.choose(this.current);
    if (this.visible.length && !this.queue.place.has(this.current)) this.choose(this.visible[0]);
  }

  clear() {
    Object.assign(this.find, { value: "" });
    [this.byStatus.value, this.byGroup.value, this.byDocument.value] = ["all", "", ""];
    this.filter();
  }

  turnFilter(select, value) {
    select.value = select.value === String(value) ? "" : String(value);
    this.filter();
  }

  choose(id, time, isFromElsewhere = false) {
    if (!id) return Promise.resolve(write(byId("claim-title"), TEXTS.noClaim));
    if (this.form.isOpen) this.form.close();
    this.current = id;
    this.queue.choose(id);
    if (isFromElsewhere) this.showPane("claim");
    this.loading = this.load(id, time);
    return this.loading;
  }

  async load(id, time) {
    const wanted = ++this.asked;
    try {
      const details = await call(withQuery("claim", { id }));
      if (wanted !== this.asked) return;
      this.alert("");
      await this.show(details, false, time);
      history.replaceState(null, "", `#${encodeURIComponent(id)}`);
    } catch (error) {
      this.fail(error);
    }
  }

  // Draw the claim; nothing else of the page is touched.
  async show(details, isDecision, time) {
    const id = details.claim.id, claim = this.claims.get(id);
    this.details = details;
    this.versions.set(id, details.version);
    this.card.show(details, claim);
    this.prior.show(details.group, id, isDecision);
    this.conflicts.show(details.group, id, this.claims);
    if (!isDecision) byId("body").scrollTop = byId("claim").scrollTop = 0;
    await this.reader.show(claim, details, this.overview.documents, this.claims);
    this.root.dataset.current = id;
    this.painted(time);
  }

  // Milliseconds from the key to the frame that shows its effect.
  painted(time) {
    if (time === undefined) return;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => { this.root.dataset.ms = (performance.now() - time).toFixed(1); };
      channel.port2.postMessage(null);
    });
  }

  move(step, time) {
    const place = this.queue.place.get(this.current) ?? -1, next = this.visible[Math.max(0, Math.min(this.visible.length - 1, place + step))];
    if (next !== undefined && next !== this.current) this.choose(next, time);
  }

  // The next claim down the list, from the top again at its end, for which `fits`.
  seek(fits, time) {
    const place = this.queue.place.get(this.current) ?? -1, turned = [...this.visible.slice(place + 1), ...this.visible.slice(0, Math.max(place, 0))];
    const next = turned.find((id) => fits(this.claims.get(id)));
    if (next) this.choose(next, time);
    else this.say(TEXTS.nothing);
  }

  // --- what is decided

  // Decisions are carried out one after the other, in the order of the keys.
  decide(action, time, { typed, isThenNext } = {}) {
    const id = this.current;
    this.work = this.work.then(async () => {
      await this.loading;
      const body = action === "undo" ? { action } : { action, claim: id, version: this.versions.get(id) ?? 0, why: this.why.value, typed: typed ?? {} };
      try {
        await this.done(await call("decide", body), action, time);
        if (isThenNext) this.move(1, time);
      } catch (error) {
        this.fail(error);
      }
    });
    return this.work;
  }

  async done(found, action, time) {
    const { details } = found, id = details.claim.id;
    this.last = Math.max(this.last, found.last);
    this.alert("");
    if (action !== "undo") this.why.value = "";
    if (this.form.isOpen) this.closeForm(false);
    this.take(found);
    this.tally();
    if (id !== this.current) {
      this.current = id;
      this.queue.choose(id);
    }
    await this.show(details, found.isNew, time);
    this.tell(found, action);
  }

  tell({ details, isNew, undone }, action) {
    const { claim, group } = details, status = TEXTS[claim.status], { id } = claim;
    if (undone) this.say(fill(TEXTS.undone, { id, status }));
    else if (!isNew) this.say(action === "edit" ? TEXTS.unsaved : fill(TEXTS.did, { id, status }));
    else if (!group.pool) this.say(fill(TEXTS.did, { id, status }));
    else this.say(fill(TEXTS.didPool, { id, status, group: group.name, unit: group.pool.unit, low: group.pool.words[0], median: group.pool.words[1], high: group.pool.words[2] }));
  }

  // Claims that look different now: their rows and marks alone.
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
      if (id !== this.current || !this.details || this.form.isOpen) return;
      this.focused = document.activeElement === document.body ? byId("list") : document.activeElement;
      this.showPane("claim");
      this.form.open(this.details);
    });
  }

  save(typed, time) {
    if (Object.keys(typed).length) return this.decide("edit", time, { typed });
    this.say(TEXTS.unsaved);
    return this.closeForm();
  }

  closeForm(isRedrawn = true) {
    this.form.close();
    if (isRedrawn) this.card.show(this.details, this.claims.get(this.details.claim.id));
    this.focused?.focus();
    this.alert("");
  }

  // --- what others do meanwhile

  async loadConflicts() {
    try {
      const ids = new Set((await call("conflicts")).conflicts);
      for (const claim of this.claims.values()) {
        if (claim.conflict === ids.has(claim.id)) continue;
        claim.conflict = ids.has(claim.id);
        this.queue.renew(claim.id);
      }
    } catch (error) {
      this.fail(error);
    }
  }

  async news() {
    if (document.hidden || this.isAsking) return;
    this.isAsking = true;
    try {
      const found = await call(withQuery("news", { since: this.last })), isNews = found.last > this.last;
      this.last = Math.max(this.last, found.last);
      if (isNews) this.heard(found);
    } catch (error) {
      this.fail(error);
    } finally {
      this.isAsking = false;
    }
  }

  heard(found) {
    const isOther = found.gone.length || found.changed.some((claim) => !this.claims.has(claim.id));
    this.take(found);
    if (isOther) this.filter();
    this.loadConflicts();
    this.tally();
    const count = found.changed.length + found.gone.length;
    this.say(count === 1 ? TEXTS.othersOne : fill(TEXTS.others, { count }));
    if (!this.form.isOpen && this.claims.has(this.current)) this.choose(this.current);
  }

  // --- words

  tally() {
    const decided = [...this.claims.values()].filter((claim) => claim.status !== "proposed").length;
    write(byId("tally"), fill(TEXTS.tally, { decided: fixedText(decided, 0), total: fixedText(this.claims.size, 0), who: this.overview.who }));
  }

  say(text) {
    byId("said").textContent = text;
    clearTimeout(this.silence);
    this.silence = setTimeout(() => { byId("said").textContent = ""; }, 8000);
  }

  alert(text) {
    if (byId("alert").textContent !== text) byId("alert").textContent = text;
  }

  fail(error) {
    if (!(error instanceof ServerError)) throw error;
    this.alert(error.message);
  }

  // --- keys

  key(event) {
    const { target, key } = event, isField = target.matches?.("input:not([type=checkbox]), textarea, select");
    if (event.defaultPrevented || event.isComposing) return;
    if (key === "Escape") {
      this.escape(event, isField);
      return;
    }
    if (isField || event.ctrlKey || event.metaKey || event.altKey || (byId("help").open && key !== "?")) return;
    const act = this.keysOn || key.length > 1 || target === byId("list") ? this.act(key, event) : null;
    if (!act) return;
    event.preventDefault();
    act();
  }

  act(key, { timeStamp: time, target, repeat }) {
    const isListed = target === byId("list") || target === document.body, { details } = this;
    if (isListed && key === "ArrowDown") return () => this.move(1, time);
    if (isListed && key === "ArrowUp") return () => this.move(-1, time);
    if (target === byId("list") && key === "Home") return () => this.choose(this.visible[0], time);
    if (target === byId("list") && key === "End") return () => this.choose(this.visible[this.visible.length - 1], time);
    if (target === byId("list") && (key === "PageDown" || key === "PageUp")) return () => this.move(key === "PageDown" ? 10 : -10, time);
    if (/^[0-5]$/.test(key)) return () => { this.byStatus.value = STATUSES[+key]; this.filter(); };
    const acts = {
      j: () => this.move(1, time), k: () => this.move(-1, time), n: () => this.seek((claim) => claim.status === "proposed", time), c: () => this.seek((claim) => claim.conflict, time),
      "/": () => this.find.focus(), "?": () => this.help.turn(), w: () => { this.showPane("claim"); this.why.focus(); },
      g: () => details && this.turnFilter(this.byGroup, details.claim.group), d: () => this.turnFilter(this.byDocument, this.claims.get(this.current)?.document ?? ""),
    };
    const decisions = {
      a: () => this.decide("accept", time), A: () => this.decide("accept", time, { isThenNext: true }), r: () => this.decide("reject", time), R: () => this.decide("reject", time, { isThenNext: true }),
      e: () => this.edit(), u: () => this.decide("undo", time),
    };
    if (this.form.isOpen && key !== "?") return null;
    return acts[key] ?? (repeat ? null : decisions[key]) ?? null;
  }

  escape(event, isField) {
    if (byId("help").open) return;
    if (this.form.isOpen) this.closeForm();
    else if (isField) byId("list").focus();
    else this.clear();
    event.preventDefault();
  }
}

const hay = (claim) => (claim.hay ??= `${claim.id} ${claim.text} ${claim.source} ${claim.origin} ${claim.group} ${claim.figure} ${claim.grade}`.toLowerCase());

function stored(name) {
  try {
    return localStorage.getItem(`foedus-review-${name}`);
  } catch {
    return null;
  }
}

function store(name, value) {
  try {
    localStorage.setItem(`foedus-review-${name}`, value);
  } catch {
    return;
  }
}

const theme = stored("theme");
if (theme === "dark" || theme === "light") document.documentElement.classList.add(theme);
call("overview").then((overview) => new App(overview), (error) => { byId("alert").textContent = error.message; });
