"""What `observe` declares, resolved: which variable is held against what, with which error, in the units declared."""

from __future__ import annotations

import math
from dataclasses import dataclass

from foedus.compile.amounts import constant_in
from foedus.compile.scope import Item, Scope, spell
from foedus.errors import suggestion
from foedus.language import tree as t
from foedus.units import Unit

__all__ = ["ObservationSlot", "observation_slots", "observed_items"]


@dataclass(frozen=True)
class ObservationSlot:
    """One `observe` statement.

    Attributes:
        name: of the series; for a single observation the variable and its moment.
        series: name of the series, "" for a single observation.
        variable: what the model calls the measured quantity, with its elements.
        unit, scale: the variable's unit, and base units per unit.
        factor: variable units per unit of the series.
        error, arguments: the family and its numbers, in the variable's unit where they carry one.
        outliers: (share, how many times wider), (0, 1) for none.
        instead: names of the noises that are silent while calibrating.
        over, delay: in the model's unit of time; 0 for none.
        start, until: times between which observations count, in the model's unit of time.
        value, moment: of a single observation, else NaN.
    """

    name: str
    series: str
    variable: str
    unit: str
    scale: float
    factor: float
    error: str
    arguments: tuple[float, ...]
    outliers: tuple[float, float]
    instead: tuple[str, ...]
    over: float
    delay: float
    start: float
    until: float
    value: float
    moment: float
    label: str
    because: str


def observed_items(scope: Scope) -> list[Item]:
    """The elements of definitions that observations measure, each once, in the order of the text."""
    found: dict[object, Item] = {}
    for statement in scope.tree.all(t.Observe):
        name, _ = _measured(scope, statement)
        item = scope.resolve(name, {}) if name is not None else None
        if item is not None:
            found[item.key] = item
    return list(found.values())


def observation_slots(scope: Scope) -> tuple[ObservationSlot, ...]:
    """Every `observe` statement, resolved; what is wrong with one is noted as a problem and the statement left out."""
    slots = (_slot(scope, statement) for statement in scope.tree.all(t.Observe))
    return tuple(slot for slot in slots if slot is not None)


def _measured(scope: Scope, statement: t.Observe) -> tuple[t.Name | None, t.Series | None]:
    """The variable that is measured, and the series of its values (None for a single observation)."""
    if statement.value is not None:
        return statement.target, None
    known = {series.name: series for series in scope.tree.all(t.Series)}
    series = known.get(statement.target.name)
    if series is None and statement.target.name in scope.doubtful:
        return None, None
    if series is None or not series.file:
        message = f"`{statement.target.name}` is no series from a file."
        near = (
            suggestion(statement.target.name, known) or "Write `observe SERIES as …` or `observe VARIABLE = VALUE on DATE as …`."
        )
        scope.problems.add(statement.target.at, "unknown-series", message, near)
        return None, None
    return series.of, series


def _slot(scope: Scope, statement: t.Observe) -> ObservationSlot | None:
    name, series = _measured(scope, statement)
    item = scope.resolve(name, {}) if name is not None else None
    if name is None or item is None:
        return None
    unit = scope.symbols[item.key[0]].unit
    if unit is None:
        scope.problems.add(name.at, "no-unit", f"`{name.name}` has no unit; it cannot be observed.", "Observe a quantity.")
        return None
    if not statement.because:
        help = 'Add `because "why this error"`.'
        scope.problems.add(statement.at, "no-because", f"the error of `{name.name}` does not say what it rests on.", help)
    value = moment = math.nan
    if statement.value is not None and statement.on is not None:
        value = constant_in(scope, statement.value, unit, "an observed value")
        moment = constant_in(scope, statement.on, scope.units.time, "the moment of an observation")
    factor = scope.unit(series.unit).scale / unit.scale if series is not None else 1.0
    shown = series.name if series is not None else f"{spell(item.key)} at {moment:g} {scope.units.time_unit}"
    return ObservationSlot(
        shown, series.name if series is not None else "", spell(item.key), str(unit), unit.scale, factor, statement.error,
        _arguments(scope, statement, unit), _outliers(scope, statement), _silent(scope, statement),
        _time(scope, statement.over, 0.0), _time(scope, statement.delay, 0.0), _time(scope, statement.start, -math.inf),
        _time(scope, statement.until, math.inf), value, moment, statement.label, statement.because,
    )  # fmt: skip


def _time(scope: Scope, expression: t.Expression | None, missing: float) -> float:
    if expression is None or (isinstance(expression, t.Name) and expression.name == "end"):
        return missing
    return constant_in(scope, expression, scope.units.time, "a clause of `observe`")


def _arguments(scope: Scope, statement: t.Observe, unit: Unit) -> tuple[float, ...]:
    """The numbers of the error; only the spread of `normal` and the scale of `asinh` carry the variable's unit."""
    carries = statement.error in ("normal", "asinh")
    found = [constant_in(scope, argument, unit if carries and place == 0 else Unit(), f"an argument of `{statement.error}`")
             for place, argument in enumerate(statement.arguments)]  # fmt: skip
    for argument, value in zip(statement.arguments, found, strict=True):
        if not value > 0 and not math.isnan(value):
            message = f"an argument of `{statement.error}` must be above zero; found {value:g}."
            scope.problems.add(argument.at, "not-positive", message, "Give the spread of the error.")
    return tuple(found)


def _outliers(scope: Scope, statement: t.Observe) -> tuple[float, float]:
    if statement.outliers is None:
        return 0.0, 1.0
    share, times = (constant_in(scope, number, Unit(), "an argument of `outliers`") for number in statement.outliers)
    if not 0 < share < 0.5 or not times > 1:
        message = f"outliers are a share below a half that scatters wider; found {share:g} and {times:g}."
        scope.problems.add(statement.at, "bad-outliers", message, "Write `outliers(5 %, 4)`: one in twenty, four times as wide.")
    return share, times


def _silent(scope: Scope, statement: t.Observe) -> tuple[str, ...]:
    found = []
    for name in statement.instead:
        symbol = scope.symbols.get(name.name)
        if symbol is None and name.name in scope.doubtful:
            continue
        if symbol is None or symbol.kind != "noise":
            known = [other for other, one in scope.symbols.items() if one.kind == "noise"]
            message = f"`{name.name}` is no noise that an error could stand for."
            scope.problems.add(name.at, "not-a-noise", message, suggestion(name.name, known))
            continue
        if symbol.indices and not name.subscripts:
            found += [spell(item.key) for item in symbol.items.values()]
        else:
            item = scope.resolve(name, {})
            found += [spell(item.key)] if item is not None else []
    return tuple(found)
