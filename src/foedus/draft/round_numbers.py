"""Round numbers to begin with, by unit: what stands in a slot of which nobody says anything and for which the shelf has no default."""

from __future__ import annotations

import re

from foedus.draft.mechanisms import SlotInfo

__all__ = ["ROUND", "in_short", "round_number"]

ROUND = "a round number to begin with: replace it with who says so, or why (judgement)"
_WHOLE = ("population", "potential")  # those of whom the other levels are a part
_LEAST_LEFT = 0.05  # a share that is scaled stays below one


def in_short(because: str) -> str:
    """The reason of a guess without what to do about it and without its kind, where both stand beside it."""
    return because.removeprefix("judgement: ").replace(ROUND, ROUND.partition(":")[0])


def round_number(slot: SlotInfo, scale: float = 1.0) -> tuple[float, float]:
    """A round interval for a unit: a thousand things, a hundred of them a week, ten for a price, a half for a share.

    Args:
        scale: by what to multiply it; a share stays one.
    """
    low, high = _plain(slot)
    if slot.unit == "1":
        return min(low * scale, 1 - 2 * _LEAST_LEFT), min(high * scale, 1 - _LEAST_LEFT)
    return low * scale, high * scale


def _plain(slot: SlotInfo) -> tuple[float, float]:
    unit = slot.unit
    if unit == "1":
        return 0.3, 0.7
    above, _, below = unit.partition("/")
    if below in ("day", "week", "month", "year"):
        return (50, 200) if above != "1" else (0.5, 2)
    if below:
        return 5, 20
    if re.fullmatch(r"day|week|month|year", unit):
        return 2, 8
    return (500_000, 2_000_000) if slot.name in _WHOLE else (500, 2000)
