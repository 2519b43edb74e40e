"""How numbers, days and counts are written for people, in one place: whatever says one of them says it by this.

A number with an error is said by `stated`: both as fine as the first digit of the error, on one scale. A day is said by `people_date`, and
what a model or a document spells for machines (`2024-10-25`, `3000000`, `1e-05`) by `readable`.
"""

from __future__ import annotations

import datetime
import decimal
import math
import re
from typing import NamedTuple

__all__ = [
    "MISSING",
    "MONTHS",
    "Stated",
    "bare",
    "counted",
    "fixed",
    "minus",
    "number",
    "people_date",
    "plural",
    "readable",
    "share_words",
    "stated",
    "superscript",
    "unit_words",
]

MISSING = "n/a"
MONTHS = tuple("January February March April May June July August September October November December".split())
"""In English, whatever the locale."""
_GROUPED = 5  # digits: four may be a year
_TENTH, _TWO = decimal.Decimal("0.1"), decimal.Decimal(2)
_SCALES = ((9, " billion"), (6, " million"))
_ROUNDING = 1e-6
"""Of a number: an error so small shows in no digit of it that is told, and sums of doubles leave less."""
_SMALL, _LARGE, _SMALLEST = 1e-3, 1e15, 1e-6
"""Sizes of numbers below and above which they are powers of ten; beside a larger one they are told in decimals down to the last."""
_NUMBER = re.compile(r"(?<![\w.,:/#-])\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w:/-]|[.,]\d)")
_DAY = re.compile(r"(?<![\w-])\d{4}-\d\d-\d\d(?![\w-])")
_PEOPLE = {"person": "people", "man": "men", "woman": "women", "child": "children", "foot": "feet", "loaf": "loaves"}
_UNCOUNTED = frozenset(
    "aircraft ammunition cash cattle equipment fish food fuel hertz money personnel people points series sheep staff troops".split()
)
_SHORTEST = 3  # letters: what is shorter is a symbol, as kg
_SYMBOLS = frozenset("btu fte kcal mbar mmbtu teu".split())  # and what has no vowel, as bbl
_SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def superscript(digits: str) -> str:
    """Digits as an exponent: `2` is ²."""
    return digits.translate(_SUPERSCRIPT)


def unit_words(unit: str) -> str:
    """A unit as people write it behind a number: `person/day` is people/day, `tonne` tonnes, `km2` km², `1/week` per week, `1` nothing."""
    if unit in ("", "1"):
        return ""
    text = re.sub(r"(?<=[a-zA-Z])\^?(-?\d+)", lambda match: superscript(match[1]), unit)
    head, slash, rest = text.replace("*", "·").partition("/")
    if head == "1" and slash:
        return f"per {rest.replace('/', ' per ')}"
    first, dot, others = head.partition("·")
    return plural(first) + dot + others + slash + rest


def plural(noun: str) -> str:
    """The word for several of what a unit counts; a symbol, and what cannot be counted, stays as it is."""
    if noun in _PEOPLE:
        return _PEOPLE[noun]
    last = re.split(r"[_ -]", noun)[-1]
    is_symbol = len(last) < _SHORTEST or last in _SYMBOLS or not re.search("[aeiouy]", last)
    is_word = re.fullmatch(r"[a-z][a-z_ -]*", noun) and not is_symbol
    if not is_word or last in _UNCOUNTED or (last.endswith("s") and not last.endswith("ss")):
        return noun
    if re.search(r"[^aeiou]y$", noun):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if re.search(r"(s|x|z|ch|sh)$", noun) else f"{noun}s"


def counted(count: float, noun: str) -> str:
    """`1 claim`, `3 claims`, `1,200 futures`, `1.5 years`."""
    whole = int(count) if count == int(count) else count
    return f"{whole:,} {noun if whole == 1 else plural(noun)}"


def share_words(share: float, places: int = 1) -> str:
    """A share in per cent with so many decimals: `53.5 %`."""
    return f"{100 * share:.{places}f} %"


def fixed(value: float, places: int) -> str:
    """A number with so many decimals, halves away from zero; below 0 places it is rounded to tens, hundreds, …."""
    with decimal.localcontext(prec=1000):
        rounded = decimal.Decimal(value).quantize(decimal.Decimal(1).scaleb(-places), rounding=decimal.ROUND_HALF_UP)
        return f"{rounded:f}"


def people_date(date: str, *, is_short: bool = False) -> str:
    """A day as people write it, `1 April 2025`, or `1 Apr 2025` where there is little room; what is no day stays as it is."""
    try:
        day = datetime.date.fromisoformat(date)
    except ValueError:
        return date
    month = MONTHS[day.month - 1]
    return f"{day.day} {month[:3] if is_short else month} {day.year}"


def number(value: float | None, scale: float | None = None) -> str:
    """A number rounded to two digits of `scale` (three of its own when left out)."""
    if value is None or not math.isfinite(value):
        return MISSING
    scale = abs(scale) if scale is not None and math.isfinite(scale) else 0.0
    digits, scale = (2, scale) if scale else (3, abs(value))
    if value == 0.0:
        return "0"
    largest = max(abs(value), scale)
    if not _SMALL <= largest < _LARGE:
        return _power_of_ten(value)
    decimals = digits - 1 - math.floor(math.log10(scale))
    shift, suffix = next((one for one in _SCALES if largest >= 10.0 ** one[0]), (0, ""))
    with decimal.localcontext(prec=1000):
        rounded = decimal.Decimal(fixed(value, decimals)).scaleb(-shift)
        return minus(f"{rounded:,.{max(decimals + shift, 0)}f}") + suffix


