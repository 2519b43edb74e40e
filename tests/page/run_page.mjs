// Runs the futures of a page in Node: reads the page's own engine and plan, prints digests, parameters and failures as JSON.
// node run_page.mjs PAGE.html FUTURES SEED [SETTINGS as JSON]
import fs from "node:fs";
import vm from "node:vm";
import { countFaults } from "../../src/foedus/screen/engine/faults.js";
import { unpackPlan } from "../../src/foedus/screen/engine/plan.js";

const [page, futures, seed, own] = process.argv.slice(2);
const html = fs.readFileSync(page, "utf8");
const script = (id) => new RegExp(`<script type="[^"]*" id="${id}">([\\s\\S]*?)</script>`).exec(html)[1];
const linked = vm.runInThisContext(`${script("engine")}\n;modules`), engine = Object.assign({}, ...Object.values(linked));
const plan = unpackPlan(JSON.parse(script("plan")));
const count = +futures, chunk = 100, simulator = new engine.Simulator(plan, seed, chunk);

const drawn = [];
for (let first = 0; first < count; first += chunk) drawn.push(simulator.draw(first, Math.min(chunk, count - first)));

function run(settings) {
  const results = plan.results.map(() => new Float64Array(count)), statuses = new Float64Array(count), faults = [];
  drawn.forEach((draws, number) => {
    const first = number * chunk, size = Math.min(chunk, count - first);
    simulator.run(settings, draws, first, size, number === 0 ? 2 : 0);
    results.forEach((row, question) => row.set(simulator.row("results", question, size), first));
    statuses.set(simulator.row("status", 0, size), first);
    const found = engine.readFaults(simulator, simulator.row("status", 0, size), first);
    if (found) faults.push(found);
  });
  return { results, statuses, faults };
}

const hash = new engine.Sha256(), scenarios = own ? [...plan.scenarios, { name: "own", settings: JSON.parse(own) }] : plan.scenarios, runs = [];
for (const { name, settings } of scenarios) {
  const { results, statuses, faults } = run(settings);
  runs.push({ name, faults });
  engine.hashScenario(hash, plan, name, results, statuses);
}
const parameters = plan.parameters.map((parameter, index) => [parameter.name, Array.from(drawn[0].slice(index * chunk, index * chunk + 5))]);
const dates = JSON.parse(script("content")).dates;
const failures = countFaults(runs, count).map((fault) => {
  const { check, time, value } = fault;
  const [kind, name, status, unit, scale] = plan.faults.checks[check];
  return { kind, name, status, unit, date: dates[Math.round(time / plan.step) - plan.firstStep], count: fault.count, value: String(value / scale), scenarios: fault.runs };
});
process.stdout.write(JSON.stringify({ failures, digest: hash.hex(), empty: new engine.Sha256().hex(), parameters: Object.fromEntries(parameters) }));
