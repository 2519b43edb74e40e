// From what a reader has chosen to what the engine is told, and to the command that gives the same bits.

import { numberText, plainNumber } from "../kit/words.js";
/** @import { Plan, Scenario, Setting } from "../engine/types.d.ts" */
/** @import { SetBy } from "../statistics/types.d.ts" */
/** @import { Choice, Content, Lever, Target } from "./types.d.ts" */

// What is not named in a choice stands as the model has it.
/** @type {(scenario: string) => Choice} */
export const emptyChoice = (scenario) => ({ scenario, levers: {}, parameters: {} });
/** @type {(choice: Choice) => Choice} */
export const copyChoice = (choice) => ({ scenario: choice.scenario, levers: { ...choice.levers }, parameters: { ...choice.parameters } });
/** @param {Choice} choice */
export const isUntouched = (choice) => !Object.keys(choice.levers).length && !Object.keys(choice.parameters).length;

export class Settings {
  /** @param {Plan} plan @param {Content} content */
  constructor(plan, content) {
    this.plan = plan;
    this.content = content;
    this.baseline = plan.scenarios[0].name;
    this.scenarios = new Map(plan.scenarios.map((scenario) => [scenario.name, scenario]));
    this.levers = new Map(content.levers.map((lever) => [lever.name, lever]));
    this.parameters = new Map(content.parameters.filter((one) => !one.isLever).map((one) => [one.name, one]));
    this.overrides = new Map(content.overrides.map((name, slot) => [name, slot]));
  }

  // --- what stands

  // A scenario of the case; a choice names no other.
  /** @param {string} name */
  scenario(name) {
    return /** @type {Scenario} */ (this.scenarios.get(name));
  }

  /** @param {Choice} choice @returns {[target: Target, value: number][]} */
  changes(choice) {
    /** @type {(values: Record<string, number>, targets: Map<string, Target>) => [Target, number][]} */
    const of = (values, targets) => Object.entries(values).map(([name, value]) => [/** @type {Target} */ (targets.get(name)), value]);
    return [...of(choice.levers, this.levers), ...of(choice.parameters, this.parameters)];
  }

  // Where a lever stands: the reader's number, else the scenario's, else the model's; null where it rests on its prior.
  /** @param {Choice} choice @param {Lever} lever */
  leverValue(choice, lever) {
    if (lever.name in choice.levers) return choice.levers[lever.name];
    for (const [slot, override, value, start] of this.scenario(choice.scenario).settings) {
      const isIt = override >= 0 ? this.overrides.get(lever.name) === override : slot === lever.slot;
      if (isIt && start <= this.plan.firstStep) return value / lever.scale;
    }
    return lever.default;
  }

  // The scenario moves the lever later on: words for it, or "".
  /** @param {Choice} choice @param {Lever} lever */
  laterChange(choice, lever) {
    const slot = this.overrides.get(lever.name);
    if (lever.name in choice.levers || slot === undefined) return "";
    return this.scenario(choice.scenario).changes.find((change) => change.startsWith(`${lever.name} `) && / (from|until) /.test(change)) ?? "";
  }

  // The choice with a lever moved; null goes back to what scenario and model say. What the lever comes to anyway is no change.
  /** @param {Choice} choice @param {string} name @param {number | null} value */
  moved(choice, name, value) {
    const found = copyChoice(choice), lever = /** @type {Lever} */ (this.levers.get(name));
    delete found.levers[name];
    const stands = this.leverValue(found, lever);
    const own = value === null ? (stands === lever.default ? null : lever.default) : value !== stands || this.laterChange(found, lever) ? value : null;
    if (own !== null) found.levers[name] = own;
    return found;
  }

  // The choice with a parameter fixed; null draws it again.
  /** @param {Choice} choice @param {string} name @param {number | null} value */
  fixed(choice, name, value) {
    const found = copyChoice(choice);
    if (value === null) delete found.parameters[name];
    else found.parameters[name] = value;
    return found;
  }

  // Is a parameter the same in all futures of this choice?
  /** @param {Choice} choice @param {string} name */
  isFixed(choice, name) {
    if (name in choice.levers || name in choice.parameters) return true;
    const target = this.levers.get(name) ?? this.content.parameters.find((one) => one.name === name);
    return this.of(choice).some(([slot, override]) => (override >= 0 ? this.overrides.get(name) === override : slot === target?.slot));
  }

  // --- what the engine is told

  // Settings as the compiler writes those of a scenario.
  /** @param {Choice} choice @returns {Setting[]} */
  of(choice) {
    const { plan } = this, found = [...this.scenario(choice.scenario).settings];
    for (const [target, value] of this.changes(choice)) {
      const override = this.overrides.get(target.name) ?? -1, slot = override < 0 ? target.slot : -1;
      found.push([slot, override, value * target.scale, plan.firstStep, plan.firstStep + plan.steps + 2, null]);
    }
    return found;
  }

  // Choices of one key run the same futures.
  /** @param {Choice} choice */
  key(choice) {
    return JSON.stringify(this.of(choice));
  }

  // The questions that a choice sets and may set itself, by number. The compiler has told it of every scenario and of everything that can be
  // moved; where several go together, an answer is set that one of them sets, and may be set that one of them may set.
  /** @param {Choice} choice @returns {SetBy} */
  setBy(choice) {
    /** @param {Setting[]} settings */
    const targets = (settings) => [...new Set(settings.map(([slot, override]) => `${slot} ${override}`))].sort().join(), own = this.scenario(choice.scenario);
    const alike = isUntouched(choice) ? own : this.plan.scenarios.find((one) => targets(one.settings) === targets(this.of(choice)));
    const parts = alike ? [alike] : [own, ...this.changes(choice).map(([target]) => this.content.setBy[target.name])].filter(Boolean);
    return { sets: new Set(parts.flatMap((part) => part.sets)), maySet: new Set(parts.flatMap((part) => part.maySet)) };
  }

  // --- how a choice is said

  // A name for a choice: what was changed, or the scenario.
  /** @param {Choice} choice */
  nameOf(choice) {
    const changes = this.changes(choice).map(([target, value]) => `${target.label} ${numberText(value)}`);
    return (changes.length ? changes.join(", ") : this.scenario(choice.scenario).label).slice(0, 60);
  }

  // The same in full, below what leaves the page: `As reported; Foreign soldiers ordered over the year: 60,000 people`.
  /** @param {Choice} choice */
  told(choice) {
    const changes = this.changes(choice).map(([target, value]) => `${target.label}: ${plainNumber(value)} ${target.unitWords}`.trim());
    return [this.scenario(choice.scenario).label, ...changes].join("; ");
  }

  // What `foedus run --set` would be given.
  /** @param {Choice} choice */
  spelled(choice) {
    /** @param {Target} target */
    const unit = (target) => (target.unit === "1" || !target.unit ? "" : ` ${target.unit}`);
    const changes = this.changes(choice).map(([target, value]) => `${target.name} = ${plainNumber(value)}${unit(target)}`);
    return isUntouched(choice) ? [] : [...this.scenario(choice.scenario).changes, ...changes];
  }

  /** @param {Choice} choice @param {number} futures @param {string} seed */
  command(choice, futures, seed) {
    const sets = this.spelled(choice).map((change) => ` --set '${change}'`).join("");
    return `foedus run ${this.content.given} --futures ${futures} --seed ${seed}${sets}`;
  }
}
