// Which futures run when: the first band of what the reader has just chosen before all else, the rest while nothing else happens.

import { FIRST, FutureRun } from "./future_run.js";
import { Pool } from "./pool.js";
import { mergedBands, flowsOf } from "../statistics/bands.js";
/** @import { Chunk, FromWorker, RunMessage, Setting, Stretch } from "../engine/types.d.ts" */
/** @import { Choice, Drawn, Errand, Link, OnFound, ScheduleOptions } from "./types.d.ts" */

const CHUNK = 50;
export const BANDS_UP_TO = 2000;
const PAUSE = 80;
const FLOWS_UP_TO = 400;

export class Schedule {
  // `onStage(run)` is called whenever a run has reached the next number of futures, its bands included.
  /** @param {ScheduleOptions} given */
  constructor({ plan, code, seed, target, size, firsts, worlds, keeps, onStage, onDigest, onFailure }) {
    this.plan = plan;
    this.target = target;
    this.size = size;
    this.happenings = firsts.length + worlds.length;
    this.keeps = Math.min(keeps, target);
    this.onStage = onStage;
    this.onDigest = onDigest;
    this.stages = [...new Set([FIRST, BANDS_UP_TO, target].map((count) => Math.min(count, target)))].sort((a, b) => a - b);
    this.chunks = this.cutChunks();
    /** @type {Map<string, FutureRun>} */
    this.runs = new Map();
    /** @type {FutureRun | null} */
    this.current = null;
    /** @type {FutureRun[]} */
    this.background = [];
    /** @type {Errand[][]} */
    this.errands = Array.from({ length: size }, () => []);
    /** @type {Map<string, string>} */
    this.hashed = new Map();
    /** @type {Link[] | null} */
    this.chain = null;
    /** @type {Drawn | null} */
    this.drawn = null;
    this.timer = 0;
    this.isQuiet = true;
    this.pool = new Pool(code, size, (worker) => this.nextFor(worker), (worker, message) => this.said(worker, message), onFailure);
    this.pool.start({ plan, seed, firsts, worlds, keeps: this.keeps, capacity: this.capacity() });
  }

  // [[first, count], …]; chunk k belongs to worker k modulo their number, so that no worker draws a parameter twice.
  cutChunks() {
    const chunks = /** @type {Chunk[]} */ ([]), { size } = this;
    let from = 0;
    for (const stage of this.stages) {
      const share = from === 0 ? 2 * Math.ceil(stage / size / 2) : CHUNK;
      for (; from < stage; from += share) chunks.push([from, Math.min(share, stage - from)]);
      from = stage;
    }
    return chunks;
  }

  // Futures that a worker has room for: the longest chunk, as an odd number of cache lines, so that rows do not fall on one another.
  capacity() {
    const lines = Math.ceil(Math.max(...this.chunks.map(([, count]) => count)) / 8);
    return 8 * (lines + 1 - (lines % 2));
  }

  // The run of these settings; made when it is not there.
  /** @param {string} key @param {Setting[]} settings @param {Choice | null} [choice] */
  run(key, settings, choice = null) {
    const id = choice ? key : `bare ${key}`, found = this.runs.get(id) ?? new FutureRun(id, settings, choice, this);
    this.runs.set(id, found);
    return found;
  }

  // Show this run first; `background` are others that are wanted, in this order.
  /** @param {FutureRun} run @param {FutureRun[]} background */
  show(run, background) {
    this.current = run;
    this.background = background;
    const kept = new Set([run, ...background]);
    const gone = [...this.runs.values()].filter((other) => !kept.has(other));
    for (const other of gone) this.runs.delete(other.id);
    if (gone.length) this.errands.forEach((list) => list.push({ message: { type: "drop", runs: gone.map((other) => other.id) } }));
    this.touch();
    this.pool.feedAll();
  }

