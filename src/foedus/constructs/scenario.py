"""`baseline`, `scenario`, `hindcast` and `variant`: the model as it stands, what is tried instead, the past, and rival models.

All but the baseline set values in braces: of levers and parameters for the whole run, of other things while the scenario holds them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from foedus.compile.amounts import constant_in, note_because
from foedus.compile.checks import refuse_second
from foedus.compile.override import OverrideWord
from foedus.compile.scope import Item, Key, Meaning, Scope
from foedus.language.clauses import moment
from foedus.language.construct import Construct, Example
from foedus.language.cursor import Clauses, Cursor
from foedus.language.expressions import constant, expression, name_with_subscripts, number_with_unit, prior
from foedus.language.printer import clauses_text, name_text, notes_text, number_text, print_expression, print_prior, quoted
from foedus.language.source import Span
from foedus.language.tree import ClaimsPrior, DateLiteral, Expression, Name, Number, Prior, at_nowhere
from foedus.units import Unit

__all__ = [
    "BASELINE",
    "BASELINE_STATEMENT",
    "HINDCAST",
    "SCENARIO",
    "VARIANT",
    "Assignment",
    "Baseline",
    "Hindcast",
    "Scenario",
    "Variant",
    "overridden_keys",
]

BASELINE = "baseline"


@dataclass(frozen=True)
class Assignment:
    """`target = value from … until …`: one thing that is set.

    Attributes:
        target: what is set: all elements of an indexed name that stands without index.
        value: a number, a position or an option, `never`, or what claims say.
        prior: in a hindcast, what was believed then.
        start, until: the time for which it is set.
        is_moment: the value is the moment of an event.
    """

    target: Name
    value: Expression | OverrideWord | ClaimsPrior | None = None
    prior: Prior | None = None
    start: Expression | None = None
    until: Expression | None = None
    is_moment: bool = False
    because: str = ""
    at: Span = at_nowhere()

    @classmethod
    def parse(cls, cursor: Cursor, may_be_uncertain: bool) -> Assignment:
        target = name_with_subscripts(cursor, "of what is overridden")
        if may_be_uncertain and cursor.takes("~"):
            law = prior(cursor)
            return cls(target, prior=law, because=_reason(cursor), at=target.at.to(cursor.last))
        cursor.needs("=", "and the value of the override")
        is_moment = cursor.takes("on")
        value = moment(cursor) if is_moment else _value(cursor)
        start = until = None
        clauses = Clauses(cursor)
        while cursor.sees("from", "until", "to"):
            if clauses.takes("from"):
                start = moment(cursor)
            elif clauses.takes("until", "to"):
                until = moment(cursor)
        return cls(target, value, None, start, until, is_moment, _reason(cursor), target.at.to(cursor.last))

    def spell(self) -> str:
        text = name_text(self.target)
        if self.prior is not None:
            text += f" ~ {print_prior(self.prior)}"
        elif isinstance(self.value, OverrideWord):
            text += " = never" if self.value.text == "never" else f" = {quoted(self.value.text)}"
        elif isinstance(self.value, ClaimsPrior):
            text += f" = {print_prior(self.value)}"
        elif self.value is not None:
            text += f" = {'on ' if self.is_moment else ''}{print_expression(self.value, 5)}"
        return text + clauses_text(("from", self.start), ("until", self.until)) + notes_text("", self.because)

    def told(self) -> str:
        """As a line of a list: what is set, and to what."""
        value = (
            self.value.text
            if isinstance(self.value, OverrideWord)
            else print_prior(self.value)
            if isinstance(self.value, ClaimsPrior)
            else ""
        )
        if self.value is not None and not value:
            value = f"{'on ' if self.is_moment else ''}{print_expression(self.value)}"  # type: ignore[arg-type]
        for word, found in (("from", self.start), ("until", self.until)):
            value += f" {word} {print_expression(found)}" if found is not None else ""
        subscripts = f"[{', '.join(part.name for part in self.target.subscripts)}]" if self.target.subscripts else ""
        return f"{self.target.name}{subscripts} = {value}"

    def items(self, scope: Scope) -> list[Item]:
        """The elements that it sets: one, or all of an indexed name that stands without index."""
        symbol = scope.symbols.get(self.target.name)
        if symbol is None or not symbol.may_be_set:
            known = [name for name, other in scope.symbols.items() if other.may_be_set]
            message = f"`{self.target.name}` cannot be overridden: it is {'unknown' if symbol is None else 'a ' + symbol.kind}."
            scope.problems.add(self.target.at, "unknown-target", message, near=(self.target.name, known))
            return []
        if symbol.indices and not self.target.subscripts:
            return list(symbol.items.values())
        item = scope.resolve(self.target, {})
        return [] if item is None else [item]


def _value(cursor: Cursor) -> Expression | OverrideWord | ClaimsPrior:
    at = cursor.token.at
    if cursor.takes("never"):
        return OverrideWord("never", at)
    if cursor.token.kind == "string":
        return OverrideWord(cursor.strings(), at)
    if cursor.takes("claims"):
        return ClaimsPrior(cursor.advance().text if cursor.token.kind == "string" else None, False, at)
    return expression(cursor, 5)


def _reason(cursor: Cursor) -> str:
    return cursor.needs_string("after `because`") if cursor.takes("because") else ""


def _assignments(cursor: Cursor, may_be_uncertain: bool = False) -> tuple[Assignment, ...]:
    cursor.needs("{", "before the overrides")
    found = []
    while not cursor.sees("}"):
        if cursor.at_statement_end():
            raise cursor.problem("expected", "expected `}` after the overrides.")
        found.append(Assignment.parse(cursor, may_be_uncertain))
        cursor.takes(",", ";")
    cursor.advance()
    return tuple(found)


def _spelled(assignments: tuple[Assignment, ...]) -> str:
    return f"{{ {', '.join(assignment.spell() for assignment in assignments)} }}"


@dataclass(frozen=True)
class Baseline(Meaning):
    """A name for the model as it stands, with which every scenario is compared."""

    name: str
    label: str
    at: Span = at_nowhere()

    @classmethod
    def parse(cls, cursor: Cursor) -> Baseline:
        at = cursor.advance().at
        name = cursor.needs_name("of the baseline").text
        label = cursor.strings()
        if cursor.takes("{"):
            cursor.needs("}", "because the baseline overrides nothing")
        return cls(name, label, at.to(cursor.last))

    def spell(self) -> str:
        return f"baseline {self.name}{notes_text(self.label)}"

    @classmethod
    def check_all(cls, scope: Scope) -> None:
        for second in scope.tree.all(Baseline)[1:]:
            scope.problems.add(second.at, "second-baseline", "the model as it stands has two names.", "Remove one `baseline`.")


@dataclass(frozen=True)
class Scenario(Meaning):
    """What is tried: values that are set instead of the model's own.

    Attributes:
        assignments: what it sets.
        is_hidden: it is run, and not shown.
    """

    name: str
    label: str
    assignments: tuple[Assignment, ...]
    is_hidden: bool = False
    at: Span = at_nowhere()

    @classmethod
    def parse(cls, cursor: Cursor) -> Scenario:
        at = cursor.advance().at
        name = cursor.needs_name("of a scenario").text
        label = cursor.strings()
        is_hidden = cursor.takes("hidden")
        label += cursor.strings()
        return cls(name, label, _assignments(cursor), is_hidden, at.to(cursor.last))

    def spell(self) -> str:
        hidden = " hidden" if self.is_hidden else ""
        return f"scenario {self.name}{notes_text(self.label)}{hidden} {_spelled(self.assignments)}"

    def ground(self, scope: Scope) -> None:
        scope.not_values.setdefault(self.name, "It is a scenario: it sets values, and has none.")

    @classmethod
    def check_all(cls, scope: Scope) -> None:
        refuse_second(
            scope, ((one.name, one.at) for one in scope.tree.statements if isinstance(one, Scenario | Baseline)), "scenario"
        )
        for scenario in [] if scope.tree.all(Baseline) else scope.tree.all(Scenario):
            if scenario.name == BASELINE:
                help = "Rename it, or name the model as it stands with `baseline NAME`."
                scope.problems.add(scenario.at, "reserved-name", f"`{BASELINE}` is the model as it stands.", help)


def overridden_keys(scope: Scope, scenarios: Iterable[Scenario]) -> dict[Key, bool]:
    """What any scenario overrides, and whether any does so only for a while."""
    found: dict[Key, bool] = {}
    for scenario in scenarios:
        for assignment in scenario.assignments:
            for item in assignment.items(scope):
                is_window = assignment.start is not None or assignment.until is not None
                found[item.key] = found.get(item.key, False) or is_window
    return found


@dataclass(frozen=True)
class Hindcast(Meaning):
    """The past: the model from one day to another, from the values of that time.

    Attributes:
        start, end: the days.
        assignments: starting values, or what was believed of them then.
        carried: stocks that a run from a posterior begins with as the past left them; all elements of a name that stands without index.
            In the text of a model a part may stand for all of its stocks, private ones too.
    """

    name: str
    label: str
    start: datetime.date
    end: datetime.date
    assignments: tuple[Assignment, ...]
    carried: tuple[Name, ...] = ()
    at: Span = at_nowhere()

    @classmethod
    def parse(cls, cursor: Cursor) -> Hindcast:
        at = cursor.advance().at
        name = cursor.needs_name("of a hindcast").text
        label = cursor.strings()
        dates = []
        for word in ("from", "to"):
            cursor.needs(word, "and a date")
            found = constant(cursor)
            if not isinstance(found, DateLiteral):
                raise cursor.problem("expected-date", "a hindcast runs from a date to a date.", "Write 2023-01-01.", cursor.last)
            dates.append(found.value)
        assignments = _assignments(cursor, may_be_uncertain=True)
        carried: list[Name] = []
        if cursor.takes("carries"):
            carried.append(name_with_subscripts(cursor, "of a stock"))
            while cursor.takes(","):
                carried.append(name_with_subscripts(cursor, "of a stock"))
        return cls(name, label, dates[0], dates[1], assignments, tuple(carried), at.to(cursor.last))

    def spell(self) -> str:
        carried = f" carries {', '.join(name_text(name) for name in self.carried)}" if self.carried else ""
        dates = f"from {self.start} to {self.end}"
        return f"hindcast {self.name}{notes_text(self.label)} {dates} {_spelled(self.assignments)}{carried}"

    def carrying(self, stocks: Mapping[str, tuple[str, ...]]) -> Hindcast:
        """The same with the stocks of a part (by its alias) in place of the part."""
        named = ((name, stocks.get(name.name, ()) if not name.subscripts else ()) for name in self.carried)
        return replace(self, carried=tuple(each for name, inside in named for each in _of_part(name, inside)))

    def carried_items(self, scope: Scope) -> list[Item]:
        """The stocks that a run from a posterior begins with, each once; what is none is noted as a problem."""
        found: dict[Key, Item] = {}
        for name in self.carried:
            symbol = scope.symbols.get(name.name)
            if symbol is None or symbol.kind != "stock":
                if name.name not in scope.doubtful:
                    known = [other for other, one in scope.symbols.items() if one.kind == "stock"]
                    message = f"`{name.name}` is no stock that the past could leave behind."
                    scope.problems.add(name.at, "not-a-stock", message, near=(name.name, known))
            elif symbol.indices and not name.subscripts:
                found |= {item.key: item for item in symbol.items.values()}
            else:
                item = scope.resolve(name, {})
                found |= {item.key: item} if item is not None else {}
        return list(found.values())

    @classmethod
    def check_all(cls, scope: Scope) -> None:
        refuse_second(scope, ((one.name, one.at) for one in scope.tree.all(Hindcast)), "hindcast")

    def check(self, scope: Scope) -> None:
        self._check_repeated(scope)
        self.carried_items(scope)
        if scope.tree.model.as_of is None or self.start >= self.end:
            message = "a hindcast needs an as-of date and ends after it starts."
            scope.problems.add(self.at, "bad-hindcast", message, "Mend the dates.")

    def _check_repeated(self, scope: Scope) -> None:
        """A parameter has one law, or one value."""
        seen: dict[object, Assignment] = {}
        for assignment in self.assignments:
            key = (assignment.target.name, assignment.target.subscripts)
            before = seen.setdefault(key, assignment)
            if before is not assignment and (before.prior is not None or assignment.prior is not None):
                message = f"hindcast `{self.name}` sets `{print_expression(assignment.target)}` twice."
                scope.problems.add(assignment.at, "repeated-override", message, "Keep one of the two.")


def _of_part(name: Name, stocks: tuple[str, ...]) -> tuple[Name, ...]:
    return tuple(replace(name, name=stock) for stock in stocks) or (name,)


@dataclass(frozen=True)
class Variant(Meaning):
    """A rival model: the same text with some values replaced, and how much it is believed in.

    Attributes:
        weight: a share; what the variants leave is the model's own.
        assignments: what it replaces.
    """

    name: str
    label: str
    weight: Number
    assignments: tuple[Assignment, ...]
    because: str = ""
    at: Span = at_nowhere()

    @classmethod
    def parse(cls, cursor: Cursor) -> Variant:
        at = cursor.advance().at
        name = cursor.needs_name("of a variant").text
        label = cursor.strings()
        cursor.needs("weight", "and how much the variant is believed in")
        weight = number_with_unit(cursor)
        assignments = _assignments(cursor)
        return cls(name, label, weight, assignments, _reason(cursor), at.to(cursor.last))

    def spell(self) -> str:
        text = f"variant {self.name}{notes_text(self.label)} weight {number_text(self.weight)} {_spelled(self.assignments)}"
        return text + notes_text("", self.because)

    @classmethod
    def check_all(cls, scope: Scope) -> None:
        """Weights are shares; what they leave is the model's own."""
        variants = scope.tree.all(Variant)
        refuse_second(scope, ((one.name, one.at) for one in variants), "variant")
        total = 0.0
        for variant in variants:
            weight = constant_in(scope, variant.weight, Unit(), f"the weight of variant `{variant.name}`")
            total += weight
            if not 0 < weight < 1:
                message = f"the weight of variant `{variant.name}` is {weight:g}; it must lie between 0 and 1."
                scope.problems.add(variant.weight.at, "bad-weight", message, "Write, for example, `weight 30 %`.")
            elif total >= 1:
                message = f"the variants weigh {total:g} together and leave nothing for the model itself."
                scope.problems.add(variant.weight.at, "bad-weight", message, "Make them lighter.")
            if not variant.because:
                note_because(scope, variant.at, variant.name)


