"""What one would have to believe for an answer to be as somebody states it: which priors move, by how much, against which claims."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from foedus import numerics
from foedus.analysis.explain import Amount
from foedus.analysis.tilt import Tilt, guide, tilt, weighted_quantile
from foedus.arrays import Array
from foedus.compile.program import ResultSlot
from foedus.ensemble import Futures

__all__ = ["Believed", "Contradicted", "Move", "answers_of", "believed_moves", "scores_of", "tilted"]


@dataclass(frozen=True)
class Move:
    """Where a parameter would have to lie.

    Attributes:
        shift: in standard units of its prior (normal scores), upwards positive.
        before, after: medians, in its declared unit.
        interval: its 90 % interval afterwards.
    """

    parameter: str
    label: str
    unit: str
    claims: str
    shift: Amount
    before: float
    after: float
    interval: tuple[float, float]


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
    moves: tuple[Move, ...]
    contradicts: tuple[Contradicted, ...]

    @property
    def surprise(self) -> float:
        """As many standard deviations a single normal quantity would have to move for the same relative entropy."""
        return math.sqrt(2 * self.entropy)

    @property
    def clear(self) -> tuple[Move, ...]:
        """The moves beyond two errors that are at least a tenth of a standard unit."""
        return tuple(move for move in self.moves if move.shift.is_clear and abs(move.shift.value) >= 0.1)


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
    gap = np.where(np.isnan(values), 0.0, values - stated)
    along = guide(scores, gap) if has_luck and len(scores) else gap
    return tilt(gap, along), gap, along


def believed_moves(
    futures: Futures, indices: list[int], scores: Array, found: Tilt, gap: Array, along: Array
) -> tuple[Move, ...]:
    """Where the parameters lie in the reweighted futures, what moves most first."""
    count, weights, moves = len(gap), found.weights, []
    steep = float(weights @ (along * gap)) - float(weights @ along) * float(weights @ gap)
    for row, index in enumerate(indices):
        slot, score = futures.program.parameters[index], scores[row]
        values = futures.parameters[index][:count] / slot.scale
        shift = float(weights @ score)
        # λ is known from the same futures, and the scores lie as they should before: neither counts as error.
        pull = (float(weights @ (along * score)) - float(weights @ along) * shift) / steep if steep else 0.0
        error = math.sqrt(float(((weights * (score - shift - pull * gap) - score / count) ** 2).sum()))
        low, after, high = (weighted_quantile(values, weights, level) for level in (0.05, 0.5, 0.95))
        label = slot.title
        moves.append(
            Move(slot.name, label, slot.unit, slot.claims, Amount(shift, error), float(np.median(values)), after, (low, high))
        )
    return tuple(sorted(moves, key=lambda move: (not move.shift.is_clear, -abs(move.shift.value), move.parameter)))


def answers_of(futures: Futures, slot: ResultSlot) -> Array:
    """(future,): what is stated of a question: a number, or of a date whether it comes."""
    return futures.comes(slot.name) if slot.is_date else futures.values(slot.name)
