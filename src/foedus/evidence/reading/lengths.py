"""Times counted from the publication: "yesterday", "two weeks ago", "last month", "in recent weeks", "so far"."""

from __future__ import annotations

import calendar
import math
import re
from datetime import date, timedelta
from types import MappingProxyType

from foedus.evidence.reading.date_words import COUNT, MONTH, UNIT, WEEKDAY, Found, Rule, compiled
from foedus.evidence.reading.durations import count_of, earlier_by

__all__ = ["LENGTHS"]


_NAMED_DAYS = MappingProxyType(
    {
        "today": 0,
        "tonight": 0,
        "this morning": 0,
        "this afternoon": 0,
        "this evening": 0,
        "yesterday": -1,
        "last night": -1,
        "overnight": -1,
        "tomorrow": 1,
        "the day before yesterday": -2,
        "the day after tomorrow": 2,
    }
)


_INTO_DAY = compiled(rf" (?:on|to|into|from|between) (?:{WEEKDAY}|\d|{MONTH})")


def _named_day(match: re.Match[str], published: date | None, turn: int) -> Found:
    if match.group().lower() == "overnight" and _INTO_DAY.match(match.string, match.end()):
        return None  # "overnight on Wednesday": the day that is named
    if published is None:
        return "relative", None
    word = re.sub(r"^yesterday.*", "yesterday", match.group().lower())
    return "relative", (published + timedelta(days=_NAMED_DAYS[word])).isoformat()


def _ago(match: re.Match[str], published: date | None, turn: int) -> Found:
    """ "Two weeks ago", "in the last three months", "over the past year"."""
    if published is None:
        return "relative", None
    count = count_of(match["count"])
    unit = match["unit"].lower()
    if match.group().lower().endswith("earlier") and not unit.startswith(("month", "quarter", "year", "decade", "centur")):
        return "relative", None  # counted from a day that the text tells, or nowhere
    is_span = bool(match.groupdict().get("span"))
    if unit.startswith(("hour", "minute")) and is_span and math.isfinite(count):
        count, unit = math.ceil(count / (24 if unit.startswith("hour") else 1440)), "day"
    first = earlier_by(published, count, unit)
    if first is not None and is_span and unit.startswith("year") and count in range(1, 6):
        day = min(published.day, calendar.monthrange(published.year - int(count), published.month)[1])
        first = f"{published.year - int(count):04d}-{published.month:02d}-{day:02d}"  # "in the past year": not since January
    if is_span:
        return "relative", f"[{first},{published.isoformat()}]" if first is not None else None
    return "relative", first


def _this(match: re.Match[str], published: date | None, turn: int) -> Found:
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


_RECENT = MappingProxyType({"hour": 1, "day": 7, "week": 42, "month": 105, "year": 1096, "decade": 7305})


def _recent(match: re.Match[str], published: date | None, turn: int) -> Found:
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


def _now(match: re.Match[str], published: date | None, turn: int) -> Found:
    if published is None:
        return "vague", None
    word = match.group().lower()
    return "vague", f"<={published.isoformat()}" if word in (
        "until now",
        "so far",
        "to date",
        "up to now",
    ) else published.isoformat()


LENGTHS: tuple[Rule, ...] = (
    (
        "day",
        compiled(
            r"\b(?:the day before yesterday|the day after tomorrow|yesterday(?: (?:morning|evening|afternoon))?|last night|"
            r"overnight(?! (?:(?:bank|policy|cash|interbank) )?(?:lending|deposit|borrowing|interest|rates?|index|loans?|stays?|trains?|"
            r"flights?|bus(?:es)?|services?|guests?|visitors?|success|sensation|delivery|shipping|ferr(?:y|ies))\b)|"
            r"tonight|tomorrow|today|this (?:morning|afternoon|evening))\b"
        ),
        _named_day,
    ),
    (
        "length",
        compiled(rf"\b(?:(?:more than|over|about|nearly|almost|around|just|less than) )?{COUNT} {UNIT} (?:ago|earlier)\b"),
        _ago,
    ),
    (
        "length",
        compiled(rf"\b(?P<span>(?:in|over|during|for|within) the (?:last|past|previous)) (?:{COUNT} )?{UNIT}\b"),
        _ago,
    ),
    (
        "length",
        compiled(
            r"\b(?:(?P<part>earlier|later|early|late)(?: in)? )?(?:the )?(?P<which>last|this|next|previous|coming|"
            r"current) (?P<unit>week|weekend|month|year)\b"
        ),
        _this,
    ),
    (
        "length",
        compiled(
            r"\b(?:in |over |during )?(?:the )?(?:recent|last few|past few|past several|last several) (?P<unit>hours|"
            r"days|weeks|months|years|decades)\b"
        ),
        _recent,
    ),
    ("now", compiled(r"\b(?:until now|so far|to date|up to now)\b"), _now),
)
