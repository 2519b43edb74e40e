"""`foedus fmt`: one look for every model text."""

from __future__ import annotations

import difflib
import sys

import click

from foedus.cli.common import console

__all__ = ["command"]


@click.command("fmt")
@click.argument("models", nargs=-1, required=True)
@click.option("--check", is_flag=True, help="Write nothing; end with 1 if a file would change.")
@click.option("--diff", is_flag=True, help="Write nothing; print what would change.")
def command(models: tuple[str, ...], check: bool, diff: bool) -> None:
    """Give the texts of MODELS one look: blanks, indents, empty lines.

    MODELS are cases, folders or files; what they include is laid out too. Words, comments and line breaks stay.
    """
    from foedus.case.layout import lay_out

    found = lay_out(models, is_written=not (check or diff))
    if diff:
        for one in found.changed:
            lines = difflib.unified_diff(one.before.splitlines(True), one.after.splitlines(True), one.file, one.file)
            click.echo("".join(lines), nl=False)
    words = "would change" if check or diff else "laid out"
    screen = console(is_error=diff)
    for one in found.changed:
        screen.print(f"{words}: {one.file}", markup=False, highlight=False, soft_wrap=True)
    screen.print(f"{len(found.changed)} of {found.count} file{'s' * (found.count != 1)} {words}.", highlight=False)
    if found.changed and check:
        sys.exit(1)
