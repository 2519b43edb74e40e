"""`foedus replay`: one future in full."""

from __future__ import annotations

import click

from foedus.cli.common import console, emit_json, json_option, names_option

__all__ = ["command"]


@click.command("replay")
@click.argument("case")
@click.option("--future", "-f", type=int, required=True, help="Number of the future, from 0.")
@click.option("--scenario", "-s", default=None, help="Under this scenario; without it, the baseline.")
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--variable", "-v", "variables", multiple=True, help="Show these variables in the table.")
@names_option
@json_option
def command(
    case: str, future: int, scenario: str | None, seed: int, variables: tuple[str, ...], names: bool, as_json: bool
) -> None:
    """Run one future of CASE alone and show its course, every event and decision with its date.

    Of a future that fails it says first what broke, when, and how; then what led there.
    """
    from foedus.case import load
    from foedus.show.course import course_document, course_view
    from foedus.study.replay import replay

    found = replay(load(case), future, scenario, seed, variables=variables)
    if as_json:
        emit_json(course_document(found))
    else:
        console().print(course_view(found, found.shown, names=names))
