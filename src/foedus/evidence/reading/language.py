"""In which language a paragraph is: by its letters, and by the small words that every sentence of a language has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from foedus.evidence.reading.lexicon import table
from foedus.evidence.reading.repair import is_english_word
from foedus.evidence.reading.zones import Zone

__all__ = ["ENGLISH", "Languages", "foreign_apart", "language_of"]

ENGLISH = "English"
UNKNOWN = "an unknown language"
_HEAD = 4_000
_FEWEST_LETTERS = 8
_SHORTEST = 5
_MARGIN = 2.0
_SHARE = 0.12
_LONG, _FEW, _MOST = 4, 2, 0.6
"""Of at least so many words of so many letters, none beside a small English word, more than this share is not English."""
_WORD = re.compile(r"(?<![\w.'’-])[^\W\d_]+(?!\w)(?!\.\w)")
"""A word that is not the tail of another one: of "U.S." and "it's" no letter is a word."""
_LETTER = re.compile(r"[^\W\d_]")
_HALF = 0.5


@dataclass(frozen=True)
class _Table:
    """Words by language, and letters by script."""

    order: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
    scripts: tuple[tuple[str, re.Pattern[str]], ...]


@dataclass(frozen=True)
class Languages:
    """The languages of a document.

    Attributes:
        main: of most of its article; None where it has too few words to tell.
        others: each language that is not read, with the characters of the article in it, the largest first.
    """

    main: str | None
    others: tuple[tuple[str, int], ...]

    @property
    def is_foreign(self) -> bool:
        """Whether nothing of the article is in the language that is read."""
        return self.main not in (None, ENGLISH)

    def as_dict(self) -> dict[str, object]:
        """As it stands in JSON."""
        return {"main": self.main, "not_read": dict(self.others)}


@cache
def _table() -> _Table:
    read = table("languages")
    words: dict[str, list[str]] = {}
    for name, listed in {ENGLISH: read[ENGLISH], **read["others"]}.items():
        for word in set(listed.split()):
            words.setdefault(word, []).append(name)
    scripts = tuple((name, re.compile(f"[{letters}]")) for name, letters in read["scripts"].items())
    return _Table(tuple(read["others"]), MappingProxyType({word: tuple(names) for word, names in words.items()}), scripts)


def language_of(text: str) -> str | None:
    """The language of a paragraph; None where it is too short to tell, or its words belong to no language that is known."""
    head = text[:_HEAD]
    letters = len(_LETTER.findall(head))
    if letters < _FEWEST_LETTERS:
        return None
    by_script = _by_script(head, letters)
    if by_script is not None:
        return by_script
    words = _WORD.findall(head)
    plain = [word for word in words if word[0].islower()] + [word.lower() for word in words[:1] if word[0].isupper()]
    known = Counter(name for word in plain for name in _table().words.get(word, ()))
    english = known.pop(ENGLISH, 0)
    other = max(_table().order, key=lambda name: known[name])
    count = known[other]
    is_more = any(len(word) > 1 and other in _table().words.get(word, ()) for word in plain)  # "I" and "a" are English too
    if is_more and len(words) >= _SHORTEST and count >= max(2, _SHARE * len(words)) and count > _MARGIN * english:
        return other
    strange = [word for word in plain if len(word) >= _LONG]
    if not english and len(strange) >= _FEW and sum(not is_english_word(word) for word in strange) > _MOST * len(strange):
        return other if count else UNKNOWN
    return ENGLISH if english else None


def _by_script(text: str, letters: int) -> str | None:
    """By letters that are not Latin, where they are half of all."""
    counts = {name: len(pattern.findall(text)) for name, pattern in _table().scripts}
    if counts["Japanese"]:
        counts["Japanese"] += counts["Chinese"]
    best = max(counts, key=lambda name: counts[name])
    if counts[best] < _HALF * letters:
        return None
    return best


def foreign_apart(text: str, zones: Sequence[Zone], readable: Iterable[str]) -> tuple[list[Zone], Languages]:
    """The zones with those of another language set apart as `foreign`, and the languages of the document.

    A line that is too short to tell goes with the one before it, where the whole document has another language.

    Args:
        readable: kinds of zones that are read.
    """
    kinds = frozenset(readable)
    told = [language_of(text[zone.start : zone.end]) if zone.kind in kinds else None for zone in zones]
    sizes: Counter[str] = Counter()
    for zone, language in zip(zones, told, strict=True):
        if language is not None:
            sizes[language] += zone.end - zone.start
    main = sizes.most_common(1)[0][0] if sizes else None
    found: list[Zone] = []
    for zone, language in zip(zones, told, strict=True):
        taken = main if language is None and main != ENGLISH else language
        is_foreign = zone.kind in kinds and taken not in (None, ENGLISH)
        found.append(replace(zone, kind="foreign") if is_foreign else zone)
    others = tuple((name, size) for name, size in sizes.most_common() if name != ENGLISH)
    return found, Languages(ENGLISH if sizes[ENGLISH] else main, others)
