"""What explains an answer: least squares on the normal scores of the parameters and on their squares, many answers at once.

Source: Pratt 1987 (what each explains of the variance).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from foedus import numerics

if TYPE_CHECKING:
    from foedus.arrays import Array
    from foedus.ensemble import Futures

__all__ = ["Regression", "fits_of", "scores_of"]


def scores_of(futures: Futures, indices: Sequence[int], count: int) -> Array:
    """(2 * parameter, future): of each parameter the normal score, then of each its square: what bends."""
    scores = np.zeros((2 * len(indices), count))
    for row, index in enumerate(indices):
        scores[row] = _normal_scores(futures.parameters[index][:count])
        scores[len(indices) + row] = (scores[row] ** 2 - 1) / math.sqrt(2)
    return scores


def _normal_scores(values: Array) -> Array:
    order = np.argsort(values, kind="stable")
    ranks = np.empty(len(values))
    ranks[order] = (np.arange(len(values)) + 0.5) / len(values)
    return numerics.normal_quantile(ranks)


@dataclass(frozen=True)
class Regression:
    """Chosen parameters, their slopes, and what each explains of the variance (Pratt), before chance is taken off."""

    chosen: NDArray[np.int64]
    slopes: Array
    raw: Array
    count: int

    def shares(self) -> Array:
        """Each chosen parameter's share, less what chance alone would explain; below zero is none."""
        explained = float(self.raw.sum())
        adjusted = max(0.0, 1 - (1 - explained) * (self.count - 1) / max(1, self.count - len(self.chosen) - 1))
        kept = np.maximum(self.raw, 0.0)
        return np.asarray(kept * (adjusted / kept.sum()) if kept.sum() > 0 else kept, dtype=np.float64)


def fits_of(scores: Array, values: Array) -> list[Regression]:
    """Least squares for many answers on the same futures, each on the parameters that move it beyond chance.

    Args:
        scores: (parameter, future); values: (answer, future).
    """
    taken = scores - scores.mean(axis=1, keepdims=True)
    centred = values - values.mean(axis=1, keepdims=True)
    products, with_values = taken @ taken.T, centred @ taken.T
    squares = np.einsum("ij,ij->i", centred, centred)
    return [_fit(products, own, float(square), values.shape[1]) for own, square in zip(with_values, squares, strict=True)]


def _fit(products: Array, with_values: Array, squares: float, count: int) -> Regression:
    marginal = np.abs(with_values) / math.sqrt(max(count * squares, 1e-300))
    most = max(1, count // 10)
    chosen = np.flatnonzero(marginal > 2 / math.sqrt(count))
    if len(chosen) > most:
        chosen = np.sort(chosen[np.argsort(-marginal[chosen], kind="stable")[:most]])
    if not len(chosen) or squares <= 0:
        return Regression(chosen[:0], np.zeros(0), np.zeros(0), count)
    own = products[np.ix_(chosen, chosen)] + 1e-9 * count * np.eye(len(chosen))  # two that always go together share their slope
    slopes = np.asarray(np.linalg.solve(own, with_values[chosen]), dtype=np.float64)
    return Regression(chosen, slopes, slopes * with_values[chosen] / squares, count)
