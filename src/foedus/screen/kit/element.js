// Elements whose texts are always text, never markup.

/** @import { Attributes, Child, Make } from "./types.d.ts" */





const SVG = new Set(["svg", "g", "path", "text", "rect", "line", "circle", "title", "desc"]);

// An element with attributes, listeners (`onclick`) and children; what is null is left out.
/** @type {Make} */
export const element = (/** @type {string} */ tag, /** @type {Attributes} */ attributes = {}, /** @type {Child[]} */ ...children) => {
  const made = SVG.has(tag) ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of /** @type {Child[]} */ (children.flat())) if (child !== null && child !== undefined) made.append(/** @type {Node | string} */ (child));
  return /** @type {any} */ (made);
};

// A part that the page has, by its id.
/** @template {HTMLElement} [T=HTMLElement] @param {string} id @returns {T} */
export const byId = (id) => /** @type {T} */ (document.getElementById(id));

// Write a text only where it is new: an unchanged page is not laid out again.
/** @param {Node} part @param {string} text */
export function write(part, text) {
  if (part.textContent !== text) part.textContent = text;
}
