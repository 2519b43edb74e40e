"""What the firings of an event take from stocks that must not be negative: a pulse cannot take more than is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.compile.dependencies import pulses
from foedus.compile.lower import lower_number
from foedus.compile.scope import Binding, Key
from foedus.compile.value import Value, choose
from foedus.language.tree import Expression

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = ["Drains"]

_HAIR = 1e-9  # of a firing, so that what was added up in pieces counts as whole


@dataclass(frozen=True)
class _Drain:
    """A flow out of a stock whose rate has the pulse of an event in it."""

    event: Key
    stock: Key
    rate: Expression
    binding: Binding


class Drains:
    """Flows out of stocks whose rate has the pulse of a repeating event in it."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self.firings: dict[Key, Callable[[], Value]] = {}  # of the repeating events at a rate, on this step
        self._found: dict[Key, list[_Drain]] | None = None

    def _of(self, event: Key) -> list[_Drain]:
        """Everything that the event takes from."""
        if self._found is None:
            self._found = {}
            for drain in self._all():
                self._found.setdefault(drain.event, []).append(drain)
        return self._found.get(event, [])

    def _all(self) -> Iterator[_Drain]:
        scope = self._builder.scope
        for item in scope.items("flow"):
            flow = item.statement
            source, _ = flow.ends
            stock = scope.resolve(source, item.binding) if source is not None else None
            if flow.formula is None or stock is None or stock.statement.limits(scope).is_signed:
                continue
            for fired in pulses(scope, flow.formula, item.binding):
                pulse = scope.symbols[fired[0]].items[fired[1]].statement.pulse
                if pulse is not None and pulse.repeats:
                    yield _Drain(fired, stock.key, flow.formula, item.binding)

    def limited(self, event: Key, due: Value) -> Value:
        """So many of the firings as the stocks can give, after what events that stand before it in the text have taken.

        Args:
            event: whose firings.
            due: how many would happen.
        """
        graph = self._builder.graph
        for drain in self._of(event):
            left = self._left(drain)
            amount = self._amount(drain)
            takes = Value(graph, graph.number(0.0)) < amount
            most = (left / choose(takes, amount, 1.0) + _HAIR).floor().at_least(0.0)
            due = choose(takes, due.at_most(most), due)
        return due

    def _left(self, drain: _Drain) -> Value:
        """What the stock holds, less what earlier events take from it on this step."""
        builder = self._builder
        left = Value(builder.graph, builder.value(drain.stock))
        for item in builder.scope.items("event"):
            if item.key == drain.event:
                break
            for other in self._of(item.key):
                if other.stock == drain.stock:
                    left = left - self.firings[item.key]() * self._amount(other)
        return left

    def _amount(self, drain: _Drain) -> Value:
        """What one firing takes through the flow, in base units."""
        with_it, without = (self._supposed(drain, number) for number in (1.0, 0.0))
        return self._builder.step * (with_it - without)

    def _supposed(self, drain: _Drain, firings: float) -> Value:
        """The rate of the flow if the event fired so often on this step."""
        builder = self._builder
        with builder.supposing(drain.event, firings):
            return Value(builder.graph, lower_number(builder, drain.rate, drain.binding))
