"""Live pages: each of their updates has a day of its own, from which its "yesterday" counts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from operator import itemgetter

from foedus.evidence.reading.date_words import WEEKDAY
from foedus.evidence.reading.dates import times
from foedus.evidence.reading.pages import Page
from foedus.evidence.reading.textmap import MappedText
from foedus.evidence.reading.when import DocumentClock
from foedus.evidence.reading.written_days import written_day
from foedus.evidence.reading.zones import Zone

__all__ = ["clock_of"]

_LIVE = re.compile(r"\blive(?:blog)?\b|as it happened|\bupdates\b", re.IGNORECASE)
_ALONE = 48
_FEWEST = 2


def clock_of(page: Page, text: MappedText, zones: Sequence[Zone], published: date | None) -> DocumentClock:
    """The day of the document; of a live page also those of its updates."""
    body = [zone.start for zone in zones if zone.kind == "body"]
    titles = " ".join([page.metadata.get("title", ""), *(text.text[one.start : one.end] for one in zones if one.kind == "title")])
    is_live = "live" in page.metadata or _LIVE.search(titles) is not None
    stamps = _machine_stamps(page, text)
    if is_live or not stamps:
        stamps = _joined(stamps, _written_stamps(text.text, zones, published))
    limits = [*(place for place, _ in stamps[1:]), len(text.text)][: len(stamps)]
    own = [(place, day) for (place, day), limit in zip(stamps, limits, strict=True) if _holds(body, place, limit)]
    days = {day for _, day in own}
    if len(own) < _FEWEST or len(days) < 2 or not (is_live or not page.stamps):
        return DocumentClock(published)
    return DocumentClock(published, tuple(own))


def _holds(body: Sequence[int], start: int, end: int) -> bool:
    """Whether a line of the article stands between two places."""
    at = bisect_right(body, start - 1)
    return at < len(body) and body[at] < end


def _machine_stamps(page: Page, text: MappedText) -> list[tuple[int, date]]:
    """The days of `time` elements, at their places in the working text."""
    found = []
    for place, written in page.stamps:
        day = written_day(written)
        if day is not None:
            original = page.text.place(min(place, max(len(page.text.text) - 1, 0)))
            found.append((text.working_place(original), day[0]))
    return sorted(found, key=lambda each: each[0])


def _joined(machine: list[tuple[int, date]], written: list[tuple[int, date]]) -> list[tuple[int, date]]:
    """Both in the order of the text; a line that bears a stamp for machines is read by that."""
    rest = [each for each in written if all(abs(each[0] - place) > _ALONE for place, _ in machine)]
    return sorted([*machine, *rest], key=itemgetter(0))


_DAY_AND_CLOCK = re.compile(
    rf"\W*(?:(?:{WEEKDAY}),? (?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)? [A-Z][a-z]{{2,8}}|[A-Z][a-z]{{2,8}}\.? \d{{1,2}})|"
    r"(?:\d{1,2} [A-Z][a-z]{2,8}|[A-Z][a-z]{2,8}\.? \d{1,2})(?=[ ,|–—-]+(?:at )?\d{1,2}[:.h]\d\d))"
    r"(?:[ ,|–—-]+(?:at )?\d{1,2}[:.h]\d\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?)?\W*"
)
""" "Monday 11 March, 18:30", "11 March – 15:05 GMT": a day of the year that the page tells."""


def _without_year(line: str, published: date | None) -> tuple[date, bool] | None:
    """The day of a line that is nothing but a day and a clock, in the last year that has it."""
    if published is None or _DAY_AND_CLOCK.fullmatch(line) is None:
        return None
    values = (each.value or "" for each in times(line, published, turn=-1))
    day = next((each for each in values if re.fullmatch(r"\d{4}-\d\d-\d\d", each)), None)
    return (date.fromisoformat(day), True) if day is not None else None


def _written_stamps(text: str, zones: Sequence[Zone], published: date | None) -> list[tuple[int, date]]:
    """Lines that are nothing but a day, with or without a clock."""
    found = []
    for zone in zones:
        line = text[zone.start : zone.end]
        if len(line) > _ALONE or not any(mark.isdigit() for mark in line):
            continue
        day = written_day(line) or _without_year(line, published)
        if day is not None and day[1] and not re.search(r"[a-z]{4,}.*[a-z]{4,}.*[a-z]{4,}", line):
            found.append((zone.start, day[0]))
    return found
