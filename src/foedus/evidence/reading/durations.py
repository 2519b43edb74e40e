"""How long ago: "two weeks", "a few months", "two and a half years"."""

from __future__ import annotations

import math
from datetime import date, timedelta
from types import MappingProxyType

from foedus.evidence.reading.numbers import numbers

__all__ = ["count_of", "earlier_by"]

_DAYS = MappingProxyType({"day": 1, "night": 1, "hour": 1 / 24, "minute": 1 / 1440, "week": 7, "fortnight": 14})


def count_of(words: str | None) -> float:
    """The number before a unit of time; one where there is none."""
    words = (words or "").strip().lower()
    if words in ("", "a", "an"):
        return 1.0
    if words in ("few", "a few", "several"):
        return 3.0
    if words in ("couple", "a couple of", "couple of", "a couple"):
        return 2.0
    read = list(numbers(words))
    if any(number.is_loose for number in read):
        return math.inf  # "twenty thirty years": no count that could be relied on
    found = next((number.value for number in read if number.value is not None), None)
    if found is None:
        return math.inf if any(character.isdigit() for character in words) else 1.0  # digits, but more than any figure has
    return found


def earlier_by(day: date, count: float, unit: str) -> str | None:
    """So many days, weeks, months or years before a day, as finely as the unit allows; None before the year 1."""
    days = next((days for name, days in _DAYS.items() if unit.startswith(name)), None)
    if days is not None:
        back = count * days
        return (day - timedelta(days=int(back))).isoformat() if back < day.toordinal() else None
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[
        next(name for name in ("month", "quarter", "year", "decade", "century") if unit.startswith(name[:5]))
    ]
    if not count * months < day.year * 12 - 12:
        return None
    total = day.year * 12 + day.month - 1 - round(count * months)
    if months >= 12 and count == int(count):
        return f"{total // 12:04d}"
    return f"{total // 12:04d}-{total % 12 + 1:02d}"
