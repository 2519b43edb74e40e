"""`treaty`: what actors owe each other, in which case, and with which chance they keep it.

A treaty is *in force* while its first condition holds. Its case *arises* when the second one holds while it is in force, for the first
time; then it is drawn, once for each future, whether help is granted. It is *honoured* from that moment, or so long after it. The
conditions `in_force(NAME)`, `invoked(NAME)` and `honoured(NAME)` tell the rest of the model.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from foedus.compile.checks import is_chance, is_condition, is_known_actor
from foedus.compile.declare import define
from foedus.compile.dimension import infer
from foedus.compile.kinds import expect
from foedus.compile.law import Law
from foedus.compile.meaning import Definition
from foedus.compile.program import Guard, ReportSlot, Told
from foedus.compile.scope import Item, Scope
from foedus.compile.value import Value, choose
from foedus.constructs.variable import Parameter
from foedus.language.clauses import Notes
from foedus.language.construct import Construct, Example
from foedus.language.cursor import Clauses, Cursor
from foedus.language.expressions import expression, prior
from foedus.language.printer import clauses_text, notes_text, print_expression, print_prior, quoted
from foedus.language.source import Span
from foedus.language.tree import Expression, Prior, UnitExpression, at_nowhere

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = ["TREATY", "Treaty"]

_NEVER = math.inf
_STAGES = ("in_force", "invoked", "honoured")


@dataclass(frozen=True)
class Treaty(Definition):
    """What actors owe each other in some case, and with which chance they keep it.

    Attributes:
        parties: two actors or more.
        in_force: the condition under which it binds.
        obliges: to what, in words.
        trigger: the case in which it obliges.
        chance: that it is honoured then: a number, or a prior, which becomes the parameter `NAME_chance`.
        early_chance: the same if the case arises before it is in force; None for no chance.
        delay: from the moment at which help is granted until it is there.
    """

    kind: ClassVar[str] = "treaty"
    is_kept: ClassVar[bool] = False
    is_watched: ClassVar[bool] = False
    may_be_set: ClassVar[bool] = False

    name: str
    parties: tuple[str, ...]
    in_force: Expression
    obliges: str
    trigger: Expression
    chance: Expression | Prior
    early_chance: Expression | None = None
    delay: Expression | None = None
    label: str = ""
    because: str = ""
    at: Span = at_nowhere()

    @classmethod
    def parse(cls, cursor: Cursor) -> Treaty:
        at = cursor.advance().at
        name = cursor.needs_name("of a treaty").text
        extra = Notes(cursor.strings())
        parties = _parties(cursor)
        cursor.takes(",")
        cursor.needs("in")
        cursor.needs("force")
        cursor.needs("when", "and the condition under which it is in force")
        in_force = expression(cursor)
        cursor.needs("obliges", "and to what the treaty obliges")
        obliges = cursor.needs_string("after `obliges`")
        cursor.needs("when", "and the case in which it obliges")
        trigger = expression(cursor)
        cursor.takes(",")
        for word in ("honoured", "with", "chance"):
            cursor.needs(word, "of the clause `honoured with chance …`")
        chance: Expression | Prior = prior(cursor) if cursor.takes("~") else expression(cursor, 5)
        early = delay = None
        clauses = Clauses(cursor)
        while not cursor.at_statement_end():
            if clauses.takes("or"):
                early = expression(cursor, 5)
                for word in ("before", "it", "is", "in", "force"):
                    cursor.needs(word, "of the clause `or … before it is in force`")
            elif clauses.takes("after"):
                delay = expression(cursor, 5)
            elif not extra.take(cursor):
                break
        return cls(
            name, parties, in_force, obliges, trigger, chance, early, delay, extra.label, extra.because, at.to(cursor.last)
        )

    def spell(self) -> str:
        chance = f"~ {print_prior(self.chance)}" if isinstance(self.chance, Prior) else print_expression(self.chance, 5)
        text = (
            f"treaty {self.name}{notes_text(self.label)} between {' and '.join(self.parties)},"
            f" in force when {print_expression(self.in_force)} obliges {quoted(self.obliges)}"
            f" when {print_expression(self.trigger)}, honoured with chance {chance}"
        )
        if self.early_chance is not None:
            text += f" or {print_expression(self.early_chance, 5)} before it is in force"
        return text + clauses_text(("after", self.delay)) + notes_text("", self.because)

    def declares(self) -> tuple[str, ...]:
        return (self.name, f"{self.name}_chance")

    def mentions(self) -> frozenset[str]:
        return frozenset(self.parties)

    def declare(self, scope: Scope) -> None:
        """A chance that is given by a prior is a parameter like any other."""
        define(scope, self)
        if isinstance(self.chance, Prior):
            name, label = f"{self.name}_chance", f"Chance that {self.name} is honoured"
            define(scope, Parameter(name, (), UnitExpression(()), None, self.chance, label, self.because, self.at))
            scope.chances[self.name] = name

    def check_element(self, scope: Scope, item: Item) -> None:
        if len(set(self.parties)) < 2:
            scope.problems.add(self.at, "bad-treaty", f"treaty `{self.name}` needs two parties.", "Write `between A and B`.")
        for party in self.parties:
            is_known_actor(scope, party, self.at)
        for condition in (self.in_force, self.trigger):
            is_condition(scope, condition, item.binding)
        for chance in (self.chance, self.early_chance):
            if chance is not None and not isinstance(chance, Prior):  # else it is a parameter, and looked at as such
                is_chance(scope, chance, {})
        if self.delay is not None:
            expect(scope, infer(scope, self.delay, {}), scope.units.time, self.delay.at, "a delay")

    def needs(self, at_start: bool) -> Sequence[Expression | None]:
        if at_start:
            return [self.in_force]
        return [
            self.in_force,
            self.trigger,
            None if isinstance(self.chance, Prior) else self.chance,
            self.early_chance,
            self.delay,
        ]

    def law(self, builder: Builder, item: Item) -> Law:
        return _Law(builder, item, self)


def _parties(cursor: Cursor) -> tuple[str, ...]:
    cursor.needs("between", "and the parties of the treaty")
    found = [cursor.needs_name("of an actor").text]
    while cursor.sees("and") or (cursor.sees(",") and cursor.ahead().text != "in"):
        cursor.advance()
        cursor.takes("and")
        found.append(cursor.needs_name("of an actor").text)
    return tuple(found)


@dataclass(frozen=True)
class _Now:
    """A treaty on this step: in force? Does its case arise for the first time? Too early? Is help granted?"""

    in_force: Value
    arises: Value
    early: Value
    grants: Value


class _Law(Law):
    """In force, invoked, honoured: whether help is granted is drawn once, when the case arises."""

    def __init__(self, builder: Builder, item: Item, treaty: Treaty) -> None:
        super().__init__(builder, item)
        self.treaty = treaty
        name = f"treaty {treaty.name}"
        self.times = {
            stage: self.state(f"{name} {stage} time", _NEVER, Told("treaty", treaty.name, stage))
            for stage in ("in_force", "invoked", "granted", "honoured")
        }
        self.invoked, self.early, self.granted = (self.state(f"{name} {what}") for what in ("invoked", "early", "granted"))

    def stage(self, stage: str) -> Value:
        now = self._now()
        if stage == "in_force":
            return now.in_force
        if self.builder.is_start:
            return self.truth(False)
        if stage == "invoked":
            return (self.load(self.invoked).holds | self.load(self.early).holds) | (now.arises | now.early)
        return self._honoured(now)

    def _now(self) -> _Now:
        in_force = self.condition(self.treaty.in_force)
        if self.builder.is_start:
            never = self.truth(False)
            return _Now(in_force, never, never, never)
        trigger = self.condition(self.treaty.trigger)
        arises = in_force & trigger & ~self.load(self.invoked).holds
        luck = self.uniform(f"treaty:{self.treaty.name}")
        with self.under(arises):
            grants = arises & (luck < self._chance())
        if self.treaty.early_chance is None:
            return _Now(in_force, arises, self.truth(False), grants)
        early = trigger & ~in_force & ~self.load(self.early).holds
        with self.under(early):
            soon = early & (luck < self.amount(self.treaty.early_chance))
        return _Now(in_force, arises, early, grants | soon)

    def _chance(self) -> Value:
        chance = self.treaty.chance
        if isinstance(chance, Prior):  # a parameter of its own
            return self.value(self.builder.value((self.builder.scope.chances[self.treaty.name], ())))
        return self.amount(chance)

    def _honoured(self, now: _Now) -> Value:
        granted = self.load(self.granted).holds | now.grants
        if self.treaty.delay is None:
            return granted
        since = self.load(self.times["granted"]).at_most(self.time)
        waited = self.time - choose(self.load(self.granted).holds, since, self.time)
        return granted & (self.amount(self.treaty.delay) <= waited)

    def finish(self) -> list[Guard]:
        with self.builder.guards.on_behalf(self.owner()):
            now = self._now()
            for state, happens in ((self.invoked, now.arises), (self.early, now.early), (self.granted, now.grants)):
                self.update(state, choose(happens, self.constant(1.0), self.load(state)))
            stages = {stage: self.stage(stage) for stage in _STAGES} | {"granted": now.grants}
            for stage, state in self.times.items():
                first = self.load(state)
                self.update(state, choose(stages[stage] & first.equals(_NEVER), self.time, first))
        return []

    def tell(self) -> list[ReportSlot]:
        name, label = self.treaty.name, self.treaty.label
        return [ReportSlot("treaty", name, label, stage, self.load(self.times[stage]).node, name) for stage in _STAGES]


EXAMPLES = (
    Example(
        """\
treaty partnership
  between north and east, in force when signed
  obliges "military assistance with all means"
  when invaded, honoured with chance 60 % after 4 weeks""",
        "Help is granted with a chance of 60 % once `invaded` holds after the signature, and is there four weeks later.",
        'actor north "The north", east "The east"\nevent signed on 2024-11-01\nevent invaded at rate 1/3 per month',
    ),
    Example(
        """\
treaty guarantee
  between north and east, in force when signed
  obliges "consultations"
  when invaded, honoured with chance ~ beta(4, 6) or 10 % before it is in force because "old guarantees kept, by one reading"
let helped : 1 = honoured(guarantee)""",
        "The chance is uncertain, and there is a small one even before the treaty binds; `honoured` tells the rest of the model.",
        'actor north "The north", east "The east"\nevent signed on 2024-11-01\nevent invaded at rate 1/3 per month',
    ),
)
TREATY = Construct(
    "treaty", Treaty.parse, (Treaty,), "or … before it is in force, after, because", is_variable=True, examples=EXAMPLES
)
