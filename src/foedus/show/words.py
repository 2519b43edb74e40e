"""How numbers are said: chances in words, quantities and differences in sensible rounding."""

from __future__ import annotations

import datetime
import decimal
import math
import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from foedus.wording import counted, plural, share_words, superscript, unit_words

__all__ = [
    "MISSING",
    "MONTHS",
    "NO_DATE",
    "TOO_FEW",
    "YARDSTICK",
    "claims_words",
    "coarseness",
    "counted",
    "ends",
    "error_points",
    "fixed",
    "is_beyond_error",
    "listed",
    "number",
    "people_date",
    "percent",
    "plain",
    "plural",
    "points",
    "quantity",
    "quoted",
    "shortened",
    "signed",
    "subject",
    "typeset",
    "unit_words",
    "whole_percents",
    "yardstick",
]

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
TOO_FEW = "too few futures"
_TENTH = decimal.Decimal("0.1")
_NOTHING = 1000  # times: what is so much smaller than a quarter of its interval is shown as nothing
NO_DATE = "no date"
MONTHS = tuple("January February March April May June July August September October November December".split())
"""In English, whatever the locale."""
_UNSEEN = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u200b\u2060\ufeff")


_ASKS = re.compile(
    r"(how|what|when|where|which|who|whose|whom|why|will|would|shall|should|can|could|may|might|must|do|does|did|is|are|was|were|"
    r"has|have|had|if|by how|by when|in how|on how|for how|at what|in what|by what|in which|to what)\b",
    re.IGNORECASE,
)
"""How a question begins; what begins otherwise is the name of something, whatever stands behind it."""


class Interval(NamedTuple):
    """A median with the ends of its 90 % interval, rounded alike."""

    median: str
    low: str
    high: str

    @property
    def said(self) -> str:
        """`3,500 to 8,200`, or that there are too few futures to tell."""
        return TOO_FEW if self.low == MISSING else f"{self.low} to {self.high}"


def yardstick(probability: float | None, error: float | None = None) -> str:
    """The words for a probability as it is shown, rounded; within two errors of a border both words are said, the lower one first."""
    if probability is None or not math.isfinite(probability):
        return MISSING
    shown = _shown(probability)
    reach = 2.0 * error if error is not None and math.isfinite(error) else 0.0
    words = list(dict.fromkeys((_word(max(0.0, shown - reach)), _word(shown), _word(min(1.0, shown + reach)))))
    return words[0] if len(words) == 1 else f"{words[0]} to {words[-1]}"


def _shown(probability: float) -> float:
    """A probability as `percent` shows it."""
    if probability in (0.0, 1.0) or probability < 0.0005 or probability > 0.9995:
        return probability
    return float(fixed(100 * probability, _percent_places(probability))) / 100


def _percent_places(probability: float) -> int:
    return 1 if probability < 0.0095 or probability > 0.9905 else 0


def fixed(value: float, places: int) -> str:
    """A number with so many decimals, halves away from zero; below 0 places it is rounded to tens, hundreds, …."""
    with decimal.localcontext(prec=1000):
        rounded = decimal.Decimal(value).quantize(decimal.Decimal(1).scaleb(-places), rounding=decimal.ROUND_HALF_UP)
        return f"{rounded:f}"


def _word(probability: float) -> str:
    """The words for a probability; a boundary belongs to the range farther from even."""
    for upper, words in YARDSTICK:
        if probability < upper or (probability == upper and upper > 0.5):
            return words
    return YARDSTICK[-1][1]


def percent(probability: float | None) -> str:
    """A probability in per cent: whole numbers, one decimal below 1 % and above 99 %."""
    if probability is None or not math.isfinite(probability):
        return MISSING
    if probability in (0.0, 1.0):
        return share_words(probability, 0)
    if probability < 0.0005:
        return "<0.1 %"
    if probability > 0.9995:
        return ">99.9 %"
    return f"{fixed(100 * probability, _percent_places(probability))} %"


def people_date(date: str) -> str:
    """A day as people write it, `1 April 2025`; what is no day stays as it is."""
    try:
        day = datetime.date.fromisoformat(date)
    except ValueError:
        return date
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def points(value: float | None) -> str:
    """A difference of two probabilities in percentage points, with its sign: `+3.2`, `−0.4`, `0.0`."""
    if value is None or not math.isfinite(value):
        return MISSING
    text = fixed(100 * value, 1)
    return _sign(text if text.startswith("-") else f"+{text}")


def error_points(error: float | None) -> str:
    """The error of a chance in percentage points, without a sign; what is less than the last digit shown is no nought."""
    return "<0.1" if error is not None and 0 < error < 0.0005 else points(error).removeprefix("+")


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
    with decimal.localcontext(prec=1000):
        rounded = decimal.Decimal(fixed(value, decimals)).scaleb(-shift)
        return _sign(f"{rounded:,.{max(decimals + shift, 0)}f}") + suffix


def _power_of_ten(value: float) -> str:
    mantissa, exponent = _scientific(value)
    return _sign(f"{mantissa} × 10{superscript(str(int(exponent)))}")


