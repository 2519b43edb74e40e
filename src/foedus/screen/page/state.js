// The state of the page as text in the address: versioned, read with care, never run. What cannot be read is refused with words.

import { plainNumber, fill } from "../kit/words.js";
import { emptyChoice } from "./settings.js";
import { TEXTS } from "./texts.js";
/** @import { Settings } from "./settings.js" */
/** @import { Choice, Lever, Pin } from "./types.d.ts" */

export const STATE_VERSION = 1;
const STATE_LONGEST = 6000;
export const MOST_PINS = 4;

// {futures, seed} from the query; what is not a whole number in range is refused.
/** @param {string} text @param {string[]} problems */
export function readQuery(text, problems) {
  const query = new URLSearchParams(text.slice(0, 500)), found = { futures: /** @type {number | null} */ (null), seed: "0" };
  const futures = query.get("futures"), seed = query.get("seed");
  if (futures !== null) {
    if (/^\d{1,6}$/.test(futures) && +futures >= 1 && +futures <= 100000) found.futures = +futures;
    else problems.push(fill(TEXTS.refusedFutures, { given: cut(futures) }));
  }
  if (seed !== null) {
    if (/^-?\d{1,19}$/.test(seed)) found.seed = BigInt(seed).toString();
    else problems.push(fill(TEXTS.refusedSeed, { given: cut(seed) }));
  }
  return found;
}

/** @param {string} text */
const cut = (text) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** @param {Choice} choice @param {Settings} settings */
function writeChoice(choice, settings) {
  const parts = [];
  if (choice.scenario !== settings.baseline) parts.push(["s", choice.scenario]);
  for (const [name, value] of Object.entries(choice.levers)) parts.push([`l.${name}`, plainNumber(value)]);
  for (const [name, value] of Object.entries(choice.parameters)) parts.push([`p.${name}`, plainNumber(value)]);
  return new URLSearchParams(parts).toString();
}

/** @param {string} text @param {Settings} settings @param {string[]} problems */
function readChoice(text, settings, problems) {
  const choice = emptyChoice(settings.baseline);
  for (const [key, given] of new URLSearchParams(text)) {
    if (key === "v" || key === "pin" || key === "name") continue;
    if (key === "s" && settings.scenarios.has(given)) choice.scenario = given;
    else if (key.startsWith("l.") && settings.levers.has(key.slice(2))) {
      const lever = /** @type {Lever} */ (settings.levers.get(key.slice(2))), value = readNumber(given);
      if (value !== null && value >= lever.low && value <= lever.high) choice.levers[lever.name] = value;
      else problems.push(fill(TEXTS.refusedNumber, { name: lever.name, given: cut(given) }));
    } else if (key.startsWith("p.") && settings.parameters.has(key.slice(2))) {
      const value = readNumber(given);
      if (value !== null && Math.abs(value) < 1e15) choice.parameters[key.slice(2)] = value;
      else problems.push(fill(TEXTS.refusedNumber, { name: key.slice(2), given: cut(given) }));
    } else problems.push(fill(TEXTS.refusedName, { name: cut(key) }));
  }
  return choice;
}

/** @param {string} text */
const readNumber = (text) => (/^[+-]?(\d{1,20}(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i.test(text) && Number.isFinite(+text) ? +text : null);

/** @param {Choice} choice @param {Pin[]} pins @param {Settings} settings */
export function writeState(choice, pins, settings) {
  const own = writeChoice(choice, settings);
  const kept = pins.map((pin) => `pin=${encodeURIComponent(`name=${encodeURIComponent(pin.name)}&${writeChoice(pin.choice, settings)}`)}`);
  return own || kept.length ? `#${[`v=${STATE_VERSION}`, own, ...kept].filter(Boolean).join("&")}` : "";
}

// {choice, pins} from the part of the address after #.
/** @param {string} text @param {Settings} settings @param {string[]} problems */
export function readState(text, settings, problems) {
  const nothing = { choice: emptyChoice(settings.baseline), pins: [] }, raw = text.replace(/^#/, "");
  if (!raw) return nothing;
  if (raw.length > STATE_LONGEST) {
    problems.push(TEXTS.refusedLong);
    return nothing;
  }
  let given;
  try {
    given = new URLSearchParams(raw);
  } catch {
    problems.push(TEXTS.refusedGarbage);
    return nothing;
  }
  const version = given.get("v");
  if (version === null || !/^\d{1,3}$/.test(version) || +version < 1) {
    problems.push(TEXTS.refusedGarbage);
    return nothing;
  }
  if (+version > STATE_VERSION) {
    problems.push(fill(TEXTS.refusedVersion, { given: version }));
    return nothing;
  }
  const pins = given.getAll("pin").slice(0, MOST_PINS).map((pin) => ({
    name: (new URLSearchParams(pin).get("name") ?? "").slice(0, 60) || TEXTS.unnamed, choice: readChoice(pin, settings, problems),
  }));
  return { choice: readChoice(raw, settings, problems), pins };
}