  // The reader is busy: nothing but first bands for a moment.
  touch() {
    this.isQuiet = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.isQuiet = true;
      this.pool.feedAll();
    }, PAUSE);
  }

  /** @param {number} worker */
  nextFor(worker) {
    if (!this.current) return null;
    for (let stage = 0; stage < this.stages.length; stage++) {
      if (stage === 1 && this.errands[worker].length) return this.errands[worker].shift() ?? null;
      if (stage > 0 && !this.isQuiet) return null;
      for (const run of [this.current, ...this.background]) {
        const chunk = this.chunkOf(run, worker, stage);
        if (chunk) return chunk;
      }
    }
    return this.errands[worker].shift() ?? null;
  }

  /** @param {FutureRun} run @param {number} worker @param {number} stage @returns {Errand | null} */
  chunkOf(run, worker, stage) {
    const number = run.next[worker], chunk = this.chunks[number];
    if (!chunk || chunk[0] >= this.stages[stage]) return null;
    run.next[worker] += this.size;
    const [first, count] = chunk;
    /** @type {RunMessage} */
    const message = { type: "run", run: run.id, settings: run.settings, first, count, isBare: run.isBare, saves: !run.isBare && first < BANDS_UP_TO,
      wantsBands: stage === 0 && !run.isBare, wantsFlows: !run.isBare && first >= FIRST && first < FLOWS_UP_TO };
    return { message };
  }

  // The uncertain parameters in the first futures, by name: asked for once, then given to all that wait.
  /** @param {OnFound} onFound */
  parameters(onFound) {
    const count = Math.min(BANDS_UP_TO, this.target), names = this.plan.parameters.filter((parameter) => parameter.drawn).map(({ name }) => name);
    if (this.drawn) {
      if (this.drawn.missing) this.drawn.waiting.push(onFound);
      else onFound(this.drawn.rows, count);
      return;
    }
    this.drawn = { rows: new Map(names.map((name) => [name, new Float64Array(count)])), waiting: [onFound], missing: this.size, count };
    this.errands.forEach((list, worker) => {
      const chunks = this.chunks.filter(([first], number) => number % this.size === worker && first < count);
      list.push({ message: { type: "parameters", chunks } });
    });
    this.pool.feedAll();
  }

  /** @param {{ stretches: Stretch[] }} given */
  onParameters({ stretches }) {
    if (!this.drawn) return;
    const { rows, waiting, count } = this.drawn;
    for (const { first, count: size, values } of stretches) {
      [...rows.values()].forEach((row, number) => row.set(values.subarray(number * size, (number + 1) * size), first));
    }
    if (--this.drawn.missing === 0) waiting.splice(0).forEach((onFound) => onFound(rows, count));
  }

  /** @param {number} worker @param {FromWorker} message */
  said(worker, message) {
    if (message.type === "hashed") this.onHashed(message);
    if (message.type === "parameters") this.onParameters(message);
    const run = "run" in message ? this.runs.get(message.run) : undefined;
    if (!run) return;
    if (message.type === "ran") {
      run.take(message, this.chunks, this.chunks.findIndex(([first]) => first === message.first));
      if (message.bands) run.cuts[worker] = message.bands;
      this.advance(run);
    } else if (message.type === "bands") {
      run.cuts[worker] = message.isLight ? { ...run.cuts[worker], counts: message.bands.counts, futures: message.bands.futures } : message.bands;
      if (--run.waiting === 0) {
        this.reached(run);
        this.advance(run);
      }
    }
  }

  // Has the run come to the end of a stage? Beyond the first, its bands are asked for.
  /** @param {FutureRun} run */
  advance(run) {
    let stage = -1;
    this.stages.forEach((count, number) => { if (run.contiguous >= count) stage = number; });
    if (stage <= run.stage || run.waiting) return;
    run.stage = stage;
    if (stage === 0 || run.isBare) {
      this.reached(run);
      return;
    }
    run.waiting = this.size;
    const isLight = stage > 0 && this.stages[stage - 1] >= BANDS_UP_TO;
    this.errands.forEach((list) => list.push({ message: { type: "bands", run: run.id, isLight } }));
    this.pool.feedAll();
  }

  /** @param {FutureRun} run */
  reached(run) {
    run.done = this.stages[run.stage];
    if (!run.isBare) {
      const pieces = run.cuts.filter(Boolean), lines = this.plan.saved.length * this.plan.moments.length;
      if (run.done <= BANDS_UP_TO || !run.bands) run.bands = mergedBands(pieces, lines);
      run.flows = flowsOf(pieces);
      run.pieces = pieces.map(({ counts, futures }) => ({ counts, futures }));
      this.onStage(run);
    }
    this.digest();
  }

  // The digest goes through the case's scenarios in their order, then the reader's own; one worker keeps the states.
  /** @param {Link[] | null} chain */
  wantDigest(chain) {
    this.chain = chain;
    this.digest();
  }

  digest() {
    if (!this.chain) return;
    let parent = "";
    for (const { name, run } of this.chain) {
      const id = `${parent}\n${name} ${run.id}`;
      if (!this.hashed.has(id)) {
        if (run.done === this.target) this.askHash(id, parent, name, run);
        return;
      }
      parent = id;
    }
    const hex = this.hashed.get(parent);
    if (hex) this.onDigest(hex);
  }

  /** @param {string} id @param {string} parent @param {string} name @param {FutureRun} run */
  askHash(id, parent, name, run) {
    this.hashed.set(id, "");
    const results = new Float64Array(run.results.length * this.target);
    run.results.forEach((row, number) => results.set(row, number * this.target));
    this.errands[0].push({ message: { type: "hash", id, parent, name, results, statuses: run.statuses.slice() }, transfer: [results.buffer] });
    if (run.isBare) run.results = [];
    this.pool.feedAll();
  }

  /** @param {{ id: string; hex: string }} given */
  onHashed({ id, hex }) {
    this.hashed.set(id, hex);
    this.digest();
  }
}
