"""The record that a case keeps: looked at, checked, written as a page; and the backtest that makes it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from foedus.case import Case
from foedus.errors import InputError, Problem
from foedus.files import write_text
from foedus.history.backtest import freeze_origins, read_frozen_series
from foedus.history.digests import document_text
from foedus.history.forecaster import Effort
from foedus.history.origins import read_plan
from foedus.history.record import Ships, check_record, make_record, read_record, record_path, ships_of
from foedus.history.record_page import record_charts, record_markdown

__all__ = ["Backtested", "KeptRecord", "backtest", "kept_document", "kept_record"]


@dataclass(frozen=True)
class KeptRecord:
    """A record, with what the case ships beside it; `checked`: how many of its figures were computed anew."""

    record: dict[str, Any]
    ships: Ships | None
    checked: int = 0


def kept_record(case: Case, *, is_checked: bool = False, is_written: bool = False) -> KeptRecord:
    """The record that a case keeps.

    Args:
        is_checked: compute every figure anew from what the record keeps of each origin.
        is_written: write RECORD.md and its charts into the case's folder.
    Raises:
        InputError: the case keeps none, or it was changed, or a figure is another.
    """
    record = read_record(case)
    ships = ships_of(case, record)
    checked = check_record(record) if is_checked else 0
    if is_written:
        for name, text in {**record_charts(record), "RECORD.md": record_markdown(record, ships)}.items():
            write_text(case.folder.folder / name, text)
    return KeptRecord(record, ships, checked)


def kept_document(kept: KeptRecord) -> dict[str, Any]:
    """What `foedus record --json` prints."""
    return kept.record if kept.ships is None else {**kept.record, "ships": asdict(kept.ships)}


@dataclass(frozen=True)
class Backtested:
    """The record of a backtest, what the case ships beside it, and where it was kept; None if it was not to be."""

    record: dict[str, Any]
    ships: Ships | None
    kept: Path | None


def backtest(
    case: Case,
    origins: str = "",
    horizons: str = "",
    effort: Effort | None = None,
    *,
    output: str | None = None,
    resumes: bool = False,
    keeps: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Backtested:
    """Forecast the observed series of a case from days in its past; freeze each forecast, then score all of them.

    Args:
        origins, horizons: as texts; "" for those of the case.
        effort: of the calibration at every origin, and its seed; None for what the command does.
        output: a folder for the frozen forecasts; None keeps none.
        resumes: leave those that are there, if they are those that would be made.
        keeps: keep the record in the case's folder.
        progress: called with (origins done, origins in all).
    Raises:
        InputError: a day or horizon cannot be read, the folder cannot be made, or two of the options do not go together.
    """
    effort, plan = effort or Effort(), read_plan(case, origins, horizons)
    if keeps and effort.keeps_priors:
        message = "a record with hindsight is no record of what could have been forecast."
        raise InputError(Problem("--keep", 0, 0, "no-record-with-hindsight", message, "Leave one of the two out."))
    if resumes and not output:
        message = "there is nothing to resume without a folder that holds the forecasts."
        raise InputError(Problem("--resume", 0, 0, "nothing-to-resume", message, "Name it with -o."))
    with nullcontext(_folder(output)) if output else tempfile.TemporaryDirectory(prefix="foedus-") as place:
        files = freeze_origins(case, plan, effort, Path(place), _write, resumes=resumes, progress=progress)
        record = make_record(case, plan, effort, [read_frozen_series(path) for path in files])
    if keeps:
        _write(record_path(case), record)
    return Backtested(record, ships_of(case, record), record_path(case) if keeps else None)


def _folder(output: str) -> Path:
    path = Path(output)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"the folder cannot be made: {error.strerror or error}."
        raise InputError(Problem(output, 0, 0, "cannot-write", message, "Choose another place.")) from None
    return path


def _write(path: Path, document: dict[str, Any]) -> None:
    write_text(path, document_text(document))
