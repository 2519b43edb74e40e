"""What one does with a register's folder, one verb each: lay down, list, resolve, score, stamp, write in forms that others read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.case import load
from foedus.evidence import Claim
from foedus.files import write_bytes, write_text
from foedus.history.from_series import series_outcomes
from foedus.history.hub import percentiles_text, write_hub
from foedus.history.register import Register, RegisterEntry, add_forecast, read_register, the_case
from foedus.history.register_scores import register_document, score_register
from foedus.history.stamp import add_stamp, stamp_request

__all__ = [
    "Stamped",
    "add_forecasts",
    "entries_document",
    "entry_document",
    "export_register",
    "list_register",
    "outcomes_document",
    "request_stamp",
    "score_folder",
    "stamp_folder",
    "stamped_document",
    "write_observed",
    "written_document",
]


@dataclass(frozen=True)
class Stamped:
    """A request for a stamp, or a stamp that was laid down: as a document, and in words."""

    told: dict[str, Any]
    words: str


def add_forecasts(folder: str | Path, paths: Sequence[str | Path]) -> tuple[RegisterEntry, ...]:
    """Lay down frozen forecasts, one after the other.

    Raises:
        InputError: as of `add_forecast`; those before it are laid down.
    """
    return tuple(add_forecast(folder, path) for path in paths)


def list_register(folder: str | Path) -> dict[str, Any]:
    """What a register holds; every line and file is checked."""
    return register_document(read_register(folder))


def write_observed(folder: str | Path, forecast: str, output: str | Path) -> list[dict[str, Any]]:
    """Write what the case's own series tell of the figures in a forecast, as a file of outcomes.

    Args:
        forecast: the start of its digest, or CASE@DAY.
    """
    register = read_register(folder)
    entry = register.named(forecast)
    found = series_outcomes(load(entry.case), register.forecast(entry))
    write_text(output, json.dumps(found, indent=1, ensure_ascii=False) + "\n", "the outcomes")
    return found


def score_folder(folder: str | Path, case: str = "", *, has_experts: bool = False) -> dict[str, Any]:
    """Score every forecast of a case against what came.

    Args:
        case: which; "" where the register has forecasts of one case alone.
        has_experts: set the predictions in the ledgers of the case and of its editions beside the forecasts.
    """
    register = read_register(folder)
    name = the_case(register, case)
    return score_register(register, name, _predictions(register, name) if has_experts else ())


def _predictions(register: Register, case: str) -> list[Claim]:
    """The predictions in the ledgers of the case and of its editions that have a forecast, each once."""
    names = dict.fromkeys(str(one.told["case"]) for one in register.of("forecast", case))
    ledgers = [ledger for name in names if (ledger := load(name).ledger) is not None]
    return list({claim.id: claim for ledger in ledgers for claim in ledger.predictions()}.values())


def request_stamp(folder: str | Path, forecast: str, request: str) -> Stamped:
    """Write what is to be sent to a time-stamping authority. Nothing is sent from here."""
    register = read_register(folder)
    entry = register.named(forecast)
    write_bytes(stamp_request(register.forecast(entry)), request)
    told = {"request": request, "digest": entry.told["digest"]}
    return Stamped(told, f"Send {request} to an authority, and lay down its answer with --reply.")


def stamp_folder(folder: str | Path, forecast: str, reply: str, root: str | None = None) -> Stamped:
    """Lay down what the authority sent back.

    Args:
        root: its certificate, PEM; None takes the stamp at its word, and says so.
    """
    register = read_register(folder)
    told = dict(add_stamp(register, register.named(forecast), reply, root).told)
    trust = "its signature leads to the certificate given" if told["verified"] else "taken at its word: no certificate was given"
    return Stamped(told, f"Stamped {told['time']}{' by ' + told['authority'] if told['authority'] else ''}; {trust}.")


def export_register(folder: str | Path, case: str = "", *, hub: str | None = None, percentiles: str | None = None) -> list[str]:
    """Write the forecasts of a case in forms that others read.

    Args:
        hub: a new folder for a hubverse hub. percentiles: a file for a table, a row for each question.
    Returns:
        What was written.
    """
    register = read_register(folder)
    name = the_case(register, case)
    forecasts = [register.forecast(one) for one in register.of("forecast", name)]
    written = []
    if hub is not None:
        written += [str(Path(hub) / one) for one in write_hub(hub, forecasts, register.outcomes(name))]
    if percentiles is not None:
        write_text(percentiles, percentiles_text(forecasts), "the table")
        written.append(percentiles)
    return written


def entries_document(entries: Sequence[RegisterEntry]) -> dict[str, Any]:
    """What `foedus register add --json` prints."""
    return {"added": [entry_document(one) for one in entries]}


def entry_document(one: RegisterEntry) -> dict[str, Any]:
    """A line that was laid down, as JSON."""
    return {"day": one.day, **one.told}


def outcomes_document(found: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What `foedus register observed --json` prints."""
    return {"outcomes": list(found)}


def stamped_document(found: Stamped) -> dict[str, Any]:
    """What `foedus register stamp --json` prints."""
    return found.told


def written_document(files: Sequence[str]) -> dict[str, Any]:
    """What `foedus register export --json` prints."""
    return {"files": list(files)}
