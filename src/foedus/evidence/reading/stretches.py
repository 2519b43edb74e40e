"""Stretches of time: quarters and halves, decades, ends of years, from one day or month to another, the days to come."""

from __future__ import annotations

import calendar
import math
import re
from datetime import date, timedelta
from types import MappingProxyType

from foedus.evidence.reading.date_words import COUNT, MONTH, YEAR, Found, Rule, compiled, day_of, first_year, month_number
from foedus.evidence.reading.durations import count_of

__all__ = ["STRETCHES"]

_ORDINALS = MappingProxyType({"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4})
_LONGEST_DAYS = MappingProxyType({"hour": 1 / 24, "day": 1, "night": 1, "week": 7, "fortnight": 14, "month": 31, "year": 366})
_MANY = MappingProxyType({"hour": 24, "day": 7, "week": 6, "month": 6, "year": 5})
_OTHER_MONTH = MONTH.replace("?P<month>", "?P<other>")


def _year_meant(match: re.Match[str], published: date | None, first: int, last: int, turn: int) -> int | None:
    """The year that is written, or said as "this year", or the one of the stretch that is over or to come."""
    if match.groupdict().get("year"):
        return int(match["year"])
    if published is None:
        return None
    which = (match.groupdict().get("which") or "").lower()
    if which:
        return published.year + {"last": -1, "this": 0, "next": 1}[which]
    if turn > 0:
        return first_year(published, first, last, 1)
    return published.year - (last >= published.month)


_FISCAL = re.compile(r"\b(?:fiscal|financial)[ -](?:year )?$", re.IGNORECASE)


def _quarter(match: re.Match[str], published: date | None, turn: int) -> Found:
    """ "The third quarter", "Q1 2023", "the first half of last year"; of a fiscal year nobody tells here when it begins."""
    if _FISCAL.search(match.string, max(0, match.start() - 16), match.start()):
        return "vague", None
    size = 3 if (match["kind"] or match["letter"]).lower() in ("quarter", "q") else 6
    word = (match["ordinal"] or match["number"]).lower()
    number = 12 // size if word in ("last", "final") else _ORDINALS.get(word) or int(word)
    if word == "last" and not match["year"] and not match["which"] and published is not None:
        number = (published.month - 1) // size or 12 // size  # "the last quarter": the one before this
    if number > 12 // size or (size == 6 and not (match["year"] or match["which"] or match["own"])):
        return None  # "the first half" may be one of a match
    first, last = size * (number - 1) + 1, size * number
    year = _year_meant(match, published, first, last, turn)
    return "partial", f"[{year}-{first:02d},{year}-{last:02d}]" if year is not None else None


def _quarter_of_year(match: re.Match[str], published: date | None, turn: int) -> Found:
    """ "The 2010 third quarter", "2010's second half"."""
    if _FISCAL.search(match.string, max(0, match.start() - 16), match.start()):
        return "vague", None
    size = 3 if match["kind"].lower() == "quarter" else 6
    number = _ORDINALS[match["ordinal"].lower()]
    if number > 12 // size:
        return None
    return "partial", f"[{match['year']}-{size * (number - 1) + 1:02d},{match['year']}-{size * number:02d}]"


def _decade(match: re.Match[str], published: date | None, turn: int) -> Found:
    """ "The early 1990s"."""
    first = int(match["decade"])
    low, high = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get((match["part"] or "").lower(), (0, 9))
    return "vague", f"[{first + low},{first + high}]"


def _months_of_year(match: re.Match[str], published: date | None, turn: int) -> Found:
    """ "In the first nine months of the year", "the last three months of 2023"."""
    count = int(count_of(match["count"])) if count_of(match["count"]) < 12 else 0
    if not count:
        return None
    first, last = (1, count) if match["side"].lower() in ("first", "opening") else (13 - count, 12)
    year = _year_meant(match, published, first, last, turn)
    return "partial", f"[{year}-{first:02d},{year}-{last:02d}]" if year is not None else None


def _period_to(match: re.Match[str], published: date | None, turn: int) -> Found:
    """ "In the year to March", "the three months ended September 2023", "the week to 12 October"."""
    if published is None and not match["year"]:
        return "partial", None
    count, unit = count_of(match["count"]), match["unit"].lower().removesuffix("s")
    number = month_number(match["month"])
    year = int(match["year"] or 0) if published is None or match["year"] else first_year(published, number, number, turn)
    named = match["day"] or match["last"]
    day = day_of(year, number, int(named)) if named else None
    if unit in ("week", "day"):
        size = 7 * int(count) if unit == "week" else int(count)
        return ("partial", f"[{(day - timedelta(days=size - 1)).isoformat()},{day}]") if day and 1 < size < 700 else None
    months = count * {"month": 1, "quarter": 3, "year": 12}[unit]
    if not 1 <= months <= 120:
        return None
    first = year * 12 + number - int(months)
    return "partial", f"[{first // 12}-{first % 12 + 1:02d},{year}-{number:02d}]"


def _own_quarter(match: re.Match[str], published: date | None, turn: int) -> Found:
    """ "This quarter", "the next quarter", "the September quarter"."""
    if published is None:
        return "partial", None
    if match["month"]:
        last = month_number(match["month"])
        year = first_year(published, last, last, turn)
        return "partial", f"[{year}-{last - 2:02d},{year}-{last:02d}]" if last % 3 == 0 else None
    place = (
        published.year * 4
        + (published.month - 1) // 3
        + {"next": 1, "previous": -1}.get(match["which"].lower().removeprefix("the "), 0)
    )
    year, first = place // 4, place % 4 * 3 + 1
    return "partial", f"[{year}-{first:02d},{year}-{first + 2:02d}]"


def _end(match: re.Match[str], published: date | None, turn: int) -> Found:
    """ "By year's end", "before the end of March", "at the end of last month"."""
    month, unit = match["month"], (match["unit"] or match["whole"] or "year").lower()
    if not (month or match["unit"] or match["whole"] or match["year"]):
        return None
    if published is None and not match["year"]:
        return "relative", None
    year = int(match["year"]) if match["year"] else published.year if published else 0
    step = {"next": 1, "last": -1}.get((match["which"] or "").lower(), 0)
    year += step if unit == "year" else 0
    number = 12
    if month:
        number = month_number(month)
        year = year if match["year"] or published is None else first_year(published, number, number, turn or 1)
    elif unit in ("month", "quarter") and published is not None:
        size = 1 if unit == "month" else 3
        months = year * 12 + (published.month - 1) // size * size + size - 1 + size * step
        year, number = months // 12, months % 12 + 1
    if unit == "week" and not month and published is not None:
        last = published + timedelta(days=6 - published.weekday() + 7 * step)
    else:
        last = date(year, number, calendar.monthrange(year, number)[1])
    if (match["bound"] or "").lower() in ("by", "before", "until", "till"):
        return "relative", f"<={last.isoformat()}"
    first = last.replace(day=21) if unit != "week" else last - timedelta(days=1)
    return "relative", f"[{year}-11,{year}-12]" if unit == "year" and not month else f"[{first.isoformat()},{last.isoformat()}]"


def _start(match: re.Match[str], published: date | None, turn: int) -> Found:
    """ "Since the start of the year"."""
    if published is None:
        return "relative", None
    first = published.replace(day=1, month=1) if match["unit"].lower() == "year" else published.replace(day=1)
    return "relative", f">={first.isoformat()}"


def _within(match: re.Match[str], published: date | None, turn: int) -> Found:
    """ "Within ten days", "over the next two weeks", "in the coming months": from now on."""
    if published is None:
        return "relative", None
    unit = match["unit"].lower().removesuffix("s")
    is_many = match["unit"].lower().endswith("s")  # "in the coming years", not "in the coming year"
    count = count_of(match["count"]) if match["count"] else _MANY.get(unit, 1) if is_many else 1
    if turn < 0 or not count * _LONGEST_DAYS[unit] < 366 * 500:
        return None  # "was built within ten days" tells how long, not when
    return "relative", f"[{published.isoformat()},{_later(published, count, unit).isoformat()}]"


def _in_time(match: re.Match[str], published: date | None, turn: int) -> Found:
    """ "Will return in two weeks": only ahead; "was built in two weeks" tells how long."""
    unit, count = match["unit"].lower().removesuffix("s"), count_of(match["count"])
    if turn <= 0 or published is None or not count * _LONGEST_DAYS[unit] < 366 * 500:
        return None
    day = _later(published, count, unit)
    return "relative", {"month": f"{day.year}-{day.month:02d}", "year": str(day.year)}.get(unit, day.isoformat())


def _later(day: date, count: float, unit: str) -> date:
    """So many days, weeks, months or years behind a day."""
    if unit not in ("month", "year"):
        return day + timedelta(days=math.ceil(round(count * _LONGEST_DAYS[unit], 6)))
    total = day.year * 12 + day.month - 1 + round(count * (12 if unit == "year" else 1))
    last = calendar.monthrange(total // 12, total % 12 + 1)[1]
    return date(total // 12, total % 12 + 1, min(day.day, last))


_FAR = 60
_COUNTED = re.compile(r" (?:[a-z]+s|people|men|women|children|percent|per cent)\b")
_LEVEL_BEFORE = re.compile(r"\bfrom [$€£]?\d[^.;:]* on $")
""" "Rose from 64 on October 9 to 17": two levels, and no stretch of days."""


def _days_of_month(match: re.Match[str], published: date | None, turn: int) -> Found:
    """ "Between 3 and 9 October", "Oct. 3-9, 2024"."""
    if published is None and not match["year"]:
        return "partial", None
    if _LEVEL_BEFORE.search(match.string, max(0, match.start() - _FAR), match.start()):
        return None
    if (
        re.search(r"\d and \d", match.group())
        and not match.group().lower().startswith("between")
        and _COUNTED.match(match.string, match.end())
    ):
        return None  # "on October 9 and 23 workers in May"
    number = month_number(match["month"])
    year = int(match["year"] or 0) if published is None or match["year"] else first_year(published, number, number, turn)
    low, high = day_of(year, number, int(match["low"])), day_of(year, number, int(match["high"]))
    if low is None or high is None or not low < high:
        return None
    return "absolute" if match["year"] else "partial", f"[{low.isoformat()},{high.isoformat()}]"


def _months(match: re.Match[str], published: date | None, turn: int) -> Found:
    """ "From March to June 2023", "between November and February"."""
    if published is None and not match["year"]:
        return "partial", None
    first, last = month_number(match["month"]), month_number(match["other"])
    end = int(match["year"] or 0) if published is None or match["year"] else first_year(published, last, last, turn)
    return "partial", f"[{end - (first > last)}-{first:02d},{end}-{last:02d}]"


def _months_of_years(match: re.Match[str], published: date | None, turn: int) -> Found:
    """ "Between April 2023 and April 2024"."""
    low = f"{match['year']}-{month_number(match['month']):02d}"
    high = f"{match['last_year']}-{month_number(match['other']):02d}"
    return ("partial", f"[{low},{high}]") if low < high else None


def _month_to_part(match: re.Match[str], published: date | None, turn: int) -> Found:
    """ "Between April 2023 and the end of February": from a month to the begin, the middle or the end of another."""
    if published is None and not (match["year"] and match["last_year"]):
        return "partial", None
    first, last = month_number(match["month"]), month_number(match["other"])
    end = int(match["last_year"] or 0) if published is None or match["last_year"] else first_year(published, last, last, turn)
    begin = int(match["year"] or end - (first > last))
    part = match["part"].lower()
    day = {"start": 10, "beginning": 10, "early": 10, "middle": 20, "mid": 20}.get(part)
    low, high = f"{begin}-{first:02d}", f"{end}-{last:02d}"
    return ("partial", f"[{low},{high}-{day}]" if day else f"[{low},{high}]") if low < high else None


def _turn_of_year(match: re.Match[str], published: date | None, turn: int) -> Found:
    """ "At the turn of the year": the last one, or the next where the verb lies ahead."""
    if published is None:
        return "relative", None
    year = published.year + (turn > 0)
    bound = (match["bound"] or "").lower()
    if bound in ("by", "before", "until", "till"):
        return "relative", f"<={year}-01-10"
    return "relative", f">={year - 1}-12-21" if bound == "since" else f"[{year - 1}-12-21,{year}-01-10]"


def _years(match: re.Match[str], published: date | None, turn: int) -> Found:
    """ "From 2019 to 2022", "the 2022-23 season"."""
    low, high = int(match["year"]), int(match["other"])
    high = high if high > 99 else low // 100 * 100 + high
    return ("partial", f"[{low},{high}]") if low < high <= low + 300 else None


def _weekend(match: re.Match[str], published: date | None, turn: int) -> Found:
    """ "At the weekend": the last one, or the next where the verb lies ahead."""
    if published is None:
        return "relative", None
    back = (published.weekday() - 5) % 7
    saturday = published + timedelta(days=(5 - published.weekday()) % 7) if turn > 0 else published - timedelta(days=back)
    if (match["bound"] or "").lower() == "since":
        return "relative", f">={saturday.isoformat()}"
    if match["bound"]:
        if turn < 0:
            return "vague", None  # "promised 30 more by the weekend": the last one, or the next
        saturday = published + timedelta(days=(5 - published.weekday()) % 7)
        last = saturday + timedelta(days=-1 if match["bound"].lower() == "before" else 1)
        return "relative", f"<={last.isoformat()}"
    return "relative", f"[{saturday.isoformat()},{(saturday + timedelta(days=1)).isoformat()}]"


def _month_to_day(match: re.Match[str], published: date | None, turn: int) -> Found:
    """ "Between January and March 10": from a month to a day."""
    if published is None and not match["year"]:
        return "partial", None
    first, last = month_number(match["month"]), month_number(match["other"])
    end = int(match["year"] or 0) if published is None or match["year"] else first_year(published, last, last, turn)
    day = day_of(end, last, int(match["day"]))
    return ("partial", f"[{end - (first > last)}-{first:02d},{day.isoformat()}]") if day is not None else None


_of_year = rf"(?:,? (?:of )?(?:{YEAR}|(?:(?P<which>last|this|next) year)))?+"
_to_come = r"(?P<unit>hours?|days?|nights?|weeks?|fortnights?|months?|years?)\b"
STRETCHES: tuple[Rule, ...] = (
    (
        "length",
        compiled(
            rf"\b(?:(?:in|during|for|over|of|from|by|since) )?(?:the )?{YEAR}(?:['’]s)? (?P<ordinal>first|second|third|fourth)[- ]"
            r"(?P<kind>quarter|half)\b"
        ),
        _quarter_of_year,
    ),
    (
        "length",
        compiled(
            r"\b(?:(?:in|during|for|over|throughout|of|since|by|until|from) )?(?:the )?(?:(?P<ordinal>first|second|third|fourth|final|last|"
            r"1st|2nd|3rd|4th)[- ](?P<kind>quarter|half)|(?P<letter>[QH])(?P<number>[1-4]))\b"
            rf"(?:(?P<own> of the year)|{_of_year})(?! of\b)(?! (?:an? )?(?:hour|mile))"
        ),
        _quarter,
    ),
    (
        "length",
        compiled(
            rf"\b(?:(?:in|during|over|for|of) )?the (?P<side>first|last|final|opening|closing) {COUNT} months of "
            rf"(?:the year\b|(?P<which>last|this|next) year\b|{YEAR})"
        ),
        _months_of_year,
    ),
    (
        "month",
        compiled(
            rf"\b(?:(?:in|during|over|for|of) )?(?:the )(?:{COUNT} )?(?P<unit>years?|months?|quarters?|weeks?|"
            r"days?(?= (?:to|through|ended|ending|up to) )) "
            rf"(?:to|through|ended|ending|ended in|until|up to)(?: on)? (?:the end of |end-)?(?:(?P<day>\d{{1,2}}) )?{MONTH}"
            rf"(?: (?P<last>\d{{1,2}})\b)?(?:,? {YEAR})?"
        ),
        _period_to,
    ),
    (
        "length",
        compiled(
            rf"\b(?:in |during |for |by )?(?:(?P<which>this|next|the current|the previous|the next) quarter|the {MONTH} quarter)\b(?! of\b)"
        ),
        _own_quarter,
    ),
    (
        "length",
        compiled(
            r"\b(?:(?:in|since|during|of|from) )?(?:the )?(?:(?P<part>early|mid|late)[- ])?(?P<decade>(?:1[6-9]|20)\d0)['’]?s\b"
        ),
        _decade,
    ),
    (
        "length",
        compiled(
            r"\b(?P<bound>by|before|until|till|at|as of|as at|towards?|around|near|for) (?:the )?"
            r"(?:(?P<whole>year|month|week)(?:['’]s |-| )end\b|"
            rf"end of (?:(?:the |this |the current |(?P<which>next|last) )?(?:(?P<unit>year|month|week|quarter)\b|{MONTH}))?(?: ?{YEAR})?)"
        ),
        _end,
    ),
    ("length", compiled(r"\bsince the (?:start|beginning) of the (?P<unit>year|month)\b"), _start),
    (
        "length",
        compiled(
            rf"\b(?:within|(?:in|over|during|for|within) the (?:next|coming|following)) (?:(?:the )?(?:next |coming )?{COUNT} )?{_to_come}"
        ),
        _within,
    ),
    ("length", compiled(rf"\bin (?:about |around |some |just |under )?{COUNT} {_to_come}(?!['’])"), _in_time),
    (
        "month",
        compiled(
            rf"\b(?:between |from )?(?P<low>\d{{1,2}})(?: ?[-–—] ?| to | and | until )(?P<high>\d{{1,2}}) {MONTH}(?:,? {YEAR})?"
        ),
        _days_of_month,
    ),
    (
        "month",
        compiled(
            rf"\b(?:between |from )?{MONTH} (?P<low>\d{{1,2}})(?: ?[-–—] ?| to | and | until )(?P<high>\d{{1,2}})\b(?!,\d{{3}}\b)"
            rf"(?:,? {YEAR})?"
        ),
        _days_of_month,
    ),
    (
        "month",
        compiled(
            rf"\b(?:between|from) {MONTH} (?:of )?{YEAR} (?:and|to|until|through) {_OTHER_MONTH} (?:of )?(?P<last_year>(?:1[89]|20)\d\d)\b"
        ),
        _months_of_years,
    ),
    (
        "month",
        compiled(
            rf"\b(?:between|from) {MONTH}(?: (?:of )?{YEAR})? (?:and|to|until|through) (?:the )?"
            rf"(?P<part>end|start|beginning|middle|early|mid|late)(?: of |-| ){_OTHER_MONTH}(?! \d{{1,2}}\b)"
            rf"(?:,? (?:of )?(?P<last_year>(?:1[89]|20)\d\d)\b)?"
        ),
        _month_to_part,
    ),
    ("length", compiled(r"\b(?:(?P<bound>by|since|before|until|till|at|around|over) )?the turn of the year\b"), _turn_of_year),
    (
        "month",
        compiled(
            rf"\b(?:in|during|over) {MONTH} and (?:in )?{_OTHER_MONTH}(?! \d{{1,2}}\b(?! [a-z]))"
            rf"(?:,? (?:of )?{YEAR})?(?!,? (?:{YEAR.replace('?P<year>', '?:')})?,? ?respectively)"
        ),
        _months,
    ),
    (
        "month",
        compiled(rf"\b(?:between|from) {MONTH} (?:and|to|until|through) {_OTHER_MONTH}(?! \d{{1,2}}\b)(?:,? (?:of )?{YEAR})?"),
        _months,
    ),
    (
        "month",
        compiled(
            rf"\b(?:between|from) {MONTH} (?:and|to|until|through) {_OTHER_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?! [a-z]+s\b)"
            rf"(?:,? {YEAR})?"
        ),
        _month_to_day,
    ),
    (
        "month",
        compiled(
            rf"\b(?:(?:in|during|over|for|of|from) )?(?:the )?{MONTH}(?: ?[-–—] ?| to ){_OTHER_MONTH} (?:period|quarter|months|season|half)\b"
            rf"(?:,? (?:of )?{YEAR})?"
        ),
        _months,
    ),
    ("digits", compiled(rf"\b(?:between|from) {YEAR} (?:and|to|until|through) (?P<other>(?:1[89]|20)\d\d)\b"), _years),
    (
        "digits",
        compiled(
            rf"\b(?:in|during) {YEAR} and (?:in )?(?P<other>(?:1[89]|20)\d\d)\b(?!,? respectively|,\d| (?:people|men|tonnes|km)\b)"
        ),
        _years,
    ),
    (
        "digits",
        compiled(
            rf"\b(?:in|during|for|over|of) (?:the )?{YEAR}[-–/](?P<other>\d\d|(?:1[89]|20)\d\d)\b(?! ?(?:people|men|litres|tonnes|km|%))"
        ),
        _years,
    ),
    ("length", compiled(r"\b(?:at|over|during|on|(?P<bound>since|by|until|before)) the (?:past |last )?weekend\b"), _weekend),
)
