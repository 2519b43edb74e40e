// What a file says of itself wherever it goes: of what, as of when, made when, of which scenario, from where, under which licence, how it is cited.

import { fill, fixedText, peopleDate } from "../kit/words.js";
import { TEXTS } from "./texts.js";
/** @import { Content, Stands } from "./types.d.ts" */

// The line by which it is cited.
/** @param {Content} content @param {Stands} stands */
export function citation(content, stands) {
  const { asOf, title, version } = content, dates = [asOf && `${TEXTS.asOf} ${peopleDate(asOf)}`, `${TEXTS.madeOn} ${peopleDate(content.madeOn)}`];
  const size = fill(TEXTS.citedRun, { version, futures: fixedText(stands.count, 0), seed: stands.seed, program: content.digests.program.slice(0, 16) });
  return `${[`${title}. ${fill(TEXTS.citedCase, { name: content.case })}`, ...dates, size].filter(Boolean).join(", ")}. ${stands.command}`;
}

// The lines below a drawing.
/** @param {Content} content @param {Stands} stands */
export function captionLines(content, stands) {
  const dates = [content.asOf && `${TEXTS.asOf} ${peopleDate(content.asOf)}`, `${TEXTS.madeOn} ${peopleDate(content.madeOn)}`].filter(Boolean).join(", ");
  return [TEXTS.legend, `${dates[0].toUpperCase()}${dates.slice(1)}. ${fill(TEXTS.ofScenario, stands)}`,
    fill(TEXTS.fromSource, { version: content.version, futures: fixedText(stands.count, 0), seed: stands.seed, licence: content.licence }),
    fill(TEXTS.citeThis, { cite: citation(content, stands) })];
}
