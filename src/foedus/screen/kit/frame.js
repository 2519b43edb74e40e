// The frame of a page: its fixed texts, and which of its panes is shown where there is room for one.

// Texts of the page, by name, into the parts that ask for them.
export function writeFrame(texts) {
  for (const part of document.querySelectorAll("[data-text]")) part.textContent = texts[part.dataset.text];
  for (const part of document.querySelectorAll("[data-label]")) part.setAttribute("aria-label", texts[part.dataset.label]);
}

const paneButtons = () => document.querySelectorAll("button[data-pane]");

export function showPane(name) {
  document.querySelector("main").dataset.shown = name;
  paneButtons().forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.pane === name)));
}

export function onPane(show) {
  paneButtons().forEach((button) => button.addEventListener("click", () => show(button.dataset.pane)));
}
