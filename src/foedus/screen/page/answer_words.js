// How an answer is said beside its number.

import { coarseness, endsText, fill, isLongTailed, numberText, percent, quantityText, real, shortText, statedText, statedWords } from "../kit/words.js";
import { TEXTS } from "./texts.js";
/** @import { Answer, StateBand } from "../statistics/types.d.ts" */
/** @import { Question } from "./types.d.ts" */

// `in 7 %, ceasefire has come: 40 (20 to 1,240); otherwise 1,260 (830 to 1,860)`; empty where the answer has one state.
/** @param {StateBand[]} states */
export function stateWords(states) {
  if (states.length !== 2) return "";
  const [first, second] = states;
  return fill(TEXTS.twoStates, { share: percent(first.share), label: first.label, first: stateAmounts(first), second: stateAmounts(second) });
}

/** @param {StateBand} given */
function stateAmounts({ median, low, high, isConstant }) {
  if (isConstant) return fill(TEXTS.alwaysSo, { value: numberText(median) });
  const told = (/** @type {number} */ value) => numberText(value, coarseness(value, high - low));
  return low === high ? numberText(median) : fill(TEXTS.stateRange, { median: told(median), low: told(low), high: told(high) });
}

// What is said beside numbers: which statistic stands for an amount, and errors as the terminal rounds them.
/** @param {Answer} answer */
export const statisticWord = (answer) => (answer.statistic === "when" ? TEXTS.median : TEXTS.mean);

/** @param {number | null | undefined} error */
export const pointsError = (error) => (!real(error) ? TEXTS.unknownError : error > 0 && error < 0.0005 ? "<0.1" : (100 * error).toFixed(1));

// An amount with its error; the difference of two amounts, on the scale of what is compared.
/** @param {number | null | undefined} value @param {number | null | undefined} error @param {string} [unit] */
export const withError = (value, error, unit = "") => statedWords(statedText(value, error), unit, TEXTS.unknownError);

/** @param {Answer} answer */
const statedDifference = (answer) => statedText(answer.difference, answer.differenceError, Math.max(0, ...[answer.value, answer.value - (answer.difference ?? 0)].filter(real).map(Math.abs)), true);

/** @param {Answer} answer @param {string} [unit] */
export const differenceWithError = (answer, unit = "") => statedWords(statedDifference(answer), unit, TEXTS.unknownError);

/** @param {Answer} answer */
export const differenceAlone = (answer) => statedDifference(answer).value + statedDifference(answer).scale;

// It applies to no future; a date that never comes is an answer.
/** @param {Answer} answer */
export const isMissing = (answer) => !answer.futures && answer.chance !== 0;

/** @param {Answer} answer */
export const noneWords = (answer) => (isMissing(answer) ? `${TEXTS.noAnswer}: ${TEXTS.applies}` : TEXTS.neverComes);

/** @param {Question} question @param {Answer} answer */
export const shownStatistic = (question, answer) => (!answer.futures ? (isMissing(answer) ? TEXTS.noAnswer : TEXTS.never) : question.kind === "probability" ? percent(answer.probability) : numberText(answer.value, Math.max(coarseness(answer.value, widthOf(answer.quantiles)), real(answer.valueError) ? answer.valueError : 0)));

/** @param {Question} question @param {Answer} answer */
export const shownValue = (question, answer) => (question.kind === "probability" || !answer.futures ? "" : `${statisticWord(answer)} `) + shownStatistic(question, answer);

// Both ends of a difference, so fine that it can be seen in them; of one that is missing what is said of it. Where the error of the difference
// is told beside them they are as fine as errors allow: “before 5,500, difference −5,539 ± 15” would not add up.
/** @param {Question} question @param {Answer} first @param {Answer} answer @param {boolean} [hasError] @returns {[before: string, after: string]} */
export function shownEnds(question, first, answer, hasError = false) {
  if (question.kind === "probability" || !first.futures || !answer.futures) return [shownStatistic(question, first), shownStatistic(question, answer)];
  return endsText([first.value, answer.value], hasError ? [0, 0] : [widthOf(first.quantiles), widthOf(answer.quantiles)], answer.difference, answer.differenceError, [first.valueError, answer.valueError]);
}

// `means of a long tail; medians 29 → 51`, for means that stand alone; empty where each lies near its median.
/** @param {Answer[]} answers */
export function tailWords(...answers) {
  const known = answers.filter((one) => one.futures && one.statistic === "mean" && one.quantiles);
  if (!known.some((one) => isLongTailed(one.value, one.quantiles?.[2] ?? null, widthOf(one.quantiles)))) return "";
  const medians = [...new Set(known.map((one) => shortText(quantityText(one.quantiles).median)))].join(" → ");
  return fill(known.length > 1 ? TEXTS.tails : TEXTS.tail, { medians });
}

/** @param {number[] | null} quantiles */
export const widthOf = (quantiles) => (quantiles ? quantiles[4] - quantiles[0] : 0);
