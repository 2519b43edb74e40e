"""Dated series of figures, as they come: CSV with a date column or columns for month and year, or a JSON list of records.

Each column of numbers is a series; where a column names the source (or the kind, or the country), each value of it is. Dates may be
day-first here, and commas between thousands are read; a model's own series are read more strictly.
"""

from __future__ import annotations

import datetime
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from foedus.arrays import Array
from foedus.errors import InputError, Problem
from foedus.evidence.table import CellError, number_of, parse_table, read_text

__all__ = ["TimeSeries", "read_series_files"]

_MONTHS = {
    name: number
    for number, name in enumerate(
        "january february march april may june july august september october november december".split(), 1
    )
}
_FEWEST = 2
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:[.][0-9]+)?")


@dataclass(frozen=True, eq=False)
class TimeSeries:
    """One series.

    Attributes:
        name: of the column, with what tells it from its neighbours.
        source: who publishes it; the file's name where it does not say.
        names_source: whether the file says so.
        file: as the user gave it.
        days: (date,) ordinals of the dates, rising.
        values: (date,).
    """

    name: str
    source: str
    names_source: bool
    file: str
    days: Array
    values: Array

    @property
    def label(self) -> str:
        """The source and the column."""
        return f"{self.source}: {self.name}"


def read_series_files(paths: Iterable[str | Path]) -> tuple[TimeSeries, ...]:
    """All series of some files, in their order.

    Args:
        paths: CSV or JSON; "NAME=FILE" gives a name to the source of a file that does not name it.
    Raises:
        InputError: a file cannot be read, or holds no dated figures; for all files at once.
    """
    found: list[TimeSeries] = []
    problems: list[Problem] = []
    for given in paths:
        source, _, rest = str(given).partition("=")
        file = rest if rest and not Path(str(given)).exists() else str(given)
        try:
            found += _series_of(file, source if file == rest else "")
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return tuple(found)


def _series_of(file: str, source: str) -> list[TimeSeries]:
    records, lines, comma = _records(file)
    columns = list(dict.fromkeys(key for record in records for key in record))
    dates = _dates(records, columns)
    if dates is None:
        raise _refusal(file, "no-dates", "no column holds dates.", "Add a column `date` (YYYY-MM-DD), or `month` and `year`.")
    # Where no date stands twice, a column of words describes the figures and does not tell series apart.
    is_one = len(set(dates)) == len(dates)
    splits = [name for name in columns if _is_label(records, name, comma) and (name.lower() == "source" or not is_one)]
    parts: dict[tuple[str, ...], list[int]] = {}
    for row, record in enumerate(records):
        if dates[row] is not None:
            parts.setdefault(tuple(_text(record, name) for name in splits), []).append(row)
    figures_in = [name for name in columns if name.lower() not in ("year", "month")]
    named = next((name for name in columns if name.lower() == "source"), "")
    found = []
    for labels, rows in parts.items():
        who = source or (_text(records[rows[0]], named) if named else "")
        told = [label for name, label in zip(splits, labels, strict=True) if name != named and label]
        for name in figures_in:
            figures = [
                (dates[row], value, lines[row]) for row in rows if (value := _number(records[row].get(name), comma)) is not None
            ]
            if len(figures) >= max(_FEWEST, 0.6 * len(rows)) or (len(splits) and len(figures) >= _FEWEST):
                found.append(_series(", ".join([*told, name]), who, file, figures))
    if not found:
        raise _refusal(file, "no-series", "no column holds two dated figures.", "Give the figures as plain numbers.")
    return found


def _series(name: str, source: str, file: str, figures: Sequence[tuple[int | None, float, int]]) -> TimeSeries:
    kept: dict[int, tuple[float, int]] = {}
    for day, value, line in figures:
        if day is None:
            continue
        if kept.setdefault(day, (value, line))[0] != value:
            first, shown = kept[day], datetime.date.fromordinal(day)
            message = f"`{name}` has two figures for {shown}: {first[0]:g} on line {first[1]}, {value:g} on line {line}."
            help = "Keep one row for each date, or add a column `source` that tells the rows apart."
            raise _refusal(file, "date-twice", message, help, line)
    days = sorted(kept)
    values = np.array([kept[day][0] for day in days], dtype=float)
    return TimeSeries(name, source or Path(file).stem, bool(source), file, np.array(days, dtype=float), values)


