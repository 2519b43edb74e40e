"""Noise: numbers that are drawn anew on a schedule, with or without memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.compile.amounts import constant_in, duration_steps, is_bare
from foedus.compile.law import Law
from foedus.compile.program import Block, Update
from foedus.compile.scope import Item, spell
from foedus.compile.value import Value, exp, normal_quantile, square_root
from foedus.language import tree as t

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = ["NoiseLaw"]

_MOST_DEVIATIONS = 64.0  # no noise is so many standard deviations away


class NoiseLaw(Law):
    """A latent standard number z that is drawn anew, z := r z + sqrt(1 - r r) e, and the level that the model reads."""

    def __init__(self, builder: Builder, item: Item, noise: t.Noise) -> None:
        super().__init__(builder, item)
        self.noise, self.name, self.family = noise, spell(item.key), noise.distribution.family
        first = self.uniform(f"noise:{self.name}:start")
        start = first if self.family == "uniform" else normal_quantile(first)
        self.latent = self.state(f"noise {self.name} latent", start)
        self.level = self.state(f"noise {self.name}", self._shaped(start))

    def worth(self) -> Value:
        return self.load(self.level)

    def _argument(self, position: int) -> Value:
        expression = self.noise.distribution.arguments[position]
        unit = self.builder.scope.symbols[self.noise.name].unit
        assert unit is not None and not isinstance(expression, t.FamilyPrior | t.IntervalPrior)
        if self.family in ("normal", "uniform") and is_bare(expression):
            return self.constant(constant_in(self.builder.scope, expression, unit, "an argument of a noise") * unit.scale)
        value = self.amount(expression)
        if value.changes:
            help = "Use numbers and parameters."
            self.builder.scope.problems.add(expression.at, "not-constant", "the arguments of a noise must not change in time.", help)
        return value

    def _law(self) -> tuple[Value, Value]:
        """Where the noise lies and how far it spreads: mean and standard deviation, or lower end and width. A spread below zero is none."""
        first, second = self._argument(0), self._argument(1)
        if self.family == "uniform":
            second = second - first
        if (second.known or 0.0) < 0.0:
            at, help = self.noise.distribution.at, "Give the smaller end first, or the spread without its sign."
            self.builder.scope.problems.add(at, "bad-noise", "a noise spreads by no less than 0.", help)
        return first, self.value(self.builder.graph.at_least_zero(second.node))

    def _shaped(self, latent: Value) -> Value:
        """The noise's value from a standard normal (or, for a uniform noise, from a uniform) number."""
        first, second = self._law()
        linear = first + second * latent
        unit = self.builder.scope.symbols[self.noise.name].unit
        if self.family == "lognormal" and unit is not None:
            return exp(linear) * unit.scale
        return self.value(self.builder.graph.logistic(linear.node)) if self.family == "logitnormal" else linear

    def block(self, number: int) -> Block:
        """Draw the noise anew."""
        builder = self.builder
        every = duration_steps(builder.scope, self.noise.every, builder.step, "the time between two draws")
        with builder.at_block(number):
            draw = self.value(builder.uniform_periodic(f"noise:{self.name}", every, 0, builder.first_step))
            fresh = draw if self.family == "uniform" else normal_quantile(draw)
            memory: tuple[Value, ...] = ()
            if self.noise.memory is not None:
                kept, rest = memory = self._memory(self.noise.memory, every)
                fresh = kept * self.load(self.latent) + rest * fresh
            updates = (Update(self.latent, fresh.node), Update(self.level, self._shaped(fresh).node))
            self._rests_on(memory)
        return Block(f"noise {self.name}", every, 0, builder.first_step, builder.last_step, updates)

    def _memory(self, memory: t.Expression, every: int) -> tuple[Value, Value]:
        """What is kept of the old number, and the weight of the fresh one."""
        builder, problems = self.builder, self.builder.scope.problems
        if self.family == "uniform":
            problems.add(memory.at, "bad-noise", "a uniform noise has no memory.", "Use a normal one.")
        length = self.amount(memory)
        if length.changes:
            problems.add(memory.at, "not-constant", "a noise's memory must not change in time.", "Use a parameter.")
        if length.known is not None and not length.known > 0:
            problems.add(memory.at, "not-positive", "a noise's memory must be longer than zero.", "Leave it out.")
        length = self.value(builder.graph.at_least_zero(length.node, zero_too=False))
        kept = exp(-every * builder.step / length)
        return kept, square_root(1.0 - kept * kept)

    def _rests_on(self, memory: tuple[Value, ...]) -> None:
        """Tell the guards what must be finite so that the noise is so at all times: its law and its memory do not change."""
        if self.family == "lognormal":
            return  # e to a large number may be infinite
        first, second = (abs(value) for value in self._law())
        largest = self.constant(_MOST_DEVIATIONS) * (first + second)
        self.builder.guards.rests_on(self.item.key, (largest.node, *(value.node for value in memory)))
