// What one worker keeps of the futures that it has run under one scenario: trajectories, first times, flows.

import { Sorter } from "./sorter.js";
/** @import { Simulator } from "./simulator.js" */
/** @import { Plan, World } from "./types.d.ts" */

const FEW = 128;

export class Store {
  // Trajectories and first times of the futures that one worker has run under one scenario.
  /** @param {Plan} plan @param {number[]} firsts @param {World[]} worlds @param {number} keeps */
  constructor(plan, firsts, worlds, keeps) {
    this.moments = plan.moments.length;
    this.lines = plan.saved.length * this.moments;
    this.firsts = firsts;
    this.worlds = worlds;
    this.keeps = keeps;
    this.bins = plan.steps + 3;
    this.filled = this.futures = this.capacity = 0;
    this.values = new Float32Array(0);
    this.counts = new Uint32Array(firsts.length * this.bins);
    this.flows = new Float64Array(plan.flows.length);
    this.flowed = 0;
  }

  /** @param {number} count */
  room(count) {
    if (this.filled + count <= this.capacity) return;
    const capacity = Math.max(2 * this.capacity, this.filled + count), values = new Float32Array(this.lines * capacity);
    for (let line = 0; line < this.lines; line++) {
      values.set(this.values.subarray(line * this.capacity, line * this.capacity + this.filled), line * capacity);
    }
    this.capacity = capacity;
    this.values = values;
  }

  /** @param {Simulator} simulator @param {ArrayLike<number>} statuses */
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
  /** @param {Simulator} simulator @param {number} count */
  flow(simulator, count) {
    this.flowed += count * this.moments;
    for (let flow = 0; flow < this.flows.length; flow++) {
      for (let moment = 0; moment < this.moments; moment++) {
        const row = simulator.row("saved", this.lines + flow * this.moments + moment, count);
        for (let i = 0; i < count; i++) if (row[i] === row[i]) this.flows[flow] += row[i];
      }
    }
  }

  // First times of events, decisions and treaties, counted by step over the futures that ended well; the last bin: never. Those of the first futures, (happening, future), as
  // foedus.ensemble.firsts keeps them; and after them what priors declare, as foedus.ensemble.worlds: come at once where it was drawn.
  /** @param {Simulator} simulator @param {ArrayLike<number>} statuses @param {number} first @param {Float64Array} drawn */
  count(simulator, statuses, first, drawn) {
    const { plan } = simulator, count = statuses.length, last = this.bins - 1, kept = Math.max(0, Math.min(count, this.keeps - first));
    const steps = new (last < 65536 ? Uint16Array : Uint32Array)((this.firsts.length + this.worlds.length) * kept);
    for (let i = 0; i < count; i++) if (statuses[i] === 0) this.futures++;
    this.firsts.forEach((slot, number) => {
      const row = simulator.row("reports", slot, count);
      for (let i = 0; i < count; i++) {
        const step = Math.round(row[i] / plan.step) - plan.firstStep;
        const bin = Number.isFinite(step) && step <= plan.steps ? Math.max(0, step) : last;
        if (statuses[i] === 0) this.counts[number * this.bins + bin]++;
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
