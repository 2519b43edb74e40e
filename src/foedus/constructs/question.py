"""`question`: what is asked of every future: a number, a chance, or a date."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.compile.amounts import step_of, steps_to
from foedus.compile.between import ASKED, tell_if_between
from foedus.compile.checks import is_condition, refuse_second
from foedus.compile.dimension import infer
from foedus.compile.guards import Owner
from foedus.compile.kinds import Kind
from foedus.compile.places import FINISH
from foedus.compile.program import ResultSlot
from foedus.compile.scope import Meaning, Scope
from foedus.compile.value import Value, choose
from foedus.constructs.asked import Asked, Window
from foedus.language.clauses import moment
from foedus.language.construct import Construct, Example
from foedus.language.cursor import Clauses, Cursor
from foedus.language.expressions import expression, unit
from foedus.language.printer import clauses_text, notes_text, print_expression, quoted, unit_text
from foedus.language.reserved import output_meaning
from foedus.language.source import Span
from foedus.language.tree import DateLiteral, Expression, Name, UnitExpression, at_nowhere
from foedus.units import Unit

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = ["QUESTION", "Question"]

_MEASURES = ("mean", "min", "max", "total", "change", "always", "ever", "value", "true")


@dataclass(frozen=True)
class _When:
    """What a question looks at: between which moments, how, and which expression."""

    measure: str
    expression: Expression
    start: Expression | None
    end: Expression | None


@dataclass(frozen=True)
class Question(Meaning):
    """What is asked of every future.

    Attributes:
        ask: in words.
        measure: "true", "ever", "always", "value", "mean", "min", "max", "total", "change" or "first".
        expression: what is looked at.
        start, end: moments; a missing end is the end of the run.
        given: keeps the futures in which it holds at `end`.
        unit: to show, None for the expression's own.
        called: a short name for sentences.
        group: under which it is listed.
    """

    name: str
    ask: str
    measure: str
    expression: Expression
    start: Expression | None = None
    end: Expression | None = None
    given: Expression | None = None
    unit: UnitExpression | None = None
    called: str = ""
    group: str = ""
    at: Span = at_nowhere()

    @classmethod
    def parse(cls, cursor: Cursor) -> Question:
        at = cursor.advance().at
        name = cursor.needs_name("of a question").text
        ask = cursor.strings()
        when = _when(cursor, name)
        given = shown = None
        called = group = ""
        clauses = Clauses(cursor)
        while not cursor.at_statement_end():
            if clauses.takes("given"):
                given = expression(cursor)
            elif clauses.takes("in"):
                shown = unit(cursor)
            elif clauses.takes("called"):
                called = cursor.needs_string("after `called`")
            elif clauses.takes("group"):
                group = cursor.needs_string("after `group`")
            elif cursor.token.kind == "string":
                ask += cursor.strings()
            else:
                break
        return cls(
            name, ask, when.measure, when.expression, when.start, when.end, given, shown, called, group, at.to(cursor.last)
        )

    def spell(self) -> str:
        text = f"question {self.name}{notes_text(self.ask)}"
        body = print_expression(self.expression)
        if self.measure == "first":
            text += f" first time {body}{clauses_text(('by', self.end))}"
        else:
            if self.start is not None:
                text += clauses_text(("from", self.start), ("to", self.end))
            elif self.end is not None:
                text += f" {'on' if self.measure in ('true', 'value') else 'by'} {print_expression(self.end)}"
            text += f" {self.measure} {body}"
        text += f" given {print_expression(self.given)}" if self.given is not None else ""
        text += f" in {unit_text(self.unit)}" if self.unit is not None else ""
        text += f" called {quoted(self.called)}" if self.called else ""
        return text + (f" group {quoted(self.group)}" if self.group else "")

    @property
    def asks(self) -> tuple[object, ...]:
        """What it asks of the world, without its words: when it looks, how, at what, under which condition, in which unit."""
        return self.measure, self.expression, self.start, self.end, self.given, self.unit

    def is_same(self, other: Question) -> bool:
        """Does another version of the model ask the same of the same days? Without a day of its own a question asks of its run alone."""
        return self.name == other.name and isinstance(self.end, DateLiteral) and self.asks == other.asks

    def ground(self, scope: Scope) -> None:
        scope.not_values.setdefault(self.name, "It is a question: it reads the model, and nothing reads it.")

    def check(self, scope: Scope) -> None:
        if self.given is not None:
            is_condition(scope, self.given, {})

    def answer(self, asked: Asked) -> None:
        """Make the states that it needs, and its answer; what is wrong with it when the run is known is noted."""
        builder = asked.builder
        scope, step = builder.scope, builder.step
        first, last = step_of(scope, self.start, step, builder.first_step), step_of(scope, self.end, step, builder.last_step)
        if not self._is_inside(builder, first, last):
            return
        kind = infer(scope, self.expression, {})
        is_condition = self.measure in ("true", "ever", "always", "first")
        if is_condition and not kind.is_condition and kind.unit is not None and not kind.unit.is_plain:
            message = f"question `{self.name}` needs a condition, found a number in {kind.unit}."
            scope.problems.add(self.expression.at, "not-a-condition", message, "Compare it with something.")
        unit = self._shown_unit(scope, kind)
        if not scope.problems.found:
            value = self._answer(asked, first, last, unit)
            answers = "probability" if self.measure in ("true", "ever", "always") else "quantity"
            text = "" if answers == "probability" else str(unit)
            asked.results.append(
                ResultSlot(self.name, self.ask, answers, text, unit.scale, value.node, self.measure == "first", last)
            )

    def _is_inside(self, builder: Builder, first: int, last: int) -> bool:
        """Does it look at moments of the run, the first before the last?"""
        problems = builder.scope.problems
        for step, where in ((first, self.start), (last, self.end)):
            asked = steps_to(builder.scope, where, builder.step)
            is_before = asked is not None and asked < builder.first_step - 1e-6  # in the step before the first, too
            if where is not None and (is_before or not builder.first_step <= step <= builder.last_step):
                end, unit = builder.last_step * builder.step, builder.scope.units.time_unit
                help = f"The run goes from 0 to {end:g} {unit}s after the start. Change the date or `for …`."
                problems.add(where.at, "outside-horizon", f"question `{self.name}` looks at a moment outside the run.", help)
                return False
        if first >= last and self.measure not in ("true", "value", "first"):
            help = (
                "Swap the dates."
                if first > last
                else "Both ends fall on one step: ask of a longer time, or make the step shorter."
            )
            problems.add(self.at, "empty-window", f"the window of question `{self.name}` is empty.", help)
            return False
        since, until = (steps_to(builder.scope, one, builder.step) for one in (self.start, self.end))
        span = (builder.last_step if until is None else until) - (builder.first_step if since is None else since)
        for where in (self.start, self.end):
            tell_if_between(builder, where, f"question `{self.name}` asks of", "looks at", span, ASKED)
        return True

    def _shown_unit(self, scope: Scope, kind: Kind) -> Unit:
        """The unit in which it is answered."""
        if self.measure in ("true", "ever", "always", "first"):
            return self._own_unit(scope)
        found = kind.unit or Unit()
        if self.measure == "total":
            found = found.times(scope.units.time)
        if self.unit is not None:
            wanted = scope.unit(self.unit)
            if not wanted.matches(found):
                scope.problems.add(
                    self.unit.at, "units-differ", f"the answer is in {found}, not in {wanted}.", f"Show it in {found}."
                )
            return wanted
        symbol = scope.symbols.get(self.expression.name) if isinstance(self.expression, Name) else None
        if symbol is not None and symbol.unit is not None and self.measure != "total":
            return symbol.unit
        return Unit(found.dimensions, 1.0, "")

    def _own_unit(self, scope: Scope) -> Unit:
        """A chance has none, a date that of the model; another one that is asked for would be passed over."""
        own, what = (scope.units.time, "a date") if self.measure == "first" else (Unit(), "a chance")
        wanted = own if self.unit is None else scope.unit(self.unit)
        if not wanted.matches(own) or wanted.scale != own.scale:
            shown = f"in {own}s, the model's unit of time" if self.measure == "first" else "as a share"
            at = self.at if self.unit is None else self.unit.at
            scope.problems.add(at, "bad-question", f"{what} is answered {shown}.", f"Leave `in {wanted}` out.")
        return own

    def _answer(self, asked: Asked, first: int, last: int, unit: Unit) -> Value:
        """The states, and the value after the run: no number where the question does not apply."""
        builder, measure, owner = asked.builder, self.measure, Owner("question", self.name, (), self.at)

        def after(state: int) -> Value:
            return Value(builder.graph, builder.load(state))

        if measure in ("true", "value", "change"):
            state = asked.catch(last, self.expression, measure == "true", owner)
        else:
            state = asked.gather(self.name, Window(measure, self.expression, first, last, owner))
        before = asked.catch(first, self.expression, False, owner) if measure == "change" else None
        given = None if self.given is None else asked.catch(last, self.given, True, owner)
        with builder.at_block(FINISH):
            value = after(state)
            if measure == "always":
                value = 1.0 - value
            elif before is not None:
                value = value - after(before)
            elif measure == "mean":
                value = value / ((last - first) * builder.step)
            if unit.scale != 1.0:
                value = value / unit.scale
            return value if given is None else choose(after(given).holds, value, math.nan)

    @classmethod
    def check_all(cls, scope: Scope) -> None:
        questions = scope.tree.all(Question)
        refuse_second(scope, ((one.name, one.at) for one in questions), "question")
        for question in questions:
            if what := output_meaning(question.name) or ("a dimension of the output" if question.name in scope.indices else ""):
                message = f"`{question.name}` has a meaning already: it is {what}."
                scope.problems.add(question.at, "reserved-name", message, "Choose another name.")


def _when(cursor: Cursor, name: str) -> _When:
    start = end = None
    if cursor.takes("first"):
        cursor.needs("time")
        found = expression(cursor)
        return _When("first", found, None, moment(cursor) if cursor.takes("by") else None)
    is_window = True
    if cursor.takes("on", "at"):
        end, is_window = moment(cursor), False
    elif cursor.takes("by"):
        end = moment(cursor)
    elif cursor.takes("from"):
        start = moment(cursor)
        cursor.needs("to", "and the end of the window")
        end = moment(cursor)
    else:
        raise cursor.problem(
            "bad-question",
            f"question `{name}` does not say when.",
            "Write `on DATE …`, `by DATE …`, `from DATE to DATE …`, `at 104 weeks …` or `first time …`.",
        )
    measure, found = _measure(cursor, is_window)
    return _When(measure, found, start, end)


def _measure(cursor: Cursor, is_window: bool) -> tuple[str, Expression]:
    if not cursor.sees(*_MEASURES):
        raise cursor.problem("bad-question", f"expected one of {', '.join(_MEASURES)}, found {cursor.found()}.")
    measure = cursor.advance().text
    if measure in ("true", "ever", "always"):
        cursor.takes("when")
    if measure == "true" and is_window:
        measure = "ever"
    if not is_window and measure not in ("true", "value"):
        raise cursor.problem(
            "bad-question", f"`{measure}` needs a window of time.", "Write `from DATE to DATE …` or `by DATE …`.", cursor.last
        )
    return measure, expression(cursor)


_BESIDE = """\
stock men : person = 100 person
flow lost : men -> outside = 0.05/week * men
event summit at rate 1/3 per month"""
QUESTION = Construct(
    "question",
    Question.parse,
    (Question,),
    "on, at, by, from … to, first time, given, in, called, group",
    place="model",
    examples=(
        Example(
            'question few "Fewer than 80 men on New Year\'s Day?" on 2025-01-01 true when men < 80 person called "too few men"',
            "A chance: is it so on that day?",
            _BESIDE,
        ),
        Example(
            "question met by 2025-01-01 ever summit given men > 50 person",
            "Was it ever so, of the futures in which the condition holds?",
            _BESIDE,
        ),
        Example(
            "question losses from 2024-11-01 to 2025-01-01 total lost in person", "A number: added up over a window.", _BESIDE
        ),
        Example("question since first time men < 90 person", "A date.", _BESIDE),
    ),
)
