// The page: what the reader chooses is run, found and shown. A lever that moves goes this way, and each step owns its rule:
// Levers (where it is dragged to) → Settings (what stands then, and what the engine is told) → Schedule (which futures run when)
// → Findings (what they say) → View (what of it is drawn when).

import { whenPainted } from "../kit/clock.js";
import { byId } from "../kit/element.js";
import { Messages } from "../kit/messages.js";
import { turnTheme } from "../kit/theme.js";
import { fill } from "../kit/words.js";
import { Address } from "./address.js";
import { Embedding } from "./embed.js";
import { save } from "./export.js";
import { failureWords } from "./failures.js";
import { Findings } from "./findings.js";
import { Schedule } from "./schedule.js";
import { copyChoice, emptyChoice, isUntouched, Settings } from "./settings.js";
import { MOST_PINS, readQuery } from "./state.js";
import { TEXTS } from "./texts.js";
import { View } from "./view.js";
/** @import { Plan } from "../engine/types.d.ts" */
/** @import { FutureRun } from "./future_run.js" */
/** @import { Choice, Content, Moment, Pin } from "./types.d.ts" */

const FUTURES = 10000;
const MOST_WORKERS = 8;

export class App {
  /** @param {Plan} plan @param {Content} content @param {string} code */
  constructor(plan, content, code) {
    this.plan = plan;
    this.content = content;
    this.root = document.documentElement;
    this.messages = new Messages(byId("messages"), TEXTS.dismiss);
    this.settings = new Settings(plan, content);
    this.address = new Address(this.settings, (problem) => this.messages.say(problem));
    const problems = /** @type {string[]} */ ([]), query = readQuery(location.search, problems), { choice, pins } = this.address.read(problems);
    this.seed = query.seed;
    this.target = query.futures ?? FUTURES;
    /** @type {Choice} */
    this.choice = choice;
    /** @type {Pin[]} */
    this.pins = pins;
    /** @type {Moment} */
    this.moved = null;
    /** @type {Moment} */
    this.waiting = null;
    this.root.dataset.seed = this.seed;
    this.view = this.build();
    this.schedule = this.startWork(code);
    this.baseline = this.runOf(emptyChoice(this.settings.baseline));
    this.findings = new Findings(plan, content, this.settings, this.baseline);
    this.view.stand(this.choice);
    /** @type {FutureRun} */
    this.run = this.apply(null);
    addEventListener("hashchange", () => this.readAddress());
    this.embedding = new Embedding(this.settings, (chosen) => this.choose(chosen, null));
  }

