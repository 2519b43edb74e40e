// Claims that are dragged into a slot.

/** @import { Acts } from "./types.d.ts" */





// Which claim is being dragged, "" while none is.
let dragged = "";
export const draggedClaim = () => dragged;

/** @param {HTMLElement} part @param {string} id @param {Acts} acts */
export function draggable(part, id, acts) {
  part.addEventListener("dragstart", (event) => {
    event.stopPropagation();
    event.dataTransfer?.setData("text/plain", id);
    if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
    dragged = id;
    setTimeout(() => acts.mark(id)); // a change of the page at once would end the drag
  });
  part.addEventListener("dragend", () => { dragged = ""; acts.mark(""); });
}
