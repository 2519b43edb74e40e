"""The draft that the page shows and changes: one decision after the other, each can be taken back until the case is written."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.draft.asking import part_key
from foedus.draft.decisions import Decisions, Sketch, decided, written
from foedus.draft.folder import Made
from foedus.draft.screen.picture import picture_of
from foedus.errors import InputError, Problem

__all__ = ["DraftDesk", "DraftOrder"]


@dataclass(frozen=True)
class DraftOrder:
    """A decision as the page sends it.

    Attributes:
        action: answer, put, take_out, add, leave_out or undo.
        claim, mechanism, slot: what it is about, "" for what it is not about. key, taken: of an answer.
    """

    action: str
    claim: str = ""
    mechanism: str = ""
    slot: str = ""
    key: str = ""
    taken: int = 0


class DraftDesk:
    """A draft in the hands of somebody.

    Args:
        sketch: as the rules propose it.
        target: the folder that will be written.
        on_written: called once, when it is.
    """

    def __init__(self, sketch: Sketch, target: Path, on_written: Callable[[], None]) -> None:
        self._sketch, self._target, self._on_written = sketch, target, on_written
        self._past: list[Sketch] = []
        self._lock = threading.Lock()
        self.made: Made | None = None

    def overview(self) -> dict[str, Any]:
        """All that the page shows."""
        with self._lock:
            return self._told()

    def decide(self, order: DraftOrder) -> dict[str, Any]:
        """Carry out a decision; nothing changes where it is refused.

        Raises:
            InputError: it cannot be, with the reason and what to do.
        """
        with self._lock:
            self._require_open()
            if order.action == "undo":
                if not self._past:
                    raise _refused("nothing-to-undo", "nothing was changed yet.", "Everything stands as the rules propose it.")
                self._sketch = self._past.pop()
                return self._told()
            after = decided(self._sketch, self._carried_out(order))
            self._past.append(self._sketch)
            self._sketch = after
            return self._told()

    def write(self) -> dict[str, Any]:
        """Write the case.

        Raises:
            InputError: it cannot be written, or does not run; the page goes on.
        """
        with self._lock:
            self._require_open()
            self.made = written(self._target, self._sketch)
            told = self._told()
        self._on_written()
        return told

    def _require_open(self) -> None:
        if self.made is not None:
            raise _refused("exists", "the case is written already.", f"Go on with `foedus review {self._target}`.")

    def _told(self) -> dict[str, Any]:
        return picture_of(self._sketch, str(self._target), self.made, can_undo=bool(self._past))

    def _carried_out(self, order: DraftOrder) -> Decisions:
        actions: Mapping[str, Callable[[DraftOrder], Decisions]] = {
            "answer": self._answered,
            "put": self._put,
            "take_out": self._taken_out,
            "add": self._added,
            "leave_out": self._left_out,
        }
        if order.action not in actions:
            raise _refused("unknown-action", f"there is no action `{order.action}`.", f"There are: {', '.join(actions)}, undo.")
        return actions[order.action](order)

    @property
    def _now(self) -> Decisions:
        return self._sketch.decisions

    def _answered(self, order: DraftOrder) -> Decisions:
        asked = next((one for one in self._sketch.asked if one.key == order.key), None)
        if asked is None:
            raise _refused("unknown-question", f"`{order.key}` is not asked.", "Load the page again.")
        if not 0 <= order.taken < len(asked.options):
            raise _refused("unknown-option", f"the question has {len(asked.options)} options.", "Take one of them.")
        if order.key.startswith("part:") and order.taken == 1:
            return self._without(self._mechanism_of(order.key))
        return self._now.answering(order.key, order.taken)

    def _put(self, order: DraftOrder) -> Decisions:
        if order.mechanism not in self._used:
            help = "Add it first, or take a slot of a part that is used."
            raise _refused("unknown-mechanism", f"`{order.mechanism}` is not used.", help)
        return self._now.placing(order.claim, order.mechanism, order.slot)

    def _taken_out(self, order: DraftOrder) -> Decisions:
        parts = self._sketch.plan.chosen.parts
        if order.claim not in {fact.claim.id for part in parts for fact in part.filled.facts}:
            raise _refused("unknown-claim", f"claim {order.claim} fills no slot.", "Take out one that does.")
        return self._now.taking_out(order.claim)

    def _added(self, order: DraftOrder) -> Decisions:
        """Use a mechanism: one that was left out is proposed again, another is added."""
        if order.mechanism in self._used:
            raise _refused("included-twice", f"`{order.mechanism}` is used already.", "Put claims into its slots.")
        key = self._key_of(order.mechanism)
        if key and self._now.answers.get(key) == 1:
            return self._now.answering(key, 0)
        return self._now.adding(order.mechanism)

    def _left_out(self, order: DraftOrder) -> Decisions:
        if order.mechanism not in self._used:
            raise _refused("unknown-mechanism", f"`{order.mechanism}` is not used.", "Leave out one that is.")
        return self._without(order.mechanism)

    def _without(self, mechanism: str) -> Decisions:
        """The decisions without a part: what was put into it is with the rules again."""
        key, dropped = self._key_of(mechanism), self._now.dropping(mechanism)
        return dropped.answering(key, 1) if key else dropped

    @property
    def _used(self) -> frozenset[str]:
        return frozenset(part.takes.name for part in self._sketch.plan.chosen.parts)

    def _key_of(self, mechanism: str) -> str:
        """The key of the question whether a part is wanted; "" for a mechanism that no rule proposed."""
        parts = self._sketch.proposal.chosen.parts
        return next((part_key(part) for part in parts if part.takes.name == mechanism), "")

    def _mechanism_of(self, key: str) -> str:
        return next(part.takes.name for part in self._sketch.proposal.chosen.parts if part_key(part) == key)


def _refused(code: str, message: str, help: str) -> InputError:
    return InputError(Problem("the draft", 0, 0, code, message, help))
