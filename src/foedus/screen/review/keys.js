// Which key does what.

import { byId } from "../kit/element.js";
import { STATUSES } from "./filters.js";
/** @import { App } from "./app.js" */

/** @type {() => HTMLDialogElement} */
const help = () => byId("help");

export class Keys {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    /** @type {(event: KeyboardEvent) => void} */
    this.listener = (event) => this.key(event);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { app } = this, { target, key } = event, isField = target instanceof Element && target.matches("input:not([type=checkbox]), textarea, select");
    if (event.defaultPrevented || event.isComposing) return;
    if (key === "Escape") {
      this.escape(event, isField);
      return;
    }
    if (isField || event.ctrlKey || event.metaKey || event.altKey || (help().open && key !== "?")) return;
    const act = app.keysOn || key.length > 1 || target === byId("list") ? this.act(key, event) : null;
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** @param {string} key @param {KeyboardEvent} given */
  act(key, { timeStamp: time, target, repeat }) {
    const { app } = this, { details } = app, isListed = target === byId("list") || target === document.body;
    const inList = isListed ? this.inList(key, time, target === byId("list")) : null;
    if (inList) return inList;
    if (/^[0-5]$/.test(key)) return () => app.filters.set("status", +key ? STATUSES[+key] : "");
    /** @type {Record<string, () => unknown>} */
    const acts = {
      j: () => app.move(1, time), k: () => app.move(-1, time), n: () => app.seek((claim) => claim.status === "proposed", time), c: () => app.seek((claim) => claim.conflict, time),
      "/": () => app.filters.find.focus(), m: () => app.filters.showMore(Boolean(byId("more-filters").hidden)), o: () => app.filters.turnOrder(),
      x: () => app.current && app.chosen.turn(app.current), X: () => app.current && app.chosen.reach(app.current, app.visible, app.current), "*": () => app.chosen.add(app.visible), "?": () => app.help.turn(), w: () => { app.showPane("claim"); app.why.focus(); },
      g: () => details && app.filters.turn("group", details.claim.group), d: () => app.filters.turn("document", app.claims.get(app.current ?? "")?.document ?? ""),
    };
    /** @type {Record<string, () => unknown>} */
    const decisions = {
      a: () => app.decideHere("accept", time), A: () => app.decideHere("accept", time, { isThenNext: true }), r: () => app.decideHere("reject", time), R: () => app.decideHere("reject", time, { isThenNext: true }),
      D: () => app.rejectRest(time), p: () => app.openPlace(), t: () => app.takeWords(), e: () => app.edit(), u: () => app.decide("undo", time),
    };
    if ((app.form.isOpen || app.place.isOpen) && key !== "?") return null;
    return acts[key] ?? (repeat ? null : decisions[key]) ?? null;
  }

  // Keys by which one goes through the list; the first two work where nothing has the focus too.
  /** @param {string} key @param {number} time @param {boolean} hasFocus @returns {(() => void) | null} */
  inList(key, time, hasFocus) {
    const { app } = this, { visible } = app;
    switch (key) {
      case "ArrowDown": return () => app.move(1, time);
      case "ArrowUp": return () => app.move(-1, time);
      case "Home": return hasFocus ? () => app.choose(visible[0], time) : null;
      case "End": return hasFocus ? () => app.choose(visible[visible.length - 1], time) : null;
      case "PageDown": return hasFocus ? () => app.move(10, time) : null;
      case "PageUp": return hasFocus ? () => app.move(-10, time) : null;
    }
    return null;
  }

  /** @param {KeyboardEvent} event @param {boolean} isField */
  escape(event, isField) {
    const { app } = this;
    if (help().open) return;
    if (app.form.isOpen || app.place.isOpen) app.closeForm();
    else if (isField) byId("list").focus();
    else if (app.chosen.size) app.chosen.clear();
    else app.filters.clear();
    event.preventDefault();
  }
}
