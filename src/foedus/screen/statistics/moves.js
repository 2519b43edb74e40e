// When a difference counts as a move, beyond chance and by enough to matter: the rules of foedus.analysis.moves.

import { real } from "../kit/words.js";
import { isBeyondError } from "./answers.js";
/** @import { Answer, Smallest } from "./types.d.ts" */

export class Moves {
  // smallest: {chance, width, share}, below which a move does not matter: pairing makes the smallest differences certain.
  /** @param {Smallest} smallest */
  constructor(smallest) {
    this.smallest = smallest;
  }

  // Of an answer against the one before, or of a date that it comes at all.
  /** @param {Answer} answer @param {Answer | null} first */
  isMove(answer, first) {
    return this.isValueMove(answer, first) || this.isChanceMove(answer);
  }

  // Does the question apply to other futures than before? Then the difference is no effect on the same ones.
  /** @param {Answer} given */
  isOfOtherFutures({ otherShare }) {
    return otherShare >= this.smallest.share;
  }

  /** @param {Answer} answer @param {Answer | null} first */
  isValueMove(answer, first) {
    if (this.isOfOtherFutures(answer)) return false;
    const least = answer.quantiles ? this.smallest.width : this.smallest.chance;
    return isBeyondError(answer.difference, answer.differenceError) && this.valueSize(answer, first) >= least;
  }

  /** @param {Answer} answer */
  isChanceMove(answer) {
    const { chanceDifference, chanceDifferenceError } = answer;
    return !this.isOfOtherFutures(answer) && isBeyondError(chanceDifference, chanceDifferenceError) && Math.abs(chanceDifference ?? 0) >= this.smallest.chance;
  }

  // Chances by points, amounts by their difference as a part of the spread before; of a date, the larger of both.
  /** @param {Answer} answer @param {Answer | null} first */
  size(answer, first) {
    return Math.max(this.valueSize(answer, first), this.isChanceMove(answer) ? Math.abs(answer.chanceDifference ?? 0) : 0);
  }

  /** @param {Answer} given @param {Answer | null} first */
  valueSize({ difference }, first) {
    if (!real(difference)) return 0;
    if (!first?.quantiles) return Math.abs(difference);
    const width = first.quantiles[4] - first.quantiles[0];
    if (!real(width)) return 0;
    return width > 0 ? Math.abs(difference) / width : 1;
  }

  // 1 where it rises, -1 where it falls, 0 where it does not move; of a date, its chance goes first.
  /** @param {Answer} answer @param {Answer | null} first */
  direction(answer, first) {
    if (!this.isMove(answer, first)) return 0;
    return Math.sign(this.isChanceMove(answer) ? answer.chanceDifference ?? 0 : answer.difference ?? 0);
  }
}
