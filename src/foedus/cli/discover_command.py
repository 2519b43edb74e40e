"""`foedus discover`: the futures that matter, in a box and in words."""

from __future__ import annotations

import click

from foedus.cli.chart_option import chart_option, leave_chart
from foedus.cli.common import console, emit_json, json_option, names_option, progress_bar, say_duration
from foedus.extras import require

__all__ = ["command"]


@click.command("discover")
@click.argument("case")
@click.argument("question")
@click.option("--otherwise", is_flag=True, help="The futures in which it is not so; of an amount, the lowest tenth.")
@click.option(
    "--above", default="", metavar="VALUE", help="The futures in which an amount is above a value; without, the top tenth."
)
@click.option("--below", default="", metavar="VALUE", help="The futures in which an amount is below a value.")
@click.option("--futures", "-n", type=int, default=10_000, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
@chart_option
@names_option
@json_option
def command(
    case: str,
    question: str,
    otherwise: bool,
    above: str,
    below: str,
    futures: int,
    seed: int,
    chart: str | None,
    names: bool,
    as_json: bool,
) -> None:
    """Say in which futures the answer to QUESTION of CASE is yes: at most three boxes of at most three parameters, in words.

    Each box comes with its density (how many of its futures are so) and its coverage (how many of those that are so it holds).
    """
    require("discover", "`foedus discover`", "sklearn")
    from foedus.bundle.method_charts import discover_drawing
    from foedus.case import load
    from foedus.show.discover import discover_document, discover_view
    from foedus.study.discover import Wanted, discover

    loaded = load(case)
    wanted = Wanted(otherwise, above, below)
    with progress_bar("Running futures") as progress:
        found = discover(loaded, question, wanted, futures=futures, seed=seed, progress=progress, told=say_duration)
    leave_chart(chart, lambda: discover_drawing(found), loaded, futures, seed)
    if as_json:
        emit_json(discover_document(loaded.name, found))
    else:
        console().print(discover_view(found, names=names))
