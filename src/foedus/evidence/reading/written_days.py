"""Days as labels, file names and addresses write them: "27/02/2020", "14 Mar 2023", "20241025", "/2024/10/25/"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from foedus.evidence.reading.dates import times

__all__ = ["day_in_name", "to_date", "written_day"]

_ISO = re.compile(r"\b((?:19|20)\d\d)[/-]?(\d\d)[/-]?(\d\d)")
_NUMBERS = re.compile(r"(?<![\d./-])(?P<one>\d{1,2})(?P<mark>[./-])(?P<two>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)(?!\d)")
_NAMED = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:(?P<mark>[-_./])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})|(?P<months>\d\d)(?P<days>\d\d))(?!\d)"
)
_AMERICAN_CLOCK = re.compile(r"\b(?:E[SD]T|C[SD]T|P[SD]T|ET|PT)\b")


def to_date(text: str) -> date | None:
    """The first full day in a text: an ISO stamp, words, or numbers that can be read in one way only."""
    found = written_day(text)
    return found[0] if found is not None and found[1] else None


def written_day(text: str) -> tuple[date, bool] | None:
    """The first full day in a text, and whether it can be read in one way only.

    "03/04/2020" is read day first, as most of the world writes it, unless the clock beside it is American.
    """
    options = [*_in_words(text), *_in_numbers(text)]
    return min(options, key=lambda each: each[0])[1:] if options else None


def _in_words(text: str) -> Iterator[tuple[int, date, bool]]:
    for mention in times(text, None):
        day = re.fullmatch(r"(?:[<>]=)?(\d{4}-\d\d-\d\d)", mention.value or "")
        if day:
            yield mention.start, date.fromisoformat(day[1]), True
            break
    match = _ISO.search(text)
    day_found = _day(match[1], match[2], match[3]) if match else None
    if match and day_found is not None:
        yield match.start(), day_found, True


def _in_numbers(text: str) -> Iterator[tuple[int, date, bool]]:
    match = _NUMBERS.search(text)
    if match is None:
        return
    day_first = _day(match["year"], match["two"], match["one"])
    month_first = _day(match["year"], match["one"], match["two"])
    is_single = day_first is None or month_first is None or day_first == month_first or match["mark"] == "."
    best = (month_first or day_first) if _AMERICAN_CLOCK.search(text) else (day_first or month_first)
    if best is not None:
        yield match.start(), best, is_single


def day_in_name(name: str) -> date | None:
    """The day in the name of a file or in an address: "2024-10-25_note.txt", "note-20241025.html", "/2024/10/25/note"."""
    for match in _NAMED.finditer(name):
        found = _day(match["year"], match["month"] or match["months"], match["day"] or match["days"])
        if found is not None:
            return found
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
