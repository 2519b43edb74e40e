"""Nouns of a view with an owner: "the bank's forecast is for 4 percent", "the 3 percent expected by analysts"."""

from __future__ import annotations

from collections.abc import Iterator

from foedus.evidence.reading.cues import lemma
from foedus.evidence.reading.lexicon import phrases
from foedus.evidence.reading.parse import Sentence, Word
from foedus.evidence.reading.sources import can_speak, names_somebody, noun_phrase
from foedus.evidence.reading.units import singular

__all__ = ["by_whom", "changes_own_view", "is_view", "of_view", "view_owners"]

_LINKS = ("of", "for", "at", "to", "between")
_BEING = frozenset("is was are were be been stands stood remains remained".split())
_CHANGING = frozenset(
    "cut cuts cutting raise raises raised raising lower lowers lowered lowering trim trims trimmed lift lifts lifted revise revises "
    "revised keep keeps kept maintain maintains maintained slash slashes slashed upgrade upgrades upgraded downgrade downgrades "
    "downgraded reaffirm reaffirms reaffirmed hike hikes hiked nudged nudges reduce reduces reduced".split()
)
_MARKED = ("by", "from")
_DEEPEST = 10


def is_view(noun: Word) -> bool:
    """Whether a noun names what somebody takes a number to be."""
    return noun.tag.startswith("NN") and singular(noun.lower) in phrases("cues", "views") | phrases("cues", "told_figures")


def view_owners(sentence: Sentence) -> Iterator[tuple[Word, tuple[int, int]]]:
    """The nouns of a view in a sentence, each with the words of whose it is."""
    for noun in sentence.words:
        if is_view(noun) and (source := _owner(sentence, noun)) is not None:
            yield noun, source


def _owner(sentence: Sentence, noun: Word) -> tuple[int, int] | None:
    """Its genitive; who speaks right before it; who stands behind its "by" or "from", or its "of" where those are people."""
    is_told = singular(noun.lower) in phrases("cues", "told_figures")
    owner = sentence.child(noun, "poss")
    if owner is not None:
        mark = sentence.child(owner, "case")
        start, end = noun_phrase(sentence, owner)
        is_somebody = owner.tag.startswith("NN") and singular(owner.lower) not in phrases("cues", "whens")
        is_time = owner.lower.endswith("day") or not is_somebody
        return (
            None
            if is_time or (is_told and not _speaks(owner))
            else (start, mark.start if mark is not None and mark.end == end else end)
        )
    for each in sentence.children[noun.index]:
        if each.relation in ("compound", "nmod") and _speaks(each) and not is_told:
            first = next((one for one in sentence.subtree(each) if one.index < each.index), each)
            return first.start, each.end
        thing = sentence.child(each, "pobj")
        if thing is None or not thing.tag.startswith("NN"):
            continue
        if each.lower in _MARKED and (_speaks(thing) or thing.tag in ("NNP", "NNPS")) and not thing.lower.endswith("day"):
            return noun_phrase(sentence, thing)
        if each.lower == "of" and thing.tag == "NNS" and can_speak(thing) and not is_told:
            return noun_phrase(sentence, thing)
    return None


def _speaks(noun: Word) -> bool:
    """People and bodies, by a common noun; a name before a view may as well be what it is about."""
    if noun.tag not in ("NN", "NNS"):
        return False
    return can_speak(noun) or singular(noun.lower) in phrases("cues", "counters")


def of_view(sentence: Sentence, figure: Word) -> Word | None:
    """The noun of a view that a figure puts into a number: the "of" behind it, or the "is" of which it is the subject."""
    below = figure
    for _ in range(_DEEPEST):
        above = sentence.words[below.head]
        if above is below or below.relation in ("relcl", "acl", "advcl", "conj", "ccomp"):
            return None
        if is_view(above):
            is_behind = below.relation == "prep" and below.lower in _LINKS and below.index > above.index
            return above if is_behind else None
        is_open = above.tag == "VB" and any(each.tag == "TO" for each in sentence.children[above.index])
        if above.tag.startswith("VB") and not (is_open and below.index > above.index):
            subject = sentence.child(above, "nsubj")
            is_equal = above.lower in _BEING and below.relation in ("attr", "prep", "xcomp") and below.index > above.index
            return subject if subject is not None and is_view(subject) and is_equal else None
        below = above
    return None


def changes_own_view(sentence: Sentence, verb: Word) -> bool:
    """ "The miner cut its forecast", "the bank kept the forecast": its subject holds the view, and what happens holds none."""
    thing = sentence.child(verb, "dobj")
    subject = sentence.child(verb, "nsubj")
    if thing is None or subject is None or not is_view(thing) or verb.lower not in _CHANGING:
        return False
    is_somebody = subject.tag == "PRP" or (subject.tag.startswith("NN") and names_somebody(subject.text))
    own = sentence.child(thing, "poss")
    if own is not None:
        return is_somebody and own.lower in ("its", "their", "his", "her")
    return is_somebody and (can_speak(subject) or singular(subject.lower) in phrases("cues", "counters"))


def by_whom(sentence: Sentence, figure: Word) -> Word | None:
    """ "The 3 percent expected by analysts": the "by" of a participle about a figure."""
    word = figure
    for _ in range(2):
        for each in sentence.children[word.index]:
            agent = sentence.child(each, "agent") if each.relation == "acl" and each.tag == "VBN" else None
            if agent is not None and each.index > figure.index and lemma(each.lower, "vouching"):
                return agent
        if word.head == word.index or not sentence.words[word.head].tag.startswith("NN"):
            return None
        word = sentence.words[word.head]
    return None
