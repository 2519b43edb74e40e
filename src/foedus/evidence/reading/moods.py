"""The modality of one figure where its clause tells more than one: "imports 188 MW and has ordered 200 MW that should arrive in May"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from foedus.evidence.reading.classify import is_wished, modality_of
from foedus.evidence.reading.clauses import Clause
from foedus.evidence.reading.dates import TimeMention
from foedus.evidence.reading.found import FoundQuantity
from foedus.evidence.reading.granted import is_inset
from foedus.evidence.reading.parse import Sentence, Word
from foedus.evidence.reading.ranges import is_taken_from
from foedus.evidence.reading.spelled import NUMBER_WORD

__all__ = ["is_base", "mood_of_figure", "not_of_base"]

_CONDITION = re.compile(r"\b(?:if|unless|in case|whether|were to|without|otherwise|provided|until|once)\b", re.IGNORECASE)
_ABOUT = r"(?:(?:just|only|about|around|some|nearly|almost|over|more than|less than|at least|an?|the|roughly) )*[$€£]?$"
_NOT_YET = "target|goal|forecast|projection|plan|estimate|prediction|offer|demands|limit|ceiling|bid|threat"
_HELD_AGAINST = re.compile(
    rf"\b(?:(?:up|down|unchanged) from|(?:compared|contrasted) (?:with|to)|against|versus|"
    rf"(?:more|less|fewer|higher|lower|larger|smaller) than (?:the|an?))"
    rf" ?(?:(?:normal|usual|average|typical|previous|earlier|current|present|the|an?) )*{_ABOUT}|"
    rf"\b(?:against|versus|compared with|compared to) (?:an? |the |its |their )?(?:\w+ )?(?!(?:{_NOT_YET})s? of )\w+ of {_ABOUT}",
    re.IGNORECASE,
)
_FROM = re.compile(rf"\bfrom {_ABOUT}", re.IGNORECASE)
_TO = re.compile(
    r"\bto (?:(?:just|only|about|around|some|nearly|almost|over|more than|at least|an?|the|roughly) )*[$€£]?\d", re.IGNORECASE
)
_FORECAST = re.compile(
    r"[^.;:]{0,50}?\b(?:forecasts?|predict\w*|project\w*|expected|plan(?:ned|s)?|targets?|target(?:t)?ed|proposed|estimated?|goals?|envisaged|"
    r"before the (?:plan|budget|forecast))\b",
    re.IGNORECASE,
)
_FORECASTS = frozenset("forecast forecasts projection projections prediction predictions target targets goal goals".split())
_PREDICTING = frozenset(
    "predict predicts predicted predicting forecast forecasts forecasting project projects projected projecting".split()
)
_PUTTING = frozenset("put placed pegged saw estimated valued".split())
""" "Put growth at 2 percent in 2030": what is told of a day to come is ahead, though it was put in the past."""
_SCENARIO = re.compile(
    r"[-*• ]*(?:In|Under|On) (?:the|a|an|our|this|that|its) (?:\w+[ -]){0,2}?"
    r"(?:first|second|third|fourth|last|scenario|case|path|outcome|projection|variant)\b"
    r"(?: (?:scenario|case|path|way|outcome|one|of these|of them))?,"
)
""" "In the second, prices settle near 400": what is told of one way that things may go."""
_LOOSE_BELOW = frozenset("relcl advcl ccomp parataxis conj acl".split())
_FINITE = frozenset("VBD VBZ VBP".split())
_DEEPEST = 30


_OF_THE = re.compile(rf"(?:\d|\b{NUMBER_WORD}) of (?:the|its|their|these|those) $", re.IGNORECASE)
""" "70 of the 310 towers are to be sold": there are 310."""


def mood_of_figure(
    text: str, clause: Clause, figure: FoundQuantity, word: Word, modality: str, time: TimeMention | None, published: date | None
) -> str:
    """Actual, future or hypothetical, by the verb that a figure hangs on and by what it is held against.

    Args:
        word: of the figure. modality: of its clause. time: of the figure.
        published: the day from which the text is told.
    """
    if _OF_THE.search(text, max(clause.sentence.start, figure.start - _BEFORE), figure.start):
        return "actual"
    is_ahead = _is_after(time, published)
    if modality == "actual":
        return _of_actual(text, clause, figure, word, is_ahead)
    if _is_inset(clause.sentence, word) or _is_had_already(clause.sentence, word):
        return "actual"
    if is_ahead or _CONDITION.search(text, clause.start, clause.end):
        return modality
    if is_base(text, clause, figure):
        return "actual"
    verb = _verb_above(clause.sentence, word)
    if verb is None or not _is_told(clause.sentence, verb) or _is_under_modal(clause.sentence, verb):
        return modality
    return "actual" if modality_of(_core(clause.sentence, verb, word), False) == "actual" else modality


_HAD = frozenset("already had".split())


def _is_had_already(sentence: Sentence, word: Word) -> bool:
    """ "Will deliver 18 ships, on top of the 14 it has already sent": what a clause about the figure itself tells as done."""
    noun = sentence.words[word.head] if word.relation == "nummod" else word
    for each in sentence.children[noun.index]:
        helpers = {below.lower for below in sentence.children[each.index] if below.relation in ("aux", "auxpass", "advmod")}
        if each.relation == "relcl" and each.index > noun.index and helpers & _HAD and helpers & {"has", "have", "had"}:
            return each.tag == "VBN"
    return False


def _of_actual(text: str, clause: Clause, figure: FoundQuantity, word: Word, is_ahead: bool) -> str:
    """Of a figure in a clause that names no modality: what is wished or forecast is not there yet, nor is what is of a day to come."""
    if is_base(text, clause, figure):
        return "actual"
    if is_wished(clause.sentence, word) or _is_forecast(clause.sentence, word):
        return "hypothetical"
    verb = _verb_above(clause.sentence, word)
    is_present = verb is not None and (verb.tag in ("VBZ", "VBP", "VBG") or verb.lower in _PUTTING)
    if is_present and _SCENARIO.match(text, clause.sentence.start):
        return "hypothetical"
    has_verb = verb is not None and any(each.tag.startswith("VB") for each in clause.words)
    return "future" if is_ahead and (is_present or not has_verb) else _of_fragment(clause, word)


def _is_inset(sentence: Sentence, word: Word) -> bool:
    """ "External debt, at 168 billion, will not fall": the figure is that of today."""
    for _ in range(4):
        if is_inset(sentence, word):
            return True
        word = sentence.words[word.head]
    return False


def _is_forecast(sentence: Sentence, word: Word) -> bool:
    """ "Cut its forecast for growth to 2 %", "had predicted 20 %": what a forecast says; "missed the target by 5 %" is so."""
    below = word
    for _ in range(_DEEPEST):
        above = sentence.words[below.head]
        if above is below:
            return False
        if above.tag.startswith("VB"):
            if above.lower in _PREDICTING and below.relation == "dobj":
                return True
            named = sentence.child(above, "dobj") or sentence.child(above, "nsubj", "nsubjpass")
            is_named = named is not None and named.lower in _FORECASTS
            return is_named and (below.relation == "attr" or below.lower in ("to", "at", "from"))
        if above.lower in _FORECASTS and below.relation == "prep" and below.lower == "of":
            return True
        below = above
    return False


def _is_after(time: TimeMention | None, published: date | None) -> bool:
    """Whether a time begins behind the day of publication."""
    first = re.search(r"\d{4}(?:-\d\d){0,2}", time.value or "") if time is not None else None
    if published is None or first is None or time is None:
        return False
    day = published.isoformat()
    if (time.value or "").startswith("["):
        last = (time.value or "").rpartition(",")[2].rstrip("]")
        return first.group() >= day[: len(first.group())] and last > day
    return first.group() > day[: len(first.group())]


def is_base(text: str, clause: Clause, figure: FoundQuantity) -> bool:
    """ "Should rise to 5,000, up from 3,000": what the figure ahead is held against is there; an earlier forecast is not."""
    low = clause.sentence.start
    before = text[max(low, figure.number_start - 60) : figure.number_start]
    if _FORECAST.match(text, figure.end, clause.sentence.end):
        return False
    if _HELD_AGAINST.search(before):
        return True
    is_moved = (
        is_taken_from(text[low : figure.number_start].rstrip("$€£")) and _TO.search(text, low, clause.sentence.end) is not None
    )
    return is_moved and _FROM.search(before) is not None and not _FORECAST.match(" " + text[low : figure.number_start])


_BASE_BEHIND = re.compile(
    r"\bfrom (?:(?:just|only|about|around|some|nearly|almost|over|more than) )*[$€£]?\d[\d,.]*"
    r"(?: (?:million|billion|trillion|bn|m|%|percent))?\s*$|"
    r",\s+from (?:(?:just|only|about|around|some|nearly|almost|over|more than|an?|the) )*[$€£]?\d|"
    r"\b(?:up|down|unchanged|increase|decrease|rise|fall|drop|change) from\b|\b(?:compared|contrasted) (?:with|to)\b|\b(?:against|versus)\b|"
    r"\b(?:more|less|fewer|higher|lower|larger|smaller|better|worse) than (?:the|in|a|an|last)\b|"
    r"\b(?:more|less|fewer|higher|lower|larger|smaller|better|worse) than\s*$|\b(?:above|below)\s*$|"
    r"\bas (?:much|many|large|high|big|often|long|far|fast|costly|heavy|great)\b[\w ]{0,20} as (?:in |at |on |during )?(?:the )?$",
    re.IGNORECASE,
)


_COUNTED_ON = re.compile(r"\bas (?:of|at) $", re.IGNORECASE)
""" "46 percent lower than last year as of 20 October": when it was counted, not what it is held against."""
_NEAR = 200  # characters: what is held against a figure stands no further ahead of its time


def not_of_base(text: str, figure: FoundQuantity | None, mentions: Sequence[TimeMention]) -> list[TimeMention]:
    """The times without those of what a figure is held against: "1,200 cross it each day, up from 800 in March" is told of today."""
    if figure is None:
        return list(mentions)
    behind = figure.number_end
    return [
        each
        for each in mentions
        if not _is_of_multiple(text, each, figure)
        and not (each.start >= figure.end and _LESS.match(each.text) and not text[figure.end : each.start].strip())
        and (
            (each.start < figure.end and not _is_of_earlier(text, each, figure))
            or (each.start >= figure.end and _COUNTED_ON.search(text, max(behind, each.start - _BEFORE), each.start) is not None)
            or (each.start >= figure.end and not _BASE_BEHIND.search(text, max(behind, each.start - _NEAR), each.start))
        )
    ]


_LESS = re.compile(r"(?:less|more|fewer) than\b", re.IGNORECASE)
""" "12 percent less than a year ago": what is held against what was then, and not "less than a year ago"."""
_OF_OTHER = re.compile(r" (?:the|its|their|those|that|what)\b[^,.;:]*$")


def _is_of_multiple(text: str, mention: TimeMention, figure: FoundQuantity) -> bool:
    """ "More than double its profit of a year before": when the other was."""
    is_behind = figure.dimension == "finance_and_sport" and mention.start > figure.number_end
    return is_behind and _OF_OTHER.match(text, figure.number_end, mention.start) is not None


_THAN = re.compile(r"\bthan(?: in)?\s*$")
_BEFORE = 16


def _is_of_earlier(text: str, mention: TimeMention, figure: FoundQuantity) -> bool:
    """ "8 percent more than last year, and 50 percent more copper": last year is what the figure before is held against."""
    return mention.end <= figure.start and _THAN.search(text[max(0, mention.start - _BEFORE) : mention.start]) is not None


def _verb_above(sentence: Sentence, word: Word) -> Word | None:
    """The nearest verb with a tense above a word: finite, or with an auxiliary."""
    for _ in range(_DEEPEST):
        if word.tag in _FINITE or (word.tag.startswith("VB") and sentence.child(word, "aux", "auxpass") is not None):
            return word
        if word.head == word.index:
            return None
        word = sentence.words[word.head]
    return None


def _is_told(sentence: Sentence, verb: Word) -> bool:
    """Whether a verb tells its own tense without a modal or an infinitive's "to"."""
    helpers = [each for each in sentence.children[verb.index] if each.relation in ("aux", "auxpass")]
    return not any(each.tag in ("MD", "TO") for each in helpers) and (
        verb.tag in _FINITE or any(each.tag in _FINITE for each in helpers)
    )