def _scientific(value: float) -> tuple[str, int]:
    """Mantissa with one decimal, halves away from zero, and the power of ten."""
    with decimal.localcontext(prec=1000):
        exact = decimal.Decimal(value)
        exponent = exact.adjusted()
        mantissa = str(exact.scaleb(-exponent).quantize(_TENTH, rounding=decimal.ROUND_HALF_UP))
        if mantissa.lstrip("-") == "10.0":
            return mantissa.replace("10.0", "1.0"), exponent + 1
        return mantissa, exponent


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
    """Median and 90 % interval of a quantity, all rounded to two digits of a quarter of its width, where that is known."""
    if quantiles is None:
        return Interval(MISSING, MISSING, MISSING)
    width = quantiles[4] - quantiles[0]
    return Interval(*(number(quantiles[place], coarseness(quantiles[place], width)) for place in (2, 0, 4)))


def coarseness(value: float, width: float) -> float:
    """What a number with an interval of some width is rounded by (to two digits of it): a quarter of the width.

    Of a long-tailed answer the width says nothing of the small numbers in it: those keep two digits of their own, unless they are so small
    that they are nothing beside it.
    """
    own, quarter = abs(value), width / 4
    return own if math.isfinite(quarter) and quarter / _NOTHING <= own < quarter else quarter


def ends(
    values: tuple[float, float], widths: tuple[float, float], difference: float | None, error: float | None = None
) -> tuple[str, str]:
    """Two amounts that are compared, as fine as their intervals ask for, and fine enough for what lies between them to be seen in them.

    Args:
        values: before and after; widths: of their 90 % intervals, in the same unit.
        difference: of the two, which stands beside them; error: of it. Below two errors nothing needs to be seen.
    """
    seen = max(abs(difference or 0.0), 2 * (error if error is not None and math.isfinite(error) else 0.0))
    scales = [coarseness(value, width) for value, width in zip(values, widths, strict=True)]
    fine = [min(scale, seen) if seen > 0 and math.isfinite(seen) else scale for scale in scales]
    return number(values[0], fine[0]), number(values[1], fine[1])


def shortened(text: str) -> str:
    """A number in words as letters, for narrow columns: `5.2 million` is 5.2 M."""
    return text.replace(" million", " M").replace(" billion", " bn")


def listed(parts: Sequence[str]) -> str:
    """`this`, `this and that`, `this, that and the other`."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def whole_percents(shares: Sequence[float]) -> list[str]:
    """Shares that add up to a whole, each in whole per cent, so that what is shown adds up as well: the largest remainders are rounded up.

    Words and tables that say the same shares take them from here, as they are.
    """
    if not all(math.isfinite(share) for share in shares):
        return [MISSING if not math.isfinite(share) else percent(share) for share in shares]
    floors = [math.floor(100 * share + 1e-9) for share in shares]
    left = round(100 * math.fsum(shares)) - sum(floors)
    order = sorted(range(len(shares)), key=lambda place: floors[place] - 100 * shares[place])
    for place in order[: max(0, left)]:
        floors[place] += 1
    told = ["<1 %" if not whole and share >= 0.0005 else f"{whole} %" for whole, share in zip(floors, shares, strict=True)]
    return [">99 %" if one == "100 %" and "<1 %" in told else one for one in told]


def is_beyond_error(difference: float | None, error: float | None, errors: float = 2.0) -> bool:
    """Whether a difference is larger than so many of its standard errors."""
    if difference is None or error is None or not (math.isfinite(difference) and math.isfinite(error)):
        return False
    return difference != 0.0 and abs(difference) > errors * error


def plain(text: str) -> str:
    """A text without control characters, without unseen ones and without marks that turn the direction."""
    spaced = re.sub(r"[\t\n\r]+", " ", text)
    return "".join(c for c in spaced if c not in _UNSEEN and unicodedata.category(c) != "Cc")


def quoted(text: str) -> str:
    """A title in quotes inside a sentence; what it quotes itself stands in single ones."""
    return f"“{plain(text).replace('“', '‘').replace('”', '’')}”"


def subject(label: str, *, yes: bool = False) -> str:
    """A question as what a sentence can speak of: `the answer to “How much …?”`, of a chance `a yes to “Will …?”`.

    What is put as a question and is none (“Cases reported, 1 May?”), and whatever has a short name, is quoted as the noun that it is.
    """
    if not _ASKS.match(plain(label)) or not label.rstrip().endswith("?"):
        return quoted(label.rstrip().removesuffix("?"))
    return f"{'a yes' if yes else 'the answer'} to {quoted(label)}"


def typeset(text: str) -> str:
    """A text of the model with its units of area and volume as people write them: km2 is km²."""
    return re.sub(r"\b(k?m)([23])\b", lambda match: match[1] + superscript(match[2]), plain(text))


def claims_words(claims: int, origins: float) -> str:
    """ "1 claim", "3 claims, 1.9 effective origins": how many there are, and how many of them speak for themselves."""
    told = counted(claims, "claim")
    return told if claims == 1 else f"{told}, {origins:.1f} effective origins"
