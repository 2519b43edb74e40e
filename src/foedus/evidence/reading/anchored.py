"""Times counted from an event: "more than two years after the flood", with the flood dated elsewhere in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from foedus.evidence.reading.dates import TimeMention, times
from foedus.evidence.reading.durations import count_of

__all__ = ["anchored_times"]

_MOST_MONTHS = 12 * 9999
_FAR, _MOST_PLACES, _SENTENCE = 40_000, 60, 2_000
"""How far from the expression, and at how many places, its event is looked for."""

_COUNTED = re.compile(
    r"\b(?P<more>more than |over |nearly |almost |about |some )?"
    r"(?P<count>an?|\d+|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    r"(?: and (?:a )?half)?) (?P<unit>months?|years?) (?P<side>after|before) (?P<event>[^,.;:\n]{3,60})",
    re.IGNORECASE,
)


_DEED = re.compile(r"\b[a-z]+ (?P<verb>[a-z]{3,}ed)(?= (?:in|at|on|to|from|by|for|into|with|there|here|off|up|the|an?)\b|$)")
""" "The first officers landed in": what is told of as done, to be found by its verb, and not by who did it."""


def anchored_times(text: str, published: date | None, start: int, end: int) -> Iterator[TimeMention]:
    """The expressions between two places whose event has its month or year somewhere else in the text."""
    for match in _COUNTED.finditer(text, start, end):
        anchor = _anchor(text, match, published)
        if anchor is None:
            continue
        counted = count_of(match["count"]) * (12 if match["unit"].lower().startswith("year") else 1)
        if not counted < _MOST_MONTHS:
            continue
        months = round(counted)
        total = anchor + (months if match["side"].lower() == "after" else -months)
        if not 12 <= total < _MOST_MONTHS:
            continue
        value = f"{total // 12:04d}-{total % 12 + 1:02d}"
        more = (match["more"] or "").strip().lower()
        if more in ("more than", "over") and match["side"].lower() == "after":
            value = (
                f"[{value},{published.isoformat()}]" if published is not None and published.isoformat() > value else f">={value}"
            )
        stop = match.start("event") - 1
        yield TimeMention(match.start(), stop, text[match.start() : stop], "relative", value)


def _anchor(text: str, match: re.Match[str], published: date | None) -> int | None:
    """The month of the event, counted from the year 0, where a line names both its noun and a month or year."""
    deed = _DEED.search(match["event"])
    nouns = [deed["verb"]] if deed is not None else re.findall(r"\b[a-z]{5,}\b", match["event"])
    for noun in reversed(nouns):
        wanted = re.compile(rf"\b{re.escape(noun)}")
        for other in islice(wanted.finditer(text, max(0, match.start() - _FAR), match.end() + _FAR), _MOST_PLACES):
            first, last = max(0, other.start() - _SENTENCE), min(len(text), other.end() + _SENTENCE)
            low = max(text.rfind("\n", first, other.start()) + 1, text.rfind(". ", first, other.start()) + 1, first)
            high = min(
                place for place in (text.find(". ", other.end(), last), text.find("\n", other.end(), last), last) if place >= 0
            )
            if low <= match.start() < high:
                continue
            for mention in times(text, published, low, high):
                if deed is not None and mention.kind in ("relative", "vague"):
                    continue  # what is so today is no day of a deed before
                found = re.fullmatch(r"(\d{4})-(\d\d)(?:-\d\d)?", mention.value or "")
                if found:
                    return int(found[1]) * 12 + int(found[2]) - 1
    return None
