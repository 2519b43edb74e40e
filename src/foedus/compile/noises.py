"""Noise: numbers that are drawn anew on a schedule, with or without memory."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from foedus.compile.amounts import constant_in, duration_steps, is_bare
from foedus.compile.lower import lower_number
from foedus.compile.program import Block, Update
from foedus.compile.scope import Item, Key, spell
from foedus.language import tree as t

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = ["Noises"]

_NEVER = math.inf
_MOST_DEVIATIONS = 64.0  # no noise is so many standard deviations away


class Noises:
    """The noises of a model: each has a latent standard number and the level that the model reads."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._states: dict[Key, tuple[Item, int, int]] = {}

    def __len__(self) -> int:
        return len(self._states)

    def declare(self, item: Item) -> None:
        builder, graph = self._builder, self._builder.graph
        name = spell(item.key)
        first = builder.uniform(f"noise:{name}:start")
        assert isinstance(item.statement, t.Noise)
        is_uniform = item.statement.distribution.family == "uniform"
        latent = builder.state(f"noise {name} latent", "direct", first if is_uniform else graph.make("normal_quantile", first))
        level = builder.state(f"noise {name}", "direct", self._shaped(item, builder.states[latent].initial))
        self._states[item.key] = (item, latent, level)

    def value(self, item: Item) -> int:
        """The level as the present block finds it."""
        return self._builder.load(self._states[item.key][2])

    def _argument(self, item: Item, position: int) -> int:
        builder = self._builder
        assert isinstance(item.statement, t.Noise)
        expression = item.statement.distribution.arguments[position]
        family = item.statement.distribution.family
        unit = builder.scope.symbols[item.key[0]].unit
        assert unit is not None and not isinstance(expression, t.FamilyPrior | t.IntervalPrior)
        if family in ("normal", "uniform") and is_bare(expression):
            return builder.graph.number(constant_in(builder.scope, expression, unit, "an argument of a noise") * unit.scale)
        value = lower_number(builder, expression, item.binding)
        if builder.graph.nodes[value].phase not in ("constant", "future"):
            help = "Use numbers and parameters."
            builder.scope.problems.add(expression.at, "not-constant", "the arguments of a noise must not change in time.", help)
        return value

    def _law(self, item: Item) -> tuple[int, int]:
        """Where the noise lies and how far it spreads: mean and standard deviation, or lower end and width. A spread below zero is none."""
        graph = self._builder.graph
        assert isinstance(item.statement, t.Noise)
        first, second = self._argument(item, 0), self._argument(item, 1)
        if item.statement.distribution.family == "uniform":
            second = graph.make("subtract", second, first)
        if (graph.constant(second) or 0.0) < 0.0:
            at, help = item.statement.distribution.at, "Give the smaller end first, or the spread without its sign."
            self._builder.scope.problems.add(at, "bad-noise", "a noise spreads by no less than 0.", help)
        return first, graph.at_least_zero(second)

    def _shaped(self, item: Item, latent: int) -> int:
        """The noise's value from a standard normal (or, for a uniform noise, from a uniform) number."""
        graph = self._builder.graph
        assert isinstance(item.statement, t.Noise)
        family = item.statement.distribution.family
        first, second = self._law(item)
        if family == "uniform":
            return graph.make("add", first, graph.make("multiply", second, latent))
        linear = graph.make("add", first, graph.make("multiply", second, latent))
        unit = self._builder.scope.symbols[item.key[0]].unit
        if family == "lognormal" and unit is not None:
            return graph.make("multiply", graph.make("exp", linear), graph.number(unit.scale))
        return graph.logistic(linear) if family == "logitnormal" else linear

    def blocks(self, first_number: int) -> list[Block]:
        """One block for each noise, numbered from `first_number`."""
        return [self._block(item, first_number + place) for place, (item, _, _) in enumerate(self._states.values())]

    def _block(self, item: Item, number: int) -> Block:
        """Draw the noise anew: z := r z + sqrt(1 - r r) e."""
        builder, graph = self._builder, self._builder.graph
        noise = item.statement
        assert isinstance(noise, t.Noise)
        every = duration_steps(builder.scope, noise.every, builder.step, "the time between two draws")
        _, latent, level = self._states[item.key]
        with builder.at_block(number):
            draw = builder.uniform_periodic(f"noise:{spell(item.key)}", every, 0, builder.first_step)
            fresh = draw if noise.distribution.family == "uniform" else graph.make("normal_quantile", draw)
            memory: tuple[int, ...] = ()
            if noise.memory is not None:
                memory = self._memory(item, noise.memory, every)
                kept, rest = (graph.make("multiply", *pair) for pair in zip(memory, (builder.load(latent), fresh), strict=True))
                fresh = graph.make("add", kept, rest)
            updates = (Update(latent, fresh), Update(level, self._shaped(item, fresh)))
            self._rests_on(item, memory)
        return Block(f"noise {spell(item.key)}", every, 0, builder.first_step, builder.last_step, updates)

    def _rests_on(self, item: Item, memory: tuple[int, ...]) -> None:
        """Tell the guards what must be finite so that the noise is so at all times: its law and its memory do not change."""
        assert isinstance(item.statement, t.Noise)
        if item.statement.distribution.family == "lognormal":
            return  # e to a large number may be infinite
        graph = self._builder.graph
        sizes = [graph.make("absolute", value) for value in self._law(item)]
        largest = graph.make("multiply", graph.number(_MOST_DEVIATIONS), graph.make("add", *sizes))
        self._builder.guards.rests_on(item.key, (largest, *memory))

    def _memory(self, item: Item, memory: t.Expression, every: int) -> tuple[int, int]:
        """What is kept of the old number, and the weight of the fresh one."""
        builder, graph = self._builder, self._builder.graph
        assert isinstance(item.statement, t.Noise)
        if item.statement.distribution.family == "uniform":
            builder.scope.problems.add(memory.at, "bad-noise", "a uniform noise has no memory.", "Use a normal one.")
        length = lower_number(builder, memory, item.binding)
        if builder.graph.nodes[length].phase not in ("constant", "future"):
            builder.scope.problems.add(memory.at, "not-constant", "a noise's memory must not change in time.", "Use a parameter.")
        fixed = graph.constant(length)
        if fixed is not None and not fixed > 0:
            builder.scope.problems.add(memory.at, "not-positive", "a noise's memory must be longer than zero.", "Leave it out.")
        length = graph.at_least_zero(length, zero_too=False)
        ratio = graph.make("divide", graph.number(-every * builder.step), length)
        kept = graph.make("exp", ratio)
        rest = graph.make("square_root", graph.make("subtract", graph.number(1.0), graph.make("multiply", kept, kept)))
        return kept, rest
