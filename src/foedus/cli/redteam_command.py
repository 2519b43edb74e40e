"""`foedus redteam`: the likeliest ways in which a judgement is wrong."""

from __future__ import annotations

import click

from foedus.cli.chart_option import chart_option, leave_chart
from foedus.cli.common import console, emit_json, json_option, progress_bar, say_duration

__all__ = ["command"]


@click.command("redteam")
@click.argument("case")
@click.argument("question", default="")
@click.option("--futures", "-n", type=int, default=4000, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
@chart_option
@json_option
def command(case: str, question: str, futures: int, seed: int, chart: str | None, as_json: bool) -> None:
    """Say how the answer to QUESTION of CASE is likeliest to be wrong: what such futures have in common, one of them as a dated story, and
    the first sign by which one would notice, with how often it is a false alarm.

    Without QUESTION it is the first that the case's headline asks. The judgement is the likelier outcome of a chance; of an amount, that it
    lies between its 10 and 90 % quantiles.
    """
    from foedus.bundle.method_charts import redteam_drawing
    from foedus.case import load
    from foedus.show.redteam import redteam_document, redteam_view
    from foedus.study.redteam import redteam

    loaded = load(case)
    with progress_bar("Running futures") as progress:
        found = redteam(loaded, question, futures=futures, seed=seed, progress=progress, told=say_duration)
    leave_chart(chart, lambda: redteam_drawing(found), loaded, futures, seed)
    if as_json:
        emit_json(redteam_document(loaded.name, found))
    else:
        console().print(redteam_view(case, found))
