"""`foedus new`: a folder to start from."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import click

from foedus.cli.common import console
from foedus.errors import InputError, Problem
from foedus.files import put_beside

__all__ = ["command"]


@click.command("new")
@click.argument("name")
def command(name: str) -> None:
    """Make the folder NAME with a small model that runs, a ledger with one claim, and a README."""
    target = Path(name)
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", target.name):
        help = "Use letters, digits and underscores, beginning with a letter."
        raise InputError(Problem(name, 0, 0, "bad-name", f"`{target.name}` cannot be the name of a case.", help))
    if target.exists():
        raise InputError(Problem(name, 0, 0, "exists", "this folder is there already.", "Choose another name, or remove it."))
    if not target.parent.is_dir():
        raise InputError(Problem(name, 0, 0, "no-folder", f"there is no folder {target.parent}.", "Make it first."))
    with put_beside(target, replaces=False) as beside:
        beside.mkdir()
        for source in files("foedus.cli").joinpath("template").iterdir():
            text = source.read_text(encoding="utf-8").replace("CASE_NAME", target.name)
            (beside / source.name).write_text(text, encoding="utf-8")
    screen = console()
    screen.print(f"Made {target}/ with model.foedus, ledger.jsonl and README.md.", markup=False)
    screen.print(f"Try:  foedus check {target}   then   foedus run {target}", markup=False)
