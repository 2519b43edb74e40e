// A worker: draws and runs stretches of futures, keeps what charts need, hashes. One message in, one message out.

const FEW = 128;

class Store {
  // Trajectories and first times of the futures that one worker has run under one scenario.
  constructor(plan, firsts, worlds, keeps) {
    this.moments = plan.moments.length;
    this.lines = plan.saved.length * this.moments;
    Object.assign(this, { firsts, worlds, keeps });
    this.bins = plan.steps + 3;
    this.filled = this.futures = this.capacity = 0;
    this.values = new Float32Array(0);
    this.counts = new Uint32Array(firsts.length * this.bins);
    this.flows = new Float64Array(plan.flows.length);
    this.flowed = 0;
  }

  room(count) {
    if (this.filled + count <= this.capacity) return;
    const capacity = Math.max(2 * this.capacity, this.filled + count), values = new Float32Array(this.lines * capacity);
    for (let line = 0; line < this.lines; line++) {
      values.set(this.values.subarray(line * this.capacity, line * this.capacity + this.filled), line * capacity);
    }
    this.capacity = capacity;
    this.values = values;
  }

  add(simulator, statuses) {
    const { plan } = simulator, moments = plan.moments.length, count = statuses.length;
    this.room(count);
    const kept = [];
    for (let i = 0; i < count; i++) if (statuses[i] === 0) kept.push(i);
    for (let line = 0; line < this.lines; line++) {
      const row = simulator.row("saved", line, count), scale = plan.saved[Math.floor(line / moments)][1];
      const start = line * this.capacity + this.filled;
      for (let i = 0; i < kept.length; i++) this.values[start + i] = row[kept[i]] / scale;
    }
    this.filled += kept.length;
  }

  // What has flowed on average, for the diagram.
  flow(simulator, count) {
    const { plan } = simulator;
    this.flowed += count * this.moments;
    for (let flow = 0; flow < this.flows.length; flow++) {
      for (let moment = 0; moment < this.moments; moment++) {
        const row = simulator.row("saved", this.lines + flow * this.moments + moment, count);
        for (let i = 0; i < count; i++) if (row[i] === row[i]) this.flows[flow] += row[i];
      }
    }
  }

  // First times of events, decisions and treaties, counted by step; the last bin: never. Those of the first futures, (happening, future), as
  // foedus.ensemble.firsts keeps them; and after them what priors declare, as foedus.ensemble.worlds: come at once where it was drawn.
  count(simulator, first, count, drawn) {
    const { plan } = simulator, last = this.bins - 1, kept = Math.max(0, Math.min(count, this.keeps - first));
    const steps = new (last < 65536 ? Uint16Array : Uint32Array)((this.firsts.length + this.worlds.length) * kept);
    this.futures += count;
    this.firsts.forEach((slot, number) => {
      const row = simulator.row("reports", slot, count);
      for (let i = 0; i < count; i++) {
        const step = Math.round(row[i] / plan.step) - plan.firstStep;
        const bin = Number.isFinite(step) && step <= plan.steps ? Math.max(0, step) : last;
        this.counts[number * this.bins + bin]++;
        if (i < kept) steps[number * kept + i] = bin;
      }
    });
    this.worlds.forEach(({ parameter, low, high }, number) => {
      const from = (this.firsts.length + number) * kept, start = parameter * simulator.capacity;
      for (let i = 0; i < kept; i++) steps[from + i] = drawn[start + i] >= (low ?? -Infinity) && drawn[start + i] <= (high ?? Infinity) ? 0 : last;
    });
    return steps;
  }

  sorted() {
    if (this.filled <= FEW) return this.sortedAlong();
    const found = new Float32Array(this.lines * this.filled), sorter = new Sorter(this.filled);
    for (let line = 0; line < this.lines; line++) {
      const from = line * this.capacity;
      sorter.sort(this.values.subarray(from, from + this.filled), found.subarray(line * this.filled, (line + 1) * this.filled));
    }
    return found;
  }

  // Few futures: their order changes little from one moment to the next, so each line starts from the order of the one before.
  sortedAlong() {
    const { filled, capacity, values } = this, moments = this.moments, found = new Float32Array(this.lines * filled);
    const order = new Uint16Array(filled);
    for (let line = 0; line < this.lines; line++) {
      if (line % moments === 0) for (let i = 0; i < filled; i++) order[i] = i;
      const from = line * capacity, to = line * filled;
      for (let i = 0; i < filled; i++) {
        const future = order[i], value = values[from + future];
        let j = i - 1;
        for (; j >= 0 && found[to + j] > value; j--) {
          found[to + j + 1] = found[to + j];
          order[j + 1] = order[j];
        }
        found[to + j + 1] = value;
        order[j + 1] = future;
      }
    }
    return found;
  }
}

class FutureWorker {
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

function startWorker(scope) {
  const worker = new FutureWorker((message, transfer) => scope.postMessage(message, transfer ?? []));
  scope.onmessage = ({ data }) => {
    try {
      worker[data.type](data);
    } catch (error) {
      scope.postMessage({ type: "failed", message: String((error && error.stack) || error) });
    }
  };
}

if (typeof WorkerGlobalScope !== "undefined") startWorker(self);
