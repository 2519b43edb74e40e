// A worker begins: one message in, one message out.

import { FutureWorker } from "./worker.js";

function startWorker(scope) {
  const worker = new FutureWorker((message, transfer) => scope.postMessage(message, transfer ?? []));
  scope.onmessage = ({ data }) => {
    try {
      worker[data.type](data);
    } catch (error) {
      scope.postMessage({ type: "failed", message: String((error && error.stack) || error) });
    }
  };
}

if (typeof WorkerGlobalScope !== "undefined") startWorker(self);
