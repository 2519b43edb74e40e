"""What questions need while a program is built: values caught at one step, values gathered at every step between two."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.compile.crossings import Crossings
from foedus.compile.guards import Owner
from foedus.compile.lower import lower_condition, lower_number
from foedus.compile.places import CAPTURE
from foedus.compile.program import Block, ResultSlot, Update
from foedus.compile.value import Value, choose
from foedus.language.tree import Expression

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = ["Asked", "Window"]

_STARTS = {"min": math.inf, "first": math.inf, "max": -math.inf}


@dataclass(frozen=True)
class _Caught:
    """An expression as it is at a step, kept in a state, on behalf of the first question that asks for it."""

    state: int
    step: int
    expression: Expression
    is_condition: bool
    owner: Owner


@dataclass(frozen=True)
class Window:
    """What a question gathers: a measure of an expression, between two steps, on whose behalf."""

    measure: str
    expression: Expression
    first: int
    last: int
    owner: Owner


class Asked:
    """All questions of a program."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.results: list[ResultSlot] = []
        self.is_smooth = builder.scope.tree.model.method == "rk4"
        self._caught: dict[tuple[int, Expression, bool], _Caught] = {}
        self._gathered: list[tuple[int, Window]] = []
        self._read: list[tuple[int, int, Window]] = []  # a state, the integral that it takes over, whose
        self._firsts: list[tuple[int, Value, Value, int]] = []

    def _value(self, node: int) -> Value:
        return Value(self.builder.graph, node)

    def _load(self, state: int) -> Value:
        return self._value(self.builder.load(state))

    def _number(self, number: float) -> Value:
        return self._value(self.builder.graph.number(number))

    @property
    def _time(self) -> Value:
        return self._value(self.builder.time())

    # --- what a question asks for

    def catch(self, step: int, expression: Expression, is_condition: bool, owner: Owner) -> int:
        """A state that holds the expression as it is at a step."""
        key = (step, expression, is_condition)
        if key not in self._caught:
            state = self.builder.state(f"caught #{len(self._caught)}", "direct", self.builder.graph.number(0.0))
            self._caught[key] = _Caught(state, step, expression, is_condition, owner)
        return self._caught[key].state

    def gather(self, name: str, window: Window) -> int:
        """A state that gathers what is asked between two steps; of an integral, one that has it once the last is there."""
        initial, builder = self.builder.graph.number(_STARTS.get(window.measure, 0.0)), self.builder
        is_integral = self._is_integral(window)
        state = builder.state(f"question {name}", "integral" if is_integral else "direct", initial)
        self._gathered.append((state, window))
        if not is_integral:
            return state
        found = builder.state(f"question {name} at its end", "direct", builder.graph.number(0.0))
        self._read.append((found, state, window))
        builder.guards.doubt(state)
        return found

    def _is_integral(self, window: Window) -> bool:
        return self.is_smooth and window.measure in ("mean", "total")

    # --- what the compiler asks for

    def reads(self) -> list[Expression]:
        """What is looked at in the block in which everything is caught."""
        return [one.expression for one in self._caught.values()]

    def block(self) -> Block | None:
        """The block in which everything is caught."""
        if not (self._caught or self._read):
            return None
        updates, builder = [], self.builder
        with builder.at_block(CAPTURE):
            for one in self._caught.values():
                is_now = self._is_step(one.step)
                with builder.guards.on_behalf(one.owner, None, is_now.node):
                    rule = lower_condition if one.is_condition else lower_number
                    value = builder.guards.root(builder.graph.as_number(rule(builder, one.expression, {})))
                updates.append(Update(one.state, choose(is_now, self._value(value), self._load(one.state)).node))
            for state, integral, window in self._read:
                is_now = self._is_step(window.last)
                with builder.guards.on_behalf(window.owner, None, is_now.node):
                    value = builder.guards.root(builder.load(integral))
                updates.append(Update(state, choose(is_now, self._value(value), self._load(state)).node))
        steps = tuple(sorted({one.step for one in self._caught.values()} | {window.last for _, _, window in self._read}))
        return Block("questions", 1, 0, steps[0], steps[-1], tuple(updates), steps)

    def _is_step(self, step: int) -> Value:
        return self._time.equals(self.builder.moment(step))

    def finish(self) -> None:
        """Updates of what is gathered at every step. To be called at the step block."""
        for state, window in self._gathered:
            with self.builder.guards.on_behalf(window.owner):
                new = self._rate(window) if self._is_integral(window) else self._next(state, window)
                self.builder.set_update(state, new.node)

    def cross(self) -> None:
        """What `first time` answers under rk4, once every rate is known. To be called at the step block."""
        crossings = Crossings(self.builder)
        for state, holds, inside, first in self._firsts:
            old, is_start = self._load(state), self._time < self._number(self.builder.moment(first + 0.5))
            since = choose(is_start, self._time, self._value(crossings.since(holds.node)))
            is_new = inside & holds & old.equals(math.inf)
            self.builder.set_update(state, choose(is_new, since, old).node)

    def _rate(self, window: Window) -> Value:
        """The rate of an integral, which the method adds up like that of a stock: the steps of the window as a whole, not their moments.

        A step asks at its middle and end too, and the end of the last one is no longer in the window; when the step began tells.
        """
        began, moment = self._began(), self.builder.moment
        inside = (self._number(moment(window.first - 0.5)) < began) & (began < self._number(moment(window.last - 0.5)))
        return choose(inside, self._inside(window, inside), 0.0)

    def _inside(self, window: Window, inside: Value) -> Value:
        """The expression as a number, used only inside of the window."""
        with self.builder.guards.under(inside.node):
            return self._value(self.builder.guards.root(lower_number(self.builder, window.expression, {})))

    def _began(self) -> Value:
        """When the present step began, also while its middle and its end are tried."""
        builder, name = self.builder, "step began"
        state = builder.state_named(name)
        if state is None:
            state = builder.state(name, "direct", builder.graph.number(builder.moment(builder.first_step)))
            builder.set_update(state, (self._time + builder.step).node)
        return self._load(state)

    def _next(self, state: int, window: Window) -> Value:
        """What is gathered so far, after this step."""
        old, step, measure = self._load(state), self.builder.step, window.measure
        begun = self._number(self.builder.moment(window.first)) <= self._time
        end = self._time, self._number(self.builder.moment(window.last))
        inside = begun & (end[0] < end[1] if measure in ("mean", "total") else end[0] <= end[1])
        if measure in ("ever", "always", "first"):
            return self._noted(state, window, inside, old)
        value = self._inside(window, inside)
        if measure in ("min", "max"):
            with self.builder.guards.under(inside.node):
                return choose(inside, old.at_most(value) if measure == "min" else old.at_least(value), old)
        return choose(inside, old + step * value, old)

    def _noted(self, state: int, window: Window, inside: Value, old: Value) -> Value:
        """Whether a condition has held (or failed, for `always`), or when first."""
        with self.builder.guards.under(inside.node):
            holds = self._value(lower_condition(self.builder, window.expression, {}))
        if window.measure == "first" and self.is_smooth:
            self._firsts.append((state, holds, inside, window.first))
            return old  # until `cross`
        if window.measure == "first":
            new = old.at_most(self._time)
            return choose(inside & holds, new, old)
        return choose(inside & (~holds if window.measure == "always" else holds), 1.0, old)
