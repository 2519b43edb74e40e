"""Figures on disk: where they are looked for, and how they are read."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np

from foedus.errors import InputError, Problem
from foedus.fit.fit import Array, Request

__all__ = ["columns_of", "locate", "rows_of"]


def locate(request: Request, file: str, shelf: str) -> Path:
    """The path of a file that does not ship with the case.

    Args:
        request: names the folder; without one, the folder `shared/data` beside the project is tried.
        file: name of the file.
        shelf: subfolder in which it may lie.
    Raises:
        InputError: it is not there.
    """
    beside = request.folder.resolve().parent.parent.parent / "shared" / "data"
    folder = request.data if request.data is not None else beside
    for path in (folder / file, folder / shelf / file):
        if path.is_file():
            return path
    place = str(request.data) if request.data is not None else f"fit {request.case}"
    message = f"the figures {file} are not here; their licence is not stated, so they do not ship with the case."
    help = f"Give the folder that holds {file} or {shelf}/{file} with --data DIR."
    raise InputError(Problem(place, 0, 0, "no-data", message, help))


def rows_of(path: Path, needed: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of a CSV file with a heading; lines that start with # are comments.

    Raises:
        InputError: a column is missing, or the file cannot be read.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(line for line in file if not line.startswith("#"))
            known = tuple(reader.fieldnames or ())
            rows = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(Problem(str(path), 0, 0, "cannot-read", f"the file cannot be read: {error}.", "Check the file.")) from None
    for column in needed:
        if column not in known:
            message, help = f"there is no column `{column}`.", f"Its columns: {', '.join(known)}."
            raise InputError(Problem(str(path), 1, 1, "no-column", message, help))
    return rows


def columns_of(path: Path, needed: tuple[str, ...]) -> dict[str, Array]:
    """Columns of numbers, by name.

    Raises:
        InputError: a column is missing, or a cell is no finite number.
    """
    rows = rows_of(path, needed)
    return {name: np.array([_number(path, number, name, row[name]) for number, row in enumerate(rows, 2)]) for name in needed}


def _number(path: Path, row: int, column: str, text: str | None) -> float:
    try:
        value = float(text or "")
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        message = f"`{text}` in column {column} is no number."
        raise InputError(Problem(str(path), row, 1, "bad-row", message, "Write a number."))
    return value
