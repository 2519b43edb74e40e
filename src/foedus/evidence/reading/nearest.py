"""A day or month without its year that the past tense leaves open: what was ordered or lasts until then, on the nearer side."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from foedus.evidence.reading.dates import TimeMention
from foedus.evidence.reading.parse import Sentence
from foedus.evidence.reading.tenses import is_of_past_order

__all__ = ["by_nearness"]

_NEAR, _FAR = 75, 120
"""Days: how near one side has to lie, and how far the other, for the near one to be the one that is meant."""
_YEAR = 365
_DEADLINE = re.compile(r"(?:by|until|till)\b", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def by_nearness(sentence: Sentence, published: date, turn: int, read: tuple[TimeMention, TimeMention]) -> TimeMention:
    """Of a time as its verb tells it and as the other direction would have it, the one that can be meant; without a value where both can.

    Args:
        turn: what the verb tells, 1 or -1. read: the time read in that direction, and in the other.
    """
    mention, other = read
    told, mirrored = _days_off(mention, published), _days_off(other, published)
    if told is None or mirrored is None or mention.kind == "absolute" or mention.value == other.value:
        return mention
    if abs(told) < _FAR or abs(mirrored) > _YEAR - _FAR:
        return mention
    if turn > 0 and is_of_past_order(sentence, mention.start + mention.text.rstrip().rfind(" ") + 1):
        is_day = re.search(r"-\d\d-\d\d", mention.value or "") is not None
        return other if is_day and abs(mirrored) <= _NEAR else replace(mention, kind="vague", value=None)
    opens = not any(each.end <= mention.start and each.text.isalpha() for each in sentence.words)
    if turn < 0 and _DEADLINE.match(mention.text) and not opens and not _is_done_by(sentence, mention):
        return other if abs(mirrored) <= _NEAR else replace(mention, kind="vague", value=None)
    return mention


_ASKED = frozenset(
    "asked demanded ordered wanted sought required requested given gave told urged barred banned promised pledged due needed called".split()
)


def _is_done_by(sentence: Sentence, mention: TimeMention) -> bool:
    """ "Had destroyed 500 by June": what was done by then, and not what was asked for, or a noun that has its own day."""
    opener = next((each for each in sentence.words if each.start == mention.start), None)
    if opener is None or opener.lower != "by":
        return False
    held = sentence.words[opener.head]
    return held.tag.startswith("VB") and held.lower not in _ASKED


def _days_off(mention: TimeMention, published: date) -> int | None:
    """How many days the end of a time lies ahead of the publication, or behind it; None for one that has no month."""
    found = _DAY.findall(mention.value or "")
    if not found or not found[-1][1]:
        return None
    year, month, day = found[-1]
    return (date(int(year), int(month), int(day or 15)) - published).days
