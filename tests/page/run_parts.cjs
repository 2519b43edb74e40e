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
