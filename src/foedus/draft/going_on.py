"""What holds at the start and, by the reports, goes on beyond the end that was announced for it: else it ends there."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from foedus.draft.foretold import PredictedEvent
from foedus.draft.predictions import ReportedPrediction

__all__ = ["announced_end", "asked_of", "endings"]

_AFTER = timedelta(days=7)
_MONTHS = "|".join(calendar.month_name[1:])
_BEYOND = re.compile(
    r"\b(?:beyond|past|after) (?:the end of )?"
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<of>{_MONTHS})|(?P<month>{_MONTHS})(?: (?P<number>\d{{1,2}})(?!\d))?)"
    r"(?:,? (?P<year>20\d\d))?\b"
)
_NOT_SO = re.compile(r"\b(?:not|never|no|unlikely|nobody|refus\w+|against)\b|n[’']t\b", re.IGNORECASE)


def announced_end(text: str, as_of: date) -> date | None:
    """The last day of what was announced, where words say that it goes on "beyond 22 June"; None where they name none that is to come."""
    found = _BEYOND.search(text)
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


def asked_of(ones: Iterable[ReportedPrediction], as_of: date) -> date | None:
    """The day on which it can be seen whether what goes on has gone on: a week after its announced end; None where none is told."""
    ends = [end for one in ones if (end := announced_end(one.sentence.text, as_of)) is not None]
    return max(ends) + _AFTER if ends else None


def endings(
    lasting: Mapping[tuple[str, str], Sequence[ReportedPrediction]],
    begun: Mapping[tuple[str, str], PredictedEvent],
    found: Sequence[PredictedEvent],
    as_of: date,
) -> list[PredictedEvent]:
    """What ends on the day after its announced end, with the chance that it does not go on as the reports say; nothing for what ends anyhow.

    Args:
        lasting: (alias, trigger) -> what is said of its going on. begun: the same -> the event that sets it.
        found: what may come besides.
    """
    made = []
    ended = {(part.alias, rule.name) for each in found for part, rule, is_undone in each.triggers if is_undone}
    for key, ones in lasting.items():
        triggers = tuple((part, rule, True) for part, rule, _ in begun[key].triggers)
        if ended & {(part.alias, rule.name) for part, rule, _ in triggers}:
            continue
        told = [
            replace(one, day=end + timedelta(days=1), is_on=True, first=None)
            for one in ones
            if not one.is_conditional
            and not _NOT_SO.search(one.words)
            and (end := announced_end(one.sentence.text, as_of)) is not None
        ]
        if told:
            made.append(PredictedEvent(f"{key[0]}_{key[1]}_ends", told, triggers, is_turned=True))
    return made
