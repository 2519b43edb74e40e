// Runs the futures of a page in Node: reads the page's own engine and plan, prints digests and answers as JSON.
// node run_page.cjs PAGE.html FUTURES SEED [SETTINGS as JSON]
const fs = require("fs");
const vm = require("vm");

const [page, futures, seed, own] = process.argv.slice(2);
const html = fs.readFileSync(page, "utf8");
const script = (id) => new RegExp(`<script type="[^"]*" id="${id}">([\\s\\S]*?)</script>`).exec(html)[1];
const engine = vm.runInThisContext(`${script("engine")}\n;({ Simulator, Sha256, hashScenario, unpackPlan })`);
const plan = engine.unpackPlan(JSON.parse(script("plan")));
const count = +futures, chunk = 100, simulator = new engine.Simulator(plan, seed, chunk);

const drawn = [];
for (let first = 0; first < count; first += chunk) drawn.push(simulator.draw(first, Math.min(chunk, count - first)));

function run(settings) {
  const results = plan.results.map(() => new Float64Array(count)), statuses = new Float64Array(count);
  drawn.forEach((draws, number) => {
    const first = number * chunk, size = Math.min(chunk, count - first);
    simulator.run(settings, draws, first, size, number === 0 ? 2 : 0);
    results.forEach((row, question) => row.set(simulator.row("results", question, size), first));
    statuses.set(simulator.row("status", 0, size), first);
  });
  return { results, statuses };
}

const hash = new engine.Sha256(), scenarios = own ? [...plan.scenarios, { name: "own", settings: JSON.parse(own) }] : plan.scenarios;
for (const { name, settings } of scenarios) {
  const { results, statuses } = run(settings);
  engine.hashScenario(hash, plan, name, results, statuses);
}
const parameters = plan.parameters.map((parameter, index) => [parameter.name, Array.from(drawn[0].slice(index * chunk, index * chunk + 5))]);
process.stdout.write(JSON.stringify({ digest: hash.hex(), empty: new engine.Sha256().hex(), parameters: Object.fromEntries(parameters) }));
