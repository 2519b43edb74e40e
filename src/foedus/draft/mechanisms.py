"""What a draft needs to know of a mechanism of the shelf: slots with their units and defaults, and what it gives."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from foedus.errors import InputError, Problem
from foedus.language.shelf import shelf_names
from foedus.shelf.catalogue import entry

__all__ = ["SlotInfo", "Takes", "mechanism_of", "require", "require_one_sided", "with_units"]


@dataclass(frozen=True)
class SlotInfo:
    """A slot: its unit with generic names, its meaning, its default as text ("" where it must be filled) and the reason of that;
    whether it has a value for each element of the index."""

    name: str
    unit: str
    label: str
    default: str
    because: str
    is_indexed: bool = False


@dataclass(frozen=True)
class Takes:
    """A mechanism.

    Attributes:
        things: its generic units. facing: its generic map, "" where it has none.
        gives: name -> (label, unit) of what it gives; the unit is "" for events. Between two sides a name may have its side: `losses[north]`.
    """

    name: str
    title: str
    source: str
    not_for: str
    things: tuple[str, ...]
    facing: str
    slots: tuple[SlotInfo, ...]
    gives: Mapping[str, tuple[str, str]]

    def slot(self, name: str) -> SlotInfo | None:
        return next((slot for slot in self.slots if slot.name == name), None)


def mechanism_of(name: str) -> Takes | None:
    """A mechanism of the shelf; None if there is none of this name."""
    return require(name) if name in shelf_names() else None


@cache
def require(name: str) -> Takes:
    """A mechanism of the shelf.

    Raises:
        InputError: there is none of this name.
    """
    found = entry(name)
    slots = tuple(
        SlotInfo(slot.name, slot.unit or "1", slot.meaning, slot.default or "", slot.because, slot.indexed)
        for slot in found.slots
    )
    gives = {one.name: (one.meaning or one.name.replace("_", " "), one.unit.replace(" per time", "/week")) for one in found.gives}
    return Takes(found.name, found.title, found.source, found.not_for, found.things, found.facing, slots, gives)


def require_one_sided(name: str) -> Takes:
    """A mechanism of which no figures need to say who its sides are.

    Raises:
        InputError: there is none of this name, or it is between two sides.
    """
    found = require(name)
    if found.facing:
        message = f"`{name}` is between two sides, and the figures of the reports do not tell who they are."
        help = f"Write a model with an index of two and `use {name} … for side facing enemy`: `foedus shelf {name}` shows one."
        raise InputError(Problem("--with", 0, 0, "two-sides", message, help))
    return found


def with_units(text: str, names: Sequence[str], units: Sequence[str]) -> str:
    """A unit with its generic names replaced."""
    table = dict(zip(names, units, strict=False))
    return re.sub(r"[A-Za-z_]\w*", lambda match: table.get(match.group(), match.group()), text)
