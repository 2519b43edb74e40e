"""Tables as programs and spreadsheets write them: one reader for every CSV file, with the line on which each row stands.

UTF-8 with or without its mark, or UTF-16 with it; commas, semicolons or tabs; lines that start with # and empty lines are left out.
Where semicolons or tabs part the cells a number may have a decimal comma. What can be read in two ways is refused, never guessed.
"""

from __future__ import annotations

import codecs
import csv
import datetime
import io
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from foedus.errors import InputError, Problem, path_help
from foedus.files import no_text

__all__ = [
    "CellError",
    "RangeError",
    "Row",
    "SheetTable",
    "dated_column",
    "day_of",
    "number_of",
    "parse_table",
    "read_table",
    "read_text",
]

LARGEST = 50_000_000
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:[.][0-9]*)?|[.][0-9]+)(?:[eE][+-]?[0-9]+)?")
_COMMA = re.compile(r"[+-]?(?:[0-9]+,[0-9]*|,[0-9]+)(?:[eE][+-]?[0-9]+)?")
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:[.][0-9]*)?")
_GROUPS = re.compile(r"[+-]?[1-9][0-9]{0,2}[.][0-9]{3}")
_LONG = re.compile(r"[+-]?[0-9]{4,}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class CellError(ValueError):
    """A cell that cannot be read: what is wrong with it, and what to write instead."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message, self.help = message, help

    def __reduce__(self) -> tuple[type[CellError], tuple[str, str]]:
        return type(self), (self.message, self.help)


class RangeError(CellError):
    """A number, but beyond the range of a double."""


@dataclass(frozen=True)
class Row:
    """One row: the line of the file on which it starts, and its cells by column, without blanks around them."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class SheetTable:
    """A table with a heading.

    Attributes:
        file: as it is named in messages.
        columns: in their order; a name that stands twice is refused when it is asked for.
        heading: line of the heading.
        comma: what a comma in a number means: "decimal", "unclear" (only numbers such as 1,000), or "" (never a decimal comma); "groups"
            where there is none and every number with a point is such as 1.000, which is a thousand where commas are decimal.
    """

    file: str
    columns: tuple[str, ...]
    heading: int
    rows: tuple[Row, ...]
    comma: str = ""

    def column_problem(self, column: str) -> Problem | None:
        """Why this column cannot be read, None if it can."""
        times = self.columns.count(column)
        if times == 1:
            return None
        if times:
            message, help = f"the column `{column}` stands {times} times in the heading.", "Give each column a name of its own."
            return Problem(self.file, self.heading, 1, "column-twice", message, help)
        known = ", ".join(name for name in self.columns if name)
        help = f"Its columns: {known}." if known else "The first line must name the columns."
        return Problem(self.file, self.heading, 1, "no-column", f"there is no column `{column}`.", help)


def read_text(path: str | Path, name: str = "", largest: int = LARGEST) -> str:
    """The text of a file, whatever Unicode form it was saved in.

    Args:
        path: of the file.
        name: by which messages call it; the path if empty.
        largest: how many bytes it may have.
    Raises:
        InputError: it is missing, too large or no Unicode text; with the line of the first bad byte.
    """
    path, file = Path(path), name or str(path)
    try:
        if path.stat().st_size > largest:
            raise _refusal(file, 0, "too-large", f"the file has more than {largest:,} bytes.", "Leave out what is not needed.")
        raw = path.read_bytes()
    except (OSError, ValueError) as error:  # a name with a NUL is a ValueError
        reason = getattr(error, "strerror", None) or error
        raise _refusal(file, 0, "cannot-read", f"the file cannot be read: {reason}.", path_help(file)) from None
    encoding = next((coding for mark, coding in _MARKS if raw.startswith(mark)), "utf-8")
    help = "Save it as UTF-8 (in a spreadsheet: CSV UTF-8)."
    if encoding.startswith("utf-8") and b"\0" in raw:
        line = raw[: raw.index(b"\0")].count(b"\n") + 1
        raise _refusal(file, line, "not-utf-8", no_text(raw, "the file holds a byte of value zero: it is no UTF-8 text."), help)
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        shown = raw[error.start : error.start + 1].hex()
        raise _refusal(file, line, "not-utf-8", f"the text is not UTF-8: byte {shown} on line {line}.", help) from None


def read_table(path: str | Path, name: str = "") -> SheetTable:
    """The table in a CSV file.

    Raises:
        InputError: the file cannot be read, or rows do not fit the heading; all such rows at once.
    """
    return parse_table(read_text(path, name), name or str(path))


def parse_table(text: str, file: str) -> SheetTable:
    """The table in a text; see `read_table`."""
    text, told = _told_separator(text)
    separator = told or _separator(text)
    records = list(_records(text, separator, file, skipped=len(told)))
    if not records:
        return SheetTable(file, (), 0, ())
    heading, columns = records[0][0], tuple(records[0][1])
    problems: list[Problem] = []
    rows: list[Row] = []
    for line, cells in records[1:]:
        if len(cells) < len(columns) or any(cells[len(columns) :]):
            message = f"the row has {len(cells)} cell{'s' * (len(cells) != 1)}, the heading has {len(columns)}."
            help = "Give it one cell for each column; put a text that holds the separator into double quotes."
            problems.append(Problem(file, line, 1, "ragged-row", message, help))
        else:
            rows.append(Row(line, dict(zip(columns, cells, strict=False))))
    if problems:
        raise InputError(problems)
    return SheetTable(file, columns, heading, tuple(rows), _comma_means(rows) if separator != "," else "")


def dated_column(table: SheetTable, column: str) -> list[tuple[datetime.date, float]]:
    """The values of a column by date; rows without one are left out.

    Raises:
        InputError: a column is missing, a cell cannot be read, or a date stands twice; all such rows at once.
    """
    problems = [problem for name in ("date", column) if (problem := table.column_problem(name)) is not None]
    if problems:
        raise InputError(problems)
    found: dict[datetime.date, tuple[float, int]] = {}
    for row in table.rows:
        if not row.cells[column]:
            continue
        day, value = None, 0.0
        for read in ("date", column):
            try:
                if read == "date":
                    day = day_of(row.cells["date"])
                else:
                    value = number_of(row.cells[column], table.comma)
            except CellError as error:
                message = f"row of line {row.line}, column `{read}`: {error.message}"
                problems.append(Problem(table.file, row.line, 1, "bad-row", message, error.help))
        if day in found:
            message = (
                f"the date {day} stands on line {found[day][1]} and again on line {row.line}, each with a value of `{column}`."
            )
            problems.append(Problem(table.file, row.line, 1, "date-twice", message, "Keep one row for each date."))
        elif day is not None:
            found[day] = (value, row.line)
    if problems:
        raise InputError(problems)
    return [(day, found[day][0]) for day in sorted(found)]


def number_of(cell: str, comma: str = "") -> float:
    """The number in a cell.

    Args:
        cell: its text, without blanks around it.
        comma: what a comma means, as the table knows it.
    Raises:
        CellError: it is not written as a plain number, or is beyond the range of a double.
    """
    written = cell.replace("−", "-")
    if comma == "decimal" and "." in written and _NUMBER.fullmatch(written):
        message = f"`{cell}` has a point in a file with decimal commas: thousands, or a decimal point?"
        raise CellError(message, "Write all numbers in one way.")
    if comma == "groups" and _GROUPS.fullmatch(written):
        raise CellError(
            f"`{cell}` may have a decimal point or thousands.", "Write thousands as 1000, and a decimal number as 1.0000."
        )
    if comma and _COMMA.fullmatch(written):
        if comma == "unclear":
            raise CellError(
                f"`{cell}` may have a decimal comma or thousands.", "Write the number with a point, or without a comma."
            )
        written = written.replace(",", ".")
    if not _NUMBER.fullmatch(written):
        raise CellError(f"`{cell}` is no plain number.", _cure(cell))
    value = float(written)
    if not math.isfinite(value):
        raise RangeError(f"`{cell[:40]}` is beyond the range of numbers.", "Write a number below 1e308, or leave the cell empty.")
    return value


def day_of(cell: str) -> datetime.date:
    """The day in a cell, written YYYY-MM-DD.

    Raises:
        CellError: it is written in another way, or is no day of the calendar.
    """
    help = "Write dates as YYYY-MM-DD, for example 2024-10-25."
    if not _DAY.fullmatch(cell):
        raise CellError(f"`{cell}` is no date of the form YYYY-MM-DD." if cell else "the date is missing.", help)
    try:
        return datetime.date.fromisoformat(cell)
    except ValueError:
        raise CellError(f"`{cell}` is no day of the calendar.", help) from None


def _cure(cell: str) -> str:
    """What to write instead of this cell."""
    if _THOUSANDS.fullmatch(cell):
        return "Write thousands without a comma, such as 1000."
    if cell.endswith("%"):
        return "Write the number without the percent sign, in the unit of the series."
    if cell.strip("+-").lower() in ("nan", "na", "n/a", "null", "none", "inf", "infinity", "?", ""):
        return "Leave the cell empty where there is no value."
    return "Write digits 0 to 9 with a decimal point, such as 1234.5; leave the cell empty where there is no value."


def _refusal(file: str, line: int, code: str, message: str, help: str) -> InputError:
    return InputError(Problem(file, line, 1 if line else 0, code, message, help))


def _told_separator(text: str) -> tuple[str, str]:
    """The text without a first line `sep=;` that spreadsheets write, and what it tells."""
    found = re.match(r"sep=([,;\t])\r?\n", text)
    return (text[found.end() :], found[1]) if found else (text, "")


def _separator(text: str) -> str:
    """What parts the cells: as the heading, outside of quotes, has it; one of its parts is most often `date`."""
    heading = next((line for line in io.StringIO(text, newline="") if line.strip() and not line.startswith("#")), "")
    bare = re.sub(r'"[^"]*"', "x", heading)

    def score(separator: str) -> tuple[bool, int]:
        parts = [part.strip().strip('"').lower() for part in heading.split(separator)]
        return len(parts) > 1 and "date" in parts, bare.count(separator)

    return max(",;\t", key=score)


def _records(text: str, separator: str, file: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of each record; comments and empty lines between records are left out, but counted."""
    state = {"start": 0, "inside": 0}

    def lines() -> Iterator[str]:
        for number, line in enumerate(io.StringIO(text, newline=""), 1 + skipped):
            if not state["inside"]:
                if line.startswith("#") or not line.strip():
                    continue
                state["inside"], state["start"] = 1, number
            yield line

    reader = csv.reader(lines(), delimiter=separator, strict=True)
    try:
        for cells in reader:
            state["inside"] = 0
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield state["start"], stripped
    except csv.Error as error:
        help = 'Close every quote; write a quote inside a quoted cell twice, as in "so-called ""volunteers""".'
        raise _refusal(file, state["start"], "not-csv", f"the row cannot be read: {error}.", help) from None


def _comma_means(rows: list[Row]) -> str:
    """What commas in numbers mean in a table that is not parted by commas; any cell of the file may tell."""
    cells = [cell for row in rows for cell in row.cells.values() if _COMMA.fullmatch(cell) or _THOUSANDS.fullmatch(cell)]
    if any(not _THOUSANDS.fullmatch(cell) for cell in cells):
        # One that counts thousands beside it, such as 1,234,567, is then refused as no number.
        return "decimal"
    if cells:
        return "unclear"
    numbers = [cell for row in rows for cell in row.cells.values() if _NUMBER.fullmatch(cell)]
    points = [cell for cell in numbers if "." in cell]
    are_grouped = (
        points and all(_GROUPS.fullmatch(cell) for cell in points) and not any(_LONG.fullmatch(cell) for cell in numbers)
    )
    return "groups" if are_grouped else ""
