"""Words of dates: months, weekdays, seasons, counts and units of time, and the types that the rules of time share."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from types import MappingProxyType

__all__ = [
    "COUNT",
    "MONTH",
    "SEASONS",
    "UNIT",
    "WEEKDAY",
    "WEEKDAYS",
    "YEAR",
    "Found",
    "Resolver",
    "Rule",
    "bounded",
    "compiled",
    "day_of",
    "first_year",
    "last_before",
    "month_number",
]

Found = tuple[str, str | None] | None
"""Kind and value of an expression; None where it is none."""
Resolver = Callable[[re.Match[str], date | None, int], Found]
"""From a match, the date of publication, and where the statement lies: 1 ahead of it, -1 behind it, 0 unknown."""
Rule = tuple[str, re.Pattern[str], Resolver]
"""The hint that must stand in a text before the rule is worth a try, its pattern, its resolver."""

_MONTHS = MappingProxyType({name.lower()[:3]: number for number, name in enumerate(calendar.month_name) if name})
WEEKDAYS = MappingProxyType({name.lower(): number for number, name in enumerate(calendar.day_name)})
SEASONS = MappingProxyType({"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)})
_NAMES_OF_MONTHS = (
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
MONTH = rf"(?P<month>{_NAMES_OF_MONTHS})\b\.?"
WEEKDAY = "|".join(calendar.day_name)
UNIT = r"(?P<unit>minutes?|hours?|days?|nights?|weeks?|fortnights?|months?|quarters?|years?|decades?|century|centuries)"
COUNT = (
    r"(?P<count>an?|a few|few|several|a couple of|couple of|\d+(?:\.\d+)?|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|fifteen|twenty|thirty)(?: and (?:a )?half)?)"
)
YEAR = r"(?P<year>1[89]\d\d|20\d\d)\b"


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of time, in any case of letters."""
    return re.compile(pattern, re.IGNORECASE)


def day_of(year: int, month: int, day: int) -> date | None:
    """A day, if the calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_number(name: str) -> int:
    """1 for "Jan"."""
    return _MONTHS[name.lower()[:3]]


def bounded(match: re.Match[str], value: str) -> str:
    """With "before", "by", "until": a bound."""
    bound = (match.groupdict().get("bound") or "").lower()
    if bound == "before" and re.search(r"\bnot $", match.string[max(0, match.start() - 4) : match.start()], re.IGNORECASE):
        return f">={value}"
    if bound == "before":
        return f"<={last_before(value)}"
    if bound in ("by", "until", "till"):
        return f"<={value}"
    return f">={value}" if bound in ("since", "after", "from") else value


def last_before(value: str) -> str:
    """The day, month or year before one: "before July" is over when July begins."""
    year, *rest = (int(part) for part in value.split("-"))
    if len(rest) == _DAY_PARTS:
        return (date(year, *rest) - timedelta(days=1)).isoformat()
    if rest:
        return f"{year - (rest[0] == 1):04d}-{(rest[0] - 2) % 12 + 1:02d}"
    return f"{year - 1:04d}"


_DAY_PARTS = 2


def first_year(published: date, first: int, last: int, turn: int) -> int:
    """The year whose months `first` to `last` a statement means: ahead the first that is not over, else the last that has begun."""
    if turn > 0:
        return published.year + (last < published.month)
    return published.year - (first > published.month)
