"""`foedus fit`: a historical case held against published figures."""

from __future__ import annotations

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
    """Fit CASE to its history: alliances, ardennes, cdb90, iwo_jima, or a folder of your own with figures and `fit.toml`."""
    from foedus.fit import fit_view
    from foedus.fit.view import fit_document
    from foedus.study.fit import fit_named

    found = fit_named(case, data, seed)
    if as_json:
        emit_json(fit_document(found))
    else:
        console().print(fit_view(found), crop=False)
