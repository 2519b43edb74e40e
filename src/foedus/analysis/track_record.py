"""How good a case's forecasts have been, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["RecordLine", "RecordPoint", "RecordSeries", "TrackRecord"]


@dataclass(frozen=True)
class RecordLine:
    """One series at one horizon.

    Attributes:
        horizon: weeks ahead.
        count: origins that were scored.
        crps, baseline_crps: mean at that horizon, of the model and of the naive forecast declared for the series, in the unit of the series.
        skill: one less their ratio; interval: 90 % over resampled blocks of origins, None where there are too few.
        coverage: share of what came up to that horizon that fell into the 90 % interval.
    """

    horizon: int
    count: int
    crps: float
    baseline: str
    baseline_crps: float
    skill: float | None
    interval: tuple[float, float] | None
    coverage: float


@dataclass(frozen=True)
class RecordPoint:
    """A forecast for a date, made some weeks before, and what came: 5, 50, 95 %; None where it has not come."""

    date: str
    low: float
    middle: float
    high: float
    came: float | None


@dataclass(frozen=True)
class RecordSeries:
    """One series: its figures by horizon, and its forecasts by horizon for the chart."""

    name: str
    unit: str
    measure: str
    lines: tuple[RecordLine, ...]
    forecasts: dict[int, tuple[RecordPoint, ...]]
    coverage: float | None


@dataclass(frozen=True)
class TrackRecord:
    """The backtest of a case.

    Attributes:
        first, last, count: of the origins, ISO dates.
        digest: of the record; `foedus backtest` gives it again.
    """

    case: str
    first: str
    last: str
    count: int
    digest: str
    series: tuple[RecordSeries, ...]
