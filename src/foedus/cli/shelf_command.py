"""`foedus shelf`: the mechanisms that ship, to be used in models of one's own."""

from __future__ import annotations

import click

from foedus.cli.common import console, emit_json, json_option

__all__ = ["command"]


@click.command("shelf")
@click.argument("name", required=False)
@json_option
def command(name: str | None, as_json: bool) -> None:
    """List the mechanisms that ship, or show NAME: slots, equations, source, when not to use it, an example."""
    from foedus.shelf import catalogue, entry
    from foedus.show.shelf_table import mechanism_view, shelf_document, shelf_view

    entries = (entry(name),) if name else catalogue()
    if as_json:
        emit_json(shelf_document(entries))
        return
    console().print(mechanism_view(entries[0]) if name else shelf_view(entries))
