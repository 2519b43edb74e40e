// When a difference counts as a move, beyond chance and by enough to matter, and what a reader's choice sets itself: the rules of
// foedus.analysis.moves and foedus.analysis.settled.

class Moves {
  // smallest: {chance, width, share}, below which a move does not matter: pairing makes the smallest differences certain.
  constructor(smallest) {
    this.smallest = smallest;
  }

  // Of an answer against the one before, or of a date that it comes at all.
  isMove(answer, first) {
    return this.isValueMove(answer, first) || this.isChanceMove(answer);
  }

  // Does the question apply to other futures than before? Then the difference is no effect on the same ones.
  isOfOtherFutures({ otherShare }) {
    return otherShare >= this.smallest.share;
  }

  isValueMove(answer, first) {
    if (this.isOfOtherFutures(answer)) return false;
    const least = answer.quantiles ? this.smallest.width : this.smallest.chance;
    return isBeyondError(answer.difference, answer.differenceError) && this.valueSize(answer, first) >= least;
  }

  isChanceMove(answer) {
    const { chanceDifference, chanceDifferenceError } = answer;
    return !this.isOfOtherFutures(answer) && isBeyondError(chanceDifference, chanceDifferenceError) && Math.abs(chanceDifference) >= this.smallest.chance;
  }

  // Chances by points, amounts by their difference as a part of the spread before; of a date, the larger of both.
  size(answer, first) {
    return Math.max(this.valueSize(answer, first), this.isChanceMove(answer) ? Math.abs(answer.chanceDifference) : 0);
  }

  valueSize({ difference }, first) {
    if (!real(difference)) return 0;
    if (!first?.quantiles) return Math.abs(difference);
    const width = first.quantiles[4] - first.quantiles[0];
    if (!real(width)) return 0;
    return width > 0 ? Math.abs(difference) / width : 1;
  }

  // 1 where it rises, -1 where it falls, 0 where it does not move; of a date, its chance goes first.
  direction(answer, first) {
    if (!this.isMove(answer, first)) return 0;
    return Math.sign(this.isChanceMove(answer) ? answer.chanceDifference : answer.difference);
  }
}

// Which answers a reader's choice sets itself, as foedus.analysis.settled: `told` of them is {sets, maySet} by question number.
function isSetBy(number, { sets, maySet }, values, base, statuses, count) {
  const shown = (row, i) => (statuses[i] === 0 && Number.isFinite(row[i]) ? row[i] : NaN);
  if (sets.has(number)) {
    for (let i = 0; i < count; i++) if (!Object.is(shown(values, i) + 0, shown(base, i) + 0)) return true;
    return false;
  }
  return maySet.has(number) && isSettled(values, statuses, count) && !isSettled(base, statuses, count);
}

// Is it the same in every future? A date that never comes is so too.
function isSettled(values, statuses, count) {
  let kept = NaN;
  for (let i = 0; i < count; i++) {
    if (statuses[i] !== 0 || !Number.isFinite(values[i])) continue;
    if (Number.isNaN(kept)) kept = values[i];
    else if (values[i] !== kept) return false;
  }
  return true;
}
