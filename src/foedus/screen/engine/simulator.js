// One thread's engine: draws parameters, fills the memory of the WebAssembly module, runs futures, reads what came out.

import { columnTable } from "./columns.js";
import { lawQuantile, correlate } from "./laws.js";
import { streamKey } from "./sha256.js";
/** @import { Kernel, Plan, Setting } from "./types.d.ts" */

const KEPT_UP_TO = 2000;

const PACK = 50;
const KERNELS = ["exp", "growth", "log", "sin", "cos", "normal_quantile", "normal_cdf"];

/** @type {(code: Uint8Array<ArrayBuffer>, imports: WebAssembly.Imports) => Record<string, Function>} */
const instance = (code, imports) => /** @type {any} */ (new WebAssembly.Instance(new WebAssembly.Module(code), imports).exports);

export class Simulator {
  // capacity: the most futures of one call, an even number.
  /** @param {Plan} plan @param {string} seed @param {number} [capacity] */
  constructor(plan, seed, capacity = 128) {
    this.plan = plan;
    this.capacity = capacity;
    this.moments = plan.moments.length;
    this.scratch = Math.max(capacity, plan.columns.rows + 2);
    const { place, pages } = this.lay();
    this.place = place;
    this.memory = new WebAssembly.Memory({ initial: pages });
    this.bytes = new Uint8Array(this.memory.buffer);
    this.doubles = new Float64Array(this.memory.buffer);
    const stack = new WebAssembly.Global({ value: "i32", mutable: true }, this.place.stack + 65536);
    const imports = { env: { __linear_memory: this.memory, __stack_pointer: stack } };
    this.module = instance(plan.module, imports);
    this.kernels = instance(plan.kernel, imports);
    const rows = KERNELS.map((name) => [name, (/** @type {Float64Array} */ row) => this.onRow(row, (at, pairs) => this.kernels[name](at, pairs))]);
    this.kernel = /** @type {Kernel} */ (Object.fromEntries(rows));
    this.bytes.set(plan.due, this.place.due);
    this.bytes.set(plan.occurrence, this.place.occurrence);
    /** @type {Map<number, { place: number; count: number }>} */
    this.kept = new Map();
    /** @type {Map<number, number>} */
    this.tables = new Map();
    this.seed = seed;
    /** @type {number[]} */
    this.memberKey = [];
    /** @type {(number[] | undefined)[]} */
    this.parameterKeys = [];
    this.reseed(seed);
    /** @type {string | null} */
    this.settled = null;
  }

  // Where in the memory everything stands, and how many pages of memory that takes.
  lay() {
    const plan = this.plan, width = 8 * this.capacity;
    const sizes = {
      parameters: Math.max(1, plan.parameters.length) * width, columns: plan.columns.table.byteLength,
      keys: 8 * Math.max(1, plan.streams.length), due: plan.due.length, occurrence: plan.occurrence.length,
      results: plan.results.length * width, status: width, reports: plan.reports.length * width,
      saved: (plan.saved.length + plan.flows.length) * this.moments * width, workspace: 8 * plan.workspace, scratch: 8 * this.scratch, stack: 65536,
    };
    /** @type {Record<string, number>} */
    const place = {};
    let end = 16384;
    for (const [name, size] of Object.entries(sizes)) {
      place[name] = end;
      end += Math.ceil(size / 64) * 64 + 64;
    }
    return { place, pages: Math.ceil((end + 65536) / 65536) };
  }

  look() {
    this.bytes = new Uint8Array(this.memory.buffer);
    this.doubles = new Float64Array(this.memory.buffer);
  }

  // Where the noise of these futures stands, and whether it has to be drawn. What first bands and bands show is kept for the next
  // scenario, because noise is the same in all of them; later futures share one place.
  /** @param {number} first @param {number} count */
  noise(first, count) {
    const id = first < KEPT_UP_TO ? first : -1, kept = this.kept.get(id) ?? { place: this.noiseRoom(id, count), count: 0 };
    const fills = id < 0 || kept.count < count;
    kept.count = Math.max(kept.count, count);
    this.kept.set(id, kept);
    return { place: kept.place, fills };
  }

  // A table is as wide as the longest stretch; short stretches that follow one another share one.
  /** @param {number} id @param {number} count */
  noiseRoom(id, count) {
    const width = this.capacity - (this.capacity % PACK), offset = id % width, number = Math.floor(id / width);
    const size = 8 * this.plan.kept * this.capacity;
    if (id < 0 || offset + count > width || width === 0) return this.room(size);
    const place = this.tables.get(number) ?? this.room(size);
    this.tables.set(number, place);
    return place + 8 * offset;
  }

  // So many more bytes at the end of the memory.
  /** @param {number} size */
  room(size) {
    const place = this.memory.buffer.byteLength;
    if (size) this.memory.grow(Math.ceil(size / 65536));
    this.look();
    return place;
  }

