"""The claims of a store on an analyst's desk: what they are, what was decided, and the way back."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, final

from foedus.errors import EvidenceError, Problem
from foedus.evidence import Claim, Defaults
from foedus.evidence.schema import VOCABULARY
from foedus.evidence.store import LedgerEvent, Store, StoredClaim, changed_keys
from foedus.evidence.store.adding import drafted
from foedus.evidence.store.earned import decided_at, earned_grade
from foedus.evidence.store.placing import group_units, homes_of, words_of_group
from foedus.review.changes import EDITABLE
from foedus.review.orders import ReviewOrder, added, carry_out
from foedus.review.picture import clashing, group_picture
from foedus.review.rows import row_of
from foedus.review.shelf import Shelf
from foedus.review.undoing import UndoStack

__all__ = ["Desk", "ParameterUse", "ReviewOrder"]

MOST_PAIRS = 3
"""Conflicts shown side by side; the others are counted."""
MOST_KERNELS = 200
"""Claims drawn under a curve."""


@dataclass(frozen=True)
class ParameterUse:
    """A parameter of the model that rests on a group; with `is_belief`, on whether it is so."""

    parameter: str
    label: str
    is_belief: bool = False
    unit: str = ""


@final
class Desk:
    """One analyst's view of a store. Every method may be called from any thread.

    The claims are kept in memory and brought up to date by the events of the store, so that a decision costs the work on one
    claim and one group, whatever the size of the ledger.
    """

    def __init__(
        self,
        store: Store,
        case: str,
        who: str,
        shelf: Shelf,
        uses: Mapping[str, tuple[ParameterUse, ...]],
        defaults: Defaults,
        people: frozenset[str] = frozenset(),
    ) -> None:
        self._store, self._case, self._who, self._shelf, self._uses, self._defaults = store, case, who, shelf, uses, defaults
        self._people = people
        self._lock = threading.RLock()
        self._last = store.number
        self._claims: dict[str, Claim] = {claim.id: claim for claim in store.ledger().claims}
        self._versions = store.versions()
        self._decided = decided_at(store.history())
        self._groups: dict[str, dict[str, None]] = {}
        self._documents: dict[str, dict[str, None]] = {}
        self._places: dict[str, int] = {}
        self._conflicts: dict[str, frozenset[str]] = {}
        self._words: dict[str, Counter[str]] = {}
        self._decisions = UndoStack()
        for claim in self._claims.values():
            self._place(claim)

    # what is there

    def overview(self) -> dict[str, Any]:
        """Everything that the page needs before a claim is chosen."""
        with self._lock:
            self._catch_up()
            return {
                "case": self._case,
                "who": self._who,
                "last": self._last,
                "vocabulary": VOCABULARY,
                "editable": EDITABLE,
                "claims": [self._summary(claim) for claim in self._claims.values()],
                "documents": [self._document(sha256) for sha256 in self._documents],
                "groups": sorted({*self._uses, *(name for name, ids in self._groups.items() if ids)}),
            }

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

    def decide(self, order: ReviewOrder) -> dict[str, Any]:
        """Carry out a decision; returns the claims that look different now, and the details of the one decided on.

        Raises:
            EvidenceError: a claim was changed meanwhile, the change is not allowed, or there is nothing to undo.
        """
        with self._lock:
            self._catch_up()
            if order.action == "undo":
                return self._undo()
            if order.action == "add":
                events = added(self._drafted(order.span), order, self._store, self._who)
            else:
                events = carry_out(order, self._store, self._who, self._claims, self._units(), self._people)
            self._decisions.keep(events)
            return self._outcome(events, events[0].claim if order.action == "add" else order.claim)

    def _undo(self) -> dict[str, Any]:
        """Make the claims that were decided on last what they were before, as events of their own."""
        wanted = self._decisions.last()
        events = self._store.restore_all(wanted, self._who)
        self._decisions.undone(events)
        return {**self._outcome(events, wanted[0].id), "undone": wanted[0].id}

    def _outcome(self, events: tuple[LedgerEvent, ...], focus: str) -> dict[str, Any]:
        """What the page has to draw again; after several changes at once it asks for the conflicts by itself."""
        if len(events) > 1 or any(event.before is None or event.after is None for event in events):
            self._catch_up()
            details = self._details(self._store.claim(focus)) if focus in self._claims else None
            told = self._told(dict.fromkeys([*(event.claim for event in events), focus]))
            return {"last": self._last, "isNew": True, "isMany": True, "count": len(events), **told, "details": details}
        return self._outcome_of_one(events, self._claims.get(focus) or self._store.claim(focus).claim)

    def _outcome_of_one(self, events: tuple[LedgerEvent, ...], before: Claim) -> dict[str, Any]:
        """What changes on the page with one claim: the claim, and whose conflicts come or go."""
        stored = self._store.claim(before.id)
        clashed = {name: self._conflicts.get(name, frozenset()) for name in (before.group, stored.claim.group)}
        self._take(stored.claim, stored.version)
        self._decided |= decided_at(events)
        self._last = max([self._last, *(event.number for event in events)])
        if before.group != stored.claim.group:
            self._conflicts[before.group] = clashing(self._members(before.group), self._defaults)
        details = self._details(stored)
        turned = {name for group, ids in clashed.items() for name in ids ^ self._conflicts.get(group, frozenset())}
        return {
            "last": self._last,
            "isNew": bool(events),
            "isMany": False,
            "count": len(events),
            **self._told([before.id, *sorted(turned - {before.id})]),
            "details": details,
        }

    # where a claim belongs, and claims that reading missed

    def homes(self, name: str) -> dict[str, Any]:
        """The groups that suit a claim, with their unit and what its figure is multiplied with."""
        with self._lock:
            self._catch_up()
            claim = self._claims.get(name) or self._store.claim(name).claim
            for group, ids in self._groups.items():
                if group not in self._words and group != "ungrouped" and ids:
                    self._words[group] = words_of_group(group, self._members(group))
            units = self._units()
            found = homes_of(claim, self._words, units, self._uses, self._people)
            return {"homes": [asdict(home) for home in found], "units": units}

    def draft(self, span: tuple[str, int, int]) -> dict[str, Any]:
        """A claim about words of a document, for the analyst to complete; nothing is written."""
        with self._lock:
            self._catch_up()
            record = self._drafted(span)
            return {"claim": record}

    def _drafted(self, span: tuple[str, int, int] | None) -> dict[str, Any]:
        sha256, start, end = span or ("", 0, 0)
        members = [self._claims[name] for name in self._documents.get(sha256, ())]
        original = self._shelf.original(members)
        document = next((claim.document for claim in members if claim.document), None)
        words = original[start:end] if original is not None and 0 <= start < end <= len(original) else ""
        if original is None or document is None or not words.strip():
            message = "These words cannot be found in a document that is at hand."
            raise EvidenceError(Problem("review", 0, 0, "no-words", message, "Select words of the document's text."))
        start += len(words) - len(words.lstrip())
        return drafted(original, document, (start, start + len(words.strip())), self._claims)

    def _units(self) -> dict[str, str]:
        """Group -> the unit of its figures; of a group without any, that of the parameter which rests on it."""
        expected = {group: uses[0].unit for group, uses in self._uses.items() if not uses[0].is_belief}
        return group_units(self._claims.values(), expected)

    # the claims in memory

    def _catch_up(self) -> None:
        """Take in what was changed elsewhere."""
        if self._store.number == self._last:
            return
        events = self._store.history(since=self._last)
        now = {claim.id: claim for claim in self._store.ledger().claims}
        versions = {event.claim: event.version for event in events}
        self._decided |= decided_at(events)
        for name in dict.fromkeys(event.claim for event in events):
            if name in now:
                self._take(now[name], versions[name])
            elif name in self._claims:
                self._drop(self._claims.pop(name))
        self._last = max(self._last, *(event.number for event in events))

    def _take(self, claim: Claim, version: int) -> None:
        """A claim as it now stands, new or changed."""
        self._versions[claim.id] = version
        if claim.id in self._claims:
            self._drop(self._claims[claim.id])
        self._claims[claim.id] = claim
        self._place(claim)

    def _place(self, claim: Claim) -> None:
        self._words.pop(claim.group, None)
        self._groups.setdefault(claim.group, {})[claim.id] = None
        if claim.document:
            self._documents.setdefault(claim.document.sha256, {})[claim.id] = None
            self._places.setdefault(claim.document.sha256, len(self._places))

    def _drop(self, claim: Claim) -> None:
        self._groups[claim.group].pop(claim.id, None)
        self._conflicts.pop(claim.group, None)
        self._words.pop(claim.group, None)
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
        place = self._places[claim.document.sha256] if claim.document else None
        is_in_conflict = claim.id in self._conflicts.get(claim.group, ())
        return row_of(claim, self._versions.get(claim.id, 0), place, self._uses, is_in_conflict)

    def _details(self, stored: StoredClaim) -> dict[str, Any]:
        claim = stored.claim
        quote, absent = self._shelf.quote(claim)
        hedge = self._defaults.hedges[claim.hedge.kind]
        return {
            "claim": claim.as_dict(),
            "version": stored.version,
            "quote": quote,
            "absent": absent,
            "hedge": {"low": hedge.low, "high": hedge.high, "because": hedge.because},
            "record": self._record(claim.source.canonical),
            "events": [_event(event) for event in reversed(stored.events)],
            "group": self._picture(claim.group, claim.id),
        }

    def _record(self, source: str) -> dict[str, Any]:
        """What became of a source's claims, and which letters they were given."""
        own = [claim for claim in self._claims.values() if claim.source.canonical == source]
        found = earned_grade(source, own, self._decided, Counter(self._decided.values()), {}, self._defaults)
        return {"words": found.words, "letters": found.letters, "offered": found.offered}

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
        kernels = sorted(
            picture["kernels"], key=lambda kernel: (kernel["id"] != focus, -kernel["weight"], kernel["published"] or "")
        )
        return {
            **picture,
            "conflicts": pairs,
            "pairs": len(picture["conflicts"]),
            "quotes": quotes,
            "kernels": kernels[:MOST_KERNELS],
            "uses": [{"parameter": use.parameter, "label": use.label} for use in uses],
        }

    def _document(self, sha256: str) -> dict[str, Any]:
        names = self._documents[sha256]
        reference = next((self._claims[name].document for name in names), None)
        if reference is None:
            return {"sha256": sha256, "title": sha256[:12], "published": None}
        return {"sha256": sha256, "title": reference.title, "published": reference.published, "file": reference.file}


def _event(event: LedgerEvent) -> dict[str, Any]:
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
