"""When a document was published: from metadata, from its text, its address or name, or as told; how it is known and how sure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from foedus.evidence.reading.dates import times
from foedus.evidence.reading.written_days import day_in_name, to_date, written_day
from foedus.evidence.reading.zones import Zone

__all__ = ["Published", "publication", "to_date"]


@dataclass(frozen=True)
class Published:
    """A date of publication.

    Attributes:
        date: None where nothing tells.
        how: the evidence in words.
        sure: certain, probable, possible or unknown.
    """

    date: date | None
    how: str
    sure: str

    def as_dict(self) -> dict[str, str | None]:
        """As it stands in JSON."""
        return {"date": self.date.isoformat() if self.date else None, "how": self.how, "sure": self.sure}


_FIRST_YEAR, _LAST_YEAR = 1000, 9000
_LABEL = re.compile(
    r"\b(?:first published|published|posted|date(?: of publication)?|publication date|issued|filed)\b"
    r"\s*(?:on\b|at\b)?\s*[:–-]?\s*(?:on\b|at\b)?\s*",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"\b(?:last (?:updated|modified|revised)|updated|modified)\b\s*(?:on\b|at\b)?\s*[:–-]?\s*(?:on\b|at\b)?\s*", re.IGNORECASE
)
_DATELINE = re.compile(r"^[A-Z][A-Z.'’/ -]{2,30}(?:, [A-Z][\w. ]{2,30})?, (?=[A-Z][a-z]{2,8}\.? \d|\d{1,2} [A-Z][a-z]{2})")
_FETCHED = re.compile(r"°[CF]?\b|\bWebMail\b|\bWeather\b")
_CLOCK = re.compile(r"\b\d{1,2}:\d\d ?(?:AM|PM)\b", re.IGNORECASE)
_MARKED_OFF = re.compile(r"\s*[|•·]\s*|\s[–—-]\s")
""" "Analysis | Institute of … | 24 September 2024": the parts of a line at the head."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WIDTH = 48
_LABELLED = 200
_TEXT_HEAD, _TEXT_TAIL = 60, 12
"""Lines of furniture at both ends of a text in which a label is looked for."""


def publication(
    text: str, zones: Iterable[Zone], metadata: Mapping[str, str], told: date | None, name: str = "", beside: date | None = None
) -> Published:
    """The date by the best evidence; one that calendars can hardly count from is none.

    Args:
        told: for all documents that do not tell theirs. name: of the file.
        beside: from the table of dates that lies beside the file; it goes before everything.
    """
    found = _best(text, zones, metadata, told, name, beside)
    if found.date is not None and not _FIRST_YEAR <= found.date.year <= _LAST_YEAR:
        return Published(None, f"the only date is {found.date.isoformat()}, which is no date of publication", "unknown")
    return found


def _best(
    text: str, zones: Iterable[Zone], metadata: Mapping[str, str], told: date | None, name: str, beside: date | None
) -> Published:
    """The table beside it, metadata, a label that agrees with what was told, the name, what was told, then guesses.

    A date beside a clock or a temperature without a label says when the page was fetched; it is only an upper bound.
    """
    if beside is not None:
        return Published(beside, "the table dates.csv beside the document", "certain")
    known = _from_metadata(metadata)
    lines = [(zone, text[zone.start : zone.end]) for zone in zones]
    labelled = _from_labels(lines)
    if (
        known is not None
        and (known.sure == "certain" or labelled is None or labelled.sure != "certain")
        and known.sure != "possible"
    ):
        return known
    if labelled is not None and (told is None or labelled.date == told):
        return labelled
    named = day_in_name(name)
    if named is not None:
        return Published(named, f"the name of the file ({name})", "probable")
    if told is not None:
        return Published(told, "told by --published", "certain")
    return known or _from_body(lines)


_SOURCES = (
    ("linked", "JSON-LD datePublished", "certain"),
    ("published", "published by", "certain"),
    ("pubdate", "time element of the publication", "certain"),
    ("address", "day in the page's address", "probable"),
    ("date", "time element", "probable"),
    ("modified", "day of the last change", "possible"),
    ("creation", "of", "possible"),
)


