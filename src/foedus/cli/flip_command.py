"""`foedus flip`: where a lever tips the answers."""

from __future__ import annotations

import click

from foedus.cli.chart_option import chart_option, leave_chart
from foedus.cli.common import FiniteNumber, console, emit_json, json_option, names_option, progress_bar, say_duration

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
@click.option(
    "--at", "threshold", type=FiniteNumber(0, 1), default=0.5, show_default=True, help="The chance that counts as a flip."
)
@click.option("--futures", "-n", type=int, default=2000, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
@chart_option
@names_option
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
    names: bool,
    as_json: bool,
) -> None:
    """Move a lever of CASE from end to end and say where QUESTIONS (or all with a chance) become more likely than not.

    With two levers it is the border over both, every crossing with its error; without QUESTIONS that of the first one which the headline
    asks.
    """
    if len(levers) > 2:
        raise click.UsageError("at most two levers can be moved together.")
    if len(levers) == 2:
        _two(case, (levers[0], levers[1]), questions, points or 7, threshold, futures, seed, chart, names, as_json)
    else:
        _one(case, levers[0], questions, points or 11, threshold, futures, seed, chart, names, as_json)


def _two(
    case: str,
    levers: tuple[str, str],
    questions: tuple[str, ...],
    points: int,
    threshold: float,
    futures: int,
    seed: int,
    chart: str | None,
    names: bool,
    as_json: bool,
) -> None:
    """Where two levers tip answers together."""
    from foedus.bundle.lever_charts import border_drawing
    from foedus.case import load
    from foedus.show.border import borders_document, borders_view
    from foedus.study.border import border_levers

    if chart is not None and len(questions) > 1:
        raise click.UsageError("--chart draws the border of two levers for one question: name one question.")
    loaded = load(case)
    with progress_bar("Moving the levers") as progress:
        found = border_levers(
            loaded,
            levers,
            questions,
            points=points,
            futures=futures,
            seed=seed,
            threshold=threshold,
            progress=progress,
            told=say_duration,
        )
    leave_chart(chart, lambda: border_drawing(found.borders[0]), loaded, futures, seed)
    if as_json:
        emit_json(borders_document(found))
    else:
        console().print(borders_view(found, names=names))


def _one(
    case: str,
    lever: str,
    questions: tuple[str, ...],
    points: int,
    threshold: float,
    futures: int,
    seed: int,
    chart: str | None,
    names: bool,
    as_json: bool,
) -> None:
    """Where one lever tips answers."""
    from foedus.bundle.lever_charts import flip_drawing
    from foedus.case import load
    from foedus.show.flip import flip_document, flip_view
    from foedus.study.flip import flip_lever

    loaded = load(case)
    with progress_bar("Moving the lever") as progress:
        found = flip_lever(
            loaded,
            lever,
            questions,
            points=points,
            futures=futures,
            seed=seed,
            threshold=threshold,
            progress=progress,
            told=say_duration,
        )
    leave_chart(chart, lambda: flip_drawing(found), loaded, futures, seed)
    if as_json:
        emit_json(flip_document(found))
    else:
        console().print(flip_view(found, names=names))
