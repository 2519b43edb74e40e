"""`foedus believe`: what one would have to believe for an answer to be as somebody states it."""

from __future__ import annotations

import click

from foedus.cli.chart_option import chart_option, leave_chart
from foedus.cli.common import console, emit_json, json_option, names_option, progress_bar, say_duration

__all__ = ["command"]


@click.command("believe", context_settings={"ignore_unknown_options": True})
@click.argument("case")
@click.argument("question")
@click.argument("value", nargs=-1, required=True)
@click.option("--futures", "-n", type=int, default=10_000, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
@chart_option
@names_option
@json_option
def command(
    case: str, question: str, value: tuple[str, ...], futures: int, seed: int, chart: str | None, names: bool, as_json: bool
) -> None:
    """Say what one would have to believe for the answer to QUESTION of CASE to be VALUE: a chance (80 %) or an amount (3000 person).

    Of all priors under which it is, those that differ least from the model's: which parameters move, by how much, how surprising that
    is, and which claims would have to be wrong.
    """
    from foedus.bundle.method_charts import believe_drawing
    from foedus.case import load
    from foedus.show.believe import believe_document, believe_view
    from foedus.study.believe import believe

    loaded = load(case)
    with progress_bar("Running futures") as progress:
        found = believe(loaded, question, " ".join(value), futures=futures, seed=seed, progress=progress, told=say_duration)
    leave_chart(chart, lambda: believe_drawing(found), loaded, futures, seed)
    if as_json:
        emit_json(believe_document(loaded.name, found))
    else:
        console().print(believe_view(found, names=names))
