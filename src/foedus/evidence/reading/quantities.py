"""Quantities of a text: the number, how it is qualified, and what it counts or measures."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from foedus.evidence.reading import names
from foedus.evidence.reading.found import FoundQuantity
from foedus.evidence.reading.nouns import noun_run
from foedus.evidence.reading.numbers import Number, is_figure, letter_scale, numbers
from foedus.evidence.reading.parse import Paragraph, Word, parse
from foedus.evidence.reading.qualifiers import change_before, qualifier_after, qualifier_before
from foedus.evidence.reading.units import Unit, compound_after, currency_before, is_plural_count, singular, unit_after
from foedus.evidence.reading.unnumbered import unnumbered

__all__ = ["FoundQuantity", "quantities", "quantities_in"]


def quantities(text: str) -> list[FoundQuantity]:
    """The quantities of a text in order; offsets are indices into it.

    Raises:
        EvidenceError: the libraries of the extra `read` are not installed.
    """
    return list(quantities_in(text, parse(text)))


def quantities_in(text: str, paragraphs: Iterable[Paragraph]) -> Iterator[FoundQuantity]:
    """The quantities of a parsed text."""
    for paragraph in paragraphs:
        words = [word for sentence in paragraph.sentences for word in sentence.words]
        found = list(_Reader(text, paragraph, words).read())
        found += unnumbered(text, paragraph, words, found)
        yield from sorted(found, key=lambda each: each.start)


@dataclass(frozen=True)
class _Draft:
    """A number with its unit, before neighbours are joined; a loose one counts only with its neighbour."""

    number: Number
    start: int
    end: int
    unit: str
    unit_text: str
    dimension: str
    is_loose: bool = False

    @property
    def amount(self) -> float:
        return self.number.value or 0.0


_NUMBERED = re.compile(
    r"\b(?:put|puts|putting|raised|raising|brought|bringing|brings|took|placed|revised) (?:the|that|their|its|his) "
    r"(?:\w+ )?(?:number|figure|total|toll|count)s? "
    r"(?:at|to) (?:about |around |over |more than |at least |up to |nearly |some )?$"
)
_CONVERTED = re.compile(r"\s*[(/]\s*|\s*,? or ")
_SUFFERING = re.compile(
    r" (?:(?:have|had|has|are|were|remain|remained|may|might|could|would|will|be|been|being|also|now|still|already) ){0,4}"
    r"(?:died|killed|wounded|injured|hurt|missing|displaced|arrested|detained|evacuated|homeless|dead|fled|lost their|left homeless|infected|"
    r"hospitali[sz]ed|captured|stranded|sick|ill|starved|drowned|perished|deported)\b"
)
_OF_THEM = re.compile(r" of (?:them|whom|those|which)\b")
_PART_OF = re.compile(
    r" of (?:the|its|their|these|those|his|her|our|[a-z]+ [a-z]+['’]s) (?:(?:[\d,.]+|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|twenty) )?(?=[a-z])"
)
_LEADS_ON = re.compile(
    r"-?,? ?(?:to|or|-|–|and|up to)[- ](?:about |around )?(?:[$€£]?\d|(?:two|three|four|five|six|seven|eight|nine|"
    r"ten|twelve|twenty)\b)|[-–]\d"
)


def _is_address(number: Number, run: list[Word]) -> bool:
    """ "575 Wilbraham Road", "11 Pro Max": digits before nothing but a name."""
    return not number.is_word and number.scale == 1 and all(word.tag in ("NNP", "HYPH", "CD", "POS") for word in run)


class _Reader:
    """Reads one paragraph."""

    def __init__(self, text: str, paragraph: Paragraph, words: list[Word]) -> None:
        self._text = text[: paragraph.end]
        self._floor = paragraph.start
        self._words = words
        self._starts = [word.start for word in words]

    def read(self) -> Iterator[FoundQuantity]:
        """Drafts, joined into ranges, then qualified."""
        drafts = list(self._drafts())
        last: FoundQuantity | None = None
        place = 0
        while place < len(drafts):
            draft = drafts[place]
            follower = drafts[place + 1] if place + 1 < len(drafts) else None
            joined = self._range(draft, follower) if follower is not None else None
            if joined is not None:
                yield joined
                last = joined
                place += 2
                continue
            place += 1
            if not draft.is_loose:
                last = self._like_before(self._qualified(draft), last)
                yield last

    def _like_before(self, found: FoundQuantity, last: FoundQuantity | None) -> FoundQuantity:
        """What a quantity takes over from the one before: "over 7 miles (11 km)" is twice "over", "rose 2 % to 40" twice "up"."""
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
        if (
            last.change
            and not found.change
            and (_CONVERTED.fullmatch(between) or re.fullmatch(r" to (?:end at |close at )?| at ", between))
        ):
            return replace(found, change=last.change)
        return found

    def _drafts(self) -> Iterator[_Draft]:
        """Numbers with their units; "3,000 of them" counts what was counted last."""
        last: _Draft | None = None
        for draft in self._plain_drafts():
            if (
                not draft.unit
                and last is not None
                and _NUMBERED.search(self._text, max(self._floor, draft.start - 40), draft.start)
            ):
                draft = replace(draft, unit=last.unit, unit_text=last.unit_text, dimension="count", is_loose=False)
            if not draft.unit and draft.number.value is not None and self._is_people(draft):
                unit = (
                    last.unit
                    if last is not None and last.dimension == "count" and draft.number.start - last.end < 120
                    else "people"
                )
                words = last.unit_text if last is not None and unit == last.unit else ""
                draft = replace(draft, unit=unit, unit_text=words, dimension="count", is_loose=False)
            if not draft.unit and last is not None and _OF_THEM.match(self._text, draft.end):
                draft = replace(draft, unit=last.unit, unit_text=last.unit_text, dimension="count", is_loose=False)
            if draft.dimension == "count":
                last = draft
            yield draft

    def _is_people(self, draft: _Draft) -> bool:
        """ "At least 40 were killed", "60,000 have lost their homes": a number as a subject counts people, or what was counted before."""
        return draft.number.kind == "numeric" and bool(_SUFFERING.match(self._text, draft.end)) and (draft.number.value or 0) >= 2

    def _plain_drafts(self) -> Iterator[_Draft]:
        piece = self._text[self._floor :]
        masked = names.masked_spans(piece)
        taken = self._floor
        for number in numbers(piece):
            if names.overlaps(masked, number.start, number.end):
                continue
            number = replace(number, start=number.start + self._floor, end=number.end + self._floor)
            if number.start < taken:
                continue
            draft = self._draft(number)
            if draft is not None:
                taken = draft.end
                yield draft

    def _draft(self, number: Number) -> _Draft | None:
        """The number with its unit, or None where it is no quantity."""
        currency = currency_before(self._text, number.start)
        if number.letter:
            number = self._with_letter(number, currency)
        if number.kind in ("share", "vague"):
            return self._of(number)
        unit = unit_after(self._text, number.end)
        if currency is not None:
            if unit is not None and unit.dimension == "currency":
                currency = replace(currency, end=unit.end)
            else:
                currency = replace(currency, end=number.end)
            return self._measured(number, compound_after(self._text, currency), currency.start)
        if unit is not None and names.is_decade(self._text, number, unit.start):
            return None
        if unit is not None and not self._is_noun_instead(number, unit):
            if names.is_name(self._text, number, self._around(number), True):
                return None
            return self._measured(number, compound_after(self._text, unit), number.start)
        if names.is_name(self._text, number, self._around(number), False):
            return None
        return self._counted(number)

    def _with_letter(self, number: Number, currency: Unit | None) -> Number:
        """ "5m" is five million with a currency, else five metres; "10k" is ten thousand."""
        is_scale = currency is not None or number.letter.lower() in ("k", "bn", "tn")
        word = re.match(r" ([a-z]+)", self._text[number.end + len(number.letter) : number.end + 24])
        is_scale = is_scale or bool(word and (is_plural_count(word[1]) or self._is_plural(number.end + len(number.letter) + 1)))
        is_scale = is_scale or (number.letter in ("M", "B") and self._text[number.end + 1 : number.end + 3].strip().islower())
        is_scale = is_scale or bool(
            re.match(r" ?(?:euros?|dollars?|pounds|€|people|users|USD|EUR)", self._text[number.end + len(number.letter) :])
        )
        if not is_scale or number.value is None:
            return number
        value = number.value * letter_scale(number.letter)
        if not is_figure(value):
            return number
        return replace(number, value=value, low=value, high=value, end=number.end + len(number.letter), letter="")

    def _is_plural(self, place: int) -> bool:
        """Whether a plural noun starts here."""
        at = bisect_left(self._starts, place)
        return at < len(self._words) and self._words[at].start == place and self._words[at].tag == "NNS"

    def _is_noun_instead(self, number: Number, unit: Unit) -> bool:
        """ "5 A levels": a one-letter unit with a blank before it and a noun behind it."""
        is_short = len(self._text[unit.start : unit.end]) == 1 and unit.start > number.end
        follower = self._text[unit.end : unit.end + 2]
        return (is_short and number.is_word) or (is_short and bool(re.match(r" [a-z]", follower)) and unit.name != "watt")

    def _around(self, number: Number) -> tuple[Word | None, Word | None, Word | None]:
        """The words before, at and behind the number."""
        at = bisect_left(self._starts, number.start)
        after = bisect_left(self._starts, number.end)
        return (
            self._words[at - 1] if at > 0 else None,
            self._words[at] if at < len(self._words) else None,
            self._words[after] if after < len(self._words) else None,
        )

    def _measured(self, number: Number, unit: Unit, start: int) -> _Draft:
        end = max(number.end, unit.end)
        return _Draft(number, min(start, number.start), end, unit.name, self._text[unit.start : unit.end], unit.dimension)

    def _of(self, number: Number) -> _Draft | None:
        """ "Tens of thousands of people", "a third of the army"."""
        link = re.compile(r" of (?:the |its |their |his |her |all |these |those )*|(?: the| that| its| his| their) ").match(
            self._text, number.end
        )
        if link is None:
            if number.kind == "share":
                return _as_fraction(self._counted(number))
            unit = unit_after(self._text, number.end)
            return self._measured(number, unit, number.start) if unit else self._counted(number)
        unit = unit_after(self._text, link.end() - 1)
        if unit is not None and number.kind == "vague":
            return self._measured(number, compound_after(self._text, unit), number.start)
        draft = self._counted(number, link.end())
        if draft is None or number.kind == "vague":
            return draft
        return _as_fraction(draft)

    def _counted(self, number: Number, place: int | None = None) -> _Draft | None:
        """The number with the noun that it counts."""
        run = self._noun_run(number.end if place is None else place)
        part = _PART_OF.match(self._text, number.end) if not run and place is None else None
        run = self._noun_run(part.end()) if part else run
        bare = _Draft(number, number.start, number.end, "", "", "")
        if _LEADS_ON.match(self._text, number.end) and (not run or number.is_word):
            return replace(bare, is_loose=True)
        if not run:
            if names.is_age(self._text, number):
                return replace(bare, unit="year of age", dimension="time")
            is_loose = number.kind == "numeric" and (
                number.is_word or names.is_bare_name(self._text, number, self._around(number))
            )
            is_tail = re.search(r"(?:\d|\w\w)\s?[-–:/]\s?$", self._text[max(self._floor, number.start - 4) : number.start])
            return replace(bare, is_loose=is_loose or bool(is_tail)) if not number.is_word or number.kind != "numeric" else None
        if names.is_definite_pair(self._text, number, run) or _is_address(number, run):
            return None
        head = run[-1]
        text = self._text[run[0].start : head.end]
        unit = compound_after(self._text, Unit(singular(head.text), "count", run[0].start, head.end))
        return _Draft(number, number.start, unit.end, unit.name, text, "count")

    def _noun_run(self, place: int) -> list[Word]:
        """The words from the number to the noun it counts; empty where there is none."""
        at = bisect_left(self._starts, place)
        return noun_run(self._words, at, self._text, place)

    def _range(self, first: _Draft, second: _Draft) -> FoundQuantity | None:
        """ "10 to 20 miles", "between 5 % and 6 %", "from 240 to 273"; None where they are two quantities."""
        if first.number.value is None or second.number.value is None:
            return None
        between = self._text[first.end : second.start]
        dash = re.fullmatch(r"\s*(?:[-–—]|to|or|and|up to)\s*", between)
        before = self._text[max(self._floor, first.start - 30) : first.start]
        if dash is None or not _fit(first, second, before):
            return None
        word = between.strip()
        if not names.is_range(word, before, first.unit, second.unit):
            return None
        scale = (
            second.number.scale
            if first.number.scale == 1 and first.amount < second.amount / max(second.number.scale, 1) * 10
            else 1
        )
        scale = scale if first.amount < 1000 else 1
        low = first.amount * scale
        ends = sorted((low, second.amount))
        match = re.search(r"(?:between|from)\s*(?:about |around |roughly |up to )?$", before, re.IGNORECASE)
        start = first.start - (len(match.group()) if match else 0)
        owner = second if second.unit or not first.unit else first
        hint = qualifier_before(self._text, first.start, self._floor)
        start = min(start, hint[1]) if hint else start
        return FoundQuantity(
            start, second.end, self._text[start : second.end], "numeric", "between", None, ends[0], ends[1],
            owner.unit, owner.unit_text, owner.dimension, change_before(self._text, start, self._floor),
            first.number.start, second.number.end,
        )  # fmt: skip

    def _qualified(self, draft: _Draft) -> FoundQuantity:
        """The quantity with the words beside it."""
        number, start, end = draft.number, draft.start, draft.end
        qualifier = "vague" if number.kind == "vague" else "eq"
        found = qualifier_before(self._text, start, self._floor)
        after = qualifier_after(self._text, end) or qualifier_after(self._text, number.end)
        if found is not None:
            qualifier, start = (found[0] if qualifier == "eq" or found[0] != "eq" else qualifier), found[1]
        elif after is not None and number.kind == "numeric":
            qualifier, end = after[0], max(end, after[1])
        if self._text[number.start - 2 : number.start] in ("a ", "A ") and number.kind == "share":
            start = min(start, number.start)
        change = change_before(self._text, start, self._floor)
        low, high = _bounds(qualifier, number)
        kind = "ratio" if number.kind == "share" else number.kind
        return FoundQuantity(
            start, end, self._text[start:end], kind, qualifier, number.value, low, high,
            draft.unit, draft.unit_text, draft.dimension, change, number.start, number.end,
        )  # fmt: skip


def _as_fraction(draft: _Draft | None) -> _Draft | None:
    """A share counts a part of the noun."""
    if draft is None:
        return None
    return replace(draft, unit=f"fraction of {draft.unit}" if draft.unit else "fraction", dimension="share")


def _fit(first: _Draft, second: _Draft, before: str) -> bool:
    """Whether two units can be the ends of one range: the same, or one left out."""
    if not first.unit or first.unit == second.unit or second.unit.startswith(f"{first.unit} per "):
        return True
    if not second.unit:
        return first.dimension != "count" and bool(re.search(r"\bfrom [^.,;]{0,12}$", before))
    return False


def _plain(found: FoundQuantity) -> Number:
    """The number of a quantity alone."""
    return Number(found.number_start, found.number_end, found.value, found.value, found.value)


def _bounds(qualifier: str, number: Number) -> tuple[float | None, float | None]:
    """What the qualifier leaves open."""
    if qualifier in ("up_to", "less_than"):
        return None, number.high
    if qualifier in ("at_least", "more_than"):
        return number.low, None
    if qualifier == "about":
        return (None, None) if number.value is not None else (number.low, number.high)
    return number.low, number.high
