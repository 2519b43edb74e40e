"""Figures of a part that follow from others of it: where they contradict these by much, they are of something else and are left out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from statistics import median

from foedus.draft.fitting import Match, size_of
from foedus.draft.rules import MechanismRule

__all__ = ["contradicted"]

_AGREE = 1.5
"""Up to what factor figures agree: what follows and what is told are both rounded, and of neighbouring days."""
_WEEKS = {
    "minute": 1 / 10080,
    "hour": 1 / 168,
    "day": 1 / 7,
    "week": 1.0,
    "month": 30.4375 / 7,
    "quarter": 91.3125 / 7,
    "year": 365.25 / 7,
}
_NAMED = re.compile(r"\{(\w+)\}")


def contradicted(rule: MechanismRule, rows: Mapping[str, Sequence[Match]]) -> dict[str, str]:
    """Slot -> why its figures are left out, of those that others of the same part contradict: beds that would serve ten times as many in a
    week as are told to be served. Products of slots alone are followed."""
    found: dict[str, str] = {}
    for slot in rule.slots:
        names = _NAMED.findall(slot.follows)
        if not names or not rows.get(slot.name) or not all(rows.get(name) for name in names):
            continue
        followed = 1.0
        for name in names:
            followed *= _size(rows[name])
        told = _size(rows[slot.name])
        if followed and told and not 1 / _AGREE <= told / followed <= _AGREE:
            found[slot.name] = f"contradicts what other figures tell: by these it would be about {followed:,.3g}"
    return found


def _size(row: Sequence[Match]) -> float:
    """The middle of the figures of a slot, in weeks where time is in their unit."""
    return median(size_of(each.fact) * each.factor * _in_weeks(each.unit) for each in row)


def _in_weeks(unit: str) -> float:
    over, _, per = unit.partition("/")
    return _WEEKS.get(over, 1.0) / _WEEKS.get(per, 1.0)
