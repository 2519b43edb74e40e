"""`noise`: a number that is drawn anew on a schedule, with or without memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from foedus.compile.amounts import constant_in, duration_steps, is_bare, share_in
from foedus.compile.dimension import infer
from foedus.compile.kinds import expect
from foedus.compile.law import Law
from foedus.compile.meaning import Definition
from foedus.compile.program import Block, Update
from foedus.compile.scope import Item, Scope, spell
from foedus.compile.starts import check_start
from foedus.compile.value import Value, exp, normal_quantile, square_root
from foedus.language.clauses import every_duration, indexed_name, notes
from foedus.language.construct import Construct, Example
from foedus.language.cursor import Cursor
from foedus.language.expressions import expression, prior, unit
from foedus.language.printer import indexed_text, notes_text, number_text, print_expression, print_prior, unit_text
from foedus.language.source import Span
from foedus.language.tree import Expression, FamilyPrior, IntervalPrior, Number, UnitExpression, at_nowhere
from foedus.units import Unit

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = ["NOISE", "Noise"]

_FAMILIES = ("normal", "lognormal", "uniform", "logitnormal")
_MOST_DEVIATIONS = 64.0  # no noise is so many standard deviations away


@dataclass(frozen=True)
class Noise(Definition):
    """A number that is drawn anew on a schedule.

    Attributes:
        indices: over which there is one noise for each element.
        distribution: normal, lognormal, logitnormal or uniform, with arguments that do not change in time.
        every: the time between two draws.
        memory: the time after which e^-1 of a deviation is left; None if each draw is independent of the last.
    """

    kind: ClassVar[str] = "noise"

    name: str
    indices: tuple[str, ...]
    unit: UnitExpression
    distribution: FamilyPrior
    every: Number
    memory: Expression | None = None
    label: str = ""
    because: str = ""
    at: Span = at_nowhere()

    @classmethod
    def parse(cls, cursor: Cursor) -> Noise:
        at = cursor.advance().at
        name, indices, _ = indexed_name(cursor, "of a noise")
        cursor.needs(":", "and the unit")
        found = unit(cursor)
        cursor.needs("~", "and a distribution")
        law = prior(cursor)
        if not isinstance(law, FamilyPrior) or law.family not in _FAMILIES:
            message = "a noise is normal, lognormal, logitnormal or uniform."
            raise cursor.problem("bad-noise", message, "Write `~ lognormal(0, 0.15)`.", law.at)
        cursor.needs("every", "and how often it is drawn anew")
        every = every_duration(cursor)
        memory = expression(cursor, 5) if cursor.takes("memory") else None
        extra = notes(cursor)
        return cls(name, indices, found, law, every, memory, extra.label, extra.because, at.to(cursor.last))

    def spell(self) -> str:
        text = f"noise {indexed_text(self.name, self.indices)} : {unit_text(self.unit)} ~ {print_prior(self.distribution)}"
        text += f" every {number_text(self.every)}"
        text += f" memory {print_expression(self.memory, 5)}" if self.memory else ""
        return text + notes_text(self.label, self.because)

    def over(self) -> tuple[str, ...]:
        return self.indices

    def unit_in(self, scope: Scope) -> Unit:
        return scope.unit(self.unit)

    def arguments(self) -> Iterator[Expression]:
        """Of the distribution."""
        for argument in self.distribution.arguments:
            if not isinstance(argument, FamilyPrior | IntervalPrior):  # which only a mixture has
                yield argument

    def check_element(self, scope: Scope, item: Item) -> None:
        unit, family = scope.symbols[self.name].unit or Unit(), self.distribution.family
        arguments = list(self.arguments())
        for argument in arguments:
            found = infer(scope, argument, item.binding)
            if not is_bare(argument):
                wanted = unit if family in ("normal", "uniform") else Unit()
                expect(scope, found, wanted, argument.at, f"noise `{self.name}`")
        spread = arguments[1]
        if family != "uniform" and is_bare(spread) and constant_in(scope, spread, Unit(), "the spread of a noise") < 0:
            scope.problems.add(spread.at, "bad-prior", f"the spread of noise `{self.name}` is negative.", "Use a number above 0.")
        if self.memory is not None:
            found = infer(scope, self.memory, item.binding)
            expect(scope, found, scope.units.time, self.memory.at, "the memory of a noise")
        if self.distribution.above is not None or self.distribution.below is not None:
            scope.problems.add(self.at, "bad-noise", "a noise cannot be truncated.", "Use `clip` where it is read.")

    @classmethod
    def check_all(cls, scope: Scope) -> None:
        """Its arguments are known before anything is drawn."""
        for item in scope.items("noise"):
            if isinstance(item.statement, Noise):
                arguments = [*item.statement.arguments(), item.statement.memory]
                for argument in arguments:
                    if argument is not None:
                        what = f"an argument of noise `{spell(item.key)}`"
                        check_start(scope, item, argument, what, "not-constant", "Use numbers and parameters.")

    def needs(self, at_start: bool) -> Sequence[Expression | None]:
        return []

    def law(self, builder: Builder, item: Item) -> Law:
        return _Law(builder, item, self)


class _Law(Law):
    """A latent standard number z that is drawn anew, z := r z + sqrt(1 - r r) e, and the level that the model reads."""

    def __init__(self, builder: Builder, item: Item, noise: Noise) -> None:
        super().__init__(builder, item)
        self.noise, self.name, self.family = noise, spell(item.key), noise.distribution.family
        self.unit = builder.scope.symbols[noise.name].unit or Unit()
        first = self.uniform(f"noise:{self.name}:start")
        start = first if self.family == "uniform" else normal_quantile(first)
        self.latent = self.state(f"noise {self.name} latent", start)
        self.level = self.state(f"noise {self.name}", self._shaped(start))

    def worth(self) -> Value:
        return self.load(self.level)

    def _argument(self, position: int) -> Value:
        expression, unit = list(self.noise.arguments())[position], self.unit
        if self.family in ("normal", "uniform") and is_bare(expression):
            return self.constant(constant_in(self.builder.scope, expression, unit, "an argument of a noise") * unit.scale)
        value = self.amount(expression)
        if value.changes:
            help = "Use numbers and parameters."
            self.builder.scope.problems.add(
                expression.at, "not-constant", "the arguments of a noise must not change in time.", help
            )
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
        if self.family == "lognormal":
            return exp(linear) * self.unit.scale
        if self.family == "logitnormal":
            return self.value(self.builder.graph.logistic(linear.node)) * (self.unit.scale * share_in(self.unit))
        return linear

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

    def _memory(self, memory: Expression, every: int) -> tuple[Value, Value]:
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


EXAMPLES = (
    Example(
        'noise weather : 1 ~ lognormal(0, 0.15) every week memory 3 weeks because "spread of weekly losses"',
        "A factor around 1, drawn each week, that forgets a deviation within weeks.",
    ),
    Example("noise mood : 1 ~ uniform(-1, 1) every 4 weeks", "Each time any number from -1 to 1, whatever it was before."),
)
NOISE = Construct("noise", Noise.parse, (Noise,), "every, memory, because", is_variable=True, examples=EXAMPLES)
