"""`series` and `observe`: what was measured, and with which error a calibration holds the model against it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from foedus.compile.amounts import constant_in
from foedus.compile.checks import check_names, refuse_second
from foedus.compile.kinds import Kind, expect
from foedus.compile.scope import Item, Meaning, Scope, spell
from foedus.language.clauses import Notes, every_duration, moment, notes, numbers
from foedus.language.construct import Construct, Example
from foedus.language.cursor import Clauses, Cursor
from foedus.language.expressions import name_with_subscripts, number_with_unit, unit
from foedus.language.printer import clauses_text, name_text, notes_text, number_text, quoted, unit_text
from foedus.language.source import Span
from foedus.language.tree import Expression, Name, Number, UnitExpression, at_nowhere
from foedus.units import Unit

__all__ = ["OBSERVE", "SERIES", "ObservationSlot", "Observe", "Series", "observation_slots", "observed_items"]

_ERRORS = {"normal": 1, "lognormal": 1, "asinh": 2, "counts": 1}  # family of the error -> how many numbers it takes


@dataclass(frozen=True)
class Series(Meaning):
    """Observed values of a variable.

    Attributes:
        file: a CSV file beside the model; "" for the belief curve of a group of claims.
        column: of the file, or the name of the group.
        of: the variable that it measures.
    """

    name: str
    unit: UnitExpression
    file: str
    column: str
    of: Name
    label: str = ""
    at: Span = at_nowhere()

    @classmethod
    def parse(cls, cursor: Cursor) -> Series:
        at = cursor.advance().at
        name = cursor.needs_name("of a series").text
        cursor.needs(":", "and the unit")
        found = unit(cursor)
        cursor.needs("from", "and the file")
        if cursor.takes("belief"):
            file, column = "", cursor.needs_string("with the name of a group of claims")
        else:
            file = cursor.needs_string("with the name of a CSV file")
            cursor.needs("column")
            column = cursor.needs_string("with the name of the column")
        cursor.needs("of", "and the variable that it measures")
        of = name_with_subscripts(cursor, "of a variable")
        return cls(name, found, file, column, of, notes(cursor).label, at.to(cursor.last))

    def spell(self) -> str:
        where = f"{quoted(self.file)} column {quoted(self.column)}" if self.file else f"belief {quoted(self.column)}"
        return f"series {self.name} : {unit_text(self.unit)} from {where} of {name_text(self.of)}{notes_text(self.label)}"

    def ground(self, scope: Scope) -> None:
        help = "It is a series: observed values, held against the model and never read by it. Write them as a `table … of time`."
        scope.not_values.setdefault(self.name, help)

    def check(self, scope: Scope) -> None:
        check_names(scope, (self.of,))
        measured = scope.symbols.get(self.of.name)
        if measured is not None and measured.unit is not None:
            expect(scope, Kind(scope.unit(self.unit)), measured.unit, self.at, f"series `{self.name}`")

    @classmethod
    def check_all(cls, scope: Scope) -> None:
        refuse_second(scope, ((one.name, one.at) for one in scope.tree.all(Series)), "series")


@dataclass(frozen=True)
class Observe(Meaning):
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
    at: Span = at_nowhere()

    @classmethod
    def parse(cls, cursor: Cursor) -> Observe:
        at = cursor.advance().at
        target = name_with_subscripts(cursor, "of a series or a variable")
        value = on = None
        if cursor.takes("="):
            value = number_with_unit(cursor)
            if not cursor.takes("on", "at"):
                raise cursor.problem("expected", f"expected `on DATE` after the value, found {cursor.found()}.")
            on = moment(cursor)
        cursor.needs("as", "and the error of the observation")
        error = cursor.needs_name("of an error").text
        if error not in _ERRORS:
            message = f"`{error[:40]}` is no error of an observation."
            raise cursor.problem("unknown-error", message, f"Use {', '.join(_ERRORS)}.", cursor.last)
        arguments = numbers(cursor, _ERRORS[error], f"of `{error}`")
        outliers = over = delay = start = until = None
        instead: list[Name] = []
        extra, clauses = Notes(), Clauses(cursor)
        while not cursor.at_statement_end():
            if clauses.takes("outliers"):
                share, times = numbers(cursor, 2, "of `outliers`: their share and how many times wider they scatter")
                outliers = (share, times)
            elif cursor.takes("in"):
                instead += _noises(cursor)
            elif clauses.takes("over"):
                over = every_duration(cursor)
            elif clauses.takes("delay"):
                delay = every_duration(cursor)
            elif clauses.takes("from"):
                start = moment(cursor)
            elif clauses.takes("until"):
                until = moment(cursor)
            elif not extra.take(cursor):
                break
        return cls(
            target,
            error,
            arguments,
            value,
            on,
            outliers,
            tuple(instead),
            over,
            delay,
            start,
            until,
            extra.label,
            extra.because,
            at.to(cursor.last),
        )

    def spell(self) -> str:
        text = f"observe {name_text(self.target)}"
        if self.value is not None:
            text += f" = {number_text(self.value)}{clauses_text(('on', self.on))}"
        text += f" as {self.error}({', '.join(number_text(argument) for argument in self.arguments)})"
        if self.outliers is not None:
            text += f" outliers({', '.join(number_text(number) for number in self.outliers)})"
        text += f" in place of {', '.join(name_text(name) for name in self.instead)}" if self.instead else ""
        for word, duration in (("over", self.over), ("delay", self.delay)):
            text += f" {word} {number_text(duration)}" if duration is not None else ""
        return text + clauses_text(("from", self.start), ("until", self.until)) + notes_text(self.label, self.because)

    @classmethod
    def check_all(cls, scope: Scope) -> None:
        observation_slots(scope)


def _noises(cursor: Cursor) -> list[Name]:
    for word in ("place", "of"):
        cursor.needs(word, "of the clause `in place of NOISE`")
    found = [name_with_subscripts(cursor, "of a noise")]
    while cursor.takes(","):
        found.append(name_with_subscripts(cursor, "of a noise"))
    return found


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
    for statement in scope.tree.all(Observe):
        name, _ = _measured(scope, statement)
        item = scope.resolve(name, {}) if name is not None else None
        if item is not None:
            found[item.key] = item
    return list(found.values())


def observation_slots(scope: Scope) -> tuple[ObservationSlot, ...]:
    """Every `observe` statement, resolved; what is wrong with one is noted as a problem and the statement left out."""
    slots = (_slot(scope, statement) for statement in scope.tree.all(Observe))
    return tuple(slot for slot in slots if slot is not None)


def _measured(scope: Scope, statement: Observe) -> tuple[Name | None, Series | None]:
    """The variable that is measured, and the series of its values (None for a single observation)."""
    if statement.value is not None:
        return statement.target, None
    known = {series.name: series for series in scope.tree.all(Series)}
    series = known.get(statement.target.name)
    if series is None and statement.target.name in scope.doubtful:
        return None, None
    if series is None or not series.file:
        message = f"`{statement.target.name}` is no series from a file."
        help = "Write `observe SERIES as …` or `observe VARIABLE = VALUE on DATE as …`."
        scope.problems.add(statement.target.at, "unknown-series", message, help, near=(statement.target.name, known))
        return None, None
    return series.of, series


def _slot(scope: Scope, statement: Observe) -> ObservationSlot | None:
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
    when = scope.calendar.date_of(moment).isoformat() if scope.calendar is not None and math.isfinite(moment) else ""
    shown = series.name if series is not None else f"{spell(item.key)} on {when}" if when else f"{spell(item.key)} at {moment:g}"
    return ObservationSlot(
        shown,
        series.name if series is not None else "",
        spell(item.key),
        str(unit),
        unit.scale,
        factor,
        statement.error,
        _arguments(scope, statement, unit),
        _outliers(scope, statement),
        _silent(scope, statement),
        _time(scope, statement.over, 0.0),
        _time(scope, statement.delay, 0.0),
        _time(scope, statement.start, -math.inf),
        _time(scope, statement.until, math.inf),
        value,
        moment,
        statement.label,
        statement.because,
    )


def _time(scope: Scope, expression: Expression | None, missing: float) -> float:
    if expression is None or (isinstance(expression, Name) and expression.name == "end"):
        return missing
    return constant_in(scope, expression, scope.units.time, "a clause of `observe`")


def _arguments(scope: Scope, statement: Observe, unit: Unit) -> tuple[float, ...]:
    """The numbers of the error; only the spread of `normal` and the scale of `asinh` carry the variable's unit."""
    carries = statement.error in ("normal", "asinh")
    found = [
        constant_in(scope, argument, unit if carries and place == 0 else Unit(), f"an argument of `{statement.error}`")
        for place, argument in enumerate(statement.arguments)
    ]
    for argument, value in zip(statement.arguments, found, strict=True):
        if not value > 0 and not math.isnan(value):
            message = f"an argument of `{statement.error}` must be above zero; found {value:g}."
            scope.problems.add(argument.at, "not-positive", message, "Give the spread of the error.")
    return tuple(found)


