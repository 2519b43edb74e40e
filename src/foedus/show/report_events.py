"""The report's occurrences: how often and when events, decisions and treaties happened."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from foedus.analysis.finding import Finding, Occurrence
from foedus.show.words import TOO_FEW, number, people_date, percent, plain, signed
from foedus.titles import name_words

__all__ = ["OccurrenceRow", "Tick", "TimeLine", "line_of_time", "occurrence_matrix", "occurrence_rows"]


@dataclass(frozen=True)
class Tick:
    """A mark on the line of time; `place` in per cent of its width."""

    place: float
    label: str


@dataclass(frozen=True)
class TimeLine:
    """The line of time: from, to (days or the model's time), and its ticks."""

    start: float
    end: float
    ticks: list[Tick]

    def place(self, when: str) -> float:
        """Where a moment stands, in per cent of the width."""
        share = (_moment(when) - self.start) / (self.end - self.start or 1.0)
        return round(100 * min(1.0, max(0.0, share)), 2)


@dataclass(frozen=True)
class OccurrenceRow:
    """One row of the timeline; places are per cent of its width."""

    occurrence: Occurrence
    fired: str
    width: float
    considered: str
    chance: str
    title: str
    terms: str
    low: float | None
    middle: float | None
    high: float | None
    dates: tuple[str, str]


def line_of_time(finding: Finding) -> TimeLine:
    """The span from the as-of date to the horizon, or to the last date that anything happened."""
    moments = [_moment(when) for o in finding.occurrences if o.when for when in o.when if when]
    if finding.as_of:
        moments.append(_moment(finding.as_of))
    for band in finding.bands:
        moments += [_moment(band.dates[-1])] if band.dates else [float(band.times[0]), float(band.times[-1])]
    moments = [moment for moment in moments if math.isfinite(moment)]
    start, end = (min(moments), max(moments)) if moments else (0.0, 1.0)
    return TimeLine(start, end, _date_ticks(start, end) if finding.as_of else _number_ticks(start, end))


def occurrence_rows(finding: Finding, line: TimeLine) -> list[OccurrenceRow]:
    """The baseline's occurrences, by kind in the order of the model."""
    baseline = finding.scenarios[0].name if finding.scenarios else ""
    order = {"event": 0, "decision": 1, "treaty": 2}
    rows = [_row(o, line) for o in finding.occurrences if o.scenario == baseline]
    return sorted(rows, key=lambda row: order.get(row.occurrence.kind, 3))


def occurrence_matrix(finding: Finding) -> list[tuple[Occurrence, list[str]]]:
    """The share of futures in which each occurrence happened, under every scenario."""
    shares = {(o.kind, o.name, o.scenario): percent(o.fired) for o in finding.occurrences}
    baseline = finding.scenarios[0].name if finding.scenarios else ""
    return [
        (o, [shares.get((o.kind, o.name, scenario.name), "") for scenario in finding.scenarios])
        for o in finding.occurrences
        if o.scenario == baseline
    ]


def _row(occurrence: Occurrence, line: TimeLine) -> OccurrenceRow:
    when = occurrence.when
    low, middle, high = (line.place(moment) if moment else None for moment in when or ("", "", ""))
    is_decision = occurrence.kind == "decision"
    return OccurrenceRow(
        occurrence=occurrence,
        fired=percent(occurrence.fired),
        width=round(100 * min(1.0, max(0.0, occurrence.fired if math.isfinite(occurrence.fired) else 0.0)), 1),
        considered=f"{occurrence.considered:.0f}" if is_decision else "",
        chance="" if not is_decision else percent(occurrence.probability) if occurrence.considered else "–",
        title=plain(occurrence.label or name_words(occurrence.name)),
        terms="; ".join(f"{name} {signed(value, 0.5)}" for name, value in occurrence.terms.items()),
        low=low,
        middle=middle,
        high=high,
        dates=_dates(when),
    )


def _dates(when: tuple[str, str, str] | None) -> tuple[str, str]:
    """The median date, and the interval where there is one."""
    if when is None:
        return "never", ""
    low, middle, high = (people_date(one, is_short=True) for one in when)
    return middle, "" if len(set(when)) == 1 else f"{low} to {high}" if low else TOO_FEW


def _moment(when: str) -> float:
    """A date as its day number, anything else as a number."""
    try:
        return float(dt.date.fromisoformat(when[:10]).toordinal())
    except ValueError:
        try:
            return float(when)
        except ValueError:
            return math.nan


def _date_ticks(start: float, end: float) -> list[Tick]:
    """Firsts of January, and of July where the span is short."""
    first, last = dt.date.fromordinal(int(start)), dt.date.fromordinal(int(end))
    years = last.year - first.year
    step = max(1, math.ceil(years / 8))
    marks = [dt.date(year, 1, 1) for year in range(first.year + 1, last.year + 1, step)]
    if years <= 4:
        marks += [dt.date(year, 7, 1) for year in range(first.year, last.year + 1)]
    labelled = [(mark, str(mark.year) if mark.month == 1 else "July") for mark in sorted(marks)]
    return [_tick(float(mark.toordinal()), label, start, end) for mark, label in labelled if first < mark < last]


def _number_ticks(start: float, end: float) -> list[Tick]:
    return [
        _tick(start + (end - start) * share, number(start + (end - start) * share), start, end)
        for share in (0.0, 0.25, 0.5, 0.75)
    ]


def _tick(moment: float, label: str, start: float, end: float) -> Tick:
    return Tick(round(100 * (moment - start) / (end - start or 1.0), 2), label)
