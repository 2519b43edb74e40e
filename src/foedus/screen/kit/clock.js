// When something is on the screen.

// Runs after the frame that has just been made is painted.
/** @param {() => void} work */
export function afterPaint(work) {
  const channel = new MessageChannel();
  channel.port1.onmessage = work;
  channel.port2.postMessage(0);
}

// Runs after the next frame is painted.
/** @param {() => void} work */
export function whenPainted(work) {
  requestAnimationFrame(() => afterPaint(work));
}
