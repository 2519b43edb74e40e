"""Dates by the calendar: days, months, years, seasons and weekdays, with or without their year."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from types import MappingProxyType

from foedus.evidence.reading.date_words import (
    MONTH,
    SEASONS,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    Found,
    Rule,
    bounded,
    compiled,
    day_of,
    first_year,
    last_before,
    month_number,
)

__all__ = ["FULL", "PARTIAL", "YEARS"]

_part = r"(?:(?P<part>early|mid|late|the (?:start|beginning|end|middle) of)[- ](?:in )?)?"
_bound = r"(?:(?P<bound>since|until|till|before|after|by|from) )?(?:on )?"
_day_name = rf"(?:(?P<weekday>{WEEKDAY}),? )?(?:the )?"
_number = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_OF_DAY = "(?: (?:morning|night|evening|afternoon))?"
_TO_COME = timedelta(days=45)
"""How far ahead a day without a year may lie where its verb does not tell."""


def _full(match: re.Match[str], published: date | None, turn: int) -> Found:
    """ "June 19, 2024"."""
    found = day_of(int(match["year"]), month_number(match["month"]), int(match["day"]))
    return ("absolute", bounded(match, found.isoformat())) if found else None


def _iso(match: re.Match[str], published: date | None, turn: int) -> Found:
    found = day_of(int(match["year"]), int(match["number"]), int(match["day"]))
    return ("absolute", bounded(match, found.isoformat())) if found else None


def _numeric(match: re.Match[str], published: date | None, turn: int) -> Found:
    """ "27/02/2020": where only one order of day and month makes a day, or points say that the day comes first."""
    year, one, two = int(match["year"]), int(match["one"]), int(match["two"])
    day_first, month_first = day_of(year, two, one), day_of(year, one, two)
    found = day_first or month_first
    if found is None or (match["mark"] != "." and day_first and month_first and day_first != month_first):
        return None
    return "absolute", bounded(match, found.isoformat())


def _day_of_month(match: re.Match[str], published: date | None, turn: int) -> Found:
    """ "Oct. 24", "Tuesday, 8 October": of the year in which that was such a weekday, or that the verb tells, or the nearest."""
    if match.string[max(0, match.start() - 3) : match.start()].lower() == "in " and _counts_on(match):
        return None  # "In May 14 men died"
    is_month_first = match.start("month") < match.start("day")
    led = match.string[max(0, match.start("month") - 8) : match.start("month")]
    if is_month_first and _DAY_BEFORE.search(led) and _counts_on(match):
        return None  # "On 4 June 15 cadets fainted"
    if published is None:
        return "partial", None
    number, day = month_number(match["month"]), int(match["day"])
    options = [found for year in range(published.year - 1, published.year + 2) if (found := day_of(year, number, day))]
    if not options:
        return None
    weekday = match.groupdict().get("weekday")
    named = [found for found in options if weekday and found.weekday() == WEEKDAYS[weekday.lower()]]
    return "partial", bounded(match, _chosen(named or options, published, turn).isoformat())


_DAY_BEFORE = re.compile(r"(?<!\d)\d{1,2}(?:st|nd|rd|th)? (?:of )?$")


def _counts_on(match: re.Match[str]) -> bool:
    return re.match(r" [a-z]", match.string[match.end() : match.end() + 2]) is not None


def _chosen(options: list[date], published: date, turn: int) -> date:
    """Of the same day in several years the one that the verb tells, or the last that is not far ahead."""
    ahead = [found for found in options if found >= published]
    behind = [found for found in options if found <= published]
    if turn > 0 and ahead:
        return min(ahead)
    if turn < 0 and behind:
        return max(behind)
    near = [found for found in options if found <= published + _TO_COME]
    return max(near) if near else min(options)


def _ordinal(match: re.Match[str], published: date | None, turn: int) -> Found:
    """ "On the 24th": of this month, or of the one that the verb tells."""
    if published is None:
        return "partial", None
    months = [published.year * 12 + published.month - 1 + step for step in (-1, 0, 1)]
    options = [found for each in months if (found := day_of(each // 12, each % 12 + 1, int(match["day"])))]
    turn = turn or -1
    fitting = [found for found in options if (found - published).days * turn >= 0]
    return (
        ("partial", bounded(match, min(fitting, key=lambda found: abs((found - published).days)).isoformat()))
        if fitting
        else None
    )


def _month_of_year(match: re.Match[str], published: date | None, turn: int) -> Found:
    year, number = int(match["year"]), month_number(match["month"])
    part = (match["part"] or "").split()
    if part:
        return "partial", _bounded_part(match.string[: match.start("part")], match.start(), _part_of_month(year, number, part))
    return "partial", bounded(match, f"{year}-{number:02d}")


def _part_of_month(year: int, number: int, part: list[str]) -> str:
    last = calendar.monthrange(year, number)[1]
    low, high = {"early": (1, 10), "start": (1, 10), "beginning": (1, 10), "mid": (11, 20), "middle": (11, 20)}.get(
        part[1] if part[0] == "the" else part[0], (21, last)
    )
    return f"[{year}-{number:02d}-{low:02d},{year}-{number:02d}-{high:02d}]"


def _bounded_part(words: str, start: int, stretch: str) -> str:
    """A part of a month or year as a bound, where the words before it make it one: "by late 2025"; "since mid-August" began inside it."""
    first, last = stretch.strip("[]").split(",")
    lead = words[start:].lower().split()[:1]
    if lead in (["from"], ["after"], ["starting"], ["beginning"]):
        return f">={last if lead == ['after'] else first}"
    if lead == ["before"]:
        return f"<={last_before(first)}"
    return f"<={last}" if lead in (["by"], ["until"], ["till"]) else stretch


_WHOLE_MONTHS = frozenset(name.lower() for name in calendar.month_name if name)


def _of_near_year(match: re.Match[str], published: date | None, turn: int) -> Found:
    """ "In August last year", "3 May next year"."""
    if re.search(r"[a-z]\. [A-Z]", match.group()) and match["month"].lower() in _WHOLE_MONTHS:
        return None  # "until 9 June. Last year, …": the month ends a sentence
    if published is None:
        return "partial", None
    year = published.year + {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    number, named = month_number(match["month"]), match["day"] or match["last"]
    if named:
        day = day_of(year, number, int(named))
        return ("partial", bounded(match, day.isoformat())) if day else None
    part = (match["part"] or "").strip(" -").lower()
    if part:
        return "partial", _bounded_part(match["bound"] or "", 0, _part_of_month(year, number, [part]))
    return "partial", bounded(match, f"{year}-{number:02d}")


def _month_alone(match: re.Match[str], published: date | None, turn: int) -> Found:
    """ "In June": the last one, the next one where the verb lies ahead, or behind "next" or "until"."""
    if published is None:
        return "partial", None
    number, lead = month_number(match["month"]), match["lead"].lower()
    near = (match["near"] or lead).strip().lower()
    if (
        near == "next"
        or lead.startswith(("next", "this coming", "come", "as early", "as soon"))
        or (turn == 0 and lead.startswith(("by", "until", "till", "no")))
    ):
        turn = 1
    if near.startswith("last") or lead in ("as of", "as at"):
        turn = -1
    year = first_year(published, number, number, turn)
    if near.startswith("last") and number == published.month:
        year -= 1
    part = (match["part"] or "").strip(" -").lower()
    if part:
        return "partial", _bounded_part(lead, 0, _part_of_month(year, number, part.split()))
    value = f"{year}-{number:02d}"
    if lead.startswith(("since", "from", "after", "starting", "beginning", "not before", "no earlier")):
        return "partial", f">={value}"
    is_over = lead.startswith(("until", "till")) and turn < 0  # "until May the clinic had 9 doctors"
    if lead.startswith("before"):
        return "partial", f"<={last_before(value)}"
    return "partial", f"<={value}" if is_over or lead.startswith(("by", "no")) else value


def _year(match: re.Match[str], published: date | None, turn: int) -> Found:
    year = int(match["year"])
    part = (match["part"] or "").strip(" -").lower().split()
    if part:
        word = part[1] if part[0] == "the" else part[0]
        low, high = {"early": (1, 4), "start": (1, 2), "beginning": (1, 2), "mid": (5, 8), "middle": (5, 8), "end": (11, 12)}.get(
            word, (9, 12)
        )
        lead = match.string[match.start() : match.start("part")]
        return "partial", _bounded_part(lead, 0, f"[{year}-{low:02d},{year}-{high:02d}]")
    return "absolute", bounded(match, str(year))


def _season(match: re.Match[str], published: date | None, turn: int) -> Found:
    """ "Over the summer", "last winter"."""
    if published is None and not match["year"]:
        return "vague", None
    first, last = SEASONS[match["season"].lower()]
    lead = "next" if (match["near"] or "").strip() in ("coming", "next") else match["lead"].lower()
    year = int(match["year"]) if match["year"] else _season_year(lead, first, published, turn)
    end_year = year + (last < first)
    return "vague" if not match["year"] else "partial", f"[{year}-{first:02d},{end_year}-{last:02d}]"


def _season_year(lead: str, first: int, published: date | None, turn: int) -> int:
    assert published is not None
    if lead.startswith("next"):
        return published.year + (first <= published.month)
    if turn > 0 and not lead.startswith(("last", "since")):
        return published.year + (first + 2 < published.month)
    year = published.year - (first > published.month)
    return year - 1 if lead.startswith("last") and first <= published.month <= first + 2 else year


_FEASTS = MappingProxyType(
    {
        "christmas eve": (12, 24),
        "christmas day": (12, 25),
        "christmas": (12, 25),
        "boxing day": (12, 26),
        "new year's eve": (12, 31),
        "new year's day": (1, 1),
        "may day": (5, 1),
        "halloween": (10, 31),
    }
)
_WEEKS = MappingProxyType({"a": 1, "one": 1, "two": 2, "three": 3, "four": 4})


def _feast(match: re.Match[str], published: date | None, turn: int) -> Found:
    """ "Last Christmas Eve", "on New Year's Day 2021"."""
    if match["feast"].lower() == "christmas" and not (match["lead"] or match["bound"] or match.group().lower().startswith("at ")):
        return None  # "Christmas trees"
    month, day = _FEASTS[match["feast"].lower().replace("’", "'")]
    if match["year"]:
        return "partial", bounded(match, date(int(match["year"]), month, day).isoformat())
    if published is None:
        return "partial", None
    lead = (match["lead"] or "").strip().lower()
    turn = {"last": -1, "next": 1, "this": 1}.get(lead, turn or (1 if (match["bound"] or "").lower() in ("by", "until") else 0))
    options = [date(year, month, day) for year in range(published.year - 1, published.year + 2)]
    return "partial", bounded(match, _chosen(options, published, turn).isoformat())


def _weeks_from(match: re.Match[str], published: date | None, turn: int) -> Found:
    """ "Two weeks from Monday", "Monday week": of the coming Monday."""
    if published is None:
        return "relative", None
    name = match["weekday"] or match["first"]
    weeks = _WEEKS[match["weeks"].lower()] if match["weeks"] else 1
    ahead = published + timedelta(days=(WEEKDAYS[name.lower()] - published.weekday() - 1) % 7 + 1)
    return "relative", (ahead + timedelta(weeks=weeks)).isoformat()


def _weekdays(match: re.Match[str], published: date | None, turn: int) -> Found:
    """ "Between Monday and Wednesday": the last ones, or the next where the verb lies ahead."""
    if published is None:
        return "relative", None
    low, high = WEEKDAYS[(match["low"] or match["one"]).lower()], WEEKDAYS[match["high"].lower()]
    last = published - timedelta(days=(published.weekday() - high) % 7)
    if turn > 0:
        last = published + timedelta(days=(high - published.weekday() - 1) % 7 + 1)
    first = last - timedelta(days=(high - low) % 7)
    return "relative", f"[{first.isoformat()},{last.isoformat()}]"


def _weekday_mention(match: re.Match[str], published: date | None, turn: int) -> Found:
    """ "On Thursday": the last one, today included, or the next where the verb lies ahead; "next Thursday": the next."""
    if published is None:
        return "relative", None
    wanted = WEEKDAYS[match["weekday"].lower()]
    lead = (match["lead"] or "").strip().lower()
    if match.string[match.end() : match.end() + 5] == " week":
        return "relative", None  # "Thursday week": of the week after
    if lead.startswith(("next", "this coming")):
        return "relative", bounded(match, (published + timedelta(days=(wanted - published.weekday() - 1) % 7 + 1)).isoformat())
    back = (published.weekday() - wanted) % 7
    if lead.startswith("last") and back == 0:
        back = 7
    ahead = published + timedelta(days=(wanted - published.weekday()) % 7)
    bound = (match["bound"] or "").lower()
    if turn >= 0 and bound in ("by", "until"):
        return "relative", f"<={ahead.isoformat()}"
    if turn > 0 and not lead.startswith("last") and bound != "since":
        return "relative", bounded(match, ahead.isoformat())
    return "relative", bounded(match, (published - timedelta(days=back)).isoformat())


_RANKS = MappingProxyType({"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1, "final": -1})
_ANY_MONTH = compiled(rf"(?<![\w-]){MONTH}")
_BEFORE_MONTH = 400
"""Characters before "the first Monday of the month" in which another month may have been named."""


def _ranked_weekday(match: re.Match[str], published: date | None, turn: int) -> Found:
    """ "On the first Monday of the month", "the last Friday in May": of the month that is told, left open where the text spoke of another."""
    named, year = match["month"], match["year"]
    if published is None and not (named and year):
        return "partial", None
    if named:
        number = month_number(named)
        of_year = int(year) if year or published is None else first_year(published, number, number, turn)
    else:
        assert published is not None
        which = {"last": -1, "next": 1}.get((match["which"] or "").lower(), 0)
        of_year, number = (published.year * 12 + published.month - 1 + which) // 12, (published.month - 1 + which) % 12 + 1
        before = list(_ANY_MONTH.finditer(match.string, max(0, match.start() - _BEFORE_MONTH), match.start()))
        before = [each for each in before if each["month"][0].isupper()]
        if not match["which"] and before and month_number(before[-1]["month"]) != number:
            return "vague", None
    wanted = WEEKDAYS[match["weekday"].lower()]
    length = calendar.monthrange(of_year, number)[1]
    days = [each for each in range(1, length + 1) if date(of_year, number, each).weekday() == wanted]
    return "partial", bounded(match, date(of_year, number, days[_RANKS[match["rank"].lower()]]).isoformat())


FULL: tuple[Rule, ...] = (
    (
        "weekday",
        compiled(
            rf"\b(?:(?:on|(?P<bound>by|since|until)) )?the (?P<rank>first|second|third|fourth|last|final) (?P<weekday>{WEEKDAY}) (?:of|in) "
            rf"(?:(?:the|(?P<which>this|last|next)) month\b|{MONTH}(?:,? (?:of )?{YEAR})?)"
        ),
        _ranked_weekday,
    ),
    ("month", compiled(rf"\b{_bound}{_day_name}{MONTH} {_number},? {YEAR}"), _full),
    ("month", compiled(rf"\b{_bound}{_day_name}{_number} (?:of )?{MONTH},? {YEAR}"), _full),
    ("digits", compiled(rf"\b{_bound}(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)"), _iso),
    ("digits", compiled(rf"(?<![\d./-])\b{_bound}(?P<one>\d{{1,2}})(?P<mark>[./-])(?P<two>\d{{1,2}})(?P=mark){YEAR}"), _numeric),
)
PARTIAL: tuple[Rule, ...] = (
    (
        "month",
        compiled(
            r"\b(?:(?P<bound>since|until|till|before|after|by|from) |(?:in|on|during) )?"
            r"(?P<part>early |late |mid-?)?(?:(?P<day>\d{1,2}) )?"
            rf"{MONTH}(?: (?P<last>\d{{1,2}})(?:st|nd|rd|th)?)?,? (?:of )?(?P<which>last|this|next) year\b"
        ),
        _of_near_year,
    ),
    (
        "month",
        compiled(rf"\b(?:(?P<bound>since|until|till|before|after|by|from) )?{_part}{MONTH},? (?:of )?{YEAR}"),
        _month_of_year,
    ),
    ("month", compiled(rf"\b{_bound}{_day_name}{MONTH} {_number}\b(?![,.]?\d)"), _day_of_month),
    ("month", compiled(rf"\b{_bound}{_day_name}{_number} (?:of )?{MONTH}"), _day_of_month),
    (
        "length",
        compiled(r"\b(?:on|(?P<bound>since|until|by|from)) the (?P<day>\d{1,2})(?:st|nd|rd|th)\b(?! [a-zé]{3,})"),
        _ordinal,
    ),
    (
        "season",
        compiled(
            r"\b(?P<lead>over|during|in|last|this|next|since|by|for) (?:the )?(?P<near>last |past |coming |next )?(?P<season>spring|summer|"
            rf"autumn|winter|fall)(?:(?: of)? {YEAR})?\b(?! of\b)"
        ),
        _season,
    ),
    (
        "feast",
        compiled(
            r"\b(?:(?:on|at|(?P<bound>by|since|until|before|after)) )?(?P<lead>(?:last|next|this) )?"
            rf"(?P<feast>{'|'.join(_FEASTS).replace(chr(39), '[' + chr(39) + '’]')})(?:,? {YEAR})?\b"
        ),
        _feast,
    ),
    (
        "weekday",
        compiled(
            rf"\b(?:(?:between|from) (?P<low>{WEEKDAY}){_OF_DAY} (?:and|to|until|through)|on (?P<one>{WEEKDAY}){_OF_DAY} and(?: on)?) "
            rf"(?P<high>{WEEKDAY}){_OF_DAY}\b(?!,? respectively)"
        ),
        _weekdays,
    ),
    (
        "weekday",
        compiled(
            rf"(?<!for )\b(?:(?P<weeks>a|one|two|three|four) weeks? from (?P<weekday>{WEEKDAY})|(?:on )?(?P<first>{WEEKDAY}) week)\b(?![-’'])"
        ),
        _weeks_from,
    ),
    (
        "weekday",
        compiled(
            rf"\b(?:(?:on|(?P<bound>by|since|until)) )?(?P<lead>(?:last|next|this|"
            rf"this coming) )?(?P<weekday>{WEEKDAY})(?: (?:morning|night|evening|afternoon))?\b"
        ),
        _weekday_mention,
    ),
)
YEARS: tuple[Rule, ...] = (
    (
        "digits",
        compiled(
            rf"\b(?:in|(?P<bound>since|until|by|before|after|from)|during|for|of|late|early|mid|"
            r"as (?:recently|late|early|far back|long ago) as|throughout) "
            rf"(?P<part>(?:early|mid|late|the (?:start|beginning|end|middle) of)[- ])?{YEAR}(?!['’]s|"
            rf"(?<=from \d\d\d\d) (?:levels?|baseline|prices)\b|"
            rf" (?:people|troops|soldiers|men|km|kilomet|miles))"
        ),
        _year,
    ),
    ("digits", compiled(rf"\b(?P<part>early|mid|late|the (?:start|beginning|end|middle) of)[- ](?P<bound>)?{YEAR}"), _year),
    (
        "month",
        compiled(
            r"\b(?P<lead>(?:in|into|since|no later than|not later than|by|until|till|not before|no earlier than|before|after|from|starting|"
            r"beginning|during|throughout|for|last|next|this|this coming|come|as early as|as soon as|as of|as at)) "
            r"(?:the )?(?P<near>next |last |this )?(?P<part>early |late |mid-?|(?:start|beginning|middle|end) of )?"
            rf"{MONTH}(?! (?:[0-2]?\d|3[01])\b(?! [a-z]))"
        ),
        _month_alone,
    ),
)
