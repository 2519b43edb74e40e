"""A neutral skeleton from named mechanisms, without documents: round numbers to begin with, each to be replaced."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from foedus.draft.binding import Bound
from foedus.draft.choosing import MechanismChoice, renamed
from foedus.draft.drafted import Drafted
from foedus.draft.matching import Filled
from foedus.draft.mechanisms import SlotInfo, Takes, require
from foedus.draft.round_numbers import ROUND, round_number
from foedus.draft.rules import AnswerRule, MechanismRule, rule_of
from foedus.draft.sides import rule_for_sides, takes_for_sides
from foedus.language.reserved import meaning
from foedus.parts.slots import DEFAULT

__all__ = ["skeleton"]

_ASKED = 2  # of what a mechanism between two sides gives, where no rule says what of it readers ask for
_SIDES = ("one side", "other side")


def skeleton(name: str, mechanisms: Sequence[str], as_of: date) -> Drafted:
    """A draft that uses some mechanisms once, with nothing but defaults and round numbers.

    Raises:
        InputError: a mechanism is not on the shelf.
    """
    parts = renamed([_choice(one) for one in mechanisms])
    bounds = {part.alias: [_bound(slot, part) for slot in part.takes.slots] for part in parts}
    is_fine = any("day" in slot.unit.split("/") for part in parts for slot in part.takes.slots)
    title = " · ".join(part.takes.title for part in parts)
    return Drafted(name, title, as_of, 52, "1/8 week" if is_fine else "1/4 week", parts, bounds, (), (), {}, ())


def _choice(name: str) -> MechanismChoice:
    takes = require(name)
    rule = rule_of(name) or MechanismRule(name, name, name, 1, 1, (), (), (), _answers(takes) if takes.facing else ())
    sides = _SIDES if takes.facing else ()
    filled = Filled(rule_for_sides(rule, takes, sides), tuple(_unit(thing) for thing in takes.things), {}, (), sides=sides)
    return MechanismChoice(name, filled, takes_for_sides(takes, sides))


def _unit(thing: str) -> str:
    """The generic name of a unit, where it can be a name in a model."""
    return f"one_{thing}" if meaning(thing) else thing


def _answers(takes: Takes) -> tuple[AnswerRule, ...]:
    """What is asked of a mechanism that is between two and has no rule."""
    asked = [(name, label) for name, (label, unit) in takes.gives.items() if unit][:_ASKED]
    return tuple(AnswerRule(name, (), "", label, "", "") for name, label in asked)


def _bound(slot: SlotInfo, part: MechanismChoice) -> Bound:
    if slot.default:
        return Bound(slot.name, slot.label, "", "default", f"{DEFAULT} {part.takes.name}: {slot.because}")
    low, high = round_number(slot)
    return Bound(slot.name, slot.label, f'~ {low:g} to {high:g} because "{ROUND}"', "judgement", ROUND)
