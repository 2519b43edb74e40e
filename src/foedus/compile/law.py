"""What a definition does while its program is built: what it answers, with states of its own, and what becomes of it in a step."""

from __future__ import annotations

from contextlib import AbstractContextManager

from foedus.compile.answers import Answers
from foedus.compile.builder import Builder
from foedus.compile.guards import Owner
from foedus.compile.lower import lower_condition, lower_number
from foedus.compile.program import Told
from foedus.compile.scope import Item
from foedus.compile.value import Value
from foedus.language import tree as t

__all__ = ["Law"]


class Law(Answers):
    """The law of one element of a definition. Made once, before anything reads it; that is when it makes its states."""

    def __init__(self, builder: Builder, item: Item) -> None:
        super().__init__(item)
        self.builder = builder

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
