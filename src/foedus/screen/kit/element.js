// Elements whose texts are always text, never markup.

const SVG = new Set(["svg", "g", "path", "text", "rect", "line", "circle", "title", "desc"]);

// An element with attributes, listeners (`onclick`) and children; what is null is left out.
export function element(tag, attributes = {}, ...children) {
  const made = SVG.has(tag) ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat()) if (child !== null && child !== undefined) made.append(child);
  return made;
}

export const byId = (id) => document.getElementById(id);

// Write a text only where it is new: an unchanged page is not laid out again.
export function write(part, text) {
  if (part.textContent !== text) part.textContent = text;
}
