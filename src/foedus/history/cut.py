"""What was known on a day: the only door to data for a forecast that is made as of that day.

The door is a folder. `write_known` writes the case anew with nothing in it that was not known then, and loads it from there: rows of
series up to the day (less the delay with which they were reported), claims published by then, single observations made by then,
calendars up to the day and level after it. Whatever works on that case cannot see the rest, because the rest is not there.

Priors are the part that no date cuts. A case may keep priors that were not fitted to its own past in `without_hindsight.foedus`: its
statements stand in for those of the model. A parameter that rests on claims keeps them where one was published by then.
"""

from __future__ import annotations

import csv
import dataclasses
import datetime
import hashlib
import io
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.case import Case, load
from foedus.constructs import tree as t
from foedus.errors import CaseError, Problem
from foedus.evidence import Claim, Ledger
from foedus.evidence.table import CellError, SheetTable, day_of, read_table
from foedus.language import Tree, read_source
from foedus.language.printer import print_tree
from foedus.model import survey
from foedus.units import DAYS, singular

__all__ = ["WITHOUT_HINDSIGHT", "KnownThen", "write_known"]

WITHOUT_HINDSIGHT = "without_hindsight.foedus"
_CARRIED = ("evidence.toml",)


@dataclass(frozen=True)
class KnownThen:
    """What was known on a day.

    Attributes:
        until: the day; it is known itself.
        case: the case as it could have been written then, in a folder of its own.
        rows: series -> how many rows were known.
        claims: how many claims were known, and how many there are now.
        replaced: parameters whose prior comes from `without_hindsight.foedus`.
        digest: SHA-256 over every file of the folder.
    """

    until: datetime.date
    case: Case
    rows: dict[str, int]
    claims: tuple[int, int]
    replaced: tuple[str, ...]
    digest: str


def write_known(case: Case, until: datetime.date, folder: Path, *, keeps_priors: bool = False) -> KnownThen:
    """Write into `folder` what was known of a case on a day, and load it.

    Args:
        folder: is made; must not exist.
        keeps_priors: keep the priors of the model even where they were fitted to later data (to see what hindsight is worth).
    Raises:
        CaseError: a parameter rests on claims of which none was known, and nothing stands in for it; all of them at once.
    """
    folder.mkdir(parents=True)
    claims = _known_claims(case.ledger, until) if case.ledger is not None else ()
    groups = {claim.group for claim in claims if claim.counts}
    tree, replaced = _known_tree(case, until, groups, keeps_priors)
    (folder / "model.foedus").write_text(print_tree(tree), encoding="utf-8")
    if case.ledger is not None:
        lines = "".join(json.dumps(claim.as_dict(), ensure_ascii=False) + "\n" for claim in claims)
        (folder / "ledger.jsonl").write_text(lines, encoding="utf-8")
    rows = _write_series(case, tree, until, folder)
    for name in _CARRIED:
        if (case.folder.home / name).is_file():
            shutil.copyfile(case.folder.home / name, folder / name)
    held = len(case.ledger.claims) if case.ledger is not None else 0
    return KnownThen(until, load(str(folder)), rows, (len(claims), held), replaced, _digest(folder))


