"""When what is told of a figure is so: one owner of the question, for the first figure of a clause and for each further one.

A time of a sentence belongs to what it hangs on. A figure takes the time of its own phrase, else that of its own verb, else that of the
verb that rules this one; a time of another thing (a noun beside it, what it is held against, when somebody spoke) is none of its own, and
one that may be either's leaves it open. Where no time is its own, what is told in the present tense or the perfect is of the day on which
it was said; a deed in the past was done no later than that, and no day is made up for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from foedus.evidence.reading.choice import Bond, FieldChoice, choose
from foedus.evidence.reading.circumstances import days_near, is_of_another, of_itself, respective_time
from foedus.evidence.reading.clauses import Clause
from foedus.evidence.reading.cues import lemma
from foedus.evidence.reading.dates import TimeMention
from foedus.evidence.reading.day_bonds import bond_of_day
from foedus.evidence.reading.found import FoundQuantity
from foedus.evidence.reading.moods import is_base, not_of_base
from foedus.evidence.reading.parse import Word
from foedus.evidence.reading.tenses import turn_at
from foedus.evidence.reading.then import is_till_unknown
from foedus.evidence.reading.unsure import left_open
from foedus.evidence.reading.uttered import by_saying
from foedus.evidence.reading.views import changes_own_view
from foedus.evidence.reading.when import time_beside

__all__ = ["Clocked", "Day", "day_of", "shown_day"]


@dataclass(frozen=True)
class Clocked:
    """A clause with its figures and the times around them.

    Attributes:
        counted: all figures of the clause.
        usable: times that do not only say when somebody spoke; mentions: all times of the paragraph.
        said: when it was uttered. published: the day from which the text is told.
    """

    text: str
    clause: Clause
    counted: Sequence[FoundQuantity]
    usable: Sequence[TimeMention]
    mentions: Sequence[TimeMention]
    said: TimeMention | None
    published: date | None = None


@dataclass(frozen=True)
class Day:
    """When a statement is so.

    Attributes:
        choice: its day, open where several signs say that the nearest may be another's. nearest: that one.
    """

    choice: FieldChoice[TimeMention]
    nearest: TimeMention | None


def day_of(about: Clocked, word: Word, figure: FoundQuantity | None, of_clause: Day | None = None) -> Day:
    """The day of a statement: the time of its own phrase, else of its own verb, else of the verb that rules this one; where none of them
    has any, that on which it was said, and of a deed that was past by then no later than that.

    Args:
        word: the figure, or the verb of a statement without one.
        of_clause: the day of the clause, where the figure is a further one of it.
    """
    if of_clause is not None and figure is not None and _is_part(about, figure):
        return of_clause
    if figure is not None and _is_way(about.text, figure):
        return Day(FieldChoice(None), None)
    found = _told(about, word, figure, of_clause)
    is_against = figure is not None and is_base(about.text, about.clause, figure)
    if found.taken is None and about.said is not None and not is_against:
        uttered = by_saying(about.clause.sentence, word, about.said, is_figure=figure is not None)
        if uttered is not None and (not found.is_open or uttered != about.said):
            return Day(FieldChoice(uttered), uttered)
    if is_against and of_clause is not None:
        found = _before_level(found, of_clause.nearest)
    elif about.said is not None and turn_at(about.clause.sentence, word.start) < 0:
        found = _before_level(found, about.said)  # "was put out on Friday, he said on Sunday"
    if found.taken is not None and (is_till_unknown(found.taken) or _is_counted_anew(found.taken, about.said, about.published)):
        return Day(FieldChoice(None, (found.taken,)), found.taken)
    return Day(left_open(about.text, figure, found, about.said, about.mentions), shown_day(found))


_WEEKDAY = re.compile(r"(?:on )?[A-Z][a-z]+day")
_A_WEEK = timedelta(days=7)


def _before_level(found: FieldChoice[TimeMention], level: TimeMention | None) -> FieldChoice[TimeMention]:
    """ "Dropped to 38 on Monday from 62 on Friday": a day of the week of what a level is held against, or of a deed told of, lies before."""
    taken = found.taken
    days = [each.value or "" for each in (taken, level) if each is not None]
    are_days = len(days) == _TWO and all(re.fullmatch(r"\d{4}-\d\d-\d\d", each) for each in days)
    if taken is None or not are_days or days[0] <= days[1] or _WEEKDAY.fullmatch(taken.text) is None:
        return found
    before = date.fromisoformat(days[0]) - _A_WEEK
    return FieldChoice(replace(taken, value=before.isoformat()), found.rivals) if before.isoformat() < days[1] else found


_TWO = 2
_FROM_THERE = re.compile(
    r"(?: \([^)]{1,30}\))? (?:from|away|(?:to the )?(?:north|south|east|west)\w*|off|outside|inland|upstream|downstream|above|below)\b"
)


def _is_way(text: str, figure: FoundQuantity) -> bool:
    """ "Sailed to Marn, some 300 km from Lorn, on Friday": how far one place is from another on any day."""
    is_apposed = text[max(0, figure.start - 2) : figure.start] == ", "
    return figure.dimension == "length" and is_apposed and _FROM_THERE.match(text, figure.end) is not None


_PART = re.compile(
    r"(?:,? including|, among them|, of (?:whom|which|them)) (?:(?:about|around|some|at least|up to|more than|nearly|only) )*$"
)


def _is_part(about: Clocked, figure: FoundQuantity) -> bool:
    """ "1,554 cases, including 113 deaths (7 %)": a part of the figure before it, or what stands in brackets behind that, with no time."""
    text, sentence = about.text, about.clause.sentence
    inside = [each for each in about.counted if sentence.start <= each.start < figure.start]
    if not inside or any(inside[-1].end <= each.start < sentence.end for each in about.usable):
        return False
    if _PART.search(text, inside[-1].end, figure.start) is not None:
        return True
    return re.fullmatch(r" \((?:[a-z][\w-]* ){0,4}", text[inside[-1].end : figure.start]) is not None


_STALE = timedelta(days=20)


def _is_counted_anew(taken: TimeMention, said: TimeMention | None, published: date | None) -> bool:
    """ "Said in March that it would open by June": ahead of the day of saying, and not of that of a report much later."""
    day = re.search(r"(\d{4})-(\d\d)(?:-(\d\d))?\]?$", (said.value or "") if said is not None else "")
    first = re.search(r"\d{4}(?:-\d\d){0,2}", taken.value or "")
    if day is None or first is None or published is None or taken == said or taken.kind not in ("partial", "relative"):
        return False
    uttered = date(int(day[1]), int(day[2]), int(day[3] or 28))
    is_ahead = first.group() > published.isoformat()[: len(first.group())]
    return is_ahead and published - uttered > _STALE and re.search(r"\b(?:19|20)\d\d\b", taken.text) is None


def _told(about: Clocked, word: Word, figure: FoundQuantity | None, of_clause: Day | None) -> FieldChoice[TimeMention]:
    """The day that a time of the paragraph tells, by the first rule that has one."""
    text, clause = about.text, about.clause
    usable, every = of_itself(text, about.usable), of_itself(text, about.mentions)
    if figure is None:
        first = next(iter(about.counted), None)
        return _by_bond(about, word, None, not_of_base(text, first, usable), not_of_base(text, first, every))
    if (own := respective_time(text, figure, about.counted, usable)) is not None:
        return FieldChoice(own)
    if (own := _of_part_behind(text, figure, usable) or _in_brackets_behind(text, figure, usable)) is not None:
        return FieldChoice(own)
    is_against = is_base(text, clause, figure)
    beside = _beside(about, figure, usable) if is_against or (of_clause is not None and len(about.counted) > 1) else None
    if is_against and (beside is not None or of_clause is not None):
        return FieldChoice(beside)
    of_first = _of_first_level(about, figure)
    told = [each for each in not_of_base(text, figure, usable) if each not in of_first]
    if (inner := _in_its_phrase(clause, word, told) or _of_level(about, figure, told)) is not None:
        return FieldChoice(inner)
    if beside in told and beside is not None and bond_of_day(clause.sentence, word, beside) is Bond.OWN:
        return FieldChoice(beside)
    if of_clause is None and (period := _of_account(clause, word, told)) is not None:
        return FieldChoice(period)
    if of_clause is None:
        return _by_bond(about, word, figure, told, not_of_base(text, figure, every))
    shared = [of_clause.nearest] if of_clause.nearest is not None and of_clause.nearest in about.mentions else []
    shared = [
        each for each in not_of_base(text, figure, shared) if each not in of_first and not is_of_another(clause, each, figure)
    ]
    return _by_bond(about, word, figure, told, shared)


_OF_THEM = re.compile(r" of (?:them|these|those|whom|which) ")


def _of_part_behind(text: str, figure: FoundQuantity, told: Sequence[TimeMention]) -> TimeMention | None:
    """ "Lost 11 boats between May and July, nine of them in June": of a part the time right behind it, and not that of the whole."""
    if text[max(0, figure.number_start - 2) : figure.number_start] != ", ":
        return None
    return next((each for each in told if _OF_THEM.fullmatch(text, figure.number_end, each.start)), None)


_BRACKET = re.compile(
    r"(?: (?:of )?(?!(?:and|or|but|than|in|on|at|by|for|from|to|with|after|before|since|during|against|under|over)\b)[a-z][\w-]*){0,4}"
    r" [(\[](?:in |on |during |over |for |from |between |as of |by |period )?"
)


def _in_brackets_behind(text: str, figure: FoundQuantity, told: Sequence[TimeMention]) -> TimeMention | None:
    """ "Counted 39,683 cases (22 to 27 May 2024)": a time that alone stands in brackets right behind a figure is that of the figure."""
    inside = (each for each in told if text[each.end : each.end + 1] in (")", "]") and each.start > figure.end)
    return next((each for each in inside if _BRACKET.fullmatch(text, figure.end, each.start) is not None), None)


_LEVELS = re.compile(
    r"\bfrom (?:[^.;:]|\.(?=\d))*\d(?:[^.;:]|\.(?=\d))* to (?:(?:just|only|about|around|some|nearly|almost|over|more than) )*$"
)


def _of_level(about: Clocked, figure: FoundQuantity, told: Sequence[TimeMention]) -> TimeMention | None:
    """ "Rose from 340 in March to 612 in May": of the second level the time right behind it."""
    if _LEVELS.search(about.text, about.clause.sentence.start, figure.start) is None:
        return None
    return next((each for each in told if 0 <= each.start - figure.end <= _LEVEL_GAP), None)


_LEVEL_GAP = 1


def _of_first_level(about: Clocked, figure: FoundQuantity) -> list[TimeMention]:
    """ "Grew from 600 in 2022 to 900": the times behind the first level, of which none is that of the second."""
    match = _LEVELS.search(about.text, about.clause.sentence.start, figure.start)
    first = [] if match is None else [each for each in about.counted if match.start() < each.start and each.end <= figure.start]
    return [each for each in about.mentions if first and first[0].end <= each.start and each.end <= figure.start]


def _beside(about: Clocked, figure: FoundQuantity, times: Sequence[TimeMention]) -> TimeMention | None:
    place = about.clause.start, about.clause.end
    return time_beside(about.text, figure.number_start, figure.number_end, times, place)


def _by_bond(
    about: Clocked, word: Word, figure: FoundQuantity | None, told: Sequence[TimeMention], every: Sequence[TimeMention]
) -> FieldChoice[TimeMention]:
    """The time that syntax ties to a figure, of those of its clause and around it."""
    near = dict.fromkeys((*days_near(about.clause, told, figure), *days_near(about.clause, every, figure)))
    return choose((each, _bond(about.clause, word, each, figure, about.counted)) for each in near if each != about.said)


_REPORTING = ("vouching", "figure_reporting", "booking")


def _of_account(clause: Clause, word: Word, told: Sequence[TimeMention]) -> TimeMention | None:
    """ "Reported on Tuesday a loss of 40 for the third quarter": the time of what is reported, not of the report."""
    sentence = clause.sentence
    verb = next((each for each in _above(clause, word) if each.tag.startswith("VB")), word)
    if not (lemma(verb.lower, *_REPORTING) or changes_own_view(sentence, verb)) or verb.index > word.index:
        return None
    behind = sentence.words[verb.index + 1 : verb.index + 2]
    first = next((each.end + 1 for each in behind if each.tag == "IN" or each.lower.endswith("day")), verb.end)
    inside = [each for each in told if sentence.start <= each.start < sentence.end]
    of_verb = [each for each in inside if each.start <= first]
    of_thing = [each for each in inside if each.start > first and bond_of_day(sentence, word, each) is not Bond.OTHER]
    is_plain = all(clause.start <= each.start < clause.end for each in (*of_verb, *of_thing))
    return of_thing[0] if of_verb and len(of_thing) == 1 and is_plain else None


def _in_its_phrase(clause: Clause, word: Word, told: Sequence[TimeMention]) -> TimeMention | None:
    """ "Fell by 89 in January after a drop of 130 in December": of two times the one that hangs on the noun of the figure."""
    sentence = clause.sentence
    inside = [each for each in told if sentence.start <= each.start < sentence.end]
    noun = sentence.words[word.head]
    if len(inside) < 2 or word.relation != "nummod" or not noun.tag.startswith("NN"):
        return None
    behind = {each.index for each in sentence.subtree(noun) if each.index > noun.index}
    if any(sentence.words[place].tag.startswith("VB") for place in behind):
        return None
    own = [
        each
        for each in inside
        if noun.end < each.start and behind & {one.index for one in sentence.words if each.start <= one.start < each.end}
    ]
    is_plain = len(own) == 1 and _RELATIVE.search(own[0].text) is None
    return own[0] if is_plain and bond_of_day(sentence, word, own[0]) is not Bond.OTHER else None


_RELATIVE = re.compile(r"\b(?:earlier|ago|before|previous|prior|same)\b", re.IGNORECASE)


def _above(clause: Clause, word: Word) -> list[Word]:
    """What a word hangs on, upwards."""
    found = [word]
    while found[-1].head != found[-1].index and len(found) < _DEEPEST:
        found.append(clause.sentence.words[found[-1].head])
    return found


_DEEPEST = 12
_LEVEL = 6  # characters: " to " and a mark


def _is_behind_to(clause: Clause, quantity: FoundQuantity) -> bool:
    before = [each for each in clause.sentence.words if each.end <= quantity.start]
    return bool(before) and before[-1].lower == "to"


_GROUNDS = frozenset("for over after following despite".split())


def _bond(
    clause: Clause, word: Word, mention: TimeMention, quantity: FoundQuantity | None, counted: Sequence[FoundQuantity]
) -> Bond:
    """The bond of a time, open where a figure behind a "for" stands nearer: "fined 18 million for dividends of 37 in May"."""
    bond = bond_of_day(clause.sentence, word, mention)
    if quantity is None or bond is not Bond.OWN:
        return bond
    is_since = re.match(r"(?:ever )?since\b", mention.text, re.IGNORECASE) is not None
    is_before = is_since and mention.end <= quantity.start and quantity.start - mention.end <= _LEVEL
    if is_before and _is_behind_to(clause, quantity):
        return Bond.OTHER  # "has risen by 61 since March to 159": it is 159 now
    for each in counted:
        if quantity.end <= each.number_start and each.number_end <= mention.start:
            between = [one for one in clause.sentence.words if quantity.end <= one.start < each.number_start]
            links = [one.index for one in between if one.lower in _GROUNDS and one.tag == "IN"]
            if links and not any(one.text == "," for one in between):
                return Bond.OPEN
    return bond


def shown_day(choice: FieldChoice[TimeMention]) -> TimeMention | None:
    """The day as a claim tells it: of one that is open the words within reach, without a value."""
    if choice.is_open:
        return replace(choice.rivals[0], kind="vague", value=None)
    return choice.taken
