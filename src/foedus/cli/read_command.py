"""`foedus read`: documents to proposed claims."""

from __future__ import annotations

import sys
from datetime import date

import click

from foedus.cli.common import console, day_of, emit_json, json_option, progress_bar
from foedus.wording import counted

__all__ = ["command"]


@click.command("read")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--published", default=None, metavar="DATE", help="When they were published, e.g. 2024-10-25, where they do not tell."
)
@click.option("--case", default=None, help="Link actors and groups to those of this case's ledger.")
@click.option(
    "--into", default=None, metavar="CASE", help="Take the claims into this case, as proposed; nothing in it is changed."
)
@click.option(
    "--unpack",
    default=None,
    metavar="FOLDER",
    help="Of a saved feed (RSS, Atom) or references (BibTeX, RIS): put its articles here.",
)
@click.option("--as-of", default=None, metavar="DATE", help="With --into: move the case to this later day.")
@json_option
def command(
    files: tuple[str, ...],
    published: str | None,
    case: str | None,
    into: str | None,
    unpack: str | None,
    as_of: str | None,
    as_json: bool,
) -> None:
    """Propose the claims of documents: text, HTML, Markdown, PDF, a folder of them, or - for standard input."""
    day, later = day_of(published), day_of(as_of, "--as-of")
    if into is not None:
        _take_into(into, files, unpack, day, later, as_json)
    else:
        _propose(files, unpack, day, case, as_json)


def _propose(files: tuple[str, ...], folder: str | None, day: date | None, case: str | None, as_json: bool) -> None:
    """Read documents, and show what they seem to claim as they are read."""
    from foedus.show.proposed import proposed_pieces, proposed_view, undated_words
    from foedus.study.read import propose

    with progress_bar("Reading documents") as progress:
        found = propose(files, day, case=case, folder=folder, progress=progress, told=_tell)
        if as_json:
            for piece in proposed_pieces(found.rows, found.refused):
                click.echo(piece, nl=False)
        else:
            screen = console()
            for document, claims in found.rows:
                screen.print(proposed_view(document, claims))
    if found.undated:
        click.echo(undated_words(found.undated, found.count), err=True)
    if found.refused:
        for error in found.refused:
            click.echo(str(error), err=True)
        _tell(f"{len(found.refused)} of {counted(found.count, 'document')} could not be read; the others were.")
        sys.exit(1)


def _tell(words: str) -> None:
    click.echo(f"foedus: {words}", err=True)


def _take_into(
    name: str, files: tuple[str, ...], folder: str | None, day: date | None, later: date | None, as_json: bool
) -> None:
    """Read documents for a case that is there, take what is new into its ledger, and say what that is."""
    from foedus.cli.ledger_case import user_name
    from foedus.draft.later import read_into_case
    from foedus.draft.told import added_document, added_words

    added = read_into_case(name, files, user_name(), published=day, as_of=later, folder=folder, told=_tell)
    if as_json:
        emit_json(added_document(added))
        return
    screen = console()
    for words in added_words(name, added):
        screen.print(words, markup=False)
