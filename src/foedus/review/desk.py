"""The claims of a store on an analyst's desk: what they are, what was decided, and the way back."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, final

from foedus.errors import EvidenceError, Problem
from foedus.evidence import Claim, Defaults
from foedus.evidence.schema import VOCABULARY
from foedus.evidence.store import Event, Store, StoredClaim, changed_keys
from foedus.review.changes import EDITABLE, typed_changes
from foedus.review.picture import clashing, figure_words, group_picture
from foedus.review.shelf import Shelf

__all__ = ["Desk", "Order", "Use"]

MOST_PAIRS = 3
"""Conflicts shown side by side; the others are counted."""
MOST_KERNELS = 200
"""Claims drawn under a curve."""


@dataclass(frozen=True)
class Use:
    """A parameter of the model that rests on a group; with `is_belief`, on whether it is so."""

    parameter: str
    label: str
    is_belief: bool = False


@dataclass(frozen=True)
class Order:
    """A decision as the page sends it.

    Attributes:
        action: accept, reject, edit or undo.
        claim: its id; "" for undo, which goes back one decision.
        version: of the claim as the analyst saw it; 0 for undo.
        typed: for edit: field -> text.
        why: in the analyst's words.
    """

    action: str
    claim: str = ""
    version: int = 0
    typed: Mapping[str, Any] = field(default_factory=dict)
    why: str = ""


@final
class Desk:
    """One analyst's view of a store. Every method may be called from any thread.

    The claims are kept in memory and brought up to date by the events of the store, so that a decision costs the work on one
    claim and one group, whatever the size of the ledger.
    """

    def __init__(
        self, store: Store, case: str, who: str, shelf: Shelf, uses: Mapping[str, tuple[Use, ...]], defaults: Defaults
    ) -> None:
        self._store, self._case, self._who, self._shelf, self._uses, self._defaults = store, case, who, shelf, uses, defaults
        self._lock = threading.RLock()
        self._last = store.number
        self._claims: dict[str, Claim] = {claim.id: claim for claim in store.ledger().claims}
        self._groups: dict[str, dict[str, None]] = {}
        self._documents: dict[str, dict[str, None]] = {}
        self._places: dict[str, int] = {}
        for claim in self._claims.values():
            self._place(claim)
        self._conflicts: dict[str, frozenset[str]] = {}
        self._decided: list[_Decision] = []

    # what is there

    def overview(self) -> dict[str, Any]:
        """Everything that the page needs before a claim is chosen."""
        with self._lock:
            self._catch_up()
            return {
                "case": self._case, "who": self._who, "last": self._last, "vocabulary": VOCABULARY, "editable": EDITABLE,
                "claims": [self._summary(claim) for claim in self._claims.values()],
                "documents": [self._document(sha256) for sha256 in self._documents],
                "groups": sorted(name for name, ids in self._groups.items() if ids),
            }  # fmt: skip

    def details(self, name: str) -> dict[str, Any]:
        """One claim with its version, its words in the document, its history and its group."""
        with self._lock:
            self._catch_up()
            return self._details(self._store.claim(name))

    def passage(self, sha256: str, at: int | None) -> dict[str, Any]:
        """The text of a document around a character."""
        with self._lock:
            self._catch_up()
            claims = [self._claims[name] for name in self._documents.get(sha256, ())]
        return self._shelf.passage(claims, sha256, at)

    def conflicts(self) -> dict[str, Any]:
        """The ids of all claims in conflict. Group by group, so that decisions are not held up."""
        for name in list(self._groups):
            with self._lock:
                if name not in self._conflicts:
                    self._conflicts[name] = clashing(self._members(name), self._defaults)
        with self._lock:
            return {"conflicts": sorted(frozenset().union(*self._conflicts.values()))}

    def news(self, since: int) -> dict[str, Any]:
        """What was changed after an event, here or elsewhere: the claims as they now stand, and those that are gone."""
        with self._lock:
            self._catch_up()
            names = dict.fromkeys(event.claim for event in self._store.history(since=since)) if since < self._last else {}
            return {"last": self._last, **self._told(names)}

    # what is decided

    def decide(self, order: Order) -> dict[str, Any]:
        """Carry out a decision; returns the claims that look different now, and the details of the one decided on.

        Raises:
            EvidenceError: the claim was changed meanwhile, the change is not allowed, or there is nothing to undo.
        """
        with self._lock:
            self._catch_up()
            if order.action == "undo":
                return self._undo()
            claim = self._claims.get(order.claim) or self._store.claim(order.claim).claim
            events = self._carry_out(order, claim)
            self._decided += [_Decision(event.number, event.claim, event.version, event.version) for event in events]
            return self._outcome(events, claim)

    def _carry_out(self, order: Order, claim: Claim) -> tuple[Event, ...]:
        seen = {claim.id: order.version}
        match order.action:
            case "accept":
                return self._store.accept(claim.id, self._who, order.why, versions=seen)
            case "reject":
                return self._store.reject(claim.id, self._who, order.why, versions=seen)
            case "edit":
                return self._store.edit(claim.id, typed_changes(claim, order.typed), self._who, order.why, order.version)
        raise _refused("unknown-action", f"“{order.action}” is no decision.", "Use accept, reject, edit or undo.")

    def _undo(self) -> dict[str, Any]:
        """Make the claim that was decided on last what it was before, as an event of its own."""
        if not self._decided:
            raise _refused(
                "nothing-to-undo", "Nothing was decided here since the page was started.", "See the history of a claim."
            )
        last = self._decided[-1]
        before = self._claims[last.claim]
        why = f"undoes event {last.number}"
        events = self._store.restore(last.claim, last.version - 1, self._who, why, version=last.stands)
        self._decided.pop()
        for event in events:
            self._decided = [one.after_undoing(last, event.version) for one in self._decided]
        return {**self._outcome(events, before), "undone": last.claim}

    def _outcome(self, events: tuple[Event, ...], before: Claim) -> dict[str, Any]:
        """What the page has to draw again after one claim was changed."""
        stored = self._store.claim(before.id)
        clashed = {name: self._conflicts.get(name, frozenset()) for name in (before.group, stored.claim.group)}
        self._take(stored.claim)
        self._last = max([self._last, *(event.number for event in events)])
        if before.group != stored.claim.group:
            self._conflicts[before.group] = clashing(self._members(before.group), self._defaults)
        details = self._details(stored)
        turned = {name for group, ids in clashed.items() for name in ids ^ self._conflicts.get(group, frozenset())}
        return {
            "last": self._last,
            "isNew": bool(events),
            **self._told([before.id, *sorted(turned - {before.id})]),
            "details": details,
        }

    # the claims in memory

    def _catch_up(self) -> None:
        """Take in what was changed elsewhere."""
        if self._store.number == self._last:
            return
        events = self._store.history(since=self._last)
        now = {claim.id: claim for claim in self._store.ledger().claims}
        for name in dict.fromkeys(event.claim for event in events):
            if name in now:
                self._take(now[name])
            elif name in self._claims:
                self._drop(self._claims.pop(name))
        self._last = max(self._last, *(event.number for event in events))

    def _take(self, claim: Claim) -> None:
        """A claim as it now stands, new or changed."""
        if claim.id in self._claims:
            self._drop(self._claims[claim.id])
        self._claims[claim.id] = claim
        self._place(claim)

    def _place(self, claim: Claim) -> None:
        self._groups.setdefault(claim.group, {})[claim.id] = None
        if claim.document:
            self._documents.setdefault(claim.document.sha256, {})[claim.id] = None
            self._places.setdefault(claim.document.sha256, len(self._places))

    def _drop(self, claim: Claim) -> None:
        self._groups[claim.group].pop(claim.id, None)
        self._conflicts.pop(claim.group, None)
        if claim.document:
            self._documents[claim.document.sha256].pop(claim.id, None)

    # what the page is told

    def _told(self, names: Iterable[str]) -> dict[str, Any]:
        """Claims as they stand, and those that are gone."""
        names = list(names)
        known = [self._claims[name] for name in names if name in self._claims]
        return {
            "changed": [self._summary(claim) for claim in known],
            "gone": [name for name in names if name not in self._claims],
        }

    def _summary(self, claim: Claim) -> dict[str, Any]:
        """A claim as a row of the list."""
        return {
            "id": claim.id, "status": claim.status, "ctype": claim.ctype, "group": claim.group, "text": claim.paraphrase,
            "source": claim.source.canonical, "origin": claim.origin, "published": claim.published, "grade": claim.grade,
            "figure": figure_words(claim), "start": claim.start, "conflict": claim.id in self._conflicts.get(claim.group, ()),
            "document": self._places[claim.document.sha256] if claim.document else None,
        }  # fmt: skip

    def _details(self, stored: StoredClaim) -> dict[str, Any]:
        claim = stored.claim
        quote, absent = self._shelf.quote(claim)
        hedge = self._defaults.hedges[claim.hedge.kind]
        return {
            "claim": claim.as_dict(), "version": stored.version, "quote": quote, "absent": absent,
            "hedge": {"low": hedge.low, "high": hedge.high, "because": hedge.because},
            "events": [_event(event) for event in reversed(stored.events)], "group": self._picture(claim.group, claim.id),
        }  # fmt: skip

    def _members(self, group: str) -> list[Claim]:
        return [self._claims[name] for name in self._groups.get(group, ())]

    def _picture(self, name: str, focus: str) -> dict[str, Any]:
        """The picture of a group as it stands, with the first of its conflicts, those of the claim `focus` before others.

        Keeps which claims of the group are in conflict.
        """
        uses = self._uses.get(name, ())
        picture = group_picture(name, self._members(name), self._defaults, is_belief=any(use.is_belief for use in uses))
        self._conflicts[name] = frozenset(one for pair in picture["conflicts"] for one in pair)
        pairs = sorted(picture["conflicts"], key=lambda pair: focus not in pair)[:MOST_PAIRS]
        shown = (self._claims[one] for one in dict.fromkeys(one for pair in pairs for one in pair))
        quotes = {claim.id: quote for claim in shown if (quote := self._shelf.quote(claim)[0])}
        kernels = sorted(picture["kernels"], key=lambda kernel: (kernel["id"] != focus, -kernel["weight"], kernel["published"] or ""))
        return {
            **picture, "conflicts": pairs, "pairs": len(picture["conflicts"]), "quotes": quotes, "kernels": kernels[:MOST_KERNELS],
            "uses": [{"parameter": use.parameter, "label": use.label} for use in uses],
        }  # fmt: skip

    def _document(self, sha256: str) -> dict[str, Any]:
        names = self._documents[sha256]
        reference = next((self._claims[name].document for name in names), None)
        if reference is None:
            return {"sha256": sha256, "title": sha256[:12], "published": None}
        return {"sha256": sha256, "title": reference.title, "published": reference.published, "file": reference.file}


@dataclass(frozen=True)
class _Decision:
    """A decision that can be undone: it made `version` of a claim, and the claim `stands` at a version of the same content."""

    number: int
    claim: str
    version: int
    stands: int

    def after_undoing(self, later: _Decision, version: int) -> _Decision:
        """The same once the decision right after it was undone, which made `version`."""
        is_next = self.claim == later.claim and self.stands == later.version - 1
        return replace(self, stands=version) if is_next else self


def _event(event: Event) -> dict[str, Any]:
    """An event as the page shows it."""
    changes = [[key, old, new] for key, old, new in changed_keys(event.before, event.after)]
    return {
        "number": event.number,
        "when": event.when,
        "who": event.who,
        "why": event.why,
        "action": event.action,
        "changes": changes,
    }


def _refused(code: str, message: str, help_text: str) -> EvidenceError:
    return EvidenceError(Problem("review", 0, 0, code, message, help_text))
