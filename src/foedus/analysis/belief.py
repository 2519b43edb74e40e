"""What one would have to believe for an answer to be as somebody states it: which priors move, by how much, against which claims."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata
from scipy.stats import t as student

from foedus import numerics
from foedus.analysis.explain import Amount
from foedus.analysis.tilt import FOLDS, Tilt, guide, guided, rows_of, tilt, weighted_quantile
from foedus.arrays import Array
from foedus.compile.program import ResultSlot
from foedus.ensemble import Futures

__all__ = [
    "Believed",
    "Contradicted",
    "PriorMove",
    "answers_of",
    "believed_moves",
    "groups_of",
    "scores_of",
    "shift_errors",
    "tilted",
]

_GROUPS = 20  # of futures that are independent of one another; a design has its replicates
_LEAST = 0.1  # standard units: a smaller shift is not worth a name
_FALSELY = 0.05  # of answers that name a parameter which does nothing


@dataclass(frozen=True)
class PriorMove:
    """Where a parameter would have to lie.

    Attributes:
        shift: in standard units of its prior (normal scores), upwards positive.
        before, after: medians, in its declared unit.
        interval: its 90 % interval afterwards.
        is_named: is it beyond what would show by chance, and at least a tenth of a standard unit?
        least: the smallest shift that would be named.
        rests_on: "claims", "fitted" or "assumed".
    """

    parameter: str
    label: str
    unit: str
    claims: str
    shift: Amount
    before: float
    after: float
    interval: tuple[float, float]
    is_named: bool
    least: float = 0.0
    rests_on: str = "assumed"


@dataclass(frozen=True)
class Contradicted:
    """A group of claims whose 90 % interval no longer covers where the parameter would have to lie.

    Attributes:
        interval: of the pool, in the parameter's declared unit.
        claims: (id, in words) of its claims.
    """

    group: str
    parameter: str
    label: str
    unit: str
    interval: tuple[float, float]
    median: float
    claims: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Believed:
    """The nearest priors under which a stated answer would be true.

    Attributes:
        answer, stated: as things stand, and as it is stated; a chance or a mean.
        entropy: how far the new priors are from the old ones, in nats.
        effective: how many futures of equal weight the reweighted ones are worth.
        has_luck: the model has luck, which keeps its law; the priors were moved along what a regression tells of the answer.
        moves: of all uncertain parameters, the largest first.
        median, width: of the answer as things stand, where it is a mean: its median and how wide its 90 % interval is; NaN for a chance.
        error: one standard error of `answer`.
    """

    question: str
    label: str
    kind: str
    unit: str
    answer: float
    stated: float
    futures: int
    seed: int
    entropy: float
    effective: float
    has_luck: bool
    moves: tuple[PriorMove, ...]
    contradicts: tuple[Contradicted, ...]
    median: float = math.nan
    width: float = math.nan
    error: float = math.nan

    @property
    def is_as_it_is(self) -> bool:
        """Is what is stated the answer as things stand, within two of its errors?"""
        return abs(self.stated - self.answer) <= 2 * self.error

    @property
    def surprise(self) -> float:
        """As many standard deviations a single normal quantity would have to move for the same relative entropy."""
        return math.sqrt(2 * self.entropy)

    @property
    def clear(self) -> tuple[PriorMove, ...]:
        """The moves that are named."""
        return tuple(move for move in self.moves if move.is_named)


def scores_of(futures: Futures, count: int) -> tuple[list[int], Array]:
    """The parameters that vary, and (parameter, future): their normal scores; equal values share theirs."""
    indices = [index for index in futures.uncertain if np.ptp(futures.parameters[index][:count]) > 0]
    scores = np.empty((len(indices), count))
    for row, index in enumerate(indices):
        scores[row] = numerics.normal_quantile((rankdata(futures.parameters[index][:count]) - 0.5) / count)
    return indices, scores


def tilted(values: Array, stated: float, scores: Array, *, has_luck: bool) -> tuple[Tilt, Array, Array]:
    """Futures reweighted to a stated answer; also gives the gap and what the weights go along.

    Args:
        values: (future,), the answers; NaN where the question does not apply, which stays as likely as it is where that is possible.
        stated: a chance or a mean.
        scores: of `scores_of`.
        has_luck: the model has luck.
    """
    gap = _gap(values, stated)
    along = guide(scores, gap) if has_luck and len(scores) else gap
    return tilt(gap, along), gap, along


def _gap(values: Array, stated: float) -> Array:
    return np.where(np.isnan(values), 0.0, values - stated)


def shift_errors(scores: Array, gap: Array, groups: NDArray[np.int64], *, has_luck: bool) -> Array:
    """(parameter,): the error of each shift, by leaving out each group of futures in turn: weights, λ and regression are all found anew.

    Scores lie as they should before, by their ranks: how far those of a part are off its middle counts as no error.

    Args:
        scores: (parameter, future); gap: (future,), of `tilted`.
        groups: (future,), of futures that are independent of those of other groups.
    """
    chosen = rows_of(scores, gap) if has_luck and len(scores) else None
    number, shifts = int(groups.max()) + 1, []
    for group in range(number):
        kept = groups != group
        own, left = scores[:, kept], gap[kept]
        found = tilt(left, left if chosen is None else guided(own, left, chosen))
        shifts.append(own @ found.weights - own.mean(axis=1))
    away = np.array(shifts) - np.mean(shifts, axis=0)
    return np.asarray(np.sqrt((number - 1) / number * (away**2).sum(axis=0)))


def groups_of(futures: Futures, count: int) -> NDArray[np.int64]:
    """(future,): replicates of a design; else groups taken in turn, such that futures which share a member of a posterior stay together."""
    if futures.replicate_of is not None:
        return np.asarray(futures.replicate_of[:count])
    if futures.chains:
        drawn = [futures.parameters[index][:count] for index in futures.uncertain]
        places = [np.unique(one, return_index=True, return_inverse=True)[1:] for one in drawn]
        shared = [(first, place) for first, place in places if len(first) < count]
        if shared:
            first, place = max(shared, key=lambda one: len(one[0]))
            turn = np.empty(len(first), dtype=np.int64)
            turn[np.argsort(first, kind="stable")] = np.arange(len(first)) % _GROUPS
            return np.asarray(turn[place.reshape(-1)])
    return np.arange(count) // FOLDS % _GROUPS


def believed_moves(
    futures: Futures, indices: list[int], scores: Array, found: Tilt, gap: Array, *, has_luck: bool
) -> tuple[PriorMove, ...]:
    """Where the parameters lie in the reweighted futures, what moves most first.

    One is named beyond the largest shift that so many would show by chance, which one answer in twenty exceeds.
    """
    count, weights, moves = len(gap), found.weights, []
    groups = groups_of(futures, count)
    errors = shift_errors(scores, gap, groups, has_luck=has_luck)
    limit = float(student.ppf(1 - _FALSELY / (2 * max(1, len(indices))), int(groups.max())))
    for row, index in enumerate(indices):
        slot = futures.program.parameters[index]
        values = futures.parameters[index][:count] / slot.scale
        shift = Amount(float(weights @ scores[row]), float(errors[row]))
        low, after, high = (weighted_quantile(values, weights, level) for level in (0.05, 0.5, 0.95))
        least = max(_LEAST, limit * shift.error)
        is_named = abs(shift.value) > least
        middle = float(np.median(values))
        moves.append(PriorMove(slot.name, slot.title, slot.unit, slot.claims, shift, middle, after, (low, high), is_named, least))
    return tuple(sorted(moves, key=lambda move: (not move.is_named, -abs(move.shift.value), move.parameter)))


def answers_of(futures: Futures, slot: ResultSlot) -> Array:
    """(future,): what is stated of a question: a number, or of a date whether it comes."""
    return futures.comes(slot.name) if slot.is_date else futures.values(slot.name)
