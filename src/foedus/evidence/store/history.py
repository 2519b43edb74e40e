"""The history of a ledger: its events, and the lines of text that carry them from one store to another."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa

from foedus.evidence.store.event import LedgerEvent
from foedus.evidence.store.tables import EVENT

__all__ = ["event_line", "events_of"]


def events_of(connection: sa.Connection, claim: str | None = None, since: int | str | None = None) -> tuple[LedgerEvent, ...]:
    """Events in their order.

    Args:
        claim: only those of this claim.
        since: after the event of this number, or from this time on (UTC, ISO).
    """
    earlier = EVENT.alias("earlier")
    is_earlier = sa.and_(earlier.c.claim == EVENT.c.claim, earlier.c.version == EVENT.c.version - 1)
    wanted = sa.select(EVENT, earlier.c.after.label("before")).select_from(EVENT.outerjoin(earlier, is_earlier))
    if claim is not None:
        wanted = wanted.where(EVENT.c.claim == claim)
    if isinstance(since, int):
        wanted = wanted.where(EVENT.c.number > since)
    elif since is not None:
        wanted = wanted.where(EVENT.c.at >= since)
    return tuple(_event(row) for row in connection.execute(wanted.order_by(EVENT.c.number)))


def _event(row: sa.Row[Any]) -> LedgerEvent:
    before = json.loads(row.before) if row.before is not None else None
    after = json.loads(row.after) if row.after is not None else None
    return LedgerEvent(row.number, row.at, row.who, row.why, row.action, row.claim, row.version, before, after)


def event_line(event: LedgerEvent) -> str:
    """An event as a line of an exported history: what was before stands in an earlier line."""
    keys = ("number", "when", "who", "why", "action", "claim", "version", "after")
    return json.dumps({key: getattr(event, key) for key in keys}, ensure_ascii=False, allow_nan=False)
