// A worker begins: one message in, one message out.

import { FutureWorker } from "./worker.js";
/** @import { FromWorker, Scope } from "./types.d.ts" */

/** @param {Scope} scope */
function startWorker(scope) {
  /** @type {FutureWorker | null} */
  let worker = null;
  /** @type {(message: FromWorker, transfer?: Transferable[]) => void} */
  const post = (message, transfer = []) => scope.postMessage(message, transfer);
  scope.onmessage = ({ data }) => {
    try {
      if (data.type === "start") {
        worker = new FutureWorker(post, data);
        post({ type: "ready" });
      } else worker?.does(data);
    } catch (error) {
      post({ type: "failed", message: String((error instanceof Error && error.stack) || error) });
    }
  };
}

if ("WorkerGlobalScope" in globalThis) startWorker(/** @type {Scope} */ (/** @type {unknown} */ (globalThis)));
