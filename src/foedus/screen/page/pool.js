// The workers: made from the text of the engine, each busy with one piece of work at a time.

export class Pool {
  // `onFree(worker)` is asked for the next message whenever a worker has nothing to do; `onMessage` gets what workers say.
  constructor(code, size, onFree, onMessage, onFailure) {
    Object.assign(this, { onFree, onMessage, onFailure });
    const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    this.workers = Array.from({ length: size }, (_, number) => {
      const worker = new Worker(address);
      worker.onmessage = ({ data }) => this.said(number, data);
      worker.onerror = (event) => this.onFailure(event.message || "a worker could not start");
      return { worker, isBusy: true };
    });
  }

  start(given) {
    for (const { worker } of this.workers) worker.postMessage({ type: "start", ...given });
  }

  said(number, message) {
    this.workers[number].isBusy = false;
    if (message.type === "failed") this.onFailure(message.message);
    else this.onMessage(number, message);
    this.feed(number);
  }

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
