"""`foedus flip`: where a lever tips the answers."""

from __future__ import annotations

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
    from foedus.case.asked import asked_names

    _refuse_wrong_use(levers, questions, chart)
    loaded = load(case)
    asked = {slot.name: slot.kind == "probability" for slot in loaded.program.results}
    names = asked_names(loaded.name, [name for name, is_chance in asked.items() if is_chance], questions, asked)
    if len(levers) == 2:
        slots = [slot for name in names for slot in loaded.program.results if slot.name == name] if questions else []
        _two(
            loaded,
            (levers[0], levers[1]),
            slots,
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
    slots: list[ResultSlot],
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
    from foedus.case.levers import lever_borders
    from foedus.show.border import border_document, border_view

    with progress_bar("Moving the levers") as progress:
        found = lever_borders(
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
    from rich.table import Table
    from rich.text import Text

    from foedus.bundle.method_charts import flip_drawing
    from foedus.case.levers import lever_flips
    from foedus.show.words import number, unit_words

    with progress_bar("Moving the lever") as progress:
        unit, flips = lever_flips(loaded, lever, points, futures, seed, threshold, progress, say_duration)
    flips = [flip for flip in flips if not questions or flip.question in questions]
    label = next((slot.label for slot in loaded.program.parameters if slot.name == lever), "") or lever
    leave_chart(chart, lambda: flip_drawing(label, unit, threshold, flips), loaded, futures, seed)
    if as_json:
        emit_json(
            {
                "case": loaded.name,
                "lever": lever,
                "unit": unit,
                "threshold": threshold,
                "futures": futures,
                "seed": seed,
                "questions": {flip.question: asdict(flip) for flip in flips},
            }
        )
        return
    table = Table(
        title=f"{lever} from {flips[0].positions[0]:,.6g} to {flips[0].positions[-1]:,.6g} {unit}",
        title_justify="left",
        box=None,
        pad_edge=False,
    )
    for heading, width in (("question", 22), ("lowest", 8), ("highest", 8), ("±", 5), (f"crosses {threshold:.0%}", 30)):
        table.add_column(heading, width=width, justify="left" if width in (22, 30) else "right", overflow="fold")
    for flip in flips:
        gap = flip.positions[1] - flip.positions[0]
        where = f"not seen in steps of {number(gap)}"
        if flip.crossings:
            where = "\n".join(
                f"{'up' if rises else 'down'} at {number(place, 10 * off)} ± {number(off, 10 * off)} {unit_words(unit)}"
                for place, off, rises in flip.crossings
            )
        ends = (f"{min(flip.probabilities):.1%}", f"{max(flip.probabilities):.1%}", f"{100 * max(flip.errors):.1f}")
        table.add_row(Text(flip.question), *ends, where)
    console().print(table)
