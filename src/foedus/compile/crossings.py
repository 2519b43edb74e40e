"""When a condition began to hold, inside the step in which it did: what `first time` answers under the method rk4.

A comparison has a margin, the greater side less the smaller one, which is zero when it turns. From the margin and its rate of change at both
ends of the step the time is read as a function of the margin: the cubic (Hermite) that has these values and slopes, of fourth order like
the method. Where the slopes do not rise with the condition, the straight line takes its place, of second order. `A and B` began to hold
when the later of them did, `A or B` when the earlier one did, of those that hold at the end of the step. What has no margin (`=`, an event)
turns at the end of a step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.compile.tangents import Tangents

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = ["Crossings"]

_STEEPEST = 3.0
"""A cubic with slopes from 0 to 3 times that of the straight line between its ends rises all the way (Fritsch & Carlson 1980)."""


@dataclass(frozen=True)
class _Turn:
    """A condition at the end of a step: does it hold, and since when (a time within the step, its start at the earliest)?"""

    holds: int
    since: int


class Crossings:
    """Makes the times at which conditions began to hold, and the states that remember a step's start."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._tangents = Tangents(builder)
        self._states: dict[int, int] = {}
        self._turns: dict[tuple[int, bool], _Turn] = {}

    def since(self, condition: int) -> int:
        """The time within the last step from which a condition has held; to be used where it holds now and at that step's start did not."""
        with self._builder.graph.unwatched():  # a margin that is no number belongs to a comparison that is watched
            return self._turn(condition, True).since

    def _turn(self, condition: int, wanted: bool) -> _Turn:
        """Of the condition, or (not `wanted`) of its contrary."""
        key = condition, wanted
        if key not in self._turns:
            self._turns[key] = self._made(condition, wanted)
        return self._turns[key]

    def _made(self, condition: int, wanted: bool) -> _Turn:
        node = self._builder.graph.nodes[condition]
        given = node.arguments
        if node.operation == "negation":
            return self._turn(given[0], not wanted)
        if node.operation in ("both", "either"):
            is_both = (node.operation == "both") == wanted
            return self._joined(is_both, self._turn(given[0], wanted), self._turn(given[1], wanted))
        if node.operation == "choose":
            yes = self._joined(True, self._turn(given[0], True), self._turn(given[1], wanted))
            no = self._joined(True, self._turn(given[0], False), self._turn(given[2], wanted))
            return self._joined(False, yes, no)
        if node.operation in ("less", "less_equal"):
            return self._crossed(condition, wanted)
        return self._jumped(condition, wanted)

    def _joined(self, is_both: bool, left: _Turn, right: _Turn) -> _Turn:
        graph = self._builder.graph
        if is_both:
            return _Turn(graph.make("both", left.holds, right.holds), graph.make("maximum", left.since, right.since))
        earlier = graph.make("minimum", left.since, right.since)
        since = graph.make("choose", left.holds, graph.make("choose", right.holds, earlier, left.since), right.since)
        return _Turn(graph.make("either", left.holds, right.holds), since)

    def _start(self) -> int:
        """The time at which the step that ends now began."""
        return self._builder.graph.make("subtract", self._builder.time(), self._builder.graph.number(self._builder.step))

    def _jumped(self, condition: int, wanted: bool) -> _Turn:
        graph = self._builder.graph
        holds = condition if wanted else graph.make("negation", condition)
        held = graph.as_condition(self._before(graph.as_number(condition)))
        held = held if wanted else graph.make("negation", held)
        return _Turn(holds, graph.make("choose", held, self._start(), self._builder.time()))

    def _crossed(self, condition: int, wanted: bool) -> _Turn:
        """A comparison: its margin is positive, or not negative, while it holds."""
        graph, node, zero = self._builder.graph, self._builder.graph.nodes[condition], self._builder.graph.number(0.0)
        lower, upper = node.arguments if wanted else (node.arguments[1], node.arguments[0])
        holds = condition if wanted else graph.make("negation", condition)
        margin = graph.make("subtract", upper, lower)
        rate = self._tangents.of(margin)
        before, rate_before = self._before(margin), self._before(rate)
        is_strict = (node.operation == "less") == wanted
        held = graph.make("less" if is_strict else "less_equal", zero, before)
        part = self._part(before, margin, rate_before, rate)
        left = graph.make("multiply", graph.number(self._builder.step), graph.make("subtract", graph.number(1.0), part))
        since = graph.make("choose", held, self._start(), graph.make("subtract", self._builder.time(), left))
        return _Turn(holds, since)

    def _part(self, before: int, now: int, rate_before: int, rate: int) -> int:
        """The part of the step that had passed when the margin was zero: 0 to 1; 1 where it cannot be told.

        Of the margin, x goes from 0 to 1 over the step, so that the zero is at x = -before / (now - before). With the slopes p and q of the
        time at both ends, relative to the straight line, t(x) = x + x (1 - x) ((p - 1) (1 - x) - (q - 1) x).
        """
        graph, one = self._builder.graph, self._builder.graph.number(1.0)
        rise = graph.make("subtract", now, before)
        x = graph.make("divide", graph.negative(before), rise)
        slopes = [
            graph.make("divide", rise, graph.make("multiply", graph.number(self._builder.step), one_rate))
            for one_rate in (rate_before, rate)
        ]
        is_rising = graph.truth(True)
        for slope in slopes:
            inside = graph.make(
                "both", graph.make("less", graph.number(0.0), slope), graph.make("less_equal", slope, graph.number(_STEEPEST))
            )
            is_rising = graph.make("both", is_rising, inside)
        rest = graph.make("subtract", one, x)
        first, last = (
            graph.make("multiply", graph.make("subtract", slope, one), weight)
            for slope, weight in zip(slopes, (rest, x), strict=True)
        )
        bend = graph.make("multiply", graph.make("multiply", x, rest), graph.make("subtract", first, last))
        found = graph.make("choose", is_rising, graph.make("add", x, bend), x)
        return graph.make("maximum", graph.make("minimum", found, one), graph.number(0.0))

    def _before(self, value: int) -> int:
        """A value as it was one step ago."""
        builder, graph = self._builder, self._builder.graph
        if graph.constant(value) is not None:
            return value
        if value not in self._states:
            self._states[value] = builder.state(f"before #{len(self._states)}", "direct", graph.number(0.0))
            builder.set_update(self._states[value], value)
        return builder.load(self._states[value])
