"""The times of a paragraph as its verbs mean them, and which of them only say when somebody spoke."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from foedus.evidence.reading.anchored import anchored_times
from foedus.evidence.reading.attributions import Attribution
from foedus.evidence.reading.clauses import Clause
from foedus.evidence.reading.cues import lemma
from foedus.evidence.reading.dates import TimeMention, times, times_by_turn
from foedus.evidence.reading.following import counted_from_text, may_count
from foedus.evidence.reading.nearest import by_nearness
from foedus.evidence.reading.parse import Paragraph, Sentence, Word
from foedus.evidence.reading.spelled import NUMBER_WORD
from foedus.evidence.reading.tenses import turn_at
from foedus.evidence.reading.then import times_till_then

__all__ = ["DocumentClock", "mentions_in", "time_beside", "without_saying"]

_BEFORE = 800
"""Characters before a paragraph in which a day may have been named that it counts from."""
_DAYLIKE = re.compile(
    r"day\b|night|morning|evening|afternoon|overnight|\d{1,2}(?:st|nd|rd|th)?\b|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|"
    r"week|month|year",
    re.IGNORECASE,
)
_ANCHORING = ("absolute", "partial")


@dataclass(frozen=True)
class DocumentClock:
    """The day that each place of a document counts from.

    Attributes:
        published: of the document. stamps: (place, day) of the updates of a live page, in order; each counts from its own.
    """

    published: date | None
    stamps: tuple[tuple[int, date], ...] = ()

    def at(self, place: int) -> date | None:
        """The day of the last stamp before a place, else that of the document."""
        at = bisect_right(self.stamps, place, key=itemgetter(0))
        return self.stamps[at - 1][1] if at else self.published


def mentions_in(text: str, paragraph: Paragraph, clock: DocumentClock) -> list[TimeMention]:
    """The expressions of time in a paragraph, each in the direction of its verb, or counted from the day named before."""
    published = clock.at(paragraph.start)
    found = [*anchored_times(text, published, paragraph.start, paragraph.end)]
    plain = list(_turned(text, paragraph, published))
    if may_count(text, paragraph.start, paragraph.end):  # only then is it worth the search of what stands before
        low = max(0, paragraph.start - _BEFORE)
        known = [each for each in (*times(text, published, low, paragraph.start), *plain) if _is_anchor(each)]
        found += [
            each
            for each in counted_from_text(text, paragraph.start, paragraph.end, known, [each for each in plain if _is_day(each)])
            if not _is_ahead(paragraph, each) and not any(_overlap(each, other) for other in found)
        ]
    found += [each for each in plain if not any(_overlap(each, other) for other in found)]
    found += times_till_then(text, paragraph, sorted(found, key=lambda each: each.start), published)
    return _told_twice(text, sorted(found, key=lambda each: each.start))


_COUNTED = re.compile(r"\b(?:later|earlier|before|after|ago)$", re.IGNORECASE)
_LINK = re.compile(r", (?:in |on )?")


def _told_twice(text: str, found: list[TimeMention]) -> list[TimeMention]:
    """The times, where one that is counted is named behind a comma too: "a year earlier, in late August 2023," is August 2023."""
    made: list[TimeMention] = []
    for each in found:
        last = made[-1] if made else None
        is_named = each.kind in ("absolute", "partial") and each.value is not None
        if last is not None and is_named and _COUNTED.search(last.text) and _LINK.fullmatch(text, last.end, each.start):
            made[-1] = TimeMention(last.start, each.end, text[last.start : each.end], each.kind, each.value)
        else:
            made.append(each)
    return made


def _is_anchor(each: TimeMention) -> bool:
    """A day that others are counted from; of what is told by the publication only a quarter: "a third-quarter loss … a year before"."""
    is_span = (each.value or "").startswith("[") and re.search(r"\bquarter\b|\bend of [A-Z]", each.text) is not None
    return each.kind in _ANCHORING or is_span


def _is_day(each: TimeMention) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d", each.value or "") is not None and re.search(r"day\b", each.text) is not None


def _overlap(one: TimeMention, other: TimeMention) -> bool:
    return one.start < other.end and other.start < one.end


def _sentence_at(paragraph: Paragraph, place: int) -> Sentence | None:
    return next((each for each in paragraph.sentences if each.start <= place < each.end), None)


def _turned(text: str, paragraph: Paragraph, published: date | None) -> Iterator[TimeMention]:
    """The expressions of a paragraph, each read in the direction of the verb that it hangs on."""
    read = times_by_turn(text, published, paragraph.start, paragraph.end)
    if published is None or not (read[0] or read[1]):
        yield from read[0]
        return
    for turn, mentions in read.items():
        for mention in mentions:
            sentence = _sentence_at(paragraph, mention.start)
            told = turn_at(sentence, _core(mention)) if sentence is not None and mention.kind != "absolute" else 0
            if told == turn:
                others = read[-turn] if turn and sentence is not None else []
                other = next((each for each in others if (each.start, each.end) == (mention.start, mention.end)), None)
                yield by_nearness(sentence, published, turn, (mention, other)) if sentence and other else mention


def _core(mention: TimeMention) -> int:
    """The place of the last word of an expression: "on" and "in" are often hung on another word."""
    return mention.start + max(mention.text.rstrip().rfind(" "), 0) + 1 if " " in mention.text else mention.start


def _is_ahead(paragraph: Paragraph, mention: TimeMention) -> bool:
    """ "Will go on over the next year": counted from now."""
    sentence = _sentence_at(paragraph, mention.start)
    return sentence is not None and "next" in mention.text.lower() and turn_at(sentence, mention.start) > 0


def without_saying(
    text: str, clause: Clause, mentions: Sequence[TimeMention], attribution: Attribution | None, cues: frozenset[int]
) -> tuple[list[TimeMention], TimeMention | None]:
    """The times that can be those of a statement, and the one that says when it was uttered.

    Args:
        attribution: of the statement. cues: where the words of saying stand that hand something to a source.
    """
    if attribution is None or attribution.cue is None or clause.head.start == attribution.cue.start:
        return list(mentions), None
    if lemma(attribution.verb, "figure_counting") and attribution.form == "noun":
        return list(mentions), None  # "the ministry recorded 40 last week": when they were counted is their day
    said = [each for each in mentions if _is_of_saying(text, clause, each, attribution, cues)]
    beside = [each for each in said if not text[attribution.cue.end : each.start].strip() and each.start >= attribution.cue.end]
    said = beside or said  # "40 left yesterday, he said today"
    own = (each for each in said if _is_of_saying(text, clause, each, attribution, frozenset()))
    return [each for each in mentions if each not in said], next(own, None)


def _is_of_saying(text: str, clause: Clause, mention: TimeMention, attribution: Attribution, cues: frozenset[int]) -> bool:
    """Right beside the verb of saying, or hung on it: "said on Thursday that", "told reporters on Monday"."""
    cue = attribution.cue
    assert cue is not None
    if not clause.sentence.start <= cue.start < clause.sentence.end or not _DAYLIKE.search(mention.text):
        return False
    if re.match(r"(?:from|between)\b.*\b(?:to|and|until|through)\b", mention.text, re.IGNORECASE):
        return False  # nobody speaks "from 1 August to 27 October"
    if _SPOKEN_IN.search(text[max(0, mention.start - _PHRASE) : mention.start] + mention.text[: len("on ")]):
        return True
    if _LIMIT.search(text[max(0, mention.start - _BESIDE) : mention.start] + mention.text):
        return False
    if _FOR.search(text[max(0, mention.start - _BESIDE) : mention.start] + mention.text[: len("for ")]):
        return False
    between = text[cue.end : mention.start] if mention.start >= cue.end else text[mention.end : cue.start]
    if not between.strip():
        return True
    if mention.end <= cue.start and between.lstrip().startswith(",") and mention.start - clause.sentence.start > _OPENER:
        return False  # "40 left yesterday, a spokesman told us": when they left
    if _OTHER_FIGURE.match(between) or _THAN.search(text[: mention.start][-_BESIDE:]):
        return False
    if any(low <= mention.start and mention.end <= high for low, high in clause.pieces) and mention.start > clause.head.start:
        return False
    word = next((each for each in clause.sentence.words if each.start <= _core(mention) < each.end), None)
    if mention.start > cue.end and _is_of_content(clause.sentence, cue.end, mention):
        return False
    verb = _verb_of(clause.sentence, word) if word is not None else None
    return verb is not None and (verb.start == cue.start or verb.start in cues)


_OTHER_FIGURE = re.compile(rf"\s*,.*(?:\d|\b{NUMBER_WORD}\b)", re.IGNORECASE | re.DOTALL)
""" "The minister said, three of them before February": when those are, not when he said so."""
_THAN = re.compile(r"\bthan(?: in)?\s*$")
_SPOKEN_IN = re.compile(
    r"\b(?:in|during|at) (?:an?|the|his|her|its|their) (?:\w+ ){0,2}(?:statement|interview|letter|briefing|post|message|email|tweet|speech|"
    r"broadcast|conference|address|memo)(?: (?:to|with|for) [^,.;]{1,40})?(?: on (?:[A-Z]\w+ on )?)?(?:on )?$"
)
""" "Said 40 had left, in an interview on Monday": when it was said."""
_PHRASE = 90
_LIMIT = re.compile(r"\b(?:as (?:of|at)|by|until|till|before) [^.;:,]*$", re.IGNORECASE)
""" "Reported on Monday that it had paid 80 percent by 20 October": no one speaks by a day."""
_BESIDE = 12
_OPENER = 3
_FOR = re.compile(r"\bfor (?:the )?(?:\w{1,4})?$")
""" "According to the report for the year 2020": what it tells of, not when it was written."""


_UTTERED = frozenset(
    "statement interview letter briefing post report note message email tweet speech broadcast conference call release comment comments "
    "remarks address notice memo hearing".split()
)


def _is_of_content(sentence: Sentence, low: int, mention: TimeMention) -> bool:
    """ "Said 15 had been hurt, three of them badly, in a raid on Oct 21": a time in what is said, behind no words for saying."""
    words = [each for each in sentence.words if low <= each.start < mention.start]
    finite = next((place for place, each in enumerate(words) if each.tag in ("VBD", "VBZ", "VBP", "MD")), None)
    if finite is None or len(words) < _TWO:
        return False
    comma = next((place for place in range(len(words) - 1, -1, -1) if words[place].text == ","), None)
    return (
        comma is not None
        and comma > finite
        and comma < len(words) - _TWO
        and not any(each.lower in _UTTERED for each in words[comma:])
    )


_TWO = 2


def _verb_of(sentence: Sentence, word: Word) -> Word | None:
    for _ in range(30):
        if word.tag.startswith("VB"):
            return word
        if word.head == word.index:
            return None
        word = sentence.words[word.head]
    return None


def _masked(text: str, low: int, high: int, mentions: Sequence[TimeMention]) -> str:
    """What stands between two places, with the words of its times made unreadable, so that no "and" or "to" in them parts anything."""
    window = text[low:high]
    for each in mentions:
        if low <= each.start and each.end <= high:
            window = window[: each.start - low] + "␀" * (each.end - each.start) + window[each.end - low :]
    return window


def time_beside(text: str, start: int, end: int, mentions: Sequence[TimeMention], place: tuple[int, int]) -> TimeMention | None:
    """The time in the same part of a clause as a figure: "in May 40 died, in June 60", "up from 420 a month earlier".

    Args:
        start, end: of the figure. place: of its clause.
    """
    low, high = place
    window = _masked(text, low, high, mentions)
    before = list(
        re.finditer(
            r"[,;:(]| and | but | from | compared with | against | versus | to (?=[\d$€£]|$)|"
            r" after (?=an? |the |\w+ing |$)| before (?=\w+ing )",
            window[: max(start - low, 0)],
        )
    )
    after = re.search(
        r"[,;:)]| and | but | compared with | up from | down from | to [\d$€£]| after (?:an? [\d$€£]|\w+ing )",
        window[max(end - low, 0) :],
    )
    first = low + before[-1].end() if before else low
    last = end + after.start() if after else high
    return next((each for each in mentions if first - 1 <= each.start and each.end <= last + 1), None)
