// The workers: made from the text of the engine, each busy with one piece of work at a time.

/** @import { FromWorker, StartMessage } from "../engine/types.d.ts" */
/** @import { Errand } from "./types.d.ts" */





export class Pool {
  // `onFree(worker)` is asked for the next message whenever a worker has nothing to do; `onMessage` gets what workers say.
  /** @param {string} code @param {number} size @param {(worker: number) => Errand | null} onFree @param {(worker: number, message: FromWorker) => void} onMessage @param {(message: string) => void} onFailure */
  constructor(code, size, onFree, onMessage, onFailure) {
    this.onFree = onFree;
    this.onMessage = onMessage;
    this.onFailure = onFailure;
    const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    this.workers = Array.from({ length: size }, (_, number) => {
      const worker = new Worker(address);
      worker.onmessage = ({ data }) => this.said(number, data);
      worker.onerror = (event) => this.onFailure(event.message || "a worker could not start");
      return { worker, isBusy: true };
    });
  }

  /** @param {Omit<StartMessage, "type">} given */
  start(given) {
    for (const { worker } of this.workers) worker.postMessage({ type: "start", ...given });
  }

  /** @param {number} number @param {FromWorker} message */
  said(number, message) {
    this.workers[number].isBusy = false;
    if (message.type === "failed") this.onFailure(message.message);
    else this.onMessage(number, message);
    this.feed(number);
  }

  /** @param {number} number */
  feed(number) {
    if (this.workers[number].isBusy) return;
    const next = this.onFree(number);
    if (!next) return;
    this.workers[number].isBusy = true;
    this.workers[number].worker.postMessage(next.message, next.transfer ?? []);
  }

  feedAll() {
    this.workers.forEach((_, number) => this.feed(number));
  }
}
