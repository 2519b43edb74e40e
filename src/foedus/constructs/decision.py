"""`decision`: an actor chooses, at moments of a schedule, between options that have utilities.

Of options with the utilities u, option i has the chance exp(u[i]) / (exp(u[1]) + … ). `NAME is OPTION` says which one holds; until the first
consideration it is the first one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from foedus.compile.amounts import duration_steps, step_of
from foedus.compile.between import tell_window
from foedus.compile.checks import is_condition, is_known_actor, is_moment
from foedus.compile.dimension import infer
from foedus.compile.kinds import expect
from foedus.compile.law import Law
from foedus.compile.meaning import Definition
from foedus.compile.override import Override, Overrides, OverrideWord
from foedus.compile.program import Block, Guard, ReportSlot, SetValue, Told, Update
from foedus.compile.scope import Item, Scope
from foedus.compile.value import Value, choose, exp, total
from foedus.language.clauses import Notes, every_duration, moment
from foedus.language.construct import Construct, Example
from foedus.language.cursor import Clauses, Cursor
from foedus.language.expressions import expression
from foedus.language.printer import clauses_text, notes_text, number_text, print_expression
from foedus.language.source import Span
from foedus.language.tree import Binary, Expression, Name, Not, Number, at_nowhere
from foedus.units import Unit

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = ["DECISION", "Decision", "Option"]

_NEVER = math.inf


@dataclass(frozen=True)
class Option:
    """What can be chosen, and how much it is wanted."""

    name: str
    utility: Expression
    at: Span = at_nowhere()


@dataclass(frozen=True)
class Decision(Definition):
    """A choice of an actor between options, considered on a schedule.

    Attributes:
        actor: who decides.
        every: the time between two considerations.
        options: two or more; the first one holds from the start.
        start, until: the time in which it is considered.
        condition: it is considered only while this holds.
        is_once: what has been chosen stays, once it is not the first option.
    """

    kind: ClassVar[str] = "decision"
    is_kept: ClassVar[bool] = False
    is_watched: ClassVar[bool] = False

    name: str
    actor: str
    every: Number
    options: tuple[Option, ...]
    start: Expression | None = None
    until: Expression | None = None
    condition: Expression | None = None
    is_once: bool = False
    label: str = ""
    because: str = ""
    at: Span = at_nowhere()

    @classmethod
    def parse(cls, cursor: Cursor) -> Decision:
        at = cursor.advance().at
        name = cursor.needs_name("of a decision").text
        extra = Notes(cursor.strings())
        cursor.needs("by", "and who decides")
        actor = cursor.needs_name("of an actor").text
        cursor.needs("every", "and how often it is considered")
        every = every_duration(cursor)
        parts: dict[str, Expression] = {}
        is_once, clauses = False, Clauses(cursor)
        while cursor.sees("from", "until", "when", "once") or cursor.token.kind == "string":
            if clauses.takes("from"):
                parts["start"] = moment(cursor)
            elif clauses.takes("until"):
                parts["until"] = moment(cursor)
            elif clauses.takes("when"):
                parts["condition"] = expression(cursor)
            elif clauses.takes("once"):
                is_once = True
            else:
                extra.take(cursor)
        options = _options(cursor)
        while extra.take(cursor):
            pass
        if len(options) < 2:
            message = f"decision `{name}` needs two options or more."
            raise cursor.problem("no-options", message, "Write `none : 0, act : a + b * x`.", at)
        return cls(
            name, actor, every, options, **parts, is_once=is_once, label=extra.label, because=extra.because, at=at.to(cursor.last)
        )

    def spell(self) -> str:
        options = ", ".join(f"{option.name} : {print_expression(option.utility)}" for option in self.options)
        text = f"decision {self.name}{notes_text(self.label)} by {self.actor} every {number_text(self.every)}"
        text += clauses_text(("from", self.start), ("until", self.until))
        text += f" when {print_expression(self.condition)}" if self.condition is not None else ""
        return text + (" once" if self.is_once else "") + f" {options}" + notes_text("", self.because)

    @property
    def choices(self) -> tuple[str, ...]:
        return tuple(option.name for option in self.options)

    def mentions(self) -> frozenset[str]:
        return frozenset((self.actor,))

    def check_element(self, scope: Scope, item: Item) -> None:
        is_known_actor(scope, self.actor, self.at)
        if len(set(self.choices)) != len(self.choices):
            scope.problems.add(self.at, "duplicate-name", f"decision `{self.name}` names an option twice.", "Rename one.")
        for option in self.options:
            expect(scope, infer(scope, option.utility, {}), Unit(), option.utility.at, f"the utility of `{option.name}`")
        if self.condition is not None:
            is_condition(scope, self.condition, item.binding)
        is_moment(scope, (self.start, self.until), {})

    def overridden(self, builder: Builder, item: Item, override: Override, found: Overrides) -> None:
        """A scenario sets the option that holds; it is chosen anew as the override begins."""
        value = override.value
        option = value.text if isinstance(value, OverrideWord) else value.name if isinstance(value, Name) else ""
        if option not in self.choices:
            message = f"decision `{self.name}` has no option `{option}`."
            builder.scope.problems.add(override.at, "unknown-option", message, f"Its options: {', '.join(self.choices)}.")
            return
        position, (start, end) = float(self.choices.index(option)), (override.start, override.end)
        choice, now = builder.override(self.name), builder.override(f"{self.name} now")
        found.values += [
            SetValue(-1, choice, position, start, end),
            SetValue(-1, now, -1.0, start, end),
            SetValue(-1, now, position, start, start + 1),
        ]

    def law(self, builder: Builder, item: Item) -> Law:
        return _Law(builder, item, self)


def _options(cursor: Cursor) -> tuple[Option, ...]:
    found = []
    while cursor.token.kind == "name" and cursor.ahead().text == ":":
        word = cursor.advance()
        cursor.advance()
        found.append(Option(word.text, expression(cursor), word.at.to(cursor.last)))
        cursor.takes(",")
    return tuple(found)


@dataclass(frozen=True)
class _Books:
    """States about one option: how often chosen, when first, its summed chance, the summed terms of its utility."""

    name: str
    utility: Expression
    count: int
    time: int
    chance: int
    terms: tuple[tuple[Expression, int], ...]


class _Law(Law):
    """A multinomial choice on a schedule: of options with the utilities u, option i has the chance exp(u[i]) / sum(exp(u))."""

    def __init__(self, builder: Builder, item: Item, decision: Decision) -> None:
        super().__init__(builder, item)
        self.decision, self.name = decision, f"decision {decision.name}"
        self.choice = self.state(self.name)
        self.chosen_now = self.state(f"{self.name} now", -1.0, Told("decision", decision.name, "now"))
        self.considered = self.state(f"{self.name} considered")
        self.books = [self._opened(option) for option in decision.options]

    def _opened(self, option: Option) -> _Books:
        name = f"{self.name}: {option.name}"
        count, time = self.state(f"{name} count"), self.state(f"{name} first time", _NEVER)
        chance = self.state(f"{name} chance", tells=Told("decision", self.decision.name, "chance", option.name))
        terms = tuple((term, self.state(f"{name} term {number}")) for number, term in enumerate(_terms_of(option.utility)))
        return _Books(option.name, option.utility, count, time, chance, terms)

    def _position(self, option: str) -> int:
        return [books.name for books in self.books].index(option)

    def chooses(self, option: str) -> Value:
        choice = self.load(self.choice)
        if self.builder.is_overridden(self.item.key) and not self.builder.is_start:
            choice = self.value(self.builder.overridable(self.decision.name, choice.node))
        return choice.equals(self._position(option))

    def now(self, option: str = "") -> Value:
        chosen = self.load(self.chosen_now)
        if self.builder.is_overridden(self.item.key):
            chosen = self.value(self.builder.overridable(f"{self.decision.name} now", chosen.node))
        return chosen.equals(self._position(option))

    def count(self, option: str = "") -> Value:
        count = self.load(self.books[self._position(option)].count)
        return count + self._set_now(option).number if self._may_be_set else count

    @property
    def _may_be_set(self) -> bool:
        """Is there a scenario that sets the option, in a block that knows of it?"""
        return self.builder.is_overridden(self.item.key) and not self.builder.is_start

    def _set_now(self, option: str) -> Value:
        """Does a scenario begin to set this option on this step?"""
        nothing = self.constant(-1.0).node
        return self.value(self.builder.overridable(f"{self.decision.name} now", nothing)).equals(self._position(option))

    def _is_free(self) -> Value:
        """Does no scenario set the option now? While one does, nothing is considered."""
        return self.value(self.builder.overridable(self.decision.name, self.constant(-1.0).node)) < self.constant(0.0)

    def considers(self) -> list[Expression]:
        condition = self.decision.condition
        return [*(option.utility for option in self.decision.options), *([] if condition is None else [condition])]

    def block(self, number: int) -> Block:
        """Consider the decision: draw an option by its chance, and keep the books."""
        builder, decision = self.builder, self.decision
        every = duration_steps(builder.scope, decision.every, builder.step, "the time between two considerations")
        tell_window(builder, f"decision `{decision.name}` is considered", decision.start, decision.until)
        first = step_of(builder.scope, decision.start, builder.step, builder.first_step)
        last = step_of(builder.scope, decision.until, builder.step, builder.last_step + 1) - 1
        begins, offset = max(first, builder.first_step), first if decision.start is not None else 0
        with builder.at_block(number), builder.guards.on_behalf(self.owner()):
            considered = self.truth(True) if decision.condition is None else self.condition(decision.condition)
            if decision.is_once:
                considered = considered & self.load(self.choice).equals(0.0)
            if self._may_be_set:
                considered = considered & self._is_free()
            draw = self.value(builder.uniform_periodic(f"decision:{decision.name}", every, offset, begins))
            with self.under(considered):
                chances = self._chances([self.finite(self.amount(books.utility)) for books in self.books])
                updates = self._updates(considered, self._drawn(draw, chances), chances)
        return Block(self.name, every, offset, begins, last, tuple(updates))

    def _chances(self, utilities: list[Value]) -> list[Value]:
        largest = utilities[0]
        for utility in utilities[1:]:
            largest = largest.at_least(utility)
        weights = [exp(utility - largest) for utility in utilities]
        whole = total(weights)
        return [weight / whole for weight in weights]

    def _drawn(self, draw: Value, chances: list[Value]) -> Value:
        """The number of the option whose stretch of (0, 1) the draw falls into; the default has the first stretch."""
        chosen, edge = self.constant(0.0), chances[0]
        for position in range(1, len(chances)):
            chosen = choose(edge <= draw, position, chosen)
            edge = edge + chances[position]
        return chosen

    def _updates(self, considered: Value, chosen: Value, chances: list[Value]) -> list[Update]:
        def added(state: int, value: Value) -> Update:
            counted = choose(considered, value, 0.0)
            return Update(state, (self.load(state) + counted).node)

        updates = [
            Update(self.choice, choose(considered, chosen, self.load(self.choice)).node),
            Update(self.chosen_now, choose(considered, chosen, -1.0).node),
            added(self.considered, self.constant(1.0)),
        ]
        for position, books in enumerate(self.books):
            is_this = chosen.equals(position)
            updates += [added(books.count, is_this.number), added(books.chance, chances[position])]
            first = self.load(books.time)
            is_first = considered & is_this & first.equals(_NEVER)
            updates.append(Update(books.time, choose(is_first, self.time, first).node))
            updates += [added(state, self.amount(term)) for term, state in books.terms]
        return updates

    def finish(self) -> list[Guard]:
        """Nothing is chosen anew until the next consideration; an option that a scenario begins to set goes into the books."""
        self.update(self.chosen_now, self.constant(-1.0))
        for books in self.books if self._may_be_set else ():
            is_set, first = self._set_now(books.name), self.load(books.time)
            self.update(books.count, self.load(books.count) + is_set.number)
            self.update(books.time, choose(is_set & first.equals(_NEVER), self.time, first))
        return []

    def tell(self) -> list[ReportSlot]:
        own, label = self.decision.name, self.decision.label
        found = [ReportSlot("decision", own, label, "considered", self.load(self.considered).node, own)]
        for books in self.books:
            states = [("time", books.time), ("chance", books.chance)]
            states += [(f"term {print_expression(term)}", state) for term, state in books.terms]
            name = f"{own}: {books.name}"
            found += [
                ReportSlot("decision", name, label, stage, self.load(state).node, own, books.name) for stage, state in states
            ]
        return found


def _terms_of(expression: Expression) -> list[Expression]:
    """The summands of an expression, left to right."""
    if isinstance(expression, Binary) and expression.operator == "+":
        return [*_terms_of(expression.left), *_terms_of(expression.right)]
    if isinstance(expression, Binary) and expression.operator == "-":
        right = expression.right
        return [*_terms_of(expression.left), Not("-", right, right.at)]
    return [expression]


EXAMPLES = (
    Example(
        """\
decision arms "Arms for the north" by south every 4 weeks from 2024-11-04
  none : 0, nonlethal : 0.5 + salience, lethal : -2 + 3 * salience
  because "as the minister explained it"
let lethal_now : 1 = arms is lethal""",
        "Every four weeks the south chooses; the salience of the war makes both kinds of arms more likely.",
        'actor south "The south"\nlet salience : 1 = 0.4',
    ),
    Example(
        """\
decision mobilise by south every week until 2025-03-01 when salience > 0.3 once
  wait : 0, call_up : -4 + 2 * salience""",
        "Considered each week while the condition holds; a call-up is final.",
        'actor south "The south"\nlet salience : 1 = 0.4',
    ),
)
DECISION = Construct(
    "decision", Decision.parse, (Decision,), "every, from, until, when, once, because", is_variable=True, examples=EXAMPLES
)
