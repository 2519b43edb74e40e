"""`event`: something that happens at a moment: on a date, when a condition begins to hold, or at a rate.

As a condition its name says that it has happened. `pulse(NAME)` is what a firing adds to a flow, `count(NAME)` how often it has fired.
"""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from foedus.compile.amounts import known_in, known_steps, step_of
from foedus.compile.between import tell_if_between, tell_window
from foedus.compile.checks import is_chance, is_condition, is_moment
from foedus.compile.dimension import infer
from foedus.compile.kinds import expect
from foedus.compile.law import Law
from foedus.compile.meaning import Definition
from foedus.compile.override import Override, Overrides, OverrideWord
from foedus.compile.program import Guard, ReportSlot, SetValue, Told, Update
from foedus.compile.scope import Item, Pulse, Scope, spell
from foedus.compile.value import Value, choose
from foedus.constructs.hazard import Hazard
from foedus.language.clauses import Notes, indexed_name, moment
from foedus.language.construct import Construct, Example
from foedus.language.cursor import Clauses, Cursor
from foedus.language.expressions import expression
from foedus.language.printer import indexed_text, notes_text, print_expression
from foedus.language.source import Span
from foedus.language.tree import ClaimsPrior, DateLiteral, Expression, at_nowhere
from foedus.units import Unit

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = ["EVENT", "Event"]

_NEVER = math.inf


