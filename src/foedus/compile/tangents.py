"""How fast a value of the graph changes as time goes on: its derivative along the course of the stocks.

A stock changes at its net rate, time at 1; parameters, what a scenario sets and everything that only jumps have no rate of change. The
rest follows by the rules of the differential calculus (forward mode). Only the method rk4 asks for it: there nothing is random.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from foedus.compile.graph import Graph

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = ["JUMPING", "TANGENTS", "Tangents"]

Rates = list[int | None]
Rule = Callable[[Graph, int, tuple[int, ...], Rates], int | None]


class Tangents:
    """The rate of change of values, by number of the value; None where it is zero."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._known: dict[int, int | None] = {}

    def of(self, value: int) -> int:
        """The rate of change of a value of the step. Every update of a stock must be set."""
        found = self._found(value)
        return self._builder.graph.number(0.0) if found is None else found

    def _found(self, value: int) -> int | None:
        """Arguments first, so that no chain is followed by recursion."""
        nodes, waiting = self._builder.graph.nodes, [value]
        while waiting:
            current = waiting[-1]
            missing = [one for one in nodes[current].arguments if one not in self._known]
            if current not in self._known and missing:
                waiting += missing
                continue
            if current not in self._known:
                self._known[current] = self._rate(current)
            waiting.pop()
        return self._known[value]

    def _rate(self, value: int) -> int | None:
        graph, node = self._builder.graph, self._builder.graph.nodes[value]
        if node.operation == "step_time":
            return graph.number(1.0)
        if node.operation == "state":
            state = self._builder.states[node.immediate[0]]  # type: ignore[index]
            return state.update if state.kind == "integral" and state.update >= 0 else None
        rates = [self._known[one] for one in node.arguments]
        if node.is_condition or not any(rate is not None for rate in rates):
            return None
        rule = TANGENTS.get(node.operation)
        return None if rule is None else rule(graph, value, node.arguments, rates)


def _times(graph: Graph, factor: int, rate: int | None) -> int | None:
    return None if rate is None else graph.make("multiply", factor, rate)


def _plus(graph: Graph, left: int | None, right: int | None) -> int | None:
    return right if left is None else left if right is None else graph.make("add", left, right)


def _chosen(graph: Graph, condition: int, yes: int | None, no: int | None) -> int:
    zero = graph.number(0.0)
    return graph.make("choose", condition, zero if yes is None else yes, zero if no is None else no)


def _subtract(graph: Graph, _: int, __: tuple[int, ...], rates: Rates) -> int | None:
    return _plus(graph, rates[0], None if rates[1] is None else graph.negative(rates[1]))


def _multiply(graph: Graph, _: int, given: tuple[int, ...], rates: Rates) -> int | None:
    return _plus(graph, _times(graph, given[1], rates[0]), _times(graph, given[0], rates[1]))


def _divide(graph: Graph, value: int, given: tuple[int, ...], rates: Rates) -> int | None:
    above = _plus(graph, rates[0], _times(graph, graph.negative(value), rates[1]))
    return None if above is None else graph.make("divide", above, given[1])


def _power(graph: Graph, value: int, given: tuple[int, ...], rates: Rates) -> int | None:
    base, exponent = given
    above = _times(graph, graph.make("multiply", exponent, graph.make("divide", value, base)), rates[0])
    return _plus(graph, above, _times(graph, graph.make("multiply", value, graph.make("log", base)), rates[1]))


def _of_one(factor: Callable[[Graph, int, int], int]) -> Rule:
    """A function of one argument, with its derivative at (value, argument)."""

    def rule(graph: Graph, value: int, given: tuple[int, ...], rates: Rates) -> int | None:
        return _times(graph, factor(graph, value, given[0]), rates[0])

    return rule


def _per_double(graph: Graph, value: int, _: int) -> int:
    return graph.make("divide", graph.number(0.5), value)


def _sign(graph: Graph, _: int, argument: int) -> int:
    return graph.make("choose", graph.make("less", argument, graph.number(0.0)), graph.number(-1.0), graph.number(1.0))


TANGENTS: dict[str, Rule] = {
    "add": lambda graph, _, __, rates: _plus(graph, rates[0], rates[1]),
    "subtract": _subtract,
    "multiply": _multiply,
    "divide": _divide,
    "power": _power,
    "minimum": lambda graph, _, given, rates: _chosen(graph, graph.make("less", *given), rates[0], rates[1]),
    "maximum": lambda graph, _, given, rates: _chosen(graph, graph.make("less", *given), rates[1], rates[0]),
    "choose": lambda graph, _, given, rates: _chosen(graph, given[0], rates[1], rates[2]),
    "absolute": _of_one(_sign),
    "square_root": _of_one(_per_double),
    "exp": _of_one(lambda graph, value, _: value),
    "log": _of_one(lambda graph, _, argument: graph.make("divide", graph.number(1.0), argument)),
    "sin": _of_one(lambda graph, _, argument: graph.make("cos", argument)),
    "cos": _of_one(lambda graph, _, argument: graph.negative(graph.make("sin", argument))),
}
JUMPING = frozenset({"floor", "normal_quantile", "poisson", "less", "less_equal", "equal", "both", "either", "negation"})
"""Operations whose value only jumps, or (`normal_quantile`, `poisson`) that stand in no model without luck."""
