"""`foedus shelf`: the mechanisms that ship, to be used in models of one's own."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from foedus.cli.common import console, emit_json, json_option

if TYPE_CHECKING:
    from foedus.shelf import Entry

__all__ = ["command"]


@click.command("shelf")
@click.argument("name", required=False)
@json_option
def command(name: str | None, as_json: bool) -> None:
    """List the mechanisms that ship, or show NAME: slots, equations, source, when not to use it, an example."""
    from foedus.shelf import catalogue, entry
    from foedus.show.shelf_table import mechanism_view, shelf_view

    entries = (entry(name),) if name else catalogue()
    if as_json:
        emit_json({"mechanisms": [_document(one) for one in entries]})
        return
    console().print(mechanism_view(entries[0]) if name else shelf_view(entries))


def _document(one: Entry) -> dict[str, Any]:
    """A mechanism as other tools read it; of names given alone, for they are what a model speaks of."""
    generic = {"of": list(one.things), "for": one.index or None, "facing": one.facing or None}
    return {
        "name": one.name,
        "title": one.title,
        "source": one.source,
        "not_for": one.not_for,
        **generic,
        "slots": [asdict(slot) for slot in one.slots],
        "gives": [given.name for given in one.gives],
    }
