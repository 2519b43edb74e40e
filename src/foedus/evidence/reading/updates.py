"""Live pages: each of their updates has a day of its own, from which its "yesterday" counts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

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
    stamps = _machine_stamps(page, text) if page.stamps else _written_stamps(text.text, zones)
    limits = [*(place for place, _ in stamps[1:]), len(text.text)][: len(stamps)]
    own = [(place, day) for (place, day), limit in zip(stamps, limits, strict=True) if _holds(body, place, limit)]
    days = {day for _, day in own}
    is_live = "live" in page.metadata or not page.stamps or _LIVE.search(page.metadata.get("title", "")) is not None
    if len(own) < _FEWEST or len(days) < 2 or not is_live:
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


def _written_stamps(text: str, zones: Sequence[Zone]) -> list[tuple[int, date]]:
    """Lines that are nothing but a day, with or without a clock."""
    found = []
    for zone in zones:
        line = text[zone.start : zone.end]
        day = written_day(line) if len(line) <= _ALONE and any(mark.isdigit() for mark in line) else None
        if day is not None and day[1] and not re.search(r"[a-z]{4,}.*[a-z]{4,}.*[a-z]{4,}", line):
            found.append((zone.start, day[0]))
    return found
