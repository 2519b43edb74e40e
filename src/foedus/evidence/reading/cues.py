"""Which word forms are cues, and of what sort."""

from __future__ import annotations

import re
from functools import cache

from foedus.evidence.reading.lexicon import phrases, table

__all__ = ["forms", "inflected", "lemma", "phrase_pattern"]


@cache
def inflected(verb: str) -> list[str]:
    """The forms of a regular verb."""
    irregular = table("cues")["irregular"]
    if verb in irregular:
        return [verb, *irregular[verb].split()]
    if verb.endswith("e"):
        return [verb, verb + "s", verb + "d", verb[:-1] + "ing"]
    if verb.endswith(("sh", "ch", "ss", "x")):
        return [verb, verb + "es", verb + "ed", verb + "ing"]
    return [verb, verb + "s", verb + "ed", verb + "ing"]


@cache
def forms(kind: str) -> dict[str, str]:
    """Form -> base form, for one of the lists of the table."""
    return {form: verb for verb in sorted(phrases("cues", kind)) for form in inflected(verb)}


def lemma(word: str, *kinds: str) -> str:
    """The base form when the word is a cue of one of these kinds; else ""."""
    for kind in kinds:
        found = forms(kind).get(word)
        if found:
            return found
    return ""


@cache
def phrase_pattern() -> re.Pattern[str]:
    """ "According to" and its like."""
    options = "|".join(re.escape(phrase) for phrase in table("cues")["phrases"].split("|"))
    return re.compile(rf"\b(?:{options})(?=\s)", re.IGNORECASE)
