"""What was decided on the page, step by step, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import final

from foedus.errors import EvidenceError, Problem
from foedus.evidence.store import LedgerEvent
from foedus.evidence.store.writing import Restoring

__all__ = ["UndoStack"]


@dataclass(frozen=True)
class _Decision:
    """A change that can be undone: it made `version` of a claim, and the claim `stands` at a version of the same content."""

    number: int
    claim: str
    version: int
    stands: int
    is_new: bool = False

    def after_undoing(self, later: _Decision, version: int) -> _Decision:
        """The same once the decision right after it was undone, which made `version`."""
        is_next = self.claim == later.claim and self.stands == later.version - 1
        return replace(self, stands=version) if is_next else self


@final
class UndoStack:
    """A stack of steps; a step may have decided on several claims, and is undone as one."""

    def __init__(self) -> None:
        self._steps: list[tuple[_Decision, ...]] = []

    def keep(self, events: Sequence[LedgerEvent]) -> None:
        """A step was taken."""
        if events:
            self._steps.append(
                tuple(_Decision(one.number, one.claim, one.version, one.version, one.before is None) for one in events)
            )

    def last(self) -> tuple[Restoring, ...]:
        """What undoes the last step.

        Raises:
            EvidenceError: nothing was decided.
        """
        if not self._steps:
            message, help_text = "Nothing was decided here since the page was started.", "See the history of a claim."
            raise EvidenceError(Problem("review", 0, 0, "nothing-to-undo", message, help_text))
        return tuple(
            Restoring(one.claim, None if one.is_new else one.version - 1, f"undoes event {one.number}", one.stands)
            for one in self._steps[-1]
        )

    def undone(self, events: Sequence[LedgerEvent]) -> None:
        """The last step was undone by these events."""
        later = {one.claim: one for one in self._steps.pop()}
        for event in events:
            self._steps = [tuple(one.after_undoing(later[event.claim], event.version) for one in step) for step in self._steps]
