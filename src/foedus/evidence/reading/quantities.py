"""Quantities of a text: the number, how it is qualified, and what it counts or measures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from foedus.evidence.reading.drafts import Drafts, QuantityDraft
from foedus.evidence.reading.found import FoundQuantity
from foedus.evidence.reading.numbers import PlacedNumber
from foedus.evidence.reading.parse import Paragraph, Word, parse
from foedus.evidence.reading.qualifiers import change_before, is_capped, qualifier_after, qualifier_before, qualifier_of_verb
from foedus.evidence.reading.ranges import pair_of, with_compared_units, with_shared_units
from foedus.evidence.reading.textmap import MappedText, identity
from foedus.evidence.reading.unnumbered import unnumbered
from foedus.evidence.reading.unread import is_half_read

__all__ = ["FoundQuantity", "quantities", "quantities_in"]


def quantities(text: str) -> list[FoundQuantity]:
    """The quantities of a text in order; offsets are indices into it.

    Raises:
        EvidenceError: the libraries of the extra `read` are not installed.
    """
    shown = identity(text).without_invisible()
    return [_placed(found, shown) for found in quantities_in(shown.text, parse(shown.text))]


def _placed(found: FoundQuantity, shown: MappedText) -> FoundQuantity:
    """A quantity of a text without its invisible characters, where it stands in the original."""
    (start, end), number = shown.span(found.start, found.end), shown.span(found.number_start, found.number_end)
    return replace(found, start=start, end=end, text=shown.original[start:end], number_start=number[0], number_end=number[1])


def quantities_in(text: str, paragraphs: Iterable[Paragraph]) -> Iterator[FoundQuantity]:
    """The quantities of a parsed text."""
    for paragraph in paragraphs:
        words = [word for sentence in paragraph.sentences for word in sentence.words]
        found = list(_Reader(text, paragraph, words).read())
        found = list(_multiplied(text, found))
        found += unnumbered(text, paragraph, words, found)
        yield from sorted(found, key=lambda each: each.start)


def _multiplied(text: str, found: list[FoundQuantity]) -> Iterator[FoundQuantity]:
    """The quantities; of "four teams of 12 divers each" the second one is all of the divers."""
    for before, each in zip([None, *found], found, strict=False):
        is_each = _EACH.match(text, each.end) and each.kind == "numeric" and each.dimension in ("count", "mass", "volume")
        if before is None or not is_each or text[before.end : each.start] != " of " or before.dimension != "count":
            yield each
        elif before.value is None or each.value is None or before.qualifier != "eq" or each.qualifier not in ("eq", "about"):
            yield replace(each, value=None, low=None, high=None, loose=True)
        else:
            value = before.value * each.value
            ends = (value, value) if each.qualifier == "eq" else (None, None)
            start = before.start
            yield replace(each, start=start, text=text[start : each.end], value=value, low=ends[0], high=ends[1])


_EACH = re.compile(r" (?:each|apiece)\b")
_CONVERTED = re.compile(r"\s*[(/]\s*|\s*,? or ")


class _Reader:
    """Reads one paragraph."""

    def __init__(self, text: str, paragraph: Paragraph, words: list[Word]) -> None:
        self._text = text[: paragraph.end]
        self._floor = paragraph.start
        self._drafts = Drafts(self._text, self._floor, words)

    def read(self) -> Iterator[FoundQuantity]:
        """Drafts, joined into ranges, then qualified; what was read by half keeps no value."""
        drafts = with_shared_units(self._text, self._floor, list(self._drafts.all()))
        drafts = with_compared_units(self._text, self._floor, drafts)
        last: FoundQuantity | None = None
        place = 0
        while place < len(drafts):
            is_apart = (
                place + 1 < len(drafts) and drafts[place].end <= drafts[place + 1].start
            )  # "7 of the 12 jurors" is no range
            pair = pair_of(self._text, self._floor, drafts[place], drafts[place + 1]) if is_apart else None
            if isinstance(pair, FoundQuantity):
                found = [pair]
                place += 2
            elif pair is not None:
                first, rest = list(pair[:1]), list(pair[1:])
                drafts[place : place + 2] = rest or []
                found = [self._qualified(each) for each in first]
            else:
                found = [] if drafts[place].is_waiting else [self._qualified(drafts[place])]
                place += 1
            for each in found:
                last = self._whole(self._like_before(each, last), last)
                yield last

    def _whole(self, found: FoundQuantity, last: FoundQuantity | None) -> FoundQuantity:
        """The quantity, without its value where not all of it was read."""
        number = (found.number_start, found.number_end)
        is_next = last is not None and last.number_end == found.number_start - 1  # "9 million 122-mm shells": two numbers
        floor = found.number_start if is_next and self._text[found.number_start - 1] == " " else self._floor
        is_loose = found.loose or is_half_read(self._text, floor, number, max(found.end, found.number_end))
        return replace(found, value=None, low=None, high=None, loose=True) if is_loose else found

    def _like_before(self, found: FoundQuantity, last: FoundQuantity | None) -> FoundQuantity:
        """What a quantity takes over from the one before: "over 7 miles (11 km)" is twice "over".

        A level that was reached is no rise: in "rose 2 % to 40" only the first number tells a change.
        """
        if last is None or found.kind != "numeric" or found.qualifier != "eq":
            return found
        between = self._text[last.end : found.start]
        if (
            last.unit != found.unit
            and last.qualifier in ("more_than", "less_than", "at_least", "up_to", "about")
            and _CONVERTED.fullmatch(between)
        ):
            low, high = _bounds(last.qualifier, _plain(found))
            return replace(found, qualifier=last.qualifier, low=low, high=high, change=last.change)
        if last.change and not found.change and _CONVERTED.fullmatch(between):
            return replace(found, change=last.change)
        return found

    def _qualified(self, draft: QuantityDraft) -> FoundQuantity:
        """The quantity with the words beside it."""
        number, start, end = draft.number, draft.start, draft.end
        qualifier = "vague" if number.kind == "vague" else "eq"
        found = qualifier_before(self._text, start, self._floor)
        if found is not None and found[0] == "up_to" and _is_counted_out(self._text[found[1] : start], number, draft.dimension):
            found = ("eq", found[1])
        if found is None and number.kind == "share" and self._text[number.start - 2 : number.start] == "a ":
            found = qualifier_before(self._text, start - 2, self._floor)  # "more than a two-thirds majority"
        if found is None and is_capped(self._text, start, self._floor):
            found = ("up_to", start)
        elif found is None and (not draft.unit_text or draft.dimension != "count"):
            told = qualifier_of_verb(self._text, start, self._floor)
            is_level = draft.dimension in ("share", "currency") or (draft.dimension in ("", "count") and not draft.unit_text)
            is_topped = told is not None and draft.dimension != "count" and self._text[told[1] : start].lower().startswith("top")
            found = told if told is not None and (is_level or is_topped or told[0] == "less_than") else None
        after = qualifier_after(self._text, end) or qualifier_after(self._text, number.end)
        if found is not None:
            is_kept = qualifier == "vague" and found[0] in ("about", "eq")  # "some dozens" is as vague as "dozens"
            qualifier, start = (qualifier if is_kept else found[0]), found[1]
        elif after is not None and number.kind == "numeric":
            qualifier, end = after[0], max(end, after[1])
        if self._text[number.start - 2 : number.start] in ("a ", "A ") and number.kind == "share":
            start = min(start, number.start)
        change = change_before(self._text, start, self._floor)
        low, high = _bounds(qualifier, number)
        kind = {"share": "ratio", "multiple": "numeric"}.get(number.kind, number.kind)  # the unit of "fiftyfold" says it
        return FoundQuantity(
            start,
            end,
            self._text[start:end],
            kind,
            qualifier,
            number.value,
            low,
            high,
            draft.unit,
            draft.unit_text,
            draft.dimension,
            change,
            number.start,
            number.end,
            draft.is_doubtful,
            draft.rivals,
        )


def _is_counted_out(words: str, number: PlacedNumber, dimension: str) -> bool:
    """ "As many as 568 booths": nobody counts up to 568; "as many as 600" is the most that there may be."""
    digits = f"{number.value:.0f}".rstrip("0") if number.value is not None and number.kind == "numeric" else ""
    is_whole = not number.is_word and number.scale == 1 and len(digits) >= _EXACT
    return is_whole and dimension == "count" and words.lower().split() == ["as", "many", "as"]


_EXACT = 3  # digits of a number that is no round one


def _plain(found: FoundQuantity) -> PlacedNumber:
    """The number of a quantity alone."""
    return PlacedNumber(found.number_start, found.number_end, found.value, found.value, found.value)


def _bounds(qualifier: str, number: PlacedNumber) -> tuple[float | None, float | None]:
    """What the qualifier leaves open."""
    if qualifier in ("up_to", "less_than"):
        return None, number.high
    if qualifier in ("at_least", "more_than"):
        return number.low, None
    if qualifier == "about":
        return (None, None) if number.value is not None else (number.low, number.high)
    return number.low, number.high