  build() {
    const { settings } = this;
    byId("reset").addEventListener("click", (event) => this.choose(emptyChoice(settings.baseline), event.timeStamp));
    byId("pin").addEventListener("click", () => this.pin());
    byId("share").addEventListener("click", () => this.share());
    byId("print").addEventListener("click", () => print());
    byId("theme").addEventListener("click", () => turnTheme());
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-export]"))) {
      button.addEventListener("click", () => this.save(button.dataset.export ?? ""));
    }
    return new View(this.plan, this.content, settings, {
      seed: this.seed,
      target: this.target,
      choose: (choice, time) => this.choose(choice, time),
      move: (name, value, time) => this.choose(settings.moved(this.choice, name, value), time),
      fix: (name, value, time) => this.choose(settings.fixed(this.choice, name, value), time),
      rename: (place, name) => this.rename(place, name),
      unpin: (place) => this.unpin(place),
      openPin: (place, time) => this.choose(copyChoice(this.pins[place].choice), time),
      findings: () => this.findings,
      drawn: (onFound) => this.schedule.parameters(onFound),
      isFixed: (name) => settings.isFixed(this.choice, name),
      isQuiet: () => this.schedule.isQuiet,
      isLatest: (run) => run === this.run && this.waiting === null,
      command: () => settings.command(this.choice, this.target, this.seed),
      save: (what, name) => this.save(what, name),
    });
  }

  // A file of everything that is shown, or of one chart or question.
  /** @param {string} what @param {string} [name] */
  save(what, name) {
    const { view, choice, settings, target, seed } = this;
    const stands = { scenario: settings.told(choice), count: view.finding?.count ?? 0, seed, command: settings.command(choice, target, seed) };
    save(what, this.content, { charts: view.charts.filter((one) => !name || one.chart.name === name), questions: this.content.questions.filter((one) => !name || one.name === name), columns: view.columns }, stands, name);
  }

  /** @param {string} code */
  startWork(code) {
    const { plan, content, seed, target } = this, size = Math.max(1, Math.min(MOST_WORKERS, navigator.hardwareConcurrency || 2));
    return new Schedule({
      plan, code, seed, target, size, firsts: content.happenings.map((one) => one.slot), worlds: content.worlds, keeps: content.parting.futures,
      onStage: (run) => this.reached(run), onDigest: (hex) => this.digested(hex), onFailure: (message) => this.messages.say(fill(TEXTS.workerFailed, { message })),
    });
  }

  // --- from a choice to its run

  // The newest choice waits while the first band of the one before is under way, so that none is left without an answer.
  /** @param {Choice} choice @param {Moment} time */
  choose(choice, time) {
    this.choice = choice;
    this.root.dataset.digest = this.root.dataset.told = "";
    this.schedule.touch();
    if (this.run.stage < 0) this.waiting = time;
    else this.apply(time);
    this.view.stand(choice);
  }

  /** @param {Moment} time @returns {FutureRun} */
  apply(time) {
    this.moved = time;
    this.waiting = null;
    const run = this.run = this.runOf(this.choice), bare = this.bareRuns();
    this.schedule.wantDigest(null);
    this.schedule.show(run, [this.baseline, ...this.pins.map((pin) => this.runOf(pin.choice)), ...bare.map((one) => one.run)]);
    if (run.stage >= 0) this.reached(run);
    this.schedule.wantDigest([{ name: this.settings.baseline, run: this.baseline }, ...bare, ...(isUntouched(this.choice) ? [] : [{ name: "own", run }])]);
    this.address.write(this.choice, this.pins);
    return run;
  }

  /** @param {Choice} choice */
  runOf(choice) {
    return this.schedule.run(this.settings.key(choice), this.settings.of(choice), choice);
  }

  // The scenarios of the case themselves, for the digest only.
  bareRuns() {
    return this.plan.scenarios.slice(1).map(({ name, settings }) => ({ name, run: this.schedule.run(name, settings) }));
  }

  // --- from a run to what is shown of it

  /** @param {FutureRun} run */
  reached(run) {
    if (run !== this.run) {
      const isBeside = run === this.baseline || this.pins.some((pin) => this.runOf(pin.choice) === run);
      if (isBeside && this.run.stage >= 0) this.show(this.run);
      return;
    }
    const { moved, waiting } = this;
    this.moved = null;
    // The workers go on with what the reader has chosen meanwhile; what they have just done is drawn while they do.
    if (waiting !== null) {
      this.apply(waiting);
      if (this.run.stage >= 0) return;
    }
    this.show(run);
    if (run.stage > 0) this.view.trace.renew();
    whenPainted(() => {
      if (moved !== null) this.root.dataset.ms = (performance.now() - moved).toFixed(1);
    });
    if (run === this.run) queueMicrotask(() => this.tellAround());
  }

  /** @param {FutureRun} run */
  show(run) {
    const pins = this.pins.map((pin, place) => ({ ...pin, place, colour: `s${place + 1}`, run: this.runOf(pin.choice) }));
    this.view.show(this.findings.of(run), pins);
  }

  /** @param {string} hex */
  digested(hex) {
    this.root.dataset.digest = hex;
    this.tellAround();
    this.view.status();
  }

  // A page or notebook around this one.
  tellAround() {
    const { finding } = this.view;
    if (finding && this.embedding) this.embedding.say(this.choice, finding.answers, this.run, this.root.dataset.digest ?? "", finding.failures.rows.map(failureWords));
  }

  // What the page says at this moment, for whoever looks at it from outside.
  get answers() {
    return this.view.finding?.answers;
  }

  // --- pins and the address

  pin() {
    if (this.pins.length >= MOST_PINS) return this.messages.say(TEXTS.pinFull, true);
    this.pins.push({ name: this.settings.nameOf(this.choice), choice: copyChoice(this.choice) });
    this.apply(null);
  }

  /** @param {number} place */
  unpin(place) {
    this.pins.splice(place, 1);
    this.apply(null);
  }

  /** @param {number} place @param {string} name */
  rename(place, name) {
    this.pins[place].name = name.slice(0, 60) || TEXTS.unnamed;
    this.apply(null);
  }

  readAddress() {
    if (this.address.isOwn()) return;
    const { choice, pins } = this.address.read([]);
    this.pins = pins;
    this.choose(choice, null);
  }

  // At once: before a server that has the page anew loads it again, and before its link is copied.
  writeAddress() {
    this.address.writeNow(this.choice, this.pins);
  }

  async share() {
    this.writeAddress();
    try {
      await navigator.clipboard.writeText(location.href);
      this.messages.say(TEXTS.copied, true);
    } catch {
      this.messages.say(TEXTS.copyFailed, true);
    }
  }
}
