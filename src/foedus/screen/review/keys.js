// Which key does what.

import { byId } from "../kit/element.js";
import { STATUSES } from "./filters.js";

export class Keys {
  constructor(app) {
    this.app = app;
    this.listener = (event) => this.key(event);
  }

  key(event) {
    const { app } = this, { target, key } = event, isField = target.matches?.("input:not([type=checkbox]), textarea, select");
    if (event.defaultPrevented || event.isComposing) return;
    if (key === "Escape") {
      this.escape(event, isField);
      return;
    }
    if (isField || event.ctrlKey || event.metaKey || event.altKey || (byId("help").open && key !== "?")) return;
    const act = app.keysOn || key.length > 1 || target === byId("list") ? this.act(key, event) : null;
    if (!act) return;
    event.preventDefault();
    act();
  }

  act(key, { timeStamp: time, target, repeat }) {
    const { app } = this, { details } = app, isListed = target === byId("list") || target === document.body;
    if (isListed && key === "ArrowDown") return () => app.move(1, time);
    if (isListed && key === "ArrowUp") return () => app.move(-1, time);
    if (target === byId("list") && key === "Home") return () => app.choose(app.visible[0], time);
    if (target === byId("list") && key === "End") return () => app.choose(app.visible[app.visible.length - 1], time);
    if (target === byId("list") && (key === "PageDown" || key === "PageUp")) return () => app.move(key === "PageDown" ? 10 : -10, time);
    if (/^[0-5]$/.test(key)) return () => app.filters.set("status", +key ? STATUSES[+key] : "");
    const acts = {
      j: () => app.move(1, time), k: () => app.move(-1, time), n: () => app.seek((claim) => claim.status === "proposed", time), c: () => app.seek((claim) => claim.conflict, time),
      "/": () => app.filters.find.focus(), m: () => app.filters.showMore(byId("more-filters").hidden), o: () => app.filters.turnOrder(),
      x: () => app.current && app.chosen.turn(app.current), X: () => app.current && app.chosen.reach(app.current, app.visible, app.current), "*": () => app.chosen.add(app.visible), "?": () => app.help.turn(), w: () => { app.showPane("claim"); app.why.focus(); },
      g: () => details && app.filters.turn("group", details.claim.group), d: () => app.filters.turn("document", app.claims.get(app.current)?.document ?? ""),
    };
    const decisions = {
      a: () => app.decideHere("accept", time), A: () => app.decideHere("accept", time, { isThenNext: true }), r: () => app.decideHere("reject", time), R: () => app.decideHere("reject", time, { isThenNext: true }),
      D: () => app.rejectRest(time), p: () => app.openPlace(), t: () => app.takeWords(), e: () => app.edit(), u: () => app.decide("undo", time),
    };
    if ((app.form.isOpen || app.place.isOpen) && key !== "?") return null;
    return acts[key] ?? (repeat ? null : decisions[key]) ?? null;
  }

  escape(event, isField) {
    const { app } = this;
    if (byId("help").open) return;
    if (app.form.isOpen || app.place.isOpen) app.closeForm();
    else if (isField) byId("list").focus();
    else if (app.chosen.size) app.chosen.clear();
    else app.filters.clear();
    event.preventDefault();
  }
}
