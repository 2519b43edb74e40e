// What the futures of runs say: answers against the baseline on the same futures, worlds, failures. Nothing here is drawn.

import { answerOf, commonStatuses } from "../statistics/answers.js";
import { isSetBy } from "../statistics/settled.js";
import { statesOf } from "../statistics/states.js";
import { failuresOf } from "./failures.js";
import { emptyChoice } from "./settings.js";
import { TEXTS } from "./texts.js";
/** @import { Plan } from "../engine/types.d.ts" */
/** @import { Kind, SetBy, StateBand } from "../statistics/types.d.ts" */
/** @import { FutureRun } from "./future_run.js" */
/** @import { Settings } from "./settings.js" */
/** @import { Answered, Column, Content, Failures, Finding, Question, ShownPin } from "./types.d.ts" */

export class Findings {
  // baseline: what every other run is compared with.
  /** @param {Plan} plan @param {Content} content @param {Settings} settings @param {FutureRun} baseline */
  constructor(plan, content, settings, baseline) {
    this.plan = plan;
    this.content = content;
    this.settings = settings;
    this.baseline = baseline;
    /** @type {WeakMap<FutureRun, SetBy>} */
    this.set = new WeakMap();
    /** @type {{ run: FutureRun | null; answers: Map<number, Answered> }} */
    this.known = { run: null, answers: new Map() };
    /** @type {{ id: string; found: Map<Question, StateBand[]> }} */
    this.mixed = { id: "", found: new Map() };
  }

  // What a run says on as many futures as it and the baseline have come to.
  /** @param {FutureRun} run @returns {Finding} */
  of(run) {
    const before = run !== this.baseline && this.baseline.stage >= 0 ? this.baseline : null;
    const count = before ? Math.min(run.done, before.done) : run.done;
    const finding = { run, before, count, answers: this.answers(run, before, count), first: before && this.first(before, run, count) };
    return { ...finding, failures: this.failures(before ? [before, run] : [run], finding), failedBefore: before && this.failures([before], finding).share };
  }

  // `others`: further runs, shown beside this one; a future that fails in any of them is left out of all.
  /** @param {FutureRun} run @param {FutureRun | null} before @param {number} count @param {FutureRun[]} [others] @returns {Answered} */
  answers(run, before, count, others = []) {
    const statuses = commonStatuses([run, ...(before ? [before] : []), ...others], count), told = this.setBy(run);
    return Object.fromEntries(this.content.questions.map((question, number) => {
      const first = before && before.results[number], values = run.results[number];
      const answer = answerOf(/** @type {Kind} */ (question.isDate ? "date" : question.kind), values, statuses, first, null, count);
      return [question.name, { ...answer, isSet: first !== null && isSetBy(number, told, values, first, statuses, count) }];
    }));
  }

  // The questions that the choice behind a run sets itself, worked out once.
  /** @param {FutureRun} run */
  setBy(run) {
    const found = this.set.get(run) ?? this.settings.setBy(run.choice ?? emptyChoice(this.settings.baseline));
    this.set.set(run, found);
    return found;
  }

  // What the baseline says at so many futures; it does not change while a lever moves, unless futures fail: both sides rest on the same ones.
  /** @param {FutureRun} before @param {FutureRun} run @param {number} count */
  first(before, run, count) {
    if (run.faults.length) return this.answers(before, null, count, [run]);
    if (this.known.run !== before) this.known = { run: before, answers: new Map() };
    const found = this.known.answers.get(count) ?? this.answers(before, null, count);
    this.known.answers.set(count, found);
    return found;
  }

  // Where futures failed of those that the answers rest on, in any of these runs.
  /** @param {FutureRun[]} runs @param {{ run: FutureRun; count: number }} finding @returns {Failures} */
  failures(runs, { run, count }) {
    const names = new Map(runs.length > 1 ? [[this.baseline, TEXTS.before], [run, TEXTS.now]] : []);
    const named = [...new Set(runs)].map((one) => ({ name: names.get(one) ?? "", faults: one.faults }));
    return failuresOf(named, count, this.plan, this.content.dates);
  }

  // The worlds that an answer of a run mixes, where `beside` are the runs that it is shown with.
  /** @param {Question} question @param {FutureRun} run @param {FutureRun[]} beside @param {number} count */
  states(question, run, beside, count) {
    if (!question.partedBy.length || run.stage < 0) return [];
    const { content, plan } = this, number = content.questions.indexOf(question), statuses = commonStatuses([run, ...beside], count);
    return statesOf(run.results[number], statuses, count, question, { steps: run.steps, happenings: [...content.happenings, ...content.worlds], firstStep: plan.firstStep, rules: content.parting });
  }

  // The same of what is on the screen, each worked out once.
  /** @param {Question} question @param {Finding} finding */
  statesOf(question, { run, before, count }) {
    const id = `${run.id} ${count} ${before !== null}`;
    if (this.mixed.id !== id) this.mixed = { id, found: new Map() };
    const found = this.mixed.found.get(question) ?? this.states(question, run, before ? [this.baseline] : [], count);
    this.mixed.found.set(question, found);
    return found;
  }

  // Side by side; a future that fails in one of the columns is left out of all.
  /** @param {Finding} finding @param {ShownPin[]} pins @returns {Column[]} */
  columns({ run, before, count, answers, first }, pins) {
    const { baseline } = this, isFailing = pins.some((pin) => pin.run.faults.length) && baseline.stage >= 0;
    const all = isFailing ? [baseline, run, ...pins.map((pin) => pin.run)] : [];
    /** @type {(one: FutureRun, most: number) => (question: Question) => StateBand[]} */
    const states = (one, most) => (question) => this.states(question, one, [baseline, ...all].filter((other) => other.stage >= 0), most);
    const name = `${TEXTS.before}: ${this.settings.scenario(this.settings.baseline).label}`;
    return [
      { id: "before", name, answers: isFailing ? this.answers(baseline, null, count, all) : first ?? answers, bands: baseline.bands, states: states(baseline, count) },
      { id: "now", name: TEXTS.now, answers: isFailing ? this.answers(run, before, count, all) : answers, bands: run.bands, states: states(run, count) },
      ...pins.map((pin) => {
        const most = Math.min(pin.run.done, baseline.done), isThere = pin.run.stage >= 0 && baseline.stage >= 0;
        return { id: `pin ${pin.place} ${pin.name}`, name: pin.name, answers: isThere ? this.answers(pin.run, baseline, most, all) : null, states: states(pin.run, most), bands: pin.run.bands, isPin: true, place: pin.place, colour: pin.colour };
      }),
    ];
  }
}
