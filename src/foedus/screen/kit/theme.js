// Dark or light: as the reader's machine says, until the reader says otherwise.

const root = () => document.documentElement.classList;

/** @param {string | null} theme */
export function wearTheme(theme) {
  if (theme === "dark" || theme === "light") root().add(theme);
}

// Turned over; what it is now.
export function turnTheme() {
  const isDark = root().contains("dark") || (!root().contains("light") && matchMedia("(prefers-color-scheme: dark)").matches);
  root().toggle("dark", !isDark);
  root().toggle("light", isDark);
  return isDark ? "light" : "dark";
}
