"""`question`: what is asked of every future: a number, a chance, or a date."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.compile.checks import refuse_second
from foedus.compile.dimension import infer
from foedus.compile.meaning import Meaning
from foedus.compile.scope import Scope
from foedus.language.clauses import moment
from foedus.language.construct import Construct, Example
from foedus.language.cursor import Clauses, Cursor
from foedus.language.expressions import expression, unit
from foedus.language.printer import clauses_text, notes_text, print_expression, quoted, unit_text
from foedus.language.reserved import output_meaning
from foedus.language.source import Span
from foedus.language.tree import Expression, UnitExpression, at_nowhere

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
    """What is asked.

    Attributes:
        measure: "true", "ever", "always", "value", "mean", "min", "max", "total", "change" or "first".
        start, end: moments; a missing end is the end of the run.
        given: keeps the futures in which it holds at `end`.
        unit: to show, None for the expression's own.
        called: a short name for sentences; group: under which it is listed.
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
        return cls(name, ask, when.measure, when.expression, when.start, when.end, given, shown, called, group, at.to(cursor.last))

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

    def ground(self, scope: Scope) -> None:
        scope.not_values.setdefault(self.name, "It is a question: it reads the model, and nothing reads it.")

    def check(self, scope: Scope) -> None:
        if self.given is not None:
            infer(scope, self.given, {})

    @classmethod
    def check_all(cls, scope: Scope) -> None:
        questions = scope.tree.all(Question)
        refuse_second(scope, ((one.name, one.at) for one in questions), "question")
        for question in questions:
            if what := output_meaning(question.name):
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
        raise cursor.problem("bad-question", f"question `{name}` does not say when.",
                             "Write `on DATE …`, `by DATE …`, `from DATE to DATE …`, `at 104 weeks …` or `first time …`.")  # fmt: skip
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
        raise cursor.problem("bad-question", f"`{measure}` needs a window of time.", "Write `from DATE to DATE …` or `by DATE …`.",
                             cursor.last)  # fmt: skip
    return measure, expression(cursor)


_BESIDE = """\
stock men : person = 100 person
flow lost : men -> outside = 0.05/week * men
event summit at rate 1/3 per month"""
QUESTION = Construct("question", Question.parse, (Question,), "on, at, by, from … to, first time, given, in, called, group", place="model",
                     examples=(
    Example('question few "Fewer than 80 men on New Year\'s Day?" on 2025-01-01 true when men < 80 person called "too few men"',
            "A chance: is it so on that day?", _BESIDE),
    Example("question met by 2025-01-01 ever summit given men > 50 person",
            "Was it ever so, of the futures in which the condition holds?", _BESIDE),
    Example("question losses from 2024-11-01 to 2025-01-01 total lost in person", "A number: added up over a window.", _BESIDE),
    Example("question since first time men < 90 person", "A date.", _BESIDE),
))  # fmt: skip
