"""A ledger in a database: every change is an event that stays, and the claims are what the events add up to."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa

from foedus.errors import EvidenceError, Problem
from foedus.evidence.claim import Claim
from foedus.evidence.ledger import Ledger
from foedus.evidence.store.changes import changed_claim, claim_of_line, claim_of_record
from foedus.evidence.store.database import Database, Fill, address, connect, create_database
from foedus.evidence.store.event import LedgerEvent, StoredClaim, changed_keys
from foedus.evidence.store.failures import refusal
from foedus.evidence.store.history import event_line, events_of
from foedus.evidence.store.snapshot import Snapshot, text_of
from foedus.evidence.store.tables import CLAIM, EVENT, META
from foedus.evidence.store.transfer import Imported, claims_of_file, import_claims, import_events
from foedus.evidence.store.writing import EventDraft, Restoring, StoredRow, append, find_rows
from foedus.files import write_bytes
from foedus.wording import counted

__all__ = ["Store", "open_store"]

_MOST_NAMED = 3


def open_store(
    url_or_path: str | Path, create: bool = False, *, case: str = "", as_of: str | None = None, fill: Fill | None = None
) -> Store:
    """Open a ledger store; use it as a context manager, or close it.

    Args:
        url_or_path: a file, `sqlite:///file`, or `postgresql+psycopg://user@host/database`.
        create: make it if there is none.
        case: the name of the case; a new store keeps it, and a store of another case is refused.
        as_of: the case's date (ISO); no claim that was published later is taken in.
        fill: called with the connection that makes a new store, in the same transaction.
    Raises:
        EvidenceError: there is no store, it is damaged, of another case, or cannot be reached.
    """
    place = address(url_or_path)
    if create:
        create_database(place, case, fill or (lambda connection: None))
    store = Store(connect(place), as_of)
    if case and store.case and case != store.case:
        store.close()
        message = f"this store holds the ledger of the case `{store.case}`, not of `{case}`."
        raise refusal(place.label, "wrong-case", message, "Name another; `{case}` in the address stands for the case's name.")
    return store


class Store:
    """An open ledger. Several processes and threads may use it at once; writers wait for each other.

    Every method raises `EvidenceError` where the database fails or the change is not allowed; then nothing was written.
    """

    def __init__(self, database: Database, as_of: str | None = None) -> None:
        self._database = database
        self._as_of = as_of
        self._snapshot = Snapshot(database.label)
        with database.read() as connection:
            self.case: str = connection.scalar(sa.select(META.c.value).where(META.c.key == "case")) or ""

    @property
    def label(self) -> str:
        """The file or address, for people; without password."""
        return self._database.label

    @property
    def database(self) -> Database:
        """For the modules of this package."""
        return self._database

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._database.close()

    # reading

    @property
    def number(self) -> int:
        """The number of the last event; 0 for a ledger without any."""
        with self._database.read() as connection:
            return connection.scalar(sa.select(sa.func.max(EVENT.c.number))) or 0

    def ledger(self, as_of: str | None = None) -> Ledger:
        """The claims as they stand, in the order in which they came; `sha256` is that of the exported text."""
        with self._database.read() as connection:
            return self._snapshot.ledger(connection, as_of or self._as_of)

    def ledger_in(self, connection: sa.Connection) -> Ledger:
        """The ledger as a transaction of the caller sees it, before that has changed anything."""
        return self._snapshot.ledger(connection, self._as_of)

    def claim(self, id: str) -> StoredClaim:
        """One claim with its version and its events."""
        with self._database.read() as connection:
            row = self._row(connection, id, None)
            assert row.claim is not None
            return StoredClaim(row.claim, row.version, events_of(connection, id))

    def versions(self) -> dict[str, int]:
        """Claim id -> its version, of all claims as they stand."""
        with self._database.read() as connection:
            rows = connection.execute(sa.select(CLAIM.c.id, CLAIM.c.version).where(CLAIM.c.record.is_not(None)))
            return {row.id: row.version for row in rows}

    def history(self, id: str | None = None, since: int | str | None = None) -> tuple[LedgerEvent, ...]:
        """Events in their order: of one claim, after the event of a number, or from a time on (UTC, ISO)."""
        with self._database.read() as connection:
            return events_of(connection, id, since)

    # changing

    def add(self, claims: Iterable[Claim], who: str, why: str = "") -> tuple[LedgerEvent, ...]:
        """Add claims whose ids are new; all of them or none."""
        wanted = [claim_of_record(claim.as_dict(), self.label) for claim in claims]
        with self._database.write() as connection:
            rows = find_rows(connection, (claim.id for claim in wanted), self.label)
            seen: set[str] = set()
            for claim in wanted:
                row = rows.get(claim.id)
                if claim.id in seen or (row is not None and row.claim is not None):
                    raise self._refused(
                        "duplicate-id", f"There is a claim {claim.id} already.", "Give every claim an id of its own."
                    )
                seen.add(claim.id)
            drafts = [EventDraft("add", claim.id, rows.get(claim.id), claim, _name(who), why) for claim in wanted]
            return append(connection, drafts, self._as_of)

    def accept(
        self, ids: str | Iterable[str], who: str, why: str = "", *, versions: Mapping[str, int] | None = None
    ) -> tuple[LedgerEvent, ...]:
        """Let claims count. A claim that was edited before becomes `edited`, another `accepted`; all of them or none."""
        return self._judge("accept", ids, who, why, versions)

    def reject(
        self, ids: str | Iterable[str], who: str, why: str = "", *, versions: Mapping[str, int] | None = None
    ) -> tuple[LedgerEvent, ...]:
        """Let claims no longer count; they stay in the ledger."""
        return self._judge("reject", ids, who, why, versions)

    def edit(
        self, id: str | Iterable[str], changes: Mapping[str, Any], who: str, why: str = "", version: int | None = None
    ) -> tuple[LedgerEvent, ...]:
        """Change fields of a claim, or the same fields of several at once.

        An accepted claim becomes `edited`; a proposed or rejected one stays so.

        Args:
            changes: field -> value; `quantity.value` is a field inside; None takes a field away.
            version: the version that the user saw; if the claim has changed since, the edit is refused.
        """
        ids = _listed(id)
        return self._change("edit", dict.fromkeys(ids, changes), who, why, _same(ids, version))

    def grade(
        self, id: str | Iterable[str], grade: str, who: str, why: str, version: int | None = None
    ) -> tuple[LedgerEvent, ...]:
        """Give an Admiralty grade, such as B2; the reason becomes the claim's `graded_because`."""
        changes = {"grade": grade, "graded_because": why}
        ids = _listed(id)
        return self._change("grade", dict.fromkeys(ids, changes), who, why, _same(ids, version))

    def edit_each(
        self, wanted: Mapping[str, Mapping[str, Any]], who: str, why: str = "", *, versions: Mapping[str, int] | None = None
    ) -> tuple[LedgerEvent, ...]:
        """Change several claims, each its own fields (id -> field -> value); all of them or none."""
        return self._change("edit", wanted, who, why, versions or {})

    def restore(self, id: str, to: int, who: str, why: str = "", version: int | None = None) -> tuple[LedgerEvent, ...]:
        """Make a claim again what it was in version `to`: an undo that is itself a change."""
        return self.restore_all([Restoring(id, to, why, version)], who)

    def restore_all(self, wanted: Iterable[Restoring], who: str) -> tuple[LedgerEvent, ...]:
        """Make several claims again what they were; all of them or none."""
        with self._database.write() as connection:
            return self._append_changed(connection, [self._restored(connection, one, _name(who)) for one in wanted])

    def _restored(self, connection: sa.Connection, one: Restoring, who: str) -> EventDraft:
        """The claim as it was, as a draft."""
        row = self._row(connection, one.id, one.version)
        if one.to is None:
            return EventDraft("remove", one.id, row, None, who, one.why)
        earlier = next((event for event in events_of(connection, one.id) if event.version == one.to), None)
        if earlier is None or earlier.after is None:
            raise self._refused("no-version", f"Claim {one.id} has no version {one.to}.", f"It has versions 1 to {row.version}.")
        return EventDraft("restore", one.id, row, claim_of_record(earlier.after, self.label), who, one.why)

    def _judge(
        self, action: str, ids: str | Iterable[str], who: str, why: str, versions: Mapping[str, int] | None
    ) -> tuple[LedgerEvent, ...]:
        """Accept or reject."""
        with self._database.write() as connection:
            drafts = []
            for name in _listed(ids):
                row = self._row(connection, name, (versions or {}).get(name))
                assert row.claim is not None
                status = "rejected" if action == "reject" else self._accepted(connection, row)
                after = changed_claim(row.claim, {}, self.label, status=status)
                drafts.append(EventDraft(action, name, row, after, _name(who), why))
            return self._append_changed(connection, drafts)

    def _accepted(self, connection: sa.Connection, row: StoredRow) -> str:
        """The status of a claim that now counts: `edited` if it says something else than when it came in."""
        assert row.claim is not None
        if row.claim.counts:
            return row.claim.status
        first = sa.select(EVENT.c.after).where(EVENT.c.claim == row.id, EVENT.c.version == 1)
        came = claim_of_line(connection.execute(first).scalar_one(), self.label)
        return "edited" if _differs(came, row.claim, beside=("status", "grade", "graded_because")) else "accepted"

    def _change(
        self, action: str, wanted: Mapping[str, Mapping[str, Any]], who: str, why: str, versions: Mapping[str, int]
    ) -> tuple[LedgerEvent, ...]:
        """Edit or grade."""
        with self._database.write() as connection:
            drafts = []
            for name, changes in wanted.items():
                row = self._row(connection, name, versions.get(name))
                assert row.claim is not None
                status = "edited" if action == "edit" and row.claim.status == "accepted" else None
                after = changed_claim(row.claim, changes, self.label, status=status)
                if _differs(row.claim, after):
                    drafts.append(EventDraft(action, name, row, after, _name(who), why))
            return append(connection, drafts, self._as_of)

    def _append_changed(self, connection: sa.Connection, drafts: list[EventDraft]) -> tuple[LedgerEvent, ...]:
        """Append the events that change anything."""
        kept = [draft for draft in drafts if draft.before is None or draft.after != draft.before.claim]
        return append(connection, kept, self._as_of)

    def _row(self, connection: sa.Connection, name: str, version: int | None) -> StoredRow:
        """The row of a claim that is in the ledger, at the version that the user saw."""
        row = find_rows(connection, [name], self.label).get(name)
        if row is None or row.claim is None:
            raise self._unknown(connection, name)
        if version is not None and version != row.version:
            raise self._changed_meanwhile(connection, row, version)
        return row

    # moving

    def export(self, path: str | Path) -> str:
        """Write the claims as a ledger file, for git; returns its sha256."""
        ledger = self.ledger()
        _write(text_of(ledger.claims), Path(path))
        return ledger.sha256

    def export_history(self, path: str | Path) -> int:
        """Write all events, one a line; returns how many."""
        events = self.history()
        _write("".join(event_line(event) + "\n" for event in events).encode("utf-8"), Path(path))
        return len(events)

    def import_(self, path: str | Path, who: str, why: str = "") -> Imported:
        """Take in the claims of a ledger file: new ones are added, others changed, those that it leaves out stay.

        Nothing is taken in if any line is wrong; every wrong line is named.
        """
        claims = claims_of_file(Path(path))
        with self._database.write() as connection:
            return import_claims(connection, claims, _name(who), why, self._as_of, self.label)

    def import_history(self, path: str | Path) -> int:
        """Take in an exported history that goes on where this one ends; returns how many events are new."""
        with self._database.write() as connection:
            return import_events(connection, Path(path), self._as_of, self.label)

    # refusals

    def _refused(self, code: str, message: str, help_text: str) -> EvidenceError:
        return EvidenceError(Problem(self.label, 0, 0, code, message, help_text))

    def _unknown(self, connection: sa.Connection, name: str) -> EvidenceError:
        known = connection.scalars(sa.select(CLAIM.c.id).where(CLAIM.c.record.is_not(None))).all()
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
        help_text = f"Did you mean {' or '.join(near)}?" if near else f"`list` shows the {counted(len(known), 'claim')}."
        return self._refused("no-claim", f"There is no claim {name}.", help_text)

    def _changed_meanwhile(self, connection: sa.Connection, row: StoredRow, version: int) -> EvidenceError:
        """Who changed what since the version that the user saw."""
        since = [event for event in events_of(connection, row.id) if event.version > version]
        told = []
        for event in since[-_MOST_NAMED:]:
            keys = ", ".join(f"`{key}` to {new!r}" for key, _, new in changed_keys(event.before, event.after))
            told.append(
                f"{event.who} changed {keys or 'it as a whole'} on {event.when[:16].replace('T', ' ')} UTC ({event.action})"
            )
        message = (
            f"Claim {row.id} has version {row.version} now, and you changed version {version}. Since then {'; '.join(told)}."
        )
        return self._refused("changed-meanwhile", message, "Look at it again, then repeat your change.")


