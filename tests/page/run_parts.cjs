// Parts of the page's scripts on their own: node run_parts.cjs FOLDER TASK < JSON, the answer as JSON.
const fs = require("fs");
const path = require("path");
const vm = require("vm");

const [folder, task, page] = process.argv.slice(2);
const read = (name) => fs.readFileSync(path.join(folder, name), "utf8");
const given = JSON.parse(fs.readFileSync(0, "utf8"));
const plain = (values) => Array.from(values, (value) => (Number.isFinite(value) ? value : String(value)));
const floats = (values) => Float32Array.from(values, Number);

const TASKS = {
  sort() {
    const { Sorter } = vm.runInThisContext(`${read("engine/sorter.js")}\n;({ Sorter })`);
    const sorter = new Sorter(1000);
    return given.map((values) => {
      const target = new Float32Array(values.length);
      sorter.sort(floats(values), target);
      return plain(target);
    });
  },
  bands() {
    const { mergedBands } = vm.runInThisContext(`const real = Number.isFinite;\n${read("screen/statistics.js")}\n;({ mergedBands })`);
    const pieces = given.map((lines) => ({ filled: lines[0].length, lines: floats(lines.flat()) }));
    return mergedBands(pieces, given[0].length).quantiles.map(plain);
  },
  // The worlds of answers that share the first times of one run.
  states() {
    const names = ["statistics", "states"].map((name) => read(`screen/${name}.js`)).join("\n");
    const { statesOf } = vm.runInThisContext(`const real = Number.isFinite;\n${names}\n;({ statesOf })`);
    const { steps, happenings, firstStep, rules, asked } = given;
    return asked.map(({ values, statuses, question }) => statesOf(values.map(Number), statuses, values.length, question, { steps, happenings, firstStep, rules }));
  },
  set() {
    const { isSetBy } = vm.runInThisContext(`${read("screen/moves.js")}\n;({ isSetBy })`);
    return given.map(({ told, values, base, statuses }) => isSetBy(0, { sets: new Set(told === "sets" ? [0] : []), maySet: new Set(told === "maySet" ? [0] : []) },
      values.map(Number), base.map(Number), statuses, values.length));
  },
  moves() {
    const { Moves } = vm.runInThisContext(`const real = Number.isFinite;\n${read("screen/statistics.js")}\n${read("screen/moves.js")}\n;({ Moves })`);
    const moves = new Moves(given.smallest);
    return given.asked.map(({ answer, first }) => [moves.isMove(answer, first), moves.size(answer, first)]);
  },
  // The questions that choices of a reader set, by what the page knows.
  choices() {
    const { Settings } = vm.runInThisContext(`${read("screen/settings.js")}\n;({ Settings })`);
    const html = fs.readFileSync(page, "utf8"), document = (id) => JSON.parse(new RegExp(`<script type="[^"]*" id="${id}">([\\s\\S]*?)</script>`).exec(html)[1]);
    const settings = new Settings(document("plan"), document("content"));
    return given.map((choice) => Object.fromEntries(Object.entries(settings.setBy(choice)).map(([name, found]) => [name, [...found].sort((a, b) => a - b)])));
  },
  // The results of a second scenario, once as they are and once with the kept noise spoilt.
  noise() {
    const html = fs.readFileSync(page, "utf8"), script = (id) => new RegExp(`<script type="[^"]*" id="${id}">([\\s\\S]*?)</script>`).exec(html)[1];
    const { Simulator, unpackPlan } = vm.runInThisContext(`${script("engine")}\n;({ Simulator, unpackPlan })`);
    const plan = unpackPlan(JSON.parse(script("plan"))), simulator = new Simulator(plan, "3", 40), drawn = simulator.draw(0, 40);
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
