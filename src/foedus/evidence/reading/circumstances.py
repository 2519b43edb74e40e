"""What goes with a statement: the quantity it is about, the words that hedge it, its time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from foedus.evidence.reading.attributions import Attribution
from foedus.evidence.reading.clauses import Clause
from foedus.evidence.reading.cues import lemma
from foedus.evidence.reading.dates import TimeMention
from foedus.evidence.reading.day_bonds import is_of_event
from foedus.evidence.reading.parse import Word
from foedus.evidence.reading.quantities import FoundQuantity
from foedus.evidence.reading.statements import Near

__all__ = ["days_near", "hedge_spans", "is_backshift", "is_of_another", "is_part", "of_itself", "respective_time", "weighty_of"]


def weighty_of(clause: Clause, counted: list[FoundQuantity]) -> FoundQuantity | None:
    """The quantity that the clause is about: of what follows a form of "be" the first, else the first of all."""
    counted = [
        each for each in counted if each.kind != "quantifier" or each.value != 1.0
    ]  # "one of the largest ships" tells no number
    counted = [each for each in counted if not _is_in_relative(clause, each) and (each.unit or each.kind != "numeric")]
    behind = [each for each in counted if each.number_start > clause.head.start]
    is_being = clause.sentence.child(clause.head, "attr") is not None
    if (is_being and behind) or not any(_is_subject(clause, each) for each in counted):
        return next(iter(behind or counted), None)
    return next(iter(counted), None)


def _is_subject(clause: Clause, quantity: FoundQuantity) -> bool:
    """Whether the quantity counts the subject itself, not something that hangs on it."""
    subject = clause.sentence.child(clause.head, "nsubj", "nsubjpass")
    return subject is not None and quantity.start <= subject.start < quantity.end


def _is_in_relative(clause: Clause, quantity: FoundQuantity) -> bool:
    """Whether the quantity stands in a clause about a noun: "a ship that was seized with 23 men"."""
    word = next((each for each in clause.words if each.start <= quantity.number_start < each.end), None)
    for _ in range(30):
        if word is None or word.index in (clause.head.index, word.head):
            return False
        if word.relation in ("relcl", "acl") and word.tag.startswith("VB"):
            return True
        word = clause.sentence.words[word.head]
    return False


def is_part(quantity: FoundQuantity, mention: TimeMention) -> bool:
    """ "Three weeks ago": a length of time that only says when."""
    return quantity.number_start < mention.end and mention.start < quantity.end and mention.text.endswith(("ago", "earlier"))


_MEASURED_BY = re.compile(
    r"\b(?:(?:half|twice|double|triple|\w+ times|(?:thirds?|quarters?|fifths?|sixths?|tenths?|percent|per cent|%) of|than)"
    r" (?:of )?(?:what|that|those|the (?:level|levels|figure|number|total|average|peak|value|amount|rate|price|output|"
    r"volume|sum|size|norm|record|"
    r"same|previous|usual|normal|year|month|week|count|toll|share|consumption|use|demand|supply|production|capacity|need|imports|exports|sales|"
    r"harvest|budget|population))\b[^,;.]*|than (?:it|they) \w+[^,;.]*)$",
    re.IGNORECASE,
)


def of_itself(text: str, mentions: Sequence[TimeMention]) -> list[TimeMention]:
    """The times without those of what something is measured by: "half of what it held in 2020" is told of today."""
    return [each for each in mentions if _is_of_itself(text[max(0, each.start - _NEAR) : each.start], each.text)]


_NEAR = 90  # characters before a time in which it is told what it measures


@lru_cache(maxsize=8192)  # each time of a paragraph is asked for with every figure of it
def _is_of_itself(before: str, words: str) -> bool:
    if _COUNTED_ON.search(before):
        return True
    is_rank = _REACHES_BACK.match(words) is not None and _RANK.search(before) is not None
    return not is_rank and not _AHEAD_OF.search(before) and not _MEASURED_BY.search(_AT.sub(" ", before))


_COUNTED_ON = re.compile(r"\bas (?:of|at) $", re.IGNORECASE)
_REACHES_BACK = re.compile(
    r"since\b|(?:in|for|of|over)(?: (?:the|more|about|over|almost|nearly|at|least|than))* (?:(?:past|last) )?\S+ "
    r"(?:weeks|months|years|decades)\b|(?:in|for) (?:a|more than a|over a) (?:week|month|year|decade)",
    re.IGNORECASE,
)
_RANK = re.compile(
    r"\b(?:(?:its|their|the|his|her) (?:\w+est|most \w+|least \w+|most|least|best|worst|first(?: time)?)(?: \w+){0,3}|"
    r"for the first time|"
    r"(?:lowest|highest|biggest|largest|smallest|sharpest|steepest|strongest|weakest|fastest|slowest|longest|worst|"
    r"best|most)(?: \w+){0,3}),? $",
    re.IGNORECASE,
)
""" "Its strongest since late February", "the highest in the past 12 years": how far back one has to look for the like."""
_AHEAD_OF = re.compile(
    r"\b(?:even |just |shortly |well |long )?(?:before|ahead of|prior to) (?![^.;]*,)[^.;:]{3,60} $", re.IGNORECASE
)
""" "Even before the strike began on Monday, sales had fallen": they fell on no Monday."""

_AT = re.compile(r"\s+(?:in|on|at|by|during|of)\s*$", re.IGNORECASE)
_MONTHS = "January February March April May June July August September October November December".split()
_IN_TURN = re.compile(rf"\s+and\s+(?:in\s+)?(?P<second>{'|'.join(_MONTHS)}|(?:19|20)\d\d),?\s+respectively\b")


def respective_time(
    text: str, quantity: FoundQuantity, counted: Sequence[FoundQuantity], mentions: Sequence[TimeMention]
) -> TimeMention | None:
    """Of "54 and 67 ships in May and June respectively" the month of each; None where two figures are not told in the order of two times."""
    for one in mentions:
        match = _IN_TURN.match(text, one.end)
        value = _of_the_second(one.value or "", match["second"]) if match is not None else ""
        if match is None or not value:
            continue
        pair = sorted((each for each in counted if each.end <= one.start and each.dimension != "time"), key=_number_start)[-2:]
        if len(pair) < 2:
            continue
        other = TimeMention(match.start("second"), match.end("second"), match["second"], one.kind, value)
        return {id(pair[0]): one, id(pair[1]): other}.get(id(quantity))
    return None


def _number_start(each: FoundQuantity) -> int:
    return each.number_start


def _of_the_second(first: str, second: str) -> str:
    """The month or year that stands second, where the first is one too: a month earlier in the calendar is of the year after."""
    if re.fullmatch(r"\d{4}", first) and second.isdigit():
        return second
    found = re.fullmatch(r"(?P<year>\d{4})-(?P<month>\d\d)", first)
    if found is None or second.isdigit():
        return ""
    month = _MONTHS.index(second) + 1
    return f"{int(found['year']) + (month < int(found['month']))}-{month:02d}"


def is_backshift(attribution: Attribution | None, clause: Clause | None = None) -> bool:
    """Indirect speech behind a verb in the past: "said it would"; of a clause also "were told that it would", whoever told it."""
    rulers = () if clause is None else (clause.governor, clause.head if _has_content(clause) else None)
    told = (lemma(each.lower, "speech", "thought") for each in rulers if each is not None and each.tag in ("VBD", "VBN"))
    if any(verb and verb not in _ASKING for verb in told):
        return True
    if attribution is None or attribution.cue is None or attribution.mode == "direct":
        return False
    word = attribution.cue.text.split()[0].lower()
    return word.endswith("ed") or word in (
        "said",
        "told",
        "wrote",
        "knew",
        "thought",
        "felt",
        "found",
        "saw",
        "meant",
        "understood",
    )


_ASKING = ("ask", "inquire", "wonder", "question")


def _has_content(clause: Clause) -> bool:
    """Whether the verb of a clause has what is told below it."""
    return clause.sentence.child(clause.head, "ccomp") is not None


def hedge_spans(clause: Clause, near: Near) -> list[tuple[int, int]]:
    """The clause, and the words that govern it: "it is unclear what …", "I do think …"."""
    spans = clause.pieces
    if clause.head.relation == "advcl" and clause.head.tag == "VBG" and clause.sentence.child(clause.head, "nsubj") is None:
        above = clause.sentence.words[clause.head.head]
        spans += [(word.start, word.end) for word in clause.sentence.children[above.index] if word.tag == "MD"]
    governor = clause.governor
    if governor is not None:
        spans = [*spans, *_opening(clause, governor)]
        cue = next((each for _, each in near if each.cue is not None and each.cue.start == governor.start), None)
        first_person = cue is not None and cue.source is not None and cue.source.text.lower() in ("i", "we", "it", "there")
        if cue is None or first_person or cue.verb in ("believe", "think", "suspect", "wonder", "doubt", "hint", "expect"):
            words = [word for word in clause.sentence.subtree(governor) if not clause.start <= word.start < clause.end]
            own = [word for word in words if abs(word.index - governor.index) < 6]
            spans += (
                [(word.start, word.end) for word in own[:1]] and [(own[0].start, own[-1].end)]
                if own and own[-1].end <= clause.start
                else []
            )
    return spans


def _opening(clause: Clause, governor: Word) -> list[tuple[int, int]]:
    """ "In a worst case, the utility warned, …": what opens the sentence before a speaker set between commas is of what he says."""
    sentence = clause.sentence
    subject = sentence.child(governor, "nsubj")
    opener = next((each for each in sentence.children[governor.index] if each.index == 0), None)
    if opener is None or subject is None or opener.relation not in ("prep", "advmod") or clause.start < governor.start:
        return []
    last = sentence.subtree(opener)[-1]
    is_inset = sentence.words[last.index + 1].text == "," and sentence.words[governor.index + 1].text == ","
    return [(opener.start, last.end)] if is_inset and subject.index > last.index else []


def _verb_of(clause: Clause, quantity: FoundQuantity | None) -> Word:
    """The nearest verb above a figure; the head of the clause without one."""
    word = next(
        (each for each in clause.words if quantity is not None and each.start <= quantity.number_start < each.end), clause.head
    )
    for _ in range(30):
        if word is clause.head or word.tag.startswith("VB") or word.head == word.index:
            return word
        word = clause.sentence.words[word.head]
    return clause.head


def _hangs_on(clause: Clause, mention: TimeMention, verb: Word) -> bool:
    """Whether a verb itself has the time, not one inside a clause about a noun: "closed since March, will reopen on 7 May"."""
    word = next((each for each in reversed(clause.words) if mention.start <= each.start < mention.end), None)
    for _ in range(30):
        if word is None or word is verb or word.tag.startswith("VB") or word.head == word.index:
            return word is verb
        word = clause.sentence.words[word.head]
    return False


_TIMES = frozenset("time moment day night week month year hour minute period point date".split())
""" "By the time the siren sounded on Thursday, 7 boats had left": what tells when is of the statement."""


def is_of_another(clause: Clause, mention: TimeMention, quantity: FoundQuantity) -> bool:
    """Whether a time stands in a relative clause about another noun: "imports 188 tonnes and has ordered 200 that should arrive in May"."""
    sentence = clause.sentence
    word = next((each for each in reversed(clause.words) if mention.start <= each.start < mention.end), None)
    for _ in range(30):
        if word is None or word.index in (clause.head.index, word.head):
            return False
        if word.relation == "relcl" and word.tag.startswith("VB"):
            about = sentence.words[word.head]
            held = sentence.subtree(about)
            if is_of_event(word, about, _verb_of(clause, quantity)):
                return False
            return about.lower not in _TIMES and not any(
                quantity.start <= each.start < quantity.end or each.start == quantity.number_start for each in held
            )
        word = sentence.words[word.head]
    return False


def _with_participle(clause: Clause) -> Word | None:
    """ "Stormed a post on Monday, killing 7": the verb that a participle without a subject goes on with."""
    head, sentence = clause.head, clause.sentence
    above = sentence.words[head.head]
    is_going_on = head.relation == "advcl" and head.tag == "VBG" and sentence.child(head, "nsubj", "mark") is None
    return above if is_going_on and above.index < head.index and above.tag in ("VBD", "VBZ", "VBP", "VBN") else None


def _hangs_on_verb(clause: Clause, mention: TimeMention, verb: Word) -> bool:
    """Whether a time of the sentence hangs on a verb outside the clause."""
    sentence = clause.sentence
    word = next((each for each in reversed(sentence.words) if mention.start <= each.start < mention.end), None)
    for _ in range(30):
        if word is None or word is verb or word.tag.startswith("VB") or word.head == word.index:
            return word is verb
        word = sentence.words[word.head]
    return False


def days_near(clause: Clause, mentions: Sequence[TimeMention], quantity: FoundQuantity | None = None) -> list[TimeMention]:
    """The expressions of time that may be those of a clause, the nearest first: in it, those of its verb before others; shared with the
    verb that it goes on with; what opens its sentence; what follows it.

    Args:
        quantity: what the claim counts; of several times the one of its verb comes first.
    """
    mentions = [each for each in mentions if quantity is None or not is_of_another(clause, each, quantity)]
    inside = [each for each in mentions if any(low <= each.start and each.end <= high for low, high in clause.pieces)]
    verb = _verb_of(clause, quantity)
    inside.sort(key=lambda each: (not each.value, not _hangs_on(clause, each, verb)))
    sentence = clause.sentence
    above = _with_participle(clause)
    shared = [each for each in mentions if above is not None and each.value and _hangs_on_verb(clause, each, above)]
    whole = [each for each in mentions if sentence.start <= each.start and each.end <= sentence.end]
    opening = whole[:1] if whole and whole[0].start - sentence.start < _OPENING else []
    marks = [each.start for each in sentence.words if each.text in (";", ":") and each.start >= clause.end]
    limit = min([clause.end + _FOLLOWING, *marks])
    following = [each for each in whole if clause.end <= each.start <= limit][:1]
    found = list(dict.fromkeys((*inside, *shared, *opening, *following)))
    told = [each for each in whole if each.value and (_hangs_on_verb(clause, each, verb) or _is_of_happening(clause, each, verb))]
    return found or told


def _is_of_happening(clause: Clause, mention: TimeMention, verb: Word) -> bool:
    """Whether a time tells when the subject of a verb took place: "the blast, which occurred on Sunday, killed"."""
    sentence = clause.sentence
    word = next((each for each in sentence.words if mention.start <= each.start < mention.end), None)
    for _ in range(30):
        if word is None or word.tag.startswith("VB") or word.head == word.index:
            break
        word = sentence.words[word.head]
    return word is not None and word.relation == "relcl" and is_of_event(word, sentence.words[word.head], verb)


_OPENING = 25
_FOLLOWING = 25
"""Characters from the beginning of a sentence, and behind a clause, within which a time is of both."""
