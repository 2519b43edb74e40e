"""`foedus twin`: whether the stated ranges of differences hold in made-up worlds."""

from __future__ import annotations

import click

from foedus.cli.common import console, emit_json, json_option, progress_bar

__all__ = ["command"]


@click.command("twin")
@click.argument("case")
@click.argument("questions", nargs=-1)
@click.option(
    "--worlds", "-w", type=int, default=100, show_default=True, help="Draws of the parameters, each in every structure."
)
@click.option("--lucks", type=int, default=40, show_default=True, help="Futures of each world, from which its truth is taken.")
@click.option("--futures", "-n", type=int, default=4000, show_default=True, help="Futures behind the stated ranges.")
@click.option("--seed", type=int, default=0, show_default=True)
@json_option
def command(case: str, questions: tuple[str, ...], worlds: int, lucks: int, futures: int, seed: int, as_json: bool) -> None:
    """Say whether the ranges of CASE's paired differences hold in worlds whose truth is known: the model, and each rival structure in turn,
    with parameters drawn from their priors.

    With QUESTIONS every difference of these is shown.
    """
    from foedus.case import load
    from foedus.show.twin import twin_document, twin_view
    from foedus.study.twin import twin

    loaded = load(case)
    with progress_bar("Running futures") as progress:
        found = twin(loaded, questions, draws=worlds, lucks=lucks, futures=futures, seed=seed, progress=progress)
    if as_json:
        emit_json(twin_document(loaded.name, found))
    else:
        console().print(twin_view(found, is_whole=bool(questions)))
