"""Quotations in a paragraph, also those that go on over several paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Quote", "quotes"]

_OPEN = {"“": "”", "«": "»", "„": "“", "‟": "”"}
_MARKS = re.compile("[“«„‟”\"‘'`]")
"""What a quotation can start with."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation.

    Attributes:
        start, end: with its marks, in the text.
        inner_start, inner_end: without them.
        is_open: no closing mark in this paragraph, so that it may go on in the next.
        is_single: between single marks.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    is_open: bool = False
    is_single: bool = False


def quotes(text: str, start: int, end: int) -> list[Quote]:
    """The outermost quotations between two places of a text, in order."""
    found: list[Quote] = []
    place = start
    while (mark := _MARKS.search(text, place, end)) is not None:
        place = mark.start()
        quote = _read(text, place, end) if _opens(text, place, start) else None
        if quote is not None:
            found.append(quote)
        place = quote.end if quote is not None else place + 1
    return found


def _opens(text: str, place: int, floor: int) -> bool:
    """Whether a quotation starts here."""
    mark = text[place]
    if mark in _OPEN:
        return True
    before = text[place - 1] if place > floor else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    if mark == "”":  # the wrong mark at the start of a quotation
        return (before.isspace() or place == floor) and not after.isspace()
    if mark == '"':
        return not after.isspace() and not (before.isdigit() and after in " ,.;)")
    if mark in "‘'`":
        return (before.isspace() or before in "([—–-") and (after.isalnum() or after in '[…“"')
    return False


_NESTED = re.compile(r"(?<=\s)“[^“”\s]+(?: [^“”\s]+){0,2}”(?=[\w\s,;])(?=.*”)")


def _read(text: str, place: int, end: int) -> Quote | None:
    """The quotation that starts here; None where a single mark is only an apostrophe."""
    mark = text[place]
    inner = place + (2 if text.startswith("''", place) or text.startswith("``", place) else 1)
    if mark in "‘'`" and inner == place + 1:
        return _single(text, place, end)
    closing = {"“": '”"', "”": '”"', '"': '"”', "«": "»", "„": "“”", "‟": "”", "‘": "’", "'": "'", "`": "'"}[mark]
    at = inner
    while at < end:
        inside = _NESTED.match(text, at, end) if mark == "“" else None
        if inside is not None:
            at = inside.end()
            continue
        if text[at] in closing and at > inner:
            return Quote(place, at + 1, inner, at)
        at += 1
    return Quote(place, end, inner, end, is_open=True)


def _single(text: str, place: int, end: int) -> Quote | None:
    """A quotation between single marks; those inside it are counted."""
    depth, at, last = 1, place + 1, -1
    while at < end:
        mark = text[at]
        after = text[at + 1] if at + 1 < end else " "
        before = text[at - 1]
        if mark == "‘" or (mark == "'" and before.isspace() and after.isalnum()):
            depth += 1
        elif mark in "’'" and not after.isalnum() and not before.isspace():
            depth -= 1
            last = at
            if depth == 0:
                return Quote(place, at + 1, place + 1, at, is_single=True)
        at += 1
    if last > 0 and depth > 0 and text[last - 1] in ".,?!":
        return Quote(place, last + 1, place + 1, last, is_single=True)
    if text[place] == "‘" and end - place > 60:
        return Quote(place, end, place + 1, end, is_open=True, is_single=True)
    return None
