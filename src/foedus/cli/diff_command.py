"""`foedus diff`: what changed between two versions of a case, from claims to answers."""

from __future__ import annotations

import click

from foedus.cli.chart_option import chart_option, leave_chart
from foedus.cli.common import console, emit_json, json_option, names_option, progress_bar, say_duration

__all__ = ["command"]


@click.command("diff")
@click.argument("old")
@click.argument("new")
@click.option("--futures", "-n", type=int, default=2000, show_default=True, help="Of each version.")
@click.option("--seed", type=int, default=0, show_default=True)
@chart_option
@names_option
@json_option
def command(old: str, new: str, futures: int, seed: int, chart: str | None, names: bool, as_json: bool) -> None:
    """Show what changed from OLD to NEW, two folders or files of a case: claims, statements of the model, priors, answers.

    Both run on the same futures, so a difference between answers is paired: what is the same in both has the same luck.
    """
    from foedus.bundle.change_charts import diff_drawing
    from foedus.case import load
    from foedus.show.diff import dated, diff_document, diff_view
    from foedus.study.diff import diff

    first, second = load(old), load(new)
    with progress_bar("Running both versions") as progress:
        found = diff(first, second, futures=futures, seed=seed, progress=progress, told=say_duration)
    told = f"Baselines of {found.before} and {found.after}"
    leave_chart(chart, lambda: diff_drawing(found), second, futures, seed, dated(told))
    if as_json:
        emit_json(diff_document(found))
    else:
        console().print(diff_view(found, names=names))
