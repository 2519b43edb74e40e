"""What an element of a definition answers while its program is built: to others that read it, and to the compiler."""

from __future__ import annotations

from typing import NoReturn

from foedus.compile.program import Block, Guard, ReportSlot
from foedus.compile.scope import Item, spell
from foedus.compile.value import Value
from foedus.language import tree as t

__all__ = ["Answers"]


class Answers:
    """What one element answers. The questions are those of the language: `x`, `pulse(x)`, `count(x)`, `x is option`, `in_force(x)`, `x(y)`.

    What it does not answer is refused where units are checked.
    """

    def __init__(self, item: Item) -> None:
        self.item = item

    # --- what others ask, in the present block

    def worth(self) -> Value:
        """What its name is worth."""
        self._unasked("value")

    def now(self, option: str = "") -> Value:
        """How often does it happen on this step? Of a decision: is this option chosen anew?"""
        self._unasked("moment at which it happens")

    def count(self, option: str = "") -> Value:
        """How often has it happened, or has this option been chosen?"""
        self._unasked("number of times")

    def looked_up(self, x: Value) -> Value:
        """What it is worth at an argument."""
        self._unasked("argument")

    def chooses(self, option: str) -> Value:
        """Is this the option that holds?"""
        self._unasked("options")

    def stage(self, stage: str) -> Value:
        """Is it `in_force`, `invoked` or `honoured`?"""
        self._unasked("stages")

    def _unasked(self, what: str) -> NoReturn:
        """Nobody gets here: the units of a model refuse the question first, and a test asks every kind of thing every question."""
        raise TypeError(f"`{spell(self.item.key)}` has no {what}")

    def dated(self) -> Value | None:
        """The day on which it is written to happen, which may lie before the run; None where its moment shows only in the run."""
        return None

    # --- what the compiler asks

    def finish(self) -> list[Guard]:
        """Set the updates of its states, at the step block. Returns what must be drawn anew when something fired."""
        return []

    def considers(self) -> list[t.Expression]:
        """What is read in its block, and has to be prepared there."""
        return []

    def block(self, number: int) -> Block | None:
        """What happens to it at moments of a schedule, in the block of this number."""
        return None

    def tell(self) -> list[ReportSlot]:
        """Figures about it, at the finish."""
        return []
