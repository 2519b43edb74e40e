// The page: puts the parts together, keeps the reader's choice, and shows what the futures say.

import { afterPaint, whenPainted } from "../kit/clock.js";
import { byId, write } from "../kit/element.js";
import { Messages } from "../kit/messages.js";
import { turnTheme } from "../kit/theme.js";
import { real, fixedText, numberText, fill } from "../kit/words.js";
import { Answers } from "./answers.js";
import { FanChart } from "./chart.js";
import { Compare } from "./compare.js";
import { Diagram } from "./diagram.js";
import { Drawer } from "./drawer.js";
import { Embedding } from "./embed.js";
import { saveAs, answersCsv, chartsCsv, sheetSvg, savePng } from "./export.js";
import { FailureNotice } from "./failure_notice.js";
import { failureWords, failuresOf } from "./failures.js";
import { Levers } from "./levers.js";
import { Panel } from "./panel.js";
import { Schedule } from "./schedule.js";
import { emptyChoice, copyChoice, isUntouched, Settings } from "./settings.js";
import { MOST_PINS, readQuery, writeState, readState } from "./state.js";
import { TEXTS } from "./texts.js";
import { Timeline } from "./timeline.js";
import { Trace } from "./trace.js";
import { commonStatuses, answerOf } from "../statistics/answers.js";
import { isSetBy } from "../statistics/settled.js";
import { statesOf } from "../statistics/states.js";

export class App {
  constructor(plan, content, code) {
    Object.assign(this, { plan, content });
    this.root = document.documentElement;
    this.messages = new Messages(byId("messages"), TEXTS.dismiss);
    this.settings = new Settings(plan, content);
    const problems = [], query = readQuery(location.search, problems), state = readState(location.hash, this.settings, problems);
    problems.slice(0, 5).forEach((problem) => this.messages.say(problem));
    Object.assign(this, { seed: query.seed, target: query.futures ?? 10000, choice: state.choice, pins: state.pins, moved: null, waiting: null });
    this.root.dataset.seed = this.seed;
    this.build();
    const size = Math.max(1, Math.min(8, navigator.hardwareConcurrency || 2));
    this.schedule = new Schedule({
      plan, code, seed: this.seed, target: this.target, size, firsts: content.happenings.map((one) => one.slot), worlds: content.worlds, keeps: content.parting.futures,
      onStage: (run) => this.reached(run), onDigest: (hex) => this.digested(hex), onFailure: (message) => this.messages.say(fill(TEXTS.workerFailed, { message })),
    });
    this.baseline = this.runOf(emptyChoice(this.settings.baseline));
    this.levers.show(this.choice);
    this.drawer.show(this.choice);
    this.tellWhatStands();
    this.apply(null);
    addEventListener("hashchange", () => this.readAddress());
    this.embedding = new Embedding(this.settings, (choice) => this.choose(choice, null));
  }

