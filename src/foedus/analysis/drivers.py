"""Which uncertain parameters move an answer: first-order shares of its variance, from the futures as they are.

The error of a share is that of the delete-a-group jackknife: over the replicates of a design, else over groups of futures taken in turn.
It is not what decides whether a parameter is named at all: that is what a share would be by chance if the parameter did nothing.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from foedus.analysis.enough import DRIVERS
from foedus.analysis.finding import Driver
from foedus.arrays import Array
from foedus.compile.program import ResultSlot
from foedus.ensemble import Futures

__all__ = ["Ranks", "drivers"]

_GROUPS = 20  # of futures that are independent of one another; a design has its replicates


class Ranks:
    """Each uncertain parameter cut into bins of equal size, made once and used for all questions."""

    def __init__(self, futures: Futures, bins: int = 20) -> None:
        self.parameters = futures.parameters
        self.count = self.parameters.shape[1]
        self.bins = max(2, min(bins, self.count // 25 or 2))
        self.indices = [index for index in futures.uncertain if np.ptp(self.parameters[index]) > 0]
        self.bin_of = {}
        for index in self.indices:
            order = np.argsort(self.parameters[index], kind="stable")
            rank = np.empty(self.count, dtype=np.int64)
            rank[order] = np.arange(self.count)
            self.bin_of[index] = rank * self.bins // self.count
        replicates = futures.replicate_of
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
        Drivers whose share is beyond twice what a parameter without effect would show by chance.
    """
    values = futures.values(slot.name)[: ranks.count]
    applies = ~np.isnan(values)
    count = int(applies.sum())
    if count < DRIVERS or float(np.var(values[applies])) == 0:
        return ()
    kept = values[applies]
    centred = kept - kept.mean()
    by_chance = math.sqrt(2.0 * (ranks.bins - 1)) / count
    shares = {index: _share_of(ranks.bin_of[index][applies], centred, ranks.bins) for index in ranks.indices}
    named = [index for index, share in shares.items() if share > max(2 * by_chance, 0.002)]
    found = []
    for index in sorted(named, key=lambda index: -shares[index])[:most]:
        bins = ranks.bin_of[index][applies]
        error = _jackknife_error(bins, centred, ranks.bins, ranks.group_of[applies])
        direction = 1 if np.corrcoef(bins, kept)[0, 1] >= 0 else -1
        found.append(Driver(futures.program.parameters[index].name, shares[index], error, direction))
    return tuple(found)


def _share_of(bins: NDArray[np.int64], values: Array, number: int) -> float:
    sizes = np.bincount(bins, minlength=number)
    sums = np.bincount(bins, weights=values, minlength=number)
    return float(_shares(sizes, np.asarray(sums, dtype=np.float64), np.asarray(values @ values)))


def _jackknife_error(bins: NDArray[np.int64], values: Array, number: int, group_of: NDArray[np.int64]) -> float:
    """The error of a share: how much it moves as each group of futures is left out in turn."""
    groups = int(group_of.max()) + 1
    cells = group_of * number + bins
    sizes = np.bincount(cells, minlength=groups * number).reshape(groups, number)
    sums = np.bincount(cells, weights=values, minlength=groups * number).reshape(groups, number)
    squares = np.bincount(group_of, weights=values**2, minlength=groups)
    without = _shares(sizes.sum(axis=0) - sizes, sums.sum(axis=0) - sums, squares.sum() - squares)
    return math.sqrt((groups - 1) / groups * float(((without - without.mean()) ** 2).sum()))


def _shares(sizes: NDArray[np.int64], sums: Array, squares: Array) -> Array:
    """The shares of many samples at once.

    Args:
        sizes, sums: (…, bin), how many values and what they add up to.
        squares: (…,), what their squares add up to.
    """
    count, filled = sizes.sum(axis=-1), sizes > 0
    centre = sums.sum(axis=-1) ** 2 / count
    between = (sums**2 / np.where(filled, sizes, 1)).sum(axis=-1) - centre
    total = squares - centre
    freedom = filled.sum(axis=-1) - 1
    within = (total - between) / np.maximum(1, count - freedom - 1)
    return np.asarray(np.maximum(0.0, (between - freedom * within) / np.where(total > 0, total, np.inf)))
