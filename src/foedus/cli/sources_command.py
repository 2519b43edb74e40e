"""`foedus sources`: who says what, who repeats whom, and what hangs on each source."""

from __future__ import annotations

from dataclasses import replace

import click

from foedus.cli.chart_option import chart_option, leave_chart
from foedus.cli.common import console, emit_json, json_option, progress_bar
from foedus.wording import counted

__all__ = ["command"]


@click.command("sources")
@click.argument("names", nargs=-1, metavar="CASE [QUESTION]... | --series FILE...")
@click.option("--series", is_flag=True, help="Hold dated series (CSV, JSON) against each other: which are copies?")
@click.option(
    "--group", "-g", "groups", multiple=True, help="Show how this group's pool came about, and the pool without each source."
)
@click.option("--futures", "-n", type=int, default=1000, show_default=True, help="Of each run, where questions are given.")
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--outcomes", type=click.Path(), default=None, help="How questions came out, as for `score`: who was right.")
@chart_option
@json_option
def command(
    names: tuple[str, ...],
    series: bool,
    groups: tuple[str, ...],
    futures: int,
    seed: int,
    outcomes: str | None,
    chart: str | None,
    as_json: bool,
) -> None:
    """List the sources of CASE: their claims, grades and votes, and who repeats whom.

    With QUESTIONs, how far each answer moves when a source and all who only repeat it are left out, on the same futures.
    With --series, whether dated series are copies of one another, by their numbers alone.
    """
    if not names:
        raise click.UsageError("Give a case, or --series and files.")
    if chart is not None and (series or len(names[1:]) + len(groups) > 1):
        raise click.UsageError("--chart draws the sources of a case, one question or one group: name no more.")
    if series:
        _series(names, as_json)
        return
    from foedus.bundle.change_charts import sources_drawing
    from foedus.case import load
    from foedus.history.sources import find_sources
    from foedus.show.sources_found import sources_document, sources_view

    pools = groups or (None if as_json else ())
    loaded = load(names[0])
    with progress_bar("Leaving out one source at a time") as progress:
        found = find_sources(
            loaded,
            names[1:],
            pools,
            futures=futures,
            seed=seed,
            outcomes=outcomes,
            progress=progress,
            announce=_announce,
        )
    asked = found if groups else replace(found, pools={})
    leave_chart(chart, lambda: sources_drawing(asked), loaded, futures if names[1:] else 0, seed)
    if as_json:
        emit_json(sources_document(found))
    else:
        console().print(sources_view(found))


def _announce(runs: int, seconds: float) -> None:
    """How long it will take, where that is long enough to wonder."""
    if seconds > 3:
        click.echo(f"{counted(runs, 'run')}, one without each origin: about {seconds:.0f} seconds.", err=True)


def _series(files: tuple[str, ...], as_json: bool) -> None:
    from foedus.evidence.copies import copies_among
    from foedus.show.sources import copies_view
    from foedus.show.sources_found import copies_document

    series, copies = copies_among(files)
    if as_json:
        emit_json(copies_document(series, copies))
    else:
        console().print(copies_view(copies, len(series)))
