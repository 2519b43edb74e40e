"""The ledger's text beside the model and the store: how they stand to each other, and how they are brought together.

After a sync the file says what the store says. From then on each may be changed: the store by commands, the file by hand or by git.
Only a claim that both have changed since, differently, needs a decision.
"""

from __future__ import annotations

import hashlib
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa

from foedus.errors import EvidenceError, Problem
from foedus.evidence.claim import Claim
from foedus.evidence.ledger import ledger_bytes
from foedus.evidence.store.changes import claim_of_record
from foedus.evidence.store.event import LedgerEvent, changed_keys, utc_now
from foedus.evidence.store.history import events_of
from foedus.evidence.store.store import Store
from foedus.evidence.store.tables import CLAIM, EVENT, SYNC
from foedus.evidence.store.transfer import Imported, claims_of_file
from foedus.evidence.store.writing import EventDraft, StoredRow, append, find_rows
from foedus.files import real_path, write_bytes
from foedus.wording import counted

__all__ = ["Prefer", "Standing", "bring_together", "note_sync", "standing", "write_out"]

Standing = Literal["same", "behind", "changed", "missing"]
"""The file says what the store says; is an earlier export of it; was changed outside the store; is not there."""

Prefer = Literal["file", "store"] | None


def standing(store: Store, path: Path, *, is_shared: bool) -> Standing:
    """How the file stands to the store.

    Args:
        is_shared: several working copies may export from this store; then any of its exports is an earlier one.
    """
    if not path.is_file():
        return "missing"
    digest = hashlib.sha256(ledger_bytes(path)).hexdigest()
    if digest == store.ledger().sha256:
        return "same"
    with store.database.read() as connection:
        syncs = connection.execute(sa.select(SYNC.c.sha256, SYNC.c.event).order_by(SYNC.c.number)).all()
        last = connection.scalar(sa.select(sa.func.max(EVENT.c.number))) or 0
    known = [row for row in (syncs if is_shared else syncs[-1:]) if row.sha256 == digest]
    if not known:
        return "changed"
    return "same" if known[-1].event == last else "behind"


def note_sync(connection: sa.Connection, path: Path, digest: str) -> None:
    """Keep that the file of this digest says what the store says now."""
    number = (connection.scalar(sa.select(sa.func.max(SYNC.c.number))) or 0) + 1
    event = connection.scalar(sa.select(sa.func.max(EVENT.c.number))) or 0
    row = {"number": number, "at": utc_now(), "place": _place(path), "sha256": digest, "event": event}
    connection.execute(sa.insert(SYNC), row)


def _place(path: Path) -> str:
    return f"{socket.gethostname()}:{real_path(path)}"


def write_out(store: Store, path: Path, *, is_shared: bool = False) -> tuple[str, Path | None]:
    """Export the claims to the file beside the model.

    Returns:
        Its sha256; and where the file was kept that stood there, if it was changed outside the store.
    Raises:
        EvidenceError: the file cannot be written; what stood there is whole.
    """
    kept = _kept(path) if standing(store, path, is_shared=is_shared) == "changed" else None
    return _write_out(store, path), kept


def _kept(path: Path) -> Path:
    """A copy of the file under a name that is free."""
    names = (path.with_name(f"{path.name}.before-{number}") for number in count(1))
    copy = next(name for name in names if not name.exists())
    try:
        write_bytes(path.read_bytes(), copy)
    except OSError as error:
        message = f"The file cannot be kept: {error.strerror or error}."
        raise EvidenceError(Problem(str(copy), 0, 0, "cannot-write", message, "Make room, or choose another place.")) from None
    return copy


def _write_out(store: Store, path: Path) -> str:
    """Export, and note that file and store agree."""
    digest = store.export(path)
    with store.database.write() as connection:
        if digest == store.ledger_in(connection).sha256:
            note_sync(connection, path, digest)
    return digest


@dataclass(frozen=True)
class _Three:
    """A claim in the file, in the store, and when they were last the same (None: not there; unknown: no common past)."""

    id: str
    file: Claim | None
    row: StoredRow | None
    base: Claim | None
    is_known: bool

    @property
    def stored(self) -> Claim | None:
        return self.row.claim if self.row else None


