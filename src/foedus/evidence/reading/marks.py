"""Zones of a document by its own form, over those by look: what its tags and its article say of every line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from foedus.evidence.reading.pages import Page
from foedus.evidence.reading.textmap import MappedText
from foedus.evidence.reading.zones import Zone, is_teaser

__all__ = ["covering", "listed_lines", "with_marks"]

Mark = tuple[str, int, int]
_DEEPEST = 40
_ZONES = ("title", "caption", "menu", "related")
_SHORT = 6


def with_marks(page: Page, text: MappedText, zones: Sequence[Zone]) -> list[Zone]:
    """The zones, each by the marks around it where there are any."""
    if not page.marks:
        return list(zones)
    found = []
    for zone, around in zip(zones, covering(page, text, [(zone.start, zone.end) for zone in zones]), strict=True):
        found.append(Zone(_kind(zone.kind, around, text.text[zone.start : zone.end]), zone.start, zone.end))
    return found


def covering(page: Page, text: MappedText, lines: Sequence[tuple[int, int]]) -> Iterator[tuple[str, ...]]:
    """For each line of the working text, in order, the kinds of the marks around it, the innermost last."""
    marks = sorted(((kind, *page.text.span(start, end)) for kind, start, end in page.marks if end > start), key=_place)
    live: list[Mark] = []
    at = 0
    for low, high in lines:
        start, end = text.span(low, high)
        while at < len(marks) and marks[at][1] <= start:
            live.append(marks[at])
            at += 1
        live = [mark for mark in live if mark[2] + 1 >= end][-_DEEPEST:]
        yield tuple(mark[0] for mark in sorted(live, key=lambda mark: mark[1] - mark[2]))


def listed_lines(page: Page, text: MappedText, lines: Sequence[tuple[int, int]]) -> list[bool]:
    """For each line, whether the form of the document makes it an item of a list."""
    if not any(mark[0] == "item" for mark in page.marks):
        return [False] * len(lines)
    return ["item" in around for around in covering(page, text, lines)]


def _place(mark: Mark) -> int:
    return mark[1]


def _kind(look: str, around: Sequence[str], line: str) -> str:
    """What the article keeps is body, whatever holds it; what it leaves out is not, whatever it looks like."""
    told = next((kind for kind in reversed(around) if kind in _ZONES), None)
    if "article" in around:
        if told in ("title", "caption"):
            return told
        is_furniture = look in ("caption", "alternate") or is_teaser(line) or (look == "menu" and len(line.split()) <= _SHORT)
        return look if is_furniture else "body"
    if "apart" in around:
        return told or ("caption" if look == "caption" else "related")
    if told == "related" and look in ("caption", "title"):
        return look
    return told or look
