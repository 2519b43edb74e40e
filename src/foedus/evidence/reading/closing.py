"""Sentences that end on a speaker with his office: "…, its chief clerk, Bruno Falla, told the paper on Tuesday"."""

from __future__ import annotations

from foedus.evidence.reading.cues import lemma
from foedus.evidence.reading.parse import Sentence, Word
from foedus.evidence.reading.sources import can_speak

__all__ = ["closing_body", "closing_speaker", "opening_speaker"]

_WITHIN = ("NN", "NNS", "NNP", "NNPS", "DT", "JJ", "JJS", "PRP$", "POS", "CD", "HYPH", "IN", "CC", "VBN", "``", "''")
_LONGEST = 12
_SHORTEST = 5
_BEHIND = 10


def closing_speaker(sentence: Sentence, cue: Word) -> tuple[tuple[int, int], tuple[Word, ...]] | None:
    """Where office and name stand before a closing verb of speech, and the words that are said; None where it is no such end.

    The parser takes the office for one more thing that is counted, so that the order of the words has to tell.
    """
    words = sentence.words
    is_perfect = cue.tag == "VBN" and cue.index > 0 and words[cue.index - 1].lower in ("has", "have", "had")
    end = cue.index - 1 if is_perfect else cue.index
    if (
        (cue.tag not in ("VBD", "VBZ") and not is_perfect)
        or not lemma(cue.lower, "speech")
        or end < 2
        or words[end - 1].text != ","
    ):
        return None
    behind = [word for word in words[cue.index + 1 :] if word.text not in (".", '"')]
    if len(behind) > _BEHIND or any(word.tag.startswith(("VB", "MD", "W")) for word in behind):
        return None
    second = _segment(words, end - 1)
    first = _segment(words, second - 1) if second is not None else None
    if second is None or first is None or first - 1 < _SHORTEST:
        return None
    named = [words[first : second - 1], words[second : end - 1]]
    has_name = any(all(word.tag == "NNP" for word in each) for each in named)
    has_office = any(any(word.tag in ("NN", "NNS") for word in each) for each in named)
    if not (has_name and has_office):
        return None
    return (words[first].start, words[end - 2].end), words[: first - 1]


def _segment(words: tuple[Word, ...], comma: int) -> int | None:
    """Where the noun phrase before a comma starts, behind the comma before it."""
    at = comma - 1
    while at >= 0 and comma - at <= _LONGEST and words[at].tag in _WITHIN:
        at -= 1
    return at + 1 if at >= 0 and words[at].text == "," and at < comma - 1 else None


_NAMING = ("NN", "NNS", "NNP", "NNPS", "DT", "JJ", "POS", "-LRB-", "-RRB-", "CD")
_LATEST = 4


def closing_body(sentence: Sentence, cue: Word) -> tuple[tuple[int, int], tuple[Word, ...]] | None:
    """Where a name stands between the last comma and a closing verb of speech whose subject the parser sees elsewhere, and what is said.

    "…, in Lorn, Velm and Marn, the World Herding Board (WHB) has disclosed": the parser takes the name for one more of the list.
    """
    words = sentence.words
    helpers = words[cue.index - 1].lower in ("has", "have", "had") if cue.index else False
    end = cue.index - 1 if helpers else cue.index
    is_told = cue.tag in ("VBD", "VBZ") or (cue.tag == "VBN" and helpers)
    if not is_told or not lemma(cue.lower, "speech") or len(words) - cue.index > _LATEST:
        return None
    comma = next((at for at in range(end - 1, max(end - _LONGEST, _SHORTEST), -1) if words[at].text == ","), None)
    name = words[comma + 1 : end] if comma is not None else ()
    subject = sentence.child(cue, "nsubj")
    if comma is None or not name or subject is None or comma < subject.index or any(each.tag not in _NAMING for each in name):
        return None
    is_name = name[0].lower == "the" and any(each.tag == "NNP" for each in name)
    return ((name[0].start, name[-1].end), words[:comma]) if is_name else None


def opening_speaker(sentence: Sentence, cue: Word) -> tuple[tuple[int, int], tuple[Word, ...]] | None:
    """Who stands before a verb of speech that the parser leaves without a subject, and what is said behind it.

    "Officials combing the ruins said that 40 were lost", "Last week in Velm, Lorn's energy minister, Karl Ohm, said 40 were lost".
    """
    content = next((each for each in sentence.children[cue.index] if each.relation == "ccomp" and each.index > cue.index), None)
    if (
        cue.tag not in ("VBD", "VBZ")
        or not lemma(cue.lower, "speech")
        or content is None
        or sentence.child(cue, "nsubj") is not None
    ):
        return None
    said = tuple(sentence.subtree(content))
    at_work = next((each for each in sentence.children[cue.index] if each.relation == "ccomp" and each.index < cue.index), None)
    if at_work is not None and at_work.tag == "VBG" and sentence.child(at_work, "aux", "mark") is None:
        doer = sentence.child(at_work, "nsubj")
        return ((sentence.subtree(doer)[0].start, doer.end), said) if doer is not None and can_speak(doer) else None
    if cue.index < _SHORTEST or sentence.words[cue.index - 1].text != ",":
        return None
    second = _segment(sentence.words, cue.index - 1)
    first = _segment(sentence.words, second - 1) if second is not None else None
    if second is None or first is None or any(each.tag.startswith(("VB", "MD")) for each in sentence.words[:first]):
        return None
    office, name = sentence.words[first : second - 1], sentence.words[second : cue.index - 1]
    is_he = all(each.tag == "NNP" for each in name) and any(can_speak(each) for each in office if each.tag in ("NN", "NNS"))
    return ((sentence.words[first].start, sentence.words[cue.index - 2].end), said) if is_he else None
