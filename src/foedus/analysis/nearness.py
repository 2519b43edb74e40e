"""How near the futures of one variable pass to what was observed of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.arrays import Array

__all__ = ["Nearness", "near"]


@dataclass(frozen=True)
class Nearness:
    """One series against the hindcast's bands.

    Attributes:
        variable, series: which.
        count: how many observations fall into the run.
        rmse: root mean square of observation minus median.
        bias: mean of median minus observation.
        coverage: share of observations inside the 90 % band.
        width: mean width of the 90 % band.
        spread: standard deviation of the observations.
        crps: mean continuous ranked probability score.
        observed_total, total: sums over the observed moments, of the observations and (5, 50, 95 %) of the futures.
    """

    variable: str
    series: str
    unit: str
    count: int
    rmse: float
    bias: float
    coverage: float
    width: float
    spread: float
    crps: float
    observed_total: float
    total: tuple[float, float, float]


def near(variable: str, label: str, unit: str, futures: Array, observed: Array) -> Nearness:
    """One series against the futures of its variable.

    Args:
        futures: (moment, future), at the moments that were observed, in `unit`.
        observed: (moment,), in `unit`.
    """
    low, median, high = np.quantile(futures, (0.05, 0.5, 0.95), axis=1)
    totals = np.quantile(futures.sum(axis=0), (0.05, 0.5, 0.95))
    return Nearness(
        variable,
        label,
        unit,
        len(observed),
        float(np.sqrt(np.mean((median - observed) ** 2))),
        float(np.mean(median - observed)),
        float(np.mean((observed >= low) & (observed <= high))),
        float(np.mean(high - low)),
        float(np.std(observed)),
        float(np.mean([_crps(row, value) for row, value in zip(futures, observed, strict=True)])),
        float(observed.sum()),
        (float(totals[0]), float(totals[1]), float(totals[2])),
    )


def _crps(sample: np.ndarray, value: float) -> float:
    """The continuous ranked probability score of a sample. Source: Gneiting & Raftery 2007."""
    ranked = np.sort(sample)
    count = len(ranked)
    return float(np.abs(ranked - value).mean() - ((2 * np.arange(1, count + 1) - count - 1) * ranked).sum() / count**2)
