"""Expressions of time in a text, resolved to days, months, years or intervals against a date of publication."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from foedus.evidence.reading.calendar_dates import FULL, PARTIAL, YEARS
from foedus.evidence.reading.date_names import is_name
from foedus.evidence.reading.date_words import Resolver, Rule, compiled
from foedus.evidence.reading.ends import ends_of_stretch
from foedus.evidence.reading.lengths import LENGTHS
from foedus.evidence.reading.parts_of_months import PARTS_OF_MONTHS
from foedus.evidence.reading.stretches import STRETCHES

__all__ = ["TimeMention", "times", "times_by_turn"]


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
        "feast": compiled(r"christmas|boxing day|new year['’]s|may day|halloween"),
        "weekday": compiled(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"),
        "day": compiled(r"day|night|morning|afternoon|evening|tomorrow"),
        "length": compiled(
            r"(?:minute|hour|day|night|week|month|quarter|year|decade|centur|half|\bend of\b|\d0s|\b[qh][1-4]\b|\d(?:st|nd|rd|th)\b)"
        ),
        "now": compiled(r"now|so far|to date"),
    }
)
"""What must stand in a text before a rule is worth a try."""

_RULES: tuple[Rule, ...] = (*PARTS_OF_MONTHS, *STRETCHES, *FULL, *PARTIAL, *LENGTHS, *YEARS)
"""In this order: an expression that one has taken no later one sees."""


_SINCE = re.compile(
    r"\b(?:[Ss]ince (?!then\b)(?:[A-Za-z][\w’'-]*)(?: [A-Za-z’'-]+){0,6}|"
    r"[Aa]fter (?:the )?(?:start|outbreak|beginning|onset|launch|opening|end) of(?: [A-Za-z’'-]+){1,6}(?: in| on)?) $"
)
""" "Since the coup in 2021": what has gone on from then."""


def times(text: str, published: date | None, start: int = 0, end: int | None = None, turn: int = 0) -> list[TimeMention]:
    """The expressions of time between two places of a text, in order, without overlaps.

    Args:
        turn: where the statement lies: 1 ahead of the publication, -1 behind it, 0 where its verb does not tell.
    """
    return _resolved(_candidates(text, start, len(text) if end is None else end), published, start, turn)


def times_by_turn(text: str, published: date | None, start: int, end: int) -> dict[int, list[TimeMention]]:
    """The same for statements that lie ahead (1), behind (-1) and nowhere told (0); the text is searched once."""
    found = _candidates(text, start, end)
    return {turn: _resolved(found, published, start, turn) for turn in (0, 1, -1)}


def _candidates(text: str, start: int, end: int) -> list[tuple[re.Match[str], Resolver]]:
    """What looks like an expression of time, in the order of the rules."""
    hints = {hint for hint, pattern in _HINTS.items() if pattern.search(text, start, end)}
    return [
        (match, resolve)
        for hint, pattern, resolve in _RULES
        if hint in hints
        for match in pattern.finditer(text, start, end)
        if not is_name(match)
    ]


def _resolved(
    candidates: Sequence[tuple[re.Match[str], Resolver]], published: date | None, start: int, turn: int
) -> list[TimeMention]:
    """The candidates that are times, without those that an earlier rule has taken."""
    found: list[TimeMention] = []
    taken: set[int] = set()
    for match, resolve in candidates:
        if not taken.isdisjoint(range(*match.span())):
            continue
        resolved = resolve(match, published, turn)
        if resolved is not None:
            words = match.group()
            words = words if _ABBREVIATED.search(words) else words.rstrip(". ")
            taken.update(range(*match.span()))
            kind, value = resolved
            is_since = (
                value is not None
                and value[0].isdigit()
                and _SINCE.search(match.string, max(start, match.start() - 60), match.start())
            )
            found.append(TimeMention(match.start(), match.start() + len(words), words, kind, f">={value}" if is_since else value))
    found.sort(key=lambda mention: mention.start)
    return [_with_its_noun(candidates[0][0].string, each) for each in _joined(candidates[0][0].string, found)] if found else found


_PERIOD = re.compile(
    r"\b(?:during|in|over|for|within|across|throughout) (?:the|a) (?:(?!last|past|next|same)[a-z-]+ )?"
    r"(?:period|stretch|interval|window|span|time|days|weeks|months)(?: (?:of|from|between|running from))? $"
)


def _with_its_noun(text: str, mention: TimeMention) -> TimeMention:
    """ "During the period 22 to 27 June": the noun and the stretch are one time."""
    led = _PERIOD.search(text, max(0, mention.start - 60), mention.start) if (mention.value or "").startswith("[") else None
    return mention if led is None else replace(mention, start=led.start(), text=text[led.start() : mention.end])


def _joined(text: str, found: list[TimeMention]) -> list[TimeMention]:
    """The times, with the two ends of a stretch as one."""
    if len(found) < _TWO:
        return found
    ends = ends_of_stretch(text, found)
    made: list[TimeMention] = []
    for place, each in enumerate(found):
        if place in ends:
            (start, value), last = ends[place], found[place + 1]
            made.append(TimeMention(start, last.end, text[start : last.end], last.kind if value else "vague", value))
        elif place - 1 not in ends:
            made.append(each)
    return made


_TWO = 2