def _differs(one: Claim, other: Claim, beside: tuple[str, ...] = ("status",)) -> bool:
    """Whether two claims differ in anything beside some fields."""
    return dataclasses.replace(one, **{name: getattr(other, name) for name in beside}) != other


def _listed(ids: str | Iterable[str]) -> tuple[str, ...]:
    """Ids in their order, each once."""
    return (ids,) if isinstance(ids, str) else tuple(dict.fromkeys(ids))


def _same(ids: tuple[str, ...], version: int | None) -> dict[str, int]:
    """One version for all of them, where one was named."""
    return {} if version is None else dict.fromkeys(ids, version)


def _name(who: str) -> str:
    """Somebody's name.

    Raises:
        EvidenceError: nobody is named.
    """
    if not who.strip():
        raise EvidenceError(Problem("ledger", 0, 0, "nobody", "A change needs the name of who makes it.", "Give a name."))
    return who.strip()


def _write(data: bytes, path: Path) -> None:
    """Write a file whole.

    Raises:
        EvidenceError: it cannot be written; what was there before is whole.
    """
    try:
        write_bytes(data, path)
    except OSError as error:
        message = f"The file cannot be written: {error.strerror or error}. What was there before is whole."
        raise EvidenceError(Problem(str(path), 0, 0, "cannot-write", message, "Make room, or choose another place.")) from None
