"""`foedus show`: the structure of a model."""

from __future__ import annotations

from dataclasses import asdict

import click

from foedus.cli.common import console, emit_json, json_option

__all__ = ["command"]


@click.command("show")
@click.argument("case")
@click.option("--text", is_flag=True, help="Print the model as the parser understood it.")
@json_option
def command(case: str, text: bool, as_json: bool) -> None:
    """Show the structure of CASE: stocks, flows, what feeds what, with units."""
    from foedus.case import load
    from foedus.language.printer import print_tree
    from foedus.study.structure import structure_of

    loaded = load(case)
    if text:
        written, screen = print_tree(loaded.tree), console()
        if screen.is_terminal:
            from rich.syntax import Syntax

            screen.print(Syntax(written, "foedus", theme="ansi_dark", background_color="default", word_wrap=True))
        else:
            click.echo(written, nl=False)
        return
    _ = loaded.program
    structure = structure_of(loaded)
    if as_json:
        document = asdict(structure)
        document["auxiliaries"] = {
            name: {"unit": unit, "label": label, "feeds": list(feeds)}
            for name, (unit, label, feeds) in structure.auxiliaries.items()
        }
        emit_json({"case": loaded.name, "title": loaded.tree.model.title, **document})
        return
    from foedus.show.table import structure_view

    console().print(structure_view(structure))