def _is_under_modal(sentence: Sentence, verb: Word) -> bool:
    """Whether what a verb tells hangs on a modal above it: "it would mean that output fell"; a relative clause stands by itself."""
    for _ in range(_DEEPEST):
        if verb.relation in ("relcl", "ROOT") or verb.head == verb.index:
            return False
        above = sentence.words[verb.head]
        if verb.relation != "conj" and any(each.tag == "MD" for each in sentence.children[above.index]):
            return True
        verb = above
    return False


def _core(sentence: Sentence, verb: Word, word: Word) -> str:
    """The words of a verb without the clauses below it in which the figure does not stand."""
    kept = [verb]
    waiting = [verb]
    while waiting:
        for each in sentence.children[waiting.pop().index]:
            holds = word in sentence.subtree(each)
            if each.relation in _LOOSE_BELOW and not holds:
                continue
            kept.append(each)
            waiting.append(each)
    return " ".join(each.text for each in sorted(kept, key=lambda each: each.index))


def _of_fragment(clause: Clause, word: Word) -> str:
    """Of words without a verb the modality of the verb that they hang on: "will reach 40 in May and, by June, 55"."""
    if any(each.tag.startswith("VB") or each.tag == "MD" for each in clause.words):
        return "actual"
    verb = _verb_above(clause.sentence, word)
    if verb is None or verb in clause.words:
        return "actual"
    helpers = [each for each in clause.sentence.children[verb.index] if each.relation in ("aux", "auxpass")]
    return modality_of(" ".join(each.text for each in (*helpers, verb)), False)
