"""The ways in which a case begins: an example, mechanisms with nothing but defaults, or reports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from importlib.resources import files
from pathlib import Path

from foedus import extras
from foedus.draft.asking import Ask
from foedus.draft.decisions import Decisions, begun
from foedus.draft.draft import material_of
from foedus.draft.folder import Made, make_skeleton
from foedus.draft.making import draft_case
from foedus.draft.mechanisms import require
from foedus.draft.screen.opened import Opened, open_draft
from foedus.errors import InputError, Problem
from foedus.files import cannot_write, put_beside
from foedus.study.read import read_whole
from foedus.study.simulate import Progress

__all__ = ["draft_reports", "open_reports", "start_example", "start_skeleton"]


def start_example(name: str) -> Path:
    """Write a small case that runs, to start from.

    Raises:
        InputError: the name cannot be used, or the folder cannot be written.
    """
    target = _target(name)
    try:
        with put_beside(target, replaces=False) as beside:
            beside.mkdir()
            for source in files("foedus.draft").joinpath("template").iterdir():
                text = source.read_text(encoding="utf-8").replace("CASE_NAME", target.name)
                (beside / source.name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise cannot_write(target, "the case", error) from None
    return target


def start_skeleton(name: str, mechanisms: str, day: date | None = None) -> Path:
    """Write a case that uses some mechanisms of the shelf with nothing but defaults.

    Args:
        mechanisms: their names, with commas. day: to look from; None for today.
    Raises:
        InputError: the name cannot be used, or a mechanism is not on the shelf.
    """
    target = _target(name)
    make_skeleton(target, _named(mechanisms), day or date.today())
    return target


def draft_reports(
    name: str,
    documents: Sequence[str],
    day: date | None,
    mechanisms: str | None,
    ask: Ask,
    progress: Progress | None = None,
) -> Made:
    """Make a case from reports.

    Args:
        day: to look from; None takes that of the latest document.
        mechanisms: to choose from, with commas; None for all of the shelf.
        ask: puts the questions.
        progress: called with (documents read, documents in all).
    Raises:
        InputError: the name cannot be used, nothing fits, no day is known, or the folder cannot be written.
    """
    target, wanted = _target(name), _named(mechanisms)
    extras.require("read", "reading documents")
    return draft_case(target, read_whole(documents, progress=progress), day, wanted or None, ask)


@contextmanager
def open_reports(
    name: str,
    documents: Sequence[str],
    day: date | None,
    mechanisms: str | None,
    *,
    is_copied: bool,
    port: int,
    progress: Progress | None = None,
) -> Iterator[Opened]:
    """The same on a page of this machine, where the questions are answered and claims moved; nothing is written before that is asked for.

    Args:
        is_copied: copy the documents into the case.
        port: on 127.0.0.1; 0 takes a free one.
    Raises:
        OSError: the port is taken. InputError: as of `draft_reports`.
    """
    target, wanted = _target(name), _named(mechanisms)
    extras.require("read", "reading documents")
    readings = read_whole(documents, progress=progress)
    decisions = Decisions({"copies": 1} if is_copied else {})
    with open_draft(begun(material_of(readings, day), wanted or None, target.name, decisions), target, port) as opened:
        yield opened


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


def _named(mechanisms: str | None) -> tuple[str, ...]:
    """The mechanisms named, all of the shelf.

    Raises:
        InputError: one of them is not.
    """
    names = tuple(name.strip() for name in (mechanisms or "").split(",") if name.strip())
    if mechanisms is not None and not names:
        raise InputError(Problem("--with", 0, 0, "unknown-mechanism", "no mechanism is named.", "`foedus shelf` lists them."))
    for each in names:
        require(each)
    return names