def _refusal(file: str, code: str, message: str, help_text: str, line: int = 0) -> InputError:
    return InputError(Problem(file, line, 1 if line else 0, code, message, help_text))


def _records(file: str) -> tuple[list[Mapping[str, Any]], list[int], str]:
    """The rows of the file, as mappings; the line of each (its place in a list of JSON); what a comma in a number means there."""
    text = read_text(file)
    if Path(file).suffix.lower() == ".json" or text.lstrip()[:1] in ("[", "{"):
        records = _json_records(file, text)
        return records, list(range(1, len(records) + 1)), ""
    table = parse_table(text, file)
    for column in table.columns:
        if table.columns.count(column) > 1 and (problem := table.column_problem(column)) is not None:
            raise InputError(problem)
    return [row.cells for row in table.rows], [row.line for row in table.rows], table.comma


def _json_records(file: str, text: str) -> list[Mapping[str, Any]]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 0
        raise _refusal(file, "not-json", "the file is no JSON.", "Give a list of records.", line) from None
    lists = document.values() if isinstance(document, dict) else [document]
    records = next((one for one in lists if isinstance(one, list)), [])
    if not records or not all(isinstance(record, dict) for record in records):
        raise _refusal(file, "no-records", "there is no list of records.", 'Write [{"date": "2024-10-25", "value": 1}, …].')
    return records


def _text(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    return value.strip() if isinstance(value, str) else ""


def _number(value: Any, comma: str = "") -> float | None:
    """A finite number, also with commas between thousands where a comma cannot be decimal."""
    if isinstance(value, str):
        text = value.strip()
        try:
            return number_of(text.replace(",", "") if not comma and _THOUSANDS.fullmatch(text) else text, comma)
        except CellError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    # A whole number of JSON may be longer than any double.
    return float(value) if abs(value) <= sys.float_info.max else None


def _is_label(records: Sequence[Mapping[str, Any]], name: str, comma: str) -> bool:
    """A column of words that repeat: a source, a kind, a country; no dates, addresses or names of months."""
    texts = [_text(record, name) for record in records]
    if not all(texts) or any(text.startswith("http") for text in texts):
        return False
    if all(_day(text) is not None or text.lower() in _MONTHS or _number(text, comma) is not None for text in texts):
        return False
    return 1 < len(set(texts)) <= max(2, len(texts) // 2) and not all(_number(text, comma) is not None for text in texts)


def _dates(records: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> list[int | None] | None:
    """The ordinal of each row's date: of the column `date`, else of another with dates, else of the end of its month."""
    ordered = sorted(columns, key=lambda name: (name.lower() != "date", "date" not in name.lower()))
    for name in ordered:
        days = [_day(_text(record, name)) for record in records]
        if sum(day is not None for day in days) >= 0.9 * len(records) > 0:
            return days
    by_name = {name.lower(): name for name in columns}
    if "month" in by_name and "year" in by_name:
        return [_month_end(record.get(by_name["year"]), record.get(by_name["month"])) for record in records]
    return None


_READINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[int, int, int]]], ...] = (
    (re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ].*)?"), lambda m: (int(m[1]), int(m[2]), int(m[3]))),
    (re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})"), lambda m: (int(m[3]), int(m[2]), int(m[1]))),
)


def _day(text: str) -> int | None:
    """The ordinal of YYYY-MM-DD or DD/MM/YYYY."""
    for pattern, parts in _READINGS:
        if found := pattern.fullmatch(text):
            try:
                return datetime.date(*parts(found)).toordinal()
            except ValueError:
                return None
    return None


def _month_end(year: Any, month: Any) -> int | None:
    """The day after the last of a month."""
    text = str(month).strip().lower()
    number = _MONTHS.get(text) or next((at for name, at in _MONTHS.items() if len(text) >= 3 and name.startswith(text)), None)
    number, whole = number or (int(text) if re.fullmatch("[0-9]{1,2}", text) else None), _number(year)
    if whole is None or number is None or not 1 <= number <= 12 or not 1 <= whole < 9999:
        return None
    return datetime.date(int(whole) + number // 12, number % 12 + 1, 1).toordinal()
