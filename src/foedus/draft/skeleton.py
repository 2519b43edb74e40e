"""A neutral skeleton from named mechanisms, without documents: round numbers to begin with, each to be replaced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from foedus.draft.binding import Bound
from foedus.draft.choosing import Choice, renamed
from foedus.draft.matching import Filled
from foedus.draft.mechanisms import SlotInfo, Takes, require
from foedus.draft.model_text import SIDES, Drafted
from foedus.draft.round_numbers import ROUND, round_number
from foedus.draft.rules import AnswerRule, MechanismRule, rule_of
from foedus.language.reserved import meaning
from foedus.parts.slots import DEFAULT

__all__ = ["skeleton"]

_ASKED = 2  # of what a mechanism between two sides gives, of each side


def skeleton(name: str, mechanisms: Sequence[str], as_of: date) -> Drafted:
    """A draft that uses some mechanisms once, with nothing but defaults and round numbers.

    Raises:
        InputError: a mechanism is not on the shelf.
    """
    parts = renamed([_choice(one) for one in mechanisms])
    bounds = {part.alias: [bound for slot in part.takes.slots for bound in _bounds(slot, part)] for part in parts}
    is_fine = any("day" in slot.unit.split("/") for part in parts for slot in part.takes.slots)
    title = " · ".join(part.takes.title for part in parts)
    return Drafted(name, title, as_of, 52, "1/8 week" if is_fine else "1/4 week", parts, bounds, (), (), {}, ())


def _choice(name: str) -> Choice:
    takes = require(name)
    rule = rule_of(name) or MechanismRule(name, name, name, 1, 1, (), (), (), _answers(takes) if takes.facing else ())
    return Choice(name, Filled(rule, tuple(_unit(thing) for thing in takes.things), {}, ()), takes)


def _unit(thing: str) -> str:
    """The generic name of a unit, where it can be a name in a model."""
    return f"one_{thing}" if meaning(thing) else thing


def _answers(takes: Takes) -> tuple[AnswerRule, ...]:
    """What is asked of each side of a mechanism that is between two."""
    asked = [(name, label) for name, (label, unit) in takes.gives.items() if unit][:_ASKED]
    return tuple(
        AnswerRule(f"{name}[{side}]", (), "", f"{label}, {side.replace('_', ' ')}", "", "")
        for side in SIDES
        for name, label in asked
    )


def _bounds(slot: SlotInfo, part: Choice) -> list[Bound]:
    """The slot as it is filled, of each side where it has one value for each of two."""
    if not (part.takes.facing and slot.is_indexed) or slot.default:
        return [_bound(slot, part)]
    return [replace(_bound(slot, part), slot=f"{slot.name}[{side}]") for side in SIDES]


def _bound(slot: SlotInfo, part: Choice) -> Bound:
    if slot.default:
        return Bound(slot.name, slot.label, "", "default", f"{DEFAULT} {part.takes.name}: {slot.because}")
    low, high = round_number(slot)
    return Bound(slot.name, slot.label, f'~ {low:g} to {high:g} because "{ROUND}"', "judgement", ROUND)
