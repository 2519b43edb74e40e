"""`foedus fmt`: one look for every model text."""

from __future__ import annotations

import difflib
import sys
from pathlib import Path

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
    from foedus.constructs import KEYWORDS
    from foedus.files import write_text
    from foedus.language import read_source
    from foedus.language.layout import laid_out

    sources = [read_source(path) for path in dict.fromkeys(path for model in models for path in _files(model))]
    changed = [(source, text) for source in sources if (text := laid_out(source, KEYWORDS)) != source.text]
    for source, text in changed:
        if diff:
            lines = difflib.unified_diff(source.text.splitlines(True), text.splitlines(True), source.file, source.file)
            click.echo("".join(lines), nl=False)
        elif not check:
            write_text(source.file, text, "the model")
    words = "would change" if check or diff else "laid out"
    for source, _ in changed:
        console(is_error=diff).print(f"{words}: {source.file}", markup=False, highlight=False, soft_wrap=True)
    console(is_error=diff).print(f"{len(changed)} of {len(sources)} file{'s' * (len(sources) != 1)} {words}.", highlight=False)
    if changed and check:
        sys.exit(1)


def _files(model: str) -> tuple[Path, ...]:
    """The files of a case, or a file by itself."""
    from foedus.case.folder import find_case
    from foedus.language.include import included_paths

    path = Path(model)
    if path.is_file() and path.name != "model.foedus":
        return (path,)
    return included_paths(find_case(model).model)
