// The page inside another one (a notebook): it says where its levers stand and what came out, and takes a choice from there.

import { STATE_VERSION, readState } from "./state.js";
/** @import { FutureRun } from "./future_run.js" */
/** @import { Settings } from "./settings.js" */
/** @import { Answered, Choice } from "./types.d.ts" */

export class Embedding {
  // onChoice(choice): a choice that has been read with the same care as one in the address.
  /** @param {Settings} settings @param {(choice: Choice) => void} onChoice */
  constructor(settings, onChoice) {
    this.settings = settings;
    this.onChoice = onChoice;
    this.said = "";
    this.isEmbedded = window.parent !== window;
    if (!this.isEmbedded) return;
    addEventListener("message", (event) => this.heard(event));
    this.post({ foedus: "ready" });
  }

  /** @param {object} message */
  post(message) {
    window.parent.postMessage(message, "*");
  }

  /** @param {MessageEvent} given */
  heard({ source, data }) {
    if (source !== window.parent || data?.foedus !== "choose" || typeof data.state !== "string") return;
    const problems = /** @type {string[]} */ ([]), { choice } = readState(`v=${STATE_VERSION}&${data.state}`, this.settings, problems);
    if (problems.length) this.post({ foedus: "refused", problems: problems.slice(0, 5) });
    else this.onChoice(choice);
  }

  /** @param {Choice} choice @param {Answered} answers @param {FutureRun} run @param {string} digest @param {string[]} failures */
  say(choice, answers, run, digest, failures) {
    if (!this.isEmbedded) return;
    const numbers = Object.entries(answers).map(([name, answer]) => [name, answer.probability ?? answer.quantiles?.[2] ?? null]);
    const message = { foedus: "now", ...choice, answers: Object.fromEntries(numbers), futures: run.done, digest, failures }, text = JSON.stringify(message);
    if (text !== this.said) this.post(message);
    this.said = text;
  }
}
