"""What a value can be: could it be no number, could it be infinite? Answered from the operations that make it.

A stock, `exp` and `power` are infinite from 2**512 on (`foedus.numerics.sequences.bounded`): a product of two of them is finite, one of
three may not be.
"""

from __future__ import annotations

import math

from foedus.compile.graph import Graph
from foedus.compile.program import Node

__all__ = ["Signs"]

_BOUND, _WIDEST = 512.0, 1024.0  # the binary logarithms of what is infinite by rule, and in a double
_KEPT = frozenset({"add", "subtract", "minimum", "maximum", "absolute", "floor", "choose", "divide"})
_GROWING = frozenset({"exp", "power"})


class Signs:
    """Answers for every value of a graph, arguments first.

    Args:
        graph: with all its values.
        guarded: values that are looked at themselves, so that whoever reads them may take them for finite.
        doubtful: states that nobody looks at; others are watched, or made of what is. A fixed delay keeps what nobody has looked at.
        integrals: states that may grow without end; None to take every product of what is looked at for finite.
        hoists: take divisors that are the same at all moments for safe, and note them in `hoisted`: they need to be looked at but once.
    """

    def __init__(
        self,
        graph: Graph,
        guarded: frozenset[int],
        doubtful: frozenset[int],
        integrals: frozenset[int] | None = None,
        *,
        hoists: bool = False,
    ) -> None:
        self._graph, self._guarded, self._doubtful, self._integrals, self._hoists = graph, guarded, doubtful, integrals, hoists
        self.hoisted: set[int] = set()
        self._nan: list[bool] = []
        self._infinite: list[bool] = []
        self._size: list[float] = []
        for node in graph.nodes:
            self._size.append(self._size_of(node))
            self._nan.append(self._is_nan(node))
            self._infinite.append(self._is_infinite(node))

    def can_be_nan(self, value: int) -> bool:
        """Could it be no number although all that is guarded in it is finite?"""
        return self._nan[value]

    def can_be_infinite(self, value: int) -> bool:
        """Could it be no number, or infinite?"""
        return self._nan[value] or self._infinite[value]

    def can_outgrow(self, value: int, *, is_looked_at: bool) -> bool:
        """Could it be beyond what a stock can hold, or infinite without being looked at?"""
        return self._size[value] > _BOUND or (not is_looked_at and self.can_be_infinite(value))

    def _reads_nan(self, value: int) -> bool:
        return value not in self._guarded and self._nan[value]

    def _reads_infinite(self, value: int) -> bool:
        return value not in self._guarded and self._infinite[value]

    def _is_nan(self, node: Node) -> bool:
        if node.operation == "constant":
            return math.isnan(node.immediate)  # type: ignore[arg-type]
        if node.is_condition or node.operation in ("minimum", "maximum"):
            return False  # what they read is looked at
        if self._is_doubtful(node):
            return True
        arguments = node.arguments[1:] if node.operation == "choose" else node.arguments
        return any(self._reads_nan(one) for one in arguments) or self._makes_nan(node)

    def _is_doubtful(self, node: Node) -> bool:
        return node.operation == "ring" or (node.operation == "state" and node.immediate[0] in self._doubtful)  # type: ignore[index]

    def _makes_nan(self, node: Node) -> bool:
        """Could the operation make no number of numbers?"""
        infinite = [self._reads_infinite(one) for one in node.arguments]
        if node.operation == "divide":
            return self._can_vanish(node)
        if node.operation in ("log", "square_root", "power"):
            return not self._is_above_zero(node.arguments[0])
        if node.operation == "multiply":
            known = [self._graph.constant(one) for one in node.arguments]
            return any(one and known[1 - place] in (None, 0.0) for place, one in enumerate(infinite))
        if node.operation in ("sin", "cos"):
            return any(infinite)
        return node.operation in ("add", "subtract") and all(infinite)

    def _is_infinite(self, node: Node) -> bool:
        if node.operation == "constant":
            return math.isinf(node.immediate)  # type: ignore[arg-type]
        if node.is_condition:
            return False
        if self._is_doubtful(node):
            return True
        arguments = node.arguments[1:] if node.operation == "choose" else node.arguments
        if any(self._reads_infinite(one) for one in arguments):
            return True
        if node.operation == "divide":
            return self._can_vanish(node)
        if node.operation == "log":
            return not self._is_above_zero(node.arguments[0])
        if node.operation == "multiply":  # too large, a square, or what is computed but once
            return self._size[-1] > _WIDEST or len(set(arguments)) == 1 or node.phase in ("time", "future")
        return node.operation in _GROWING or (node.operation in _KEPT and self._size[-1] > _WIDEST)

    def _size_of(self, node: Node) -> float:
        """The binary logarithm of how large it may be where all that is looked at is finite; 0 for numbers of moderate size."""
        if self._integrals is None:
            return 0.0
        arguments = node.arguments[1:] if node.operation == "choose" else node.arguments
        parts = [min(_WIDEST, self._size[one]) if one in self._guarded else self._size[one] for one in arguments]
        if node.operation == "constant":
            size = abs(float(node.immediate))  # type: ignore[arg-type]
            return math.log2(size) if 1e9 < size < math.inf else 0.0
        if node.operation in _GROWING or (node.operation == "state" and node.immediate[0] in self._integrals):  # type: ignore[index]
            return _BOUND
        if node.operation == "multiply":
            return sum(parts)
        if node.operation == "square_root":
            return parts[0] / 2
        return (min if self._is_clipped(node) else max)(parts) if node.operation in _KEPT else 0.0

    def _is_clipped(self, node: Node) -> bool:
        """Is it held between two numbers?"""
        if node.operation not in ("minimum", "maximum"):
            return False
        other = "maximum" if node.operation == "minimum" else "minimum"
        fixed = [self._graph.constant(one) is not None for one in node.arguments]
        inner = [self._graph.nodes[one] for one, is_fixed in zip(node.arguments, fixed, strict=True) if not is_fixed]
        return any(fixed) and any(
            one.operation == other and any(self._graph.constant(part) is not None for part in one.arguments) for one in inner
        )

    def _can_vanish(self, division: Node) -> bool:
        """Could the divisor be zero?"""
        divisor = division.arguments[1]
        fixed = self._graph.constant(divisor)
        if fixed is not None:
            return fixed == 0.0
        if self._hoists and division.phase == "step" and self._graph.nodes[divisor].phase == "future":
            self.hoisted.add(divisor)
            return False
        return not self._is_above_zero(divisor)

    def _is_above_zero(self, value: int) -> bool:
        """Is it surely above zero? So is e to any power that does not vanish, and what is kept above a number above zero."""
        node = self._graph.nodes[value]
        if node.operation == "maximum":
            return any((self._graph.constant(one) or 0.0) > 0.0 for one in node.arguments)
        return (self._graph.constant(value) or 0.0) > 0.0
