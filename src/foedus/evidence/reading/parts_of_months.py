"""Parts of a month that are counted: "the first week of October", "the last ten days of June 2023", "the first half of May"."""

from __future__ import annotations

import calendar
import re
from datetime import date

from foedus.evidence.reading.date_words import MONTH, YEAR, Found, Rule, compiled, first_year, month_number

__all__ = ["PARTS_OF_MONTHS"]

_WEEK = 7
_HALF = 15
_RANKS = {"first": 0, "opening": 0, "second": 1, "third": 2, "fourth": 3}
_WORDS = {word: count for count, word in enumerate("one two three four five six seven eight nine ten".split(), 1)}


def _counted_part(match: re.Match[str], published: date | None, turn: int) -> Found:
    """The days of a part of a month; a week that no month has is none."""
    if published is None and not match["year"]:
        return "partial", None
    number = month_number(match["month"])
    year = int(match["year"]) if match["year"] or published is None else first_year(published, number, number, turn)
    length = calendar.monthrange(year, number)[1]
    rank, unit = match["rank"].lower(), match["unit"].lower()
    many = (match["many"] or "1").lower()
    count = _WORDS.get(many) or int(many)
    size = _HALF if unit == "half" else count * (_WEEK if unit.startswith("week") else 1)
    if rank in ("last", "final", "closing"):
        low, high = length - size + 1, length
    else:
        low = _RANKS[rank] * size + 1
        high = length if unit == "half" and low > 1 else low + size - 1
    if not 1 <= low <= high <= max(length, low):
        return None
    first, last = date(year, number, low), date(year, number, min(high, length))
    bound = (match["bound"] or "").lower()
    if bound in ("by", "until"):
        return "partial", f"<={last.isoformat()}"
    return "partial", f">={first.isoformat()}" if bound == "since" else f"[{first.isoformat()},{last.isoformat()}]"


PARTS_OF_MONTHS: tuple[Rule, ...] = (
    (
        "month",
        compiled(
            r"\b(?:(?:in|during|over|for|within|(?P<bound>by|until|since)) )?"
            r"the (?P<rank>first|opening|second|third|fourth|last|final|closing) "
            rf"(?:(?P<many>\d|1\d|{'|'.join(_WORDS)}) )?(?P<unit>weeks?|days|half) (?:of|in) {MONTH}(?:,? (?:of )?{YEAR})?"
        ),
        _counted_part,
    ),
)
