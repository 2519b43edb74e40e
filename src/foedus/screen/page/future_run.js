// One scenario on its futures, as far as it has come.

export const FIRST = 200;

export class FutureRun {
  constructor(id, settings, isBare, { plan, target, size, happenings, keeps }) {
    Object.assign(this, { id, settings, isBare, plan, happenings: isBare ? 0 : happenings, keeps });
    this.target = target;
    this.hold(Math.min(target, FIRST));
    this.next = Array.from({ length: size }, (_, worker) => worker);
    this.stage = -1;
    this.done = 0;
    this.waiting = this.whole = this.contiguous = 0;
    this.bands = null;
    this.cuts = [];
    this.returned = new Set();
    this.faults = [];
    this.ms = 0;
  }

  // Room for so many futures; little at first, because most choices of a lever that moves see no more.
  hold(count) {
    const before = this.results ?? [], statuses = new Int8Array(count);
    this.results = this.plan.results.map((_, question) => {
      const row = new Float64Array(count);
      if (before[question]) row.set(before[question]);
      return row;
    });
    if (this.statuses) statuses.set(this.statuses);
    this.statuses = statuses;
    const kept = Math.min(count, this.keeps), steps = this.steps ?? [];
    this.steps = Array.from({ length: this.happenings }, (_, number) => {
      const row = new (this.plan.steps + 2 < 65536 ? Uint16Array : Uint32Array)(kept);
      if (steps[number]) row.set(steps[number]);
      return row;
    });
  }

  take(message, chunks, number) {
    const { first, count, results, statuses, steps, faults } = message;
    if (first + count > this.statuses.length) this.hold(this.target);
    this.results.forEach((row, question) => row.set(results.subarray(question * count, (question + 1) * count), first));
    this.statuses.set(statuses, first);
    const kept = Math.max(0, Math.min(count, this.keeps - first));
    if (kept) this.steps.forEach((row, number) => row.set(steps.subarray(number * kept, (number + 1) * kept), first));
    this.returned.add(number);
    if (faults) this.faults.push(faults);
    this.ms += message.ms;
    while (this.returned.has(this.whole)) this.whole++;
    this.contiguous = this.whole ? chunks[this.whole - 1][0] + chunks[this.whole - 1][1] : 0;
  }
}
