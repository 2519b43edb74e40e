"""`foedus new`: a case from documents, from mechanisms of the shelf, or from a small example."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from foedus import extras
from foedus.cli.common import console, emit_json, json_option, port_taken, progress_bar, show_address
from foedus.errors import InputError, Problem
from foedus.files import cannot_write, put_beside

if TYPE_CHECKING:
    from foedus.draft.asking import Asked
    from foedus.draft.folder import Made
    from foedus.evidence.reading import Reading

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
    target, wanted = _target(name), _names(mechanisms)
    day = _day(as_of)
    if in_browser:
        _require_page(name, documents, is_agreed)
    if documents:
        put = _page(port, is_opened, is_copied) if in_browser else _questions(is_agreed, is_copied)
        _told(_from_documents(target, (*documents, *more), day, wanted, put), as_json)
        return
    if more:
        raise InputError(
            Problem(more[0], 0, 0, "unexpected", "files are named behind --from.", f"Write: foedus new {name} --from {more[0]}")
        )
    if wanted:
        _skeleton(target, wanted, day or date.today())
    else:
        _example(target)
    if as_json:
        emit_json({"case": target.name})
        return
    screen = console()
    screen.print(f"Made {target}/ with model.foedus{'' if wanted else ', ledger.jsonl'} and README.md.", markup=False)
    screen.print(f"Try:  foedus check {target}   then   foedus run {target}", markup=False)


def _target(name: str) -> Path:
    """The folder to be made, where nothing stands yet."""
    target = Path(name)
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", target.name):
        help = "Use letters, digits and underscores, beginning with a letter."
        raise InputError(Problem(name, 0, 0, "bad-name", f"`{target.name}` cannot be the name of a case.", help))
    if target.exists():
        raise InputError(Problem(name, 0, 0, "exists", "this folder is there already.", "Choose another name, or remove it."))
    if not target.parent.is_dir():
        raise InputError(Problem(name, 0, 0, "no-folder", f"there is no folder {target.parent}.", "Make it first."))
    return target


def _names(mechanisms: str | None) -> tuple[str, ...]:
    """The mechanisms named, all of the shelf.

    Raises:
        InputError: one of them is not.
    """
    from foedus.draft.mechanisms import require

    names = tuple(name.strip() for name in (mechanisms or "").split(",") if name.strip())
    if mechanisms is not None and not names:
        raise InputError(Problem("--with", 0, 0, "unknown-mechanism", "no mechanism is named.", "`foedus shelf` lists them."))
    for each in names:
        require(each)
    return names


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(Problem("--as-of", 0, 0, "bad-date", f"`{text}` is no date.", "Write it as 2024-10-25.")) from None


_Put = Callable[[Path, "Sequence[Reading]", date | None, tuple[str, ...] | None], "Made"]
"""How the draft of some readings is put to somebody, and the case that comes of it."""


def _from_documents(target: Path, names: Sequence[str], day: date | None, wanted: tuple[str, ...], put: _Put) -> Made:
    extras.require("read", "reading documents")
    return put(target, _read(names), day, wanted or None)


def _questions(is_agreed: bool, is_copied: bool) -> _Put:
    """The draft put as questions, one after the other."""
    ask = _asker(is_agreed, is_copied)

    def put(target: Path, readings: Sequence[Reading], day: date | None, only: tuple[str, ...] | None) -> Made:
        from foedus.draft import draft_case

        return draft_case(target, readings, day, only, ask)

    return put


def _page(port: int, is_opened: bool | None, is_copied: bool) -> _Put:
    """The draft put on a page of this machine."""

    def put(target: Path, readings: Sequence[Reading], day: date | None, only: tuple[str, ...] | None) -> Made:
        from foedus.draft.decisions import Decisions, begun
        from foedus.draft.draft import material_of
        from foedus.draft.screen.opened import open_draft

        sketch = begun(material_of(readings, day), only, target.name, Decisions({"copies": 1} if is_copied else {}))
        try:
            with open_draft(sketch, target, port) as opened:
                show_address(opened.address, is_opened)
                made = opened.made()
        except OSError as error:
            raise port_taken(port, error) from None
        if made is None:
            raise click.Abort
        return made

    return put


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


def _asked_in_terminal(asked: Asked) -> int:
    """Put one question; the default is marked and taken by Enter alone."""
    click.echo(f"\n{asked.text}", err=True)
    for number, option in enumerate(asked.options, 1):
        click.echo(f"  {number}  {option}{'  (default)' if number == 1 else ''}", err=True)
    return int(click.prompt("Your choice", type=click.IntRange(1, len(asked.options)), default=1, err=True)) - 1


def _read(names: Sequence[str]) -> list[Reading]:
    """The documents, read together; one that cannot be read ends it, for a case must not rest on part of what was given."""
    from foedus.evidence.dated import dates_of
    from foedus.evidence.reading import read_documents, report_paths

    paths = list(report_paths(names))
    readings = []
    with progress_bar("Reading documents") as advance:
        for number, reading in enumerate(read_documents(paths, None, (), 1, None, None, dates_of(tuple(names), paths)), 1):
            advance(number, len(paths))
            readings.append(reading)
    return readings


def _told(made: Made, as_json: bool) -> None:
    """What was made, on the terminal."""
    if as_json:
        emit_json(made.document)
        return
    from foedus.draft.readme import rests_on

    found, screen = made.document, console()
    screen.print(
        f"Made {made.folder}/ with model.foedus, ledger.jsonl, evidence.toml and README.md, as of {found['as_of']}.", markup=False
    )
    for part in found["mechanisms"]:
        filled = [slot for slot in part["slots"] if slot["claims"]]
        count = sum(len(slot["claims"]) for slot in filled)
        screen.print(
            f"  {part['alias']} (mechanism {part['name']}): {count} claims in {len(filled)} of {len(part['slots'])} places",
            markup=False,
        )
    screen.print(
        f"{len(found['questions'])} questions, {len(found['scenarios'])} scenarios; "
        f"{len(found['uncovered'])} figures that no part covers "
        "(README.md says which, and why).",
        markup=False,
    )
    if made.share is not None:
        screen.print(rests_on(made.share), markup=False)
    screen.print(f"Try:  foedus run {made.folder}   then   foedus review {made.folder}", markup=False)


def _skeleton(target: Path, mechanisms: tuple[str, ...], day: date) -> None:
    from foedus.draft.folder import make_skeleton

    make_skeleton(target, mechanisms, day)


def _example(target: Path) -> None:
    try:
        with put_beside(target, replaces=False) as beside:
            beside.mkdir()
            for source in files("foedus.cli").joinpath("template").iterdir():
                text = source.read_text(encoding="utf-8").replace("CASE_NAME", target.name)
                (beside / source.name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise cannot_write(target, "the case", error) from None
