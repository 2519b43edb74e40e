"""Numbers in figures, however they are grouped: 1,300, 1.450.000, 1 250 000, 1’250’000, 2,35,000, 12,5, .5."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from foedus.evidence.reading.spelled import SCALES

__all__ = ["BLANKS", "DigitFigure", "figures", "letter_scale", "with_scale"]

BLANKS = " \u00a0\u2007\u2009\u202f"
_LETTERS = {"k": 1e3, "K": 1e3, "m": 1e6, "M": 1e6, "b": 1e9, "B": 1e9, "T": 1e12, "bn": 1e9, "tn": 1e12}
_scale = "|".join(sorted(SCALES, key=len, reverse=True))

_PATTERN = re.compile(
    rf"""
    (?P<sign>(?:(?<!plus\ or\ )\bminus[-\ ]|(?<![\w.\d)%/+])[-−](?=[\d.])|(?<![\d%kKmM]\ )(?<=\ )–(?=\d)))?
    (?P<figure>\d{{1,3}}(?:[{BLANKS}]\d{{3}}(?!\d))+(?:[.,]\d+)?|\d+(?:[.,'’\u066b\u066c]\d+)*|(?<!\d)\.\d+)
    (?P<raised>\^[-−]?\d+|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?
    (?P<power>\ ?[×x]\ ?10\^?(?P<exponent>[-−–]?\d+|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?
    (?P<fraction>\ ?[½¼¾⅓⅔⅛⅜⅝⅞]|[-\ ]\d[/⁄]\d+(?!\d))?
    (?:[/⁄](?P<below>\d+)(?![\d/]))?
    (?:[-\ ](?P<half>and[-\ ]a[-\ ]half|and\ half)\b)?
    (?P<scale>(?:[{BLANKS}-]?(?:{_scale})s?\b)*)
    (?P<letter>(?:bn|tn|[kKmMbBT])(?![\w%°²³/^·]|\.[a-z]|-(?![\d$€£])))?
  | (?P<glyph>[½¼¾⅓⅔⅛⅜⅝⅞])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PLAIN_DIGITS = str.maketrans("−–⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "---0123456789")
_GROUP = "[1-9][0-9]{0,2}"
_STYLES = (  # what separates groups, what the decimals; a style that leaves room for another is marked
    (re.compile(r"[0-9]+"), "", "", ""),
    (re.compile(r"(?:0|[1-9][0-9]*)?\.[0-9]+"), "", ".", "point"),
    (re.compile(rf"{_GROUP}(?:,[0-9]{{3}})+(?:\.[0-9]+)?"), ",", ".", ""),
    (re.compile(r"[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?"), ",", ".", ""),
    (re.compile(rf"{_GROUP}(?:\.[0-9]{{3}}){{2,}}(?:,[0-9]+)?|{_GROUP}\.[0-9]{{3}},[0-9]{{1,2}}"), ".", ",", ""),
    (re.compile(rf"{_GROUP}(?:[{BLANKS}][0-9]{{3}})+(?:\.[0-9]{{1,2}})?"), BLANKS, ".", "blank"),
    (re.compile(rf"{_GROUP}(?:[{BLANKS}][0-9]{{3}})+,[0-9]{{1,2}}"), BLANKS, ",", "blank"),
    (re.compile(rf"{_GROUP}(?:['’][0-9]{{3}})+(?:\.[0-9]+)?"), "'’", ".", ""),
    (re.compile(rf"{_GROUP}(?:['’][0-9]{{3}})+,[0-9]{{1,2}}"), "'’", ",", ""),
    (re.compile(r"0,[0-9]{1,2}|0,0[0-9]+"), "", ",", ""),
    (re.compile(r"[1-9][0-9]{0,2},(?:[0-9]{1,2}|[0-9]{4,})"), "", ",", "comma"),
)


@dataclass(frozen=True, slots=True)
class DigitFigure:
    """A number in figures.

    Attributes:
        start, end: in the text, without `letter`.
        value: None where the figures spell no number of any style.
        scale: the part of `value` that a word such as "million" gives.
        letter: behind the figure; it stands for a scale only beside a currency or a noun.
        style: how sure its reading is: "point" (1.450 can be 1450), "comma" (12,5 can be two numbers), "blank" (12 500 likewise), or "".
    """

    start: int
    end: int
    value: float | None
    scale: float = 1.0
    letter: str = ""
    style: str = ""


def figures(text: str) -> Iterator[DigitFigure]:
    """The numbers in figures of a text, from left to right."""
    for match in _PATTERN.finditer(text):
        if match.start() and text[match.start() - 1].isdigit():
            continue
        if match["glyph"]:
            yield DigitFigure(*match.span(), unicodedata.numeric(match["glyph"]))
        else:
            yield _figure(match)


def _figure(match: re.Match[str]) -> DigitFigure:
    """A number in digits with what may follow: a power, a fraction, "and a half", a scale."""
    value, style = _plain(match["figure"])
    end = match.end() - len(match["letter"] or "")
    if match["raised"] and match["figure"] != "10":
        value = None
    if value is None:
        return DigitFigure(match.start(), end, None)
    if match["raised"]:
        value = _power(match["raised"].removeprefix("^").translate(_PLAIN_DIGITS))
    if match["fraction"]:
        value += _fraction(match["fraction"].strip(" -"))
    if match["below"] and float(match["below"]):
        value = _ratio(value, float(match["below"]))
    if match["exponent"]:
        value *= _power(match["exponent"].translate(_PLAIN_DIGITS))
    if match["half"]:
        value += 0.5
    scale = 1.0
    for word in re.findall(r"[a-z]+", match["scale"].lower()):
        scale *= SCALES.get(word) or SCALES[word.removesuffix("s")]
    style = "" if match["below"] or match["exponent"] or (scale != 1.0 and style != "blank") else style
    return DigitFigure(
        match.start(), end, with_scale(-value if match["sign"] else value, scale), scale, match["letter"] or "", style
    )


def _plain(written: str) -> tuple[float | None, str]:
    """The value of digits with separators, by the one style that they fit, and how sure that is."""
    for pattern, between, decimal, style in _STYLES:
        if pattern.fullmatch(written):
            plain = "".join(each for each in written if each not in between)
            plain = plain.replace(decimal, ".") if decimal else plain
            is_doubtful = style != "point" or re.fullmatch(r"[1-9][0-9]{0,2}\.[0-9]{3}", written) is not None
            return float(plain), style if is_doubtful else ""
    return None, ""


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


def with_scale(value: float, scale: float) -> float:
    """A figure as written times its scale, rounded once: 4.1 of a billion is 4,100,000,000, and no half a millionth less."""
    if scale == 1.0 or not math.isfinite(value):
        return value * scale
    return float(Decimal(repr(value)) * Decimal(repr(scale)))


def letter_scale(letter: str) -> float:
    """What "k", "m" or "bn" behind a figure multiplies by."""
    return _LETTERS.get(letter, _LETTERS.get(letter.lower(), 1.0))
