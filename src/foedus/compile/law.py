"""What a definition does while its program is built: its states, what others may ask of it, and what becomes of it in a step."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, NoReturn

from foedus.compile.guards import Owner
from foedus.compile.lower import lower_condition, lower_number
from foedus.compile.program import Block, Guard, ReportSlot, Told
from foedus.compile.scope import Item, spell
from foedus.compile.value import Value
from foedus.language import tree as t

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = ["Law"]


class Law:
    """The law of one element of a definition. Made once, before anything reads it; that is when it makes its states.

    The questions are those of the language: `x`, `pulse(x)`, `count(x)`, `x is option`, `in_force(x)`. What a law does not answer is refused
    where units are checked.
    """

    def __init__(self, builder: Builder, item: Item) -> None:
        self.builder, self.item = builder, item

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

    # --- short hands

    def state(self, name: str, initial: Value | float = 0.0, tells: Told | None = None) -> int:
        """A new state that is set to a value, not added up."""
        node = initial.node if isinstance(initial, Value) else self.builder.graph.number(initial)
        return self.builder.state(name, "direct", node, tells)

    def load(self, state: int) -> Value:
        """A state as the present block finds it."""
        return self.value(self.builder.load(state))

    def update(self, state: int, value: Value) -> None:
        """What a state becomes after the step."""
        self.builder.set_update(state, value.node)

    def value(self, node: int) -> Value:
        """A value by its number in the graph."""
        return Value(self.builder.graph, node)

    def constant(self, number: float) -> Value:
        """A number that is known."""
        return self.value(self.builder.graph.number(number))

    def truth(self, holds: bool) -> Value:
        """A truth value that is known."""
        return self.value(self.builder.graph.truth(holds))

    @property
    def time(self) -> Value:
        """The time since the as-of date, now."""
        return self.value(self.builder.time())

    def condition(self, expression: t.Expression) -> Value:
        """An expression of the text that is true or not."""
        return self.value(lower_condition(self.builder, expression, self.item.binding))

    def amount(self, expression: t.Expression) -> Value:
        """An expression of the text that is a number."""
        return self.value(lower_number(self.builder, expression, self.item.binding))

    def uniform(self, stream: str, count: Value | None = None) -> Value:
        """A draw of a random stream in each future: the first one, or the one that a counting value names."""
        return self.value(self.builder.uniform(stream, None if count is None else count.node))

    def under(self, condition: Value) -> AbstractContextManager[None]:
        """What is made inside is used only where the condition holds."""
        return self.builder.guards.under(condition.node)

    def finite(self, value: Value) -> Value:
        """A value that must be a number here: a future in which it is none has failed."""
        return self.value(self.builder.guards.root(value.node))

    def owner(self) -> Owner:
        """Under whose name a value that is no number is reported."""
        kind = self.builder.scope.symbols[self.item.key[0]].kind
        return Owner(kind, *self.item.key, self.item.statement.at)
