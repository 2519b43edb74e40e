// The page inside another one (a notebook): it says where its levers stand and what came out, and takes a choice from there.

import { STATE_VERSION, readState } from "./state.js";

export class Embedding {
  // onChoice(choice): a choice that has been read with the same care as one in the address.
  constructor(settings, onChoice) {
    Object.assign(this, { settings, onChoice, said: "" });
    this.isEmbedded = window.parent !== window;
    if (!this.isEmbedded) return;
    addEventListener("message", (event) => this.heard(event));
    this.post({ foedus: "ready" });
  }

  post(message) {
    window.parent.postMessage(message, "*");
  }

  heard({ source, data }) {
    if (source !== window.parent || data?.foedus !== "choose" || typeof data.state !== "string") return;
    const problems = [], { choice } = readState(`v=${STATE_VERSION}&${data.state}`, this.settings, problems);
    if (problems.length) this.post({ foedus: "refused", problems: problems.slice(0, 5) });
    else this.onChoice(choice);
  }

  say(choice, answers, run, digest, failures) {
    if (!this.isEmbedded) return;
    const numbers = Object.entries(answers).map(([name, answer]) => [name, answer.probability ?? answer.quantiles?.[2] ?? null]);
    const message = { foedus: "now", ...choice, answers: Object.fromEntries(numbers), futures: run.done, digest, failures }, text = JSON.stringify(message);
    if (text !== this.said) this.post(message);
    this.said = text;
  }
}
