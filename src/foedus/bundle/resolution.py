"""How a question is settled, in words: what is read, on which day, of which futures; and how it came out where that is known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from foedus.analysis.finding import Finding
from foedus.constructs import tree as t
from foedus.history.outcomes import Outcome
from foedus.language.printer import number_text, print_expression
from foedus.language.tree import Expression
from foedus.show.words import people_date, unit_words

__all__ = ["Names", "QuestionReading", "ResolutionRule", "names_of", "resolution_of"]

_COMPARED = {"<": "is under", "<=": "is at most", ">": "is over", ">=": "is at least", "=": "is", "!=": "is not"}
_JOINED = {
    "or": "or",
    "and": "and",
    "+": "plus",
    "-": "minus",
    "*": "times",
    "/": "divided by",
    "per": "per",
    "^": "to the power of",
}
_STAGES = {
    "in_force": "is in force",
    "invoked": "has been invoked",
    "honoured": "has been honoured",
    "ever": "has been so at some time",
}
_TOLD = {"time_since": "the time since", "count": "how often", "sum": "the sum of", "mean": "the mean of"}
_OVER = {
    "mean": "The mean of {what} {window}.",
    "min": "The smallest value of {what} {window}.",
    "max": "The largest value of {what} {window}.",
    "total": "{what}, added up {window}.",
    "change": "By how much {what} changes {window}.",
    "value": "{what} {moment}.",
}


@dataclass(frozen=True)
class QuestionReading:
    """Something of the model that a question reads: its name in the text, what it is in words, its unit."""

    name: str
    label: str
    unit: str


@dataclass(frozen=True)
class ResolutionRule:
    """How a question is settled.

    Attributes:
        words: the rule as a sentence; given: of which futures it is asked, "" for all.
        formula: the statement as the model has it.
        readings: what it reads.
        outcome: how it came out, None where no file of the case says so.
    """

    words: str
    given: str
    formula: str
    readings: tuple[QuestionReading, ...]
    outcome: Outcome | None

    @property
    def came(self) -> str:
        """How it came out, in words: `yes`, `13042 person`; open where nobody knows yet."""
        value = None if self.outcome is None else self.outcome.value
        return " to ".join(_came(end) for end in value) if isinstance(value, list) else _came(value)


def _came(value: bool | float | str | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        match = re.fullmatch(r"([-+]?[0-9][0-9.]*) +(\S+)", value)
        return f"{_exact(float(match[1]))} {unit_words(match[2])}" if match else people_date(value)
    return "open" if value is None else _exact(float(value))


@dataclass(frozen=True)
class Names:
    """What the names of a model are in words: label and unit of each, and those that are events."""

    labels: Mapping[str, str]
    units: Mapping[str, str]
    events: frozenset[str]

    def said(self, name: str) -> str:
        """A name as people read it: its label in quotes, else the name without its underscores."""
        label = self.labels.get(name) or self._whole(name)
        return f"“{label}”" if label else f"“{re.sub(r'[_.]+', ' ', name)}”"

    def _whole(self, name: str) -> str:
        """The label that all elements of a variable bear; "" where they differ."""
        found = {label for other, label in self.labels.items() if other.startswith(f"{name}[")}
        return found.pop() if len(found) == 1 else ""

    def decision(self, one: t.Is) -> str:
        """A decision by its label, which stands with each of its options."""
        label = self.labels.get(f"{one.decision}: {one.option}") or self.labels.get(one.decision)
        return f"“{label}”" if label else self.said(one.decision)

    def is_shared(self, name: str) -> bool:
        """Do other elements of the same variable bear the same label?"""
        base, label = name.partition("[")[0], self.labels.get(name)
        return any(other != name and other.startswith(f"{base}[") and told == label for other, told in self.labels.items())


def names_of(finding: Finding) -> Names:
    """The labels and units of everything that a question can read."""
    structure = finding.structure
    labels, units = {}, {}
    for stock in structure.stocks:
        labels[stock.name], units[stock.name] = stock.label, stock.unit
    for flow in structure.flows:
        labels[flow.name], units[flow.name] = flow.label, flow.unit
    for name, (unit, label, _) in structure.auxiliaries.items():
        labels[name], units[name] = label, unit
    for assumption in finding.assumptions:
        labels[assumption.parameter], units[assumption.parameter] = assumption.label, assumption.unit
    for occurrence in finding.occurrences:
        labels[occurrence.name] = occurrence.label
    for band in finding.bands:
        units[band.name] = band.unit
        labels.setdefault(band.name, band.label)  # which a chart tells apart by elements, where a sentence does so itself
    return Names(labels, units, frozenset(one.name for one in finding.occurrences if one.kind == "event"))


def resolution_of(question: t.Question, names: Names, finding: Finding, outcome: Outcome | None = None) -> ResolutionRule:
    """The rule by which a question is settled.

    Args:
        finding: of the case; a rule that names no day looks at the end of its run.
    """
    say = _Sayer(names)
    parts = [question.expression] if question.given is None else [question.expression, question.given]
    read = {
        say.amount(one) if isinstance(one, t.Name) else names.decision(one): print_expression(one)
        for part in parts
        for one in _names_in(part)
    }
    readings = tuple(QuestionReading(spelled, told, unit_words(names.units.get(spelled, ""))) for told, spelled in read.items())
    given = (
        ""
        if question.given is None
        else (f"Asked only of the futures in which, {_moment(question.end, finding)}, {say.condition(question.given)}.")
    )
    return ResolutionRule(_rule(question, say, finding), given, question.spell(), readings, outcome)


def _rule(question: t.Question, say: _Sayer, finding: Finding) -> str:
    """The sentence."""
    moment, measure = _moment(question.end, finding), question.measure
    if measure == "first":
        until = f"looked for until {_day(question.end, finding)}"
        return f"The first day on which {say.condition(question.expression)}, {until}."
    window = f"by {_day(question.end, finding)}"
    if question.start is not None:
        window = f"between {_day(question.start, finding)} and {_day(question.end, finding)}"
    if measure == "true":
        return f"Yes where, {moment}, {say.condition(question.expression)}; else no."
    if measure in ("ever", "always"):
        often = "at any time" if measure == "ever" else "all the time"
        return f"Yes where {say.condition(question.expression)} {often} {window}; else no."
    text = _OVER[measure].format(what=say.amount(question.expression), window=window, moment=moment)
    return text[0].upper() + text[1:]


def _moment(end: Expression | None, finding: Finding) -> str:
    return "at the end of the run" if end is None else f"{'on' if isinstance(end, t.DateLiteral) else 'at'} {_day(end, finding)}"


def _day(end: Expression | None, finding: Finding) -> str:
    if end is None:
        return f"the end of the run, {finding.horizon} after the start"
    return people_date(end.value.isoformat()) if isinstance(end, t.DateLiteral) else print_expression(end)


@dataclass(frozen=True)
class _Sayer:
    """Expressions in words."""

    names: Names

    def condition(self, one: Expression) -> str:
        """Something that holds or does not: `“Land under water” is under 50 km²`."""
        if isinstance(one, t.Name):
            return f"{self.amount(one)} {'has happened' if one.name in self.names.events else 'holds'}"
        if isinstance(one, t.Not) and one.operator == "not":
            return f"it is not so that {self.condition(one.operand)}"
        if isinstance(one, t.Binary) and one.operator in ("or", "and"):
            return f"{self._part(one.left, one)} {one.operator} {self._part(one.right, one)}"
        return self.amount(one)

    def _part(self, part: Expression, whole: t.Binary) -> str:
        """A side of an `or` or `and`; in brackets where the other word stands in it."""
        told = self.condition(part)
        is_mixed = isinstance(part, t.Binary) and part.operator in ("or", "and") and part.operator != whole.operator
        return f"({told})" if is_mixed else told

    def amount(self, one: Expression) -> str:
        """A number, or whatever stands in the place of one."""
        if isinstance(one, t.Number):
            return f"{_exact(one.value)} {unit_words(number_text(one).partition(' ')[2])}".strip()
        if isinstance(one, t.DateLiteral):
            return people_date(one.value.isoformat())
        if isinstance(one, t.Name):
            return self._name(one)
        if isinstance(one, t.Is):
            return f"the decision {self.names.decision(one)} is “{one.option.replace('_', ' ')}”"
        if isinstance(one, t.Call):
            return self._call(one)
        if isinstance(one, t.If):
            return f"{self.amount(one.yes)} where {self.condition(one.condition)}, else {self.amount(one.no)}"
        if isinstance(one, t.Not):
            return f"not {self.condition(one.operand)}" if one.operator == "not" else f"less {self.amount(one.operand)}"
        return self._binary(one)

    def _binary(self, one: t.Binary) -> str:
        if one.operator in ("or", "and"):
            return self.condition(one)
        left, right = self._side(one.left, one), self._side(one.right, one, is_last=one.operator in ("-", "/", "per", "^"))
        return f"{left} {_COMPARED.get(one.operator) or _JOINED[one.operator]} {right}"

    def _side(self, side: Expression, whole: t.Binary, is_last: bool = False) -> str:
        """A side of a sum or a comparison; in brackets where it is itself put together, `whole` is no comparison, and they matter."""
        told = self.amount(side)
        is_joined = (
            isinstance(side, t.Binary) and whole.operator not in _COMPARED and (is_last or side.operator != whole.operator)
        )
        return f"({told})" if is_joined else told

    def _name(self, one: t.Name) -> str:
        full, elements = print_expression(one), ", ".join(subscript.name.replace("_", " ") for subscript in one.subscripts)
        if self.names.labels.get(full) and not self.names.is_shared(full):
            return self.names.said(full)
        told = self.names.said(full if full in self.names.labels else one.name)
        return f"{told} of {elements}" if elements else told

    def _call(self, one: t.Call) -> str:
        inner = [self.amount(argument) for argument in one.arguments]
        if one.function in _STAGES and len(inner) == 1:
            return f"{inner[0]} {_STAGES[one.function]}"
        if one.function in _TOLD:
            return f"{_TOLD[one.function]} {', '.join(inner)}{' over all of ' + ', '.join(one.over) if one.over else ''}"
        return f"the {one.function.replace('_', ' ')} of {', '.join(inner)}"


def _exact(value: float) -> str:
    """A number with all its digits: what decides, and what came, is not rounded."""
    return f"{value:,.12g}".replace("-", "−")


def _names_in(one: Expression) -> list[t.Name | t.Is]:
    """What an expression reads: names, and decisions, in their order."""
    if isinstance(one, t.Name | t.Is):
        return [one]
    inner: tuple[Expression, ...] = ()
    if isinstance(one, t.Call):
        inner = one.arguments
    elif isinstance(one, t.Binary):
        inner = (one.left, one.right)
    elif isinstance(one, t.Not):
        inner = (one.operand,)
    elif isinstance(one, t.If):
        inner = (one.condition, one.yes, one.no)
    return [name for part in inner for name in _names_in(part)]
