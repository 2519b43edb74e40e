"""`foedus show`: the structure of a model."""

from __future__ import annotations

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
    from foedus.show.structure_table import model_view, structure_document, structure_view
    from foedus.study.structure import structure_of

    loaded = load(case)
    if text:
        written, screen = print_tree(loaded.tree), console()
        if screen.is_terminal:
            screen.print(model_view(written))
        else:
            click.echo(written, nl=False)
        return
    _ = loaded.program  # what is wrong with the model is told before anything is shown of it
    structure = structure_of(loaded)
    if as_json:
        emit_json(structure_document(loaded.name, loaded.tree.model.title, structure))
    else:
        console().print(structure_view(structure))