def _outliers(scope: Scope, statement: Observe) -> tuple[float, float]:
    if statement.outliers is None:
        return 0.0, 1.0
    share, times = (constant_in(scope, number, Unit(), "an argument of `outliers`") for number in statement.outliers)
    if not 0 < share < 0.5 or not times > 1:
        message = f"outliers are a share below a half that scatters wider; found {share:g} and {times:g}."
        scope.problems.add(statement.at, "bad-outliers", message, "Write `outliers(5 %, 4)`: one in twenty, four times as wide.")
    return share, times


def _silent(scope: Scope, statement: Observe) -> tuple[str, ...]:
    found = []
    for name in statement.instead:
        symbol = scope.symbols.get(name.name)
        if symbol is None and name.name in scope.doubtful:
            continue
        if symbol is None or symbol.kind != "noise":
            known = [other for other, one in scope.symbols.items() if one.kind == "noise"]
            message = f"`{name.name}` is no noise that an error could stand for."
            scope.problems.add(name.at, "not-a-noise", message, near=(name.name, known))
            continue
        if symbol.indices and not name.subscripts:
            found += [spell(item.key) for item in symbol.items.values()]
        else:
            item = scope.resolve(name, {})
            found += [spell(item.key)] if item is not None else []
    return tuple(found)


_BESIDE = """\
stock men : person = 1000 person
noise tempo : 1 ~ lognormal(0, 0.1) every week
flow lost : men -> outside = 0.02/week * tempo * men"""
SERIES = Construct(
    "series",
    Series.parse,
    (Series,),
    place="model",
    examples=(
        Example('series counted : person from "counts.csv" column "men" of men', "A column of a file beside the model.", _BESIDE),
        Example(
            'series believed : 1 from belief "men were lost" of doubt',
            "What the claims of a group say as time goes on.",
            "let doubt : 1 = 0.5",
        ),
    ),
)
OBSERVE = Construct(
    "observe",
    Observe.parse,
    (Observe,),
    "as, outliers, in place of, over, delay, from, until, because",
    place="model",
    examples=(
        Example(
            """\
series counted : person from "counts.csv" column "men" of men
observe counted as lognormal(0.05) outliers(5 %, 4) in place of tempo delay 1 week because "counts differ by some 5 %\"""",
            "Each count is right within 5 %, one in twenty is four times as wrong, and becomes known a week later.",
            _BESIDE,
        ),
        Example(
            'observe men = 950 person on 2024-12-01 as normal(20 person) because "one inspection"', "Measured once.", _BESIDE
        ),
    ),
)
