// A worker: draws and runs stretches of futures, keeps what charts need, hashes. One message in, one message out.

import { hashScenario } from "./digest.js";
import { readFaults } from "./faults.js";
import { Sha256 } from "./sha256.js";
import { Simulator } from "./simulator.js";
import { Store } from "./store.js";

export class FutureWorker {
  constructor(post) {
    this.post = post;
    this.draws = new Map();
    this.stores = new Map();
    this.hashes = new Map();
  }

  start({ plan, seed, firsts, worlds, keeps, capacity }) {
    Object.assign(this, { plan, firsts, worlds, keeps });
    this.simulator = new Simulator(plan, seed, capacity);
    this.post({ type: "ready" });
  }

  run({ run, settings, first, count, saves, wantsBands, wantsFlows, isBare }) {
    const started = performance.now(), { plan, simulator } = this;
    if (!this.draws.has(first)) this.draws.set(first, simulator.draw(first, count));
    simulator.run(settings, this.draws.get(first), first, count, wantsFlows ? 2 : saves ? 1 : 0);
    const results = new Float64Array(plan.results.length * count);
    plan.results.forEach((_, number) => results.set(simulator.row("results", number, count), number * count));
    const statuses = Int8Array.from(simulator.row("status", 0, count));
    const store = isBare ? null : this.store(run);
    const steps = store ? store.count(simulator, first, count, this.draws.get(first)) : null;
    if (saves) store.add(simulator, statuses);
    if (wantsFlows) store.flow(simulator, count);
    const bands = wantsBands ? this.cut(store) : null;
    const faults = readFaults(simulator, statuses, first);
    const transfer = [results.buffer, statuses.buffer, ...(steps ? [steps.buffer] : []), ...(faults ? [faults.buffer] : []), ...(bands ? [bands.lines.buffer, bands.counts.buffer] : [])];
    this.post({ type: "ran", run, first, count, results, statuses, steps, faults, bands, ms: performance.now() - started }, transfer);
  }

  // Uncertain parameters of some stretches of futures, in base units: (parameter, future), stretch after stretch.
  parameters({ chunks }) {
    const { plan, simulator } = this, drawn = plan.parameters.flatMap((parameter, index) => (parameter.drawn ? [index] : []));
    const stretches = chunks.map(([first, count]) => {
      if (!this.draws.has(first)) this.draws.set(first, simulator.draw(first, count));
      const all = this.draws.get(first), found = new Float64Array(drawn.length * count);
      drawn.forEach((index, row) => found.set(all.subarray(index * simulator.capacity, index * simulator.capacity + count), row * count));
      return { first, count, values: found };
    });
    this.post({ type: "parameters", stretches }, stretches.map(({ values }) => values.buffer));
  }

  store(run) {
    if (!this.stores.has(run)) this.stores.set(run, new Store(this.plan, this.firsts, this.worlds, this.keeps));
    return this.stores.get(run);
  }

  cut(store, isLight = false) {
    return { lines: isLight ? new Float32Array(0) : store.sorted(), filled: store.filled, futures: store.futures, counts: store.counts.slice(), flows: store.flows.slice(),
      flowed: store.flowed };
  }

  bands({ run, isLight }) {
    const bands = this.cut(this.store(run), isLight);
    this.post({ type: "bands", run, isLight, bands }, [bands.lines.buffer, bands.counts.buffer]);
  }

  drop({ runs }) {
    for (const run of runs) this.stores.delete(run);
    this.post({ type: "dropped" });
  }

  // Continue the digest `parent` with a scenario; results are (question, future), one after the other.
  hash({ id, parent, name, results, statuses }) {
    const hash = parent ? this.hashes.get(parent).copy() : new Sha256(), futures = statuses.length;
    const rows = this.plan.results.map((_, number) => results.subarray(number * futures, (number + 1) * futures));
    this.hashes.set(id, hashScenario(hash, this.plan, name, rows, statuses));
    this.post({ type: "hashed", id, hex: hash.hex() });
  }
}
