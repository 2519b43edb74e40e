"""Where a program is built: its graph, the block that one is at, and the states, streams and slots that it has so far."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager

from foedus.compile.amounts import date_offset, known_steps, step_of
from foedus.compile.graph import Graph
from foedus.compile.moments import is_binary, moment
from foedus.compile.places import CHARTS, START, STEP
from foedus.compile.problems import Problems
from foedus.compile.program import GivenSlot, OverrideSlot, ParameterSlot, RingSlot, StateSlot, Told
from foedus.compile.scope import Key, Scope
from foedus.language import tree as t
from foedus.language.calendar import Calendar

__all__ = ["Site"]

_SLACK = 1e-9  # of a step: far more than rounding, far less than a day
_GIVEN_DRAWS = 8  # of a stream that counts: an event that fires more often goes on with the stream itself


class Site:
    """What a program is made of while it is built.

    A block is a number: START for starting values, STEP for the step proper, 1, 2, … for what happens at moments of a schedule.
    Loads of states belong to a block, because a block may change a state before the next one reads it.
    """

    def __init__(
        self, scope: Scope, step: float, first_step: int, last_step: int, overridden: dict[Key, bool], is_given: bool = False
    ) -> None:
        self.scope = scope
        self.is_given = is_given
        self.graph = Graph()
        self.step = step
        self.first_step = first_step
        self.last_step = last_step
        self.block = STEP
        self.compares_nearly = False
        self.states: list[StateSlot] = []
        self.rings: list[RingSlot] = []
        self.streams: list[str] = []
        self.overrides: list[OverrideSlot] = []
        self.parameters: list[ParameterSlot] = []
        self.given: list[GivenSlot] = []
        self.parameter_of: dict[Key, int] = {}
        self.start_of: dict[Key, int] = {}  # stock -> the parameter that it begins from
        self.override_of: dict[str, int] = {}
        self._overridden = overridden  # target -> does any scenario override it only for a while?
        self._state_of: dict[str, int] = {}

    # --- where we are

    @contextmanager
    def at_block(self, block: int) -> Iterator[None]:
        before, self.block = self.block, block
        try:
            yield
        finally:
            self.block = before

    @property
    def is_start(self) -> bool:
        return self.block == START

    def time(self) -> int:
        """The time since the as-of date, now."""
        if self.is_start:
            return self.graph.number(self.moment(self.first_step))
        return self.graph.leaf("step_time", None, "time")

    def moment(self, steps: float) -> float:
        """The time after so many steps."""
        return moment(self.step, float(steps))

    def step_before(self) -> int:
        """The time of the step before; where steps are no sums without rounding, so little later that nothing of that step is missed."""
        length = self.step if is_binary(self.step) else self.step * (1 - _SLACK)
        return self.graph.make("subtract", self.time(), self.graph.number(length))

    @property
    def calendar(self) -> Calendar | None:
        return self.scope.calendar

    @property
    def time_unit(self) -> str:
        return self.scope.units.time_unit

    @property
    def problems(self) -> Problems:
        return self.scope.problems

    def known_steps(self, where: t.Expression | None) -> float | None:
        """How many steps after the start a moment lies; None where that is not known before the run."""
        return known_steps(self.scope, where, self.step)

    def first_at(self, where: t.Expression) -> int:
        """The first step at or after a moment."""
        return step_of(self.scope, where, self.step, 0)

    def date(self, date: t.DateLiteral) -> int:
        return self.graph.number(date_offset(self.scope, date.value))

    # --- states, streams, overrides

    def state(self, name: str, kind: str, initial: int, tells: Told | None = None) -> int:
        """A new state; its update is set later."""
        slot = len(self.states)
        self.states.append(StateSlot(name, kind, initial, tells=tells))
        self._state_of[name] = slot
        return slot

    def state_named(self, name: str) -> int | None:
        return self._state_of.get(name)

    def set_update(self, slot: int, update: int) -> None:
        self.states[slot] = dataclasses.replace(self.states[slot], update=update)

    def load(self, slot: int) -> int:
        """The state as the present block finds it."""
        if self.is_start:
            return self.states[slot].initial
        return self.graph.leaf("state", (slot, STEP if self.block == CHARTS else self.block), "step")

    def stream(self, name: str) -> int:
        if name not in self.streams:
            self.streams.append(name)
        return self.streams.index(name)

    def uniform(self, name: str, count: int | None = None) -> int:
        """A draw of a stream in each future: the first one, or the one that a counting value names."""
        slot = self.stream(name)
        if self.is_given:
            return self._given_uniform(name, count)
        if count is None:
            return self.graph.leaf("uniform", slot, "future")
        return self.graph.leaf("uniform", slot, "step" if self.graph.constant(count) is None else "future", count)

    def luck(self, name: str, count: int) -> int:
        """A draw of a stream that is never handed in."""
        return self.graph.leaf("uniform", self.stream(name), "step" if self.graph.constant(count) is None else "future", count)

    def uniform_periodic(self, name: str, every: int, offset: int, start: int) -> int:
        """A draw that is new at each occurrence of the present block: at steps k >= start with (k - offset) divisible by `every`."""
        slot = self.stream(name)
        if self.is_given:
            first, last = ((step - offset) // every for step in (start, self.last_step))
            number = self._given_slot(name, max(1, last - first + 1), first, every, offset)
            return self.graph.leaf("given_periodic", (number, self.block), "step")
        return self.graph.leaf("uniform_periodic", (slot, self.block), "step")

    def _given_uniform(self, name: str, count: int | None) -> int:
        """The same from the inputs: the first draws one by one, later ones from the stream itself."""
        graph, slot = self.graph, self.given[self._given_slot(name, _GIVEN_DRAWS, 0, 0, 0)]
        first = graph.leaf("parameter", slot.row, "future")
        if count is None:
            return first
        value = graph.leaf("uniform", self.stream(name), "step", count)
        for number in reversed(range(slot.count)):
            draw = graph.leaf("parameter", slot.row + number, "future")
            value = graph.make("choose", graph.make("less", count, graph.number(number + 0.5)), draw, value)
        return value

    def _given_slot(self, name: str, count: int, first: int, every: int, offset: int) -> int:
        """The slot of a stream whose draws are handed in; the same one whenever it is asked for."""
        for number, slot in enumerate(self.given):
            if slot.stream == name:
                return number
        row = len(self.parameters) + sum(slot.count for slot in self.given)
        self.given.append(GivenSlot(name, row, count, first, every, offset))
        return len(self.given) - 1

    def override(self, name: str) -> int:
        if name not in self.override_of:
            self.override_of[name] = len(self.overrides)
            self.overrides.append(OverrideSlot(name))
        return self.override_of[name]

    def overridable(self, name: str, value: int, instead: int | None = None) -> int:
        """The value, or what a scenario sets in its place (or what stands instead of that) while it does."""
        slot = self.override(name)
        graph = self.graph
        active = graph.leaf("override_active", slot, "time", is_condition=True)
        replaced = graph.leaf("override_value", slot, "time") if instead is None else instead
        if graph.nodes[value].is_condition:
            replaced = graph.as_condition(replaced)
        return graph.make("choose", active, replaced, value)

    def is_overridden(self, key: Key) -> bool:
        return key in self._overridden

    def is_overridden_for_a_while(self, key: Key) -> bool:
        return self._overridden.get(key, False)

    def nearly_equal(self, left: int, right: int) -> int:
        """Equal up to one part in 10**9 of the larger."""
        graph = self.graph
        gap = graph.make("absolute", graph.make("subtract", left, right))
        larger = graph.make("maximum", graph.make("absolute", left), graph.make("absolute", right))
        return graph.make("less_equal", gap, graph.make("multiply", graph.number(1e-9), larger))
