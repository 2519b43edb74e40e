"""What a scenario sets, as people say it: titles for names, dates as people write them, numbers with their units."""

from __future__ import annotations

import math
import re

from foedus.case import Case
from foedus.compile.amounts import constant_in
from foedus.compile.scope import Scope, build_scope
from foedus.constructs import tree as t
from foedus.constructs.scenario import Assignment
from foedus.language.printer import print_expression
from foedus.show.words import people_date, unit_words
from foedus.titles import title_of
from foedus.units import Unit

__all__ = ["scenario_words", "setting_title", "setting_words"]

_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def scenario_words(case: Case) -> dict[str, tuple[str, ...]]:
    """Scenario -> what it sets, in words; of every scenario that the case declares."""
    scope = build_scope(case.tree)
    return {one.name: tuple(setting_words(scope, part) for part in one.assignments) for one in case.tree.all(t.Scenario)}


def setting_title(scope: Scope, assignment: Assignment) -> str:
    """What is set, in words."""
    return title_of(_target(assignment), _label(scope, assignment))


def setting_words(scope: Scope, assignment: Assignment) -> str:
    """`“Foreign soldiers ordered over the year”: 0 people from 1 January 2025`."""
    told = assignment.told().removeprefix(f"{_target(assignment)} = ")
    value = assignment.value
    amount = _amount(scope, assignment)
    if amount:
        spelled = value.text if isinstance(value, t.OverrideWord) else print_expression(value)  # type: ignore[arg-type]
        named = f" (“{spelled}”)" if isinstance(value, t.OverrideWord) else ""
        told = amount + named + told.removeprefix(spelled)
    dated = _DAY.sub(lambda match: people_date(match[0]), told)
    return f"“{setting_title(scope, assignment)}”: {dated}"


def _target(assignment: Assignment) -> str:
    target = assignment.target
    subscripts = f"[{', '.join(part.name for part in target.subscripts)}]" if target.subscripts else ""
    return f"{target.name}{subscripts}"


def _statement(scope: Scope, assignment: Assignment) -> object | None:
    items = assignment.items(scope)
    return items[0].statement if items else None


def _label(scope: Scope, assignment: Assignment) -> str:
    return str(getattr(_statement(scope, assignment), "label", "") or "")


def _meant(scope: Scope, assignment: Assignment) -> t.Expression | t.OverrideWord | t.ClaimsPrior | None:
    """What is set; where that is a position of a lever that has a name, what stands there."""
    value, statement = assignment.value, _statement(scope, assignment)
    if isinstance(value, t.OverrideWord | t.Name) and isinstance(statement, t.Lever):
        wanted = value.text if isinstance(value, t.OverrideWord) else value.name
        return next((place.value for place in statement.positions if place.name == wanted), value)
    return value


def _exact(amount: float) -> str:
    """What is set is known to the last digit."""
    return f"{amount:,.10g}".replace("-", "−")


def _amount(scope: Scope, assignment: Assignment) -> str:
    """The number that is set, in the unit of what it is set for; empty where it is none, or none that is known beforehand."""
    target = scope.symbols.get(assignment.target.name)
    value = _meant(scope, assignment)
    if value is None or isinstance(value, t.OverrideWord | t.ClaimsPrior) or assignment.is_moment or target is None:
        return ""
    unit, found = target.unit or Unit(), len(scope.problems.found)
    amount = constant_in(scope, value, unit, "what is set")
    if len(scope.problems.found) > found or not math.isfinite(amount):
        del scope.problems.found[found:]
        return ""
    return f"{_exact(amount)} {unit_words(str(unit))}".strip()
