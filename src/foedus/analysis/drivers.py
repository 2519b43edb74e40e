"""Which uncertain parameters move an answer: first-order shares of its variance, from the futures as they are."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from foedus.analysis.finding import Driver
from foedus.compile.program import ResultSlot
from foedus.ensemble import Futures

__all__ = ["Ranks", "drivers"]

Array = NDArray[np.float64]


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
        Drivers whose share is beyond twice its error under "no effect".
    """
    values = futures.values(slot.name)[: ranks.count]
    applies = ~np.isnan(values)
    count = int(applies.sum())
    if count < 50 or float(np.var(values[applies])) == 0:
        return ()
    kept = values[applies]
    found = []
    for index in ranks.indices:
        share = _share(ranks.bin_of[index][applies], kept, ranks.bins)
        error = math.sqrt(2.0 * (ranks.bins - 1)) / count
        if share > max(2 * error, 0.002):
            direction = np.corrcoef(ranks.bin_of[index][applies], kept)[0, 1]
            found.append(Driver(futures.program.parameters[index].name, share, error, 1 if direction >= 0 else -1))
    return tuple(sorted(found, key=lambda driver: -driver.share)[:most])


def _share(bins: NDArray[np.int64], values: Array, number: int) -> float:
    sizes = np.bincount(bins, minlength=number)
    sums = np.bincount(bins, weights=values, minlength=number)
    filled = sizes > 0
    between = float((sums[filled] ** 2 / sizes[filled]).sum() - values.sum() ** 2 / len(values))
    total = float(((values - values.mean()) ** 2).sum())
    freedom = int(filled.sum()) - 1
    within = (total - between) / max(1, len(values) - freedom - 1)
    return max(0.0, (between - freedom * within) / total)
