"""Numbers in running text, however they are written: 1,300, 1.3 million, twenty-five, half a dozen, tens of thousands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from foedus.evidence.reading.digits import figures, letter_scale
from foedus.evidence.reading.spelled import SMALL, spelled

__all__ = ["LARGEST", "PlacedNumber", "is_figure", "letter_scale", "numbers"]

_PARTS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "hundredth": 100,
    "thousandth": 1000,
}
_small = "|".join(sorted(SMALL, key=len, reverse=True))
_part = "|".join(sorted(_PARTS, key=len, reverse=True))
_few = "two|three|four|six|seven|eight|nine"
_ORDINAL_BEFORE = re.compile(r"\b(?:first|second|third|fourth|last|final|next|previous|this)[- ]$", re.IGNORECASE)
""" "The fourth quarter of 2023" is a time, no fourth part."""
_count = rf"(?:{_small}|\d{{1,3}}(?:,\d{{3}})+|\d+)"
_events = (
    "(?:years|months|weeks|days|hours|minutes|seasons|games|matches|attempts|raids|attacks|incidents|crashes|places|sites|starts"
    "|appearances|tests|innings|races|outings|visits)"
)
_SHARES = re.compile(
    rf"""
    (?P<inside>\b(?P<among>one|1|(?:{_few}|[2-9])(?=\ (?:in|out\ of)\ (?:every\ )?(?:{_few}|five|ten|10|100|1,?000)\b)
            |[2-9](?=\ in\ [3-9]\ (?!{_events}\b)(?:[a-z]+s|people|women|men|children)\b)
            |{_count}(?=\ (?:out\ of|(?:of|in)\ every)\b))
        \ (?:in|out\ of|of(?=\ every\b))\ (?:every\ )?(?P<whole>{_count})\b(?![,.\d]\d)(?=\ (?:of\b|[a-z])|[.,;]|$))
  | (?P<one_of>\b(?:one|1(?=\ [a-z]+\ in\ (?:[3-9]|10|20|100)\b))\ (?!of\b|in\b|out\b)[a-z]{{3,}}\ (?:in|out\ of)\ (?:every\ )?
        (?P<of_whole>{_few}|five|ten|twenty|10|20|100|[3-9])\b(?![.,]\d)(?![-\ ](?:years?|months?|weeks?
        |days?|hours?|of|hundred|thousand|million)\b)(?=\ [a-z]|[.,;]|$))
  | (?P<parts>\b(?P<several>{_few}|five)[- ](?P<piece>{_part})s\b)
  | (?P<share>\b(?:(?P<top>a|one|two|three|four|five|six|seven|nine)[- ])?(?P<part>{_part})s?
        (?=\ (?:of|the|that|its|his|their|more|less|fewer|higher|lower)\b|(?P<of_told>\ (?:were|was|are|is|have|has|had|did|[a-z]+ed)\b)))
  | (?P<by>(?<=\bby\ )(?:(?:nearly|almost|about|around|over|at\ least|up\ to|roughly|some|more\ than|less\ than)\ )?
        (?:an?\ |one[- ])?(?P<moved>half|third|quarter|fifth|sixth|tenth)\b
        (?=[.,;:)]|$|\ (?:in|since|from|to|on|over|after|last|this|between|compared|and|year|as|during|against|because|when)\b))
  | (?P<fold>(?<![\w.,'’-])(?P<times>{_small}|\d+(?:\.\d+)?)[- ]?fold\b)
  | (?P<twice>\b(?P<factor>twice|thrice)(?=\ as\ (?:many|much|large|big|high|long)\b)
        |\b(?P<fold_of>twice|double|triple|treble)(?=\ (?:the\ (?:number|figure|rate|level|amount|total|size|share|toll|price|sum|volume
            |value|cost|average)s?\b|its\b|their\b|those\b|that\ of\b|what\b)))
  | (?P<became>\b(?P<times_verb>doubled|tripled|trebled|quadrupled|quintupled|halved
        |(?<=\bto\ )(?:double|triple|treble|quadruple|quintuple|halve)|(?<=\bwill\ )(?:double|triple|treble|quadruple|quintuple|halve))\b
        (?=[.,;]|$|\ (?:in|since|over|during|between|within|by|last|this|next|its|the|their|his|her|compared|after|as|every
            |again|overnight)\b))
  | (?P<odds>\b(?P<top_odds>{_small}|\d+)(?:\ to\ |-to-|[:∶])(?P<one>one|1)\b(?!\.\d|,\d|-|\ (?:hundred|thousand|million|[a-z]+s\b)))
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PlacedNumber:
    """A number where it stands.

    Attributes:
        start, end: in the text.
        value: None where the words give only an order of size; then `low` and `high` say which.
        kind: numeric, vague, share or multiple.
        is_word: written in letters.
        scale: the part of `value` that a word such as "million" gives; 1 without.
        letter: a letter behind the figure that stands for a scale only with a currency: "5m".
        style: of figures that can be read in two ways; see `digits.Figure`.
        is_loose: seen, but not read whole.
    """

    start: int
    end: int
    value: float | None
    low: float | None
    high: float | None
    kind: str = "numeric"
    is_word: bool = False
    scale: float = 1.0
    letter: str = ""
    style: str = ""
    is_loose: bool = False


LARGEST = 1e300  # a ledger takes no larger one, and a product of two figures stays within a double only below


def is_figure(*values: float | None) -> bool:
    """Whether numbers can be figures at all: finite, and not beyond what a ledger takes."""
    return all(value is None or abs(value) < LARGEST for value in values)


def numbers(text: str) -> Iterator[PlacedNumber]:
    """The numbers of a text, from left to right; what is a date or a name is not decided here.

    Digits that spell no figure (too many of them, or a power that is none) are passed over.
    """
    found = [*_shares(text), *_halves(text), *_spelled(text), *_figures(text)]
    found.sort(key=lambda one: (one.start, -one.end))  # of two at one place the longer one
    reach = 0
    for one in found:
        if one.start >= reach and is_figure(one.value, one.low, one.high):
            yield one
            reach = one.end


_HALF_A = re.compile(
    r"\bhalf an?(?= (?:square |cubic |metric |nautical |percentage )?(?:miles?|kilomet(?:re|er)|met(?:re|er)|acre|hectare|tonne|ton|"
    r"lit(?:re|er)|"
    r"gallon|barrel|pound|kilo|kilogram|inch|point|per ?cent)\b)",
    re.IGNORECASE,
)


def _halves(text: str) -> Iterator[PlacedNumber]:
    """ "Half a mile", "half a percentage point": of a unit of measure, and no half of a thing."""
    for match in _HALF_A.finditer(text):
        yield PlacedNumber(*match.span(), 0.5, 0.5, 0.5, is_word=True)


def _shares(text: str) -> Iterator[PlacedNumber]:
    """Parts of a whole, and multiples."""
    for match in _SHARES.finditer(text):
        made = _share(match)
        if made is not None:
            start, value, kind = made
            yield PlacedNumber(start, match.end(), value, value, value, kind, True)


def _share(match: re.Match[str]) -> tuple[int, float, str] | None:
    """Where the words begin, their value and kind; None where they are no number."""
    start = match.start()
    if match["inside"] and _is_year(match):
        return None
    if match["inside"]:
        among, whole = _count_of(match["among"]), _count_of(match["whole"])
        return (start, among / whole, "share") if 0 < among <= whole else None
    if match["one_of"]:
        return start, 1 / _count_of(match["of_whole"]), "share"
    if match["parts"]:
        part = SMALL[match["several"].lower()] / _PARTS[match["piece"].lower()]
        return (start, part, "share") if part < 1 else None
    if match["share"] or match["by"]:
        return None if _ORDINAL_BEFORE.search(match.string[max(0, start - 10) : start]) else _one_part(match)
    if match["fold"]:
        return start, _count_of(match["times"]), "multiple"
    if match["became"]:
        return _became(match["times_verb"].lower(), start)
    if match["twice"]:
        factor = (match["factor"] or match["fold_of"]).lower()
        return start, 2.0 if factor in ("twice", "double") else 3.0, "multiple"
    return start, _count_of(match["top_odds"]), "multiple"


def _is_year(match: re.Match[str]) -> bool:
    """ "One in 1953 that killed 40": the year of one, where nothing that is counted stands behind it."""
    behind = re.compile(r" (?:[a-z]+ )?(?:[a-z]+(?<!wa)(?<!i)(?<!ha)s|people|women|men|children)\b")
    is_written = re.fullmatch(r"1[89]\d\d|20\d\d", match["whole"]) is not None and " in every" not in match.group().lower()
    return is_written and " in " in match.group() and behind.match(match.string, match.end()) is None


_TIMES = MappingProxyType({"doubl": 2.0, "tripl": 3.0, "trebl": 3.0, "quadrupl": 4.0, "quintupl": 5.0})


def _became(verb: str, start: int) -> tuple[int, float, str]:
    """ "Quadrupled" is four times, "halved" a half of what was there; behind them a "to" gives the level, which says it all."""
    stem = verb.removesuffix("d").removesuffix("e")
    return (start, 0.5, "share") if stem == "halv" else (start, _TIMES[stem], "multiple")


_OF_TOLD = re.compile(
    rf"(?:^|[.;:,!?”\"] |\n)[Oo]f (?:the |its |their |his |her |some |about |nearly )*{_count}[^.;:,]{{1,50}}, (?:[a-z]+ ){{0,3}}$"
)
_WHOLE_BEFORE = 120
""" "Of 250 boats, a fifth were lost": a part of what stands before it."""


def _one_part(match: re.Match[str]) -> tuple[int, float, str] | None:
    """ "A third of", "half the"; "by nearly a third"."""
    start = match.start()
    if match["of_told"] and _OF_TOLD.search(match.string, max(0, start - _WHOLE_BEFORE), start) is None:
        return None
    if match["share"]:
        top = (match["top"] or "").lower()
        if not top and match["part"].lower() not in ("half", "quarter"):
            return None
        return start, SMALL.get(top, 1) / _PARTS[match["part"].lower()], "share"
    article = re.search(r"\b(?:an?\s|one[-\s])$", match.string[start : match.start("moved")], re.IGNORECASE)
    if article is None and match["moved"].lower() != "half":
        return None
    return start + article.start() if article else match.start("moved"), 1 / _PARTS[match["moved"].lower()], "share"


def _count_of(words: str) -> float:
    word = words.lower().replace(",", "")
    return float(SMALL[word]) if word in SMALL else float(word)


def _spelled(text: str) -> Iterator[PlacedNumber]:
    for one in spelled(text):
        kind = "vague" if one.value is None and not one.is_loose else "numeric"
        yield PlacedNumber(one.start, one.end, one.value, one.low, one.high, kind, True, one.scale, is_loose=one.is_loose)


def _figures(text: str) -> Iterator[PlacedNumber]:
    for one in figures(text):
        yield PlacedNumber(
            one.start,
            one.end,
            one.value,
            one.value,
            one.value,
            "numeric",
            False,
            one.scale,
            one.letter,
            one.style,
            one.value is None,
        )
