"""The option that leaves a command's result as a chart."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from foedus.bundle.drawings import Drawing
    from foedus.case import Case

__all__ = ["chart_option", "leave_chart"]


def _checked(context: click.Context, option: click.Parameter, path: str | None) -> str | None:
    if path is not None:
        from foedus.bundle.chart_file import check_chart_path

        check_chart_path(path)
    return path


chart_option = click.option(
    "--chart",
    type=click.Path(dir_okay=False),
    default=None,
    callback=_checked,
    metavar="FILE",
    help="Draw it into this file: .svg or .png; .csv takes its numbers.",
)


def leave_chart(path: str | None, made: Callable[[], Drawing], case: Case, futures: int, seed: int, scenario: str = "") -> None:
    """Write the chart where one was asked for, and say so on standard error.

    Args:
        futures, seed: of each run behind it. scenario: whose numbers they are, in words.
    """
    if path is None:
        return
    from foedus.bundle.chart_file import caption_of, write_chart

    write_chart(path, made(), caption_of(case, futures, seed, scenario))
    click.echo(f"{path}: the chart", err=True)
