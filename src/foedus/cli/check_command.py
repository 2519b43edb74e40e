"""`foedus check`: is the model sound?"""

from __future__ import annotations

import sys

import click

from foedus.cli.common import console, emit_json, json_option, progress_bar

__all__ = ["command"]


@click.command("check")
@click.argument("file")
@click.option("--futures", "-n", type=int, default=1000, show_default=True, help="For the checks that need a run.")
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--no-run", is_flag=True, help="Only what can be seen without running.")
@json_option
def command(file: str, futures: int, seed: int, no_run: bool, as_json: bool) -> None:
    """Check FILE: a model file, a case's folder or its name. Exit code 1 if anything is wrong."""
    from foedus.show.check import check_document, check_words
    from foedus.show.table import check_view
    from foedus.study.check import check_model

    with progress_bar("Holding checks") as progress:
        found = check_model(file, futures, seed, is_run=not no_run, progress=progress)
    if as_json:
        emit_json(check_document(found))
    else:
        screen = console()
        if found.results:
            screen.print(check_view(found.results))
        for problem in found.warnings:
            screen.print(f"warning: {problem}", markup=False)
        for problem in found.errors:
            click.echo(str(problem) + "\n", err=True)
        screen.print(check_words(file, found), markup=False)
    sys.exit(0 if found.is_sound else 1)
