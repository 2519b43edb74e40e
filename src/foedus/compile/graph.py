"""The graph of values while it is being built: equal values are one value, constants are folded, every value knows its phase."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import numpy as np

from foedus.compile.program import OPERATIONS, Node
from foedus.numerics import NumpyArithmetic, sequences
from foedus.numerics.counts import poisson

__all__ = ["Graph"]

_CONDITIONS = frozenset({"less", "less_equal", "equal", "both", "either", "negation"})
_HIDDEN = {
    **dict.fromkeys(("less", "less_equal", "equal", "minimum", "maximum", "power"), slice(None)),
    "divide": slice(1, 2),
    "exp": slice(1),
}
"""Operations whose result can be finite although some of their arguments are infinite or no number, and which arguments."""
_ORDER = {"constant": 0, "time": 1, "future": 2, "step": 3}
_SEQUENCES: dict[str, Any] = {
    "exp": sequences.growth,
    "log": sequences.log,
    "power": sequences.power,
    "sin": sequences.sin,
    "cos": sequences.cos,
    "normal_quantile": sequences.normal_quantile,
    "poisson": poisson,
}


class Graph:
    """Values by number. `make` returns the number of an equal value that exists already, if there is one."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self._known: dict[tuple[object, ...], int] = {}
        self._machine = NumpyArithmetic()
        self.watch: Callable[[tuple[int, ...]], None] | None = None  # told the arguments that an operation could hide

    def leaf(
        self,
        operation: str,
        immediate: float | int | tuple[int, int] | None,
        phase: str,
        *arguments: int,
        is_condition: bool = False,
    ) -> int:
        return self._add(Node(operation, arguments, immediate, phase, is_condition))

    def number(self, value: float) -> int:
        return self._add(Node("constant", (), float(value), "constant"))

    def truth(self, value: bool) -> int:
        return self._add(Node("constant", (), float(value), "constant", True))

    def make(self, operation: str, *arguments: int) -> int:
        """The value of an operation of OPERATIONS on other values."""
        assert len(arguments) == OPERATIONS[operation], operation
        nodes = [self.nodes[argument] for argument in arguments]
        if operation in _HIDDEN and self.watch is not None:
            self.watch(arguments[_HIDDEN[operation]])
        simple = self._simplified(operation, arguments, nodes)
        if simple is not None:
            return simple
        is_condition = operation in _CONDITIONS or (operation == "choose" and nodes[1].is_condition)
        if all(node.operation == "constant" for node in nodes):
            return self._folded(operation, nodes, is_condition)
        phases = {node.phase for node in nodes} - {"constant"}
        phase = phases.pop() if len(phases) == 1 else "step"
        return self._add(Node(operation, arguments, None, phase, is_condition))

    def _add(self, node: Node) -> int:
        immediate = node.immediate
        if isinstance(immediate, float):
            immediate = np.float64(immediate).tobytes()  # type: ignore[assignment]
        key = (node.operation, node.arguments, immediate, node.is_condition)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = len(self.nodes)
            self.nodes.append(node)
        return found

    def constant(self, value: int) -> float | None:
        """The number behind a constant value, else None."""
        node = self.nodes[value]
        return float(node.immediate) if node.operation == "constant" else None  # type: ignore[arg-type]

    def _simplified(self, operation: str, arguments: tuple[int, ...], nodes: list[Node]) -> int | None:
        """Only what changes no bit of any result: x * 1, x / 1, x - 0, choices that are known, double negations."""
        values = [self.constant(argument) for argument in arguments]
        if operation == "multiply" and 1.0 in values:
            return arguments[1 - values.index(1.0)]
        if operation == "divide" and values[1] == 1.0:
            return arguments[0]
        if operation == "subtract" and values[1] == 0.0 and not _is_minus_zero(values[1]):
            return arguments[0]
        if operation == "choose":
            if values[0] is not None:
                return arguments[1] if values[0] else arguments[2]
            if arguments[1] == arguments[2]:
                return arguments[1]
        if operation in ("both", "either"):
            neutral = 1.0 if operation == "both" else 0.0
            for mine, other in ((0, 1), (1, 0)):
                if values[mine] is not None:
                    return arguments[other] if values[mine] == neutral else arguments[mine]
            if arguments[0] == arguments[1]:
                return arguments[0]
        if operation == "negation" and nodes[0].operation == "negation":
            return nodes[0].arguments[0]
        return None

    def _folded(self, operation: str, nodes: list[Node], is_condition: bool) -> int:
        values = [np.float64(node.immediate) for node in nodes]  # type: ignore[arg-type]
        with np.errstate(all="ignore"):
            rule = _SEQUENCES.get(operation)
            found = rule(self._machine, *values) if rule else getattr(self._machine, operation)(*values)
        return self.truth(bool(found)) if is_condition else self.number(float(found))

    # short hands

    def sum(self, values: list[int]) -> int:
        """A left-to-right sum; 0 for none."""
        if not values:
            return self.number(0.0)
        total = values[0]
        for value in values[1:]:
            total = self.make("add", total, value)
        return total

    def least(self, values: list[int]) -> int:
        """The least of some values. `minimum` gives its second argument where the first is no number: one of those hides no other."""
        found = values[-1]
        for value in values[:-1]:
            found = self.make("minimum", value, found)
        return found

    def least_of_pairs(self, values: list[int]) -> int:
        """The same in pairs, and pairs of pairs, so that no long chain has to be waited for; one that is no number may hide others."""
        while len(values) > 1:
            values = [self.least(values[place : place + 2]) for place in range(0, len(values), 2)]
        return values[0]

    def as_number(self, value: int) -> int:
        """A condition as 0 or 1; a number as it is."""
        if self.nodes[value].is_condition:
            return self.make("choose", value, self.number(1.0), self.number(0.0))
        return value

    def as_condition(self, value: int) -> int:
        """A number as "is not 0"; a condition as it is."""
        if self.nodes[value].is_condition:
            return value
        node = self.nodes[value]
        if node.operation == "choose" and self.constant(node.arguments[1]) == 1.0 and self.constant(node.arguments[2]) == 0.0:
            return node.arguments[0]
        return self.make("negation", self.make("equal", value, self.number(0.0)))

    def negative(self, value: int) -> int:
        """Minus x, as -1 * x (which keeps the sign of zero)."""
        return self.make("multiply", self.number(-1.0), value)

    @contextmanager
    def unwatched(self) -> Iterator[None]:
        """Nobody is told of what is made inside."""
        before, self.watch = self.watch, None
        try:
            yield
        finally:
            self.watch = before

    def saturating(self, *values: int) -> AbstractContextManager[None]:
        """Inside are operations that are right at infinity: the values that they begin with must be finite, what lies between need not be."""
        self.watched(*values)
        return self.unwatched()

    def watched(self, *values: int) -> None:
        """These must be finite although what is made of them may not show it."""
        if self.watch is not None:
            self.watch(values)

    def at_least_zero(self, value: int, *, zero_too: bool = True) -> int:
        """The value, or no number where it is below zero (or, without `zero_too`, zero itself): for what means nothing there."""
        if self.constant(value) is not None:
            return value  # whoever asks refuses those himself
        zero = self.number(0.0)
        with self.unwatched():
            fits = self.make("less_equal", zero, value) if zero_too else self.make("less", zero, value)
            return self.make("choose", fits, value, self.number(math.nan))

    def no_less(self, value: int, least: int, slack: float) -> int:
        """The value, or no number where it is less than another: for ends that mean nothing where they have crossed.

        Rounding crosses none: beside zero they may be `slack` apart, elsewhere one part in 10**9.
        """
        self.watched(value, least)
        with self.unwatched():
            if 0.0 in (self.constant(value), self.constant(least)):
                most = self.number(slack)
            else:
                size = self.make("add", self.make("absolute", least), self.make("absolute", value))
                most = self.make("multiply", self.number(1e-9), size)
            fits = self.make("less_equal", self.make("subtract", least, value), most)
            return self.make("choose", fits, value, self.number(math.nan))

    def logistic(self, value: int) -> int:
        one = self.number(1.0)
        with self.saturating(value):
            return self.make("divide", one, self.make("add", one, self.make("exp", self.negative(value))))

    def phase(self, value: int) -> int:
        return _ORDER[self.nodes[value].phase]


def _is_minus_zero(value: float) -> bool:
    return value == 0.0 and math.copysign(1.0, value) < 0
