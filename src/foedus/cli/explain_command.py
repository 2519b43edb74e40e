"""`foedus explain`: why two scenarios differ, split over what they set differently."""

from __future__ import annotations

import click

from foedus.cli.chart_option import chart_option, leave_chart
from foedus.cli.common import console, emit_json, json_option, names_option, progress_bar, say_duration

__all__ = ["command"]


@click.command("explain")
@click.argument("case")
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.argument("questions", nargs=-1)
@click.option(
    "--futures", "-n", type=int, default=2000, show_default=True, help="Of each run; there are two to the power of the causes."
)
@click.option("--seed", type=int, default=0, show_default=True)
@chart_option
@names_option
@json_option
def command(
    case: str,
    first: str,
    second: str,
    questions: tuple[str, ...],
    futures: int,
    seed: int,
    chart: str | None,
    names: bool,
    as_json: bool,
) -> None:
    """Say why the answers to QUESTIONS (or to all) of CASE differ between scenarios A and B: B less A.

    The difference is split over what the two set differently, on the same futures, and the parts add up to it exactly.
    """
    from foedus.bundle.method_charts import explain_drawing
    from foedus.case import load
    from foedus.show.explain import explain_document, explain_view
    from foedus.show.words import quoted
    from foedus.study.explain import explain

    loaded = load(case)
    with progress_bar("Putting the causes in place") as progress:
        found = explain(loaded, first, second, questions, futures=futures, seed=seed, progress=progress, told=say_duration)
    scenarios = " and ".join(map(quoted, found.labels))
    leave_chart(chart, lambda: explain_drawing(found), loaded, futures, seed, f"Scenarios {scenarios}")
    if as_json:
        emit_json(explain_document(loaded.name, found))
    else:
        console().print(explain_view(found, names=names))
