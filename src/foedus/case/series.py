"""Observed series beside the model: CSV files with a `date` column."""

from __future__ import annotations

import csv
import datetime
import math
from typing import TYPE_CHECKING

from foedus.errors import CaseError, Problem
from foedus.evidence import belief_curve
from foedus.language import tree as t

if TYPE_CHECKING:
    from foedus.case.case import Case

__all__ = ["observed_series", "read_series", "series_variable"]

Observed = tuple[str, tuple[str, ...], tuple[float, ...]]


def read_series(case: Case, series: t.Series) -> Observed:
    """(label, dates, values) of a series; rows without a value are left out.

    Raises:
        CaseError: the file or a column is missing, or a row cannot be read.
    """
    if not series.file:
        return _belief_curve(case, series)
    path = (case.folder.folder / series.file).resolve()
    line = case.tree.source.place(series.at.start)[0]

    def refuse(code: str, message: str, help: str, row: int = 0) -> CaseError:
        place = (str(path), row, 1) if row else (case.tree.source.file, line, 1)
        return CaseError(Problem(*place, code, message, help))

    if not path.is_relative_to(case.folder.folder.resolve()):
        raise refuse(
            "series-outside",
            f"`{series.file}` leads out of the case's folder.",
            "Put the file into the case's folder.",
        )
    if not path.is_file():
        raise refuse(
            "no-series",
            f"series `{series.name}` names the file {series.file}, which is not there.",
            "Check the name.",
        )
    dates, values = [], []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(row for row in file if not row.startswith("#"))
        for column in ("date", series.column):
            if column not in (reader.fieldnames or ()):
                known = ", ".join(reader.fieldnames or ())
                raise refuse("no-column", f"{series.file} has no column `{column}`.", f"Its columns: {known}.")
        for number, record in enumerate(reader, 2):
            text = (record[series.column] or "").strip()
            if not text:
                continue
            try:
                day, value = datetime.date.fromisoformat(record["date"]), float(text)
            except ValueError:
                help = "Write the date as YYYY-MM-DD and the value as a number."
                raise refuse(
                    "bad-row",
                    f"row {number} of {series.file} cannot be read: {record['date']}, {text}.",
                    help,
                    number,
                ) from None
            if math.isfinite(value):
                dates.append(day.isoformat())
                values.append(value)
    return series.label or series.name, tuple(dates), tuple(values)


def _belief_curve(case: Case, series: t.Series) -> Observed:
    """Belief after each claim of a group, day by day, as a probability."""
    is_removed = bool(case.removal.group(series.column))
    if case.ledger is None or (series.column not in case.ledger.groups and not is_removed):
        line, column = case.tree.source.place(series.at.start)
        message = f"series `{series.name}` needs the claims `{series.column}`, which no ledger beside the model holds."
        raise CaseError(Problem(case.tree.source.file, line, column, "unknown-group", message, "Check the name of the group."))
    claims = [claim for claim in case.ledger.claims if claim.group == series.column]
    curve = belief_curve(claims, defaults=case.defaults)
    days = {point.date: point.probability for point in curve.points}
    return series.label or series.name, tuple(days), tuple(days.values())


def series_variable(series: t.Series) -> str:
    """The name of the variable that a series measures, with its elements."""
    return series.of.name + (f"[{', '.join(part.name for part in series.of.subscripts)}]" if series.of.subscripts else "")


def observed_series(case: Case) -> dict[str, tuple[Observed, ...]]:
    """Variable -> the series that measure it."""
    found: dict[str, tuple[Observed, ...]] = {}
    for series in case.tree.all(t.Series):
        name = series_variable(series)
        found[name] = (*found.get(name, ()), read_series(case, series))
    return found
