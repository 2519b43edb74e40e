"""`foedus today`: what new reports would change in a case."""

from __future__ import annotations

import click

from foedus.cli.chart_option import chart_option, leave_chart
from foedus.cli.common import console, day_of, emit_json, json_option, names_option, progress_bar

__all__ = ["command"]


@click.command("today")
@click.argument("case")
@click.argument("files", nargs=-1, required=True)
@click.option("--published", default=None, help="ISO date of reports that do not tell their own.")
@click.option("--futures", "-n", type=int, default=2000, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
@chart_option
@names_option
@json_option
def command(
    case: str,
    files: tuple[str, ...],
    published: str | None,
    futures: int,
    seed: int,
    chart: str | None,
    names: bool,
    as_json: bool,
) -> None:
    """Read FILES (reports, or folders of them) and say what they would change in CASE: new claims, priors that move, answers that move.

    Claims are taken as they were read, for this note only; nothing is written.
    """
    from foedus.bundle.change_charts import today_drawing
    from foedus.case import load
    from foedus.draft.today import today
    from foedus.show.today import today_document, today_view

    day = day_of(published)
    loaded = load(case)
    with progress_bar("Reading, and running with and without") as progress:
        found = today(loaded, files, published=day, futures=futures, seed=seed, progress=progress)
    leave_chart(chart, lambda: today_drawing(found), loaded, futures, seed)
    if as_json:
        emit_json(today_document(found))
    else:
        console().print(today_view(found, names=names))
