"""Taking in claims and histories from files: every wrong line is named, and nothing is taken in if there is one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from foedus.errors import EvidenceError, Problem
from foedus.evidence.claim import Claim, Place
from foedus.evidence.ledger import ledger_bytes, ledger_lines, read_claim
from foedus.evidence.store.event import ACTIONS
from foedus.evidence.store.history import event_line, events_of
from foedus.evidence.store.writing import EventDraft, StoredRow, append, find_rows

__all__ = ["Imported", "Progress", "claims_of_file", "import_claims", "import_events", "is_history"]

Progress = Callable[[int, int], None]

_EVERY = 100
_WHEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


@dataclass(frozen=True)
class Imported:
    """What an import did, by ids of claims.

    Attributes:
        added, changed, same: new; different from what the store had; as they were.
        removed: no longer in the file that the store mirrors.
        events: how many were taken in from a history.
        notes: what a reader should know, in sentences.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    events: int = 0
    notes: tuple[str, ...] = ()


def claims_of_file(path: Path, progress: Progress | None = None) -> tuple[Claim, ...]:
    """The claims of a ledger file, each right as it stands alone.

    Args:
        progress: called with (lines done, lines in all), now and then.
    Raises:
        EvidenceError: every wrong line.
    """
    claims: dict[str, Claim] = {}
    problems: list[Problem] = []
    places = list(ledger_lines(ledger_bytes(path), str(path)))
    for number, place in enumerate(places):
        if progress is not None and number % _EVERY == 0:
            progress(number, len(places))
        claim, found = read_claim(place)
        problems += found
        if claim is not None and claim.id in claims:
            message = f"The id {claim.id} stands in line {claims[claim.id].place.line} already."
            problems.append(Problem(str(path), place.line, 1, "duplicate-id", message, "Keep one of them.", place.text))
        elif claim is not None:
            claims[claim.id] = claim
    if problems:
        raise EvidenceError(problems)
    return tuple(claims.values())


def import_claims(
    connection: sa.Connection, claims: Sequence[Claim], who: str, why: str, as_of: str | None, label: str
) -> Imported:
    """Add claims that are new, change those that differ; others stay.

    Raises:
        EvidenceError: a rule among claims is broken; every problem with its line.
    """
    rows = find_rows(connection, (claim.id for claim in claims), label)
    added: list[str] = []
    changed: list[str] = []
    same: list[str] = []
    drafts: list[EventDraft] = []
    for claim in claims:
        row = rows.get(claim.id)
        if row is not None and row.claim == claim:
            same.append(claim.id)
            continue
        (added if row is None or row.claim is None else changed).append(claim.id)
        drafts.append(EventDraft("import", claim.id, row, claim, who, why))
    append(connection, drafts, as_of)
    return Imported(tuple(added), tuple(changed), tuple(same))


def is_history(path: Path) -> bool:
    """Whether the first line of a file is an event."""
    place = next(ledger_lines(ledger_bytes(path), str(path)), None)
    if place is None:
        return False
    try:
        record = json.loads(place.text)
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and {"number", "action", "claim"} <= set(record)


def import_events(connection: sa.Connection, path: Path, as_of: str | None, label: str) -> int:
    """Go on with an exported history; what the store has already must be the same.

    Returns:
        How many events are new.
    Raises:
        EvidenceError: every wrong line; or the histories differ.
    """
    known = [event_line(event) for event in events_of(connection)]
    lines = list(ledger_lines(ledger_bytes(path), str(path)))
    for place, line in zip(lines, known, strict=False):
        if place.text != line:
            message = f"The history here differs from the file from event {place.line} on."
            raise EvidenceError(_at(place, "other-history", message, "Import it into a new store, or import the claims instead."))
    new = lines[len(known) :]
    records = [(place, _record(place)) for place in new]
    problems = [_at(place, "bad-event", found, _EVENT_HELP) for place, found in records if isinstance(found, str)]
    if problems:
        raise EvidenceError(problems)
    told = [(place, record) for place, record in records if isinstance(record, dict)]
    rows = find_rows(connection, (record["claim"] for _, record in told), label)
    append(connection, _drafts(told, rows, len(known)), as_of)
    return len(new)


_EVENT_HELP = "Take the file as `foedus ledger … export --history` wrote it."


def _at(place: Place, code: str, message: str, help_text: str) -> Problem:
    return Problem(place.file, place.line, 1, code, message, help_text, place.text)


def _record(place: Place) -> dict[str, Any] | str:
    """The event of a line, or what is wrong with it."""
    try:
        record = json.loads(place.text)
    except (ValueError, RecursionError):
        return "This is not JSON."
    kinds = {"number": int, "when": str, "who": str, "why": str, "action": str, "claim": str, "version": int}
    if not isinstance(record, dict) or set(record) != {*kinds, "after"}:
        return f"An event has the keys {', '.join(kinds)} and after."
    wrong = [key for key, kind in kinds.items() if type(record[key]) is not kind]
    if wrong:
        return f"`{wrong[0]}` must be a {'whole number' if kinds[wrong[0]] is int else 'text'}."
    if record["action"] not in ACTIONS:
        return f"There is no action `{record['action']}`; there are {', '.join(ACTIONS)}."
    if not _WHEN.fullmatch(record["when"]) or not record["who"].strip():
        return "`when` must be a time such as 2024-10-25T12:00:00.000000Z, and `who` a name."
    return record


def _drafts(told: list[tuple[Place, dict[str, Any]]], rows: dict[str, StoredRow], last: int) -> list[EventDraft]:
    """The events as drafts, each on top of the one before.

    Raises:
        EvidenceError: a number or version is out of order, or a claim is wrong.
    """
    drafts: list[EventDraft] = []
    problems: list[Problem] = []
    for number, (place, record) in enumerate(told, last + 1):
        name, row = record["claim"], rows.get(record["claim"])
        version = row.version + 1 if row else 1
        if record["number"] != number or record["version"] != version:
            message = f"Here event {number} must stand, with version {version} of {name}."
            problems.append(_at(place, "bad-event", message, _EVENT_HELP))
            break
        after = None
        if record["after"] is not None:
            line = json.dumps(record["after"], ensure_ascii=False)
            after, found = read_claim(Place(place.file, place.line, line))
            problems += found
            if after is not None and after.id != name:
                problems.append(_at(place, "bad-event", f"The event is about {name}, its claim is {after.id}.", _EVENT_HELP))
        drafts.append(EventDraft(record["action"], name, row, after, record["who"], record["why"], record["when"]))
        rows[name] = StoredRow(name, row.position if row else 0, version, after)
    if problems:
        raise EvidenceError(problems)
    return drafts