@dataclass(frozen=True)
class Event(Definition):
    """Something that happens at a moment. Exactly one of `rate`, `on`, `condition` is set; moments are dates or times with a unit.

    Attributes:
        indices: over which there is one event for each element.
        rate: how often per time, as that of a Poisson process.
        on: the day.
        condition: it fires when this begins to hold.
        chance: that it happens on the day, or when the condition begins to hold.
        after, until: the time in which it may happen.
        is_repeating: does it fire again, or once?
    """

    kind: ClassVar[str] = "event"
    is_watched: ClassVar[bool] = False
    lasts: ClassVar[bool] = False

    name: str
    indices: tuple[str, ...]
    rate: Expression | None = None
    on: Expression | None = None
    condition: Expression | None = None
    chance: Expression | None = None
    after: Expression | None = None
    until: Expression | None = None
    is_repeating: bool = False
    label: str = ""
    because: str = ""
    at: Span = at_nowhere()

    @classmethod
    def parse(cls, cursor: Cursor) -> Event:
        at = cursor.advance().at
        name, indices, _ = indexed_name(cursor, "of an event")
        extra, clauses = Notes(), Clauses(cursor)
        parts: dict[str, Expression] = {}
        is_repeating = False
        while not cursor.at_statement_end():
            if clauses.takes("at"):
                cursor.needs("rate")
                parts["rate"] = expression(cursor)
            elif clauses.takes("on"):
                parts["on"] = moment(cursor)
            elif clauses.takes("when"):
                parts["condition"] = expression(cursor)
            elif clauses.takes("with"):
                cursor.needs("chance")
                parts["chance"] = expression(cursor)
            elif clauses.takes("after"):
                parts["after"] = moment(cursor)
            elif clauses.takes("until"):
                parts["until"] = moment(cursor)
            elif clauses.takes("repeating"):
                is_repeating = True
            elif not extra.take(cursor):
                break
        if len({"rate", "on", "condition"} & set(parts)) != 1:
            message = f"event `{name}` needs one way to come about."
            raise cursor.problem("bad-event", message, "Write `at rate …`, `on DATE` or `when CONDITION`.", at)
        return cls(
            name, indices, **parts, is_repeating=is_repeating, label=extra.label, because=extra.because, at=at.to(cursor.last)
        )

    def spell(self) -> str:
        text = f"event {indexed_text(self.name, self.indices)}"
        for word, found in (
            ("at rate", self.rate),
            ("on", self.on),
            ("when", self.condition),
            ("with chance", self.chance),
            ("after", self.after),
            ("until", self.until),
        ):
            text += f" {word} {print_expression(found)}" if found is not None else ""
        return text + (" repeating" if self.is_repeating else "") + notes_text(self.label, self.because)

    def over(self) -> tuple[str, ...]:
        return self.indices

    def check_element(self, scope: Scope, item: Item) -> None:
        if self.rate is not None:
            found = infer(scope, self.rate, item.binding)
            expect(scope, found, Unit().over(scope.units.time), self.rate.at, f"the rate of event `{self.name}`")
        if self.condition is not None:
            is_condition(scope, self.condition, item.binding)
        if self.chance is not None:
            is_chance(scope, self.chance, item.binding)
            if self.rate is not None:
                scope.problems.add(
                    self.at, "bad-event", "an event at a rate takes no chance.", "Multiply the rate by the chance."
                )
        is_moment(scope, (self.on, self.after, self.until), item.binding)
        self._refuse_outside(scope)
        self._refuse_idle(scope)

    def _refuse_outside(self, scope: Scope) -> None:
        """A rate that is known, and below zero; one that hangs on parameters counts as none there."""
        rate = None if self.rate is None else known_in(scope, self.rate, Unit())
        if rate is not None and rate < 0:
            scope.problems.add(self.rate.at, "bad-event", "a rate below zero is none.", "Write a positive rate.")  # type: ignore[union-attr]

    def _refuse_idle(self, scope: Scope) -> None:
        """What would be passed over, and a time in which nothing can happen."""
        if self.on is not None and (self.after is not None or self.until is not None or self.is_repeating):
            message = "an event on a day takes no `after`, `until` or `repeating`."
            scope.problems.add(self.at, "bad-event", message, "Leave it out, or write `when time >= DATE`.")
        elif isinstance(self.after, DateLiteral) and isinstance(self.until, DateLiteral) and self.until.value <= self.after.value:
            message = f"event `{self.name}` may happen after {self.after.value} and until {self.until.value}: never."
            scope.problems.add(self.until.at, "bad-event", message, "Swap the dates.")

    def needs(self, at_start: bool) -> Sequence[Expression | None]:
        return [] if self.rate is not None else [self.on, self.condition, self.chance, self.after, self.until]

    @property
    def pulse(self) -> Pulse | None:
        return None if self.rate is None else Pulse((self.rate, self.after, self.until), self.is_repeating)

    def overridden(self, builder: Builder, item: Item, override: Override, found: Overrides) -> None:
        """A scenario sets the moment at which it has happened, and at which it happens."""
        fired, now = builder.override(spell(item.key)), builder.override(f"{spell(item.key)} now")
        never, value = builder.last_step + 10, override.value
        if isinstance(value, OverrideWord) and value.text == "never":
            moment = never
        elif override.is_moment and not isinstance(value, OverrideWord | ClaimsPrior):
            moment = step_of(builder.scope, value, builder.step, never)
            tell_if_between(builder, value, f"event `{self.name}` is set to come on", "comes on")
            if not builder.first_step <= moment <= builder.last_step:
                builder.scope.problems.add(
                    override.at, "outside-horizon", "this moment lies outside the run.", "Change the date."
                )
        else:
            help = "Write `= on DATE` or `= never`."
            builder.scope.problems.add(override.at, "bad-override", "an event is overridden by a moment.", help)
            return
        found.values += [SetValue(-1, fired, 1.0, moment, never, 0.0), SetValue(-1, now, 1.0, moment, moment + 1, 0.0)]

    def is_so_anyway(self, builder: Builder, item: Item, override: Override) -> bool:
        """Does it come on that day by itself, or never?"""
        own = known_steps(builder.scope, self.on, builder.step)
        value = override.value
        if own is None:
            return False
        if isinstance(value, OverrideWord):
            return math.ceil(own) > builder.last_step
        is_sure = self.chance is None and not isinstance(value, ClaimsPrior)
        return is_sure and step_of(builder.scope, self.on, builder.step, -1) == step_of(builder.scope, value, builder.step, -2)  # type: ignore[arg-type]

    def law(self, builder: Builder, item: Item) -> Law:
        if self.on is not None:
            return _OnDate(builder, item, self, self.on)
        if self.condition is not None:
            return _ByCondition(builder, item, self, self.condition)
        assert self.rate is not None
        return _AtRate(builder, item, self, self.rate)


