""" "By then": the day or end that the text named last, where it can be only one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from foedus.evidence.reading.date_words import compiled, last_before
from foedus.evidence.reading.dates import TimeMention
from foedus.evidence.reading.parse import Paragraph, Sentence
from foedus.evidence.reading.tenses import turn_at

__all__ = ["is_till_unknown", "times_till_then"]

_THEN = compiled(
    r"\b(?P<bound>by|before|until|till) (?:then\b(?!-)(?! (?:(?-i:[A-Z])|president|prime|minister|chancellor|secretary|chief|king|"
    r"governor|mayor|director))|that (?:time|date|day|point|deadline)\b(?! (?:of|in|on|that|when)\b))"
)
""" "By then Chancellor Berg" names no time."""
_ENDS = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_REACH = 2


def times_till_then(text: str, paragraph: Paragraph, named: Sequence[TimeMention], published: date | None) -> list[TimeMention]:
    """The expressions of a paragraph that point back to a day; without a value where none was named, or more than one may be meant.

    Args:
        named: the other times of the paragraph, in order.
    """
    return [
        TimeMention(match.start(), match.end(), match.group(), "relative" if value else "vague", value)
        for match in _THEN.finditer(text, paragraph.start, paragraph.end)
        for value in [_meant(paragraph, match, named, published)]
    ]


def is_till_unknown(mention: TimeMention) -> bool:
    """Whether a time points back to a day that nothing tells."""
    return mention.value is None and _THEN.fullmatch(mention.text) is not None


def _meant(paragraph: Paragraph, match: re.Match[str], named: Sequence[TimeMention], published: date | None) -> str | None:
    """The end of the time that was named in the nearest sentence before that names any, of two back at most."""
    at = next((place for place, each in enumerate(paragraph.sentences) if each.start <= match.start() < each.end), None)
    if at is None:
        return None
    for place in range(at, max(at - _REACH, 0) - 1, -1):
        sentence = paragraph.sentences[place]
        before = [each for each in named if sentence.start <= each.start and each.end <= min(sentence.end, match.start())]
        if before:
            return _one_end(before, match, paragraph.sentences[at], published)
    return None


def _one_end(named: Sequence[TimeMention], match: re.Match[str], sentence: Sentence, published: date | None) -> str | None:
    """Until when, by the one time that may be meant: of what is ahead the only one that is ahead."""
    ends = list(dict.fromkeys(_end(each.value or "") for each in named))
    if len(ends) > 1 and published is not None and turn_at(sentence, match.start()) >= 0:
        ends = [each for each in ends if each is not None and each > published.isoformat()]
    if len(ends) != 1 or ends[0] is None:
        return None
    is_bound = any((each.value or "").startswith("<=") for each in named if _end(each.value or "") == ends[0])
    return f"<={last_before(ends[0]) if match['bound'].lower() == 'before' and not is_bound else ends[0]}"


def _end(value: str) -> str | None:
    """The last day, month or year of a time; None of one that has no end."""
    found = _ENDS.findall(value)
    return found[-1] if found and not value.startswith(">=") else None
