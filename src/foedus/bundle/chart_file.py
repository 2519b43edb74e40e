"""A chart as one file: a drawing with its caption, or its numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from foedus.bundle.drawings import Drawing, drawing, picture
from foedus.bundle.facts import Caption, dates_in_words
from foedus.bundle.tables import csv_text, description_text
from foedus.case import Case
from foedus.case.licence import licence_of
from foedus.errors import InputError, Problem
from foedus.files import cannot_write, require_folder, write_bytes
from foedus.making import made_on
from foedus.show.words import plain, quoted
from foedus.version import VERSION
from foedus.wording import counted

__all__ = ["caption_of", "check_chart_path", "write_chart"]

_WRITERS: dict[str, Callable[[Drawing, Caption], bytes]] = {
    ".svg": lambda chart, caption: drawing(chart, caption).encode("utf-8"),
    ".png": lambda chart, caption: picture(drawing(chart, caption)),
    ".csv": lambda chart, caption: csv_text(chart.table).encode("utf-8"),
}


def check_chart_path(path: str) -> None:
    """Refuse what a chart cannot be written to, before anything is computed.

    Raises:
        InputError: no format has this suffix, or there is no such folder.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in _WRITERS:
        message = f"no chart is written as `{suffix}`." if suffix else "the name has no suffix that tells the format."
        raise InputError(Problem(path, 0, 0, "unknown-format", message, f"Known formats: {', '.join(_WRITERS)}."))
    require_folder(path, "Make it, or name another.")


def caption_of(case: Case, futures: int, seed: int, scenario: str = "") -> Caption:
    """What stands below a chart of a case.

    Args:
        futures, seed: of each run behind it; no futures where it is of claims alone, and nothing was run.
        scenario: whose numbers they are, in words; "" for the baseline.
    """
    program = case.program
    as_of, today = program.as_of.isoformat() if program.as_of else "", made_on()
    title = case.tree.model.title or case.name
    dates = dates_in_words(as_of, today)
    run = [f"{counted(futures, 'future')}, seed {seed}"] if futures else []
    parts = [f"{title}. Case {case.name}", dates[:1].lower() + dates[1:], f"foedus {VERSION}", *run]
    cite = plain(", ".join([*parts, f"program {program.digest[:16]}"]) + ".")
    scenario = scenario or (f"Baseline {quoted(program.scenarios[0].title)}" if futures else "Claims as they stand in the ledger")
    source = ", ".join([f"foedus {VERSION}", *run])
    return Caption(case.name, dates, scenario, licence_of(case), cite, as_of, today, program.digest, source)


def write_chart(path: str, chart: Drawing, caption: Caption) -> None:
    """Write a chart; the suffix decides on SVG, PNG, or CSV with its numbers, beside which stands what a drawing says below it.

    Raises:
        InputError: it cannot be written.
    """
    check_chart_path(path)
    chart = replace(chart, table=replace(chart.table, source=caption.source))
    try:
        write_bytes(_WRITERS[Path(path).suffix.lower()](chart, caption), path)
        if Path(path).suffix.lower() == ".csv":
            described = Path(f"{path}-metadata.json")
            write_bytes(description_text(chart.table, Path(path).name, caption).encode("utf-8"), described)
    except OSError as error:
        raise cannot_write(path, "the chart", error) from None
