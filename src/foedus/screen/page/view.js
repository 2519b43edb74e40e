// The parts of the page, and what each shows of a finding: what is in sight at once, the rest when that is painted.

import { afterPaint } from "../kit/clock.js";
import { byId, write } from "../kit/element.js";
import { fill, fixedText, real } from "../kit/words.js";
import { Answers } from "./answers.js";
import { FanChart } from "./chart.js";
import { Compare } from "./compare.js";
import { Diagram } from "./diagram.js";
import { Drawer } from "./drawer.js";
import { FailureNotice } from "./failure_notice.js";
import { Later } from "./later.js";
import { Levers } from "./levers.js";
import { Panel } from "./panel.js";
import { emptyChoice, isUntouched } from "./settings.js";
import { TEXTS } from "./texts.js";
import { Timeline } from "./timeline.js";
import { Trace } from "./trace.js";
/** @import { Plan } from "../engine/types.d.ts" */
/** @import { Settings } from "./settings.js" */
/** @import { Acts, Choice, Column, Content, Finding, ShownPin } from "./types.d.ts" */

const BELOW = ["compare-table", "happenings", "diagram"];
const NEAR = { rootMargin: "80px" };
const SLICE = 8; // milliseconds of work between two frames, so that levers stay quick

export class View {
  /** @param {Plan} plan @param {Content} content @param {Settings} settings @param {Acts} acts */
  constructor(plan, content, settings, acts) {
    this.content = content;
    this.settings = settings;
    this.acts = acts;
    this.root = document.documentElement;
    /** @type {Finding | null} */
    this.finding = null;
    /** @type {Column[]} */
    this.columns = [];
    this.trace = new Trace(new Panel(byId("panel")), content, {
      answer: (name) => this.finding?.answers[name],
      states: (question) => (this.finding ? acts.findings().statesOf(question, this.finding) : []),
      rest: (answer) => this.list.rest(answer),
      values: (name) => this.valuesOf(name),
      drawn: acts.drawn,
      isFixed: acts.isFixed,
      save: acts.save,
    });
    this.levers = new Levers(byId("lever-list"), { content, settings, onOpen: (lever) => this.trace.lever(lever), onMove: acts.move, onScenario: (name, time) => acts.choose(emptyChoice(name), time) });
    this.drawer = new Drawer(byId("drawer"), { content, onFix: acts.fix, onOpen: (parameter) => this.trace.parameter(parameter) });
    this.list = new Answers(byId("answer-list"), { content, scenarios: plan.scenarios.slice(1), onTry: (name, time) => acts.choose(emptyChoice(name), time), onOpen: (question) => this.trace.question(question) });
    this.notice = new FailureNotice(byId("failures"), content.fewFailed);
    this.charts = this.buildCharts(plan);
    this.timeline = new Timeline(byId("happening-list"), { content, plan, onOpen: (name, title) => this.trace.part(name, title) });
    byId("happenings").hidden = !content.happenings.length;
    this.compare = new Compare(byId("compare-table"), { content, onRename: acts.rename, onRemove: acts.unpin, onOpen: acts.openPin });
    byId("diagram").hidden = !content.diagram;
    this.diagram = new Diagram(byId("diagram-box"), plan, content.structure.futures, (name) => this.trace.part(name));
    const isBelowSeen = sightOf(BELOW.map(byId));
    this.later = new Later(() => isBelowSeen() || acts.isQuiet());
  }

  /** @param {Plan} plan */
  buildCharts(plan) {
    const charts = this.content.charts.map((chart) => new FanChart(chart, this.content, plan, (opened) => this.trace.chart(opened)));
    const of = new Map(charts.map((chart) => [/** @type {Element} */ (chart.figure), chart]));
    byId("chart-list").append(...of.keys());
    byId("charts").hidden = !charts.length;
    const watch = new IntersectionObserver((entries) => entries.forEach(({ target, isIntersecting }) => {
      const chart = of.get(target);
      if (chart) chart.isSeen = isIntersecting;
    }), NEAR);
    charts.forEach((chart) => watch.observe(chart.figure));
    return charts;
  }

  // Where levers and parameters stand. What was written when the page was made is of the case as it stands, and says so once the reader looks at another one.
  /** @param {Choice} choice */
  stand(choice) {
    this.levers.show(choice);
    this.drawer.show(choice);
    this.list.scenario = isUntouched(choice) ? choice.scenario : "";
    this.root.classList.toggle("altered", !isUntouched(choice) || choice.scenario !== this.settings.baseline);
  }

