"""Functions that remember: ever, time_since, smoothing, delays. Each call with its own arguments has its own states."""

from __future__ import annotations

import math
from collections.abc import Callable

from foedus.compile.amounts import FAR
from foedus.compile.builder import Builder
from foedus.compile.guards import Owner
from foedus.compile.places import START
from foedus.compile.program import RingSlot
from foedus.compile.scope import Binding
from foedus.compile.value import Value, choose
from foedus.language import tree as t

__all__ = ["Memory", "Reading"]

Reading = Callable[[Builder, t.Expression, Binding], int]
"""The value of an expression, with what its index names stand for, in the block that the builder is at."""

_LONGEST_DELAY = 100_000


class Memory:
    """Makes the states behind remembering functions, and their updates once everything else is known.

    Args:
        number, condition: how an argument is read that is a number, or true or not.
    """

    def __init__(self, builder: Builder, number: Reading, condition: Reading) -> None:
        self._builder = builder
        self._number, self._condition = number, condition
        self._states: dict[object, tuple[int, ...]] = {}
        self._pending: list[tuple[Owner, Callable[[], None]]] = []

    def finish(self) -> None:
        """Set the updates; doing so may bring new states, so until none is left. To be called at the step block."""
        while self._pending:
            owner, update = self._pending.pop(0)
            with self._builder.guards.on_behalf(owner):
                update()

    def _later(self, update: Callable[[], None]) -> None:
        """Set an update once everything is known, on behalf of whoever is being lowered now."""
        self._pending.append((self._builder.guards.owner, update))

    def _key(self, call: object, binding: Binding) -> object:
        return (call, tuple(sorted(binding.items())))

    def _initial(self, expression: t.Expression, binding: Binding, is_condition: bool = False) -> int:
        with self._builder.at_block(START):
            rule = self._condition if is_condition else self._number
            return rule(self._builder, expression, binding)

    def _value(self, node: int) -> Value:
        return Value(self._builder.graph, node)

    def _load(self, state: int) -> Value:
        return self._value(self._builder.load(state))

    # --- conditions

    def _latch(self, condition: t.Expression, binding: Binding) -> tuple[int, ...]:
        """States: has it been true; since when."""
        key = self._key(("ever", condition), binding)
        if key not in self._states:
            name, zero = f"ever #{len(self._states)}", self._builder.graph.number(0.0)
            self._states[key] = tuple(self._builder.state(one, "direct", zero) for one in (name, f"{name} since"))
            self._later(lambda: self._update_latch(condition, binding, self._states[key]))
        return self._states[key]

    def _update_latch(self, condition: t.Expression, binding: Binding, states: tuple[int, ...]) -> None:
        latched, since = (self._load(state) for state in states)
        is_first = self._value(self._condition(self._builder, condition, binding)) & ~latched.holds
        self._builder.set_update(states[0], choose(is_first, 1.0, latched).node)
        self._builder.set_update(states[1], choose(is_first, self._value(self._builder.time()), since).node)

    def ever(self, condition: t.Expression, binding: Binding) -> int:
        """Is a condition true, or has it been?"""
        now = self._value(self._condition(self._builder, condition, binding))
        if self._builder.is_start:
            return now.node
        latched, _ = self._latch(condition, binding)
        return (self._load(latched).holds | now).node

    def time_since(self, condition: t.Expression, binding: Binding) -> int:
        """The time since a condition was first true; 0 before."""
        if self._builder.is_start:
            return self._builder.graph.number(0.0)
        latched, since = (self._load(state) for state in self._latch(condition, binding))
        is_on, began, now = latched.holds, since, self._value(self._builder.time())
        dated = self._dated(condition, binding)
        if dated is not None:  # what was to happen before the run has happened on its day, not when the run began
            is_earlier = dated < self._value(self._builder.graph.number(self._builder.moment(self._builder.first_step)))
            is_on = is_on | (is_earlier & self._value(self._condition(self._builder, condition, binding)))
            began = choose(is_earlier, dated, since)
        return choose(is_on, now - began, 0.0).node

    def _dated(self, condition: t.Expression, binding: Binding) -> Value | None:
        """The day of a condition that is an event with a date; None for any other, and where no such day can lie before the run."""
        item = self._builder.scope.resolve(condition, binding) if isinstance(condition, t.Name) else None
        law = None if item is None else self._builder.laws.get(item.key)
        dated = None if law is None else law.dated()
        first = self._builder.moment(self._builder.first_step)
        return None if dated is None or (dated.known is not None and dated.known >= first) else dated

    # --- chains of smoothing or material delay

    def chain(self, call: t.Call, binding: Binding, order: int, start: t.Expression | None, is_material: bool) -> int:
        """`order` stages, each with its part of the time. A material delay keeps amounts in stages, smoothing keeps levels."""
        builder = self._builder
        if builder.is_start:
            return self._number(builder, start or call.arguments[0], binding)
        self._refuse_zero(call, binding)
        key = self._key(call, binding)
        if key not in self._states:
            level = self._value(self._initial(start or call.arguments[0], binding))
            part = self._above_zero(self._initial(call.arguments[1], binding)) / order
            content = level * part if is_material else level
            with (
                builder.at_block(START),
                builder.guards.on_behalf(builder.guards.owner),
            ):  # the stages start whatever branch is taken
                builder.guards.root(content.node)
            names = [f"{call.function} #{len(self._states)}.{stage}" for stage in range(order)]
            self._states[key] = tuple(builder.state(name, "integral", content.node) for name in names)
            self._later(lambda: self._update_chain(call, binding, self._states[key], is_material))
        last = self._load(self._states[key][-1])
        return (last / self._part(call, binding, order) if is_material else last).node

    def _above_zero(self, time: int) -> Value:
        """A time; no number where it is none."""
        return self._value(self._builder.graph.at_least_zero(time, zero_too=False))

    def _part(self, call: t.Call, binding: Binding, order: int) -> Value:
        """The time that each stage takes."""
        return self._above_zero(self._number(self._builder, call.arguments[1], binding)) / order

    def _refuse_zero(self, call: t.Call, binding: Binding) -> float | None:
        time = self._builder.graph.constant(self._number(self._builder, call.arguments[1], binding))
        if time is not None and not time > 0:
            message = f"the time of `{call.function}` is {time:g}; it must be longer than zero."
            self._builder.scope.problems.add(
                call.arguments[1].at, "zero-delay", message, "Leave the delay out, or give it a time."
            )
        return time

    def _update_chain(self, call: t.Call, binding: Binding, states: tuple[int, ...], is_material: bool) -> None:
        part = self._part(call, binding, len(states))
        inflow = self._value(self._number(self._builder, call.arguments[0], binding))
        for value in (part, inflow):  # what is no number is told under the name of whoever remembers, the stages have none
            self._builder.guards.root(value.node)
        for state in states:
            level = self._load(state)
            outflow = level / part if is_material else level
            change = inflow - outflow if is_material else (inflow - level) / part
            self._builder.set_update(state, change.node)
            inflow = outflow

    # --- fixed delays

    def fixed_delay(self, call: t.Call, binding: Binding) -> int:
        builder, graph = self._builder, self._builder.graph
        start = call.arguments[2] if len(call.arguments) > 2 else None
        if builder.is_start:
            return self._number(builder, start or call.arguments[0], binding)
        key = self._key(call, binding)
        if key not in self._states:
            length = self._length(call, binding)
            slot = len(builder.rings)
            builder.rings.append(RingSlot(length, self._initial(start or call.arguments[0], binding), -1))
            self._states[key] = (slot,)
            self._later(lambda: self._update_ring(call, binding, slot))
        return graph.leaf("ring", (self._states[key][0], builder.block), "step")

    def _length(self, call: t.Call, binding: Binding) -> int:
        time = self._refuse_zero(call, binding)
        problems, at = self._builder.scope.problems, call.arguments[1].at
        if time is None:
            help = "Use delay3 for a time that varies."
            problems.add(at, "not-constant", "the time of a fixed delay must be a fixed number.", help)
            return 1
        steps = min(time / self._builder.step, FAR) if time > 0 else 0.0
        length = round(steps)
        if 0 < steps < _LONGEST_DELAY and abs(steps - length) > 1e-6 * steps:
            unit, step = self._builder.scope.units.time_unit, self._builder.step
            near = " or ".join(f"{number * step:.10g} {unit}" for number in (math.floor(steps), math.floor(steps) + 1) if number)
            message = f"a fixed delay is a whole number of steps; this one takes {steps:.6g}."
            problems.add(at, "not-whole-steps", message, f"Write {near}, or change the step.")
            return max(1, length)
        if time > 0 and not 1 <= length <= _LONGEST_DELAY:
            help = "Change the delay or the step."
            problems.add(
                at,
                "bad-delay",
                f"a fixed delay takes 1 to {_LONGEST_DELAY} steps; this one takes {length}.",
                help,
            )
        return min(max(length, 1), _LONGEST_DELAY)

    def _update_ring(self, call: t.Call, binding: Binding, slot: int) -> None:
        builder = self._builder
        old = builder.rings[slot]
        builder.rings[slot] = RingSlot(old.length, old.initial, self._number(builder, call.arguments[0], binding))
