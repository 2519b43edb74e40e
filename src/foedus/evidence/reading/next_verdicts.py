"""A verdict in the sentence behind what it is about: "The army gave its losses as 192. That is false." """

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from foedus.evidence.reading.hedges import made_hedge
from foedus.evidence.reading.parse import Paragraph, Sentence, Word
from foedus.evidence.reading.proposal import NARRATOR, Proposal
from foedus.evidence.reading.stance_words import is_form_of, words_of
from foedus.evidence.reading.units import singular

__all__ = ["with_next_verdicts"]

_LONGEST = 14
"""Words of a sentence that is a verdict and nothing else, with who gives it."""
_THAT = frozenset("that this it these those both".split())
_POINTING = frozenset("that this these those the his her its their both such".split())
_UNTRUE = frozenset("false untrue true correct lie lies fiction fabrication hoax fake accurate".split())
"""Verdicts on whether a thing is so; "that is absurd" may be said of a thing that is."""


def with_next_verdicts(text: str, paragraphs: Sequence[Paragraph], drafts: Sequence[Proposal]) -> list[Proposal]:
    """The claims; those of a sentence that the next one calls false are denied by who says so, and those that it doubts are doubted."""
    found = list(drafts)
    for before, sentence, word, kind in _verdicts(paragraphs):
        hedge = made_hedge(text, "negated" if kind == "denied" else "possible", [(word.start, word.end)])
        giver = next((each for each in drafts if sentence.start <= each.start < sentence.end), None)
        for place, each in enumerate(found):
            if not before.start <= each.start < before.end or each.commitment != "affirmed":
                continue
            if each.attribution is None and word.lower not in _UNTRUE:
                continue
            found[place] = replace(
                each,
                commitment=kind,
                polarity="-",
                hedge=hedge,
                rules=("called-wrong" if kind == "denied" else "doubted", *each.rules),
                speaker=giver.speaker if giver is not None else NARRATOR,
                attribution=giver.attribution if giver is not None else None,
                time=None if each.time is not None and each.time == each.said else each.time,
                said=giver.said if giver is not None else None,
            )
    return found


def _verdicts(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Sentence, Sentence, Word, str]]:
    """(what it is about, the verdict, its word, denied or doubted)."""
    for paragraph in paragraphs:
        for before, sentence in pairwise(paragraph.sentences):
            if len(sentence.words) > _LONGEST or any(each.text == "?" for each in sentence.words):
                continue
            found = next((one for each in sentence.words if (one := _verdict(sentence, each)) is not None), None)
            if found is not None:
                yield before, sentence, *found


def _verdict(sentence: Sentence, verb: Word) -> tuple[Word, str] | None:
    """ "That is false", "those figures are not true", "this turned out to be a hoax": the word, and denied or doubted."""
    is_called = verb.tag == "VBN" and sentence.child(verb, "auxpass") is not None  # "those numbers are inflated"
    if verb.relation not in ("ROOT", "ccomp") or not (_is_being(verb) or is_called or is_form_of(verb, "turning_out")):
        return None
    subject = sentence.child(verb, "nsubj", "nsubjpass")
    is_person = subject is not None and subject.lower in ("he", "she", "they")
    if subject is None or not (is_person or _points_back(sentence, subject)):
        return None
    holder = sentence.child(verb, "xcomp") or verb
    word = sentence.child(holder, "acomp", "attr", "oprd") or (holder if is_called or holder.tag.startswith("JJ") else None)
    if word is None or any(each.relation in ("prep", "ccomp", "relcl", "acl") for each in sentence.children[word.index]):
        return None
    if is_person and word.lower not in ("wrong", "mistaken", "incorrect", "right", "correct"):
        return None
    name, is_negated = singular(word.lower), sentence.child(verb, "neg") is not None
    wrong = words_of("wrong")
    is_wrong = (word.lower in wrong or name in wrong) and not is_negated
    if is_wrong or (word.lower in words_of("right") and is_negated):
        is_open = any(each.tag == "MD" for each in sentence.children[verb.index])
        return word, "doubted" if is_open else "denied"
    is_doubtful = word.lower in words_of("doubtful") | words_of("unbelievable") | words_of("inflated") and not is_negated
    return (word, "doubted") if is_doubtful else None


_BEING = frozenset("is are was were be 's 're".split())


def _is_being(verb: Word) -> bool:
    return verb.lower in _BEING


def _points_back(sentence: Sentence, subject: Word) -> bool:
    """ "That", "this claim", "his figures"."""
    if subject.lower in _THAT:
        return True
    is_pointed = any(each.lower in _POINTING for each in sentence.children[subject.index])
    return is_pointed and singular(subject.lower) in words_of("statements") | {"figure", "number", "count", "toll", "total"}
