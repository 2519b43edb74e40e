"""The language as data: every construct is one frozen class. Places in the text do not take part in comparisons."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from typing import TypeAlias, TypeVar

from foedus.errors import Problem
from foedus.language.headline import Headline
from foedus.language.source import Source, Span
from foedus.language.used import UsedPart

__all__ = [
    "Actor", "Assignment", "Baseline", "Binary", "Call", "Chart", "Check", "ClaimsPrior", "ConserveCheck", "Correlate",
    "DateLiteral", "Decision", "EffectCheck", "Event", "Expression", "FamilyPrior", "Faults", "Flow", "Hindcast", "If",
    "Index", "IntervalPrior", "Is", "Let", "Lever", "Map", "Model", "Name", "Noise", "Not", "Number", "Observe", "Option",
    "Parameter", "Part", "Position", "Prior", "Question", "Scenario", "Series", "Statement", "Stock", "Subscript", "Table", "Treaty",
    "Tree", "UnitExpression", "UnitStatement", "Variant", "WatchCheck", "Word", "nodes",
]  # fmt: skip


def _at() -> Span:
    return field(default=Span(), compare=False, repr=False)


@dataclass(frozen=True)
class UnitExpression:
    """A unit as written: factors with their exponents, empty for the dimensionless 1."""

    factors: tuple[tuple[str, int], ...]
    at: Span = _at()


@dataclass(frozen=True)
class Number:
    """A number, perhaps with a unit."""

    value: float
    unit: UnitExpression | None = None
    at: Span = _at()


@dataclass(frozen=True)
class DateLiteral:
    """A date; in an expression the time from the start to that date."""

    value: datetime.date
    at: Span = _at()


@dataclass(frozen=True)
class Subscript:
    """An element or an index name in brackets, perhaps through a map: `enemy(side)`."""

    name: str
    map: str | None = None
    at: Span = _at()


@dataclass(frozen=True)
class Name:
    """A variable, perhaps of an element."""

    name: str
    subscripts: tuple[Subscript, ...] = ()
    at: Span = _at()


@dataclass(frozen=True)
class Call:
    """A function, or a reduction over indices when `over` is given."""

    function: str
    arguments: tuple[Expression, ...]
    over: tuple[str, ...] = ()
    at: Span = _at()


@dataclass(frozen=True)
class Binary:
    """`left operator right`; operators: or and < <= > >= = != + - * / per ^."""

    operator: str
    left: Expression
    right: Expression
    at: Span = _at()


@dataclass(frozen=True)
class Not:
    """`not operand`, or `-operand` when the operator is a minus."""

    operator: str
    operand: Expression
    at: Span = _at()


@dataclass(frozen=True)
class If:
    """`if condition then yes else no`."""

    condition: Expression
    yes: Expression
    no: Expression
    at: Span = _at()


@dataclass(frozen=True)
class Is:
    """`decision is option`."""

    decision: str
    option: str
    at: Span = _at()


Expression: TypeAlias = Number | DateLiteral | Name | Call | Binary | Not | If | Is

@dataclass(frozen=True)
class ClaimsPrior:
    """The pool of a group of claims; without a name, the group of the lever it stands in.

    With `is_belief`, the log-odds to which the claims for and against something add up, one after the other.
    """

    group: str | None
    is_belief: bool = False
    at: Span = _at()


@dataclass(frozen=True)
class IntervalPrior:
    """`low to high`: a 90 % interval."""

    low: Expression
    high: Expression
    family: str | None = None
    above: Expression | None = None
    below: Expression | None = None
    at: Span = _at()


@dataclass(frozen=True)
class FamilyPrior:
    """A named distribution with its arguments (for mixtures, weights and distributions in turn)."""

    family: str
    arguments: tuple[Expression | FamilyPrior | IntervalPrior, ...]
    above: Expression | None = None
    below: Expression | None = None
    at: Span = _at()


Prior: TypeAlias = ClaimsPrior | IntervalPrior | FamilyPrior

class Part:
    """What stands for other statements, and is gone when the tree is whole: see `foedus.language.parts`."""

    at: Span


@dataclass(frozen=True)
class Model:
    """The head: name, title, as-of date, horizon and step as (number, unit), method, how often trajectories are saved.

    With `is_discrete` the step is the period of the model itself, not a stretch of a time that flows.
    """

    name: str
    title: str
    as_of: datetime.date | None
    horizon: Number
    step: Number
    method: str = "euler"
    save_every: Number | None = None
    is_discrete: bool = False
    at: Span = _at()


@dataclass(frozen=True)
class UnitStatement:
    """A unit of one's own; with a definition, a multiple of another."""

    name: str
    definition: Number | None
    at: Span = _at()


