"""Tokens to statements: structure and what is uncertain. One function for each keyword."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.language.cursor import Clauses, Cursor
from foedus.language.expressions import (
    constant,
    duration,
    expression,
    name_with_subscripts,
    number_with_unit,
    prior,
    unit,
)
from foedus.language.source import Span
from foedus.language.tree import (
    Actor,
    Chart,
    Correlate,
    DateLiteral,
    Expression,
    FamilyPrior,
    Flow,
    Index,
    Let,
    Map,
    Model,
    Name,
    Noise,
    Number,
    Observe,
    Parameter,
    Series,
    Stock,
    Table,
    UnitStatement,
)

__all__ = ["STRUCTURE", "Notes", "every_duration", "head", "indexed_name", "moment", "notes", "party"]


LONGEST_TABLE = 1000


@dataclass
class Notes:
    """What may trail any statement: a label and a reason."""

    label: str = ""
    because: str = ""

    def take(self, cursor: Cursor) -> bool:
        if cursor.token.kind == "string":
            self.label += cursor.strings()
            return True
        if cursor.sees("because") and self.because:
            raise cursor.problem("repeated-clause", "`because` stands twice in this statement.", "Keep one of the two.")
        if cursor.takes("because"):
            self.because += cursor.needs_string("after `because`")
            return True
        return False


def notes(cursor: Cursor) -> Notes:
    found = Notes()
    while found.take(cursor):
        pass
    return found


def indexed_name(cursor: Cursor, purpose: str) -> tuple[str, tuple[str, ...], Span]:
    found = name_with_subscripts(cursor, purpose)
    for subscript in found.subscripts:
        if subscript.map is not None:
            raise cursor.problem("bad-index", "a definition takes an index or an element, not a map.", at=subscript.at)
    return found.name, tuple(subscript.name for subscript in found.subscripts), found.at


def moment(cursor: Cursor) -> Expression:
    """A date, a time with a unit, or `the end`."""
    if cursor.takes("the") or cursor.sees("end"):
        at = cursor.needs("end").at
        return Name("end", (), at)
    return constant(cursor)


def head(cursor: Cursor) -> Model:
    at = cursor.advance().at
    name = cursor.needs_name("of the model").text
    title = cursor.strings()
    as_of = save_every = horizon = step = None
    method, is_discrete, clauses = "euler", False, Clauses(cursor)
    while not cursor.at_statement_end():
        if clauses.takes("as"):
            cursor.needs("of")
            found = constant(cursor)
            if not isinstance(found, DateLiteral):
                raise cursor.problem("expected-date", "`as of` takes a date.", "Write 2024-10-25.", cursor.last)
            as_of = found.value
        elif clauses.takes("for"):
            horizon = duration(cursor, "for the horizon")
        elif clauses.takes("step"):
            step = duration(cursor, "for the step")
        elif clauses.takes("discrete"):
            is_discrete = True
        elif clauses.takes("save"):
            cursor.needs("every")
            save_every = every_duration(cursor)
        elif clauses.takes("method"):
            method = cursor.needs_name("of a method").text
            if method not in ("euler", "rk4"):
                raise cursor.problem("unknown-method", f"`{method}` is no method.", "Use euler or rk4.", cursor.last)
        elif cursor.token.kind == "string":
            title += cursor.strings()
        elif cursor.begins_line() and horizon is not None:
            break  # a statement that does not exist; the head itself is whole
        else:
            help = "It takes `as of DATE`, `for 104 weeks`, `step 1/8 week`, `discrete`, `method rk4`, `save every 4 weeks`."
            raise cursor.problem("unexpected", f"{cursor.found()} has no place in the head of a model.", help)
    if horizon is None:
        raise cursor.problem("no-horizon", "the model does not say how long it runs.", "Add `for 104 weeks`.", at)
    if step is None:
        step = Number(0.125, horizon.unit, horizon.at)
    return Model(name, title, as_of, horizon, step, method, save_every, is_discrete, at.to(cursor.last))


def _unit_statement(cursor: Cursor) -> list[UnitStatement]:
    cursor.advance()
    found = []
    while True:
        name = cursor.needs_name("of a unit")
        definition = number_with_unit(cursor) if cursor.takes("=") else None
        found.append(UnitStatement(name.text, definition, name.at.to(cursor.last)))
        if not cursor.takes(","):
            return found


def _names(cursor: Cursor, purpose: str) -> tuple[str, ...]:
    found = [cursor.needs_name(purpose).text]
    while cursor.takes(","):
        found.append(cursor.needs_name(purpose).text)
    return tuple(found)


def _index(cursor: Cursor) -> Index:
    at = cursor.advance().at
    name = cursor.needs_name("of an index").text
    cursor.needs("=", "before the elements")
    return Index(name, _names(cursor, "of an element"), at.to(cursor.last))


def _map(cursor: Cursor) -> Map:
    at = cursor.advance().at
    name = cursor.needs_name("of a map").text
    cursor.needs(":")
    source = cursor.needs_name("of an index").text
    cursor.needs("->")
    target = cursor.needs_name("of an index").text
    cursor.needs("=")
    pairs = []
    while True:
        left = cursor.needs_name("of an element").text
        cursor.needs("->")
        pairs.append((left, cursor.needs_name("of an element").text))
        if not cursor.takes(","):
            return Map(name, source, target, tuple(pairs), at.to(cursor.last))


def _actors(cursor: Cursor) -> list[Actor]:
    cursor.advance()
    found = []
    while True:
        name = cursor.needs_name("of an actor")
        found.append(Actor(name.text, cursor.strings(), name.at))
        if not cursor.takes(","):
            return found


def _stock(cursor: Cursor) -> Stock:
    at = cursor.advance().at
    name, indices, _ = indexed_name(cursor, "of a stock")
    cursor.needs(":", "and the unit of the stock")
    found = unit(cursor)
    cursor.needs("=", "and the starting value of the stock")
    initial = expression(cursor)
    extra, is_signed, within, clauses = Notes(), False, None, Clauses(cursor)
    while not cursor.at_statement_end():
        if clauses.takes("signed"):
            is_signed = True
        elif clauses.takes("within"):
            low = expression(cursor, 5)
            cursor.needs("to")
            within = (low, expression(cursor, 5))
        elif not extra.take(cursor):
            break
    return Stock(name, indices, found, initial, is_signed, within, extra.label, extra.because, at.to(cursor.last))


def _end_of_flow(cursor: Cursor) -> Name | None:
    return None if cursor.takes("outside") else name_with_subscripts(cursor, "of a stock, or `outside`")


def _flow(cursor: Cursor) -> Flow:
    at = cursor.advance().at
    name, indices, _ = indexed_name(cursor, "of a flow")
    cursor.needs(":", "and where the flow comes from")
    source = _end_of_flow(cursor)
    cursor.needs("->", "and where the flow goes")
    target = _end_of_flow(cursor)
    cursor.needs("=", "and the rate of the flow")
    rate = expression(cursor)
    extra = notes(cursor)
    return Flow(name, indices, source, target, rate, extra.label, extra.because, at.to(cursor.last))


def _let(cursor: Cursor) -> Let:
    at = cursor.advance().at
    name, indices, _ = indexed_name(cursor, "of an auxiliary")
    cursor.needs(":", "and the unit")
    found = unit(cursor)
    cursor.needs("=", "and the definition")
    value = expression(cursor)
    extra = notes(cursor)
    return Let(name, indices, found, value, extra.label, extra.because, at.to(cursor.last))


def _table(cursor: Cursor) -> Table:
    at = cursor.advance().at
    name = cursor.needs_name("of a table").text
    cursor.needs(":", "and the unit")
    found = unit(cursor)
    cursor.needs("of", "and the unit of x")
    of = None if cursor.takes("time", "date") else unit(cursor)
    cursor.needs("=", "and the points")
    points: list[tuple[Number | DateLiteral, Number]] = []
    while cursor.takes("("):
        if len(points) >= LONGEST_TABLE:
            message = f"a table has at most {LONGEST_TABLE:,} points."
            raise cursor.problem("table-too-long", message, "Thin it out; it is linear between points.")
        x = constant(cursor)
        cursor.needs(",", "between x and y")
        points.append((x, number_with_unit(cursor)))
        cursor.needs(")", "to close the point")
        cursor.takes(",")
    extra = notes(cursor)
    return Table(name, found, of, tuple(points), extra.label, extra.because, at.to(cursor.last))


def _parameter(cursor: Cursor) -> Parameter:
    at = cursor.advance().at
    name, indices, _ = indexed_name(cursor, "of a parameter")
    cursor.needs(":", "and the unit of the parameter")
    found = unit(cursor)
    value = law = None
    if cursor.takes("~"):
        law = prior(cursor)
    else:
        cursor.needs("=", "or `~`, and the value")
        value = expression(cursor)
    extra = notes(cursor)
    return Parameter(name, indices, found, value, law, extra.label, extra.because, at.to(cursor.last))


def _noise(cursor: Cursor) -> Noise:
    at = cursor.advance().at
    name, indices, _ = indexed_name(cursor, "of a noise")
    cursor.needs(":", "and the unit")
    found = unit(cursor)
    cursor.needs("~", "and a distribution")
    law = prior(cursor)
    if not isinstance(law, FamilyPrior) or law.family not in (
        "normal",
        "lognormal",
        "uniform",
        "logitnormal",
    ):
        message = "a noise is normal, lognormal, logitnormal or uniform."
        raise cursor.problem("bad-noise", message, "Write `~ lognormal(0, 0.15)`.", law.at)
    cursor.needs("every", "and how often it is drawn anew")
    every = every_duration(cursor)
    memory = expression(cursor, 5) if cursor.takes("memory") else None
    extra = notes(cursor)
    return Noise(name, indices, found, law, every, memory, extra.label, extra.because, at.to(cursor.last))


def every_duration(cursor: Cursor) -> Number:
    """`week`, `4 weeks`: what follows `every`."""
    if cursor.token.kind == "name":
        at = cursor.token.at
        return Number(1.0, unit(cursor), at)
    return duration(cursor, "after `every`")


def _series(cursor: Cursor) -> Series:
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
    return Series(name, found, file, column, of, notes(cursor).label, at.to(cursor.last))


_ERRORS = {"normal": 1, "lognormal": 1, "asinh": 2, "counts": 1}


def _observe(cursor: Cursor) -> Observe:
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
    arguments = _numbers(cursor, _ERRORS[error], f"of `{error}`")
    outliers = over = delay = start = until = None
    instead: list[Name] = []
    extra, clauses = Notes(), Clauses(cursor)
    while not cursor.at_statement_end():
        if clauses.takes("outliers"):
            share, times = _numbers(cursor, 2, "of `outliers`: their share and how many times wider they scatter")
            outliers = (share, times)
        elif cursor.takes("in"):
            for word in ("place", "of"):
                cursor.needs(word, "of the clause `in place of NOISE`")
            instead.append(name_with_subscripts(cursor, "of a noise"))
            while cursor.takes(","):
                instead.append(name_with_subscripts(cursor, "of a noise"))
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
    return Observe(target, error, arguments, value, on, outliers, tuple(instead), over, delay, start, until, extra.label, extra.because,
                   at.to(cursor.last))  # fmt: skip


def _numbers(cursor: Cursor, count: int, purpose: str) -> tuple[Number, ...]:
    """`(1, 2)`: so many constants in brackets."""
    cursor.needs("(", f"and the numbers {purpose}")
    found = [number_with_unit(cursor)]
    while len(found) < count:
        cursor.needs(",", f"and the next number {purpose}")
        found.append(number_with_unit(cursor))
    cursor.needs(")", f"after the numbers {purpose}")
    return tuple(found)


def _chart(cursor: Cursor) -> Chart:
    at = cursor.advance().at
    title = cursor.needs_string("with the title of the chart")
    cursor.needs("of")
    names = [name_with_subscripts(cursor, "of a variable")]
    while cursor.takes(","):
        names.append(name_with_subscripts(cursor, "of a variable"))
    return Chart(title, tuple(names), at.to(cursor.last))


def _correlate(cursor: Cursor) -> Correlate:
    at = cursor.advance().at
    first = name_with_subscripts(cursor, "of a parameter")
    cursor.needs("with")
    second = name_with_subscripts(cursor, "of a parameter")
    cursor.needs("at")
    coefficient = number_with_unit(cursor)
    return Correlate(first, second, coefficient.value, at.to(cursor.last))


def party(cursor: Cursor) -> str:
    return cursor.needs_name("of an actor").text


STRUCTURE = {
    "unit": _unit_statement, "index": _index, "map": _map, "actor": _actors, "stock": _stock, "flow": _flow, "let": _let,
    "table": _table, "param": _parameter, "noise": _noise, "series": _series, "observe": _observe, "chart": _chart, "correlate": _correlate,
}  # fmt: skip
