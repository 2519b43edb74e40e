// What is said to the reader: lines above a page that stay until they are dismissed, or one line at its foot and an alert.

import { ServerError } from "./call.js";
import { element, write } from "./element.js";

export class Messages {
  /** @param {HTMLElement} root @param {string} dismiss */
  constructor(root, dismiss) {
    this.root = root;
    this.dismiss = dismiss;
  }

  // A quiet line goes by itself.
  /** @param {string} text @param {boolean} [isQuiet] */
  say(text, isQuiet = false) {
    const line = element("p", { class: isQuiet ? "quiet" : "" }, text, " ");
    line.append(element("button", { type: "button", onclick: () => line.remove() }, this.dismiss));
    this.root.append(line);
    if (isQuiet) setTimeout(() => line.remove(), 4000);
  }
}

export class Notices {
  // stays: milliseconds after which the line at the foot falls silent.
  /** @param {HTMLElement} line @param {HTMLElement} warning @param {number} stays */
  constructor(line, warning, stays) {
    this.line = line;
    this.warning = warning;
    this.stays = stays;
  }

  /** @param {string} text */
  say(text) {
    this.line.textContent = text;
    clearTimeout(this.silence);
    this.silence = setTimeout(() => { this.line.textContent = ""; }, this.stays);
  }

  /** @param {string} text */
  alert(text) {
    write(this.warning, text);
  }

  // What the server refused, in its words; anything else is a fault of the page.
  /** @param {unknown} error */
  fail(error) {
    if (!(error instanceof ServerError)) throw error;
    this.alert(error.message);
  }
}