class _Law(Law):
    """What every event has: the moment at which it fired first."""

    def __init__(self, builder: Builder, item: Item, event: Event) -> None:
        super().__init__(builder, item)
        self.event, self.name = event, f"event {spell(item.key)}"
        self._warn_of_shut_window()
        tell_window(builder, f"event `{event.name}` may happen", event.after, event.until)
        told = None if event.on is None else self.told("time")
        self.first_time = self.state(f"{self.name} first time", _NEVER, told)

    def _warn_of_shut_window(self) -> None:
        """Where it may happen only before the run begins, or after it ends."""
        builder, after, until = self.builder, self.event.after, self.event.until
        shut: list[tuple[Expression, str]] = []
        if (
            isinstance(after, DateLiteral)
            and step_of(builder.scope, after, builder.step, builder.last_step + 1) > builder.last_step
        ):
            shut.append((after, "after the end of the run"))
        if isinstance(until, DateLiteral) and step_of(builder.scope, until, builder.step, 1) <= builder.first_step:
            shut.append((until, "before the run begins"))
        for end, where in shut:
            message = f"event `{self.event.name}` may happen only {where}: it never does."
            builder.scope.problems.warn(end.at, "after-the-end", message, "Change the date, or take the event out.")

    def told(self, stage: str) -> Told:
        """What a state tells about it."""
        return Told("event", spell(self.item.key), stage)

    def may_fire(self) -> Value:
        """Is this the time in which it may?"""
        allowed = self.truth(True)
        if self.event.after is not None:
            allowed = allowed & (self.amount(self.event.after) <= self.time)
        if self.event.until is not None:
            allowed = allowed & (self.time < self.amount(self.event.until))
        return allowed

    @abstractmethod
    def firings(self) -> Value:
        """How often does it fire on this step by itself?"""

    @abstractmethod
    def move(self) -> list[Guard]:
        """Set the updates of what it counts."""

    def now(self, option: str = "") -> Value:
        found = self.firings().number
        if self.builder.is_overridden(self.item.key):
            found = self.value(self.builder.overridable(f"{spell(self.item.key)} now", found.node))
        return found

    def count(self, option: str = "") -> Value:
        """So often as it holds: once, where it comes on a date or a scenario sets it."""
        return self.value(self.builder.value(self.item.key)).number

    def finish(self) -> list[Guard]:
        with self.builder.guards.on_behalf(self.owner()):
            first = self.load(self.first_time)
            is_first = self.value(self.builder.value(self.item.key)) & first.equals(_NEVER)
            self.update(self.first_time, choose(is_first, self.time, first))
            return self.move()

    def tell(self) -> list[ReportSlot]:
        time = self.load(self.first_time).node
        return [ReportSlot("event", spell(self.item.key), self.event.label, "time", time, self.event.name)]


class _OnDate(_Law):
    """On a day, with a chance that is drawn once for each future."""

    def __init__(self, builder: Builder, item: Item, event: Event, on: Expression) -> None:
        super().__init__(builder, item, event)
        self.on = on
        tell_if_between(builder, on, f"event `{event.name}` is to come on", "comes on")
        is_fixed = isinstance(on, DateLiteral) and not builder.is_overridden(item.key)
        if is_fixed and step_of(builder.scope, on, builder.step, builder.last_step + 1) > builder.last_step:
            message = f"event `{event.name}` comes on a day after the end of the run: it never happens."
            builder.scope.problems.warn(on.at, "after-the-end", message, "Make the run longer, or take the event out.")

    def dated(self) -> Value | None:
        dated = self.amount(self.on)
        if not self.builder.is_overridden(self.item.key):
            return dated
        slot = self.builder.override(spell(self.item.key))  # a scenario's own date never lies before the run
        is_set = self.value(self.builder.graph.leaf("override_active", slot, "time", is_condition=True))
        return choose(is_set, self.builder.moment(self.builder.last_step), dated)

    def worth(self) -> Value:
        has_come = self.amount(self.on) <= self.time
        if self.event.chance is None:
            return has_come
        luck = self.uniform(self.name)
        return has_come & (luck < self.amount(self.event.chance))

    def firings(self) -> Value:
        earlier = self.value(self.builder.step_before())
        had_come = self.amount(self.on) <= earlier
        return self.worth() & ~had_come

    def move(self) -> list[Guard]:
        return []


