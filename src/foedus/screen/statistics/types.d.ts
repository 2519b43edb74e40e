// Answers and what tells them apart.

import type { Cut } from "../engine/types.d.ts";

export type Kind = "probability" | "quantity" | "date";
export type Row = Float64Array;

/** An estimate: on how many futures it rests, how closely it goes with how much each future pulls at it, and that. */
export interface Estimate {
  value: number;
  error: number;
  applies: number;
  straight: number;
  pull: (future: number) => number;
}

/** A quantile, its error, and how far it moves with the share of answers up to each of some borders. */
export interface Quantile {
  value: number;
  error: number;
  straight: number;
  borders: number[];
  slopes: number[];
}

/** The answer to a question; `value` is the one statistic that stands for it. What does not apply is null, what too few futures tell is NaN. */
export interface Answer {
  futures: number;
  share: number;
  statistic: string;
  value: number;
  valueError: number;
  mean: number;
  error: number;
  probability: number | null;
  quantiles: number[] | null;
  quantileErrors: number[] | null;
  chance: number | null;
  chanceError: number | null;
  difference: number | null;
  differenceError: number | null;
  chanceDifference?: number | null;
  chanceDifferenceError?: number | null;
  asked: number;
  otherShare: number;
  isSame?: boolean;
  isSet?: boolean;
}

export interface Difference {
  difference: number | null;
  differenceError: number | null;
  isSame?: boolean;
}

/** Differences below these do not matter. */
export interface Smallest {
  chance: number;
  width: number;
  share: number;
}

/** The questions that a choice sets itself and may set, by their number. */
export interface SetBy {
  sets: Set<number>;
  maySet: Set<number>;
}

export interface PartingRules {
  leastShare: number;
  valley: number;
  pure: number;
  fewest: number;
  stretches: number;
  oneNumber: number;
  longTail: number;
  futures: number;
}

/** One of two worlds that an answer mixes. */
export interface StateBand {
  label: string;
  share: number;
  median: number;
  low: number;
  high: number;
  isConstant: boolean;
}

/** Quantiles at 5, 25, 50, 75, 95 % by line. */
export interface Bands {
  count: number;
  quantiles: Float32Array[];
}

export interface FirstTimes {
  futures: number;
  share: number;
  steps: [low: number | null, median: number, high: number | null] | null;
}

export interface Driver {
  parameter: string;
  share: number;
  direction: number;
}

/** What of a worker's count first times are read from. */
export type Counted = Pick<Cut, "counts" | "futures">;

/** What may part answers: first times by happening and future, and what holds where each has come or not. */
export interface Parting {
  steps: ArrayLike<number>[];
  happenings: { worlds: string[] }[];
  firstStep: number;
  rules: PartingRules;
}

/** Two worlds with a valley between them; `hasCome`: the smaller is that in which the happening has come. */
export interface TwoWorlds {
  smaller: Float64Array;
  larger: Float64Array;
  hasCome: boolean;
  misplaced: number;
  worlds: string[];
}
