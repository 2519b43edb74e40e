// Parts of the page's scripts on their own: node run_parts.mjs TASK [PAGE.html] < JSON, the answer as JSON.
import fs from "node:fs";
import { unpackPlan } from "../../src/foedus/screen/engine/plan.js";
import { Simulator } from "../../src/foedus/screen/engine/simulator.js";
import { Sorter } from "../../src/foedus/screen/engine/sorter.js";
import { emptyChoice, Settings } from "../../src/foedus/screen/page/settings.js";
import { mergedBands } from "../../src/foedus/screen/statistics/bands.js";
import { Moves } from "../../src/foedus/screen/statistics/moves.js";
import { isSetBy } from "../../src/foedus/screen/statistics/settled.js";
import { statesOf } from "../../src/foedus/screen/statistics/states.js";

const [task, page] = process.argv.slice(2);
const given = JSON.parse(fs.readFileSync(0, "utf8"));
// A document that stands in the page.
const written = (id) => JSON.parse(new RegExp(`<script type="[^"]*" id="${id}">([\\s\\S]*?)</script>`).exec(fs.readFileSync(page, "utf8"))[1]);
const plain = (values) => Array.from(values, (value) => (Number.isFinite(value) ? value : String(value)));
const floats = (values) => Float32Array.from(values, Number);

const TASKS = {
  sort() {
    const sorter = new Sorter(1000);
    return given.map((values) => {
      const target = new Float32Array(values.length);
      sorter.sort(floats(values), target);
      return plain(target);
    });
  },
  bands() {
    const pieces = given.map((lines) => ({ filled: lines[0].length, lines: floats(lines.flat()) }));
    return mergedBands(pieces, given[0].length).quantiles.map(plain);
  },
  // The worlds of answers that share the first times of one run.
  states() {
    const { steps, happenings, firstStep, rules, asked } = given;
    return asked.map(({ values, statuses, question }) => statesOf(values.map(Number), statuses, values.length, question, { steps, happenings, firstStep, rules }));
  },
  set() {
    return given.map(({ told, values, base, statuses }) => isSetBy(0, { sets: new Set(told === "sets" ? [0] : []), maySet: new Set(told === "maySet" ? [0] : []) },
      values.map(Number), base.map(Number), statuses, values.length));
  },
  moves() {
    const moves = new Moves(given.smallest);
    return given.asked.map(({ answer, first }) => [moves.isMove(answer, first), moves.size(answer, first)]);
  },
  // The questions that choices of a reader set, by what the page knows.
  choices() {
    const settings = new Settings(written("plan"), written("content"));
    return given.map((choice) => Object.fromEntries(Object.entries(settings.setBy(choice)).map(([name, found]) => [name, [...found].sort((a, b) => a - b)])));
  },
  // Levers moved one after the other from a choice: the choice after each, its key, its name and its command.
  moved() {
    const settings = new Settings(written("plan"), written("content"));
    return given.map(({ scenario, moves }) => {
      let choice = emptyChoice(scenario);
      return moves.map(([name, value]) => {
        choice = settings.levers.has(name) ? settings.moved(choice, name, value) : settings.fixed(choice, name, value);
        return { choice, key: settings.key(choice), name: settings.nameOf(choice), command: settings.command(choice, 100, "3") };
      });
    });
  },
  // The results of a second scenario, once as they are and once with the kept noise spoilt.
  noise() {
    const plan = unpackPlan(written("plan")), simulator = new Simulator(plan, "3", 40), drawn = simulator.draw(0, 40);
    const run = (seed) => {
      if (seed) simulator.reseed(seed);
      simulator.run(plan.scenarios[0].settings, drawn, 0, 40, 0);
      return plan.results.map((_, question) => plain(simulator.row("results", question, 40)));
    };
    const first = run(), again = run(), { place } = simulator.kept.get(0);
    simulator.doubles.fill(3, place / 8, place / 8 + plan.kept * simulator.capacity);
    return { rows: plan.kept, first, again, spoilt: run(), drawn: run("3") };
  },
};
process.stdout.write(JSON.stringify(TASKS[task]()));
