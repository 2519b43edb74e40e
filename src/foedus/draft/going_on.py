"""What holds at the start and, by the reports, goes on beyond the end that was announced for it: else it ends there."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from foedus.draft.choosing import MechanismChoice
from foedus.draft.foretold import PredictedEvent
from foedus.draft.predictions import ReportedPrediction, ReportSentence
from foedus.evidence.claim import Claim

__all__ = ["announced_end", "announced_ends", "as_announced", "asked_of", "endings"]

_AFTER = timedelta(days=7)
_MONTHS = "|".join(calendar.month_name[1:])
_A_DAY = (
    r"(?:the end of )?"
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<of>{_MONTHS})|(?P<month>{_MONTHS})(?: (?P<number>\d{{1,2}})(?!\d))?)"
    r"(?:,? (?P<year>(?:19|20)\d\d))?\b"
)
_BEYOND = re.compile(rf"\b(?:beyond|past|after) {_A_DAY}")
_UNTIL = re.compile(rf"\b(?:until|till|through|up to) (?:at least )?{_A_DAY}")
_FOR_SO_LONG = re.compile(
    r"\bfor (?:the next |another |a further |an initial )?"
    r"(?P<count>\d{1,3}|two|three|four|five|six|nine|ten|twelve) (?P<unit>days|weeks|months)\b"
    r"|\b(?P<days>\d{1,3})-(?P<one>day|week|month) (?:export |import )?"
    r"(?:ban|halt|suspension|embargo|freeze|moratorium|closure|lockdown|curfew)\b"
)
_COUNTS = dict(zip("two three four five six nine ten twelve".split(), (2, 3, 4, 5, 6, 9, 10, 12), strict=True))
_NOT_SO = re.compile(r"\b(?:not|never|no|unlikely|nobody|refus\w+|against)\b|n[’']t\b", re.IGNORECASE)


def announced_end(text: str, as_of: date) -> date | None:
    """The last day of what was announced, where words say that it goes on "beyond 22 June"; None where they name none that is to come."""
    return _named_day(_BEYOND.search(text), as_of)


def _named_day(found: re.Match[str] | None, as_of: date) -> date | None:
    """The next such day that is to come, of a month its last; None where it is past."""
    if found is None:
        return None
    month = list(calendar.month_name).index(found["of"] or found["month"])
    number = int(found["day"] or found["number"] or 0)
    for year in [int(found["year"])] if found["year"] else [as_of.year, as_of.year + 1]:
        length = calendar.monthrange(year, month)[1]
        day = date(year, month, min(number or length, length))
        if day > as_of:
            return day
    return None


def announced_ends(
    starts: Mapping[tuple[str, str], Claim], sentences: Iterable[ReportSentence], as_of: date
) -> dict[tuple[str, str], tuple[ReportSentence, date]]:
    """(alias, trigger) of what holds at the start -> the sentence that tells until when it was announced ("until 31 March", "for 30 days"),
    and the last day of that; where several do, the latest report counts."""
    told = list(sentences)
    found: dict[tuple[str, str], tuple[ReportSentence, date]] = {}
    for key, claim in starts.items():
        own = next((one for one in told if any(each.id == claim.id for each in one.claims)), None)
        end = _end_in(own.text, claim, as_of) if own is not None else None
        if own is not None and end is not None:
            found[key] = own, end
    return found


def _end_in(text: str, claim: Claim, as_of: date) -> date | None:
    """The last day of what a sentence announces; None where it names none that is to come."""
    if (named := _named_day(_UNTIL.search(text), as_of)) is not None:
        return named
    found = _FOR_SO_LONG.search(text)
    if found is None or not claim.day or _BEGUN_BEFORE.search(text):
        return None
    count = _COUNTS.get(found["count"] or found["days"]) or int(found["count"] or found["days"])
    first = _first_day(text, date.fromisoformat(claim.day[:10]))
    day = _later(first, count, (found["unit"] or found["one"]).removesuffix("s")) - timedelta(days=1)
    return day if day > as_of else None


def _later(day: date, count: int, unit: str) -> date:
    """The day so many days, weeks or months after one."""
    if unit != "month":
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _first_day(text: str, told: date) -> date:
    """From when on it holds: the day that is named ("from 1 February"), else that on which it is told."""
    found = _FROM_DAY.search(text)
    number = int(found["day"] or found["number"] or 0) if found is not None else 0
    if found is None or not number:
        return told
    month = list(calendar.month_name).index(found["of"] or found["month"])
    years = [int(found["year"])] if found["year"] else [told.year - 1, told.year, told.year + 1]
    days = [date(year, month, min(number, calendar.monthrange(year, month)[1])) for year in years]
    return min(days, key=lambda day: abs((day - told).days))


_FROM_DAY = re.compile(rf"\b(?:from|starting(?: on)?|beginning(?: on)?|as of|effective(?: from)?|on) {_A_DAY}")
_BEGUN_BEFORE = re.compile(r"\b(?:last (?:week|month|year)|ago|earlier|since)\b", re.IGNORECASE)
""" "Imposed a 30-day ban last month": of which day the thirty are counted nobody says."""


def as_announced(
    announced: Mapping[tuple[str, str], tuple[ReportSentence, date]],
    known: Iterable[tuple[str, str]],
    parts: Sequence[MechanismChoice],
) -> list[PredictedEvent]:
    """What holds at the start and ends on the day after its announced end.

    Args:
        known: (alias, trigger) of what ends, or goes on, by other words of the reports.
    """
    made = []
    left = set(known)
    for part in parts:
        for rule in part.filled.rule.triggers:
            key = (part.alias, rule.name)
            if key not in announced or key in left:
                continue
            sentence, end = announced[key]
            title = rule.title[:1].lower() + rule.title[1:]
            one = ReportedPrediction(
                sentence,
                f"It ends as announced: {title}",
                end + timedelta(days=1),
                True,
                _AS_ANNOUNCED,
                None,
                "judgement: what was announced for a time mostly ends with it, and is now and then extended",
                (),
                "",
            )
            made.append(PredictedEvent(f"{part.alias}_{rule.name}_ends", [one], ((part, rule, True),)))
    return made


_AS_ANNOUNCED = (0.5, 0.95)


def asked_of(ones: Iterable[ReportedPrediction], as_of: date, announced: date | None = None) -> date | None:
    """The day on which it can be seen whether what goes on has gone on: a week after its announced end; None where none is told."""
    ends = [end for one in ones if (end := announced_end(one.sentence.text, as_of)) is not None]
    ends = ends or ([announced] if announced is not None else [])
    return max(ends) + _AFTER if ends else None


def endings(
    lasting: Mapping[tuple[str, str], Sequence[ReportedPrediction]],
    begun: Mapping[tuple[str, str], PredictedEvent],
    found: Sequence[PredictedEvent],
    as_of: date,
    announced: Mapping[tuple[str, str], tuple[ReportSentence, date]] | None = None,
) -> list[PredictedEvent]:
    """What ends on the day after its announced end, with the chance that it does not go on as the reports say; nothing for what ends anyhow.

    Args:
        lasting: (alias, trigger) -> what is said of its going on. begun: the same -> the event that sets it.
        found: what may come besides. announced: the announced end of what holds, where another sentence tells it.
    """
    made = []
    ended = {(part.alias, rule.name) for each in found for part, rule, is_undone in each.triggers if is_undone}
    for key, ones in lasting.items():
        triggers = tuple((part, rule, True) for part, rule, _ in begun[key].triggers)
        if ended & {(part.alias, rule.name) for part, rule, _ in triggers}:
            continue
        known = announced[key][1] if announced is not None and key in announced else None
        told = [
            replace(one, day=end + timedelta(days=1), is_on=True, first=None)
            for one in ones
            if not one.is_conditional
            and not _NOT_SO.search(one.words)
            and (end := announced_end(one.sentence.text, as_of) or known) is not None
        ]
        if told:
            made.append(PredictedEvent(f"{key[0]}_{key[1]}_ends", told, triggers, is_turned=True))
    return made
