"""Figures on disk: where they are looked for, and how they are read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from foedus.arrays import Array
from foedus.errors import InputError, Problem
from foedus.evidence.table import CellError, Row, number_of, read_table
from foedus.files import real_path
from foedus.fit.fit import Request

__all__ = ["Record", "columns_of", "locate", "rows_of"]


@dataclass(frozen=True)
class Record:
    """One row of a file of figures, which can say where it stands."""

    file: str
    row: Row
    comma: str = ""

    def text(self, column: str) -> str:
        return self.row.cells[column]

    def number(self, column: str) -> float:
        """The finite number in a column.

        Raises:
            InputError: there is none.
        """
        try:
            return number_of(self.text(column), self.comma)
        except CellError as error:
            message = f"column `{column}`: {error.message}"
            raise InputError(Problem(self.file, self.row.line, 1, "bad-row", message, error.help)) from None

    def whole(self, column: str) -> int:
        """The whole number in a column.

        Raises:
            InputError: there is none.
        """
        value = self.number(column)
        if value == int(value):
            return int(value)
        message = f"column `{column}`: `{self.text(column)}` is no whole number."
        raise InputError(Problem(self.file, self.row.line, 1, "bad-row", message, "Write a whole number."))


def locate(request: Request, file: str, shelf: str) -> Path:
    """The path of a file that does not ship with the case.

    Args:
        request: names the folder; without one, the folder `shared/data` beside the project is tried.
        file: name of the file.
        shelf: subfolder in which it may lie.
    Raises:
        InputError: it is not there.
    """
    beside = real_path(request.folder).parent.parent.parent / "shared" / "data"
    folder = request.data if request.data is not None else beside
    for path in (folder / file, folder / shelf / file):
        if path.is_file():
            return path
    place = str(request.data) if request.data is not None else f"fit {request.case}"
    message = f"the figures {file} are not here; their licence is not stated, so they do not ship with the case."
    help = f"Give the folder that holds {file} or {shelf}/{file} with --data DIR."
    raise InputError(Problem(place, 0, 0, "no-data", message, help))


def rows_of(path: Path, needed: tuple[str, ...]) -> list[Record]:
    """The rows of a CSV file with a heading; lines that start with # are comments.

    Raises:
        InputError: a column is missing, or the file cannot be read.
    """
    table = read_table(path)
    problems = [problem for column in needed if (problem := table.column_problem(column)) is not None]
    if problems:
        raise InputError(problems)
    return [Record(table.file, row, table.comma) for row in table.rows]


def columns_of(path: Path, needed: tuple[str, ...]) -> dict[str, Array]:
    """Columns of numbers, by name.

    Raises:
        InputError: a column is missing, or a cell is no finite number.
    """
    rows = rows_of(path, needed)
    return {name: np.array([row.number(name) for row in rows]) for name in needed}
