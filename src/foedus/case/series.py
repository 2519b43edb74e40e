"""Observed series beside the model: CSV files with a `date` column."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from foedus.case.folder import CaseFolder
from foedus.case.material import Material
from foedus.constructs import tree as t
from foedus.errors import CaseError, InputError, Problem, path_help
from foedus.evidence import belief_curve
from foedus.evidence.table import dated_column, read_table
from foedus.files import real_path
from foedus.language import read_model_text
from foedus.language.include import text_without_missing
from foedus.model import survey

__all__ = ["observed_series", "read_series", "series_path", "series_problems", "series_variable", "unread_series_problems"]

Observed = tuple[str, tuple[str, ...], tuple[float, ...]]


def read_series(case: Material, series: t.Series) -> Observed:
    """(label, dates, values) of a series, by date; rows without a value are left out.

    Raises:
        CaseError: the file or a column is missing, or rows cannot be read; all such rows at once.
    """
    if not series.file:
        return _belief_curve(case, series)
    path = series_path(case, series)
    try:
        values = dated_column(read_table(path), series.column)
    except InputError as error:
        raise CaseError(error.problems) from None
    if case.folder.edition:  # the file is that of the case, and goes on
        values = [(day, value) for day, value in values if day.isoformat() <= case.folder.edition]
    return series.label or series.name, tuple(day.isoformat() for day, _ in values), tuple(value for _, value in values)


def series_problems(case: Material) -> list[Problem]:
    """Everything that keeps the series of a case from being read, of all of them; each problem once."""
    found: list[Problem] = []
    for series in case.tree.all(t.Series):
        try:
            _, days, _ = read_series(case, series)
        except CaseError as error:
            found += [problem for problem in error.problems if problem not in found]
            continue
        if series.file and not days:  # no fault of a case that was cut to what was known on a day
            message = f"the column `{series.column}` of series `{series.name}` holds no value."
            help = "Fill it in, or leave the series out of the model."
            found.append(Problem(str(series_path(case, series)), 1, 1, "no-values", message, help))
    return found


def unread_series_problems(folder: CaseFolder) -> list[Problem]:
    """The same of a case whose model cannot be read: of the files that the readable part of its text names."""
    tree = survey(text_without_missing(folder.model) or read_model_text(folder.model))
    named = tuple(one for one in tree.statements if isinstance(one, t.Series) and one.file)
    return series_problems(Material(folder, dataclasses.replace(tree, statements=named), None))


def series_path(case: Material, series: t.Series) -> Path:
    """Where the file of a series is.

    Raises:
        CaseError: it lies outside of the case's folder, or is not there.
    """

    def refuse(code: str, message: str, help: str) -> CaseError:
        return CaseError(case.tree.source.problem(series.at, code, message, help))

    try:
        path = real_path(case.folder.home / series.file)
        is_there = path.is_file()
    except (OSError, ValueError) as error:
        raise refuse("no-series", f"series `{series.name}` names no file that can be: {error}.", "Check the name.") from None
    if not path.is_relative_to(real_path(case.folder.home)):
        raise refuse("series-outside", f"`{series.file}` leads out of the case's folder.", "Put the file into the case's folder.")
    if is_there:
        return path
    message = f"series `{series.name}` names the file {series.file}, which is not there."
    raise refuse("no-series", message, path_help(series.file, f"Check the name, and that the file lies in {case.folder.home}."))


def _belief_curve(case: Material, series: t.Series) -> Observed:
    """Belief after each claim of a group, day by day, as a probability."""
    is_removed = bool(case.removal.group(series.column))
    if case.ledger is None or (series.column not in case.ledger.groups and not is_removed):
        message = f"series `{series.name}` needs the claims `{series.column}`, which no ledger beside the model holds."
        raise CaseError(case.tree.source.problem(series.at, "unknown-group", message, "Check the name of the group."))
    claims = [claim for claim in case.ledger.claims if claim.group == series.column]
    curve = belief_curve(claims, defaults=case.defaults)
    days = {point.date: point.probability for point in curve.points if point.date}
    return series.label or series.name, tuple(days), tuple(days.values())


def series_variable(series: t.Series) -> str:
    """The name of the variable that a series measures, with its elements."""
    return series.of.name + (f"[{', '.join(part.name for part in series.of.subscripts)}]" if series.of.subscripts else "")


def observed_series(case: Material) -> dict[str, tuple[Observed, ...]]:
    """Variable -> the series that measure it."""
    found: dict[str, tuple[Observed, ...]] = {}
    for series in case.tree.all(t.Series):
        name = series_variable(series)
        found[name] = (*found.get(name, ()), read_series(case, series))
    return found
