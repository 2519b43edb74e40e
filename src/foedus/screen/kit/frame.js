// The frame of a page: its fixed texts, and which of its panes is shown where there is room for one.

/** @import { Texts } from "./types.d.ts" */





// Texts of the page, by name, into the parts that ask for them.
/** @param {Texts} texts */
export function writeFrame(texts) {
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-text]"))) part.textContent = texts[part.dataset.text ?? ""];
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-label]"))) part.setAttribute("aria-label", texts[part.dataset.label ?? ""]);
}

/** @type {() => NodeListOf<HTMLElement>} */
const paneButtons = () => document.querySelectorAll("button[data-pane]");

/** @param {string} name */
export function showPane(name) {
  const main = document.querySelector("main");
  if (main) main.dataset.shown = name;
  paneButtons().forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.pane === name)));
}

/** @param {(name: string) => void} show */
export function onPane(show) {
  paneButtons().forEach((button) => button.addEventListener("click", () => show(button.dataset.pane ?? "")));
}
