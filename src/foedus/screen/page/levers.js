// The levers: a range each, with its named positions, where it stands, and what it rests on.

import { element, write } from "../kit/element.js";
import { roundStep } from "../kit/ticks.js";
import { numberText, fill } from "../kit/words.js";
import { TEXTS } from "./texts.js";
/** @import { Settings } from "./settings.js" */
/** @import { Choice, Content, Lever, LeverRow } from "./types.d.ts" */

/** @param {number} low @param {number} high */
function niceStep(low, high) {
  const raw = (high - low) / 200, power = 10 ** Math.floor(Math.log10(raw) + 1e-9);
  return +roundStep(power, raw * 0.999).toPrecision(12);
}

export class Levers {
  // `onMove(name, value)`: value null goes back to what scenario and model say.
  /** @param {HTMLElement} root @param {{ content: Content; settings: Settings; onMove: (name: string, value: number | null, time: number) => void; onScenario: (name: string, time: number) => void; onOpen: (lever: Lever) => void }} given */
  constructor(root, { content, settings, onMove, onScenario, onOpen }) {
    this.content = content;
    this.settings = settings;
    this.onMove = onMove;
    /** @type {Map<string, LeverRow>} */
    this.rows = new Map();
    this.scenario = element("select", { id: "scenario", onchange: (event) => onScenario(event.target.value, event.timeStamp) },
      [...settings.scenarios.values()].map((one) => element("option", { value: one.name }, one.label)));
    if (settings.scenarios.size > 1) root.append(element("label", { class: "pick", for: "scenario" }, TEXTS.startFrom, this.scenario));
    const firsts = content.levers.filter((lever) => lever.isFirst), others = content.levers.filter((lever) => !lever.isFirst);
    root.append(...this.groups(firsts, onOpen));
    this.others = others.length ? element("details", { class: "others" }, element("summary", {}, others.length === 1 ? TEXTS.oneMoreLever : fill(TEXTS.moreLevers, { count: others.length })), this.groups(others, onOpen)) : null;
    if (this.others) root.append(this.others);
  }

  // Levers under the names of their groups.
  /** @param {Lever[]} levers @param {(lever: Lever) => void} onOpen */
  groups(levers, onOpen) {
    const groups = /** @type {Map<string, Lever[]>} */ (new Map());
    for (const lever of levers) groups.set(lever.group, [...(groups.get(lever.group) ?? []), lever]);
    return [...groups].map(([group, own]) => element("fieldset", {}, element("legend", {}, group || TEXTS.levers), own.map((lever) => this.row(lever, onOpen))));
  }

  /** @param {Lever} lever @param {(lever: Lever) => void} onOpen */
  row(lever, onOpen) {
    const id = `lever-${lever.name}`, prior = this.content.parameters.find((one) => one.name === lever.name);
    const step = niceStep(lever.low, lever.high);
    /** @type {HTMLInputElement} */
    const input = element("input", {
      type: "range", id, "data-lever": lever.name, min: lever.low, max: lever.high, step, "aria-describedby": `${id}-help`,
      oninput: (event) => this.onMove(lever.name, +input.value, event.timeStamp),
    });
    const shown = element("output", { for: id });
    const help = element("p", { class: "help", id: `${id}-help` });
    const basis = prior && prior.claims.length ? fill(prior.claims.length === 1 ? TEXTS.restsOnOne : TEXTS.restsOn, { count: prior.claims.length }) : TEXTS.assumed;
    const rests = element("button", { type: "button", class: "plain rests", "aria-label": fill(TEXTS.leverHelp, { rests: basis, label: lever.label }), onclick: () => onOpen(lever) }, basis);
    const positions = lever.positions.map((position) => element("button", {
      type: "button", class: "position", "aria-pressed": "false",
      onclick: (event) => this.onMove(lever.name, position.value === lever.default ? null : position.value, event.timeStamp),
    }, position.name));
    const row = element("div", { class: "lever" }, element("div", { class: "line" }, element("label", { for: id }, lever.called), shown), input,
      element("div", { class: "positions" }, positions), lever.called === lever.label ? null : element("p", { class: "help whole" }, lever.label), help);
    const state = element("span", { class: "state" });
    help.append(state, rests);
    this.rows.set(lever.name, { lever, prior, input, shown, positions, row, state });
    return row;
  }

  /** @param {Choice} choice */
  show(choice) {
    this.scenario.value = choice.scenario;
    // A lever that does not stand where the model has it is never out of sight.
    if (this.others && [...this.rows.values()].some(({ lever }) => !lever.isFirst && lever.name in choice.levers)) this.others.open = true;
    for (const { lever, prior, input, shown, positions, row, state } of this.rows.values()) {
      const value = this.settings.leverValue(choice, lever), isOwn = lever.name in choice.levers;
      const at = value ?? prior?.median ?? lever.low;
      if (document.activeElement !== input || +input.value !== at) input.value = String(at);
      const spread = value === null && prior ? `${numberText(prior.low, prior.high - prior.low)}–${numberText(prior.high, prior.high - prior.low)}` : numberText(at, (lever.high - lever.low) / 2);
      const unit = lever.unitWords;
      write(shown, unit ? `${spread} ${unit}` : spread);
      input.setAttribute("aria-valuetext", shown.textContent ?? "");
      input.style.setProperty("--at", `${(100 * (at - lever.low)) / (lever.high - lever.low)}%`);
      row.classList.toggle("own", isOwn);
      const later = this.settings.laterChange(choice, lever);
      write(state, later ? fill(TEXTS.later, { change: this.content.told[later] ?? later }) : "");
      lever.positions.forEach((position, number) => positions[number].setAttribute("aria-pressed", String(position.value === value)));
    }
  }
}
