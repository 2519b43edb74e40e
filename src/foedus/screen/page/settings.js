// From what a reader has chosen to what the engine is told, and to the command that gives the same bits.

import { plainNumber } from "../kit/words.js";

// A choice: {scenario, levers: {name: number}, parameters: {name: number}}; what is not named stands as the model has it.
export const emptyChoice = (scenario) => ({ scenario, levers: {}, parameters: {} });
export const copyChoice = (choice) => ({ scenario: choice.scenario, levers: { ...choice.levers }, parameters: { ...choice.parameters } });
export const isUntouched = (choice) => !Object.keys(choice.levers).length && !Object.keys(choice.parameters).length;

export class Settings {
  constructor(plan, content) {
    this.plan = plan;
    this.content = content;
    this.baseline = plan.scenarios[0].name;
    this.scenarios = new Map(plan.scenarios.map((scenario) => [scenario.name, scenario]));
    this.levers = new Map(content.levers.map((lever) => [lever.name, lever]));
    this.parameters = new Map(content.parameters.filter((one) => !one.isLever).map((one) => [one.name, one]));
    this.overrides = new Map(content.overrides.map((name, slot) => [name, slot]));
  }

  // [[parameter, override, value, start, end, outside], …] as the compiler writes settings of a scenario.
  of(choice) {
    const { plan } = this, found = [...this.scenarios.get(choice.scenario).settings];
    for (const [target, value] of this.changes(choice)) {
      const override = this.overrides.has(target.name) ? this.overrides.get(target.name) : -1;
      const slot = override < 0 ? target.slot : -1;
      found.push([slot, override, value * target.scale, plan.firstStep, plan.firstStep + plan.steps + 2, null]);
    }
    return found;
  }

  changes(choice) {
    return [
      ...Object.entries(choice.levers).map(([name, value]) => [this.levers.get(name), value]),
      ...Object.entries(choice.parameters).map(([name, value]) => [this.parameters.get(name), value]),
    ];
  }

  // Is a parameter the same in all futures of this choice?
  isFixed(choice, name) {
    if (name in choice.levers || name in choice.parameters) return true;
    const target = this.levers.get(name) ?? this.content.parameters.find((one) => one.name === name);
    return this.of(choice).some(([slot, override]) => (override >= 0 ? this.overrides.get(name) === override : slot === target.slot));
  }

  // The questions that a choice sets and may set itself, by number. The compiler has told it of every scenario and of everything that can be
  // moved; where several go together, an answer is set that one of them sets, and may be set that one of them may set.
  setBy(choice) {
    const targets = (settings) => [...new Set(settings.map(([slot, override]) => `${slot} ${override}`))].sort().join(), own = this.scenarios.get(choice.scenario);
    const alike = isUntouched(choice) ? own : this.plan.scenarios.find((one) => targets(one.settings) === targets(this.of(choice)));
    const parts = alike ? [alike] : [own, ...this.changes(choice).map(([target]) => this.content.setBy[target.name])].filter(Boolean);
    return { sets: new Set(parts.flatMap((part) => part.sets)), maySet: new Set(parts.flatMap((part) => part.maySet)) };
  }

  // What `foedus run --set` would be given.
  spelled(choice) {
    const unit = (target) => (target.unit === "1" || !target.unit ? "" : ` ${target.unit}`);
    const changes = this.changes(choice).map(([target, value]) => `${target.name} = ${plainNumber(value)}${unit(target)}`);
    return isUntouched(choice) ? [] : [...this.scenarios.get(choice.scenario).changes, ...changes];
  }

  command(choice, futures, seed) {
    const sets = this.spelled(choice).map((change) => ` --set '${change}'`).join("");
    return `foedus run ${this.content.given} --futures ${futures} --seed ${seed}${sets}`;
  }

  // Where a lever stands: the reader's number, else the scenario's, else the model's; null where it rests on its prior.
  leverValue(choice, lever) {
    if (lever.name in choice.levers) return choice.levers[lever.name];
    for (const [slot, override, value, start] of this.scenarios.get(choice.scenario).settings) {
      const isIt = override >= 0 ? this.overrides.get(lever.name) === override : slot === lever.slot;
      if (isIt && start <= this.plan.firstStep) return value / lever.scale;
    }
    return lever.default;
  }

  // The scenario moves the lever later on: words for it, or "".
  laterChange(choice, lever) {
    const slot = this.overrides.get(lever.name);
    if (lever.name in choice.levers || slot === undefined) return "";
    const scenario = this.scenarios.get(choice.scenario);
    return scenario.changes.find((change) => change.startsWith(`${lever.name} `) && / (from|until) /.test(change)) ?? "";
  }

  key(choice) {
    return JSON.stringify(this.of(choice));
  }
}
