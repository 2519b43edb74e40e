"""`foedus why`: where the variance of an answer comes from, and which parameters it is due to."""

from __future__ import annotations

import click

from foedus.cli.chart_option import chart_option, leave_chart
from foedus.cli.common import console, emit_json, json_option, names_option, progress_bar, say_duration

__all__ = ["command"]


@click.command("why")
@click.argument("case")
@click.argument("question")
@click.option("--futures", "-n", type=int, default=4000, show_default=True, help="Of each run; there are about thirty.")
@click.option("--seed", type=int, default=0, show_default=True)
@click.option(
    "--causes", type=click.IntRange(1, 100), default=12, show_default=True, help="How many parameters to look at one by one."
)
@click.option("--over-time", is_flag=True, help="Each parameter at a few dates, for the amount that QUESTION looks at; one run.")
@chart_option
@names_option
@json_option
def command(
    case: str,
    question: str,
    futures: int,
    seed: int,
    causes: int,
    over_time: bool,
    chart: str | None,
    names: bool,
    as_json: bool,
) -> None:
    """Say why the answer to QUESTION of CASE varies: evidence, assumptions, luck and structure, adding up to the whole.

    Then for each parameter that matters what settling it alone would take off (first), and what would stay open if everything else
    were settled (total). Parameters that hang together are one cause.
    """
    if over_time:
        _over_time(case, question, futures, seed, chart, names, as_json)
        return
    from foedus.bundle.method_charts import why_drawing
    from foedus.case import load
    from foedus.show.why import why_document, why_view
    from foedus.study.why import why

    loaded = load(case)
    with progress_bar("Running futures again") as progress:
        found = why(loaded, question, futures=futures, seed=seed, causes=causes, progress=progress, told=say_duration)
    leave_chart(chart, lambda: why_drawing(found), loaded, futures, seed)
    if as_json:
        emit_json(why_document(loaded.name, found, seed))
    else:
        console().print(why_view(found, names=names))


def _over_time(case: str, question: str, futures: int, seed: int, chart: str | None, names: bool, as_json: bool) -> None:
    """What the amount hangs on as time goes by."""
    from foedus.bundle.over_time_chart import over_time_drawing
    from foedus.case import load
    from foedus.show.over_time import over_time_document, over_time_view
    from foedus.study.over_time import why_over_time

    loaded = load(case)
    with progress_bar("Running futures") as progress:
        found = why_over_time(loaded, question, futures=futures, seed=seed, progress=progress, told=say_duration)
    leave_chart(chart, lambda: over_time_drawing(found), loaded, futures, seed)
    if as_json:
        emit_json(over_time_document(loaded.name, found))
    else:
        console().print(over_time_view(found, names=names))