def bare(value: float | None) -> str:
    """A number that somebody wrote down, of three digits at the most: without noughts that say nothing, `0.01` and not `0.0100`."""
    digits, space, scale = number(value).partition(" ")
    return (digits.rstrip("0").rstrip(".") if "." in digits else digits) + space + scale


class Stated(NamedTuple):
    """A number with its error, as fine as each other and on one scale.

    Attributes:
        value, error: digits, with the sign of the value; the error is "" where it is not known.
        scale: what stands behind both: ` million`, ` × 10⁻⁶` or nothing.
    """

    value: str
    error: str
    scale: str = ""

    @property
    def shown(self) -> str:
        """The value alone, with its scale."""
        return self.value + self.scale

    @property
    def shown_error(self) -> str:
        """The error alone, with the same scale; of an error that is none, or not known, nothing is added."""
        return self.error + self.scale if self.error not in ("", "0") else self.error

    def said(self, unit: str = "") -> str:
        """`1.7 ± 0.1 million tonnes`, `(1.3 ± 0.2) × 10⁻⁶`; `unit` as it is written behind a number."""
        if not self.error:
            return f"{self.shown} {unit}".rstrip()
        told = f"{self.value} ± {self.error}"
        told = f"({told}){self.scale}" if self.scale.startswith(" ×") else told + self.scale
        return f"{told} {unit}".rstrip()


def stated(value: float | None, error: float | None, beside: float = 0.0, *, is_signed: bool = False) -> Stated:
    """A number and its error: the error to one digit (two where the first is a 1), the number as fine as that, both on one scale.

    Args:
        value: None or NaN where there is none; error: one standard error in the same unit, None or NaN where it is not known.
        beside: the size of a number next to which both stand, whose scale they take where they can be seen on it: beside 9.5 million they are
            `+0.7 ± 0.2 million`, beside 0.98 they are no powers of ten.
        is_signed: with a plus, as of a difference.
    """
    if value is None or not math.isfinite(value):
        return Stated(MISSING, "")
    if error is None or not math.isfinite(error) or error <= _ROUNDING * abs(value):
        told = number(value)
        is_up = is_signed and value > 0 and told.strip("0.") != ""
        return Stated(f"+{told}" if is_up else told, "0" if error is not None and 0 <= error < math.inf else "")
    with decimal.localcontext(prec=1000):
        last, exact = _last_digit(decimal.Decimal(error))
        rounded, top = decimal.Decimal(fixed(value, -last)), max(abs(decimal.Decimal(value)), exact)
        shift, scale = _scale(top, abs(beside) if math.isfinite(beside) else 0.0)
        told, off = (f"{one.scaleb(-shift):,.{max(shift - last, 0)}f}" for one in (rounded, exact))
    is_up = is_signed and rounded > 0
    return Stated(minus(f"+{told}" if is_up else told), off, scale)


def _last_digit(error: decimal.Decimal) -> tuple[int, decimal.Decimal]:
    """The power of ten of the last digit of an error that is told, and the error rounded to it: one digit, two of one that begins with 1."""
    for digits in (2, 1):
        last = error.adjusted() - digits + 1
        rounded = error.quantize(decimal.Decimal(1).scaleb(last), rounding=decimal.ROUND_HALF_UP)
        last += rounded.adjusted() - error.adjusted()
        if rounded.scaleb(-rounded.adjusted()) < _TWO:
            break
    return last, rounded


def _scale(top: decimal.Decimal, beside: float) -> tuple[int, str]:
    """The power of ten, and its words, on which two numbers of which the larger is `top` are told beside another one."""
    if not (_SMALLEST if beside >= _SMALL else _SMALL) <= float(top) < _LARGE:
        exponent = top.adjusted()
        return exponent, f" × 10{superscript(str(exponent))}"
    for shift, words in _SCALES:
        if top >= 10**shift or (beside >= 10.0**shift and top >= 10 ** (shift - 2)):
            return shift, words
    return 0, ""


def _power_of_ten(value: float) -> str:
    mantissa, exponent = _scientific(value)
    return minus(f"{mantissa} × 10{superscript(str(int(exponent)))}")


def _scientific(value: float) -> tuple[str, int]:
    """Mantissa with one decimal, halves away from zero, and the power of ten."""
    with decimal.localcontext(prec=1000):
        exact = decimal.Decimal(value)
        exponent = exact.adjusted()
        mantissa = str(exact.scaleb(-exponent).quantize(_TENTH, rounding=decimal.ROUND_HALF_UP))
        if mantissa.lstrip("-") == "10.0":
            return mantissa.replace("10.0", "1.0"), exponent + 1
        return mantissa, exponent


def minus(text: str) -> str:
    """A number with a real minus, and no sign before zero."""
    if re.fullmatch(r"[+-]0(\.0+)?", text):
        return text[1:]
    return text.replace("-", "−")


def readable(text: str) -> str:
    """What is spelled for machines, as people write it: `1000000 to 3000000` is 1,000,000 to 3,000,000, `2024-10-25` 25 October 2024.

    Four digits stay as they are, since they may be a year; names, digests and addresses too.
    """
    return _NUMBER.sub(lambda match: _grouped(match[0]), _DAY.sub(lambda match: people_date(match[0]), text))


def _grouped(digits: str) -> str:
    if "e" in digits.lower():
        return number(float(digits))
    whole, point, rest = digits.partition(".")
    return f"{int(whole):,}{point}{rest}" if len(whole) >= _GROUPED and not whole.startswith("0") else digits
