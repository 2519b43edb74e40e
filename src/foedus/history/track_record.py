"""A record document as the report shows it."""

from __future__ import annotations

from typing import Any

from foedus.analysis.track_record import RecordLine, RecordPoint, RecordSeries, TrackRecord
from foedus.case import Case
from foedus.history.record import read_record, record_path

__all__ = ["track_record", "track_record_of"]


def track_record_of(case: Case) -> TrackRecord | None:
    """The record that a case keeps, None if it keeps none."""
    return track_record(read_record(case)) if record_path(case).is_file() else None


def track_record(record: dict[str, Any]) -> TrackRecord:
    """A record document, ready to be shown."""
    return TrackRecord(
        record["case"],
        record["origins"][0],
        record["origins"][-1],
        len(record["origins"]),
        record["digest"],
        tuple(_series(record, name) for name in record["series"]),
    )


def _series(record: dict[str, Any], name: str) -> RecordSeries:
    overall, course = record["overall"][name], record["course"][name]
    lines = tuple(_line(int(horizon), one) for horizon, one in record["series"][name].items())
    forecasts = {line.horizon: tuple(_points(course, line.horizon)) for line in lines}
    return RecordSeries(name, overall["unit"], overall["measure"], lines, forecasts, overall["coverage_90"])


def _line(horizon: int, one: dict[str, Any]) -> RecordLine:
    declared = one.get("declared")
    told = declared or {
        "baseline": one["baseline"],
        "crps_baseline": one["crps_baseline"],
        "skill": one["crps_skill"],
        "skill_interval": one["skill_interval"],
    }
    interval = told["skill_interval"]
    return RecordLine(
        horizon,
        one["n"],
        one["crps"],
        told["baseline"],
        told["crps_baseline"],
        told["skill"],
        None if interval is None else (interval[0], interval[1]),
        one["coverage_90"],
    )


def _points(course: list[dict[str, Any]], horizon: int) -> list[RecordPoint]:
    """The forecasts so many weeks ahead whose outcome is known."""
    place = horizon - 1
    return [
        RecordPoint(one["dates"][place], one["low"][place], one["middle"][place], one["high"][place], one["came"][place])
        for one in course
        if place < len(one["dates"]) and one["came"][place] is not None
    ]
