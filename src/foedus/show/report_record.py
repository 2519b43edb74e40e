"""The report's record: how good the forecasts of this case have been, in a table and in charts."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from foedus.analysis.track_record import RecordLine, RecordSeries, TrackRecord
from foedus.show.record_chart import record_chart
from foedus.show.render import chart_svg
from foedus.show.words import number, plain, unit_words
from foedus.wording import counted

__all__ = ["RecordRow", "RecordShown", "record_shown", "skill_words"]


@dataclass(frozen=True)
class RecordRow:
    """One series at one horizon, in words; `is_behind` where a naive forecast was better."""

    series: str
    horizon: str
    crps: str
    baseline: str
    skill: str
    interval: str
    coverage: str
    count: int
    is_behind: bool


@dataclass(frozen=True)
class RecordShown:
    """The section: its facts, its table, its charts with their captions."""

    record: TrackRecord
    rows: list[RecordRow]
    charts: list[tuple[str, Markup]]


def record_shown(record: TrackRecord | None) -> RecordShown | None:
    """The section of a report; None where the case keeps no record."""
    if record is None:
        return None
    rows = [_row(series, line) for series in record.series for line in series.lines]
    charts = [
        (f"{plain(series.name)}: said {counted(horizon, 'week')} before", _chart(series, horizon, f"record{place}-{horizon}"))
        for place, series in enumerate(record.series)
        for horizon in series.forecasts
    ]
    return RecordShown(record, rows, charts)


def skill_words(value: float | None) -> str:
    """A skill in per cent with its sign."""
    return "n/a" if value is None else f"{round(100 * value) or 0:+d} %".replace("-", "−").replace("+0 ", "0 ")


def _row(series: RecordSeries, line: RecordLine) -> RecordRow:
    interval = (
        "too few origins" if line.interval is None else f"{skill_words(line.interval[0])} to {skill_words(line.interval[1])}"
    )
    unit = unit_words(plain(series.unit))
    return RecordRow(
        plain(series.name),
        f"{counted(line.horizon, 'week')}",
        f"{number(line.crps)} {unit}",
        f"{plain(line.baseline)}: {number(line.baseline_crps)}",
        skill_words(line.skill),
        interval,
        f"{100 * line.coverage:.0f} %",
        line.count,
        line.skill is not None and line.skill < 0,
    )


def _chart(series: RecordSeries, horizon: int, name: str) -> Markup:
    points = series.forecasts[horizon]
    inside = sum(point.came is not None and point.low <= point.came <= point.high for point in points)
    told = f"{counted(len(points), 'forecast')} made {counted(horizon, 'week')} before; what came fell into the 90 % interval of {inside}."
    return chart_svg(record_chart(series, horizon), name, f"{plain(series.name)}, {counted(horizon, 'week')}", told)
