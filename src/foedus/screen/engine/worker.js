// A worker: draws and runs stretches of futures, keeps what charts need, hashes. One message in, one message out.

import { hashScenario } from "./digest.js";
import { readFaults } from "./faults.js";
import { Sha256 } from "./sha256.js";
import { Simulator } from "./simulator.js";
import { Store } from "./store.js";
/** @import { BandsMessage, DropMessage, FromWorker, HashMessage, ParametersMessage, RunMessage, StartMessage, ToWorker } from "./types.d.ts" */

export class FutureWorker {
  // What is said goes out by `post`, with what is handed over and not copied.
  /** @param {(message: FromWorker, transfer?: Transferable[]) => void} post @param {StartMessage} given */
  constructor(post, { plan, seed, firsts, worlds, keeps, capacity }) {
    this.post = post;
    this.plan = plan;
    this.firsts = firsts;
    this.worlds = worlds;
    this.keeps = keeps;
    this.simulator = new Simulator(plan, seed, capacity);
    /** @type {Map<number, Float64Array>} */
    this.draws = new Map();
    /** @type {Map<string, Store>} */
    this.stores = new Map();
    /** @type {Map<string, Sha256>} */
    this.hashes = new Map();
  }

  /** @param {Exclude<ToWorker, StartMessage>} message */
  does(message) {
    switch (message.type) {
      case "run": return this.run(message);
      case "bands": return this.bands(message);
      case "parameters": return this.parameters(message);
      case "drop": return this.drop(message);
      case "hash": return this.hash(message);
    }
  }

  // The parameters of a stretch of futures, drawn once.
  /** @param {number} first @param {number} count */
  drawn(first, count) {
    const found = this.draws.get(first) ?? this.simulator.draw(first, count);
    this.draws.set(first, found);
    return found;
  }

  /** @param {RunMessage} given */
  run({ run, settings, first, count, saves, wantsBands, wantsFlows, isBare }) {
    const started = performance.now(), { plan, simulator } = this;
    const drawn = this.drawn(first, count);
    simulator.run(settings, drawn, first, count, wantsFlows ? 2 : saves ? 1 : 0);
    const results = new Float64Array(plan.results.length * count);
    plan.results.forEach((_, number) => results.set(simulator.row("results", number, count), number * count));
    const statuses = Int8Array.from(simulator.row("status", 0, count));
    const store = isBare ? null : this.store(run);
    const steps = store ? store.count(simulator, statuses, first, drawn) : null;
    if (saves) store?.add(simulator, statuses);
    if (wantsFlows) store?.flow(simulator, count);
    const bands = wantsBands && store ? this.cut(store) : null;
    const faults = readFaults(simulator, statuses, first);
    const transfer = [results.buffer, statuses.buffer, ...(steps ? [steps.buffer] : []), ...(faults ? [faults.buffer] : []), ...(bands ? [bands.lines.buffer, bands.counts.buffer] : [])];
    this.post({ type: "ran", run, first, count, results, statuses, steps, faults, bands, ms: performance.now() - started }, transfer);
  }

  // Uncertain parameters of some stretches of futures, in base units: (parameter, future), stretch after stretch.
  /** @param {ParametersMessage} given */
  parameters({ chunks }) {
    const { plan, simulator } = this, drawn = plan.parameters.flatMap((parameter, index) => (parameter.drawn ? [index] : []));
    const stretches = chunks.map(([first, count]) => {
      const all = this.drawn(first, count), found = new Float64Array(drawn.length * count);
      drawn.forEach((index, row) => found.set(all.subarray(index * simulator.capacity, index * simulator.capacity + count), row * count));
      return { first, count, values: found };
    });
    this.post({ type: "parameters", stretches }, stretches.map(({ values }) => values.buffer));
  }

  /** @param {string} run */
  store(run) {
    const found = this.stores.get(run) ?? new Store(this.plan, this.firsts, this.worlds, this.keeps);
    this.stores.set(run, found);
    return found;
  }

  /** @param {Store} store @param {boolean} [isLight] */
  cut(store, isLight = false) {
    return { lines: isLight ? new Float32Array(0) : store.sorted(), filled: store.filled, futures: store.futures, counts: store.counts.slice(), flows: store.flows.slice(),
      flowed: store.flowed };
  }

  /** @param {BandsMessage} given */
  bands({ run, isLight }) {
    const bands = this.cut(this.store(run), isLight);
    this.post({ type: "bands", run, isLight, bands }, [bands.lines.buffer, bands.counts.buffer]);
  }

  /** @param {DropMessage} given */
  drop({ runs }) {
    for (const run of runs) this.stores.delete(run);
    this.post({ type: "dropped" });
  }

  // Continue the digest `parent` with a scenario; results are (question, future), one after the other.
  /** @param {HashMessage} given */
  hash({ id, parent, name, results, statuses }) {
    const hash = this.hashes.get(parent)?.copy() ?? new Sha256(), futures = statuses.length;
    const rows = this.plan.results.map((_, number) => results.subarray(number * futures, (number + 1) * futures));
    this.hashes.set(id, hashScenario(hash, this.plan, name, rows, statuses));
    this.post({ type: "hashed", id, hex: hash.hex() });
  }
}
