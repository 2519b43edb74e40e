"""`foedus hindcast`: the same equations over the past, held against the series."""

from __future__ import annotations

import click

from foedus.cli.common import console, emit_json, json_option

__all__ = ["command"]


@click.command("hindcast")
@click.argument("case")
@click.option("--name", default="", help="Which hindcast; without it, the first.")
@click.option("--futures", "-n", type=int, default=1000, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
@json_option
def command(case: str, name: str, futures: int, seed: int, as_json: bool) -> None:
    """Run CASE over its past and say how near it passes to what was observed."""
    from foedus.case import load
    from foedus.show.nearness import nearness_document, nearness_table
    from foedus.study.hindcast import hold_past

    held = hold_past(load(case), name, futures, seed)
    if as_json:
        emit_json(nearness_document(held.case, held.futures, held.near))
        return
    screen = console()
    screen.print(nearness_table(held.case, held.futures, held.near))
    screen.print(f"status: {', '.join(f'{name} {number}' for name, number in held.futures.status.items())}", markup=False)
