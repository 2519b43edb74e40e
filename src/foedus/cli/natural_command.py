"""`foedus natural`: what befell the past, predicted from the day before, against what came."""

from __future__ import annotations

import os

import click

from foedus.cli.common import console, emit_json, json_option, progress_bar
from foedus.files import write_text

__all__ = ["command"]


@click.command("natural")
@click.argument("case")
@click.option("--members", type=int, default=300, show_default=True, help="Of the calibration before every event.")
@click.option("--passes", type=int, default=4, show_default=True, help="Of the calibration.")
@click.option("--refinements", type=int, default=10, show_default=True, help="Of each member, after the passes.")
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--write", is_flag=True, help="Write NATURAL.md into the case's folder.")
@json_option
def command(case: str, members: int, passes: int, refinements: int, seed: int, write: bool, as_json: bool) -> None:
    """Predict what the events of CASE's natural.toml changed in its observed series, from what was known on the day, and compare with what
    came."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy is loaded: the same bits as a backtest
    from foedus.case import load
    from foedus.history.forecaster import Effort
    from foedus.history.natural import experiments
    from foedus.history.natural_page import natural_document, natural_markdown, natural_view

    loaded = load(case)
    with progress_bar("Predicting events") as progress:
        found = experiments(loaded, Effort(members, passes, refinements, seed), progress)
    if write:
        write_text(loaded.folder.folder / "NATURAL.md", natural_markdown(loaded.name, found))
    if as_json:
        emit_json(natural_document(loaded.name, found))
    else:
        console().print(natural_view(found))
