"""The language as data: expressions, priors, the head, and the whole text. Places in the text do not take part in comparisons."""

from __future__ import annotations

import datetime
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from typing import TypeAlias, TypeVar

from foedus.errors import Problem
from foedus.language.source import Source, Span

__all__ = [
    "Binary",
    "Call",
    "ClaimsPrior",
    "DateLiteral",
    "Enclosing",
    "Expression",
    "FamilyPrior",
    "Faults",
    "If",
    "IntervalPrior",
    "Is",
    "Model",
    "Name",
    "Not",
    "Number",
    "Prior",
    "Statement",
    "Subscript",
    "Tree",
    "UnitExpression",
    "UsedPart",
    "at_nowhere",
    "nodes",
]


def at_nowhere() -> Span:
    """The place of what stands in no text; places do not take part in comparisons."""
    return field(default=Span(), compare=False, repr=False)


@dataclass(frozen=True)
class UnitExpression:
    """A unit as written: factors with their exponents, empty for the dimensionless 1."""

    factors: tuple[tuple[str, int], ...]
    at: Span = at_nowhere()


# --- expressions


@dataclass(frozen=True)
class Number:
    """A number, perhaps with a unit."""

    value: float
    unit: UnitExpression | None = None
    at: Span = at_nowhere()


@dataclass(frozen=True)
class DateLiteral:
    """A date; in an expression the time from the start to that date."""

    value: datetime.date
    at: Span = at_nowhere()


@dataclass(frozen=True)
class Subscript:
    """An element or an index name in brackets, perhaps through a map: `enemy(side)`."""

    name: str
    map: str | None = None
    at: Span = at_nowhere()


@dataclass(frozen=True)
class Name:
    """A variable, perhaps of an element."""

    name: str
    subscripts: tuple[Subscript, ...] = ()
    at: Span = at_nowhere()


@dataclass(frozen=True)
class Call:
    """A function, or a reduction over indices when `over` is given."""

    function: str
    arguments: tuple[Expression, ...]
    over: tuple[str, ...] = ()
    at: Span = at_nowhere()


@dataclass(frozen=True)
class Binary:
    """`left operator right`; operators: or and < <= > >= = != + - * / per ^."""

    operator: str
    left: Expression
    right: Expression
    at: Span = at_nowhere()


@dataclass(frozen=True)
class Not:
    """`not operand`, or `-operand` when the operator is a minus."""

    operator: str
    operand: Expression
    at: Span = at_nowhere()


@dataclass(frozen=True)
class If:
    """`if condition then yes else no`."""

    condition: Expression
    yes: Expression
    no: Expression
    at: Span = at_nowhere()


@dataclass(frozen=True)
class Is:
    """`decision is option`."""

    decision: str
    option: str
    at: Span = at_nowhere()


Expression: TypeAlias = Number | DateLiteral | Name | Call | Binary | Not | If | Is

# --- priors


@dataclass(frozen=True)
class ClaimsPrior:
    """The pool of a group of claims; without a name, the group of the lever it stands in.

    With `is_belief`, the log-odds to which the claims for and against something add up, one after the other.
    """

    group: str | None
    is_belief: bool = False
    at: Span = at_nowhere()


@dataclass(frozen=True)
class IntervalPrior:
    """`low to high`: a 90 % interval."""

    low: Expression
    high: Expression
    family: str | None = None
    above: Expression | None = None
    below: Expression | None = None
    at: Span = at_nowhere()


@dataclass(frozen=True)
class FamilyPrior:
    """A named distribution with its arguments (for mixtures, weights and distributions in turn)."""

    family: str
    arguments: tuple[Expression | FamilyPrior | IntervalPrior, ...]
    above: Expression | None = None
    below: Expression | None = None
    at: Span = at_nowhere()


Prior: TypeAlias = ClaimsPrior | IntervalPrior | FamilyPrior

# --- statements


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
    at: Span = at_nowhere()


class Statement(ABC):
    """What a keyword at the start of a line begins: a frozen class on a page of its own in `foedus.constructs`."""

    at: Span

    @abstractmethod
    def spell(self) -> str:
        """As text, such that parsing the text gives the same statement."""


class Enclosing(Statement):
    """A statement that begins a file of its own and holds the other statements of that file."""

    things: tuple[str, ...]
    """Units that only these statements know."""

    @abstractmethod
    def holding(self, statements: tuple[Statement, ...], is_whole: bool) -> Statement:
        """The same with its statements; `is_whole` says whether all of the file could be read."""


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
class UsedPart:
    """A mechanism at a place of use.

    Attributes:
        alias: under which its names stand: `army.serving`.
        mechanism, title, source: its name, its title and the publication behind it.
        label: what this use of it is called.
        filled: (slot with its alias, how): "=" by an expression, "~" by a prior of the place, "default" by the mechanism's own.
        given, private: names with their alias that may be used outside, and those that may not.
    """

    alias: str
    mechanism: str
    title: str
    label: str
    source: str
    filled: tuple[tuple[str, str], ...]
    given: frozenset[str]
    private: frozenset[str]
    at: Span = at_nowhere()


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
