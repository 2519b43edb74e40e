"""Verbs that "and" or "but" joins under one subject: whether what is said of one is as sure as what is said of the other."""

from __future__ import annotations

from foedus.evidence.reading.hedges import hedge_words
from foedus.evidence.reading.parse import Sentence, Word

__all__ = ["stands_otherwise"]

_FINITE = ("VBZ", "VBP", "VBD", "MD")


def stands_otherwise(sentence: Sentence, verb: Word) -> bool:
    """ "It took 40 cars and may have drowned three men", "cannot save the ship, but can save the cargo": a statement of its own.

    Args:
        verb: joined to the verb above it, without a subject of its own.
    """
    above = sentence.words[verb.head]
    if not above.tag.startswith(("VB", "MD")) or not _is_finite(sentence, verb) or not _is_finite(sentence, above):
        return False
    return _signs(sentence, verb) != _signs(sentence, above)


def _is_finite(sentence: Sentence, verb: Word) -> bool:
    """Whether it has a tense of its own, in itself or in a small verb before it."""
    return verb.tag in _FINITE or any(
        each.relation in ("aux", "auxpass") and each.tag in _FINITE for each in sentence.children[verb.index]
    )


def _signs(sentence: Sentence, verb: Word) -> frozenset[str]:
    """The "not", "may" and "is expected" of a verb, and the condition that hangs on it."""
    signs: set[str] = set()
    for each in (verb, *sentence.children[verb.index]):
        if each.relation == "neg":
            signs.add("not")
        elif each is verb or each.relation in ("aux", "auxpass", "advmod", "acomp"):
            text = each.lower
            signs |= hedge_words(text, 0, len(text)) if text not in ("can", "would", "should") else {text}
        elif each.relation == "advcl" and sentence.subtree(each)[0].lower in ("if", "unless"):
            signs.add("if")
    return frozenset(signs)
