"""What a draft needs to know of a mechanism of the shelf: slots with their units and defaults, and what it gives."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from foedus.errors import InputError, Problem, suggestion
from foedus.language import Source, survey
from foedus.language.parts import Mechanism
from foedus.language.printer import print_expression, print_prior
from foedus.language.shelf import shelf_names, shelf_text
from foedus.units import spell_factors

__all__ = ["SlotInfo", "Takes", "mechanism_of", "require", "with_units"]


@dataclass(frozen=True)
class SlotInfo:
    """A slot: its unit with generic names, its meaning, its default as text ("" where it must be filled) and the reason of that."""

    name: str
    unit: str
    label: str
    default: str
    because: str
    indices: tuple[str, ...]


@dataclass(frozen=True)
class Takes:
    """A mechanism.

    Attributes:
        things: its generic units. gives: name -> (label, unit) of what it gives; the unit is "" for events.
    """

    name: str
    title: str
    source: str
    not_for: str
    things: tuple[str, ...]
    index: str
    facing: str
    slots: tuple[SlotInfo, ...]
    gives: Mapping[str, tuple[str, str]]

    def slot(self, name: str) -> SlotInfo | None:
        return next((slot for slot in self.slots if slot.name == name), None)


@cache
def mechanism_of(name: str) -> Takes | None:
    """A mechanism of the shelf; None if there is none of this name."""
    text = shelf_text(name)
    if not text:
        return None
    found = survey(Source(text, f"shelf/{name}.foedus")).all(Mechanism)[0]
    slots = tuple(
        SlotInfo(
            slot.name, spell_factors(slot.unit.factors) or "1", slot.label,
            f"~ {print_prior(slot.prior)}" if slot.prior is not None else f"= {print_expression(slot.value)}" if slot.value is not None else "",
            slot.because, slot.indices,
        ) for slot in found.slots
    )  # fmt: skip
    return Takes(found.name, found.title, found.source, found.not_for, found.things, found.index, found.facing, slots, _gives(found))


def require(name: str) -> Takes:
    """A mechanism of the shelf.

    Raises:
        InputError: there is none of this name.
    """
    found = mechanism_of(name)
    if found is None:
        help = suggestion(name, shelf_names()) or f"There are: {', '.join(shelf_names())}."
        raise InputError(Problem("the shelf", 0, 0, "unknown-mechanism", f"there is no mechanism `{name[:40]}` on the shelf.", help))
    return found


def _gives(found: Mechanism) -> dict[str, tuple[str, str]]:
    """Each name that it gives, with label and unit; the unit of a flow is that of its stock in a week."""
    by_name = {str(getattr(one, "name", "")): one for one in found.statements}
    gives = {}
    for name in found.given:
        one = by_name.get(name)
        unit = getattr(one, "unit", None)
        ends = [by_name.get(end) for end in (_end(one, "source"), _end(one, "target")) if end]
        stock = next((end.unit for end in ends if end is not None and getattr(end, "unit", None) is not None), None)  # type: ignore[attr-defined]
        written = spell_factors(unit.factors) or "1" if unit is not None else f"{spell_factors(stock.factors) or '1'}/week" if stock is not None else ""
        gives[name] = (str(getattr(one, "label", "") or name.replace("_", " ")), written)
    return gives


def _end(flow: object, side: str) -> str:
    """The stock at one end of a flow, "" for outside or for what is no flow."""
    end = getattr(flow, side, None)
    return str(getattr(end, "name", "") or "")


def with_units(text: str, names: Sequence[str], units: Sequence[str]) -> str:
    """A unit with its generic names replaced."""
    table = dict(zip(names, units, strict=False))
    return re.sub(r"[A-Za-z_]\w*", lambda match: table.get(match.group(), match.group()), text)