  /** @param {string} seed */
  reseed(seed) {
    this.seed = seed;
    for (const kept of this.kept.values()) kept.count = 0;
    const words = new Uint32Array(this.memory.buffer, this.place.keys, 2 * this.plan.streams.length);
    this.plan.streams.forEach((name, slot) => words.set(streamKey(seed, name), 2 * slot));
    this.memberKey = streamKey(seed, "posterior:member");
    this.parameterKeys = this.plan.parameters.map((parameter) => parameter.law && streamKey(seed, `param:${parameter.name}`));
  }

  /** @param {Float64Array} row @param {(place: number, pairs: number) => void} work */
  onRow(row, work) {
    const start = this.place.scratch / 8;
    for (let from = 0; from < row.length; from += this.scratch) {
      const part = row.subarray(from, from + this.scratch);
      this.doubles.set(part, start);
      work(this.place.scratch, (part.length + 1) >> 1);
      part.set(this.doubles.subarray(start, start + part.length));
    }
  }

  // (parameter, capacity) in base units, for futures first … first + count - 1.
  /** @param {number} first @param {number} count */
  draw(first, count) {
    const { parameters, groups } = this.plan, uniforms = /** @type {Map<number, Float64Array>} */ (new Map()), drawn = new Float64Array(parameters.length * this.capacity);
    parameters.forEach((parameter, index) => {
      if (!parameter.law) return;
      const row = new Float64Array(count), [high, low] = /** @type {number[]} */ (this.parameterKeys[index]);
      this.onRow(row, (place, pairs) => this.kernels.uniform(place, pairs, high | 0, low | 0, first));
      uniforms.set(index, row);
    });
    correlate(groups, uniforms, this.kernel);
    parameters.forEach((parameter, index) => {
      const target = drawn.subarray(index * this.capacity, (index + 1) * this.capacity);
      if (!parameter.law) {
        target.fill(parameter.value ?? 0);
        return;
      }
      const row = /** @type {Float64Array} */ (uniforms.get(index));
      lawQuantile(parameter.law, row, this.kernel);
      for (let i = 0; i < this.capacity; i++) target[i] = row[Math.min(i, count - 1)] * parameter.scale;
    });
    this.drawMembers(drawn, first, count);
    return drawn;
  }

  // Where a posterior stands in for priors: future i takes a member of chain i modulo their number, whole.
  /** @param {Float64Array} drawn @param {number} first @param {number} count */
  drawMembers(drawn, first, count) {
    const { joint, parameters } = this.plan;
    if (!joint) return;
    const luck = new Float64Array(count), [high, low] = this.memberKey;
    this.onRow(luck, (place, pairs) => this.kernels.uniform(place, pairs, high | 0, low | 0, first));
    for (const [index, values] of joint.values) {
      const target = drawn.subarray(index * this.capacity, (index + 1) * this.capacity);
      for (let i = 0; i < this.capacity; i++) {
        const future = Math.min(i, count - 1), member = Math.min(Math.floor(luck[future] * joint.members), joint.members - 1);
        target[i] = values[((first + future) % joint.chains) * joint.members + member] * parameters[index].scale;
      }
    }
  }

  // Run futures under settings [[parameter, override, value, start, end, outside], …]; the results stay in the memory.
  // saves: 0 no trajectories, 1 those of charts, 2 the flows too.
  /** @param {Setting[]} settings @param {Float64Array} drawn @param {number} first @param {number} count @param {number} saves */
  run(settings, drawn, first, count, saves) {
    const noise = this.noise(first, count), { place, capacity, doubles } = this, parameters = place.parameters / 8;
    doubles.set(drawn, parameters);
    for (const [parameter, , value] of settings) {
      if (parameter >= 0) doubles.fill(value, parameters + parameter * capacity, parameters + (parameter + 1) * capacity);
    }
    const key = JSON.stringify(settings.filter((setting) => setting[1] >= 0));
    if (this.settled !== key) {
      doubles.set(columnTable(this.plan, settings, this.kernel), place.columns / 8);
      this.settled = key;
    }
    this.module.run_futures(
      BigInt((count + 1) >> 1), BigInt(capacity), place.parameters, place.columns, place.keys, first, place.due, place.occurrence,
      place.results, place.status, place.reports, place.saved, saves, place.workspace, noise.place, noise.fills ? 1 : 0,
    );
  }

  // A row of what came out, as a view that the next run overwrites.
  /** @param {"results" | "status" | "reports" | "saved"} name @param {number} number @param {number} count */
  row(name, number, count) {
    const start = this.place[name] / 8 + number * this.capacity;
    return this.doubles.subarray(start, start + count);
  }
}