@dataclass(frozen=True)
class Index:
    name: str
    elements: tuple[str, ...]
    at: Span = _at()


@dataclass(frozen=True)
class Map:
    """From each element of one index to an element of another."""

    name: str
    source: str
    target: str
    pairs: tuple[tuple[str, str], ...]
    at: Span = _at()


@dataclass(frozen=True)
class Actor:
    name: str
    label: str
    at: Span = _at()


@dataclass(frozen=True)
class Stock:
    name: str
    indices: tuple[str, ...]
    unit: UnitExpression
    initial: Expression
    is_signed: bool = False
    within: tuple[Expression, Expression] | None = None
    label: str = ""
    because: str = ""
    at: Span = _at()


@dataclass(frozen=True)
class Flow:
    """From a stock (or None, outside) to a stock (or None)."""

    name: str
    indices: tuple[str, ...]
    source: Name | None
    target: Name | None
    rate: Expression
    label: str = ""
    because: str = ""
    at: Span = _at()


@dataclass(frozen=True)
class Let:
    """An auxiliary."""

    name: str
    indices: tuple[str, ...]
    unit: UnitExpression
    value: Expression
    label: str = ""
    because: str = ""
    at: Span = _at()


@dataclass(frozen=True)
class Table:
    """A lookup: piecewise linear through points with rising x; with `is_held` each y holds until the next x."""

    name: str
    unit: UnitExpression
    of: UnitExpression | None
    points: tuple[tuple[Number | DateLiteral, Number], ...]
    label: str = ""
    because: str = ""
    at: Span = _at()
    is_held: bool = False


@dataclass(frozen=True)
class Parameter:
    """A constant: fixed (`value`) or uncertain (`prior`)."""

    name: str
    indices: tuple[str, ...]
    unit: UnitExpression
    value: Expression | None
    prior: Prior | None
    label: str = ""
    because: str = ""
    at: Span = _at()


@dataclass(frozen=True)
class Noise:
    name: str
    indices: tuple[str, ...]
    unit: UnitExpression
    distribution: FamilyPrior
    every: Number
    memory: Expression | None = None
    label: str = ""
    because: str = ""
    at: Span = _at()


@dataclass(frozen=True)
class Event:
    """Exactly one of `rate`, `on`, `condition` is set. Dates are DateLiterals or times with a unit."""

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
    at: Span = _at()


@dataclass(frozen=True)
class Treaty:
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
    at: Span = _at()


@dataclass(frozen=True)
class Option:
    name: str
    utility: Expression
    at: Span = _at()


@dataclass(frozen=True)
class Decision:
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
    at: Span = _at()


@dataclass(frozen=True)
class Word:
    """A position or an option by its name, or `never`."""

    text: str
    at: Span = _at()


@dataclass(frozen=True)
class Position:
    """A named place of a lever."""

    name: str
    value: Expression | ClaimsPrior
    at: Span = _at()


@dataclass(frozen=True)
class Lever:
    name: str
    unit: UnitExpression
    low: Expression
    high: Expression
    default: Expression | None = None
    label: str = ""
    group: str = ""
    because: str = ""
    positions: tuple[Position, ...] = ()
    at: Span = _at()


@dataclass(frozen=True)
class Assignment:
    """`target = value from … until …`; `on` says that the value is the moment of an event."""

    target: Name
    value: Expression | Word | ClaimsPrior | None = None
    prior: Prior | None = None
    start: Expression | None = None
    until: Expression | None = None
    is_moment: bool = False
    because: str = ""
    at: Span = _at()


@dataclass(frozen=True)
class Baseline:
    name: str
    label: str
    at: Span = _at()


@dataclass(frozen=True)
class Scenario:
    name: str
    label: str
    assignments: tuple[Assignment, ...]
    is_hidden: bool = False
    at: Span = _at()


@dataclass(frozen=True)
class Hindcast:
    name: str
    label: str
    start: datetime.date
    end: datetime.date
    assignments: tuple[Assignment, ...]
    at: Span = _at()


