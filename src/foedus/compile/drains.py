"""What the firings of an event take from stocks that must not be negative: a pulse cannot take more than is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from foedus.compile.dependencies import pulses
from foedus.compile.events import EventLaw
from foedus.compile.scope import Item, Key
from foedus.compile.value import Value, choose
from foedus.language import tree as t

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = ["Drains"]

_HAIR = 1e-9  # of a firing, so that what was added up in pieces counts as whole


class Drains:
    """Flows out of stocks whose rate has the pulse of a repeating event in it."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self.laws: dict[Key, EventLaw] = {}  # of the repeating events at a rate
        self._found: dict[Key, list[tuple[Item, Key]]] | None = None

    def _of(self, event: Key) -> list[tuple[Item, Key]]:
        """(flow, stock) for everything that the event takes from."""
        if self._found is None:
            self._found = {}
            for flow, stock, fired in self._all():
                self._found.setdefault(fired, []).append((flow, stock))
        return self._found.get(event, [])

    def _all(self) -> Iterator[tuple[Item, Key, Key]]:
        scope = self._builder.scope
        for item in scope.items("flow"):
            flow = item.statement
            assert isinstance(flow, t.Flow)
            stock = scope.resolve(flow.source, item.binding) if flow.source is not None else None
            if stock is None or not isinstance(stock.statement, t.Stock) or stock.statement.is_signed:
                continue
            for fired in pulses(scope, flow.rate, item.binding):
                event = scope.symbols[fired[0]].items[fired[1]].statement
                if isinstance(event, t.Event) and event.rate is not None and event.is_repeating:
                    yield item, stock.key, fired

    def limited(self, event: Key, due: Value) -> Value:
        """So many of the firings as the stocks can give, after what events that stand before it in the text have taken.

        Args:
            event: whose firings.
            due: how many would happen.
        """
        graph = self._builder.graph
        for flow, stock in self._of(event):
            left = self._left(stock, event)
            amount = self._amount(flow, event)
            takes = Value(graph, graph.number(0.0)) < amount
            most = (left / choose(takes, amount, 1.0) + _HAIR).floor().at_least(0.0)
            due = choose(takes, due.at_most(most), due)
        return due

    def _left(self, stock: Key, event: Key) -> Value:
        """What the stock holds, less what earlier events take from it on this step."""
        builder = self._builder
        left = Value(builder.graph, builder.value(stock))
        for item in builder.scope.items("event"):
            if item.key == event:
                break
            for flow, other in self._of(item.key):
                if other == stock:
                    left = left - self.laws[item.key].firings() * self._amount(flow, item.key)
        return left

    def _amount(self, flow: Item, event: Key) -> Value:
        """What one firing takes through a flow, in base units."""
        builder, statement = self._builder, flow.statement
        assert isinstance(statement, t.Flow)
        with_it, without = (Value(builder.graph, builder.supposing(event, number, statement.rate, flow.binding)) for number in (1.0, 0.0))
        return builder.step * (with_it - without)
