// What a worker of a page finds, run here without a browser: node run_worker.mjs PAGE.html < JSON {futures, seed, chunk, workers}, the answer as JSON.
import fs from "node:fs";
import { unpackPlan } from "../../src/foedus/screen/engine/plan.js";
import { FutureWorker } from "../../src/foedus/screen/engine/worker.js";
import { firstTimes, flowsOf, mergedBands } from "../../src/foedus/screen/statistics/bands.js";
import { driversOf, Ranks } from "../../src/foedus/screen/statistics/drivers.js";

const html = fs.readFileSync(process.argv[2], "utf8"), { futures, seed, chunk, workers } = JSON.parse(fs.readFileSync(0, "utf8"));
const written = (id) => JSON.parse(new RegExp(`<script type="[^"]*" id="${id}">([\\s\\S]*?)</script>`).exec(html)[1]);
const plan = unpackPlan(written("plan")), content = written("content"), { name, settings } = plan.scenarios[0];
const plain = (values) => Array.from(values, (value) => (Number.isFinite(value) ? value : String(value)));

const said = [], start = { type: "start", plan, seed: String(seed), firsts: content.happenings.map((one) => one.slot), worlds: content.worlds, keeps: futures, capacity: chunk };
const team = Array.from({ length: workers }, () => new FutureWorker((message) => said.push(message), start));
const chunks = [];
for (let first = 0; first < futures; first += chunk) chunks.push([first, Math.min(chunk, futures - first)]);
chunks.forEach(([first, count], number) => team[number % workers].does({ type: "run", run: name, settings, first, count, isBare: false, saves: true, wantsBands: false, wantsFlows: true }));

const results = plan.results.map(() => new Float64Array(futures)), statuses = new Int8Array(futures);
for (const { first, count, results: found, statuses: ended } of said.filter((message) => message.type === "ran")) {
  results.forEach((row, question) => row.set(found.subarray(question * count, (question + 1) * count), first));
  statuses.set(ended, first);
}
const names = plan.parameters.filter((parameter) => parameter.drawn).map((parameter) => parameter.name), rows = new Map(names.map((one) => [one, new Float64Array(futures)]));
team[0].does({ type: "parameters", chunks });
for (const { first, count, values } of said.at(-1).stretches) {
  [...rows.values()].forEach((row, number) => row.set(values.subarray(number * count, (number + 1) * count), first));
}
team.forEach((worker) => worker.does({ type: "bands", run: name, isLight: false }));
const pieces = said.filter((message) => message.type === "bands").map((message) => message.bands), ranks = new Ranks(rows, futures);

process.stdout.write(JSON.stringify({
  happenings: content.happenings.map((_, number) => firstTimes(pieces, number, plan.steps + 3)),
  bands: mergedBands(pieces, plan.saved.length * plan.moments.length).quantiles.map(plain),
  flows: flowsOf(pieces),
  drivers: Object.fromEntries(plan.results.map(([question], number) => {
    const { idle } = content.questions.find((one) => one.name === question);
    return [question, driversOf(results[number], statuses, ranks, () => false, (name) => idle.includes(name))];
  })),
}));
