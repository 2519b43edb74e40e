// What opens beside the page, and what is said above it.

class Panel {
  constructor(root) {
    this.root = root;
    this.title = element("h2", { id: "panel-title", tabindex: -1 });
    this.body = element("div", { class: "body" });
    const close = element("button", { type: "button", class: "close", "aria-label": TEXTS.close, onclick: () => this.close() }, "×");
    root.append(element("header", {}, this.title, close), this.body);
    root.setAttribute("aria-labelledby", "panel-title");
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !root.hidden) this.close();
    });
  }

  open(title, ...parts) {
    if (this.root.hidden) this.back = document.activeElement;
    this.title.textContent = title;
    this.body.replaceChildren(...parts.flat().filter(Boolean));
    this.root.hidden = false;
    this.root.scrollTop = 0;
    this.title.focus({ preventScroll: true });
  }

  close() {
    this.root.hidden = true;
    if (this.back && this.back.isConnected) this.back.focus({ preventScroll: true });
  }
}

class Messages {
  constructor(root) {
    this.root = root;
  }

  say(text, isQuiet = false) {
    const line = element("p", { class: isQuiet ? "quiet" : "" }, text, " ");
    line.append(element("button", { type: "button", onclick: () => line.remove() }, TEXTS.dismiss));
    this.root.append(line);
    if (isQuiet) setTimeout(() => line.remove(), 4000);
  }
}
