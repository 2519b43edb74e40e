"""The day of what is told without one, by when it was said: of that day what is so then; no later than it a deed that is past by then."""

from __future__ import annotations

import re
from dataclasses import replace

from foedus.evidence.reading.dates import TimeMention
from foedus.evidence.reading.day_bonds import is_of_always
from foedus.evidence.reading.parse import Sentence, Word
from foedus.evidence.reading.tenses import turn_at

__all__ = ["by_saying"]

_DEEPEST = 30
_STATES = frozenset(
    "was were had stood remained remains stayed numbered totalled totaled held needed lacked faced owed owned employed kept lay seemed "
    "amounted contained included".split()
)
"""Verbs of what lasts: "said on Monday that 40 were missing" is told of Monday."""


def by_saying(sentence: Sentence, word: Word, said: TimeMention, is_figure: bool = True) -> TimeMention | None:
    """The day of a statement that has no time of its own.

    Args:
        word: the figure, or the verb of a statement without one. said: when it was uttered.
    Returns:
        said, a bound `<=` of it, or None for what is so on any day, and for a figure that lies ahead; a view of what is to come is held
        on the day on which it is told.
    """
    if is_of_always(sentence, word) or not said.value:
        return None
    verb = _verb_of(sentence, word)
    if verb is None:
        return said
    if turn_at(sentence, verb.start) > 0:
        return None if is_figure else said
    return _no_later(said) if _is_past_deed(sentence, verb) else said


def _no_later(said: TimeMention) -> TimeMention:
    """The day of saying as the last one on which it can have been."""
    last = re.search(r"\d{4}(?:-\d\d){0,2}(?=\]?$)", said.value or "")
    return replace(said, kind="relative", value=f"<={last.group()}" if last is not None else None)


def _verb_of(sentence: Sentence, word: Word) -> Word | None:
    """The nearest verb above a word."""
    for _ in range(_DEEPEST):
        if word.tag.startswith("VB"):
            return word
        if word.head == word.index:
            return None
        word = sentence.words[word.head]
    return None


def _is_past_deed(sentence: Sentence, verb: Word) -> bool:
    """ "Were killed", "had sunk": done by then; not "were missing", "have been killed", "had been killed", which are told of then."""
    helpers = {each.lower for each in sentence.children[verb.index] if each.relation in ("aux", "auxpass")}
    if helpers & {"has", "have", "'ve"}:
        return False
    if "had" in helpers:
        return "been" not in helpers and sentence.child(verb, "neg") is None
    if verb.tag == "VBD":
        return verb.lower not in _STATES
    if verb.tag == "VBN" and not helpers:
        is_deed = verb.relation in ("ccomp", "ROOT", "conj", "parataxis") or sentence.child(verb, "dobj") is not None
        return is_deed  # "that 26 left", taken for a participle
    return verb.tag == "VBN" and bool(helpers & {"was", "were"})
