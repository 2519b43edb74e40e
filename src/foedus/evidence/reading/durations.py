"""How long ago: "two weeks", "a few months", "two and a half years"."""

from __future__ import annotations

from datetime import date, timedelta

from foedus.evidence.reading.numbers import numbers

__all__ = ["count_of", "earlier_by"]


def count_of(words: str | None) -> float:
    """The number before a unit of time; one where there is none."""
    words = (words or "").strip().lower()
    if words in ("", "a", "an"):
        return 1.0
    if words in ("few", "a few", "several"):
        return 3.0
    if words in ("couple", "a couple of", "couple of", "a couple"):
        return 2.0
    return next((number.value for number in numbers(words) if number.value is not None), 1.0)


def earlier_by(day: date, count: float, unit: str) -> str:
    """So many days, weeks, months or years before a day, as finely as the unit allows."""
    if unit.startswith(("day", "night", "hour", "minute")):
        return (day - timedelta(days=int(count) if unit.startswith(("day", "night")) else 0)).isoformat()
    if unit.startswith(("week", "fortnight")):
        return (day - timedelta(days=int(count * (7 if unit.startswith("week") else 14)))).isoformat()
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[
        next(name for name in ("month", "quarter", "year", "decade", "century") if unit.startswith(name[:5]))
    ]
    total = max(day.year * 12 + day.month - 1 - round(count * months), 12)
    if months >= 12 and count == int(count):
        return f"{total // 12}"
    return f"{total // 12}-{total % 12 + 1:02d}"
