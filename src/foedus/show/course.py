"""One future as text and as JSON: where it broke, if it did; its happenings by date, its variables month by month."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Protocol

from rich.console import Group, RenderableType
from rich.text import Text

from foedus.show.fitted import FittedTable
from foedus.show.words import counted, number, people_date, plain, quoted, unit_words
from foedus.titles import name_words

__all__ = ["course_document", "course_view"]


class Happened(Protocol):
    """Something that happened in a future."""

    @property
    def time(self) -> float: ...
    @property
    def date(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def what(self) -> str: ...


class Course(Protocol):
    """A future in full, as `foedus.study.replay` gives it."""

    @property
    def future(self) -> int: ...
    @property
    def seed(self) -> int: ...
    @property
    def scenario(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def dates(self) -> tuple[str, ...]: ...
    @property
    def trajectory(self) -> dict[str, tuple[float, ...]]: ...
    @property
    def units(self) -> dict[str, str]: ...
    @property
    def happenings(self) -> Sequence[Happened]: ...
    @property
    def answers(self) -> dict[str, float | None]: ...
    @property
    def failure(self) -> Happened | None: ...
    @property
    def case(self) -> str: ...
    @property
    def parameters(self) -> dict[str, tuple[float, str]]: ...
    @property
    def times(self) -> tuple[float, ...]: ...
    @property
    def titles(self) -> dict[str, str]: ...
    @property
    def asked(self) -> dict[str, str | None]: ...


_FEW = 3  # variables beside a date, each of which may then be wider
_NAME = 14  # letters of a variable, so that four of them stand beside a date


def course_view(course: Course, variables: Sequence[str], rows: int = 14, *, names: bool = False) -> RenderableType:
    """The course of a future in 80 columns.

    Args:
        course: the future.
        variables: to show.
        rows: moments to show, evenly spread; of a future that fails, the last ones up to where it broke.
        names: show the model's own names in the place of titles, as of a future that fails: who looks at it mends the model.
    """
    names = names or course.failure is not None
    scenario = course.scenario if names else quoted(_title(course, "scenario", course.scenario, False))
    heading = Text(f"Future {course.future} of seed {course.seed}, scenario {scenario}: {course.status}", style="bold")
    parts: list[RenderableType] = [heading]
    if course.failure is not None:
        broken = course.failure
        parts.append(
            Text(
                f"It broke at {people_date(broken.date)}: {broken.name} {broken.what}. What comes after means nothing, and answers nothing."
            )
        )
    parts.append(_happenings(course, names))
    beside = 4 if max((len(_title(course, "variable", one, names)) for one in variables), default=0) <= _NAME else 3
    for start in range(0, len(variables), beside):
        parts.append(_trajectory(course, variables[start : start + beside], rows, names))
    if course.failure is None:
        parts.append(_answers(course, names))
    return Group(*parts)


def _title(course: Course, kind: str, name: str, names: bool) -> str:
    return plain(name if names else course.titles.get(f"{kind} {name}") or name_words(name))


def _happenings(course: Course, names: bool) -> RenderableType:
    if not course.happenings:
        return Text("Nothing happened.")
    table = FittedTable(title="What happened", title_justify="left", box=None, pad_edge=False)
    for name, width in (("date", 11), ("kind", 8), ("what", 34), ("how", 23)):
        table.add_column(name, width=width, overflow="fold")
    chosen: dict[str, str] = {}
    left_out = 0
    for one in course.happenings:
        option = one.what.partition(" (chance ")[0]
        if one.kind == "decision" and chosen.get(one.name) == option:
            left_out += 1
            continue
        chosen |= {one.name: option} if one.kind == "decision" else {}
        table.add_row(
            people_date(one.date, is_short=True), one.kind, Text(_title(course, one.kind, one.name, names)), Text(one.what)
        )
    if not left_out:
        return table
    again = f"{counted(left_out, 'decision')} more {'was' if left_out == 1 else 'were'} taken as the one before (--json has all)."
    return Group(table, Text(again, "dim"))


def _four_digits(value: float) -> str:
    return number(value, abs(value) / 100)


def _trajectory(course: Course, variables: Sequence[str], rows: int, names: bool) -> RenderableType:
    table = FittedTable(
        title="Course" if course.failure is None else "Course up to there", title_justify="left", box=None, pad_edge=False
    )
    table.add_column("date", width=11)
    wide = 14 if len(variables) > _FEW else 20
    for name in variables:
        unit = course.units[name] if names else unit_words(course.units[name])
        heading = "\n".join(part for part in (_title(course, "variable", name, names), unit) if part)
        table.add_column(Text(heading), justify="right", width=wide, overflow="fold")
    last = len(course.dates) - 1
    shown = sorted({round(number * last / max(1, rows - 1)) for number in range(rows)})
    if course.failure is not None:
        shown = list(range(max(0, last - rows + 1), last + 1))
    for moment in shown:
        table.add_row(
            people_date(course.dates[moment], is_short=True),
            *(_four_digits(course.trajectory[name][moment]) for name in variables),
        )
    return table


def _answers(course: Course, names: bool) -> RenderableType:
    table = FittedTable(title="Its answers", title_justify="left", box=None, pad_edge=False)
    table.add_column("question", width=50, overflow="fold")
    table.add_column("answer", justify="right", width=26)
    for name, value in course.answers.items():
        unit = course.asked.get(name, "")
        if value is None:
            shown = "does not apply"
        elif unit is None:
            shown = "yes" if value else "no"
        else:
            shown = f"{_four_digits(value)} {unit_words(unit)}".rstrip()
        table.add_row(Text(_title(course, "question", name, names)), shown)
    return table


def course_document(found: Course) -> dict[str, Any]:
    """What `foedus replay --json` prints."""
    return {
        "case": found.case,
        "future": found.future,
        "seed": found.seed,
        "scenario": found.scenario,
        "status": found.status,
        "parameters": {name: {"value": _finite(value), "unit": unit} for name, (value, unit) in found.parameters.items()},
        "times": list(found.times),
        "dates": list(found.dates),
        "trajectory": {
            name: {"unit": found.units[name], "values": [_finite(value) for value in values]}
            for name, values in found.trajectory.items()
        },
        "happenings": [
            {"time": one.time, "date": one.date, "kind": one.kind, "name": one.name, "what": one.what} for one in found.happenings
        ],
        "failure": None
        if found.failure is None
        else {"time": found.failure.time, "date": found.failure.date, "name": found.failure.name, "what": found.failure.what},
        "questions": {name: _finite(value) for name, value in found.answers.items()},
    }


def _finite(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else value
