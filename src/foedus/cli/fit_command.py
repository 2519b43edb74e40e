"""`foedus fit`: a historical case held against published figures."""

from __future__ import annotations

from pathlib import Path

import click

from foedus.cli.common import console, emit_json, json_option

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
    from foedus.fit import Request, fit_case, fit_view

    if seed < 0:
        raise InputError(Problem("--seed", 0, 0, "bad-seed", f"{seed} is no seed.", "Give a whole number from 0 on."))
    place = find_case(case)
    found = fit_case(Request(place.name, place.folder, Path(data) if data is not None else None, seed))
    if as_json:
        emit_json(dict(found.document))
    else:
        console().print(fit_view(found))
