"""Decisions as the page sends them, and what they do to the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from foedus.errors import EvidenceError, Problem
from foedus.evidence import Claim
from foedus.evidence.store import LedgerEvent, Store
from foedus.evidence.store.changes import changed_claim, claim_of_record
from foedus.evidence.store.placing import placed
from foedus.review.changes import number_typed, typed_changes

__all__ = ["ReviewOrder", "added", "carry_out"]


@dataclass(frozen=True)
class ReviewOrder:
    """A decision.

    Attributes:
        action: accept, reject, edit, place, add or undo.
        claim: the id of the one that is looked at; "" for undo, which goes back one decision.
        version: of the claim as the analyst saw it; 0 for undo.
        typed: field -> text, for edit and add; `group` and `factor` for place.
        why: in the analyst's words.
        claims: id -> version seen, where accept, reject or place are about several at once.
        span: for add: the document's digest, start and end in its original.
    """

    action: str
    claim: str = ""
    version: int = 0
    typed: Mapping[str, Any] = field(default_factory=dict)
    why: str = ""
    claims: Mapping[str, int] = field(default_factory=dict)
    span: tuple[str, int, int] | None = None

    @property
    def seen(self) -> dict[str, int]:
        """The claims that it is about, with the versions that the analyst saw."""
        return dict(self.claims) or {self.claim: self.version}


def carry_out(
    order: ReviewOrder, store: Store, who: str, claims: Mapping[str, Claim], units: Mapping[str, str], people: frozenset[str]
) -> tuple[LedgerEvent, ...]:
    """Do to the store what the order says; all of it or nothing.

    Args:
        claims: as they stand, by id.
        units: group -> the unit of its figures.
        people: words that count people in this case.
    Raises:
        EvidenceError: it is not allowed, or a claim was changed meanwhile.
    """
    match order.action:
        case "accept":
            return store.accept(order.seen, who, order.why, versions=order.seen)
        case "reject":
            return store.reject(order.seen, who, order.why, versions=order.seen)
        case "edit":
            claim = claims.get(order.claim) or store.claim(order.claim).claim
            return store.edit(claim.id, typed_changes(claim, order.typed), who, order.why, order.version)
        case "place":
            return _place(order, store, who, claims, units, people)
    raise _refused("unknown-action", f"“{order.action}” is no decision.", "Use accept, reject, edit, place, add or undo.")


def _place(
    order: ReviewOrder, store: Store, who: str, claims: Mapping[str, Claim], units: Mapping[str, str], people: frozenset[str]
) -> tuple[LedgerEvent, ...]:
    """Put claims into a group, each with its figure in the group's unit."""
    group, factor = order.typed.get("group"), order.typed.get("factor")
    if not isinstance(group, str) or not group.strip() or not isinstance(factor, str | None):
        raise _refused("no-group", "No group is named.", "Name the group that the claims are to stand in.")
    changes = {}
    for name in order.seen:
        claim = claims.get(name) or store.claim(name).claim
        told = number_typed(claim, "factor", factor) if factor and factor.strip() else None
        changes[name] = placed(claim, group.strip(), units.get(group.strip(), ""), told, people)
    return store.edit_each(changes, who, order.why, versions=order.seen)


def added(record: Mapping[str, Any], order: ReviewOrder, store: Store, who: str) -> tuple[LedgerEvent, ...]:
    """Add a claim that was drafted from words of a document, with what the analyst typed."""
    drafted = claim_of_record(record, store.label)
    changes = typed_changes(drafted, order.typed)
    return store.add([changed_claim(drafted, changes, store.label)], who, order.why)


def _refused(code: str, message: str, help_text: str) -> EvidenceError:
    return EvidenceError(Problem("review", 0, 0, code, message, help_text))
