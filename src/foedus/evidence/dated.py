"""Days of publication told in a table beside the documents: `dates.csv` with the columns `file` and `published`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from foedus.errors import EvidenceError, InputError, Problem
from foedus.evidence.table import CellError, Row, SheetTable, day_of, read_table
from foedus.files import real_path

__all__ = ["TABLE_OF_DATES", "UNDATED_HELP", "dates_beside", "dates_of"]

TABLE_OF_DATES = "dates.csv"
UNDATED_HELP = (
    f"Say so in a table {TABLE_OF_DATES} beside them (file,published), in the file's name (2024-10-25_name.txt), "
    "or with --published 2024-10-25."
)


def dates_beside(folder: Path) -> dict[str, date]:
    """File name, or path below the folder -> day, from the table in a folder; empty where there is none.

    Raises:
        EvidenceError: the table cannot be read, a day is none, or a file is told twice; every such row.
    """
    path = folder / TABLE_OF_DATES
    if not path.is_file():
        return {}
    try:
        table = read_table(path)
    except InputError as error:
        raise EvidenceError(error.problems) from None
    missing = [problem for column in ("file", "published") if (problem := table.column_problem(column)) is not None]
    if missing:
        raise EvidenceError(missing)
    return _days(table)


def _days(table: SheetTable) -> dict[str, date]:
    found: dict[str, date] = {}
    problems: list[Problem] = []
    for row in table.rows:
        name = row.cells["file"].replace("\\", "/").removeprefix("./")
        try:
            day = day_of(row.cells["published"])
        except CellError as error:
            problems.append(Problem(table.file, row.line, 1, "bad-date", error.message, error.help))
            continue
        if name in found and found[name] != day:
            problems.append(_twice(table, row, name, found[name]))
        found.setdefault(name, day)
    if problems:
        raise EvidenceError(problems)
    return found


def _twice(table: SheetTable, row: Row, name: str, other: date) -> Problem:
    message = f"`{name}` has another day above, {other.isoformat()}."
    return Problem(table.file, row.line, 1, "bad-date", message, "Keep one row for each file.")


def dates_of(names: Iterable[str], paths: Iterable[Path]) -> Mapping[Path, date]:
    """Document -> day, from the tables in the folders that are named, in those below them, and beside the files that are named.

    The table that is nearest to a document goes before those above it.

    Args:
        names: files and folders as they were named. paths: the documents in them.
    Raises:
        EvidenceError: a table is wrong, or tells of a file that is not there; every such row of it.
    """
    documents = {real_path(path): path for path in paths if str(path) != "-"}
    named = {real_path(name) for name in names if name != "-"}
    folders = {path if path.is_dir() else path.parent for path in named} | {path.parent for path in documents}
    found: dict[Path, date] = {}
    problems: list[Problem] = []
    for folder in sorted(folders, key=lambda each: -len(each.parts)):
        told = dates_beside(folder)
        problems += _absent(folder, told)
        for name, day in told.items():
            found.setdefault(real_path(folder / name), day)
    if problems:
        raise EvidenceError(problems)
    return {path: found[resolved] for resolved, path in documents.items() if resolved in found}


def _absent(folder: Path, told: Mapping[str, date]) -> Iterator[Problem]:
    """Rows of files that are not there: a slip of the pen would else leave the document without its day."""
    for name in told:
        if not (folder / name).is_file():
            message = f"there is no file `{name}` beside the table."
            help_text = "Write the name as it is in the folder, or take the row out."
            yield Problem(str(folder / TABLE_OF_DATES), 0, 0, "no-file", message, help_text)