def bring_together(
    store: Store, path: Path, who: str, why: str, *, is_shared: bool, prefer: Prefer = None, as_of: str | None = None
) -> Imported:
    """Take in what was changed in the file since it was last the same as the store; then both say the same.

    What only the store has changed stays, and is written to the file. What only the file has changed is taken in; a claim that
    was deleted there is removed from the store (its history stays). What both have changed needs `prefer`.

    Raises:
        EvidenceError: a line is wrong, or both have changed a claim and nothing is preferred; nothing is done.
    """
    digest = hashlib.sha256(ledger_bytes(path)).hexdigest()
    told = {claim.id: claim for claim in claims_of_file(path)}
    with store.database.write() as connection:
        threes = list(_threes(connection, told, path, store.label, is_shared))
        taken = [three for three in threes if three.file != three.stored and _is_taken(three, prefer)]
        kept = [three for three in threes if three.file != three.stored and not _is_taken(three, prefer)]
        if prefer is None:
            _refuse_both(connection, [three for three in kept if not _is_older(three)], path)
        drafts = [EventDraft("import" if three.file else "remove", three.id, three.row, three.file, who, why) for three in taken]
        append(connection, drafts, as_of)
        if not kept:
            note_sync(connection, path, digest)
    if kept:
        _write_out(store, path)
    return _imported(threes, taken, kept)


def _imported(threes: list[_Three], taken: list[_Three], kept: list[_Three]) -> Imported:
    """What was done, by ids."""
    note = (f"{counted(len(kept), 'claim')} were newer in the store and were written to the file.",) if kept else ()
    return Imported(
        added=tuple(three.id for three in taken if three.stored is None),
        changed=tuple(three.id for three in taken if three.stored is not None and three.file is not None),
        same=tuple(three.id for three in threes if three.file == three.stored and three.file is not None),
        removed=tuple(three.id for three in taken if three.file is None),
        notes=note,
    )


def _threes(connection: sa.Connection, told: dict[str, Claim], path: Path, label: str, is_shared: bool) -> Iterable[_Three]:
    """Every claim of the file or the store, in the order of the file."""
    since = _last_sync(connection, path, is_shared)
    stored = connection.scalars(sa.select(CLAIM.c.id).where(CLAIM.c.record.is_not(None)).order_by(CLAIM.c.position))
    names = dict.fromkeys([*told, *stored])
    rows = find_rows(connection, names, label)
    first: dict[str, LedgerEvent] = {}
    for event in events_of(connection, since=since) if since is not None else ():
        first.setdefault(event.claim, event)
    for name in names:
        row = rows.get(name)
        base = row.claim if row else None
        if name in first:
            before = first[name].before
            base = claim_of_record(before, label) if before is not None else None
        yield _Three(name, told.get(name), row, base, since is not None)


def _last_sync(connection: sa.Connection, path: Path, is_shared: bool) -> int | None:
    """The event up to which the file and the store were the same; None where that is not known."""
    wanted = sa.select(SYNC.c.event).order_by(SYNC.c.number.desc()).limit(1)
    if is_shared:
        wanted = wanted.where(SYNC.c.place == _place(path))
    return connection.scalar(wanted)


def _is_older(three: _Three) -> bool:
    """Whether only the store has changed the claim; without a common past, what the file leaves out counts so."""
    return three.file == three.base if three.is_known else three.file is None


def _is_taken(three: _Three, prefer: Prefer) -> bool:
    """Whether the file's word is taken for a claim on which file and store differ."""
    if _is_older(three):
        return False
    if (three.stored == three.base and three.is_known) or three.row is None:
        return True
    return prefer == "file"


def _refuse_both(connection: sa.Connection, both: list[_Three], path: Path) -> None:
    """Refuse claims that file and store have changed differently."""
    problems = []
    for three in both:
        last = events_of(connection, three.id)[-1]
        differ = ", ".join(f"`{key}` {_shown(new)} and {_shown(old)}" for key, old, new in _pairs(three)) or "whether it is there"
        message = (
            f"Claim {three.id} was changed in the file and in the store: they differ in {differ} "
            f"(the store's by {last.who}, {last.when[:16].replace('T', ' ')} UTC)."
        )
        help_text = "Import with --prefer file or --prefer store, or make the file say what is right."
        line = three.file.place.line if three.file else 0
        problems.append(Problem(str(path), line, 1 if line else 0, "both-changed", message, help_text))
    if problems:
        raise EvidenceError(problems)


def _pairs(three: _Three) -> Iterable[tuple[str, Any, Any]]:
    if three.file is None or three.stored is None:
        return ()
    return changed_keys(three.stored.as_dict(), three.file.as_dict())


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:59] + "…"
