"""A word that turns what hangs on it."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.evidence.reading.parse import Sentence, Word

__all__ = ["QUALIFYING", "Turn", "none_of", "turn_at"]


@dataclass(frozen=True)
class Turn:
    """A word that turns what hangs on it.

    Attributes:
        rule: the name of the rule of reading. kind: the commitment that it makes.
        start, end: where the word stands.
    """

    rule: str
    kind: str
    start: int
    end: int


def turn_at(rule: str, kind: str, word: Word) -> Turn:
    """The turn that one word makes."""
    return Turn(rule, kind, word.start, word.end)


QUALIFYING = frozenset("until more less fewer later sooner earlier smaller lower higher only just merely simply least".split())


def none_of(sentence: Sentence, noun: Word) -> Word | None:
    """The "no" of a noun, but not of "no fewer than" or "no choice but to"."""
    for each in sentence.children[noun.index]:
        after = sentence.words[each.index + 1].lower if each.index + 1 < len(sentence.words) else ""
        is_none = (
            each.lower in ("no", "neither", "not") and each.relation in ("det", "neg", "preconj") and after not in QUALIFYING
        )
        behind = sentence.words[noun.index + 1].lower if noun.index + 1 < len(sentence.words) else ""
        is_subject = noun.relation in ("nsubj", "nsubjpass") and noun.index < noun.head  # "in fact, no such ship …"
        is_contrast = each.index > 0 and sentence.words[each.index - 1].text in (",", "—", "–", "-") and not is_subject
        if is_none and behind != "but" and not is_contrast:
            return each
    return None
