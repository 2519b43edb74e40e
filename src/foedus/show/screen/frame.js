// What pages with a frame share: their parts by id, their fixed texts, dark or light, and what the browser keeps under names that begin with KEPT.

const byId = (id) => document.getElementById(id);

function writeFrame() {
  for (const part of document.querySelectorAll("[data-text]")) part.textContent = TEXTS[part.dataset.text];
  for (const part of document.querySelectorAll("[data-label]")) part.setAttribute("aria-label", TEXTS[part.dataset.label]);
}

function wearTheme() {
  const theme = stored("theme");
  if (theme === "dark" || theme === "light") document.documentElement.classList.add(theme);
}

function turnTheme() {
  const { classList } = document.documentElement;
  const isDark = classList.contains("dark") || (!classList.contains("light") && matchMedia("(prefers-color-scheme:dark)").matches);
  classList.toggle("dark", !isDark);
  classList.toggle("light", isDark);
  store("theme", isDark ? "light" : "dark");
}

function stored(name) {
  try {
    return localStorage.getItem(KEPT + name);
  } catch {
    return null;
  }
}

function store(name, value) {
  try {
    localStorage.setItem(KEPT + name, value);
  } catch {
    return;
  }
}
