// What can wait until what is in sight is painted.

import { afterPaint } from "../kit/clock.js";

const REST = 60; // milliseconds in which a lever counts as still moving
const LONGEST = 200; // and how long what is out of sight may stand as it was

export class Later {
  // isUrgent: whether what waits is in sight, or nothing moves.
  /** @param {() => boolean} isUrgent */
  constructor(isUrgent) {
    this.isUrgent = isUrgent;
    this.doneAt = 0;
    this.frame = 0;
    this.timer = 0;
  }

  // What is out of sight is drawn when the band is painted; while a lever moves on, once it rests, but not less than five times a second.
  /** @param {() => void} work */
  do(work) {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.timer);
    const run = () => {
      this.doneAt = performance.now();
      work();
    };
    if (this.isUrgent() || performance.now() - this.doneAt > LONGEST) this.frame = requestAnimationFrame(() => afterPaint(run));
    else this.timer = setTimeout(run, REST);
  }
}