@dataclass(frozen=True)
class Series:
    """Observed values of a variable: a column of a CSV file, or (without a file) the belief curve of a group of claims."""

    name: str
    unit: UnitExpression
    file: str
    column: str
    of: Name
    label: str = ""
    at: Span = _at()


@dataclass(frozen=True)
class Observe:
    """What a calibration holds the model against, and with which error.

    Attributes:
        target: a series, or (with `value`) a variable that was measured once.
        error: the family of the error.
        arguments: of the error: its standard deviation, on the scale of the family.
        value, on: a single observation and its moment.
        outliers: (share of outliers, how many times wider they scatter).
        instead: noises that this error stands for; they are silent while the model is calibrated.
        over: the observed value is the mean over this long before its date.
        delay: how long after its date a value becomes known.
        start, until: only observations between these moments count.
    """

    target: Name
    error: str
    arguments: tuple[Number, ...]
    value: Number | None = None
    on: Expression | None = None
    outliers: tuple[Number, Number] | None = None
    instead: tuple[Name, ...] = ()
    over: Number | None = None
    delay: Number | None = None
    start: Expression | None = None
    until: Expression | None = None
    label: str = ""
    because: str = ""
    at: Span = _at()


@dataclass(frozen=True)
class Variant:
    """A rival model: the same text with some values replaced, and how much it is believed in."""

    name: str
    label: str
    weight: Number
    assignments: tuple[Assignment, ...]
    because: str = ""
    at: Span = _at()


@dataclass(frozen=True)
class Chart:
    title: str
    names: tuple[Name, ...]
    at: Span = _at()


@dataclass(frozen=True)
class Question:
    """What is asked.

    Attributes:
        measure: "true", "ever", "always", "value", "mean", "min", "max", "total", "change" or "first".
        start, end: moments; a missing end is the end of the run.
        given: keeps the futures in which it holds at `end`.
        unit: to show, None for the expression's own.
        called: a short name for sentences; group: under which it is listed."""

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
    at: Span = _at()


@dataclass(frozen=True)
class ConserveCheck:
    text: str
    unit: UnitExpression
    names: tuple[str, ...]
    at: Span = _at()


@dataclass(frozen=True)
class WatchCheck:
    """`always then`, or `when condition then then`."""

    text: str
    condition: Expression | None
    then: Expression
    at: Span = _at()


@dataclass(frozen=True)
class EffectCheck:
    """`scenario S raises|lowers|moves QUESTION by margin`."""

    text: str
    scenario: str
    direction: str
    question: str
    margin: Number | None
    at: Span = _at()


Check: TypeAlias = ConserveCheck | WatchCheck | EffectCheck


@dataclass(frozen=True)
class Correlate:
    first: Name
    second: Name
    coefficient: float
    at: Span = _at()


Statement: TypeAlias = (
    UnitStatement | Index | Map | Actor | Stock | Flow | Let | Table | Parameter | Noise | Event | Treaty | Decision
    | Lever | Baseline | Scenario | Hindcast | Series | Observe | Variant | Chart | Question | ConserveCheck | WatchCheck
    | EffectCheck | Correlate | Headline | Part
)  # fmt: skip


Found = TypeVar("Found")


@dataclass(frozen=True)
class Faults:
    """What could not be read of a text, so that whoever looks at the rest does not blame it for what is missing.

    Attributes:
        problems: what is wrong with the writing; names: what the statements in question declare; spans: where they stand, whether
            something was read of them or not; has_head: could the head be read?
    """

    problems: tuple[Problem, ...] = ()
    names: frozenset[str] = frozenset()
    spans: tuple[Span, ...] = ()
    has_head: bool = True


@dataclass(frozen=True)
class Tree:
    """A whole model text: its head, its statements in order, the parts these came from. With `faults` only what could be read."""
    model: Model
    statements: tuple[Statement, ...]
    source: Source = field(default=Source(""), compare=False, repr=False)
    faults: Faults | None = field(default=None, compare=False, repr=False)
    parts: tuple[UsedPart, ...] = field(default=(), compare=False, repr=False)

    def all(self, *kinds: type[Found]) -> list[Found]:
        """The statements of some kinds, in order."""
        return [statement for statement in self.statements if isinstance(statement, kinds)]


def nodes(root: object) -> Iterator[object]:
    """A piece of a tree and all pieces below it."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple):
            waiting += reversed(node)
        elif is_dataclass(node) and not isinstance(node, Span):
            yield node
            waiting += [getattr(node, one.name) for one in reversed(fields(node))]
