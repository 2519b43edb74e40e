"""Taking a file into the ledger of a case, whatever it holds: claims, proposals, a history; or what was changed by hand."""

from __future__ import annotations

import hashlib
from pathlib import Path

import sqlalchemy as sa

from foedus.evidence.claim import Claim
from foedus.evidence.dated import dates_beside
from foedus.evidence.ledger import ledger_bytes
from foedus.evidence.store.beside import LedgerPlace, open_to_change
from foedus.evidence.store.proposed import claims_of_proposals, proposal_document
from foedus.evidence.store.store import Store, open_store
from foedus.evidence.store.sync import Prefer, bring_together, note_sync
from foedus.evidence.store.tables import CLAIM
from foedus.evidence.store.transfer import Imported, Progress, claims_of_file, import_claims, import_events, is_history
from foedus.files import real_path

__all__ = ["take_in"]


def take_in(
    place: LedgerPlace,
    file: Path | None,
    who: str,
    why: str = "",
    *,
    prefer: Prefer = None,
    published: str | None = None,
    progress: Progress | None = None,
) -> Imported:
    """Take a file into the ledger of a case.

    Args:
        file: None, or the text beside the model, brings text and store together; another is added to the store.
        prefer: whose word counts where both text and store have changed a claim.
        published: ISO date for proposals from documents that do not tell theirs.
        progress: called with (lines done, lines in all), now and then.
    Raises:
        EvidenceError: the file is wrong, every line of it; then nothing is taken in.
    """
    if file is None or (place.text.exists() and file.exists() and real_path(file) == real_path(place.text)):
        with open_to_change(place, who) as store:
            return bring_together(store, place.text, who, why, is_shared=place.is_named, prefer=prefer, as_of=place.as_of)
    if is_history(file):
        return _take_history(place, file)
    proposed = proposal_document(file)
    told = claims_of_file(file, progress) if proposed is None else ()
    with open_to_change(place, who) as store, store.database.write() as connection:
        notes: tuple[str, ...] = ()
        if proposed is not None:
            told, notes = claims_of_proposals(proposed, str(file), _units(connection), published, dates_beside(file.parent))
            told = _without_known(connection, told)
        done = import_claims(connection, told, who, why or f"from {file.name}", place.as_of, store.label)
        return Imported(done.added, done.changed, done.same, notes=notes)


def _units(connection: sa.Connection) -> dict[str, str]:
    """Group -> unit of its quantities."""
    rows = connection.execute(sa.select(CLAIM.c.group_name, CLAIM.c.unit).where(CLAIM.c.unit != "").distinct())
    return {row.group_name: row.unit for row in rows}


def _without_known(connection: sa.Connection, proposed: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """The proposals that are new: what was decided about an earlier one is not turned back by reading again."""
    known = set(connection.scalars(sa.select(CLAIM.c.id)))
    return tuple(claim for claim in proposed if claim.id not in known)


def _take_history(place: LedgerPlace, file: Path) -> Imported:
    """Go on with an exported history, or begin with it where there is no store."""
    label, count = str(file), 0

    def fill(connection: sa.Connection) -> None:
        nonlocal count
        count = import_events(connection, file, place.as_of, label)

    with open_store(place.store, create=True, case=place.case, as_of=place.as_of, fill=fill) as store:
        if not count:
            count = store.import_history(file)
        _note_agreement(store, place)
        return Imported(events=count)


def _note_agreement(store: Store, place: LedgerPlace) -> None:
    """Keep that the text beside the model says the same, where it does."""
    if not place.text.is_file():
        return
    digest = hashlib.sha256(ledger_bytes(place.text)).hexdigest()
    with store.database.write() as connection:
        if digest == store.ledger_in(connection).sha256:
            note_sync(connection, place.text, digest)
