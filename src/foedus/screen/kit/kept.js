// What the browser keeps for a page between two visits, where it may.

export class Kept {
  // prefix: what the names of this page begin with.
  constructor(prefix) {
    this.prefix = prefix;
  }

  get(name) {
    try {
      return localStorage.getItem(this.prefix + name);
    } catch {
      return null;
    }
  }

  set(name, value) {
    try {
      localStorage.setItem(this.prefix + name, value);
    } catch {
      return;
    }
  }
}
