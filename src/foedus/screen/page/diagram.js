// The stock-and-flow diagram: pipes swell and shrink with what flows through them, against before.

import { byId, write } from "../kit/element.js";
import { numberText, fill } from "../kit/words.js";
import { TEXTS } from "./texts.js";
/** @import { Plan } from "../engine/types.d.ts" */

// Every part of the drawing has a title, which begins with the name of what it stands for.
/** @type {(part: Element) => Element} */
const titleOf = (part) => /** @type {Element} */ (part.querySelector("title"));

export class Diagram {
  /** @param {HTMLElement} box @param {Plan} plan @param {number} futures that levels are of @param {(name: string) => void} onOpen */
  constructor(box, plan, futures, onOpen) {
    const pipes = [.../** @type {NodeListOf<SVGElement>} */ (box.querySelectorAll(".pipe"))], drawing = box.querySelector(".diagram");
    if (drawing) drawing.setAttribute("role", "group");
    if (box.querySelector(".level")) byId("diagram-levels").textContent = fill(TEXTS.diagramLevels, { count: futures.toLocaleString("en-US") });
    this.valves = [...box.querySelectorAll(".valve")].map((valve, number) => {
      const title = titleOf(valve), words = title.textContent ?? "", name = words.split(":")[0];
      return { valve, title, words, flow: plan.flows.indexOf(name), pipes: pipes.slice(2 * number, 2 * number + 2) };
    });
    for (const part of /** @type {NodeListOf<SVGElement>} */ (box.querySelectorAll(".stock, .valve"))) {
      const name = (titleOf(part).textContent ?? "").split(":")[0], open = () => onOpen(name);
      part.setAttribute("tabindex", "0");
      part.setAttribute("role", "button");
      part.addEventListener("click", open);
      part.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(); } });
    }
  }

  // flows, before: means by flow, or null.
  /** @param {number[] | null} flows @param {number[] | null} before */
  show(flows, before) {
    for (const { valve, title, words, flow, pipes } of this.valves) {
      const ratio = flows && before && flow >= 0 ? Diagram.ratio(flows[flow], before[flow]) : 1, isMoved = Math.abs(ratio - 1) > 0.02;
      for (const pipe of pipes) {
        pipe.style.strokeWidth = String(Math.max(0.7, Math.min(10, 2 * ratio ** 1.2)));
        pipe.classList.toggle("more", isMoved && ratio > 1);
        pipe.classList.toggle("less", isMoved && ratio < 1);
      }
      write(title, isMoved ? `${words}; ${fill(TEXTS.flowMoved, { times: ratio >= 10 ? ">10" : numberText(ratio) })}` : words);
      valve.setAttribute("aria-label", title.textContent ?? "");
    }
  }

  /** @param {number} now @param {number} before */
  static ratio(now, before) {
    if (Math.abs(before) < 1e-12) return Math.abs(now) < 1e-12 ? 1 : 10;
    return Math.max(0, Math.min(10, now / before));
  }
}
