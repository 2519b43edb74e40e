// The page begins: its fixed texts, then what lives.

import { byId } from "../kit/element.js";
import { writeFrame } from "../kit/frame.js";
import { Messages } from "../kit/messages.js";
import { fixedText, fill, peopleDate } from "../kit/words.js";
import { unpackPlan } from "../engine/plan.js";
import { App } from "./app.js";
import { BANDS_UP_TO } from "./schedule.js";
import { readQuery } from "./state.js";
import { TEXTS } from "./texts.js";

function begin() {
  const content = JSON.parse(byId("content").textContent ?? "");
  const values = { questions: content.questions.length === 1 ? TEXTS.oneQuestion : fill(TEXTS.manyQuestions, { count: content.questions.length }), asOf: peopleDate(content.asOf ?? ""), madeOn: peopleDate(content.madeOn), futures: fixedText(readQuery(location.search, []).futures ?? 10000, 0), horizon: content.horizon };
  writeFrame(TEXTS);
  byId("title").textContent = content.title;
  byId("lead").textContent = fill(content.asOf ? TEXTS.lead : TEXTS.leadUndated, values);
  byId("band-note").textContent = fill(TEXTS.bandNote, { count: fixedText(BANDS_UP_TO, 0) });
  byId("judgements")?.removeAttribute("hidden");
  byId("limits-text").innerHTML = content.limits || "";
  if (!content.limits) byId("limits-text").textContent = TEXTS.limitsNone;
  byId("diagram-box").innerHTML = content.diagram;
  byId("version").textContent = fill(TEXTS.version, { version: content.version, program: content.digests.program.slice(0, 12) });
  if (typeof Worker === "undefined" || typeof WebAssembly === "undefined") {
    new Messages(byId("messages"), TEXTS.dismiss).say(TEXTS.oldBrowser);
    document.documentElement.classList.add("ready");
    return;
  }
  const plan = unpackPlan(JSON.parse(byId("plan").textContent ?? ""));
  window.foedus = new App(plan, content, byId("engine").textContent ?? "");
  document.documentElement.classList.add("ready");
}

begin();
