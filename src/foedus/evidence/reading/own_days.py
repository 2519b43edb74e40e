"""When what is told of a figure is so: the day that is tied to it, or none, and then which days are within reach."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from foedus.evidence.reading.choice import Bond, FieldChoice, choose
from foedus.evidence.reading.circumstances import days_near, is_of_another, of_itself, respective_time
from foedus.evidence.reading.clauses import Clause
from foedus.evidence.reading.cues import lemma
from foedus.evidence.reading.dates import TimeMention
from foedus.evidence.reading.day_bonds import bond_of_day, is_of_always
from foedus.evidence.reading.found import FoundQuantity
from foedus.evidence.reading.moods import is_base, not_of_base
from foedus.evidence.reading.parse import Word
from foedus.evidence.reading.views import changes_own_view
from foedus.evidence.reading.when import time_beside

__all__ = ["day_apart", "day_of", "shown_day"]


def day_of(
    text: str,
    clause: Clause,
    word: Word,
    quantity: FoundQuantity | None,
    counted: Sequence[FoundQuantity],
    usable: Sequence[TimeMention],
    mentions: Sequence[TimeMention],
    said: TimeMention | None,
) -> FieldChoice[TimeMention]:
    """The day of a statement.

    Args:
        word: the figure, or the verb of a statement without one. counted: all figures of the clause.
        usable: times that do not only say when somebody spoke; mentions: all times of the paragraph.
        said: when it was uttered, which is its day where no other is told.
    """
    figure = quantity or next(iter(counted), None)
    told = not_of_base(text, figure, of_itself(text, usable))
    every = not_of_base(text, figure, of_itself(text, mentions))
    if quantity is not None and (own := respective_time(text, quantity, counted, of_itself(text, usable))) is not None:
        return FieldChoice(own)
    if quantity is not None and is_base(text, clause, quantity):
        beside = time_beside(text, quantity.number_start, quantity.number_end, usable, (clause.start, clause.end))
        if beside is not None:
            return FieldChoice(beside)
    if quantity is not None and (inner := _in_its_phrase(clause, word, told)) is not None:
        return FieldChoice(inner)
    if quantity is not None and (period := _of_account(clause, word, told)) is not None:
        return FieldChoice(period)
    near = dict.fromkeys((*days_near(clause, told, quantity), *days_near(clause, every, quantity)))
    found = [(each, _bond(clause, word, each, quantity, counted)) for each in near]
    uttered = [(said, Bond.OTHER if is_of_always(clause.sentence, word) else Bond.OWN)] if said is not None else []
    return choose([*(each for each in found if each[0] != said), *uttered])


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


def day_apart(
    text: str,
    clause: Clause,
    other: FoundQuantity,
    word: Word,
    counted: Sequence[FoundQuantity],
    usable: Sequence[TimeMention],
    first: FieldChoice[TimeMention],
    said: TimeMention | None,
) -> FieldChoice[TimeMention]:
    """When a further figure of a clause holds: the time beside it, its own, or that of the clause; none of its own where it is a base.

    Args:
        word: of the figure. first: the day of the clause. said: when it was uttered.
    """
    usable = of_itself(text, usable)
    if (own := respective_time(text, other, counted, usable)) is not None:
        return FieldChoice(own)
    if (inner := _in_its_phrase(clause, word, usable)) is not None:
        return FieldChoice(inner)
    is_against = is_base(text, clause, other)
    is_near = len(counted) > 1 or is_against
    beside = time_beside(text, other.number_start, other.number_end, usable, (clause.start, clause.end)) if is_near else None
    is_own = beside is not None and (is_against or beside in not_of_base(text, other, usable))
    if beside is not None and is_own and bond_of_day(clause.sentence, word, beside) is Bond.OWN:
        return FieldChoice(beside)
    if is_against:
        return FieldChoice(None)
    told = not_of_base(text, other, usable)
    near = days_near(clause, told, other) if len(told) > 1 or told != list(usable) else []
    shared = not_of_base(text, other, [first.taken] if first.taken is not None else [])
    near += [each for each in shared if not is_of_another(clause, each, other)]
    uttered = Bond.OTHER if is_of_always(clause.sentence, word) else Bond.OWN
    bonds = ((each, uttered if each == said else _bond(clause, word, each, other, counted)) for each in dict.fromkeys(near))
    return choose(bonds)


def shown_day(choice: FieldChoice[TimeMention]) -> TimeMention | None:
    """The day as a claim tells it: of one that is open the words within reach, without a value."""
    if choice.is_open:
        return replace(choice.rivals[0], kind="vague", value=None)
    return choice.taken
