"""Which uncertain parameters move an answer: first-order shares of its variance, from the futures as they are.

Futures may share a draw: members of a posterior are fewer than futures, and a value with all that was drawn with it comes again. How
far the mean over a bin strays by chance is then told by how the means of its values differ, and not by how futures do (nested analysis
of variance); where every future has a value of its own the two are one.

The error of a share is that of the delete-a-group jackknife: over the replicates of a design, else over groups of futures taken in turn,
or of values where futures share them. It is not what decides whether a parameter is named at all: that is the largest share that so many
parameters would show by chance if none did anything, which one answer in twenty exceeds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from foedus.analysis.enough import DRIVERS
from foedus.analysis.finding import Driver
from foedus.analysis.pieces import Bins
from foedus.arrays import Array
from foedus.compile.program import ResultSlot
from foedus.ensemble import Futures

__all__ = ["Ranks", "drivers", "largest_by_chance", "shares_of"]

_GROUPS = 20  # of futures that are independent of one another; a design has its replicates
_LEAST = 0.002  # a smaller share is not worth a name
_FALSELY = 0.05  # of answers that name a parameter which does nothing


class Ranks:
    """Each uncertain parameter cut into bins of equal size, made once and used for all questions."""

    def __init__(self, futures: Futures, bins: int = 20) -> None:
        self.parameters = futures.parameters
        self.count = self.parameters.shape[1]
        self.bins = max(2, min(bins, self.count // 25 or 2))
        self.indices = [index for index in futures.uncertain if np.ptp(self.parameters[index]) > 0]
        self.bins_of = {index: Bins.by_rank(self.parameters[index], self.bins) for index in self.indices}
        replicates = futures.replicate_of
        self.is_designed = replicates is not None
        turns = np.arange(self.count) // max(1, futures.chains) % _GROUPS
        self.group_of = turns if replicates is None else replicates[: self.count]


def drivers(futures: Futures, slot: ResultSlot, ranks: Ranks, most: int = 8) -> tuple[Driver, ...]:
    """The parameters with the largest first-order shares, largest first.

    The share is the variance of the conditional mean over bins of the parameter, relative to the whole variance, less what chance
    alone would give (an adjusted correlation ratio). Source: Plischke, Borgonovo & Smith 2013; the adjustment is Kelley's epsilon squared.

    Args:
        futures: an ensemble.
        slot: the question, in the baseline.
        ranks: the parameters' bins.
        most: how many at the most.
    Returns:
        Drivers from which something in the model leads to the answer, and whose share is beyond the largest that so many parameters
        without effect would show by chance.
    """
    acting = [index for index in ranks.indices if slot.may_hang_on(futures.program.parameters[index])]
    values = futures.values(slot.name)[: ranks.count]
    found = []
    for index, share, error, bins in _named(ranks, values, acting)[:most]:
        direction = 1 if np.corrcoef(bins.of, values[~np.isnan(values)])[0, 1] >= 0 else -1
        found.append(Driver(futures.program.parameters[index].name, share, error(), direction))
    return tuple(found)


def shares_of(ranks: Ranks, values: Array) -> dict[int, tuple[float, float]]:
    """The same of any values, in whatever unit, for each parameter that shows beyond chance.

    Args:
        values: (future,); NaN where there is none.
    Returns:
        Parameter, by its place in the program -> its first-order share and the standard error of that.
    """
    return {index: (share, error()) for index, share, error, _ in _named(ranks, values, ranks.indices)}


_Named = tuple[int, float, Callable[[], float], Bins]


def _named(ranks: Ranks, values: Array, acting: Sequence[int]) -> list[_Named]:
    """The parameters whose share is beyond chance, largest first: place, share, what gives its error, bins."""
    applies = ~np.isnan(values)
    count = int(applies.sum())
    if count < DRIVERS or float(np.var(values[applies])) == 0:
        return []
    centred = values[applies] - values[applies].mean()
    found: list[_Named] = []
    for index in acting:
        bins = ranks.bins_of[index].at(applies)
        strays, rest = bins.strays(centred)
        share = _share_of(bins, centred, strays)
        if share > max(largest_by_chance(ranks.bins - 1, rest, len(acting)) * strays / count, _LEAST):
            found.append((index, share, partial(_error, ranks, index, bins, centred, applies, strays), bins))
    return sorted(found, key=lambda one: -one[1])


def _error(ranks: Ranks, index: int, bins: Bins, centred: Array, applies: NDArray[np.bool_], strays: float) -> float:
    is_shared = bins.value_of is not None and not ranks.is_designed
    groups = _in_turn(ranks.parameters[index]) if is_shared else ranks.group_of
    return _jackknife_error(bins, centred, groups[applies], strays)


def largest_by_chance(freedom: int, rest: int, number: int) -> float:
    """What the largest of so many sums of squares over bins exceeds once in twenty, beyond its mean and relative to the scatter.

    Args:
        freedom: of such a sum. rest: degrees of freedom from which the scatter is known. number: of sums.
    Returns:
        By the quantile of F of Paulson (1942), and of the normal law of Abramowitz & Stegun 26.2.23: within some per cent of the exact
        one; infinity where the scatter is known from too few.
    """
    t = math.sqrt(-2 * math.log(_FALSELY / max(1, number)))
    z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
    one, other = 2 / (9 * freedom), 2 / (9 * max(1, rest))
    square = (1 - other) ** 2 - z**2 * other
    if square <= 0:
        return math.inf
    middle = (1 - other) * (1 - one)
    root = (middle + math.sqrt(middle**2 - square * ((1 - one) ** 2 - z**2 * one))) / square
    return float(freedom * (root**3 - 1))


def _in_turn(parameter: Array) -> NDArray[np.int64]:
    """Groups of futures such that those which share a value stay together, by where it is met first."""
    _, first, places = np.unique(parameter, return_index=True, return_inverse=True)
    turn = np.empty(len(first), dtype=np.int64)
    turn[np.argsort(first, kind="stable")] = np.arange(len(first)) % _GROUPS
    return np.asarray(turn[places.reshape(-1)])


def _share_of(bins: Bins, values: Array, strays: float) -> float:
    sizes = np.bincount(bins.of, minlength=bins.number)
    sums = np.bincount(bins.of, weights=values, minlength=bins.number)
    return float(_shares(sizes, np.asarray(sums, dtype=np.float64), np.asarray(values @ values), strays))


def _jackknife_error(bins: Bins, values: Array, group_of: NDArray[np.int64], strays: float) -> float:
    """The error of a share: how much it moves as each group of futures is left out in turn."""
    groups, number = int(group_of.max()) + 1, bins.number
    cells = group_of * number + bins.of
    sizes = np.bincount(cells, minlength=groups * number).reshape(groups, number)
    sums = np.bincount(cells, weights=values, minlength=groups * number).reshape(groups, number)
    squares = np.bincount(group_of, weights=values**2, minlength=groups)
    without = _shares(sizes.sum(axis=0) - sizes, sums.sum(axis=0) - sums, squares.sum() - squares, strays)
    return math.sqrt((groups - 1) / groups * float(((without - without.mean()) ** 2).sum()))


def _shares(sizes: NDArray[np.int64], sums: Array, squares: Array, strays: float) -> Array:
    """The shares of many samples at once.

    Args:
        sizes, sums: (…, bin), how many values and what they add up to.
        squares: (…,), what their squares add up to.
        strays: by how much more than single futures the means of bins stray by chance.
    """
    count, filled = sizes.sum(axis=-1), sizes > 0
    centre = sums.sum(axis=-1) ** 2 / count
    between = (sums**2 / np.where(filled, sizes, 1)).sum(axis=-1) - centre
    total = squares - centre
    freedom = filled.sum(axis=-1) - 1
    within = (total - between) / np.maximum(1, count - freedom - 1)
    return np.asarray(np.maximum(0.0, (between - freedom * within * strays) / np.where(total > 0, total, np.inf)))
