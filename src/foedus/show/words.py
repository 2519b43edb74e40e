"""How numbers are said: chances in words, quantities and differences in sensible rounding."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from foedus.wording import (
    MISSING,
    MONTHS,
    Stated,
    counted,
    fixed,
    minus,
    number,
    people_date,
    plural,
    readable,
    share_words,
    stated,
    superscript,
    unit_words,
)

__all__ = [
    "MISSING",
    "MONTHS",
    "NO_DATE",
    "TOO_FEW",
    "YARDSTICK",
    "claims_words",
    "clipped",
    "coarseness",
    "counted",
    "ends",
    "error_points",
    "error_scale",
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
    "readable",
    "share_stated",
    "shortened",
    "signed",
    "stated",
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

TOO_FEW = "too few futures"
_NOTHING = 1000  # times: what is so much smaller than a quarter of its interval is shown as nothing
NO_DATE = "no date"
_UNSEEN = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u200b\u2060\ufeff")


_ASKS = re.compile(
    r"(how|what|when|where|which|who|whose|whom|why|will|would|shall|should|can|could|may|might|must|do|does|did|is|are|was|were|"
    r"has|have|had|if|by how|by when|in how|on how|for how|at what|in what|by what|in which|to what)\b",
    re.IGNORECASE,
)
"""How a question begins; what begins otherwise is the name of something, whatever stands behind it."""
_YES_NO = re.compile(
    r"(if [^:,]+[:,] *)?(will|would|shall|should|can|could|may|might|must|do|does|did|is|are|was|were|has|have|had)\b",
    re.IGNORECASE,
)
"""How a question begins that is answered with yes or no; a condition may stand before it."""
_CLIPPED = 84  # letters of a title inside a sentence
_A_DAY = rf"\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}"
_COMES = re.compile(rf"does it come by (?P<day>{_A_DAY}): “(?P<what>.+)”\?$", re.IGNORECASE)
_BOUND = re.compile(
    rf"(?P<what>[^:“]+): (?P<bound>(?:over|under|above|below|still|at least|at most) (?:[^:“]* )?(?:on )?{_A_DAY})(?: \(“.+)?$"
)
_DATED = re.compile(rf"(?P<what>.+), (?P<day>{_A_DAY})$")
"""A name with its day, or with what is asked of it on a day, as `Cases: over 500 on 1 May 2025`; what comes by a day, in its own words."""


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
    if probability in (0.0, 1.0) or probability < 0.0005 or probability >= 0.9995:
        return probability
    return float(fixed(100 * probability, _percent_places(probability))) / 100


def _percent_places(probability: float) -> int:
    return 1 if probability < 0.0095 or probability > 0.9905 else 0


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
    if probability >= 0.9995:
        return ">99.9 %"
    return f"{fixed(100 * probability, _percent_places(probability))} %"


def share_stated(share: float | None, error: float | None, *, is_signed: bool = False) -> Stated:
    """A share or a chance in per cent with its error, each as fine as the other: `43 ± 3`."""
    return stated(None if share is None else 100 * share, None if error is None else 100 * error, is_signed=is_signed)


def points(value: float | None) -> str:
    """A difference of two probabilities in percentage points, with its sign: `+3.2`, `−0.4`, `0.0`."""
    if value is None or not math.isfinite(value):
        return MISSING
    text = fixed(100 * value, 1)
    return minus(text if text.startswith("-") else f"+{text}")


def error_points(error: float | None) -> str:
    """The error of a chance in percentage points, without a sign; what is less than the last digit shown is no nought."""
    return "<0.1" if error is not None and 0 < error < 0.0005 else points(error).removeprefix("+")


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
    values: tuple[float, float],
    widths: tuple[float, float],
    difference: float | None,
    error: float | None = None,
    errors: tuple[float, float] = (0.0, 0.0),
) -> tuple[str, str]:
    """Two amounts that are compared, one as fine as the other, and fine enough for what lies between them to be seen in them.

    They are no finer than their own errors allow, but where only finer ones show the difference, which is known better than they are. What
    is less than a thousandth of their intervals is not: then each is as fine as its own interval. One that would vanish beside the other
    keeps two digits of its own.

    Args:
        values: before and after; widths: of their 90 % intervals, in the same unit.
        difference: of the two, which stands beside them; error: of it. Below two errors nothing needs to be seen.
        errors: of the two; what is not finite is not known, and makes none coarser.
    """
    seen = max(abs(difference or 0.0), 2 * (error if error is not None and math.isfinite(error) else 0.0))
    scales = [coarseness(value, width) for value, width in zip(values, widths, strict=True)]
    if seen > 0 and math.isfinite(seen) and not seen < max(widths) / _NOTHING:
        own = min(max(map(error_scale, errors)), error_scale(seen))
        scales = [max(min(max(scales), seen), error_scale(error), own)] * 2
    told = [number(value, scale) for value, scale in zip(values, scales, strict=True)]
    first, second = (
        number(value, abs(value)) if value and not re.search("[1-9]", one) else one
        for one, value in zip(told, values, strict=True)
    )
    return first, second


def error_scale(error: float | None) -> float:
    """What a number is rounded by (to two digits of it) so that it is as fine as its error is told."""
    if error is None or not math.isfinite(error) or error <= 0:
        return 0.0
    return error if f"{error:.1e}".startswith("1") else 10 * error


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


def clipped(text: str, most: int = _CLIPPED) -> str:
    """A title that is short enough for a sentence: what is longer is cut between two words."""
    text = plain(text).strip()
    if len(text) <= most:
        return text
    return text[: text.rfind(" ", 0, most) if " " in text[:most] else most].rstrip(" ,;:–-(“") + " …"


def subject(label: str, *, yes: bool = False) -> str:
    """A question as what a sentence can speak of: `the answer to “How much …?”`, of a chance `a yes to “Will …?”`.

    Only what is asked with yes or no has a yes: a chance of anything else is that of `what “When …?” asks about`.

    What is put as a question and is none (“Cases reported, 1 May?”), and whatever has a short name, is quoted as the noun that it is, the day
    and the bound of it behind the quotes: `“Cases reported” over 500 on 1 May 2025`. What is long is cut between two words.
    """
    asked = plain(label).strip()
    if found := _COMES.match(asked):
        return f"{quoted(clipped(found['what']))} by {found['day']}"
    if _ASKS.match(asked) and asked.endswith("?"):
        title = quoted(clipped(asked.removesuffix("?")) + "?")
        if yes and not _YES_NO.match(asked):
            return f"what {title} asks about"
        return f"{'a yes' if yes else 'the answer'} to {title}"
    noun = asked.removesuffix("?")
    if found := _BOUND.match(noun) or _DATED.match(noun):
        day = found.groupdict().get("day")
        return f"{quoted(clipped(found['what']))} {f'on {day}' if day else found['bound']}"
    return quoted(clipped(noun))


def typeset(text: str) -> str:
    """A text of the model with its units of area and volume as people write them: km2 is km²."""
    return re.sub(r"\b(k?m)([23])\b", lambda match: match[1] + superscript(match[2]), plain(text))


def claims_words(claims: int, origins: float) -> str:
    """ "1 claim", "3 claims, 1.9 effective origins": how many there are, and how many of them speak for themselves."""
    told = counted(claims, "claim")
    return told if claims == 1 else f"{told}, {origins:.1f} effective origins"
