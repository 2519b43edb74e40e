"""When a document was published: from metadata, from its text, or as told; how it is known and how sure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from foedus.evidence.reading.dates import times
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
_LABEL = re.compile(r"\b(?:published|posted|first published|date)\b\s*:?(?: on| at)?\s*", re.IGNORECASE)
_UPDATED = re.compile(r"\b(?:last )?updated\b\s*:?(?: on| at)?\s*", re.IGNORECASE)
_CRAWL = re.compile(r"\b\d{1,2}:\d\d ?(?:AM|PM)\b|°[CF]?\b|\bWebMail\b|\bWeather\b")


def to_date(text: str) -> date | None:
    """The first full date in a text: an ISO stamp or words."""
    for mention in times(text, None):
        if mention.value and re.fullmatch(r"\d{4}-\d\d-\d\d", mention.value):
            return date.fromisoformat(mention.value)
    match = re.search(r"\b((?:19|20)\d\d)[/-]?(\d\d)[/-]?(\d\d)", text)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def publication(text: str, zones: Iterable[Zone], metadata: Mapping[str, str], told: date | None) -> Published:
    """The date by the best evidence; one that calendars can hardly count from is none."""
    found = _best(text, zones, metadata, told)
    if found.date is not None and not _FIRST_YEAR <= found.date.year <= _LAST_YEAR:
        return Published(None, f"the only date is {found.date.isoformat()}, which is no date of publication", "unknown")
    return found


def _best(text: str, zones: Iterable[Zone], metadata: Mapping[str, str], told: date | None) -> Published:
    """Metadata, then a labelled date, then what was told, then the text's own latest.

    A date beside a clock, a temperature or a menu says when the page was fetched; it is only an upper bound.
    """
    found = _from_metadata(metadata)
    if found is not None:
        return found
    lines = [(zone, text[zone.start : zone.end]) for zone in zones]
    labelled = next((made for zone, line in lines if (made := _from_label(zone, line))), None)
    if labelled is not None and (told is None or labelled.date == told):
        return labelled
    if told is not None:
        return Published(told, "told by --published", "certain")
    return _from_body(lines)


def _from_metadata(metadata: Mapping[str, str]) -> Published | None:
    for key in ("published", "date", "creation"):
        value = metadata.get(key)
        found = to_date(value) if value else None
        if found is not None:
            sure = {"published": "certain", "date": "probable", "creation": "possible"}[key]
            return Published(found, f"metadata of the document ({metadata.get('of', key)})", sure)
    return None


def _from_label(zone: Zone, line: str) -> Published | None:
    """ "Published: 24 October 2024" in a short line."""
    if len(line) > 200 or (_CRAWL.search(line) and not _LABEL.search(line)):
        return None
    for pattern, word, sure in ((_LABEL, "published", "certain"), (_UPDATED, "updated", "probable")):
        match = pattern.search(line)
        found = to_date(line[match.end() : match.end() + 40]) if match else None
        if found is not None:
            return Published(found, f"the page says “{word}”", sure)
    if zone.kind != "body" and len(line) < 60 and (alone := to_date(line)) is not None:
        return Published(alone, "a date that stands alone near the head", "probable")
    return None


def _from_body(lines: list[tuple[Zone, str]]) -> Published:
    """No date of publication: the latest day that the article or its captions speak of is a lower bound."""
    days: list[date] = []
    fetched: list[date] = []
    for zone, line in lines:
        for mention in times(line, None):
            if mention.kind == "absolute" and mention.value and re.fullmatch(r"\d{4}-\d\d-\d\d", mention.value):
                is_fetched = zone.kind == "menu" or _CRAWL.search(line) is not None
                (fetched if is_fetched else days).append(date.fromisoformat(mention.value))
    bound = f"; the page was fetched on {max(fetched).isoformat()}, which is no date of publication" if fetched else ""
    earlier = [day for day in days if not fetched or day <= max(fetched)]
    if not earlier:
        return Published(None, f"nothing in the document tells{bound}", "unknown")
    return Published(
        max(earlier), f"the latest day that the text or a caption names; published then or soon after{bound}", "possible"
    )
