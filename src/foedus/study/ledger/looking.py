"""The claims of a case, looked at: which, one in full, their history, their conflicts, and what another reader decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from foedus.case import load
from foedus.evidence import Claim, Documents, GroupReport, LedgerEvent
from foedus.evidence.groups import group_reports
from foedus.evidence.store.agreement import Agreement
from foedus.evidence.store.agreement import agreement as hold_against
from foedus.evidence.store.earned import different_letters
from foedus.evidence.store.select import Selection, moving_rank
from foedus.evidence.store.transfer import claims_of_file
from foedus.study.ledger.opened import LedgerCase, Note, claim_in, find_ledger, reading, silent

__all__ = [
    "Compared",
    "Conflicts",
    "History",
    "Listed",
    "Shown",
    "compare_readers",
    "find_conflicts",
    "list_claims",
    "show_claim",
    "tell_history",
]


@dataclass(frozen=True)
class Listed:
    """Some claims of a ledger.

    Attributes:
        case: its name; path, sha256: of the ledger.
        event: number of the last change, 0 without a store.
        total: how many claims the ledger has.
    """

    case: str
    path: str
    sha256: str
    event: int
    total: int
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Shown:
    """One claim in full.

    Attributes:
        version: 0 without a store. history: its events.
        sentence: the words of the document that it rests on; None where they are not shown, and `missing` says why.
    """

    case: str
    claim: Claim
    version: int
    history: tuple[LedgerEvent, ...]
    sentence: str | None
    missing: str


@dataclass(frozen=True)
class History:
    """Who changed what, when and why; without a store there is none yet."""

    case: str
    events: tuple[LedgerEvent, ...]
    has_store: bool


@dataclass(frozen=True)
class Conflicts:
    """Groups with what contradicts, is out of date or only repeats; sources with two letters; the claims by id."""

    case: str
    path: str
    groups: tuple[GroupReport, ...]
    letters: Mapping[str, Mapping[str, tuple[str, ...]]]
    claims: dict[str, Claim]


@dataclass(frozen=True)
class Compared:
    """Two readers of the same claims."""

    case: str
    other: Path
    agreement: Agreement


def list_claims(
    name: str, selection: Selection, *, is_by_moves: bool = False, store: str | None = None, note: Note = silent
) -> Listed:
    """The claims of a case that are selected.

    Args:
        is_by_moves: those on whose groups a parameter rests first, then core ones with numbers.
        store: path or URL of the ledger's store, if not the one beside the model.
        note: called with what is worth knowing beside.
    """
    case = find_ledger(name, store)
    with reading(case, note) as (ledger, opened):
        found = selection.of(ledger.claims)
        number = opened.number if opened else 0
    if is_by_moves:
        carrying = {slot.claims for slot in load(str(case.folder.model)).program.parameters if slot.claims}
        found = tuple(sorted(found, key=lambda claim: moving_rank(claim, carrying)))
    return Listed(case.name, ledger.path, ledger.sha256, number, len(ledger.claims), found)


def show_claim(name: str, id: str, documents: str | None = None, *, store: str | None = None, note: Note = silent) -> Shown:
    """One claim: what it says, the words it rests on, its history.

    Args:
        documents: a folder with the documents, besides the case's own.
    Raises:
        EvidenceError: there is no such claim.
    """
    case = find_ledger(name, store)
    with reading(case, note) as (ledger, opened):
        if opened is not None:
            stored = opened.claim(id)
            claim, version, events = stored.claim, stored.version, stored.events
        else:
            claim, version, events = claim_in(ledger, id), 0, ()
    return Shown(case.name, claim, version, events, *_words(case, claim, documents))


def _words(case: LedgerCase, claim: Claim, documents: str | None) -> tuple[str | None, str]:
    """The words of the document that a claim rests on, or why they are not shown."""
    if claim.document is None or claim.start is None:
        return None, "the claim points to no words of a document"
    shelf = Documents.beside(case.folder.folder, documents)
    if shelf is None or (documents is None and shelf.find(claim.document) is None):
        return None, "the document is not here; name its folder with --documents"
    quote = shelf.quote(claim)
    return quote, "" if quote else f"the document is not in {' or '.join(str(path) for path in shelf.directories)}"


def tell_history(
    name: str, id: str | None = None, since: str | None = None, *, store: str | None = None, note: Note = silent
) -> History:
    """Who changed what, when and why.

    Args:
        id: of which claim; None for all.
        since: after the event of this number, or from this time on (UTC).
    Raises:
        EvidenceError: there is no such claim.
    """
    case = find_ledger(name, store)
    with reading(case, note) as (ledger, opened):
        if id is not None and not (opened and opened.history(id)):
            claim_in(ledger, id)  # says that there is none, with suggestions
        is_number = since is not None and since.isascii() and since.isdigit() and len(since) <= 18
        start = int(since or 0) if is_number else since
        events = opened.history(id, start) if opened is not None else ()
    return History(case.name, events, opened is not None)


def find_conflicts(name: str, group: str = "", *, store: str | None = None, note: Note = silent) -> Conflicts:
    """Which claims contradict each other, are out of date, or only repeat another.

    Args:
        group: a part of the groups' names.
    """
    case, part = find_ledger(name, store), group.casefold()
    with reading(case, note) as (ledger, _):
        reports = tuple(report for report in group_reports(ledger, case.defaults) if part in report.group.casefold())
        letters = different_letters(claim for claim in ledger.claims if part in claim.group.casefold())
    return Conflicts(case.name, ledger.path, reports, letters, dict(ledger.by_id))


def compare_readers(name: str, other: Path, *, store: str | None = None, note: Note = silent) -> Compared:
    """Hold the decisions of a ledger against those in another reader's ledger of the same claims."""
    case = find_ledger(name, store)
    told = claims_of_file(other)
    with reading(case, note) as (ledger, _):
        return Compared(case.name, other, hold_against(ledger.claims, told))
