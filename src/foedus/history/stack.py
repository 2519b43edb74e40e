"""Several forecasts as one: a pool whose weights were learned from earlier origins, and from nothing else.

The CRPS of a mixture is quadratic in its weights: w·a − ½ w·Bw, where a holds the mean distances of the members' samples from what came
and B those of the samples from each other (Gneiting & Raftery 2007, energy form). So each weight vector is the least of a convex function
over the weights that add up to one, and what it would have scored is known without drawing anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.arrays import Array

__all__ = ["LEVELS", "WORTH", "StackedPool", "distances", "mixture_crps", "no_pool", "pooled_of", "weights_of"]

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
_NEAR = 2  # steps: weights for a step are learned from forecasts so many steps nearer or farther, too

WORTH = 4.0
"""How many earlier forecasts equal weights count for, against what the earlier forecasts say: a weight is learned, not jumped to."""


def distances(samples: Sequence[Array], value: float) -> tuple[Array, Array]:
    """Mean distances of each sample from what came (method,), and of the samples from each other (method, method).

    Args:
        samples: of each method, evenly weighted.
        value: what came; NaN gives only the second.
    """
    ranked = [np.sort(sample) for sample in samples]
    to_value = np.array([np.abs(one - value).mean() for one in ranked])
    between = np.array([[np.abs(one[:, None] - other[None, :]).mean() for other in ranked] for one in ranked])
    return to_value, between


def mixture_crps(weights: Array, to_value: Array, between: Array) -> float:
    """The CRPS of the mixture of the samples with these weights."""
    return float(weights @ to_value - 0.5 * weights @ between @ weights)


def weights_of(to_value: Array, between: Array, scale: Array) -> Array:
    """The weights with which the earlier forecasts would have scored best together, drawn towards equal ones; (method,), adding up to 1.

    Args:
        to_value: (forecast, method), between: (forecast, method, method), of the earlier forecasts; there may be none.
        scale: (forecast,), what each score is divided by, so that none counts for its size.
    """
    count = to_value.shape[1]
    equal = np.full(count, 1.0 / count)
    if not len(to_value):
        return equal
    linear = (to_value / scale[:, None]).sum(axis=0)
    square = (between / scale[:, None, None]).sum(axis=0)

    def loss(weights: Array) -> tuple[float, Array]:
        gap = weights - equal
        value = weights @ linear - 0.5 * weights @ square @ weights + WORTH * gap @ gap
        return float(value), linear - square @ weights + 2 * WORTH * gap

    from scipy.optimize import minimize  # half a second that most commands need not wait

    found = minimize(
        loss,
        equal,
        jac=True,
        method="SLSQP",
        bounds=[(0.0, 1.0)] * count,
        constraints={"type": "eq", "fun": lambda weights: weights.sum() - 1.0, "jac": np.ones_like},
        options={"maxiter": 200, "ftol": 1e-12},
    )
    weights = np.clip(np.asarray(found.x, dtype=np.float64), 0.0, 1.0)
    return np.asarray(weights / weights.sum())


@dataclass(frozen=True)
class StackedPool:
    """A pool of methods.

    Attributes:
        methods: in the order of the weights.
        weights: (origin, step, method), learned from what had come by the origin.
        bands: (origin, step, 5), at LEVELS; pit: (origin, step), NaN where a step has not come.
    """

    methods: tuple[str, ...]
    weights: Array
    bands: Array
    pit: Array


def no_pool(shape: tuple[int, int]) -> StackedPool:
    """A pool of nothing, of so many origins and steps."""
    return StackedPool((), np.full((*shape, 0), np.nan), np.full((*shape, len(LEVELS)), np.nan), np.full(shape, np.nan))


def pooled_of(
    methods: tuple[str, ...],
    samples: Sequence[Mapping[str, Sequence[Sequence[float]]]],
    dates: Sequence[Sequence[str]],
    origins: Sequence[str],
    observed: Array,
) -> tuple[StackedPool, Array]:
    """The pool of some methods, and its CRPS; (origin, step), NaN where a step has not come or a method had no forecast.

    Args:
        samples: by origin; method -> step -> an even sample.
        dates: by origin, of the steps; origins: ISO days, rising.
        observed: (origin, step), what came.
    """
    empty = no_pool((observed.shape[0], observed.shape[1]))
    pool = StackedPool(methods, np.full((*observed.shape, len(methods)), np.nan), empty.bands, empty.pit)
    crps = np.full(observed.shape, np.nan)
    to_value, between = _all_distances(methods, samples, observed)
    has_all = ~np.isnan(between).any(axis=(2, 3))
    for row, step in np.argwhere(has_all):
        past = _past(dates, origins, int(row), int(step), observed.shape[1]) & ~np.isnan(to_value).any(axis=2)
        scale = to_value[past].mean(axis=1)
        weights = weights_of(to_value[past][scale > 0], between[past][scale > 0], scale[scale > 0])
        pool.weights[row, step] = weights
        values, masses = _mixed([np.array(samples[row][name][step]) for name in methods], weights)
        pool.bands[row, step] = np.interp(LEVELS, np.cumsum(masses) - masses / 2, values)
        came = observed[row, step]
        if not np.isnan(came):
            crps[row, step] = mixture_crps(weights, to_value[row, step], between[row, step])
            pool.pit[row, step] = masses[values < came].sum() + masses[values == came].sum() / 2
    return pool, crps


def _all_distances(
    methods: tuple[str, ...], samples: Sequence[Mapping[str, Sequence[Sequence[float]]]], observed: Array
) -> tuple[Array, Array]:
    """`distances` of every origin and step; NaN where a method had no forecast, or nothing has come."""
    count = len(methods)
    to_value, between = np.full((*observed.shape, count), np.nan), np.full((*observed.shape, count, count), np.nan)
    for row, own in enumerate(samples):
        for step in range(min(observed.shape[1], *(len(own.get(name, ())) for name in methods))):
            told = [np.array(own[name][step]) for name in methods]
            to_value[row, step], between[row, step] = distances(told, float(observed[row, step]))
    return to_value, between


def _past(dates: Sequence[Sequence[str]], origins: Sequence[str], row: int, step: int, steps: int) -> NDArray[np.bool_]:
    """(origin, step): forecasts about as far ahead, of earlier origins, that had come by the day of this one."""
    found = np.zeros((len(origins), steps), dtype=np.bool_)
    for other in range(row):
        for near in range(max(0, step - _NEAR), min(len(dates[other]), step + _NEAR + 1)):
            found[other, near] = dates[other][near] <= origins[row]
    return found


def _mixed(samples: Sequence[Array], weights: Array) -> tuple[Array, Array]:
    """The mixture as values, rising, and the mass of each."""
    values = np.concatenate(samples)
    masses = np.concatenate([np.full(len(one), weight / len(one)) for one, weight in zip(samples, weights, strict=True)])
    order = np.argsort(values, kind="stable")
    return values[order], masses[order]
