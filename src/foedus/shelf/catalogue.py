"""What stands on the shelf: each mechanism with its slots, what it gives, its equations and an example of its use."""

from __future__ import annotations

import importlib.resources
from dataclasses import dataclass

from foedus.constructs import tree as t
from foedus.errors import InputError, Problem, suggestion
from foedus.language import Source
from foedus.language.printer import print_expression, print_prior
from foedus.language.shelf import shelf_names, shelf_text
from foedus.model import survey
from foedus.units import spell_factors

__all__ = ["Given", "ShelfEntry", "SlotRow", "catalogue", "entry"]

_EQUATIONS = t.Stock | t.Flow | t.Let | t.Event | t.Table | t.Parameter | t.Noise | t.Decision | t.Treaty


@dataclass(frozen=True)
class SlotRow:
    """What a mechanism takes.

    Attributes:
        name, unit, meaning: as in the file; units may be generic.
        default: what it is where nobody fills it, as the file has it (`~ 4 to 26` or `= 0`); None where it must be filled.
        because: why the default is what it is, with its source.
        indexed: has it a value for each element of the index?
    """

    name: str
    unit: str
    meaning: str
    default: str | None
    because: str
    indexed: bool


@dataclass(frozen=True)
class Given:
    """What a mechanism gives: a name, what it is ("stock", "flow", "let", "event"), its unit ("" for an event), its meaning."""

    name: str
    kind: str
    unit: str
    meaning: str


@dataclass(frozen=True)
class ShelfEntry:
    """A mechanism of the shelf, for people.

    Attributes:
        things, index, facing: generic units, index and map; "" where it has none.
        equations: all statements but slots, `gives` and checks, as the file has them.
        flows: (from, flow, to) for each flow; "outside" for what is not in the mechanism.
        checks: their texts.
        example: a model that uses it, ready to run.
    """

    name: str
    title: str
    source: str
    not_for: str
    things: tuple[str, ...]
    index: str
    facing: str
    slots: tuple[SlotRow, ...]
    gives: tuple[Given, ...]
    equations: tuple[str, ...]
    flows: tuple[tuple[str, str, str], ...]
    checks: tuple[str, ...]
    example: str


def catalogue() -> tuple[ShelfEntry, ...]:
    """All mechanisms of the shelf, in order of the alphabet."""
    return tuple(entry(name) for name in shelf_names())


def entry(name: str) -> ShelfEntry:
    """One mechanism of the shelf.

    Raises:
        InputError: there is none of this name.
    """
    names = shelf_names()
    if name not in names:
        help = suggestion(name, names) or "`foedus shelf` lists all."
        raise InputError(Problem("the shelf", 0, 0, "unknown-mechanism", f"there is no mechanism `{name}` on the shelf.", help))
    source = Source(shelf_text(name), f"shelf/{name}.foedus")
    found = survey(source).all(t.Mechanism)[0]
    stocks = {one.name: _unit(one.unit) for one in found.statements if isinstance(one, t.Stock)}
    return ShelfEntry(
        found.name,
        found.title,
        found.source,
        found.not_for,
        found.things,
        found.index,
        found.facing,
        tuple(_slot(one) for one in found.slots),
        tuple(_given(found, name, stocks) for one in found.statements if isinstance(one, t.Gives) for name in one.names),
        tuple(_text(source, one) for one in found.statements if isinstance(one, _EQUATIONS)),
        tuple((_end(one.source), one.name, _end(one.target)) for one in found.statements if isinstance(one, t.Flow)),
        tuple(one.text for one in found.statements if isinstance(one, t.ConserveCheck | t.WatchCheck)),
        example(name),
    )


def example(name: str) -> str:
    """The model that shows a mechanism in use."""
    file = importlib.resources.files("foedus") / "shelf" / "examples" / f"{name}.foedus"
    return file.read_text(encoding="utf-8")


def _slot(slot: t.Slot) -> SlotRow:
    default = f"~ {print_prior(slot.prior)}" if slot.prior is not None else None
    if slot.value is not None:
        default = f"= {print_expression(slot.value)}"
    return SlotRow(slot.name, _unit(slot.unit), slot.label, default, slot.because, bool(slot.indices))


def _given(mechanism: t.Mechanism, name: str, stocks: dict[str, str]) -> Given:
    found = next(one for one in mechanism.statements if getattr(one, "name", None) == name)
    meaning = str(getattr(found, "label", ""))
    kind = type(found).__name__.lower()
    if isinstance(found, t.Stock | t.Let):
        return Given(name, kind, _unit(found.unit), meaning)
    if isinstance(found, t.Flow):
        ends = [stocks[end.name] for end in (found.source, found.target) if end is not None]
        return Given(name, kind, f"{ends[0]} per time", meaning)
    return Given(name, kind, "", meaning)


def _unit(unit: t.UnitExpression) -> str:
    return spell_factors(unit.factors)


def _text(source: Source, statement: t.Statement) -> str:
    return source.text[statement.at.start : statement.at.end]


def _end(end: t.Name | None) -> str:
    return end.name if end is not None else "outside"
