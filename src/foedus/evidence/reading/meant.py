"""Which of those who spoke before a pronoun or a description may mean, and how near each is."""

from __future__ import annotations

import re

from foedus.evidence.reading.choice import Bond
from foedus.evidence.reading.lexicon import phrases
from foedus.evidence.reading.speaker import Speaker
from foedus.evidence.reading.units import singular

__all__ = ["by_nearness", "is_many", "is_named_in", "is_of_sentence", "is_one", "is_she", "may_be"]


def by_nearness(before: str, fitting: list[Speaker]) -> list[tuple[Speaker, Bond]]:
    """Speakers whom a pronoun may mean, the latest first: his whose name stands in the same paragraph, or who is alone in the one before."""
    if len(fitting) < 2:
        return [(each, Bond.OWN) for each in fitting]
    *_, last, same = ["", *before.rsplit("\n", 1)] if "\n" in before else ["", "", before]
    here = [each for each in fitting if is_named_in(each, same)]
    if here:
        return [(each, Bond.OWN if len(here) == 1 else Bond.OPEN) for each in here]
    earlier = last.rstrip("\n").rsplit("\n", 1)[-1]
    there = [each for each in fitting if is_named_in(each, earlier)]
    if len(there) == 1:
        return [(there[0], Bond.OWN)]
    return [(each, Bond.OPEN) for each in (there or fitting)]


def is_named_in(speaker: Speaker, text: str) -> bool:
    name = speaker.name or speaker.canonical
    return name in text or name.split()[-1] in text


def is_of_sentence(before: str, pronoun: str) -> bool:
    """Whether "he" or "she" stands in the sentence that the text before a mention has begun."""
    start = max(before.rfind(". "), before.rfind("\n"), before.rfind("” "), 0)
    return re.search(rf"\b{pronoun}\b", before[start:], re.IGNORECASE) is not None


_ONE = frozenset("person official source man woman aide spokesman spokeswoman spokesperson minister diplomat witness".split())
""" "They" are not one of these."""


def is_many(speaker: Speaker) -> bool:
    """ "TD Cowen analysts": several, whom "it" does not mean."""
    last = speaker.canonical.split(" (")[0].split(" at ")[0].split(" of ")[0].split()[-1:]
    return bool(last) and last[0].islower() and last[0].endswith("s") and singular(last[0]) in phrases("nouns", "people")


def is_one(speaker: Speaker) -> bool:
    """Whether a speaker is one person, whom "they" does not mean."""
    words = re.findall(r"[a-z]+", speaker.canonical.lower())
    return speaker.is_person or bool(_ONE & set(words))


_NO_COMPANY = re.compile(
    r"\b(?:unions?|federation|ministry|government|police|parliament|council|court|university|party)\b", re.IGNORECASE
)


def is_she(speaker: Speaker) -> bool:
    """Whether a speaker is a person, by a role of her own beside the name."""
    return speaker.is_person and "(" in speaker.canonical


def may_be(word: str, speaker: Speaker) -> bool:
    """Whether "the bank" can be an earlier speaker: one with a name, but "the commission" is no leader, and nobody is "brokers"."""
    noun = word.removeprefix("the ")
    first = singular(speaker.canonical.partition(" ")[0].lower())
    if noun != word and first in phrases("nouns", "people") and first + "s" == speaker.canonical.partition(" ")[0].lower():
        return False  # "analysts at a bank" are no company
    if noun == word or noun in speaker.canonical.lower():
        return True
    if noun == "company" and _NO_COMPANY.search(speaker.canonical):
        return False
    return noun not in ("ministry", "commission") and any(letter.isupper() for letter in speaker.canonical)
