"""Expressions of time in a text, resolved to days, months, years or intervals against a date of publication."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from foedus.evidence.reading.durations import count_of, earlier_by

__all__ = ["TimeMention", "times"]

_MONTHS = {name.lower()[:3]: number for number, name in enumerate(calendar.month_name) if name}
_WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_month = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_weekday = "|".join(calendar.day_name)
_part = r"(?:(?P<part>early|mid|late|the (?:start|beginning|end|middle) of)[- ](?:in )?)?"
_since = r"(?P<bound>since|until|before|after|by|from|till)? ?(?:the )?"
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}


@dataclass(frozen=True)
class TimeMention:
    """An expression of time where it stands.

    Attributes:
        kind: absolute, relative, partial or vague.
        value: a day, month or year, an interval `[a,b]`, a bound `<=a` or `>=a`; None when the date of
            publication would be needed and is not known.
    """

    start: int
    end: int
    text: str
    kind: str
    value: str | None


_ABBREVIATED = re.compile(r"\b(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.$")
Resolver = Callable[[re.Match[str], date | None], tuple[str, str | None] | None]


def times(text: str, published: date | None, start: int = 0, end: int | None = None) -> list[TimeMention]:
    """The expressions of time between two places of a text, in order, without overlaps."""
    limit = len(text) if end is None else end
    found: list[TimeMention] = []
    hints = {hint for hint, pattern in _HINTS.items() if pattern.search(text, start, limit)}
    for hint, pattern, resolve in _RULES:
        if hint not in hints:
            continue
        for match in pattern.finditer(text, start, limit):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            resolved = resolve(match, published)
            if resolved is not None:
                words = match.group()
                words = words if _ABBREVIATED.search(words) else words.rstrip(". ")
                found.append(TimeMention(match.start(), match.start() + len(words), words, *resolved))
    return sorted(found, key=lambda mention: mention.start)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_number(match: re.Match[str]) -> int:
    return _MONTHS[match["month"].lower()[:3]]


def _full(match: re.Match[str], published: date | None) -> tuple[str, str | None] | None:
    """ "June 19, 2024"."""
    found = _day(int(match["year"]), _month_number(match), int(match["day"]))
    return ("absolute", _bounded(match, found.isoformat())) if found else None


def _iso(match: re.Match[str], published: date | None) -> tuple[str, str | None] | None:
    found = _day(int(match["year"]), int(match["number"]), int(match["day"]))
    return ("absolute", found.isoformat()) if found else None


def _day_of_month(match: re.Match[str], published: date | None) -> tuple[str, str | None] | None:
    """ "Oct. 24": of the year that puts it nearest to the publication, rather before it."""
    if published is None:
        return "partial", None
    number, day = _month_number(match), int(match["day"])
    options = [found for year in (published.year - 1, published.year, published.year + 1) if (found := _day(year, number, day))]
    if not options:
        return None
    best = min(
        options,
        key=lambda found: (
            (found - published).days if found > published + timedelta(days=60) else abs((found - published).days) + 0
        ),
    )
    past = [found for found in options if found <= published + timedelta(days=45)]
    best = max(past) if past else best
    return "partial", _bounded(match, best.isoformat())


def _month_of_year(match: re.Match[str], published: date | None) -> tuple[str, str | None] | None:
    year, number = int(match["year"]), _month_number(match)
    part = (match["part"] or "").split()
    if part:
        return "partial", _part_of_month(year, number, part)
    return "partial", _bounded(match, f"{year}-{number:02d}")


def _part_of_month(year: int, number: int, part: list[str]) -> str:
    last = calendar.monthrange(year, number)[1]
    low, high = {"early": (1, 10), "start": (1, 10), "beginning": (1, 10), "mid": (11, 20), "middle": (11, 20)}.get(
        part[1] if part[0] == "the" else part[0], (21, last)
    )
    return f"[{year}-{number:02d}-{low:02d},{year}-{number:02d}-{high:02d}]"


def _month_alone(match: re.Match[str], published: date | None) -> tuple[str, str | None] | None:
    """ "In June": the last one, the next one behind "by" or "next"."""
    if published is None:
        return "partial", None
    number = _month_number(match)
    lead = match["lead"].lower()
    is_next = lead.startswith(("next", "this coming", "by", "until"))
    year = published.year
    if is_next:
        year += number < published.month
    else:
        year -= number > published.month
    if lead.startswith("last") and number == published.month:
        year -= 1
    value = f"{year}-{number:02d}"
    return "partial", f">={value}" if lead.startswith("since") else value


def _year(match: re.Match[str], published: date | None) -> tuple[str, str | None] | None:
    year = int(match["year"])
    part = (match["part"] or "").split()
    if part:
        word = part[1] if part[0] == "the" else part[0]
        low, high = {"early": (1, 4), "start": (1, 2), "beginning": (1, 2), "mid": (5, 8), "middle": (5, 8), "end": (11, 12)}.get(
            word, (9, 12)
        )
        return "partial", f"[{year}-{low:02d},{year}-{high:02d}]"
    return "absolute", _bounded(match, str(year))


def _bounded(match: re.Match[str], value: str) -> str:
    """With "before", "by", "until": a bound."""
    bound = (match.groupdict().get("bound") or "").lower()
    if bound in ("before", "by", "until", "till"):
        return f"<={value}"
    return f">={value}" if bound in ("since", "after", "from") else value


def _season(match: re.Match[str], published: date | None) -> tuple[str, str | None] | None:
    """ "Over the summer", "last winter"."""
    if published is None and not match["year"]:
        return "vague", None
    first, last = _SEASONS[match["season"].lower()]
    year = int(match["year"]) if match["year"] else _season_year(match["lead"].lower(), first, published)
    end_year = year + (last < first)
    return "vague" if not match["year"] else "partial", f"[{year}-{first:02d},{end_year}-{last:02d}]"


def _season_year(lead: str, first: int, published: date | None) -> int:
    assert published is not None
    if lead.startswith("next"):
        return published.year + (first <= published.month)
    year = published.year - (first > published.month)
    return year - 1 if lead.startswith("last") and first <= published.month <= first + 2 else year


def _weekday_mention(match: re.Match[str], published: date | None) -> tuple[str, str | None] | None:
    """ "On Thursday": the last one, today included; "next Thursday": the next."""
    if published is None:
        return "relative", None
    wanted = _WEEKDAYS[match["weekday"].lower()]
    lead = (match["lead"] or "").strip().lower()
    if lead.startswith(("next", "this coming")):
        return "relative", _bounded(match, (published + timedelta(days=(wanted - published.weekday() - 1) % 7 + 1)).isoformat())
    back = (published.weekday() - wanted) % 7
    if lead.startswith("last") and back == 0:
        back = 7
    if (match["bound"] or "").lower() in ("by", "until"):
        ahead = published + timedelta(days=(wanted - published.weekday()) % 7)
        return "relative", f"<={ahead.isoformat()}"
    return "relative", _bounded(match, (published - timedelta(days=back)).isoformat())


_NAMED_DAYS = {"today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "yesterday": -1,
               "last night": -1, "overnight": -1, "tomorrow": 1, "the day before yesterday": -2}  # fmt: skip


def _named_day(match: re.Match[str], published: date | None) -> tuple[str, str | None] | None:
    if published is None:
        return "relative", None
    word = re.sub(r"^yesterday.*", "yesterday", match.group().lower())
    return "relative", (published + timedelta(days=_NAMED_DAYS[word])).isoformat()


def _ago(match: re.Match[str], published: date | None) -> tuple[str, str | None] | None:
    """ "Two weeks ago", "in the last three months", "over the past year"."""
    if published is None:
        return "relative", None
    count = count_of(match["count"])
    unit = match["unit"].lower()
    first = earlier_by(published, count, unit)
    if match.groupdict().get("span"):
        return "relative", f"[{first},{published.isoformat()}]" if first is not None else None
    return "relative", first


def _this(match: re.Match[str], published: date | None) -> tuple[str, str | None] | None:
    """ "Last week", "this month", "next year", "earlier this year"."""
    if published is None:
        return "relative", None
    which, unit = match["which"].lower(), match["unit"].lower()
    step = {"last": -1, "previous": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1}[which]
    if match["part"]:
        return "relative", _earlier(published, unit, match["part"].lower(), step)
    if unit == "week":
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=step)
        return "relative", f"[{monday.isoformat()},{(monday + timedelta(days=6)).isoformat()}]"
    if unit == "weekend":
        saturday = published - timedelta(days=(published.weekday() - 5) % 7) + timedelta(weeks=max(step, 0))
        return "relative", f"[{saturday.isoformat()},{(saturday + timedelta(days=1)).isoformat()}]"
    if unit == "month":
        total = published.year * 12 + published.month - 1 + step
        return "relative", f"{total // 12}-{total % 12 + 1:02d}"
    return "relative", str(published.year + step)


def _earlier(published: date, unit: str, part: str, step: int) -> str:
    """ "Earlier this year" runs to the publication, "later this year" from it."""
    year = published.year + step
    first = {"year": date(year, 1, 1), "month": published.replace(day=1)}.get(
        unit, published - timedelta(days=published.weekday())
    )
    last = {
        "year": date(year, 12, 31),
        "month": published.replace(day=calendar.monthrange(published.year, published.month)[1]),
    }.get(unit, first + timedelta(days=6))
    if part.startswith("earl") and step == 0:
        return f"[{first.isoformat()},{published.isoformat()}]"
    if part.startswith("lat") and step == 0:
        return f"[{published.isoformat()},{last.isoformat()}]"
    low, high = (1, 4) if part.startswith("earl") else (9, 12)
    return f"[{year}-{low:02d},{year}-{high:02d}]"


_RECENT = {"hour": 1, "day": 7, "week": 42, "month": 105, "year": 1096, "decade": 7305}


def _recent(match: re.Match[str], published: date | None) -> tuple[str, str | None] | None:
    """ "In recent weeks": some of them."""
    if published is None:
        return "vague", None
    unit = match["unit"].lower().removesuffix("s")
    first = published - timedelta(days=_RECENT[unit])
    low = (
        first.isoformat()
        if unit in ("day", "week", "hour")
        else f"{first.year}-{first.month:02d}"
        if unit == "month"
        else str(first.year)
    )
    return "vague", f"[{low},{published.isoformat()}]"


def _now(match: re.Match[str], published: date | None) -> tuple[str, str | None] | None:
    if published is None:
        return "vague", None
    word = match.group().lower()
    return "vague", f"<={published.isoformat()}" if word in (
        "until now",
        "so far",
        "to date",
        "up to now",
    ) else published.isoformat()


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_unit = r"(?P<unit>minutes?|hours?|days?|nights?|weeks?|fortnights?|months?|quarters?|years?|decades?)"
_count_words = (
    r"(?P<count>an?|a few|few|several|a couple of|couple of|\d+(?:\.\d+)?|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|fifteen|twenty|thirty)(?: and (?:a )?half)?)"
)
_YEAR = r"(?P<year>1[89]\d\d|20\d\d)\b"

# What must stand in a text before a rule is worth a try.
_HINTS = {
    "month": _compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"),
    "digits": _compile(r"\d{4}"),
    "season": _compile(r"spring|summer|autumn|winter"),
    "weekday": _compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"),
    "day": _compile(r"day|night|morning|afternoon|evening|tomorrow"),
    "length": _compile(r"(?:minute|hour|day|night|week|month|quarter|year|decade)"),
    "now": _compile(r"now|so far|to date"),
}

_RULES: tuple[tuple[str, re.Pattern[str], Resolver], ...] = (
    (
        "month",
        _compile(rf"\b(?:(?P<bound>since|until|before|after|by|from) )?{_month} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? {_YEAR}"),
        _full,
    ),
    (
        "month",
        _compile(
            rf"\b(?:(?P<bound>since|until|before|after|by|from) )?(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_month},? {_YEAR}"
        ),
        _full,
    ),
    ("digits", _compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)\b"), _iso),
    ("month", _compile(rf"\b(?:since )?{_part}{_month},? (?:of )?(?P<bound>)?{_YEAR}"), _month_of_year),
    (
        "month",
        _compile(rf"\b(?:(?P<bound>since|until|before|after|by|from) )?{_month} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?![,.]?\d)"),
        _day_of_month,
    ),
    (
        "month",
        _compile(
            rf"\b(?:(?P<bound>since|until|before|after|by|from) )?(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_month}"
        ),
        _day_of_month,
    ),
    (
        "season",
        _compile(
            r"\b(?P<lead>over|during|in|last|this|next|since) (?:the )?(?:last |past )?(?P<season>spring|summer|"
            r"autumn|winter)(?: of (?P<year>20\d\d|19\d\d))?\b"
        ),
        _season,
    ),
    (
        "weekday",
        _compile(
            rf"\b(?:(?:on|(?P<bound>by|since|until)) )?(?P<lead>(?:last|next|this|"
            rf"this coming) )?(?P<weekday>{_weekday})(?: (?:morning|night|evening|afternoon))?\b"
        ),
        _weekday_mention,
    ),
    (
        "day",
        _compile(
            r"\b(?:the day before yesterday|yesterday(?: (?:morning|evening|afternoon))?|last night|overnight|"
            r"tonight|tomorrow|today|this (?:morning|afternoon|evening))\b"
        ),
        _named_day,
    ),
    (
        "length",
        _compile(
            rf"\b(?:(?:more than|over|about|nearly|almost|around|just|less than) )?{_count_words} {_unit} (?:ago|earlier)\b"
        ),
        _ago,
    ),
    (
        "length",
        _compile(rf"\b(?P<span>(?:in|over|during|for|within) the (?:last|past|previous)) (?:{_count_words} )?{_unit}\b"),
        _ago,
    ),
    (
        "length",
        _compile(
            r"\b(?:(?P<part>earlier|later|early|late)(?: in)? )?(?:the )?(?P<which>last|this|next|previous|coming|"
            r"current) (?P<unit>week|weekend|month|year)\b"
        ),
        _this,
    ),
    (
        "length",
        _compile(
            r"\b(?:in |over |during )?(?:the )?(?:recent|last few|past few|past several|last several) (?P<unit>hours|"
            r"days|weeks|months|years|decades)\b"
        ),
        _recent,
    ),
    (
        "digits",
        _compile(
            rf"\b(?:in|(?P<bound>since|until|by|before|after|from)|during|for|of|late|early|mid|"
            rf"throughout) (?P<part>(?:early|mid|late|the (?:start|beginning|end|middle) of)[- ])?{_YEAR}(?!['’]s|"
            rf" (?:people|troops|soldiers|men|km|kilomet|miles))"
        ),
        _year,
    ),
    ("digits", _compile(rf"\b(?P<part>early|mid|late|the (?:start|beginning|end|middle) of)[- ](?P<bound>)?{_YEAR}"), _year),
    (
        "month",
        _compile(
            rf"\b(?P<lead>(?:in|since|by|until|during|throughout|last|next|this|this coming)) (?:early |late |mid-?)?{_month}(?! \d)"
        ),
        _month_alone,
    ),
    ("now", _compile(r"\b(?:until now|so far|to date|up to now)\b"), _now),
)