def _digest(folder: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            total.update(f"{path.relative_to(folder).as_posix()}\n".encode() + path.read_bytes())
    return total.hexdigest()


def _known_claims(ledger: Ledger, until: datetime.date) -> tuple[Claim, ...]:
    """The claims published by then, without those that were worked out from others that were not."""
    return ledger.known_by(until.isoformat()).claims


def _write_series(case: Case, tree: Tree, until: datetime.date, folder: Path) -> dict[str, int]:
    """The files of the series, with the columns that are used and the rows that were known."""
    columns: dict[str, dict[str, int]] = {}
    for series in case.tree.all(t.Series):
        if series.file:
            columns.setdefault(series.file, {})[series.column] = _delay(case.tree, series.name)
    counts: dict[str, int] = {}
    for file, delays in columns.items():
        source = case.folder.home / file
        table = read_table(source) if source.is_file() else SheetTable(file, (), 0, ())
        rows, known = _known_rows(table, delays, until)
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(rows, encoding="utf-8")
        counts.update({series.name: known[series.column] for series in tree.all(t.Series) if series.file == file})
    return counts


def _known_rows(table: SheetTable, delays: dict[str, int], until: datetime.date) -> tuple[str, dict[str, int]]:
    """A CSV text with the rows that were known by then, and how many values each column keeps."""
    written, counts = io.StringIO(), dict.fromkeys(delays, 0)
    copy = csv.writer(written, lineterminator="\n")
    copy.writerow(["date", *delays])
    for row in table.rows:
        try:
            day = day_of(row.cells.get("date", ""))
        except CellError:
            continue
        values = [row.cells.get(name, "") if day + datetime.timedelta(delay) <= until else "" for name, delay in delays.items()]
        if any(values):
            # The copy is parted by commas, whatever the file was.
            copy.writerow(
                [day.isoformat(), *(value.replace(",", ".") if table.comma == "decimal" else value for value in values)]
            )
            for name, value in zip(delays, values, strict=True):
                counts[name] += bool(value)
    return written.getvalue(), counts


def _delay(tree: Tree, series: str) -> int:
    """Days after its date at which a value of a series becomes known."""
    delays = [_days(one.delay) for one in tree.all(t.Observe) if one.target.name == series and one.delay is not None]
    return max(delays, default=0)


def _days(number: t.Number) -> int:
    name = singular(number.unit.factors[0][0]) if number.unit is not None else "day"
    return round(number.value * DAYS[name])


def _known_tree(case: Case, until: datetime.date, groups: set[str], keeps_priors: bool) -> tuple[Tree, tuple[str, ...]]:
    """The model as it could have been written then."""
    stand_ins = {_key(statement): statement for statement in _stand_ins(case)}
    statements: list[t.Statement] = []
    replaced: list[str] = []
    for statement in case.tree.statements:
        other = stand_ins.pop(_key(statement), None)
        found = _known_statement(statement, until, groups)
        if found is None:
            continue
        if other is not None and _stands_in(found, other, groups, keeps_priors):
            found = _merged(found, other)
            if isinstance(found, t.Parameter):
                replaced.append(_key(found)[1])
        statements.append(found)
    statements += [other for other in stand_ins.values() if not isinstance(other, t.UnitStatement | t.Index)]
    tree = Tree(case.tree.model, tuple(_cut_table(one, until) if isinstance(one, t.Table) else one for one in statements))
    _refuse_unknown(case, tree, groups, until)
    return tree, tuple(replaced)


def _stand_ins(case: Case) -> tuple[t.Statement, ...]:
    path = case.folder.folder / WITHOUT_HINDSIGHT
    if not path.is_file():
        return ()
    tree = survey(read_source(path))
    known = {_key(statement) for statement in case.tree.statements}
    problems = list(tree.faults.problems) if tree.faults is not None else []
    problems += [
        Problem(
            str(path),
            *tree.source.place(one.at.start),
            "replaces-nothing",
            f"the model has no {'parameter' if isinstance(one, t.Parameter) else 'observation of'} `{_key(one)[1]}`.",
            "Take the line out, or name it as the model does.",
        )
        for one in (*tree.all(t.Parameter), *tree.all(t.Observe))
        if _key(one) not in known
    ]
    if problems:
        raise CaseError(problems)
    return tree.statements


def _key(statement: t.Statement) -> tuple[str, str]:
    """What a statement declares: its kind and name, with its elements; of an observation, what is observed, and when."""
    if isinstance(statement, t.Observe):
        day = statement.on.value.isoformat() if isinstance(statement.on, t.DateLiteral) else ""
        return "Observe", f"{_spelt(statement.target)} {day}".strip()
    name = getattr(statement, "name", "")
    indices = getattr(statement, "indices", ())
    return type(statement).__name__, f"{name}[{', '.join(indices)}]" if indices else str(name)


def _stands_in(statement: t.Statement, other: t.Statement, groups: set[str], keeps_priors: bool) -> bool:
    """Does the statement without hindsight take the place of the model's?"""
    asked = list(_groups_of(statement))
    if asked:
        return any(group not in groups for group in asked)
    return not keeps_priors or not isinstance(statement, t.Parameter | t.Hindcast | t.Observe)


def _merged(statement: t.Statement, other: t.Statement) -> t.Statement:
    """The one that stands in; of a hindcast, only the assignments that it names."""
    if not isinstance(statement, t.Hindcast) or not isinstance(other, t.Hindcast):
        return other
    changed = {_spelt(one.target): one for one in other.assignments}
    assignments = tuple(changed.pop(_spelt(one.target), one) for one in statement.assignments)
    return dataclasses.replace(statement, assignments=(*assignments, *changed.values()))


def _spelt(name: t.Name) -> str:
    elements = ", ".join(part.name for part in name.subscripts)
    return f"{name.name}[{elements}]" if elements else name.name


def _known_statement(statement: t.Statement, until: datetime.date, groups: set[str]) -> t.Statement | None:
    """A statement as it could have been written then; None where there was nothing to write."""
    if isinstance(statement, t.Observe) and isinstance(statement.on, t.DateLiteral) and statement.on.value > until:
        return None
    if isinstance(statement, t.Series) and not statement.file and statement.column not in groups:
        return None
    return statement


def _cut_table(table: t.Table, until: datetime.date) -> t.Table:
    """A calendar up to the day, and level after its last point by then. Tables of something else than dates stay."""
    days = [(x.value, y) for x, y in table.points if isinstance(x, t.DateLiteral)]
    if len(days) != len(table.points) or not any(day > until for day, _ in days):
        return table
    kept = [(day, y) for day, y in days if day <= until]
    now = kept[-1][1] if kept else days[0][1]  # nothing is read off a point to come, but where there is no other
    points = [point for point in kept if point[0] < until] + [(until, now), (until + datetime.timedelta(1), now)]
    return dataclasses.replace(table, points=tuple((t.DateLiteral(day), y) for day, y in points))


def _groups_of(part: Any) -> list[str]:
    """The groups of claims that a part of the tree rests on, however deep."""
    if isinstance(part, t.ClaimsPrior):
        return [part.group] if part.group is not None else []
    if isinstance(part, tuple):
        return [group for one in part for group in _groups_of(one)]
    if dataclasses.is_dataclass(part) and not isinstance(part, type):
        return [group for field in dataclasses.fields(part) for group in _groups_of(getattr(part, field.name))]
    return []


def _refuse_unknown(case: Case, tree: Tree, groups: set[str], until: datetime.date) -> None:
    """Refuse a model in which something still rests on claims that nobody had made yet."""
    problems = []
    for statement in tree.statements:
        for group in _groups_of(statement):
            if group not in groups:
                kind, name = _key(statement)
                message = f"{kind.lower()} `{name}` rests on the claims `{group}`, of which none was published by {until}."
                help = f"Say in {WITHOUT_HINDSIGHT} what would have been assumed before them, in the same words as in the model."
                problems.append(Problem(str(case.folder.folder / WITHOUT_HINDSIGHT), 0, 0, "not-known-yet", message, help))
    if problems:
        raise CaseError(problems)