_BESIDE = """\
lever aid : 1 from 0 to 2 = 1 named none = 0
param portion : 1 = 0.3
event summit on 2024-11-20
let pressure : 1 = aid * portion"""
BASELINE_STATEMENT = Construct(
    "baseline",
    Baseline.parse,
    (Baseline,),
    place="model",
    examples=(
        Example('baseline as_reported "As it is reported"', "The model as it stands has this name, instead of `baseline`."),
    ),
)
SCENARIO = Construct(
    "scenario",
    Scenario.parse,
    (Scenario,),
    place="model",
    examples=(
        Example(
            'scenario no_aid "Aid stops" { aid = "none", summit = never }',
            "A lever at a named position; an event that never comes.",
            _BESIDE,
        ),
        Example(
            "scenario winter hidden { pressure = 0.1 from 2024-12-01 until 2025-02-01 }",
            "An auxiliary is held for two months; not shown.",
            _BESIDE,
        ),
    ),
)
HINDCAST = Construct(
    "hindcast",
    Hindcast.parse,
    (Hindcast,),
    place="model",
    examples=(
        Example(
            'hindcast summer "The summer before" from 2024-06-01 to 2024-09-01 { portion ~ 0.2 to 0.4 because "as it was then" }',
            "The same model over three months that are known, with what was believed of a parameter then.",
            _BESIDE,
        ),
        Example(
            "hindcast summer from 2024-06-01 to 2024-09-01 { portion = 0.3 } carries men",
            "A run that draws from a posterior of this past begins with as many men as the past left, and not with 1000.",
            _BESIDE + "\nstock men : person = 1000 person",
        ),
    ),
)
VARIANT = Construct(
    "variant",
    Variant.parse,
    (Variant,),
    place="model",
    examples=(
        Example(
            'variant weaker "Aid does half as much" weight 30 % { portion = 0.15 } because "two of seven studies"',
            "A rival model with a weight of 30 %.",
            _BESIDE,
        ),
    ),
)
