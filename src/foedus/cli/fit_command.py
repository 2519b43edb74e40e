"""`foedus fit`: a historical case held against published figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from foedus.cli.common import console, emit_json, json_option

if TYPE_CHECKING:
    from foedus.fit import Fit

__all__ = ["command"]


@click.command("fit")
@click.argument("case")
@click.option(
    "--data",
    type=click.Path(),
    default=None,
    help="A folder with figures that do not ship.  [default: ../shared/data beside the project]",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Of posterior draws; the same seed gives the same figures.")
@json_option
def command(case: str, data: str | None, seed: int, as_json: bool) -> None:
    """Fit CASE to its history: alliances, ardennes, cdb90 or iwo_jima."""
    from foedus.case import find_case
    from foedus.errors import InputError, Problem
    from foedus.fit import Request, fit_case

    if seed < 0:
        raise InputError(Problem("--seed", 0, 0, "bad-seed", f"{seed} is no seed.", "Give a whole number from 0 on."))
    place = find_case(case)
    found = fit_case(Request(place.name, place.folder, Path(data) if data is not None else None, seed))
    if as_json:
        emit_json(dict(found.document))
    else:
        _print(found)


def _print(found: Fit) -> None:
    """The tables of a fit, each with its note."""
    from rich.table import Table
    from rich.text import Text

    screen = console()
    screen.print(Text(f"{found.case}: {found.title}", "bold"))
    for block in found.blocks:
        table = Table(title=block.title, title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0))
        for number, column in enumerate(block.columns):
            table.add_column(column, justify="right" if number else "left")
        for row in block.rows:
            table.add_row(*(Text(cell) for cell in row))
        screen.print()
        screen.print(table)
        screen.print(Text(block.note))
    screen.print()
    screen.print(Text(found.source, "dim"))
