"""The shelf of mechanisms for the terminal: all in one table, or one in full. Every line fits 80 columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from foedus.shelf import ShelfEntry, SlotRow
from foedus.show.words import plain

__all__ = ["mechanism_view", "shelf_document", "shelf_view"]


def shelf_view(entries: Sequence[ShelfEntry]) -> RenderableType:
    """Name, title and what must be given, one mechanism a row."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("name", no_wrap=True, style="bold cyan")
    table.add_column("what it is, and what it takes")
    for one in entries:
        table.add_row(one.name, Text.assemble(plain(one.title), "\n", (_takes(one), "dim")))
    return Group(table, Text(), Text("`foedus shelf NAME` shows one: equations, slots with defaults, source, an example."))


def _takes(one: ShelfEntry) -> str:
    needed = [slot.name for slot in one.slots if slot.default is None]
    rest = len(one.slots) - len(needed)
    return f"takes {', '.join(needed)}; {rest} more have defaults" if needed else f"takes nothing; {rest} slots have defaults"


def mechanism_view(one: ShelfEntry) -> RenderableType:
    """A mechanism in full."""
    parts: list[RenderableType] = [
        Text(f"{one.name}: {plain(one.title)}", "bold"),
        Text(f"Source: {plain(one.source)}."),
        Text(f"Not for {plain(one.not_for)}."),
        _generic(one),
    ]
    parts += [Text(), Text("What flows where", "bold")]
    parts += [_indented(f"{source} ──{name}──▶ {target}") for source, name, target in one.flows] or [_indented("nothing flows")]
    parts += [Text(), Text("Slots", "bold"), *(_slot(slot) for slot in one.slots)]
    parts += [
        Text(),
        Text("Gives", "bold"),
        *(_indented(_told(given.name, given.unit or given.kind, given.meaning)) for given in one.gives),
    ]
    parts += [Text(), Text("Equations", "bold"), *(_indented(line) for line in one.equations)]
    if one.checks:
        parts += [Text(), Text("Checks", "bold"), *(_indented(plain(check)) for check in one.checks)]
    parts += [Text(), Text("An example", "bold"), *(_indented(line) for line in one.example.splitlines())]
    return Group(*parts)


def _generic(one: ShelfEntry) -> Text:
    words = [f"of {', '.join(one.things)}"] if one.things else []
    words += [f"for {one.index}"] if one.index else []
    words += [f"facing {one.facing}"] if one.facing else []
    return Text(f"Generic: {' '.join(words)}." if words else "Nothing in it is generic.", "dim")


def _slot(slot: SlotRow) -> RenderableType:
    head = Text.assemble((slot.name, "bold cyan"), (f" [{slot.unit}]", "green"), f"  {plain(slot.meaning)}")
    below = Text("must be given", "yellow") if slot.default is None else Text(f"{slot.default}: {plain(slot.because)}", "dim")
    return Group(Padding(head, (0, 0, 0, 2)), Padding(below, (0, 0, 0, 6)))


def _told(name: str, what: str, meaning: str) -> str:
    return f"{name} [{what}]" + (f"  {plain(meaning)}" if meaning else "")


def _indented(text: str) -> RenderableType:
    return Padding(Text(text), (0, 0, 0, 2))


def shelf_document(entries: Sequence[ShelfEntry]) -> dict[str, Any]:
    """What `foedus shelf --json` prints."""
    return {"mechanisms": [_document(one) for one in entries]}


def _document(one: ShelfEntry) -> dict[str, Any]:
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
