"""Times counted from a day that the text named before: "the next year", "two days later", "a month earlier"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from types import MappingProxyType

from foedus.evidence.reading.date_words import COUNT, UNIT, YEAR, compiled
from foedus.evidence.reading.dates import TimeMention
from foedus.evidence.reading.durations import count_of

__all__ = ["counted_from_text", "may_count"]

_STEP = compiled(
    r"\b(?:(?:in|during|over|on|by) )?(?:the (?P<which>next|following|previous|preceding|prior|same)|(?P<that>that)(?: same| very)?) "
    r"(?P<unit>day|night|morning|week|month|year|decade)\b(?! (?:old|long))"
)
_BESIDE = compiled(
    r"\b(?:on )?the (?P<unit>day|week|month|year) (?P<side>before|after|earlier|later)\b"
    r"(?! (?:the|a|an|his|her|its|their) | (?:yesterday|today|tomorrow)\b)"
)
_SAME = compiled(
    r"\b(?:(?:in|during|over|for|of|from) )?the same (?:day|week|month|quarter|period|season|stretch|months)(?: (?:in|of))? "
    rf"(?:last year\b|(?:a|the) year (?:earlier|before|ago)\b|the (?:previous|prior|preceding) year\b|{YEAR})"
)
""" "In June, against 9 percent in the same month last year": as the stretch named before, of another year."""
_COUNTED = compiled(
    rf"\b(?:(?:more than|over|about|nearly|almost|around|just|less than|only|barely|some) )?{COUNT} {UNIT} "
    r"(?P<side>later|earlier|afterwards?|beforehand|before\b(?! [a-z])|after\b(?=[,.;]))"
)
_SIDES = MappingProxyType(
    {
        "next": 1,
        "following": 1,
        "same": 0,
        "previous": -1,
        "preceding": -1,
        "prior": -1,
        "after": 1,
        "later": 1,
        "afterward": 1,
        "afterwards": 1,
        "before": -1,
        "earlier": -1,
        "beforehand": -1,
    }
)
_DAYS = MappingProxyType({"day": 1, "night": 1, "morning": 1, "week": 7, "fortnight": 14})
_MONTHS = MappingProxyType({"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200, "centurie": 1200})
_VALUE = re.compile(r"\[?(?:[<>]=)?(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_MOST = 12 * 9000


def may_count(text: str, start: int, end: int) -> bool:
    """Whether anything between two places looks like a time that is counted from a day named before it."""
    return any(pattern.search(text, start, end) for pattern in (_COUNTED, _SAME, _STEP, _BESIDE))


def counted_from_text(
    text: str, start: int, end: int, before: Sequence[TimeMention], days: Sequence[TimeMention] = ()
) -> list[TimeMention]:
    """The expressions between two places whose day is counted from one that the text named before them.

    Args:
        before: the times that the text names by the calendar, in order, those before `start` too.
        days: those of the paragraph that are told by a weekday, from which only days are counted: "on Friday, from 84 a day earlier".
    """
    found = [_of_same(match, before) for match in _SAME.finditer(text, start, end)]
    for pattern in (_COUNTED, _STEP, _BESIDE):
        for match in pattern.finditer(text, start, end):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            near = days if match["unit"].lower().removesuffix("s") in _DAYS else ()
            known = [each for each in (*before, *near, *found) if each.end <= match.start() and each.value]
            anchor = max(known, key=lambda each: each.start, default=None)
            is_compared = _COMPARED.search(text, max(start, match.start() - 60), match.start()) is not None
            value = _value(match, anchor.value, is_compared) if anchor is not None and anchor.value else None
            if _is_prior(match) and anchor is not None and ". " in text[anchor.end : match.start()]:
                found.append(TimeMention(match.start(), match.end(), match.group(), "vague", None))
            elif value is not None:
                found.append(TimeMention(match.start(), match.end(), match.group(), "relative", value))
    return sorted(found, key=lambda each: each.start)


def _is_prior(match: re.Match[str]) -> bool:
    """ "In the prior month": of the month that its own sentence is about, which another sentence does not tell."""
    which = (match.groupdict().get("which") or "").lower()
    return which in ("prior", "previous", "preceding") and match["unit"].lower() == "month"


def _of_same(match: re.Match[str], before: Sequence[TimeMention]) -> TimeMention:
    """The stretch that was named before, in the year that is told; without a value where none was named by month."""
    months = [each.value for each in before if each.end <= match.start() and re.match(r"\[?\d{4}-\d\d", each.value or "")]
    named = re.match(r"\[?(\d{4})-\d\d(?:,\d{4}-\d\d\])?$", (months or [""])[-1] or "")
    step = int(match["year"]) - int(named[1]) if named is not None and match["year"] else -1
    value = _years_on(named.group(), step) if named is not None else None
    return TimeMention(match.start(), match.end(), match.group(), "relative" if value else "vague", value)


_COMPARED = re.compile(r"\b(?:from|against|with|than|to|versus|were|was) [^.;:]{0,50}?\d[^.;:]{0,30}$")
""" "In September, from 450,000 a year earlier": the same month of the year before, where a figure is held against another."""
_SPAN = re.compile(r"\[(\d{4})-(\d\d),(\d{4})-(\d\d)\]")


def _value(match: re.Match[str], anchor: str, is_compared: bool) -> str | None:
    """So much before or after the anchor, as finely as both allow; what is compared is as fine as its anchor."""
    named = _VALUE.match(anchor)
    groups = match.groupdict()
    side = _SIDES[(groups.get("which") or groups.get("side") or "same").lower()]
    count = count_of(groups["count"]) if groups.get("count") else 1.0
    unit = match["unit"].lower().removesuffix("s")
    if named is None or not count * _MONTHS.get(unit, 1) < _MOST:
        return None
    year, month, day = int(named[1]), int(named[2] or 0), int(named[3] or 0)
    if is_compared and unit == "year" and count == int(count) and month and not day:
        return _years_on(anchor, side * int(count))
    if unit in _DAYS and side and (days := _DAYS_OF.fullmatch(anchor)) is not None:
        return _beside_days(days, side, count, unit)
    if unit in _DAYS:
        return _by_days(year, month, day, side * count * _DAYS[unit], unit)
    if unit not in _MONTHS:
        return None
    return _by_months(year, month, side * round(count * _MONTHS[unit]), unit if count == int(count) else "month")


_DAYS_OF = re.compile(r"\[(\d{4}-\d\d-\d\d),(\d{4}-\d\d-\d\d)\]")


def _beside_days(days: re.Match[str], side: int, count: float, unit: str) -> str | None:
    """Counted from the nearer end of a stretch of days: the week before 1 to 7 September ends on 31 August."""
    try:
        low, high = date.fromisoformat(days[1]), date.fromisoformat(days[2])
        length = timedelta(days=int(count * _DAYS[unit]))
        first, last = (high + timedelta(days=1), high + length) if side > 0 else (low - length, low - timedelta(days=1))
    except (ValueError, OverflowError):
        return None
    return (
        f"[{first.isoformat()},{last.isoformat()}]"
        if unit == "week" and count == 1
        else (last if side > 0 else first).isoformat()
    )


def _years_on(anchor: str, years: int) -> str | None:
    """The same month, or the same months, some years on."""
    span = _SPAN.fullmatch(anchor)
    if span is not None:
        first, last = int(span[1]) + years, int(span[3]) + years
        return f"[{first:04d}-{span[2]},{last:04d}-{span[4]}]" if first >= 1 and last <= 9998 else None
    year, month = anchor.split("-")[:2] if re.fullmatch(r"\d{4}-\d\d", anchor) else ("", "")
    return f"{int(year) + years:04d}-{month}" if year and 1 <= int(year) + years <= 9998 else None


def _by_days(year: int, month: int, day: int, step: float, unit: str) -> str | None:
    """Days and weeks can only be counted from a day; that day itself is told by any."""
    if not day:
        return None
    try:
        moved = date(year, month, day) + timedelta(days=int(step))
    except (ValueError, OverflowError):
        return None
    if unit == "week" and abs(step) <= 7:
        monday = moved - timedelta(days=moved.weekday())
        return f"[{monday.isoformat()},{(monday + timedelta(days=6)).isoformat()}]"
    return moved.isoformat()


def _by_months(year: int, month: int, step: int, unit: str) -> str | None:
    """Years can be counted from a year, months only from a month."""
    if unit in ("year", "decade", "century", "centurie"):
        moved = year + step // 12
        return f"{moved:04d}" if 1 <= moved <= 9998 else None
    if not month:
        return None
    total = year * 12 + month - 1 + step
    return f"{total // 12:04d}-{total % 12 + 1:02d}" if 12 <= total < 12 * 9998 else None
