"""Numbers in running text, however they are written: 1,300, 1.3 million, twenty-five, half a dozen, tens of thousands."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["LARGEST", "Number", "is_figure", "letter_scale", "numbers"]

_SMALL = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {
    "dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "lakh": 1e5, "million": 1e6, "mln": 1e6, "mn": 1e6, "crore": 1e7,
    "billion": 1e9, "bln": 1e9, "bn": 1e9, "trillion": 1e12, "trn": 1e12, "tn": 1e12,
}  # fmt: skip
_LETTERS = {"k": 1e3, "K": 1e3, "m": 1e6, "M": 1e6, "b": 1e9, "B": 1e9, "T": 1e12, "bn": 1e9, "tn": 1e12}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
          "ninth": 9, "tenth": 10, "hundredth": 100, "thousandth": 1000}  # fmt: skip
_PLURALS = {"dozens": (24.0, 99.0), "scores": (40.0, 99.0), "hundreds": (200.0, 999.0), "thousands": (2e3, 9_999.0),
            "millions": (2e6, 9_999_999.0), "billions": (2e9, 9_999_999_999.0),
            "trillions": (2e12, 9_999_999_999_999.0)}  # fmt: skip
_TIMES = {"tens": 10.0, "dozens": 12.0, "scores": 20.0, "hundreds": 100.0, "thousands": 1e3}

_small = "|".join(sorted(_SMALL, key=len, reverse=True))
_scale = "|".join(sorted(_SCALES, key=len, reverse=True))
_part = "|".join(sorted(_PARTS, key=len, reverse=True))
_few = "two|three|four|six|seven|eight|nine"
_plural = "|".join(_PLURALS)

_DIGITS = r"(?:\d{1,3}(?:[,\u00a0\u202f\u2009]\d{3})+(?![\d])|\d+)(?:\.\d+)?|\.\d+"
_PATTERN = re.compile(
    rf"""
    (?P<vague>\b(?:(?P<times>tens|dozens|scores|hundreds|thousands)\ of\ )?(?P<plural>{_plural})\b
        (?!['’]))
  | (?P<inside>\b(?:(?P<among>one|1|(?:{_few}|[2-9])(?=\ (?:in|out\ of)\ (?:every\ )?(?:{_few}|five|ten|10|100)\b))
        \ (?:in|out\ of)\ (?:every\ )?(?P<whole>(?:{_small}|\d+))\b(?=\ (?:of\b|[a-z]))))
  | (?P<parts>\b(?P<several>{_few}|five)[- ](?P<piece>{_part})s\b)
  | (?P<share>\b(?:(?P<top>a|one|two|three|four|five|six|seven|nine)[- ])?(?P<part>{_part})s?
        (?=\ (?:of|the|that|its|his|their)\b))
  | (?P<halfof>\bhalf[- ](?:a[- ])?(?P<halfscale>{_scale})\b)
  | (?P<words>\b(?:(?:{_small})(?:[- ](?:and[- ])?(?:{_small}|{_scale})\b)*
        |an?\ (?:(?P<articlescale>{_scale})\b(?:\ (?:{_scale})\b)*))
        (?:\ and\ (?:a\ )?(?P<wordhalf>half|quarter)\b)?(?![-'’]?\w*(?<=[a-z])-?th\b))\b
  | (?P<digits>(?P<sign>(?:\bminus[- ]|(?<![\w\d.)%])[-−](?=[\d.])))?(?P<figure>{_DIGITS})
        (?P<power>\ ?[×x]\ ?10\^?(?P<exponent>[-−–]?\d+|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?
        (?P<fraction>\ ?[½¼¾⅓⅔⅛⅜⅝⅞]|[-\ ]\d[/⁄]\d+(?!\d))?
        (?:[/⁄](?P<below>\d+)(?![\d/]))?
        (?:[- ](?P<half>and\ a\ half|and\ half)\b)?
        (?P<scale>(?:[- ]?(?:{_scale})\b)*)(?P<letter>(?:bn|tn|[kKmMbBT])(?![\w%°²³/^·-]))?)
  | (?P<glyph>[½¼¾⅓⅔⅛⅜⅝⅞])
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number where it stands.

    Attributes:
        start, end: in the text.
        value: None where the words give only an order of size; then `low` and `high` say which.
        kind: numeric, vague or share.
        is_word: written in letters.
        scale: the part of `value` that a word such as "million" gives; 1 without.
        letter: a letter behind the figure that stands for a scale only with a currency: "5m".
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


LARGEST = 1e300  # a ledger takes no larger one, and a product of two figures stays within a double only below


def is_figure(*values: float | None) -> bool:
    """Whether numbers can be figures at all: finite, and not beyond what a ledger takes."""
    return all(value is None or abs(value) < LARGEST for value in values)


def numbers(text: str) -> Iterator[Number]:
    """The numbers of a text, from left to right; what is a date or a name is not decided here.

    Digits that spell no figure (too many of them, or a power that is none) are passed over.
    """
    return (one for one in _numbers(text) if is_figure(one.value, one.low, one.high))


def _numbers(text: str) -> Iterator[Number]:
    for match in _PATTERN.finditer(text):
        start, end = match.span()
        if start and text[start - 1].isdigit():
            continue
        if match["vague"]:
            yield _vague(match)
        elif match["inside"]:
            value = _ratio(_word_value(match["among"].lower()), _word_value(match["whole"].lower()))
            yield Number(start, end, value, value, value, "share", True)
        elif match["parts"]:
            value = _SMALL[match["several"].lower()] / _PARTS[match["piece"].lower()]
            if value < 1:
                yield Number(start, end, value, value, value, "share", True)
        elif match["share"]:
            top = match["top"]
            if not top and match["part"].lower() not in ("half", "quarter"):
                continue
            value = (_SMALL.get(top.lower(), 1) if top else 1) / _PARTS[match["part"].lower()]
            yield Number(start, end, value, value, value, "share", True)
        elif match["halfof"]:
            value = 0.5 * _SCALES[match["halfscale"].lower()]
            yield Number(start, end, value, value, value, "numeric", True, 2 * value)
        elif match["words"]:
            value = _word_value(match["words"].lower())
            if match["wordhalf"]:
                value += (0.5 if match["wordhalf"].lower() == "half" else 0.25) * _last_scale(match["words"].lower())
            yield Number(start, end, value, value, value, "numeric", True, _last_scale(match["words"].lower()))
        elif match["glyph"]:
            value = unicodedata.numeric(match["glyph"])
            yield Number(start, end, value, value, value)
        else:
            yield _figures(match)


def _vague(match: re.Match[str]) -> Number:
    """ "Tens of thousands": between two of the smaller and the next order of size."""
    low, high = _PLURALS[match["plural"].lower()]
    times = match["times"]
    if times:
        factor = _TIMES[times.lower()]
        base = low / 2
        low, high = 2 * factor * base, 10 * factor * base - 1
    return Number(match.start(), match.end(), None, low, high, "vague", True)


def _word_value(words: str) -> float:
    """ "two hundred and fifty thousand" = 250000."""
    total, group = 0.0, 0.0
    for word in re.findall(r"[a-z]+|\d+", words):
        if word.isdigit():
            group += float(word)
        elif word in _SMALL:
            group += _SMALL[word]
        elif word in ("hundred", "dozen"):
            group = max(group, 1.0) * _SCALES[word]
        elif word in _SCALES:
            total += max(group, 1.0) * _SCALES[word]
            group = 0.0
    return total + group


def _last_scale(words: str) -> float:
    """The scale that the words end on: "two and a half million" counts halves of a million."""
    found = [_SCALES[word] for word in re.findall(r"[a-z]+", words) if word in _SCALES]
    return found[-1] if found else 1.0


def _figures(match: re.Match[str]) -> Number:
    """A number in digits with what may follow: a power, a fraction, "and a half", a scale."""
    value = float(re.sub(r"[,\u00a0\u202f\u2009]", "", match["figure"]))
    if match["fraction"]:
        value += _fraction(match["fraction"].strip(" -"))
    if match["below"] and float(match["below"]):
        value = _ratio(value, float(match["below"]))
    if match["exponent"]:
        value *= _power(match["exponent"].translate(str.maketrans("−–⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "---0123456789")))
    if match["half"]:
        value += 0.5
    scale = 1.0
    for word in re.findall(r"[a-z]+", match["scale"].lower()):
        scale *= _SCALES[word]
    value *= scale
    if match["sign"]:
        value = -value
    letter = match["letter"] or ""
    end = match.end() - len(letter)
    return Number(match.start(), end, value, value, value, "numeric", False, scale, letter)


def _fraction(text: str) -> float:
    """ "½" or "3/4"."""
    if len(text) == 1:
        return unicodedata.numeric(text)
    top, below = re.split("[/⁄]", text)
    return _ratio(float(top), float(below))


def _ratio(top: float, below: float) -> float:
    """A quotient; NaN, which is no figure, where one of them is beyond a double."""
    return top / max(below, 1.0) if math.isfinite(top) and math.isfinite(below) else math.nan


def _power(exponent: str) -> float:
    """Ten to this power; NaN, which is no figure, where it is beyond a double or no number."""
    digits = exponent.removeprefix("-").lstrip("0")
    if (not digits.isdecimal() and digits) or len(digits) > 3 or not exponent.removeprefix("-"):
        return math.nan
    return float(10.0 ** max(-300, min(int(exponent), 300)))


def letter_scale(letter: str) -> float:
    """What "k", "m" or "bn" behind a figure multiplies by."""
    return _LETTERS.get(letter, _LETTERS.get(letter.lower(), 1.0))
