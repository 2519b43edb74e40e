"""Words that somebody says and nobody is found for: their speaker is unknown, and not the narrator."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from foedus.evidence.reading.attributions import Attribution
from foedus.evidence.reading.clauses import Clause
from foedus.evidence.reading.cues import inflected
from foedus.evidence.reading.lexicon import phrases
from foedus.evidence.reading.parse import Sentence, Word
from foedus.evidence.reading.quotes import Quote
from foedus.evidence.reading.speaker import UNKNOWN, Speaker
from foedus.evidence.reading.units import singular

__all__ = ["unspoken"]

_NOT_HE = frozenset("i we you who which that it there".split())
_SHORTEST_QUOTE = 3


def unspoken(
    clause: Clause, figure: Word, quoted: Sequence[Quote], near: Sequence[tuple[int, Attribution]], is_affirmed: bool = True
) -> Speaker | None:
    """The unknown speaker of a clause that no attribution owns; None where the narrator tells it himself.

    Args:
        figure: the word of the clause that is looked at. quoted: the quotations of its paragraph. near: the attributions that touch it.
        is_affirmed: the figure; what is told as denied or doubted hearsay is told by the narrator.
    """
    inside = next((each for each in quoted if each.inner_start <= clause.head.start < each.inner_end), None)
    if inside is not None and clause.head.tag.startswith(("VB", "MD")) and len(_words_in(clause, inside)) > _SHORTEST_QUOTE:
        return UNKNOWN
    if _is_said_by_nobody(clause, figure, is_affirmed) or _is_in_a_mind(clause, figure):
        return UNKNOWN
    cues = {each.cue.start for _, each in near if each.cue is not None}
    heard = any(_is_unheard(clause, word, cues) or _is_inset_saying(clause, word, cues) for word in clause.sentence.words)
    return UNKNOWN if heard else None


def _is_inset_saying(clause: Clause, word: Word, cues: set[int]) -> bool:
    """ "…, a lawmaker, Ana Rok, said, citing …", "…, its figures show, …": a voice between commas whose verb the parser has not seen."""
    words = clause.sentence.words
    if (
        word.start in cues
        or not 1 < word.index < len(words) - 1
        or words[word.index + 1].text not in (",", ".")
        or word is clause.head
    ):
        return False
    before = words[word.index - 1]
    if word.lower in ("said", "says"):
        return before.text == "," or before.tag.startswith("NN")
    return word.lower in ("show", "shows", "showed", "suggest", "suggests") and singular(before.lower) in phrases(
        "cues", "speaking_things"
    )


def _is_said_by_nobody(clause: Clause, figure: Word, is_affirmed: bool) -> bool:
    """ "It has been claimed that 40 fled", "she is said to own 40": a verb of saying in the passive, with nobody who says it."""
    sentence, below = clause.sentence, figure
    for _ in range(_FAR):
        above = sentence.words[below.head]
        if above is below:
            return False
        if is_affirmed and _is_hearsay(sentence, above, below):
            return True
        is_passive = above.tag == "VBN" and above.lower in _saying() and sentence.child(above, "auxpass") is not None
        if is_passive and below.relation in ("ccomp", "xcomp") and sentence.child(above, "agent") is None:
            return True
        below = above
    return False


_HEARING = frozenset("hear hears heard learn learns learned learnt".split())


def _is_hearsay(sentence: Sentence, above: Word, below: Word) -> bool:
    """ "The court heard that 40 fled", "there were rumours that 40 fled": somebody has said so, who is not named."""
    if below.relation == "ccomp" and above.lower in _HEARING and above.tag.startswith("VB"):
        return sentence.child(above, "nsubj") is not None and below.index > above.index
    if below.relation not in ("acl", "ccomp") or singular(above.lower) not in phrases("cues", "hearsay"):
        return False
    is_that = sentence.subtree(below)[0].lower == "that" or any(each.lower == "that" for each in sentence.children[below.index])
    return (
        is_that
        and sentence.child(above, "poss") is None
        and not any(each.lower in ("by", "from") for each in sentence.children[above.index])
    )


_MINDS = ("expect", "predict", "reckon", "anticipate", "fear", "hope")


@cache
def _minding() -> frozenset[str]:
    return frozenset(form for verb in _MINDS for form in inflected(verb))


def _is_in_a_mind(clause: Clause, figure: Word) -> bool:
    """ "Management expected 100 billion to leave": somebody thinks so, and no rule has told who he is."""
    sentence, below = clause.sentence, figure
    for _ in range(_FAR):
        above = sentence.words[below.head]
        if above is below or below.relation in ("relcl", "acl", "advcl", "conj"):
            return False
        if above.lower in _minding() and above.tag.startswith("VB") and sentence.child(above, "auxpass") is None:
            subject = sentence.child(above, "nsubj")
            is_somebody = subject is not None and subject.tag.startswith("NN") and subject.index < above.index
            return is_somebody and below.index > above.index and below.relation in ("dobj", "ccomp", "xcomp")
        below = above
    return False


_FAR = 12


def _words_in(clause: Clause, quote: Quote) -> list[Word]:
    return [word for word in clause.words if quote.inner_start <= word.start < quote.inner_end]


def _is_unheard(clause: Clause, word: Word, cues: set[int]) -> bool:
    """Whether a verb of saying has a subject and nothing to say but the clause itself: no attribution was made of it."""
    sentence = clause.sentence
    if word is clause.head or word.start in cues or word.lower not in _saying() or not word.tag.startswith("VB"):
        return False
    subject = sentence.child(word, "nsubj")
    if subject is not None and (subject.lower, word.lower) == ("all", "told"):
        return False
    if subject is None or subject.lower in _NOT_HE or subject.index > word.index + 1 or _has_content(sentence, word):
        return False
    return not any(each.relation == "neg" for each in sentence.children[word.index])


def _has_content(sentence: Sentence, word: Word) -> bool:
    """Whether the verb has a clause, or a thing that is said."""
    for each in sentence.children[word.index]:
        if each.relation in ("ccomp", "xcomp") and each.index > word.index:
            return True
        if each.relation == "dobj" and each.lower != "it" and word.lower not in _telling():
            return True
    return False


@cache
def _saying() -> frozenset[str]:
    return frozenset(form for verb in phrases("cues", "plain_saying") for form in inflected(verb))


@cache
def _telling() -> frozenset[str]:
    return frozenset(inflected("tell"))
