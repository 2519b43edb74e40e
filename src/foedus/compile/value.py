"""A value of the graph with the operators of mathematics, so that a rule reads as the law that it states.

    arises = in_force & trigger & ~invoked

Each operator makes one operation of the graph, from left to right, at once. Plain numbers may stand beside a value; of two that are
compared both must be values, because Python would turn `0.5 < x` round.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from foedus.compile.graph import Graph

__all__ = ["Like", "Value", "choose", "cos", "exp", "log", "normal_quantile", "square_root", "total"]


@dataclass(frozen=True)
class Value:
    """A number or a truth value that is not computed yet.

    Attributes:
        graph: that it belongs to.
        node: its number there.
    """

    graph: Graph
    node: int

    def _made(self, operation: str, *others: Like) -> Value:
        return Value(self.graph, self.graph.make(operation, self.node, *(_node(self.graph, one) for one in others)))

    def __add__(self, other: Like) -> Value:
        return self._made("add", other)

    def __radd__(self, other: float) -> Value:
        return _number(self.graph, other) + self

    def __sub__(self, other: Like) -> Value:
        return self._made("subtract", other)

    def __rsub__(self, other: float) -> Value:
        return _number(self.graph, other) - self

    def __mul__(self, other: Like) -> Value:
        return self._made("multiply", other)

    def __rmul__(self, other: float) -> Value:
        return _number(self.graph, other) * self

    def __truediv__(self, other: Like) -> Value:
        return self._made("divide", other)

    def __rtruediv__(self, other: float) -> Value:
        return _number(self.graph, other) / self

    def __neg__(self) -> Value:
        return Value(self.graph, self.graph.negative(self.node))

    def __lt__(self, other: Value) -> Value:
        return self._made("less", other)

    def __le__(self, other: Value) -> Value:
        return self._made("less_equal", other)

    def __and__(self, other: Value) -> Value:
        return self._made("both", other)

    def __or__(self, other: Value) -> Value:
        return self._made("either", other)

    def __invert__(self) -> Value:
        return self._made("negation")

    def __abs__(self) -> Value:
        return self._made("absolute")

    def equals(self, other: Like) -> Value:
        """Is it the same number? (`==` compares which values two names stand for.)"""
        return self._made("equal", other)

    def at_most(self, other: Like) -> Value:
        """The smaller of the two."""
        return self._made("minimum", other)

    def at_least(self, other: Like) -> Value:
        """The larger of the two."""
        return self._made("maximum", other)

    def floor(self) -> Value:
        """The largest whole number that is no larger."""
        return self._made("floor")

    @property
    def holds(self) -> Value:
        """Read as a truth value: a number holds if it is not 0."""
        return Value(self.graph, self.graph.as_condition(self.node))

    @property
    def number(self) -> Value:
        """Read as a number: a truth value is 1 or 0."""
        return Value(self.graph, self.graph.as_number(self.node))

    @property
    def known(self) -> float | None:
        """The number, if it is known when compiling."""
        return self.graph.constant(self.node)

    @property
    def changes(self) -> bool:
        """Can it differ from one moment to the next?"""
        return self.graph.nodes[self.node].phase not in ("constant", "future")


Like: TypeAlias = Value | float


def _number(graph: Graph, value: float) -> Value:
    return Value(graph, graph.number(value))


def _node(graph: Graph, value: Like) -> int:
    return value.node if isinstance(value, Value) else graph.number(float(value))


def choose(condition: Value, yes: Like, no: Like) -> Value:
    """`yes` where the condition holds, else `no`."""
    graph = condition.graph
    return Value(graph, graph.make("choose", condition.node, _node(graph, yes), _node(graph, no)))


def exp(value: Value) -> Value:
    """e to the power of it."""
    return Value(value.graph, value.graph.make("exp", value.node))


def cos(value: Value) -> Value:
    """The cosine."""
    return Value(value.graph, value.graph.make("cos", value.node))


def log(value: Value) -> Value:
    """The natural logarithm."""
    return Value(value.graph, value.graph.make("log", value.node))


def square_root(value: Value) -> Value:
    """The square root."""
    return Value(value.graph, value.graph.make("square_root", value.node))


def normal_quantile(value: Value) -> Value:
    """The standard normal number below which a number falls with this chance."""
    return Value(value.graph, value.graph.make("normal_quantile", value.node))


def total(values: Sequence[Value]) -> Value:
    """The sum of one value or more, from left to right."""
    found = values[0]
    for value in values[1:]:
        found = found + value
    return found
