"""Outcomes that the observed series of a case tell by themselves: of the questions of short horizon about their figures."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from foedus.case import Case
from foedus.case.series import read_series
from foedus.constructs import tree as t

__all__ = ["series_outcomes"]

_Row = tuple[datetime.date, float]


def series_outcomes(case: Case, frozen: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What came of the figures that a forecast gave, where the rows of the case's series cover their days.

    A row is a mean over the days since the row before it (or the usual number of days). Where the days of a question are no whole rows,
    rows count by the days that they share with it, and the note says so.

    Args:
        case: with the series as they are now.
        frozen: a forecast of the case, or of an edition of it.
    Returns:
        Entries for a file of outcomes, by question.
    Raises:
        CaseError: a series cannot be read.
    """
    rows = {
        series.name: list(zip(map(datetime.date.fromisoformat, days), values, strict=True))
        for series in case.tree.all(t.Series)
        for _, days, values in [read_series(case, series)]
        if series.file
    }
    files = {series.name: Path(series.file).name for series in case.tree.all(t.Series)}
    found = []
    for name, question in frozen["questions"].items():
        told = question.get("series")
        if told is None or told["name"] not in rows:
            continue
        outcome = _outcome(rows[told["name"]], question, told)
        if outcome is not None:
            found.append({"question": name, **outcome, "source": f"{files[told['name']]}, series {told['name']}"})
    return found


def _outcome(rows: list[_Row], question: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any] | None:
    first, last = (datetime.date.fromisoformat(day) for day in (told["from"], question["resolves"]))
    if not told["is_mean"]:
        value = dict(rows).get(last)
        return None if value is None else {"value": value, "date": last.isoformat()}
    rhythm = (
        int(np.median([(later - earlier).days for (earlier, _), (later, _) in itertools.pairwise(rows)])) if len(rows) > 1 else 0
    )
    shares = []
    for day, value in rows:
        start = max(first, day - datetime.timedelta(days=rhythm))
        if (days := (min(last, day) - start).days) > 0:
            shares.append((days, value, day))
    whole = (last - first).days
    if not shares or sum(days for days, _, _ in shares) != whole:
        return None
    mean = sum(days * value for days, value, _ in shares) / whole
    is_exact = all(days == rhythm for days, _, _ in shares)
    value = mean * told["factor"] * (told["ahead"] if told["measure"] == "sum" else 1)
    note = (
        {} if is_exact else {"note": f"rows to {shares[0][2]} … {shares[-1][2]}, by the days that they share with the question"}
    )
    return {"value": float(f"{value:.6g}"), "date": shares[-1][2].isoformat(), **note}
