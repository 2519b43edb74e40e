// What opens beside the page, and what is said above it.

import { element } from "../kit/element.js";
import { TEXTS } from "./texts.js";

export class Panel {
  constructor(root) {
    this.root = root;
    this.title = element("h2", { id: "panel-title", tabindex: -1 });
    this.body = element("div", { class: "body" });
    this.goBack = element("button", { type: "button", class: "position", hidden: true, onclick: () => this.onBack() }, TEXTS.back);
    const close = element("button", { type: "button", class: "close", "aria-label": TEXTS.close, onclick: () => this.close() }, "×");
    root.append(element("header", {}, element("div", {}, this.goBack, this.title), close), this.body);
    root.setAttribute("aria-labelledby", "panel-title");
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !root.hidden) this.close();
    });
  }

  // onBack: what leads to the place before, or null where there is none.
  open(title, parts, onBack = null) {
    if (this.root.hidden) this.back = document.activeElement;
    this.onBack = onBack;
    this.goBack.hidden = !onBack;
    this.title.textContent = title;
    this.fill(parts);
    this.root.hidden = false;
    this.root.scrollTop = 0;
    this.title.focus({ preventScroll: true });
  }

  fill(parts) {
    this.body.replaceChildren(...parts.flat(3).filter(Boolean));
  }

  close() {
    this.root.hidden = true;
    this.onClose?.();
    if (this.back && this.back.isConnected) this.back.focus({ preventScroll: true });
  }
}
