"""The words that turn what hangs on them, with all their forms."""

from __future__ import annotations

from functools import cache

from foedus.evidence.reading.lexicon import phrases, table
from foedus.evidence.reading.parse import Word

__all__ = ["is_form_of", "words_of"]


@cache
def words_of(key: str) -> frozenset[str]:
    """A list of the table of stances."""
    return phrases("stances", key)


@cache
def _forms(key: str) -> frozenset[str]:
    """All forms of the verbs of a list."""
    irregular = table("stances")["irregular"]
    found: set[str] = set()
    for verb in words_of(key):
        found |= {verb, *irregular.get(verb, "").split()} if verb in irregular else _regular(verb)
    return frozenset(found)


def _regular(verb: str) -> set[str]:
    if verb.endswith("e"):
        return {verb, verb + "s", verb + "d", verb[:-1] + "ing"}
    return {verb, verb + ("es" if verb.endswith(("sh", "ch", "ss", "x", "o")) else "s"), verb + "ed", verb + "ing"}


def is_form_of(word: Word, key: str) -> bool:
    """Whether a word is a form of one of the verbs of a list."""
    return word.lower in _forms(key)