class _ByCondition(_Law):
    """When a condition begins to hold; each time that it does, where it repeats."""

    def __init__(self, builder: Builder, item: Item, event: Event, condition: Expression) -> None:
        super().__init__(builder, item, event)
        self.cause = condition
        self.counted = self.state(f"{self.name} count", tells=self.told("count"))
        self.before = self.state(f"{self.name} before")
        has_luck = event.is_repeating and event.chance is not None
        self.luck = self.state(f"{self.name} luck", self.uniform(self.name)) if has_luck else None

    def worth(self) -> Value:
        if self.builder.is_start:
            return self.truth(False)
        return (self.constant(0.5) < self.load(self.counted)) | self.firings()

    def firings(self) -> Value:
        is_new = self._holds() & ~self.load(self.before).holds
        if self.event.chance is None:
            return is_new
        luck = self.uniform(self.name) if self.luck is None else self.load(self.luck)
        return is_new & (luck < self.amount(self.event.chance))

    def _holds(self) -> Value:
        return self.condition(self.cause) & self.may_fire()

    def count(self, option: str = "") -> Value:
        if self.builder.is_overridden(self.item.key):
            return super().count()
        return self.load(self.counted) + self.firings().number

    def move(self) -> list[Guard]:
        holds, before = self._holds(), self.load(self.before)
        self.update(self.before, (holds if self.event.is_repeating else holds | before.holds).number)
        self.update(self.counted, self.load(self.counted) + self.firings().number)
        return [] if self.luck is None else [self._drawn_anew(self.luck, holds & ~before.holds)]

    def _drawn_anew(self, luck: int, tried: Value) -> Guard:
        """Each attempt has its own luck."""
        attempts = self.state(f"{self.name} attempts")
        number = self.load(attempts) + tried.number
        self.update(attempts, number)
        return Guard(tried.node, (Update(luck, self.uniform(self.name, number).node),))


class _AtRate(_Law):
    """At a rate: as often as thresholds are passed by the hazard, which grows by the rate."""

    def __init__(self, builder: Builder, item: Item, event: Event, rate: Expression) -> None:
        super().__init__(builder, item, event)
        self.rate, self.counted = rate, self.state(f"{self.name} count", tells=self.told("count"))
        self.hazard = Hazard(self, self.name, self.counted, self._growth, event.is_repeating)

    def worth(self) -> Value:
        if self.builder.is_start:
            return self.truth(False)
        return self.constant(0.5) < self.load(self.counted)

    def firings(self) -> Value:
        return self.hazard.step().firings

    def _growth(self) -> Value:
        allowed = self.may_fire()
        with self.under(allowed):
            rate = self.finite(self.amount(self.rate))
        return choose(allowed, rate, 0.0).at_least(0.0)

    def count(self, option: str = "") -> Value:
        return super().count() if self.builder.is_overridden(self.item.key) else self.load(self.counted)

    def move(self) -> list[Guard]:
        guards = self.hazard.move()
        self.update(self.counted, self.load(self.counted) + self.firings())
        return guards


_BESIDE = """\
unit shell
stock shells : shell = 100 shell
let tension : 1 = 0.5
param impact : 1 = 0.3"""
EXAMPLES = (
    Example(
        'event summit on 2024-11-20 with chance 70 % because "not yet confirmed"', "On a day, with a chance that is drawn once."
    ),
    Example(
        "event ratified at rate 1/3 per month after 2024-11-01 until 2025-01-15",
        "At a rate of one in three months, in the time in which it may happen: once.",
    ),
    Example(
        """\
event strike at rate 2 per month * tension repeating
flow  hit : shells -> outside = shells * impact * pulse(strike)""",
        "Again and again; at each firing three tenths of the shells are lost.",
        _BESIDE,
    ),
    Example(
        "event shortage when shells < 20 shell with chance 0.5 repeating",
        "Each time that the condition begins to hold, with a chance of its own.",
        _BESIDE,
    ),
)
EVENT = Construct(
    "event",
    Event.parse,
    (Event,),
    "at rate, on, when, with chance, after, until, repeating, because",
    is_variable=True,
    examples=EXAMPLES,
)