  // pins: the runs of pinned scenarios, drawn beside.
  /** @param {Finding} finding @param {ShownPin[]} pins */
  show(finding, pins) {
    const { run, before, count, answers, first, failures, failedBefore } = finding, { dataset } = this.root;
    this.finding = finding;
    dataset.told = "";
    dataset.futures = String(count);
    dataset.failed = String(failures.count);
    this.notice.show(failures, failedBefore);
    this.list.failed = failures.share;
    this.list.show(answers, first);
    this.root.classList.add("answered");
    const drawn = pins.map((pin) => ({ bands: pin.run.bands, colour: pin.colour })), isSettled = this.acts.isQuiet();
    /** @param {FanChart} chart */
    const draw = (chart) => run.bands && chart.draw(run.bands, before && before.bands, drawn, isSettled);
    this.charts.filter((chart) => chart.isSeen).forEach(draw);
    this.later.do(() => {
      this.charts.filter((chart) => !chart.isSeen).forEach(draw);
      this.list.show(answers, first, true);
      this.showStates(finding);
      this.timeline.show(run, before);
      if (run.flows || !before) this.diagram.show(run.flows, before && before.flows);
      this.showColumns(finding, pins);
      this.status();
    });
  }

  /** @param {Finding} finding @param {ShownPin[]} pins */
  showColumns(finding, pins) {
    const findings = this.acts.findings();
    this.columns = findings.columns(finding, pins);
    this.compare.show(this.columns, findings.failures([finding.run, findings.baseline, ...pins.map((pin) => pin.run)], finding));
  }

  // Answers of two worlds, a few at a time.
  /** @param {Finding} finding */
  showStates(finding) {
    const waiting = this.content.questions.filter((question) => question.partedBy.length);
    const some = () => {
      if (finding.run !== this.finding?.run || finding.count !== this.finding.count) return;
      const until = performance.now() + SLICE;
      while (waiting.length && performance.now() < until) {
        const question = waiting.splice(0, 1)[0];
        this.list.showStates(question.name, this.acts.findings().statesOf(question, finding));
      }
      if (waiting.length) afterPaint(some);
      else if (this.acts.isLatest(finding.run)) this.root.dataset.told = String(finding.count);
    };
    some();
  }

  status() {
    const { finding, acts } = this, { dataset } = this.root;
    if (!finding) return;
    const { answers, count, failures, run } = finding, chances = this.content.questions.filter((question) => question.kind === "probability"), number = (/** @type {number} */ value) => value.toLocaleString("en-US");
    const error = Math.max(0, ...chances.map((question) => answers[question.name].error).filter(real));
    const parts = [fill(TEXTS.futures, { count: number(count), target: number(acts.target) }), fill(TEXTS.seed, { seed: acts.seed })];
    if (dataset.ms) parts.push(fill(TEXTS.milliseconds, { ms: Math.round(+dataset.ms) }));
    if (failures.count) parts.push(fill(TEXTS.failed, { count: fixedText(failures.count, 0) }));
    write(byId("band-note"), fill(TEXTS.bandNote, { count: fixedText(run.bands?.count ?? 0, 0), survived: failures.count ? TEXTS.survived : "" }));
    write(byId("counting"), chances.length ? fill(TEXTS.error, { error: (100 * error).toFixed(1) }) : "");
    byId("status").textContent = parts.filter(Boolean).join(" · ");
    /** @type {HTMLProgressElement} */ (byId("progress")).value = count / acts.target;
    byId("command").textContent = acts.command();
    byId("digest").textContent = dataset.digest || TEXTS.digestPending;
  }

  // What a question came to in each future of what is on the screen.
  /** @param {string} name */
  valuesOf(name) {
    const number = this.content.questions.findIndex((question) => question.name === name);
    return { values: this.finding?.run.results[number] ?? [], statuses: this.finding?.run.statuses ?? new Int8Array(0), done: this.finding?.run.done ?? 0 };
  }
}

// Tells whether any of some parts is in sight.
/** @param {HTMLElement[]} parts */
function sightOf(parts) {
  const seen = new Set(), watch = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) seen[isIntersecting ? "add" : "delete"](target);
  });
  parts.forEach((part) => watch.observe(part));
  return () => seen.size > 0;
}
