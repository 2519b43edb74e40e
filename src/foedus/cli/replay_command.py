"""`foedus replay`: one future in full."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import click

from foedus.cli.common import console, emit_json, json_option

if TYPE_CHECKING:
    from foedus.study.replay import Replay

__all__ = ["command"]


@click.command("replay")
@click.argument("case")
@click.option("--future", "-f", type=int, required=True, help="Number of the future, from 0.")
@click.option("--scenario", "-s", default=None, help="Under this scenario; without it, the baseline.")
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--variable", "-v", "variables", multiple=True, help="Show these variables in the table.")
@json_option
def command(case: str, future: int, scenario: str | None, seed: int, variables: tuple[str, ...], as_json: bool) -> None:
    """Run one future of CASE alone and show its course, every event and decision with its date.

    Of a future that fails it says first what broke, when, and how; then what led there.
    """
    from foedus.case import load
    from foedus.study.replay import replay

    loaded = load(case)
    found = replay(loaded, future, scenario, seed)
    if as_json:
        emit_json(_document(loaded.name, found))
        return
    from foedus.show.course import course_view

    broken = [found.failure.name] if found.failure is not None and found.failure.name in found.trajectory else []
    charted = [name.name for chart in _charts(loaded) for name in chart.names] or list(found.trajectory)[:6]
    shown = variables or (*broken, *charted)
    console().print(course_view(found, _matching(found, shown)))


def _charts(loaded: Any) -> list[Any]:
    from foedus.constructs.tree import Chart

    return list(loaded.tree.all(Chart))


def _matching(found: Replay, wanted: tuple[str, ...]) -> list[str]:
    from foedus.errors import InputError, Problem, suggestion

    names: list[str] = []
    for one in wanted:
        matches = [name for name in found.trajectory if name == one or name.startswith(f"{one}[")]
        if not matches:
            near = suggestion(one, found.trajectory)
            raise InputError(Problem("--variable", 0, 0, "unknown-variable", f"there is no variable `{one}`.", near))
        names += [name for name in matches if name not in names]
    return names


def _document(case: str, found: Replay) -> dict[str, Any]:
    def finite(value: float | None) -> float | None:
        return None if value is None or not math.isfinite(value) else value

    return {
        "case": case,
        "future": found.future,
        "seed": found.seed,
        "scenario": found.scenario,
        "status": found.status,
        "parameters": {name: {"value": finite(value), "unit": unit} for name, (value, unit) in found.parameters.items()},
        "times": list(found.times),
        "dates": list(found.dates),
        "trajectory": {
            name: {"unit": found.units[name], "values": [finite(value) for value in values]}
            for name, values in found.trajectory.items()
        },
        "happenings": [
            {"time": one.time, "date": one.date, "kind": one.kind, "name": one.name, "what": one.what} for one in found.happenings
        ],
        "failure": None
        if found.failure is None
        else {"time": found.failure.time, "date": found.failure.date, "name": found.failure.name, "what": found.failure.what},
        "questions": {name: finite(value) for name, value in found.answers.items()},
    }
