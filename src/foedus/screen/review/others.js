// What others do meanwhile, and what takes the server long: asked for beside the work of the reader.

import { withQuery } from "../kit/call.js";
import { fill } from "../kit/words.js";
import { call } from "./server.js";
import { TEXTS } from "./texts.js";
/** @import { App } from "./app.js" */
/** @import { News } from "./types.d.ts" */

const NEWS_EVERY = 4000; // milliseconds

export class Others {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.isAsking = false;
  }

  watch() {
    setInterval(() => this.news(), NEWS_EVERY);
  }

  async loadConflicts() {
    const { app } = this;
    try {
      const ids = new Set((await call("conflicts")).conflicts);
      for (const claim of app.claims.values()) {
        if (claim.conflict === ids.has(claim.id)) continue;
        claim.conflict = ids.has(claim.id);
        app.queue.renew(claim.id);
      }
    } catch (error) {
      app.notices.fail(error);
    }
  }

  async news() {
    const { app } = this;
    if (document.hidden || this.isAsking) return;
    this.isAsking = true;
    try {
      const found = await call(withQuery("news", { since: app.last })), isNews = found.last > app.last;
      app.last = Math.max(app.last, found.last);
      if (isNews) this.heard(found);
    } catch (error) {
      app.notices.fail(error);
    } finally {
      this.isAsking = false;
    }
  }

  /** @param {News} found */
  heard(found) {
    const { app } = this, isOther = found.gone.length || found.changed.some((claim) => !app.claims.has(claim.id));
    app.take(found);
    if (isOther) app.filter();
    this.loadConflicts();
    app.tally();
    const count = found.changed.length + found.gone.length;
    app.notices.say(count === 1 ? TEXTS.othersOne : fill(TEXTS.others, { count }));
    if (!app.form.isOpen && !app.place.isOpen && app.claims.has(app.current ?? "")) app.choose(app.current ?? undefined);
  }
}
