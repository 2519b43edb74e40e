"""Data that equations read: a column of a CSV file becomes a table of time and an auxiliary that scenarios can override."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path

from foedus.constructs import tree as t
from foedus.constructs.ground import counts_months
from foedus.constructs.part import Input
from foedus.errors import InputError, Problem, path_help
from foedus.evidence.table import dated_column, read_table
from foedus.files import real_path
from foedus.language import Tree
from foedus.language.calendar import Calendar
from foedus.units import DAYS, UnitTable, singular

__all__ = ["input_statements"]

MOST_VALUES = 5000
_MEAN_DAYS = datetime.timedelta(days=3)  # so far the end of months and years in mean days may lie from that of the calendar


def input_statements(given: Input, tree: Tree, folder: Path) -> list[t.Statement]:
    """The table of a column and the auxiliary that reads it.

    Args:
        given: the statement.
        tree: of the model, for its dates.
        folder: of the model; files are looked for in it and nowhere else.
    Raises:
        InputError: the file or the column cannot be read, or does not cover the run; all rows that are wrong at once.
    """
    if tree.model.as_of is None:
        raise _refused(
            tree, given, "date-without-start", f"input `{given.name}` has dates, and the model has none.", "Add `as of DATE`."
        )
    values = _column(given, _path(given, tree, folder))
    _refuse_gaps(given, tree, [day for day, _ in values])
    table = f"{given.name}.{'_'.join((*given.indices, 'data'))}"
    label = given.label or f"{given.column} of {given.file}"
    points = tuple((t.DateLiteral(day, given.at), t.Number(value, None, given.at)) for day, value in values)
    if len(points) == 1:
        points = (*points, (t.DateLiteral(values[0][0] + datetime.timedelta(1), given.at), points[0][1]))
    return [
        t.Table(table, given.unit, None, points, f"{label}: the data", given.because, given.at, given.is_held),
        t.Let(
            given.name,
            given.indices,
            given.unit,
            t.Call(table, (t.Name("time", (), given.at),), (), given.at),
            label,
            given.because,
            given.at,
        ),
    ]


def _refused(tree: Tree, given: Input, code: str, message: str, help: str) -> InputError:
    return InputError(tree.source.problem(given.at, code, message, help))


def _path(given: Input, tree: Tree, folder: Path) -> Path:
    try:
        path = real_path(folder / given.file)
        is_there = path.is_file()
    except (OSError, ValueError) as error:
        raise _refused(tree, given, "no-input", f"no file can have this name: {error}.", "Check the name.") from None
    if not path.is_relative_to(real_path(folder)):
        raise _refused(tree, given, "input-outside", f"`{given.file}` leads out of the model's folder.", "Put the file into it.")
    if not is_there:
        message = f"input `{given.name}` names the file {given.file}, which is not there."
        raise _refused(tree, given, "no-input", message, path_help(given.file, "Give its place as seen from the model's folder."))
    return folder / given.file


def _column(given: Input, path: Path) -> list[tuple[datetime.date, float]]:
    """The values by date; rows without one are left out."""
    found = dated_column(read_table(path), given.column)
    if not found:
        raise InputError(Problem(str(path), 1, 1, "no-values", f"the column `{given.column}` holds no value.", "Fill it in."))
    if len(found) > MOST_VALUES:
        message = f"the column `{given.column}` has {len(found):,} values; an input has at most {MOST_VALUES:,}."
        raise InputError(Problem(str(path), 1, 1, "too-many-values", message, "Thin it out, for example to one value a week."))
    return found


def _refuse_gaps(given: Input, tree: Tree, days: list[datetime.date]) -> None:
    """The data must reach over the whole run, unless the text says that the ends hold outside of it."""
    if given.holds_outside:
        return
    as_of = tree.model.as_of
    assert as_of is not None
    found = _last_day(tree, as_of)
    if found is None:
        return  # the head is refused for it
    end, slack = found
    start = min([as_of, *(one.start for one in tree.all(t.Hindcast))])
    reach = days[-1] + (days[-1] - days[-2] if given.is_held and len(days) > 1 else datetime.timedelta(0))
    if days[0] > start or reach < end - slack:
        message = f"the data of `{given.name}` reach from {days[0]} to {days[-1]}, the run from {start} to {end}."
        help = "Add rows, or write `outside held` behind it: the first and last value then hold before and after."
        raise _refused(tree, given, "input-too-short", message, help)


def _last_day(tree: Tree, as_of: datetime.date) -> tuple[datetime.date, datetime.timedelta] | None:
    """The day on which the run ends, and how much less the data may have; None where the head says no such day."""
    model, known = tree.model, UnitTable().of_months
    for one in tree.all(t.UnitStatement):
        if one.definition is not None and one.definition.unit is not None and counts_months(one.definition.unit, known):
            known.add(one.name)
    horizon, made = model.horizon, {one.name: one.definition for one in tree.all(t.UnitStatement) if one.definition is not None}
    for _ in range(len(made)):  # in a unit of one's own: what it is made of
        name = horizon.unit.factors[0][0] if horizon.unit is not None and len(horizon.unit.factors) == 1 else ""
        of = None if singular(name) in DAYS else made.get(name) or made.get(name.removesuffix("s"))
        horizon = horizon if of is None else dataclasses.replace(of, value=of.value * horizon.value)
    if horizon.unit is None or not horizon.unit.factors or singular(horizon.unit.factors[0][0]) not in DAYS:
        return None
    in_months = [counts_months(one.unit, known) for one in (model.horizon, model.step) if one.unit is not None]
    calendar = Calendar(as_of, singular(horizon.unit.factors[0][0]), all(in_months))
    try:
        end = calendar.date_of(horizon.value)
        if calendar.time_of(end) < horizon.value * (1 - 1e-9):  # it ends within the day
            end += datetime.timedelta(days=1)
    except (OverflowError, ValueError):
        return None
    return end, _MEAN_DAYS if in_months[0] and not calendar.by_months else datetime.timedelta(0)
