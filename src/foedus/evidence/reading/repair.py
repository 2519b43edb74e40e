"""Words that lost the blank between them: "grindingslave", "now,North", "2022.While"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from foedus.evidence.reading.libraries import library
from foedus.evidence.reading.textmap import MappedText

__all__ = ["is_english_word", "repaired"]

# As Zipf frequencies: a word at 1 is met once in a hundred million words.
_UNKNOWN = 1.3
_KNOWN = 3.0
_MET = 2.5

_GLUED_MARK = re.compile(
    r"(?<=[a-z\d\"”’'])(?:[,;:!?](?=[A-Za-z“\[]|\"\w)|\.(?=[A-Z][a-z]))|(?<=[a-z])”(?=[a-z])|(?<=[.,!?]”)(?=[A-Z][a-z])"
)
_STRAIGHT = re.compile(r'(?<=[.,!?])"(?=[A-Z][a-z])')
_WORD = re.compile(r"(?<![\w@./#’'-])[A-Za-z]{5,40}(?![\w@/’'-])")
_STRETCH = re.compile(r"\S+")  # looked through by itself, so that a long one costs what it is long
_ADDRESS = re.compile(r"https?:|www\.|@|\w\.(?:com|org|net|ru|ua|co|gov|ca|uk)\b|\w\.\w+/")


def repaired(text: MappedText) -> MappedText:
    """The text with the missing blanks put in; what is not certain stays as it is."""
    shielded = [match.span() for match in _STRETCH.finditer(text.text) if _ADDRESS.search(match.group())]
    places = [match.end() for match in _GLUED_MARK.finditer(text.text)]
    places += [_beside_quote(text.text, match.start()) for match in _STRAIGHT.finditer(text.text)]
    for match in _WORD.finditer(text.text):
        cut = _split(match.group())
        if cut:
            places.append(match.start() + cut)
    return text.with_blanks([place for place in places if not any(low <= place < high for low, high in shielded)])


def _beside_quote(text: str, place: int) -> int:
    """On which side of a straight mark the blank belongs: before one that opens, behind one that closes."""
    line = text.rfind("\n", 0, place) + 1
    return place + text.count('"', line, place) % 2


@lru_cache(maxsize=65_536)
def _frequency(word: str) -> float:
    """How common a word is in English: Zipf scale, 0 for unknown ones."""
    frequencies: Any = library("wordfreq").zipf_frequency
    return float(frequencies(word, "en"))


def is_english_word(word: str) -> bool:
    """Whether a word is met in English texts now and then, not only as a guest."""
    return _frequency(word.lower()) >= _MET


@lru_cache(maxsize=65_536)
def _split(word: str) -> int:
    """Where a blank is missing inside a word; 0 where none is."""
    inner = re.search(r"[a-z](?=[A-Z][a-z]{2,})", word)
    is_name = inner is not None and word[0].isupper()  # "WaterAid", "YouTube"
    if (
        inner
        and not is_name
        and _frequency(word[: inner.end()].lower()) > 4.0
        and word[0:2] not in ("Mc", "De")
        and inner.end() > 3
    ):
        return inner.end()
    lower = word.lower()
    if not word[1:].islower() or _frequency(lower) > _UNKNOWN or _is_inflected(lower):
        return 0
    best, place = 0.0, 0
    for cut in range(1, len(lower)):
        left, right = lower[:cut], lower[cut:]
        if word[0].isupper() and right not in _LINKS:
            continue
        ends = (_frequency(left), _frequency(right))
        if ends[0] > _needed(left) and ends[1] > _needed(right) and min(ends) > best:
            best, place = min(ends), cut
    return place


def _needed(part: str) -> float:
    """How common a part must be to count as a word of its own: short ones more than long ones."""
    if len(part) == 1:
        return 6.0 if part == "a" else 9.0
    return {2: 6.2, 3: 5.6, 4: 4.2}.get(len(part), _KNOWN)


_LINKS = frozenset({"and", "the", "but", "for", "with", "from", "that", "has", "was", "who", "which", "have", "will"})
_AFFIXES = ("ness", "less", "like", "wise", "ship", "able", "ing", "ism", "ist", "ers", "er", "ed", "ly", "es", "s")
_PREFIXES = (
    "non",
    "anti",
    "over",
    "under",
    "counter",
    "super",
    "inter",
    "micro",
    "multi",
    "pre",
    "post",
    "un",
    "re",
    "out",
    "mis",
    "co",
)


def _is_inflected(word: str) -> bool:
    """A rare form of a known word: "sanctionable", "unratified"."""
    ends = any(word.endswith(end) and _frequency(word[: -len(end)]) > 2.0 for end in _AFFIXES)
    return ends or any(word.startswith(start) and _frequency(word[len(start) :]) > 2.0 for start in _PREFIXES)
