"""Claims out to files and in from them, and a document that was read again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from foedus.errors import InputError, Problem
from foedus.evidence import Claim, Documents, Ledger, LedgerEvent, Store
from foedus.evidence.reading import read_documents, reading_records, subject_beside
from foedus.evidence.store import Imported
from foedus.evidence.store.beside import open_to_read
from foedus.evidence.store.formats import Exported, exported
from foedus.evidence.store.proposed import claims_of_proposals
from foedus.evidence.store.reread import Reread, apply_reread
from foedus.evidence.store.reread import reread as read_again
from foedus.evidence.store.sync import write_out
from foedus.evidence.store.taking import take_in
from foedus.files import real_path, write_bytes
from foedus.study.ledger.opened import LedgerCase, Note, changing, find_ledger, reading, silent
from foedus.study.simulate import Progress

__all__ = ["ReadAgain", "TakenIn", "Written", "export_as", "export_history", "export_ledger", "import_claims", "reread_document"]


@dataclass(frozen=True)
class Written:
    """Claims or events that were written.

    Attributes:
        case: its name; file: where.
        count: of the claims, or of the events of a history.
        form: "jsonl", "history", or another form. sha256: of a ledger, "" of the others.
    """

    case: str
    file: Path
    form: str
    count: int
    sha256: str = ""


@dataclass(frozen=True)
class TakenIn:
    """What was taken in from a file."""

    case: str
    file: Path
    done: Imported


@dataclass(frozen=True)
class ReadAgain:
    """A document that was read again: what became of its claims, and the events where it was applied."""

    case: str
    file: Path
    found: Reread
    is_applied: bool
    events: tuple[LedgerEvent, ...]


def export_ledger(name: str, file: Path | None = None, *, store: str | None = None, note: Note = silent) -> Written:
    """Write the claims as they stand, one JSON object a line.

    Args:
        file: None takes the text beside the model.
    Raises:
        InputError: there is no store yet.
    """
    case = find_ledger(name, store)
    target = file or case.place.text
    with _opened(case) as opened:
        digest = _export(case, opened, target, note)
        return Written(case.name, target, "jsonl", len(opened.ledger().claims), digest)


def export_history(name: str, file: Path, *, store: str | None = None) -> Written:
    """Write all events, one JSON object a line.

    Raises:
        InputError: there is no store yet.
    """
    case = find_ledger(name, store)
    with _opened(case) as opened:
        return Written(case.name, file, "history", opened.export_history(file))


def _opened(case: LedgerCase) -> Store:
    if not case.place.has_store:
        message = "there is no store yet, so there is nothing that the text does not say."
        raise InputError(Problem(case.place.store, 0, 0, "no-store", message, "The first change makes the store."))
    return open_to_read(case.place)


def export_as(
    name: str, form: str, file: Path, documents: str | None = None, *, store: str | None = None, note: Note = silent
) -> Written:
    """Write the claims in a form that others read.

    Args:
        form: "csv", "webannotation", "claimreview", "prov".
        documents: a folder with the documents, to quote them.
    Raises:
        InputError: the file is the ledger itself, or cannot be written.
    """
    case = find_ledger(name, store)
    if real_path(file) == real_path(case.place.text):
        message = "that is the ledger itself, which has another form."
        raise InputError(Problem(str(file), 0, 0, "cannot-write", message, "Name another file."))
    with reading(case, note) as (ledger, opened):
        claims, events = ledger.claims, opened.history() if opened else ()
    shelf = Documents.beside(case.folder.folder, documents)
    quotes = {claim.id: quote for claim in claims if shelf and (quote := shelf.quote(claim)) is not None}
    _write(exported(form, Exported(case.name, claims, events, quotes, case.defaults)), file)
    return Written(case.name, file, form, len(claims))


def _write(data: bytes, path: Path) -> None:
    try:
        write_bytes(data, path)
    except OSError as error:
        message = f"the file cannot be written: {error.strerror or error}."
        raise InputError(Problem(str(path), 0, 0, "cannot-write", message, "Choose another place.")) from None


def _export(case: LedgerCase, store: Store, target: Path, note: Note) -> str:
    """Write the claims; where that is over changes made outside the store, these are kept beside."""
    if real_path(target) != real_path(case.place.text):
        return store.export(target)
    digest, kept = write_out(store, target, is_shared=case.place.is_named)
    if kept is not None:
        note(f"foedus: {target.name} had been changed outside the store; it is kept as {kept.name}.")
    return digest


def import_claims(
    name: str,
    file: Path | None,
    who: str,
    why: str = "",
    *,
    prefer: Literal["file", "store"] | None = None,
    published: str | None = None,
    store: str | None = None,
    progress: Progress | None = None,
) -> TakenIn:
    """Take in claims: a ledger, proposals, or an exported history; nothing is taken in if any line is wrong.

    Args:
        file: None for what was changed by hand in the text beside the model.
        prefer: whose word counts where both changed a claim.
        published: for proposals from a document that does not tell its date.
        progress: called with (claims taken in, claims in all).
    Raises:
        EvidenceError: a line is wrong; every wrong line is named. InputError: there is no text beside the model.
    """
    case = find_ledger(name, store)
    if file is None and not case.place.text.is_file():
        message = f"There is no {case.place.text.name} beside the model."
        raise InputError(Problem(name, 0, 0, "no-ledger", message, "Name a file."))
    done = take_in(case.place, file, who, why, prefer=prefer, published=published, progress=progress)
    return TakenIn(case.name, file or case.place.text, done)


def reread_document(
    name: str,
    file: Path,
    who: str,
    why: str = "",
    *,
    old: Path | None = None,
    documents: str | None = None,
    published: date | None = None,
    is_applied: bool = False,
    store: str | None = None,
    note: Note = silent,
) -> ReadAgain:
    """Read a changed document again: which claims stayed, moved, were changed, vanished; what is new.

    Args:
        old: the version that the claims were read from; documents: a folder in which it may be.
        published: when the document was published, where it does not tell.
        is_applied: write it into the ledger, as events.
    """
    case = find_ledger(name, store)
    shelf = Documents.beside(case.folder.folder, documents)
    events: tuple[LedgerEvent, ...] = ()
    with reading(case, note) as (ledger, _):
        proposed = _proposals(file, ledger, published, case.folder.folder)
        found = read_again(ledger, file, proposed, old=old, documents=shelf)
    if is_applied:
        with changing(case, who, note) as opened:
            found, events = apply_reread(opened, file, proposed, who, why, old=old, documents=shelf, as_of=case.place.as_of)
    return ReadAgain(case.name, file, found, is_applied, events)


def _proposals(file: Path, ledger: Ledger, published: date | None, folder: Path) -> tuple[Claim, ...]:
    """What reading the file proposes, as claims."""
    subject = subject_beside(folder)
    actors = sorted({name for claim in ledger.claims for name in (claim.actor, claim.target) if name})
    [(document, claims)] = reading_records(read_documents([file], published, actors, subject=subject), True, subject=subject)
    units = {claim.group: claim.quantity_unit for claim in ledger.claims if claim.quantity}
    return claims_of_proposals(
        {"documents": [document], "claims": claims}, str(file), units, None if published is None else published.isoformat()
    )[0]
