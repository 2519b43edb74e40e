// What the browser keeps for a page between two visits, where it may.

export class Kept {
  // prefix: what the names of this page begin with.
  /** @param {string} prefix */
  constructor(prefix) {
    this.prefix = prefix;
  }

  /** @param {string} name */
  get(name) {
    try {
      return localStorage.getItem(this.prefix + name);
    } catch {
      return null;
    }
  }

  /** @param {string} name @param {string} value */
  set(name, value) {
    try {
      localStorage.setItem(this.prefix + name, value);
    } catch {
      return;
    }
  }
}
