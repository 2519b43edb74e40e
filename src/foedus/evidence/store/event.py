"""An event of a ledger: who changed which claim, when, why, and what it was before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from foedus.evidence.claim import Claim

__all__ = ["ACTIONS", "LedgerEvent", "StoredClaim", "changed_keys", "utc_now"]

ACTIONS = ("add", "accept", "reject", "edit", "grade", "import", "restore", "remove", "reread")


@dataclass(frozen=True)
class LedgerEvent:
    """One change of one claim. Events are numbered from 1 without a gap, and never change.

    Attributes:
        number: its place in the history of the ledger.
        when: UTC, ISO 8601 with microseconds and `Z`.
        who: a person's name, as given.
        why: in their words, "" where nothing was said.
        action: one of `ACTIONS`.
        claim: the id of the claim.
        version: of the claim after the event; its first is 1.
        before, after: the claim's record as in a ledger's line; None before it was added, and after it was removed.
    """

    number: int
    when: str
    who: str
    why: str
    action: str
    claim: str
    version: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    def as_dict(self) -> dict[str, Any]:
        """The event for JSON, with what changed by key."""
        return {
            "number": self.number,
            "when": self.when,
            "who": self.who,
            "why": self.why,
            "action": self.action,
            "claim": self.claim,
            "version": self.version,
            "before": self.before,
            "after": self.after,
            "changes": {key: [old, new] for key, old, new in changed_keys(self.before, self.after)},
        }


@dataclass(frozen=True)
class StoredClaim:
    """A claim as it stands, with its version (for `edit(…, version=…)`) and all events that made it so."""

    claim: Claim
    version: int
    events: tuple[LedgerEvent, ...]


def utc_now() -> str:
    """The time as events carry it."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def changed_keys(before: dict[str, Any] | None, after: dict[str, Any] | None) -> Iterator[tuple[str, Any, Any]]:
    """The keys that differ between two records, with both values; one level of nesting is written `quantity.value`.

    Nothing is yielded where a claim was added or removed as a whole.
    """
    if before is None or after is None:
        return
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        if isinstance(old, dict) and isinstance(new, dict):
            for inner in dict.fromkeys([*old, *new]):
                if old.get(inner) != new.get(inner):
                    yield f"{key}.{inner}", old.get(inner), new.get(inner)
        else:
            yield key, old, new
