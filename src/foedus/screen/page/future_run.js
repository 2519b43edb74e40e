// One scenario on its futures, as far as it has come.

/** @import { Chunk, Cut, Faults, Plan, Ran, Setting, Steps } from "../engine/types.d.ts" */
/** @import { Bands, Counted } from "../statistics/types.d.ts" */
/** @import { Choice } from "./types.d.ts" */





export const FIRST = 200;

export class FutureRun {
  // choice: what the reader has chosen; null for a scenario of the case that only the digest wants.
  /** @param {string} id @param {Setting[]} settings @param {Choice | null} choice @param {{ plan: Plan; target: number; size: number; happenings: number; keeps: number }} given */
  constructor(id, settings, choice, { plan, target, size, happenings, keeps }) {
    this.id = id;
    this.settings = settings;
    this.choice = choice;
    this.isBare = choice === null;
    this.plan = plan;
    this.happenings = this.isBare ? 0 : happenings;
    this.keeps = keeps;
    this.target = target;
    /** @type {Float64Array<ArrayBuffer>[]} */
    this.results = [];
    /** @type {Steps[]} */
    this.steps = [];
    this.statuses = new Int8Array(0);
    this.hold(Math.min(target, FIRST));
    this.next = Array.from({ length: size }, (_, worker) => worker);
    this.stage = -1;
    this.done = 0;
    this.waiting = this.whole = this.contiguous = 0;
    /** @type {Bands | null} */
    this.bands = null;
    /** @type {number[] | null} */
    this.flows = null;
    /** @type {Counted[]} */
    this.pieces = [];
    /** @type {Cut[]} */
    this.cuts = [];
    /** @type {Set<number>} */
    this.returned = new Set();
    /** @type {Faults[]} */
    this.faults = [];
    this.ms = 0;
  }

  // Room for so many futures; little at first, because most choices of a lever that moves see no more.
  /** @param {number} count */
  hold(count) {
    const before = this.results, statuses = new Int8Array(count);
    this.results = this.plan.results.map((_, question) => {
      const row = new Float64Array(count);
      if (before[question]) row.set(before[question]);
      return row;
    });
    statuses.set(this.statuses);
    this.statuses = statuses;
    const kept = Math.min(count, this.keeps), { steps } = this;
    this.steps = Array.from({ length: this.happenings }, (_, number) => {
      const row = new (this.plan.steps + 2 < 65536 ? Uint16Array : Uint32Array)(kept);
      if (steps[number]) row.set(steps[number]);
      return row;
    });
  }

  /** @param {Ran} message @param {Chunk[]} chunks @param {number} number */
  take(message, chunks, number) {
    const { first, count, results, statuses, steps, faults } = message;
    if (first + count > this.statuses.length) this.hold(this.target);
    this.results.forEach((row, question) => row.set(results.subarray(question * count, (question + 1) * count), first));
    this.statuses.set(statuses, first);
    const kept = Math.max(0, Math.min(count, this.keeps - first));
    if (kept && steps) this.steps.forEach((row, happening) => row.set(steps.subarray(happening * kept, (happening + 1) * kept), first));
    this.returned.add(number);
    if (faults) this.faults.push(faults);
    this.ms += message.ms;
    while (this.returned.has(this.whole)) this.whole++;
    this.contiguous = this.whole ? chunks[this.whole - 1][0] + chunks[this.whole - 1][1] : 0;
  }
}
