"""How numbers are said: chances in words, quantities and differences in sensible rounding."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import NamedTuple

__all__ = [
    "NO_DATE", "YARDSTICK", "is_beyond_error", "number", "percent", "plain", "points", "quantity", "shortened", "signed",
    "unit_words", "yardstick",
]  # fmt: skip

YARDSTICK: tuple[tuple[float, str], ...] = (
    (0.01, "remote"),
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly even"),
    (0.80, "likely"),
    (0.95, "very likely"),
    (0.99, "almost certain"),
    (1.00, "all but certain"),
)
"""Upper end of each range and its words; the seven inner ranges are those of ICD 203."""

MISSING = "n/a"
NO_DATE = "no date"
_PEOPLE = {
    "person": "people",
    "shell": "shells",
    "week": "weeks",
    "day": "days",
    "month": "months",
    "year": "years",
}
_SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_UNSEEN = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u200b\u2060\ufeff")


class Interval(NamedTuple):
    """A median with the ends of its 90 % interval, rounded alike."""

    median: str
    low: str
    high: str


def yardstick(probability: float | None) -> str:
    """The words for a probability; a boundary belongs to the range farther from even."""
    if probability is None or not math.isfinite(probability):
        return MISSING
    for upper, words in YARDSTICK:
        if probability < upper or (probability == upper and upper > 0.5):
            return words
    return YARDSTICK[-1][1]


def percent(probability: float | None) -> str:
    """A probability in per cent: whole numbers, one decimal below 1 % and above 99 %."""
    if probability is None or not math.isfinite(probability):
        return MISSING
    if probability in (0.0, 1.0):
        return f"{probability:.0%}".replace("%", " %")
    if probability < 0.0005:
        return "<0.1 %"
    if probability > 0.9995:
        return ">99.9 %"
    decimals = 1 if probability < 0.0095 or probability > 0.9905 else 0
    return f"{100 * probability:.{decimals}f} %"


def points(value: float | None) -> str:
    """A difference of two probabilities in percentage points, with its sign: `+3.2`, `−0.4`, `0.0`."""
    if value is None or not math.isfinite(value):
        return MISSING
    return _sign(f"{100 * value:+.1f}")


def number(value: float | None, scale: float | None = None) -> str:
    """A number rounded to two digits of `scale` (three of its own when left out)."""
    if value is None or not math.isfinite(value):
        return MISSING
    scale = abs(scale) if scale is not None and math.isfinite(scale) else 0.0
    digits, scale = (2, scale) if scale else (3, abs(value))
    if value == 0.0:
        return "0"
    largest = max(abs(value), scale)
    if largest < 1e-3 or largest >= 1e15:
        return _power_of_ten(value)
    decimals = digits - 1 - math.floor(math.log10(scale))
    shift, suffix = (9, " billion") if largest >= 1e9 else (6, " million") if largest >= 1e6 else (0, "")
    rounded = round(value, decimals) / 10**shift
    return _sign(f"{rounded:,.{max(decimals + shift, 0)}f}") + suffix


def _power_of_ten(value: float) -> str:
    mantissa, exponent = f"{value:.1e}".split("e")
    return _sign(f"{mantissa} × 10{str(int(exponent)).translate(_SUPERSCRIPT)}")


def _sign(text: str) -> str:
    """A real minus; no sign before zero."""
    if re.fullmatch(r"[+-]0(\.0+)?", text):
        return text[1:]
    return text.replace("-", "−")


def signed(value: float | None, error: float | None = None) -> str:
    """A difference with its sign: three digits, or fewer where its error is coarse."""
    text = number(value, max(error, abs(value) / 10) if value is not None and error is not None else None)
    if value is None or not math.isfinite(value) or value <= 0 or text.strip("0.") == "":
        return text
    return "+" + text


def quantity(quantiles: tuple[float, ...] | None) -> Interval:
    """Median and 90 % interval of a quantity, all rounded to two digits of a quarter of its width."""
    if quantiles is None or not all(math.isfinite(value) for value in quantiles):
        return Interval(MISSING, MISSING, MISSING)
    low, median, high = quantiles[0], quantiles[2], quantiles[4]
    scale = (high - low) / 4
    return Interval(number(median, scale), number(low, scale), number(high, scale))


def shortened(text: str) -> str:
    """A number in words as letters, for narrow columns: `5.2 million` is 5.2 M."""
    return text.replace(" million", " M").replace(" billion", " bn")


def unit_words(unit: str) -> str:
    """A unit as people write it: `person/day` is people/day, `km2` is km², `1` is nothing."""
    if unit in ("", "1"):
        return ""
    text = re.sub(r"(?<=[a-zA-Z])\^?(-?\d+)", lambda match: match[1].translate(_SUPERSCRIPT), unit)
    head, slash, rest = text.replace("*", "·").partition("/")
    return _PEOPLE.get(head, head) + slash + rest


def is_beyond_error(difference: float | None, error: float | None, errors: float = 2.0) -> bool:
    """Whether a difference is larger than so many of its standard errors."""
    if difference is None or error is None or not (math.isfinite(difference) and math.isfinite(error)):
        return False
    return difference != 0.0 and abs(difference) > errors * error


def plain(text: str) -> str:
    """A text without control characters, without unseen ones and without marks that turn the direction."""
    spaced = re.sub(r"[\t\n\r]+", " ", text)
    return "".join(c for c in spaced if c not in _UNSEEN and unicodedata.category(c) != "Cc")
