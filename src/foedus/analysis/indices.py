"""Sensitivity indices from pairs of runs that share some of their causes and draw the others anew.

Two runs that share a set of causes and nothing else have as covariance the variance of the mean answer given that set: its closed index,
with every interplay inside it. Half the mean square of the difference of two runs that share everything but the set is its total index.
Both hold for any mixture of parameters and luck, as long as the set is independent of the rest; causes that hang together go together.

Sources: Sobol' 1993; Saltelli et al. 2010; Jansen 1999.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from foedus.analysis.enough import SHARES
from foedus.arrays import Array

__all__ = ["VarianceIndex", "closed_index", "total_index"]

_GROUPS = 20


@dataclass(frozen=True)
class VarianceIndex:
    """A share of the variance, in [0, 1] but for its error, which is one standard error by a delete-a-group jackknife."""

    value: float
    error: float


def closed_index(one: Array, other: Array) -> VarianceIndex:
    """The share of what two runs have in common. `one`, `other`: (future,), everything else drawn anew; NaN where a run has no answer."""

    def share(first: Array, second: Array) -> float:
        both = np.concatenate([first, second])
        variance = float(np.var(both))
        # Centred on the mean of both runs: less noisy where the runs differ in level by chance (Janon et al. 2014).
        return float(np.mean((first - both.mean()) * (second - both.mean()))) / variance if variance > 0 else math.nan

    return _with_error(one, other, share)


def total_index(one: Array, other: Array) -> VarianceIndex:
    """The share that would stay open if everything but the set were known. The runs share everything but the set."""

    def share(first: Array, second: Array) -> float:
        variance = float(np.var(np.concatenate([first, second])))
        return float(np.mean((first - second) ** 2)) / 2 / variance if variance > 0 else math.nan

    return _with_error(one, other, share)


def _with_error(one: Array, other: Array, share: Callable[[Array, Array], float]) -> VarianceIndex:
    kept = ~(np.isnan(one) | np.isnan(other))
    first, second = one[kept], other[kept]
    if len(first) < SHARES:
        return VarianceIndex(math.nan, math.nan)
    group = np.arange(len(first)) % _GROUPS
    without = np.array([share(first[group != number], second[group != number]) for number in range(_GROUPS)])
    error = math.sqrt((_GROUPS - 1) / _GROUPS * float(((without - without.mean()) ** 2).sum()))
    return VarianceIndex(share(first, second), error)
