"""Expressions of time in a text, resolved to days, months, years or intervals against a date of publication."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from foedus.evidence.reading.calendar_dates import FULL, PARTIAL, YEARS
from foedus.evidence.reading.date_names import is_name
from foedus.evidence.reading.date_words import Rule, compiled
from foedus.evidence.reading.lengths import LENGTHS
from foedus.evidence.reading.stretches import STRETCHES

__all__ = ["TimeMention", "times"]


@dataclass(frozen=True)
class TimeMention:
    """An expression of time where it stands.

    Attributes:
        kind: absolute, relative, partial or vague.
        value: a day, month or year, an interval `[a,b]`, a bound `<=a` or `>=a`; None when the date of
            publication would be needed and is not known.
    """

    start: int
    end: int
    text: str
    kind: str
    value: str | None


_ABBREVIATED = re.compile(r"\b(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.$")
_HINTS = MappingProxyType(
    {
        "month": compiled(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"),
        "digits": compiled(r"\d{4}"),
        "season": compiled(r"spring|summer|autumn|winter|\bfall\b"),
        "weekday": compiled(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"),
        "day": compiled(r"day|night|morning|afternoon|evening|tomorrow"),
        "length": compiled(
            r"(?:minute|hour|day|night|week|month|quarter|year|decade|centur|half|\bend of\b|\d0s|\b[qh][1-4]\b|\d(?:st|nd|rd|th)\b)"
        ),
        "now": compiled(r"now|so far|to date"),
    }
)
"""What must stand in a text before a rule is worth a try."""

_RULES: tuple[Rule, ...] = (*STRETCHES, *FULL, *PARTIAL, *LENGTHS, *YEARS)
"""In this order: an expression that one has taken no later one sees."""


_SINCE = re.compile(r"\b[Ss]ince (?:the|an?|his|her|its|their|our|it|he|she|they|we|[A-Z][\w’'-]+)(?: [A-Za-z’'-]+){0,6} $")
""" "Since the coup in 2021": what has gone on from then."""


def times(text: str, published: date | None, start: int = 0, end: int | None = None, turn: int = 0) -> list[TimeMention]:
    """The expressions of time between two places of a text, in order, without overlaps.

    Args:
        turn: where the statement lies: 1 ahead of the publication, -1 behind it, 0 where its verb does not tell.
    """
    limit = len(text) if end is None else end
    found: list[TimeMention] = []
    taken: set[int] = set()
    hints = {hint for hint, pattern in _HINTS.items() if pattern.search(text, start, limit)}
    for hint, pattern, resolve in _RULES:
        if hint not in hints:
            continue
        for match in pattern.finditer(text, start, limit):
            if not taken.isdisjoint(range(*match.span())):
                continue
            resolved = resolve(match, published, turn) if not is_name(match) else None
            if resolved is not None:
                words = match.group()
                words = words if _ABBREVIATED.search(words) else words.rstrip(". ")
                taken.update(range(*match.span()))
                kind, value = resolved
                is_since = (
                    value is not None
                    and value[0].isdigit()
                    and _SINCE.search(text, max(start, match.start() - 60), match.start())
                )
                value = f">={value}" if is_since else value
                found.append(TimeMention(match.start(), match.start() + len(words), words, kind, value))
    return sorted(found, key=lambda mention: mention.start)
