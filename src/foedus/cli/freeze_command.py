"""`foedus freeze`: the answers of a case under a digest, to be scored when it is known how the questions came out."""

from __future__ import annotations

from pathlib import Path

import click

from foedus.cli.common import console, emit_json, json_option, progress_bar
from foedus.files import write_text

__all__ = ["command"]


@click.command("freeze")
@click.argument("case")
@click.option("--output", "-o", type=click.Path(dir_okay=False), required=True, help="The frozen forecast, a JSON file.")
@click.option("--futures", "-n", type=int, default=10_000, show_default=True, help="How many futures.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed gives the same digest.")
@click.option("--scenario", "-s", "scenarios", multiple=True, help="Only these, beside the baseline. May be given again.")
@click.option("--posterior", default=None, help="A file of `foedus calibrate` to draw from; `none` for the priors.")
@click.option(
    "--short/--no-short",
    default=True,
    show_default=True,
    help="Ask of the next figures of each series, and of happenings in the next months, too.",
)
@json_option
def command(
    case: str, output: str, futures: int, seed: int, scenarios: tuple[str, ...], posterior: str | None, short: bool, as_json: bool
) -> None:
    """Freeze the answers to all questions of CASE, per scenario, and in the baseline those to many questions of short horizon.

    The file holds what is needed to score them later, and a digest: a file that was changed afterwards is refused.
    """
    from foedus.case import load
    from foedus.history.freeze import freeze, frozen_text, frozen_words

    loaded = load(case, posterior=posterior)
    with progress_bar("Running futures") as progress:
        frozen = freeze(loaded, futures, seed, scenarios, short=short, progress=progress)
    write_text(Path(output), frozen_text(frozen))
    if as_json:
        emit_json(frozen)
        return
    screen = console()
    for words in (*frozen_words(frozen), f"Frozen: {output}"):
        screen.print(words, markup=False)
