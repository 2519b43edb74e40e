// What opens beside the page, and what is said above it.

import { element } from "../kit/element.js";
import { TEXTS } from "./texts.js";
/** @import { Shown } from "./types.d.ts" */

export class Panel {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    /** @type {HTMLElement | null} */
    this.back = null;
    /** @type {(() => void) | null} */
    this.onBack = null;
    /** @type {(() => void) | null} */
    this.onClose = null;
    this.title = element("h2", { id: "panel-title", tabindex: -1 });
    this.body = element("div", { class: "body" });
    this.goBack = element("button", { type: "button", class: "position", hidden: true, onclick: () => this.onBack?.() }, TEXTS.back);
    const close = element("button", { type: "button", class: "close", "aria-label": TEXTS.close, onclick: () => this.close() }, "×");
    root.append(element("header", {}, element("div", {}, this.goBack, this.title), close), this.body);
    root.setAttribute("aria-labelledby", "panel-title");
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !root.hidden) this.close();
    });
  }

  // onBack: what leads to the place before, or null where there is none.
  /** @param {string} title @param {Shown[]} parts @param {(() => void) | null} [onBack] */
  open(title, parts, onBack = null) {
    if (this.root.hidden) this.back = /** @type {HTMLElement | null} */ (document.activeElement);
    this.onBack = onBack;
    this.goBack.hidden = !onBack;
    this.title.textContent = title;
    this.fill(parts);
    this.root.hidden = false;
    this.root.scrollTop = 0;
    this.title.focus({ preventScroll: true });
  }

  /** @param {Shown[]} parts */
  fill(parts) {
    this.body.replaceChildren(.../** @type {(Node | string)[]} */ (parts.flat(3).filter(Boolean)));
  }

  close() {
    this.root.hidden = true;
    this.onClose?.();
    if (this.back && this.back.isConnected) this.back.focus({ preventScroll: true });
  }
}
