"""The day of which a sentence about what is to come speaks: that of its claims, or the next one where theirs lies behind us by mistake."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date, timedelta

from foedus.evidence.claim import Claim

__all__ = ["day_of", "first_of_month", "is_past", "last_day", "last_day_of", "words_of_day"]


def last_day_of(claim: Claim, as_of: date) -> date | None:
    """The last day of which a claim speaks."""
    return last_day(_value(claim, as_of), as_of, is_dated=_is_dated(claim))


def is_past(claims: Sequence[Claim], as_of: date) -> bool:
    """Whether the day of which it speaks lay ahead of the report, and lies behind the day that the case looks from."""
    for claim in claims:
        value = _value(claim, as_of).lstrip(">=")
        last = last_day(value, as_of, is_dated=_is_dated(claim) or len(value) == len("2024-01-01"))
        if last is not None and claim.day < last.isoformat() < as_of.isoformat():
            return True
    return False


def _is_dated(claim: Claim) -> bool:
    """Whether the words name the year, so that it is no other."""
    return claim.time is not None and re.search(r"\b(?:19|20)\d\d\b", claim.time.text or "") is not None


def day_of(claims: Sequence[Claim], text: str, as_of: date) -> tuple[date | None, bool]:
    """The day that the words name, with whether the thing is said of that very day."""
    if (year := _BY_YEAR.search(text)) is not None and any(_WITHIN.match(_words(claim)) for claim in claims):
        end = date(int(year["year"]) - (year["how"].lower() == "before"), 12, 31)
        if end > as_of:
            return end, False  # "within 18 weeks" is what is to be reached, "before 2028" when
    if (part := _part_of_year(text, as_of)) is not None:
        return part, False
    for claim in claims:
        value = _value(claim, as_of)
        is_from = value.startswith(">") and _FROM_THEN.search(text) is not None
        value = value.lstrip("<>=") if is_from else value
        last = last_day(value, as_of, is_first=is_from or bool(re.search(r"\binto\b", text)), is_dated=_is_dated(claim))
        if last is not None and last > as_of:
            is_day = re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) is not None
            return last, is_day and re.search(r"\b(?:on|from)\s+(?:the\s+)?\w*\s?\w*\d", text) is not None and not re.search(
                r"\b(?:by|before|until)\b", text
            )
    return _named_in(text, claims, as_of), False


def _part_of_year(text: str, as_of: date) -> date | None:
    """The last day of the part of a year by which something is to come: "by the middle of next year", "by early 2025"; None for none."""
    found = _PART_OF_YEAR.search(text)
    if found is None:
        return None
    year = int(found["year"]) if found["year"] else as_of.year + (found["which"].lower() == "next")
    day = date(year, 6, 30) if "mid" in found["part"].lower() else date(year, 3, 31)
    return day if day > as_of else None


def _named_in(text: str, claims: Sequence[Claim], as_of: date) -> date | None:
    """The last day of a month, season or stretch that a sentence names, where no claim of it has it: "by August 2025", "within a month"."""
    told = min((claim.day for claim in claims), default=as_of.isoformat())
    exact = _TO_A_DAY.search(text)
    if exact is not None:
        number = list(calendar.month_name).index((exact["month"] or exact["first"]).capitalize())
        years = [int(exact["year"])] if exact["year"] else [as_of.year, as_of.year + 1]
        dates = [(year, min(int(exact["day"] or exact["second"]), calendar.monthrange(year, number)[1])) for year in years]
        return next((day for year, one in dates if (day := date(year, number, one)) > as_of), None)
    closing = _TO_THE_END.search(text)
    if closing is not None:
        end = _end_of((closing["of"] or "year").lower(), date.fromisoformat(told[:10]))
        return end if end > as_of else None
    month = _TO_A_MONTH.search(text)
    if month is not None:
        found = last_day(_named_month(month.group(), told), as_of)
        return found if found is not None and found > as_of else None
    within = _WITHIN_A.search(text)
    if within is not None:
        days = (_COUNTS.get(within["count"].lower()) or int(within["count"])) * _UNIT_DAYS[within["unit"].lower()]
        day = date.fromisoformat(told[:10]) + timedelta(days=round(days))
        return day if day > as_of else None
    if (inside := _in_a_month(text, as_of)) is not None:
        return inside
    feast = _TO_A_FEAST.search(text)
    if feast is not None:
        days = (_feast(feast["feast"].lower(), year) for year in (as_of.year, as_of.year + 1))
        return next((day for day in days if day > as_of), None)
    season = _TO_A_SEASON.search(text)
    if season is None:
        return None
    first, last = _SEASONS[season["season"].lower()]
    ends = (date(year, last, calendar.monthrange(year, last)[1]) for year in (as_of.year, as_of.year + 1))
    begins = (date(year, first, 1) for year in (as_of.year, as_of.year + 1))
    return next((day for day in (ends if season["end"] else begins) if day > as_of), None)


def _in_a_month(text: str, as_of: date) -> date | None:
    """The last day of the month in which something is to come: "rain is expected to return in May"; None where no month is named so."""
    for found in _INSIDE_A_MONTH.finditer(text):
        month = list(calendar.month_name).index(found["month"])
        year = int(found["year"]) if found["year"] else as_of.year + (month < as_of.month)
        last = date(year, month, calendar.monthrange(year, month)[1])
        if last > as_of and (found["year"] or (last - as_of).days < _SAID_WITHOUT_YEAR):
            return last
    return None


def first_of_month(text: str, day: date | None) -> date | None:
    """The first day of a month in which something is to come, where the words name that month and its last day is the day; else None."""
    found = next(_INSIDE_A_MONTH.finditer(text), None) if day is not None else None
    if found is None or day is None or calendar.month_name[day.month] != found["month"]:
        return None
    return day.replace(day=1) if day.day == calendar.monthrange(day.year, day.month)[1] else None


def words_of_day(text: str, as_of: date, day: date | None) -> list[str]:
    """The words of a season, feast or month in a sentence that name the day, where no claim has them as its time."""
    found = (named.search(text) for named in (_TO_A_SEASON, _TO_A_FEAST, _INSIDE_A_MONTH))
    return [one.group() for one in found if one is not None and day is not None and _named_in(one.group(), (), as_of) == day]


def _end_of(stretch: str, day: date) -> date:
    """The last day of the week, month or year in which a day lies."""
    if stretch == "week":
        return day + timedelta(days=6 - day.weekday())
    month = 12 if stretch == "year" else day.month
    return date(day.year, month, calendar.monthrange(day.year, month)[1])


_TO_A_FEAST = re.compile(
    r"\b(?:by|before|until|till|at|over) (?P<feast>Christmas|Easter|Thanksgiving|New Year)(?:['’]s)?(?: (?:Day|Eve))?\b"
)


def _feast(name: str, year: int) -> date:
    """The day of a feast in a year: Christmas, New Year, Thanksgiving of the United States (fourth Thursday of November), Easter Sunday
    (the rule of Gauss in the form of Meeus, Jones and Butcher)."""
    if name == "christmas":
        return date(year, 12, 25)
    if name == "new year":
        return date(year, 1, 1)
    if name == "thanksgiving":
        return date(year, 11, 22 + (3 - date(year, 11, 22).weekday()) % 7)
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_PART_OF_YEAR = re.compile(
    r"\b(?:by|before|until|in) (?:the )?(?P<part>middle of|mid[- ]?|early(?: in)?|start of|beginning of) ?"
    r"(?:(?P<which>this|next|the) year|(?P<year>20\d\d))\b",
    re.IGNORECASE,
)
_SAID_WITHOUT_YEAR = 300  # days: "in May", said in June, is of the May that was
_INSIDE_A_MONTH = re.compile(
    r"(?<!began )(?<!begun )(?<!started )(?<!held )(?<!was )(?<!were )(?<!came )(?<!took place )(?<!imposed )(?<!declared )"
    r"\b(?:[Ii]n|[Dd]uring)(?: early| mid| late| the (?:month|course|middle) of)?[ -]"
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"(?! (?:\d{1,2}\b|and|or|election|vote|deal|ban|agreement|budget|strike|war)\b)(?:,? (?:of )?(?P<year>20\d\d))?"
)
""" "In May": within that month, and not by its end alone."""
_TO_A_DAY = re.compile(
    rf"\b(?:by|before|until) (?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{_MONTHS})|(?P<first>{_MONTHS}) (?P<second>\d{{1,2}})(?!\d))"
    r",?(?: (?P<year>20\d\d))?\b",
    re.IGNORECASE,
)
_TO_THE_END = re.compile(
    r"\b(?:by|before|until|till|through) (?:the )?"
    r"(?:(?:end|close) of (?:the|this) (?P<of>week|month|year)|year[- ]end)\b(?! (?:of|after|to)\b)",
    re.IGNORECASE,
)
""" "Until the end of the year": of the one in which it is told."""
_COUNTS = dict(zip("a one two three four five six seven eight nine ten".split(), (1, *range(1, 11)), strict=True)) | {"an": 1}
_UNIT_DAYS = {"day": 1.0, "week": 7.0, "fortnight": 14.0, "month": 30.4375, "year": 365.25}
_WITHIN_A = re.compile(
    r"\b(?:within|in) (?:the (?:next|coming) )?(?P<count>an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+) "
    r"(?P<unit>day|week|fortnight|month|year)s?\b(?! of\b)",
    re.IGNORECASE,
)
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}
"""First and last month, of the north, as meteorologists count them."""
_TO_A_SEASON = re.compile(
    r"\b(?:by|before)(?P<end> the end of)?(?: the| this| next)? (?P<season>spring|summer|autumn|winter)\b", re.IGNORECASE
)


def _words(claim: Claim) -> str:
    return (claim.time.text or "") if claim.time is not None else ""


_WITHIN = re.compile(r"within\b", re.IGNORECASE)
_BY_YEAR = re.compile(r"\b(?P<how>by|before|until)(?: the end of)? (?P<year>20\d\d)\b", re.IGNORECASE)
_FROM_THEN = re.compile(
    r"\b(?:from|as of|as from|starting|beginning|effective)\s+(?:on\s+|the\s+|early\s+|mid-|late\s+)*"
    r"(?:\w+day,?\s+)?(?:\d|[A-Z][a-z]+|next\b|tomorrow)"
)
"""What begins on a day comes on it: "could close the road from 15 March"."""
_WITHIN_THE_YEAR = 330  # days: "by the end of June", said in September, is of the next June
_BARE_MONTH = re.compile(r"[<=>\[]*(?P<year>\d{4})-(?P<month>\d\d)(?:,(?P=year)-(?P<last>\d\d)\])?")


def _value(claim: Claim, as_of: date) -> str:
    """The time of a claim; a month or season without a year that was read as one behind us is the next, where the words look ahead."""
    value = (claim.time.value or _named_month(claim.time.text or "", claim.day)) if claim.time is not None else ""
    match = _BARE_MONTH.fullmatch(value)
    if match is None or claim.time is None or re.search(r"\d{4}", claim.time.text or "") or not _EXPECTS.search(claim.paraphrase):
        return value
    year, month = int(match["year"]), int(match["last"] or match["month"])
    is_behind = (year, month) < (as_of.year, as_of.month) and (as_of.year - year) * 12 + as_of.month - month > 4
    return value.replace(match["year"], str(year + 1)) if is_behind else value


def _named_month(text: str, told: str) -> str:
    """The value of a time that the reader left without one, where its words name a month: "by April", "before April 2025"; else "".

    A month without a year is the next one after the day on which it was told, ISO 8601.
    """
    found = _TO_A_MONTH.fullmatch(text.strip())
    if found is None:
        return ""
    month = next(number for number, name in enumerate(calendar.month_name) if name.lower() == found["month"].lower())
    year = int(found["year"] or told[:4])
    if not found["year"] and month < int(told[5:7]):
        year += 1
    return f"{'<' if found['how'].lower() == 'before' else '<='}{year}-{month:02d}"


_TO_A_MONTH = re.compile(
    rf"(?P<how>by|before|until|till)(?: the end of)? (?P<month>{'|'.join(calendar.month_name[1:])})(?:,? (?P<year>(?:19|20)\d\d))?",
    re.IGNORECASE,
)


_EXPECTS = re.compile(r"\b(?:expect|forecast|predict|anticipat|plan|schedul|due|set to|hope|aim|fear)\w*\b", re.IGNORECASE)


def last_day(value: str, as_of: date, is_first: bool = False, is_dated: bool = False) -> date | None:
    """The last day of a time of a claim; a day and month that lie behind us by mistake are the next ones, where no year is named."""
    ends = re.findall(r"\d{4}(?:-\d{2}){0,2}", value)
    if not ends or value.startswith(">"):
        return None
    if is_first and len(ends) > 1:  # "into the third quarter": its first day
        parts = [int(part) for part in ends[0].split("-")]
        return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)
    parts = [int(part) for part in ends[-1].split("-")]
    if re.fullmatch(r"<\d{4}(?:-\d\d)?", value):  # "before January" ends where January begins
        return date(parts[0], parts[1] if len(parts) > 1 else 1, 1)
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    found = date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])
    if found < as_of and len(parts) > 2 and found.month != 2 and not is_dated:  # "by January 20", read as that of this year
        later = found.replace(year=found.year + 1)
        return later if 0 < (later - as_of).days < _WITHIN_THE_YEAR else found
    return found
