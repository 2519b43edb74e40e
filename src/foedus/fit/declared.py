"""A fit of figures of one's own: a folder with a table and `fit.toml`, which says what its columns are and which relation is fitted.

    format = "foedus fit 1"
    title = "Convoys that arrived"
    relation = "chance"
    file = "convoys.csv"
    source = "Harbour office, 2031"
    licence = "CC0"

    [columns]              # role of the relation = column of the table
    happened = "arrived"
    tried = "sent"

    [keep]                 # may be left out: only these rows
    season = ["winter", "summer"]

    [groups.winter]        # may be left out: told apart as well
    season = "winter"

A condition is a text that the cell is, a list of texts of which it is one, or two numbers between which it lies, both included.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.arrays import Array
from foedus.errors import InputError, Problem, suggestion
from foedus.fit.fit import Fit, Request
from foedus.fit.tables import Record, rows_of

__all__ = ["FILE", "FORMAT", "Declared", "FitRelation", "Mask", "fit_declared"]

FILE, FORMAT = "fit.toml", "foedus fit 1"
_TEXTS = ("title", "relation", "file", "source", "licence")
_TABLES = ("columns", "keep", "groups")
_HELP = "docs/fit.md shows the whole form."

Mask = NDArray[np.bool_]
Condition = Mapping[str, str | Sequence[Any]]


@dataclass(frozen=True)
class FitRelation:
    """A relation that can be fitted.

    Attributes:
        name: as `fit.toml` has it.
        roles: what its columns are -> in words.
        usable: which rows it can use, by role; (row,).
        fit: the fit of the usable rows: columns by role, groups as masks over the rows, and how many rows were left out.
        fewest: rows that it takes, in all and in each group.
        wrong: which rows cannot be true at all, by role; (row,). needs: what they must be, in words.
    """

    name: str
    roles: Mapping[str, str]
    usable: Callable[[Mapping[str, Array]], Mask]
    fit: Callable[[Declared, Mapping[str, Array], Mapping[str, Mask], int], Fit]
    fewest: int
    wrong: Callable[[Mapping[str, Array]], Mask] | None = None
    needs: str = ""


@dataclass(frozen=True)
class Declared:
    """A `fit.toml`.

    Attributes:
        name: of the folder; path: of the file that declares it.
        table: the figures.
        columns: role -> column.
        keep: a condition by column; groups: such conditions by name.
        seed: of what is drawn.
    """

    name: str
    path: Path
    title: str
    relation: str
    source: str
    licence: str
    table: Path
    columns: Mapping[str, str]
    keep: Condition
    groups: Mapping[str, Condition]
    seed: int


def fit_declared(request: Request, relations: Mapping[str, FitRelation]) -> Fit:
    """Fit the figures that a folder declares.

    Raises:
        InputError: `fit.toml` is wrong (all that is wrong with it at once), the table is not there, lacks a column or has a cell that
            is no number, or too few rows are left.
    """
    declared = _read(request, relations)
    relation = relations[declared.relation]
    needed = dict.fromkeys(
        [*declared.columns.values(), *declared.keep, *(column for one in declared.groups.values() for column in one)]
    )
    records = rows_of(declared.table, tuple(needed))
    kept = [record for record in records if _holds(record, declared.keep)]
    columns = {role: np.array([record.number(column) for record in kept]) for role, column in declared.columns.items()}
    _refuse_wrong(declared, relation, columns, kept)
    usable = relation.usable(columns) if kept else np.zeros(0, bool)
    _require(declared, "the table", int(usable.sum()), relation.fewest)
    groups = {}
    for name, condition in declared.groups.items():
        groups[name] = np.array([_holds(record, condition) for record in kept])[usable]
        _require(declared, f"the group “{name}”", int(groups[name].sum()), relation.fewest)
    used = {role: values[usable] for role, values in columns.items()}
    return relation.fit(declared, used, groups, len(records) - int(usable.sum()))


def _refuse_wrong(declared: Declared, relation: FitRelation, columns: Mapping[str, Array], kept: Sequence[Record]) -> None:
    """Refuse every row that cannot be true, each in its place."""
    if relation.wrong is None or not kept:
        return
    problems = []
    for place in map(int, np.flatnonzero(relation.wrong(columns))):
        told = ", ".join(f"`{declared.columns[role]}` {columns[role][place]:g}" for role in relation.roles)
        message = f"{told}: this cannot be."
        problems.append(Problem(kept[place].file, kept[place].row.line, 1, "bad-counts", message, relation.needs))
    if problems:
        raise InputError(problems)


def _require(declared: Declared, where: str, count: int, fewest: int) -> None:
    if count < fewest:
        message = f"{where} has {count} rows that can be used; `{declared.relation}` takes {fewest} or more."
        raise InputError(Problem(str(declared.path), 0, 0, "too-few-rows", message, "Add rows, or keep more of them."))


def _holds(record: Record, condition: Condition) -> bool:
    """Does a row meet every condition?"""
    for column, wanted in condition.items():
        if isinstance(wanted, str):
            if record.text(column).strip() != wanted:
                return False
        elif all(isinstance(one, str) for one in wanted):
            if record.text(column).strip() not in wanted:
                return False
        elif not float(wanted[0]) <= record.number(column) <= float(wanted[1]):
            return False
    return True


def _read(request: Request, relations: Mapping[str, FitRelation]) -> Declared:
    path = request.folder / FILE
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(Problem(str(path), 0, 0, "bad-fit", f"not TOML: {error}.", "Mend the line.")) from None
    problems = [Problem(str(path), 0, 0, "bad-fit", message, _HELP) for message in _faults(found, relations)]
    if problems:
        raise InputError(problems)
    table = (request.data or request.folder) / found["file"]
    if not table.is_file():
        message = f"the figures {found['file']} are not in {table.parent}."
        raise InputError(Problem(str(path), 0, 0, "no-data", message, "Put them there, or give their folder with --data DIR."))
    return Declared(
        request.case,
        path,
        found["title"],
        found["relation"],
        found["source"],
        found["licence"],
        table,
        found["columns"],
        found.get("keep", {}),
        found.get("groups", {}),
        request.seed,
    )


def _faults(found: Mapping[str, Any], relations: Mapping[str, FitRelation]) -> Iterator[str]:
    """What is wrong with a `fit.toml`, in sentences."""
    if found.get("format") != FORMAT:
        yield f'`format` is {found.get("format")!r}, not "{FORMAT}".'
    for key in found:
        if key not in ("format", *_TEXTS, *_TABLES):
            yield f"there is no key `{key}`."
    for key in _TEXTS:
        if not isinstance(found.get(key), str) or not found[key].strip():
            yield f"`{key}` must be a text."
    relation = found.get("relation")
    if isinstance(relation, str) and relation not in relations:
        known = ", ".join(relations)
        yield f"there is no relation `{relation}`. {suggestion(relation, relations) or f'Relations: {known}.'}"
    roles = relations[relation].roles if isinstance(relation, str) and relation in relations else None
    yield from _column_faults(found.get("columns"), roles)
    yield from _condition_faults("keep", found.get("keep", {}))
    groups = found.get("groups", {})
    if not isinstance(groups, dict):
        yield "`groups` must be tables: `[groups.NAME]`."
        return
    for name, condition in groups.items():
        if name == "all":
            yield "a group cannot be called `all`: that is the whole table."
        yield from _condition_faults(f"groups.{name}", condition)


def _column_faults(columns: Any, roles: Mapping[str, str] | None) -> Iterator[str]:
    if not isinstance(columns, dict) or not all(isinstance(one, str) for one in columns.values()):
        yield '`[columns]` must say which column of the table is what: `ROLE = "COLUMN"`.'
        return
    for role, words in (roles or {}).items():
        if role not in columns:
            yield f"`[columns]` lacks `{role}`: {words}."
    for role in columns:
        if roles is not None and role not in roles:
            yield f"`[columns]` has `{role}`, which the relation does not take; it takes {', '.join(roles)}."


def _condition_faults(where: str, condition: Any) -> Iterator[str]:
    if not isinstance(condition, dict):
        yield f'`[{where}]` must be a table: `COLUMN = "TEXT"`.'
        return
    for column, wanted in condition.items():
        is_range = isinstance(wanted, list) and len(wanted) == 2 and all(type(one) in (int, float) for one in wanted)
        is_texts = isinstance(wanted, list) and bool(wanted) and all(isinstance(one, str) for one in wanted)
        if not (isinstance(wanted, str) or is_texts or is_range):
            yield f"`{column}` in `[{where}]` must be a text, a list of texts, or two numbers."
