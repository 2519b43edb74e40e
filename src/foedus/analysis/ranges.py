"""The range of an answer: its mean in the tenth of the futures that parameters and structure favour least, and in that they favour most.

Each half of the futures is judged by a regression on the other. What the regression is known to miss, and calibrations with other seeds,
widen the range.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foedus.analysis.enough import GROUNDS
from foedus.analysis.slopes import fits_of
from foedus.arrays import Array

__all__ = ["AnswerRange", "Shift", "bands_of", "between_shifts", "deepened", "tail_mean", "widened"]

_TAIL = 0.1
_BINS = 250  # of futures that the parameters favour alike, where rival structures are mixed in
_NINETY = 1.645  # standard deviations to either end of 90 % of a normal law
_TENTH = 1.755  # standard deviations from its middle to the mean of a tenth of a normal law


@dataclass(frozen=True)
class Shift:
    """What a rival structure does to one answer.

    Attributes:
        weight: how much it is believed in.
        size: how far it moves the answer, less what chance alone would show.
        moves: by future of the rivals' run, NaN where the question does not apply; None where only the size is known.
    """

    weight: float
    size: float
    moves: Array | None = None

    @property
    def error(self) -> float:
        """The standard error of its size; 0 where only that is known."""
        if self.moves is None:
            return 0.0
        kept = self.moves[~np.isnan(self.moves)]
        return float(kept.std()) / math.sqrt(len(kept)) if len(kept) else 0.0


def between_shifts(shifts: Sequence[tuple[float, float]]) -> float:
    """Variance between the model, which stands at 0, and its rival structures (weight, shift from the model)."""
    middle = math.fsum(weight * shift for weight, shift in shifts)
    own = 1.0 - math.fsum(weight for weight, _ in shifts)
    return own * middle**2 + math.fsum(weight * (shift - middle) ** 2 for weight, shift in shifts)


@dataclass(frozen=True)
class AnswerRange:
    """The two ends, and the error of each."""

    ends: tuple[float, float]
    errors: tuple[float, float]


def bands_of(
    scores: Array, values: Array, shifts: Sequence[Sequence[Shift]], rival_scores: Array | None
) -> list[AnswerRange | None]:
    """The mean answer in the tenth of the futures that parameters and structure favour least, and most, each half judged by the other."""
    count = values.shape[1]
    if count * _TAIL < GROUNDS:
        return [None] * len(values)
    low, high = np.zeros(len(values)), np.zeros(len(values))
    variances = np.zeros((2, len(values)))
    for half in (0, 1):
        slopes = np.zeros((len(values), len(scores)))
        for row, fit in enumerate(fits_of(scores[:, half::2], values[:, half::2])):
            slopes[row, fit.chosen] = fit.slopes
        score, tried = slopes @ scores[:, 1 - half :: 2], values[:, 1 - half :: 2]
        tail = max(1, int(tried.shape[1] * _TAIL))
        order = np.argpartition(score, (tail, tried.shape[1] - tail), axis=1)
        tails = np.take_along_axis(tried, order[:, :tail], 1), np.take_along_axis(tried, order[:, -tail:], 1)
        lower, upper = (one.mean(axis=1) for one in tails)
        variances += [_variance_of_mean(one) for one in tails]
        for row, own in enumerate(shifts):
            if any(one.size for one in own):
                of_rivals = None if rival_scores is None else slopes[row] @ rival_scores
                lower[row], upper[row] = _mixed_tails(score[row], tried[row], own, of_rivals)
        low, high = low + lower / 2, high + upper / 2
    errors = np.sqrt(variances) / 2
    return [
        AnswerRange(
            (float(min(ends)), float(max(ends))), (float(one), float(other)) if ends[0] <= ends[1] else (float(other), float(one))
        )
        for ends, one, other in zip(zip(low, high, strict=True), *errors, strict=True)
    ]


def _variance_of_mean(tail: Array) -> Array:
    """(answer,): how far the mean of a tail is off by chance; where all of it is 0 or 1 as of a share with half a case more of either."""
    count = tail.shape[1]
    is_chance = ((tail == 0) | (tail == 1)).all(axis=1)
    share = (tail.sum(axis=1) + 0.5) / (count + 1)
    return np.asarray(np.where(is_chance, share * (1 - share), tail.var(axis=1)) / count)


def _mixed_tails(score: Array, tried: Array, shifts: Sequence[Shift], of_rivals: Array | None) -> tuple[float, float]:
    """The two tenths of all futures of the model and of its rivals, each by its weight.

    A rival moves all futures by its shift, and those more that the parameters favour more, as far as a line through its moves says.

    Args:
        score: (future,), what the parameters say the answer is, less a constant; tried: (future,), what it is.
        of_rivals: (future of the rivals' run,), the score there.
    """
    moved = [one for one in shifts if one.size]
    weights = np.array([1.0 - math.fsum(one.weight for one in moved), *(one.weight for one in moved)])
    steps = np.array([0.0, *(one.size for one in moved)])
    turns = np.array([0.0, *(_turn(of_rivals, one.moves) for one in moved)])
    ranked, count = np.argsort(score, kind="stable"), len(score)
    starts = np.linspace(0, count, min(_BINS, count) + 1).astype(np.int64)[:-1]
    sizes = np.diff(starts, append=count)
    scores, means = (np.add.reduceat(one[ranked], starts) / sizes for one in (score - score.mean(), tried))
    shift = np.add.outer(steps, np.zeros(len(scores))) + np.multiply.outer(turns, scores)
    answers, shares = (means + shift).ravel(), np.multiply.outer(weights, sizes / count).ravel()
    order = np.argsort((scores + shift).ravel(), kind="stable")
    return tail_mean(answers[order], shares[order]), tail_mean(answers[order[::-1]], shares[order[::-1]])


def _turn(score: Array | None, moves: Array | None) -> float:
    """The slope of a rival's moves on the score, less what chance alone would show."""
    if score is None or moves is None:
        return 0.0
    kept = ~np.isnan(moves)
    count = int(kept.sum())
    if count < GROUNDS:
        return 0.0
    away, own = score[kept] - score[kept].mean(), moves[kept] - moves[kept].mean()
    square = float(away @ away)
    if square <= 0:
        return 0.0
    slope = float(away @ own) / square
    left = own - slope * away
    error = float(left @ left) / (count - 2) / square
    return slope * max(0.0, 1.0 - error / slope**2) if slope else 0.0


def tail_mean(answers: Array, shares: Array) -> float:
    """The mean of the first tenth of answers that stand in an order, each with its share of all."""
    taken = np.diff(np.minimum(np.cumsum(shares), _TAIL), prepend=0.0)
    return float(taken @ answers) / float(taken.sum())


def deepened(band: tuple[float, float] | None, values: Array, missed: float) -> tuple[float, float] | None:
    """The band with what the regression missed added to it, as independent of it.

    No further than the means of the lowest and the highest tenth of the answers themselves, luck and all: no other tenth of the futures,
    and so none that parameters could choose, has a lower or a higher mean. So a long tail on one side makes no range on the other.
    """
    if band is None or not missed:
        return band
    low, high = widened(band, float(values.mean()), (_TENTH / _NINETY * missed,)) or band
    tail = max(1, math.ceil(len(values) * _TAIL))
    ranked = np.partition(values, (tail - 1, len(values) - tail))
    least, most = float(ranked[:tail].mean()), float(ranked[-tail:].mean())
    return max(low, min(band[0], least)), min(high, max(band[1], most))


def widened(band: tuple[float, float] | None, middle: float, further: Sequence[float | None]) -> tuple[float, float] | None:
    """The band with the spread between calibrations added to it, as independent of it."""
    if band is None:
        return None
    more = math.hypot(*(_NINETY * one for one in further if one is not None and math.isfinite(one)))
    below, above = min(band[0], middle), max(band[1], middle)
    return middle - math.hypot(middle - below, more), middle + math.hypot(above - middle, more)