def _from_metadata(metadata: Mapping[str, str]) -> Published | None:
    """The most reliable that the document's own data offer; two that differ by more than a day are less sure."""
    told = [(day, key, label, sure) for key, label, sure in _SOURCES if (day := _metadata_day(key, metadata)) is not None]
    if not told:
        return None
    day, _, label, sure = told[0]
    how = f"metadata of the document ({metadata.get(label, label)})"
    other = next((each for each in told[1:] if each[3] == "certain" and abs((each[0] - day).days) > 1), None)
    if sure == "certain" and other is not None:
        return Published(day, f"{how}; its {metadata.get(other[2], other[2])} says {other[0].isoformat()}", "probable")
    return Published(day, how, sure)


def _metadata_day(key: str, metadata: Mapping[str, str]) -> date | None:
    value = metadata.get(key, "")
    if key == "address":
        return day_in_name(value)
    return to_date(value) if value else None


def _from_labels(lines: list[tuple[Zone, str]]) -> Published | None:
    """ "Published: 24 October 2024" at the head or the tail of a page goes before "updated", and both before a day alone."""
    near = [*lines[:_TEXT_HEAD], *lines[max(_TEXT_HEAD, len(lines) - _TEXT_TAIL) :]]
    for pattern, word, sure in ((_LABEL, "published", "certain"), (_UPDATED, "updated", "probable")):
        found = next((day for _, line in near if (day := _labelled(line, pattern)) is not None), None)
        if found is not None:
            return Published(found[0], f"the page says “{word}”", sure if found[1] else "probable")
    for zone, line in near:
        is_calm = not _CLOCK.search(line) and not _FETCHED.search(line)
        short = line if len(line) < 60 else _MARKED_OFF.split(line)[-1] if len(line) < _LABELLED else ""
        if zone.kind != "body" and 0 < len(short) < 60 and is_calm and (alone := to_date(short)) is not None:
            return Published(alone, "a date that stands alone near the head", "probable")
    return _from_dateline(lines)


def _labelled(line: str, pattern: re.Pattern[str]) -> tuple[date, bool] | None:
    """The day right behind a label in a line of furniture, and whether it can be read in one way only.

    "The report, published on 3 May, says so" is no label: it opens its line or stands behind a mark, and no sentence goes on.
    """
    if len(line) > _LABELLED or _FETCHED.search(line):
        return None
    for match in pattern.finditer(line):
        before, after = line[: match.start()].rstrip(), line[match.end() :]
        is_label = not before or before[-1] in "|•·–—-;:)]" or (len(line) < 70 and not line.rstrip().endswith("."))
        is_of_update = pattern is _LABEL and _UPDATED.search(before + match.group()) is not None and not before.endswith("|")
        found = written_day(after[:_WIDTH]) if is_label and not is_of_update and len(after) < 120 else None
        if found is not None:
            return found
    return None


def _from_dateline(lines: list[tuple[Zone, str]]) -> Published | None:
    """ "OSLO, Oct. 3, 2024 (Reuters) -" at the head of the first paragraph."""
    for zone, line in [each for each in lines if each[0].kind == "body"][:2]:
        match = _DATELINE.match(line)
        found = to_date(line[match.end() : match.end() + 24]) if match else None
        if found is not None and zone.kind == "body":
            return Published(found, "the day of the dateline", "probable")
    return None


def _from_body(lines: list[tuple[Zone, str]]) -> Published:
    """No date of publication: the latest day that the article or its captions speak of is a lower bound."""
    days: list[date] = []
    fetched: list[date] = []
    for zone, day in _days(lines):
        (fetched if zone.kind in ("menu", "fetched") else days).append(day)
    bound = f"; the page was fetched on {max(fetched).isoformat()}, which is no date of publication" if fetched else ""
    earlier = [day for day in days if not fetched or day <= max(fetched)]
    if not earlier:
        return Published(None, f"nothing in the document tells{bound}", "unknown")
    return Published(
        max(earlier), f"the latest day that the text or a caption names; published then or soon after{bound}", "possible"
    )


def _days(lines: list[tuple[Zone, str]]) -> Iterator[tuple[Zone, date]]:
    """Every full day that a line names; beside a clock or the weather it is that of the fetching."""
    for zone, line in lines:
        is_fetched = _CLOCK.search(line) is not None or _FETCHED.search(line) is not None
        for mention in times(line, None):
            if mention.kind == "absolute" and mention.value and _DAY.fullmatch(mention.value):
                yield (Zone("fetched", zone.start, zone.end) if is_fetched else zone), date.fromisoformat(mention.value)
