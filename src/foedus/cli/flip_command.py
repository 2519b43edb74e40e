"""`foedus flip`: where a lever tips the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from foedus.cli.chart_option import chart_option, leave_chart
from foedus.cli.common import Number, console, emit_json, json_option, progress_bar, say_duration

if TYPE_CHECKING:
    from foedus.case import Case
    from foedus.compile.program import ResultSlot

__all__ = ["command"]


@click.command("flip")
@click.argument("case")
@click.argument("questions", nargs=-1)
@click.option(
    "--lever",
    "levers",
    required=True,
    multiple=True,
    help="The lever to move from end to end; given twice, both, and where they tip the answer together.",
)
@click.option(
    "--points", type=click.IntRange(2, 101), default=None, help="Positions to try: 11 unless told, of two levers 7 each."
)
@click.option("--at", "threshold", type=Number(0, 1), default=0.5, show_default=True, help="The chance that counts as a flip.")
@click.option("--futures", "-n", type=int, default=2000, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
@chart_option
@json_option
def command(
    case: str,
    questions: tuple[str, ...],
    levers: tuple[str, ...],
    points: int | None,
    threshold: float,
    futures: int,
    seed: int,
    chart: str | None,
    as_json: bool,
) -> None:
    """Move a lever of CASE from end to end and say where QUESTIONS (or all with a chance) become more likely than not.

    With two levers it is the border over both, every crossing with its error; without QUESTIONS that of the first one which the headline
    asks.
    """
    from foedus.case import load
    from foedus.study.border import chance_slots

    _refuse_wrong_use(levers, questions, chart)
    loaded = load(case)
    slots = chance_slots(loaded, questions)
    if len(levers) == 2:
        _two(
            loaded,
            (levers[0], levers[1]),
            slots if questions else (),
            chart,
            as_json,
            points=points or 7,
            futures=futures,
            seed=seed,
            threshold=threshold,
        )
    else:
        _one(loaded, levers[0], questions, points or 11, threshold, futures, seed, chart, as_json)


def _refuse_wrong_use(levers: tuple[str, ...], questions: tuple[str, ...], chart: str | None) -> None:
    """More than two levers, or a chart of more than one border."""
    if len(levers) > 2:
        raise click.UsageError("at most two levers can be moved together.")
    if chart is not None and len(levers) == 2 and len(questions) > 1:
        raise click.UsageError("--chart draws the border of two levers for one question: name one question.")


def _two(
    loaded: Case,
    levers: tuple[str, str],
    slots: Sequence[ResultSlot],
    chart: str | None,
    as_json: bool,
    *,
    points: int,
    futures: int,
    seed: int,
    threshold: float,
) -> None:
    """Where two levers tip answers together."""
    from rich.console import Group
    from rich.text import Text

    from foedus.bundle.method_charts import border_drawing
    from foedus.show.border import border_document, border_view
    from foedus.study.border import borders

    with progress_bar("Moving the levers") as progress:
        found = borders(
            loaded,
            levers,
            slots,
            points=points,
            futures=futures,
            seed=seed,
            threshold=threshold,
            progress=progress,
            told=say_duration,
        )
    leave_chart(chart, lambda: border_drawing(found[0]), loaded, futures, seed)
    if as_json:
        emit_json(
            {
                "case": loaded.name,
                "levers": [asdict(lever) for lever in found[0].levers],
                "threshold": threshold,
                "futures": futures,
                "seed": seed,
                "questions": {one.question: border_document(one) for one in found},
            }
        )
        return
    parts = [part for one in found for part in (border_view(one), Text())][:-1]
    console().print(Group(*parts))


def _one(
    loaded: Case,
    lever: str,
    questions: tuple[str, ...],
    points: int,
    threshold: float,
    futures: int,
    seed: int,
    chart: str | None,
    as_json: bool,
) -> None:
    """Where one lever tips answers."""
    from foedus.bundle.method_charts import flip_drawing
    from foedus.show.flip import flip_document, flip_table
    from foedus.study.flip import flip
    from foedus.study.levers import moved_lever

    with progress_bar("Moving the lever") as progress:
        found = flip(
            loaded,
            lever,
            points=points,
            futures=futures,
            seed=seed,
            threshold=threshold,
            progress=progress,
            told=say_duration,
        )
    flips = [one for one in found if not questions or one.question in questions]
    moved = moved_lever(loaded, lever, points)
    unit, label = moved.unit, moved.label
    leave_chart(chart, lambda: flip_drawing(label, unit, threshold, flips), loaded, futures, seed)
    if as_json:
        emit_json(flip_document(loaded.name, lever, unit, threshold, flips, futures, seed))
    else:
        console().print(flip_table(lever, unit, threshold, flips))
