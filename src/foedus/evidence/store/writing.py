"""Appending events: the one place that writes claims and events, in the transaction that the caller holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from foedus.errors import EvidenceError
from foedus.evidence.claim import Claim
from foedus.evidence.ledger import claim_line
from foedus.evidence.store.changes import claim_of_line
from foedus.evidence.store.event import LedgerEvent, utc_now
from foedus.evidence.store.history import events_of
from foedus.evidence.store.rules import broken_rules
from foedus.evidence.store.tables import CLAIM, EVENT

__all__ = ["EventDraft", "Restoring", "StoredRow", "append", "find_rows"]

_AT_ONCE = 400


@dataclass(frozen=True)
class StoredRow:
    """A claim as it stands in the database; `claim` is None after it was removed."""

    id: str
    position: int
    version: int
    claim: Claim | None


@dataclass(frozen=True)
class EventDraft:
    """An event that is to be written. `when` is empty for now; `before` is None for a claim that never was."""

    action: str
    id: str
    before: StoredRow | None
    after: Claim | None
    who: str
    why: str
    when: str = ""


@dataclass(frozen=True)
class Restoring:
    """A claim that is to be again what it was in version `to`; None takes it out again, as before it was added.

    Attributes:
        version: the version that the user saw; None if it does not matter.
    """

    id: str
    to: int | None
    why: str = ""
    version: int | None = None


def find_rows(connection: sa.Connection, ids: Iterable[str], label: str) -> dict[str, StoredRow]:
    """The rows of claims that are, or were, in the ledger."""
    listed = sorted(set(ids))
    columns = (CLAIM.c.id, CLAIM.c.position, CLAIM.c.version, CLAIM.c.record, EVENT.c.after)
    wanted = sa.select(*columns).select_from(CLAIM.outerjoin(EVENT, EVENT.c.number == CLAIM.c.event))
    rows: dict[str, StoredRow] = {}
    for start in range(0, len(listed), _AT_ONCE):
        part = wanted.where(CLAIM.c.id.in_(listed[start : start + _AT_ONCE]))
        for name, position, version, record, after in connection.execute(part):
            claim = claim_of_line(record, label, position, after or "") if record is not None else None
            rows[name] = StoredRow(name, position, version, claim)
    return rows


def append(connection: sa.Connection, drafts: Sequence[EventDraft], as_of: str | None) -> tuple[LedgerEvent, ...]:
    """Write events and what they make of the claims, then hold the result against the rules.

    Raises:
        EvidenceError: a rule is broken; the caller's transaction must not be kept.
    """
    if not drafts:
        return ()
    last = connection.scalar(sa.select(sa.func.max(EVENT.c.number))) or 0
    place = connection.scalar(sa.select(sa.func.max(CLAIM.c.position))) or 0
    now = utc_now()
    events, new, changed = [], [], []
    for number, draft in enumerate(drafts, last + 1):
        version = draft.before.version + 1 if draft.before else 1
        line = claim_line(draft.after) if draft.after else None
        at = draft.when or now
        events.append(
            {
                "number": number,
                "at": at,
                "who": draft.who,
                "why": draft.why,
                "action": draft.action,
                "claim": draft.id,
                "version": version,
                "after": line,
            }
        )
        state = {
            "version": version,
            "event": number,
            "group_name": draft.after.group if draft.after else "",
            "unit": draft.after.quantity_unit if draft.after else "",
            "record": line,
        }
        if draft.before is None:
            place += 1
            new.append({"id": draft.id, "position": place, **state})
        else:
            changed.append({"key": draft.id, **state})
    connection.execute(sa.insert(EVENT), events)
    if new:
        connection.execute(sa.insert(CLAIM), new)
    if changed:
        values: dict[str, object] = {key: sa.bindparam(key) for key in ("version", "event", "group_name", "unit", "record")}
        connection.execute(sa.update(CLAIM).where(CLAIM.c.id == sa.bindparam("key")).values(values), changed)
    _hold(connection, drafts, as_of)
    return events_of(connection, since=last) if len(drafts) > 1 else (_event(events[0], drafts[0]),)


def _hold(connection: sa.Connection, drafts: Sequence[EventDraft], as_of: str | None) -> None:
    """Refuse what breaks a rule among claims."""
    final = {draft.id: draft.after for draft in drafts}
    after = [claim for claim in final.values() if claim is not None]
    removed = [name for name, claim in final.items() if claim is None]
    problems = broken_rules(connection, after, removed, as_of)
    if problems:
        raise EvidenceError(sorted(problems, key=lambda problem: problem.line))


def _event(row: dict[str, object], draft: EventDraft) -> LedgerEvent:
    """The one event that was written, without asking for it again."""
    before = draft.before.claim.as_dict() if draft.before and draft.before.claim else None
    after = draft.after.as_dict() if draft.after else None
    number, version = row["number"], row["version"]
    assert isinstance(number, int) and isinstance(version, int)
    return LedgerEvent(number, str(row["at"]), draft.who, draft.why, draft.action, draft.id, version, before, after)
