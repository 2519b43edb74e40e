// How an answer is said beside its number.

import { real, percent, numberText, fill } from "../kit/words.js";
import { TEXTS } from "./texts.js";

// `in 7 %, ceasefire has come: 40 (20 to 1,240); otherwise 1,260 (830 to 1,860)`; empty where the answer has one state.
export function stateWords(states) {
  if (states.length !== 2) return "";
  const [first, second] = states;
  return fill(TEXTS.twoStates, { share: percent(first.share), label: first.label, first: stateAmounts(first), second: stateAmounts(second) });
}

function stateAmounts({ median, low, high, isConstant }) {
  if (isConstant) return fill(TEXTS.alwaysSo, { value: numberText(median) });
  const scale = (high - low) / 4, text = numberText(median, scale);
  return low === high ? numberText(median) : fill(TEXTS.stateRange, { median: text, low: numberText(low, scale), high: numberText(high, scale) });
}

// What is said beside numbers: which statistic stands for an amount, and errors as the terminal rounds them.
export const statisticWord = (answer) => (answer.statistic === "when" ? TEXTS.median : TEXTS.mean);

export const pointsError = (error) => (real(error) ? (100 * error).toFixed(1) : TEXTS.unknownError);

export const amountError = (error) => (real(error) ? numberText(error, 10 * error) : TEXTS.unknownError);

// It applies to no future; a date that never comes is an answer.
export const isMissing = (answer) => !answer.futures && answer.chance !== 0;

export const noneWords = (answer) => (isMissing(answer) ? `${TEXTS.noAnswer}: ${TEXTS.applies}` : TEXTS.neverComes);

export const shownStatistic = (question, answer) => (!answer.futures ? (isMissing(answer) ? TEXTS.noAnswer : TEXTS.never) : question.kind === "probability" ? percent(answer.probability) : numberText(answer.value, widthOf(answer.quantiles)));

export const shownValue = (question, answer) => (question.kind === "probability" || !answer.futures ? "" : `${statisticWord(answer)} `) + shownStatistic(question, answer);

export const widthOf = (quantiles) => (quantiles ? (quantiles[4] - quantiles[0]) / 4 : 0);
