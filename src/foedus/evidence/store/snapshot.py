"""The current state of a store as a `Ledger`, kept in memory and brought up to date by what changed since."""

from __future__ import annotations

import dataclasses
import hashlib
import threading

import sqlalchemy as sa

from foedus.errors import EvidenceError
from foedus.evidence.claim import Claim, Place
from foedus.evidence.ledger import Ledger, across_claims
from foedus.evidence.schema import located
from foedus.evidence.store.changes import claim_of_line
from foedus.evidence.store.tables import CLAIM, EVENT

__all__ = ["Snapshot", "text_of"]


class Snapshot:
    """Claims by position, as of the last event that was seen. Safe to use from several threads."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._lock = threading.Lock()
        self._number = 0
        self._claims: dict[int, Claim] = {}
        self._ledger: Ledger | None = None
        self._held: set[str | None] = set()

    def ledger(self, connection: sa.Connection, as_of: str | None) -> Ledger:
        """The ledger as it stands in the caller's transaction.

        Raises:
            EvidenceError: claims contradict each other or the case's date; every problem.
        """
        with self._lock:
            self._catch_up(connection)
            if self._ledger is None:
                self._ledger = self._put_together()
                self._held.clear()
            if as_of not in self._held:
                problems = [located(wrong, claim.place) for claim, wrong in across_claims(self._ledger.claims, as_of)]
                if problems:
                    raise EvidenceError(problems)
                self._held.add(as_of)
            return self._ledger

    def _catch_up(self, connection: sa.Connection) -> None:
        """Read what changed after the last event seen."""
        last = connection.scalar(sa.select(sa.func.max(EVENT.c.number))) or 0
        if last == self._number and self._ledger is not None:
            return
        joined = CLAIM.outerjoin(EVENT, EVENT.c.number == CLAIM.c.event)
        fresh = sa.select(CLAIM.c.position, CLAIM.c.record, EVENT.c.after).select_from(joined).where(CLAIM.c.event > self._number)
        for position, record, after in connection.execute(fresh.order_by(CLAIM.c.position)):
            self._claims.pop(position, None)
            if record is not None:
                self._claims[position] = claim_of_line(record, self._label, position, after or "")
        self._number, self._ledger = last, None

    def _put_together(self) -> Ledger:
        """All claims in the order in which they came, each with the line that it would have in an export."""
        ordered = [self._claims[position] for position in sorted(self._claims)]
        for line, claim in enumerate(ordered, 1):
            if claim.place.line != line:
                ordered[line - 1] = dataclasses.replace(claim, place=Place(self._label, line, claim.place.text))
        digest = hashlib.sha256(text_of(ordered)).hexdigest()
        return Ledger(tuple(ordered), self._label, digest)


def text_of(claims: list[Claim] | tuple[Claim, ...]) -> bytes:
    """The ledger as text, from claims that know their lines."""
    return "".join(claim.place.text + "\n" for claim in claims).encode("utf-8")
