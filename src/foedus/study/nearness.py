"""How near a hindcast passes to the series that were observed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import numpy as np

from foedus.analysis.enough import INTERVAL, refuse_few
from foedus.case import Case
from foedus.case.series import read_series, series_variable
from foedus.constructs import tree as t
from foedus.ensemble import Futures

__all__ = ["Nearness", "nearness"]


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


def nearness(case: Case, futures: Futures) -> tuple[Nearness, ...]:
    """Compare every series with the hindcast's variable that it measures.

    Raises:
        InputError: too few futures ended well to have a 90 % band.
    """
    program, good = futures.program, int(futures.is_ok.sum())
    refuse_few(case.name, good, INTERVAL, f"{good} futures ended well: too few to tell a 90 % band.")
    assert futures.trajectories is not None and program.calendar is not None
    found = []
    names = [slot.name for slot in program.saved]
    for series in case.tree.all(t.Series):
        variable = series_variable(series)
        if not series.file or variable not in names:  # a curve of belief is evidence, nothing that was observed
            continue
        slot = program.saved[names.index(variable)]
        kept = futures.trajectories[0, names.index(variable)][:, futures.is_ok[: futures.trajectories.shape[-1]]]
        label, dates, observations = read_series(case, series)
        times = np.array([program.calendar.time_of(datetime.date.fromisoformat(date)) for date in dates])
        inside = (times >= futures.moments[0]) & (times <= futures.moments[-1])
        if inside.any():
            nearest = np.abs(futures.moments[:, None] - times[None, inside]).argmin(axis=0)
            values = kept.astype(np.float64)[nearest]
            found.append(_compare(variable, label, slot.unit, values, np.array(observations)[inside]))
    return tuple(found)


def _compare(variable: str, label: str, unit: str, futures: np.ndarray, observed: np.ndarray) -> Nearness:
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
