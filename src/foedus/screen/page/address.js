// The address of the page: where the reader's choice stands, so that a link leads back to it.

import { readState, writeState } from "./state.js";
/** @import { Settings } from "./settings.js" */
/** @import { Choice, Pin } from "./types.d.ts" */

const WAIT = 250; // milliseconds until a choice is written, so that a moving lever is not
const MOST_PROBLEMS = 5;

export class Address {
  // tell: says what of an address was refused.
  /** @param {Settings} settings @param {(problem: string) => void} tell */
  constructor(settings, tell) {
    this.settings = settings;
    this.tell = tell;
    this.timer = 0;
    this.written = "";
  }

  // What the address asks for; what cannot be read of it is told, after what was wrong before it.
  /** @param {string[]} problems */
  read(problems) {
    const state = readState(location.hash, this.settings, problems);
    problems.slice(0, MOST_PROBLEMS).forEach((problem) => this.tell(problem));
    return state;
  }

  // Does it say what was written last?
  isOwn() {
    return location.hash === this.written;
  }

  /** @param {Choice} choice @param {Pin[]} pins */
  write(choice, pins) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.writeNow(choice, pins), WAIT);
  }

  /** @param {Choice} choice @param {Pin[]} pins */
  writeNow(choice, pins) {
    this.written = writeState(choice, pins, this.settings);
    try {
      history.replaceState(null, "", this.written || location.pathname + location.search);
    } catch {
      location.hash = this.written;
    }
  }
}