  build() {
    const { content, plan, settings } = this;
    this.panel = new Panel(byId("panel"));
    this.trace = new Trace(this.panel, content, {
      answer: (name) => this.answers?.[name], states: (question) => (this.answers ? this.statesNow(question) : []), rest: (answer) => this.list.rest(answer), values: (name) => this.valuesOf(name), drawn: (onFound) => this.schedule.parameters(onFound),
      isFixed: (name) => settings.isFixed(this.choice, name),
    });
    const openLever = (lever) => this.trace.lever(lever);
    this.levers = new Levers(byId("lever-list"), { content, settings, onOpen: openLever, onMove: (...move) => this.moveLever(...move), onScenario: (name, time) => this.choose(emptyChoice(name), time) });
    this.drawer = new Drawer(byId("drawer"), { content, onFix: (...move) => this.fixParameter(...move), onOpen: (parameter) => this.trace.parameter(parameter) });
    this.list = new Answers(byId("answer-list"), { content, scenarios: plan.scenarios.slice(1), onTry: (name, time) => this.choose(emptyChoice(name), time), onOpen: (question) => this.trace.question(question) });
    this.notice = new FailureNotice(byId("failures"), content.fewFailed);
    this.charts = content.charts.map((chart) => new FanChart(chart, content, plan, (opened) => this.trace.chart(opened)));
    byId("chart-list").append(...this.charts.map((chart) => chart.figure));
    byId("charts").hidden = !this.charts.length;
    const watch = new IntersectionObserver((entries) => entries.forEach((entry) => { this.charts.find((chart) => chart.figure === entry.target).seen = entry.isIntersecting; }), { rootMargin: "80px" });
    this.charts.forEach((chart) => watch.observe(chart.figure));
    const seen = new Set(), below = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) seen[isIntersecting ? "add" : "delete"](target);
      this.isBelowSeen = seen.size > 0;
    });
    for (const id of ["compare-table", "happenings", "diagram"]) below.observe(byId(id));
    this.timeline = new Timeline(byId("happening-list"), { content, plan, onOpen: (name, title) => this.trace.part(name, title) });
    byId("happenings").hidden = !content.happenings.length;
    this.compare = new Compare(byId("compare-table"), { content, onRename: (place, name) => this.rename(place, name), onRemove: (place) => this.unpin(place), onOpen: (place, time) => this.choose(copyChoice(this.pins[place].choice), time) });
    this.buildDiagram();
    byId("reset").addEventListener("click", (event) => this.choose(emptyChoice(settings.baseline), event.timeStamp));
    byId("pin").addEventListener("click", () => this.pin());
    byId("share").addEventListener("click", () => this.share());
    byId("print").addEventListener("click", () => print());
    byId("theme").addEventListener("click", () => turnTheme());
    for (const button of document.querySelectorAll("[data-export]")) button.addEventListener("click", () => this.save(button.dataset.export));
  }

  buildDiagram() {
    byId("diagram").hidden = !this.content.diagram;
    this.diagram = new Diagram(byId("diagram-box"), this.plan, (name) => this.trace.part(name));
  }

  // --- what the reader does

  moveLever(name, value, time) {
    const choice = copyChoice(this.choice), lever = this.settings.levers.get(name);
    delete choice.levers[name];
    if (value !== null && (value !== this.settings.leverValue(choice, lever) || this.settings.laterChange(choice, lever))) choice.levers[name] = value;
    else if (value === null && this.settings.leverValue(choice, lever) !== lever.default) choice.levers[name] = lever.default ?? undefined;
    if (choice.levers[name] === undefined) delete choice.levers[name];
    this.choose(choice, time);
  }

  fixParameter(name, value, time) {
    const choice = copyChoice(this.choice);
    if (value === null) delete choice.parameters[name];
    else choice.parameters[name] = value;
    this.choose(choice, time);
  }

  // The newest choice waits while the first band of the one before is under way, so that none is left without an answer.
  choose(choice, time) {
    this.choice = choice;
    this.root.dataset.digest = this.root.dataset.told = "";
    this.schedule.touch();
    const isBusy = this.run && this.run.stage < 0;
    if (isBusy) this.waiting = time;
    else this.apply(time);
    this.levers.show(choice);
    this.drawer.show(choice);
    this.tellWhatStands();
  }

  apply(time) {
    this.moved = time;
    this.waiting = null;
    this.run = this.runOf(this.choice);
    this.schedule.chain = null;
    const bare = this.bareRuns();
    this.schedule.show(this.run, [this.baseline, ...this.pins.map((pin) => this.runOf(pin.choice)), ...bare.map(({ run }) => run)]);
    if (this.run.stage >= 0) this.reached(this.run);
    this.chain(bare);
    clearTimeout(this.addressTimer);
    this.addressTimer = setTimeout(() => this.writeAddress(), 250);
  }

  // What was written when the page was made is of the case as it stands, and says so once the reader looks at another one.
  tellWhatStands() {
    this.root.classList.toggle("altered", !isUntouched(this.choice) || this.choice.scenario !== this.settings.baseline);
  }

  runOf(choice) {
    const run = this.schedule.run(this.settings.key(choice), this.settings.of(choice));
    run.setBy ??= this.settings.setBy(choice);
    return run;
  }

  bareRuns() {
    return this.plan.scenarios.slice(1).map(({ name, settings }) => ({ name, run: this.schedule.run(name, settings, true) }));
  }

  chain(bare) {
    const own = isUntouched(this.choice) ? [] : [{ name: "own", run: this.run }];
    this.schedule.wantDigest([{ name: this.settings.baseline, run: this.baseline }, ...bare, ...own]);
  }

  // --- what the futures say

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
    if (run.stage > 0) this.trace.renew();
    whenPainted(() => {
      if (moved !== null) this.root.dataset.ms = (performance.now() - moved).toFixed(1);
    });
    if (run === this.run) queueMicrotask(() => this.tellAround());
  }

  show(run) {
    this.shownRun = run;
    const isOwn = run !== this.baseline, before = isOwn && this.baseline.stage >= 0 ? this.baseline : null;
    this.shown = before ? Math.min(run.done, before.done) : run.done;
    this.root.dataset.told = "";
    this.root.dataset.futures = String(this.shown);
    this.answers = this.answersOf(run, before);
    this.before = before ? this.beforeAt(before, run, this.shown) : null;
    this.failures = this.failuresOf(before ? [before, run] : [run]);
    this.root.dataset.failed = String(this.failures.count);
    this.notice.show(this.failures, before ? this.failuresOf([before]).share : null);
    this.list.failed = this.failures.share;
    this.list.show(this.answers, this.before);
    this.root.classList.add("answered");
    const pins = this.pins.map((pin, place) => ({ ...pin, place, colour: `s${place + 1}`, run: this.runOf(pin.choice) }));
    const isSettled = this.schedule.isQuiet;
    const drawn = pins.map((pin) => ({ bands: pin.run.bands, colour: pin.colour }));
    const draw = (chart) => chart.draw(run.bands, before ? before.bands : null, drawn, isSettled);
    this.charts.filter((chart) => chart.isSeen).forEach(draw);
    const { answers, before: first } = this, rest = () => {
      this.charts.filter((chart) => !chart.isSeen).forEach(draw);
      this.list.show(answers, first, true);
      this.showStates();
      this.timeline.show(run, before);
      if (run.flows || !before) this.diagram.show(run.flows, before && before.flows);
      this.columns = this.columnsOf(run, pins, before);
      this.compare.show(this.columns, this.failuresOf([run, this.baseline, ...pins.map((pin) => pin.run)]));
      this.status();
    };
    this.afterwards(rest);
  }

  // What is out of sight is drawn when the band is painted; while a lever moves on, once it rests, but not less than five times a second.
  afterwards(rest) {
    cancelAnimationFrame(this.later);
    clearTimeout(this.laterTimer);
    const wait = this.isBelowSeen || this.schedule.isQuiet || performance.now() - (this.restedAt ?? 0) > 200 ? 0 : 60;
    const work = () => { this.restedAt = performance.now(); rest(); };
    if (wait) this.laterTimer = setTimeout(work, wait);
    else this.later = requestAnimationFrame(() => afterPaint(work));
  }

  // Where futures failed of those that the answers rest on, in any of these runs.
  failuresOf(runs) {
    const names = new Map(runs.length > 1 ? [[this.baseline, TEXTS.before], [this.shownRun, TEXTS.now]] : []);
    const named = [...new Set(runs)].map((run) => ({ name: names.get(run) ?? "", faults: run.faults }));
    return failuresOf(named, this.shown, this.plan, this.content.dates);
  }

  // Side by side; a future that fails in one of the columns is left out of all.
  columnsOf(run, pins, before) {
    const first = this.settings.scenarios.get(this.settings.baseline), isFailing = pins.some((pin) => pin.run.faults.length) && this.baseline.stage >= 0;
    const all = isFailing ? [this.baseline, run, ...pins.map((pin) => pin.run)] : [], alone = before ? this.before : this.answers;
    const states = (one, count) => (question) => this.statesOf(question, one, [this.baseline, ...all].filter((other) => other.stage >= 0), count);
    const columns = [{ id: "before", name: `${TEXTS.before}: ${first.label}`, answers: isFailing ? this.answersOf(this.baseline, null, this.shown, all) : alone, bands: this.baseline.bands, states: states(this.baseline, this.shown) }];
    columns.push({ id: "now", name: TEXTS.now, answers: isFailing ? this.answersOf(run, before, this.shown, all) : this.answers, bands: run.bands, states: states(run, this.shown) });
    for (const pin of pins) {
      const answers = pin.run.stage >= 0 && this.baseline.stage >= 0 ? this.answersOf(pin.run, this.baseline, Math.min(pin.run.done, this.baseline.done), all) : null;
      columns.push({ id: `pin ${pin.place} ${pin.name}`, name: pin.name, answers, states: states(pin.run, Math.min(pin.run.done, this.baseline.done)), bands: pin.run.bands, isPin: true, place: pin.place, colour: pin.colour });
    }
    return columns;
  }

  // What the baseline says at so many futures; it does not change while a lever moves, unless futures fail: both sides rest on the same ones.
  beforeAt(before, run, count) {
    if (run.faults.length) return this.answersOf(before, null, count, [run]);
    if (this.known?.run !== before) this.known = { run: before, answers: new Map() };
    const { answers } = this.known;
    if (!answers.has(count)) answers.set(count, this.answersOf(before, null, count));
    return answers.get(count);
  }

  // `others`: further runs, shown beside this one; a future that fails in any of them is left out of all.
  answersOf(run, before, count = before ? Math.min(run.done, before.done) : run.done, others = []) {
    const found = {}, statuses = commonStatuses([run, ...(before ? [before] : []), ...others], count);
    this.content.questions.forEach((question, number) => {
      const first = before && before.results[number], values = run.results[number];
      found[question.name] = answerOf(question.isDate ? "date" : question.kind, values, statuses, first, null, count);
      found[question.name].isSet = Boolean(before) && isSetBy(number, run.setBy, values, first, statuses, count);
    });
    return found;
  }

  // The worlds that an answer of a run mixes, where `beside` are the runs that it is shown with.
  statesOf(question, run, beside, count = run.done) {
    if (!question.partedBy.length || run.stage < 0) return [];
    const { content, plan } = this, number = content.questions.indexOf(question);
    return statesOf(run.results[number], commonStatuses([run, ...beside], count), count, question, { steps: run.steps, happenings: [...content.happenings, ...content.worlds], firstStep: plan.firstStep, rules: content.parting });
  }

  // The same of the run on the screen, each worked out once.
  statesNow(question) {
    const { shownRun: run, shown } = this, beside = this.before ? [this.baseline] : [], id = `${run.id} ${shown} ${beside.length}`;
    if (this.mixed?.id !== id) this.mixed = { id, found: new Map() };
    const { found } = this.mixed;
    if (!found.has(question)) found.set(question, this.statesOf(question, run, beside, shown));
    return found.get(question);
  }

  // Answers of two worlds, a few at a time, so that levers stay quick.
  showStates() {
    const waiting = this.content.questions.filter((question) => question.partedBy.length), { shownRun: run, shown } = this;
    const some = () => {
      if (run !== this.shownRun || shown !== this.shown) return;
      const until = performance.now() + 8;
      while (waiting.length && performance.now() < until) {
        const question = waiting.shift();
        this.list.showStates(question.name, this.statesNow(question));
      }
      if (waiting.length) afterPaint(some);
      else if (run === this.run && this.waiting === null) this.root.dataset.told = String(shown);
    };
    some();
  }

  status() {
    const { shownRun: run, root } = this, chances = this.content.questions.filter((question) => question.kind === "probability" && this.answers);
    const error = Math.max(0, ...chances.map((question) => this.answers[question.name].error).filter(real));
    const parts = [fill(TEXTS.futures, { count: this.shown.toLocaleString("en-US"), target: this.target.toLocaleString("en-US") }), chances.length ? fill(TEXTS.error, { error: (100 * error).toFixed(1) }) : "", fill(TEXTS.seed, { seed: this.seed })];
    if (root.dataset.ms) parts.push(fill(TEXTS.milliseconds, { ms: Math.round(+root.dataset.ms) }));
    if (this.failures.count) parts.push(fill(TEXTS.failed, { count: fixedText(this.failures.count, 0) }));
    write(byId("band-note"), fill(TEXTS.bandNote, { count: fixedText(run.bands.count, 0), survived: this.failures.count ? TEXTS.survived : "" }));
    byId("status").textContent = parts.filter(Boolean).join(" · ");
    byId("progress").value = this.shown / this.target;
    byId("command").textContent = this.settings.command(this.choice, this.target, this.seed);
    byId("digest").textContent = root.dataset.digest || TEXTS.digestPending;
  }

  valuesOf(name) {
    const { shownRun: run } = this, number = this.content.questions.findIndex((question) => question.name === name);
    return { values: run.results[number] ?? [], statuses: run.statuses, done: run.done };
  }

  tellAround() {
    if (this.answers && this.embedding) this.embedding.say(this.choice, this.answers, this.run, this.root.dataset.digest, this.failures.rows.map(failureWords));
  }

  digested(hex) {
    this.root.dataset.digest = hex;
    this.tellAround();
    this.status();
  }

  // --- pins, address, files

  pin() {
    if (this.pins.length >= MOST_PINS) return this.messages.say(TEXTS.pinFull, true);
    const label = this.settings.scenarios.get(this.choice.scenario).label, changes = this.settings.changes(this.choice).map(([target, value]) => `${target.label} ${numberText(value)}`);
    this.pins.push({ name: (changes.length ? changes.join(", ") : label).slice(0, 60), choice: copyChoice(this.choice) });
    return this.apply(null);
  }

  unpin(place) {
    this.pins.splice(place, 1);
    this.apply(null);
  }

  rename(place, name) {
    this.pins[place].name = name.slice(0, 60) || TEXTS.unnamed;
    this.apply(null);
  }

  writeAddress() {
    const address = writeState(this.choice, this.pins, this.settings);
    this.address = address;
    try {
      history.replaceState(null, "", address || location.pathname + location.search);
    } catch {
      location.hash = address;
    }
  }

  readAddress() {
    if (location.hash === this.address) return;
    const problems = [], state = readState(location.hash, this.settings, problems);
    problems.slice(0, 5).forEach((problem) => this.messages.say(problem));
    this.pins = state.pins;
    this.choose(state.choice, null);
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

  save(what) {
    const name = this.content.case, text = (content, type) => new Blob([content], { type });
    if (what === "answers-csv") saveAs(`${name}-answers.csv`, text(answersCsv(this.content, this.columns), "text/csv"));
    if (what === "charts-csv") saveAs(`${name}-charts.csv`, text(chartsCsv(this.charts, this.columns), "text/csv"));
    if (what === "charts-svg") saveAs(`${name}-charts.svg`, text(sheetSvg(this.charts), "image/svg+xml"));
    if (what === "charts-png") savePng(`${name}-charts.png`, sheetSvg(this.charts));
  }
}
