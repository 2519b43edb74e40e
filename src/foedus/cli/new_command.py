"""`foedus new`: a case from documents, from mechanisms of the shelf, or from a small example."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from foedus.cli.common import console, day_of, emit_json, json_option, progress_bar, show_address
from foedus.errors import InputError, Problem

if TYPE_CHECKING:
    from foedus.draft.asking import DraftQuestion
    from foedus.draft.folder import Made

__all__ = ["command"]


@click.command("new", context_settings={"ignore_unknown_options": False})
@click.argument("name")
@click.argument("more", nargs=-1, metavar="[FILE...]")
@click.option(
    "--from",
    "documents",
    multiple=True,
    metavar="FILE",
    help="A document, or a folder of them; more may follow: --from a.html b.pdf.",
)
@click.option("--as-of", default=None, metavar="DATE", help="The day to look from; else that of the latest document.")
@click.option(
    "--with", "mechanisms", default=None, metavar="NAME,…", help="Mechanisms of the shelf; without documents a skeleton of them."
)
@click.option("--yes", "is_agreed", is_flag=True, help="Take the marked default of every question.")
@click.option(
    "--copy", "is_copied", is_flag=True, help="With --yes or --browser: copy the documents into the case; you may do so."
)
@click.option(
    "--browser",
    "in_browser",
    is_flag=True,
    help="Put the questions on a page, where claims can be moved into slots and mechanisms added.",
)
@click.option(
    "--port", "-p", type=click.IntRange(0, 65535), default=8714, show_default=True, help="Of the page; 0 takes a free one."
)
@click.option("--open/--no-open", "is_opened", default=None, help="Open the browser; where there is a screen, it is opened.")
@json_option
def command(
    name: str,
    more: tuple[str, ...],
    documents: tuple[str, ...],
    as_of: str | None,
    mechanisms: str | None,
    is_agreed: bool,
    is_copied: bool,
    in_browser: bool,
    port: int,
    is_opened: bool | None,
    as_json: bool,
) -> None:
    """Make the folder NAME: from reports (--from), from mechanisms of the shelf (--with), or a small example.

    From reports it is a model that runs, a ledger in which every claim is proposed, and a README that says what was assumed
    and what no part covers. With --browser nothing is written before that is asked for on the page.
    """
    day = day_of(as_of, "--as-of")
    if in_browser:
        _require_page(name, documents, is_agreed)
    if documents:
        given = (*documents, *more)
        if in_browser:
            _page(name, given, day, mechanisms, port, is_opened, is_copied, as_json)
        else:
            _questions(name, given, day, mechanisms, is_agreed, is_copied, as_json)
        return
    if more:
        raise InputError(
            Problem(more[0], 0, 0, "unexpected", "files are named behind --from.", f"Write: foedus new {name} --from {more[0]}")
        )
    _start(name, mechanisms, day, as_json)


def _start(name: str, mechanisms: str | None, day: date | None, as_json: bool) -> None:
    """An example, or a skeleton of mechanisms."""
    from foedus.draft.starting import start_example, start_skeleton
    from foedus.draft.told import started_document, started_words

    target = start_example(name) if mechanisms is None else start_skeleton(name, mechanisms, day)
    if as_json:
        emit_json(started_document(target))
        return
    screen = console()
    for words in started_words(target, has_ledger=mechanisms is None):
        screen.print(words, markup=False)


def _questions(
    name: str,
    documents: Sequence[str],
    day: date | None,
    mechanisms: str | None,
    is_agreed: bool,
    is_copied: bool,
    as_json: bool,
) -> None:
    """The draft put as questions, one after the other."""
    from foedus.draft.starting import draft_reports

    ask = _asker(is_agreed, is_copied)
    with progress_bar("Reading documents") as progress:
        made = draft_reports(name, documents, day, mechanisms, ask, progress)
    _tell(made, as_json)


def _page(
    name: str,
    documents: Sequence[str],
    day: date | None,
    mechanisms: str | None,
    port: int,
    is_opened: bool | None,
    is_copied: bool,
    as_json: bool,
) -> None:
    """The draft put on a page of this machine."""
    from foedus.draft.starting import open_reports
    from foedus.loopback import port_taken

    try:
        with open_reports(name, documents, day, mechanisms, is_copied=is_copied, port=port) as opened:
            show_address(opened.address, is_opened)
            made = opened.made()
    except OSError as error:
        raise port_taken(port, error) from None
    if made is None:
        raise click.Abort
    _tell(made, as_json)


def _require_page(name: str, documents: Sequence[str], is_agreed: bool) -> None:
    """Refuse what leaves nothing to ask on a page.

    Raises:
        InputError: no documents are given, or every default is taken anyway.
    """
    if not documents:
        message = "the page lays claims of reports beside mechanisms, and no report is given."
        raise InputError(Problem("--browser", 0, 0, "unexpected", message, f"Write: foedus new {name} --from FILE … --browser"))
    if is_agreed:
        message = "--yes takes every default, so there is nothing to ask on a page."
        raise InputError(Problem("--browser", 0, 0, "unexpected", message, "Give one of the two."))


def _asker(is_agreed: bool, is_copied: bool) -> Any:
    """What puts the questions: nobody, who takes the defaults; or the terminal.

    Raises:
        InputError: nobody can answer.
    """
    if is_agreed:
        return lambda asked: 1 if asked.key == "copies" and is_copied else 0
    if not sys.stdin.isatty():
        message = "there are questions to answer, and this is no terminal."
        help = "Add --yes to take the marked default of each, or --browser to answer on a page."
        raise InputError(Problem("foedus new", 0, 0, "no-terminal", message, help))
    return _asked_in_terminal


def _asked_in_terminal(asked: DraftQuestion) -> int:
    """Put one question; the default is marked and taken by Enter alone."""
    click.echo(f"\n{asked.text}", err=True)
    for number, option in enumerate(asked.options, 1):
        click.echo(f"  {number}  {option}{'  (default)' if number == 1 else ''}", err=True)
    return int(click.prompt("Your choice", type=click.IntRange(1, len(asked.options)), default=1, err=True)) - 1


def _tell(made: Made, as_json: bool) -> None:
    """What was made, on the terminal."""
    from foedus.draft.told import made_document, made_words

    if as_json:
        emit_json(made_document(made))
    else:
        screen = console()
        for words in made_words(made):
            screen.print(words, markup=False)
    if made.failed:
        sys.exit(1)
