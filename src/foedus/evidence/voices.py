"""The name of a source: who speaks, through which outlet, and when two names mean one voice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

__all__ = ["Voice", "is_same_voice", "voice_key", "voice_of"]


@dataclass(frozen=True)
class Voice:
    """The parts of a source's name.

    Attributes:
        name: as it stands in the ledger, "NATO intelligence via CNN".
        speakers: whose word it is; several where a figure is computed from several.
        outlets: who passes it on.
        is_computed: an analyst's arithmetic on what the speakers say.
        cue: the words that tell speaker from outlet, "" where the name has one part.
    """

    name: str
    speakers: tuple[str, ...]
    outlets: tuple[str, ...] = ()
    is_computed: bool = False
    cue: str = ""


_COMPUTED = re.compile(r"(?i)^computed from\s+(.+)$")
_PASSED_BY = r"via|as reported by|told|in an interview with|speaking to|cited (?:in|by)|quoted (?:in|by)"
_PASSES_ON = r"citing|quoting|according to|referring to"
_OUTLET_LAST = re.compile(rf"(?i)^(.+?)\s*[,(]?\s*\b({_PASSED_BY})\s+(.+?)\)?$")
_OUTLET_FIRST = re.compile(rf"(?i)^(.+?)\s*[,(]?\s*\b({_PASSES_ON})\s+(.+?)\)?$")
_MAP_OF = re.compile(r"^([A-Z]\S+) (on) ([A-Z]\S+)$")


@lru_cache(maxsize=4096)
def voice_of(name: str) -> Voice:
    """Take a source's name apart: "Yonhap citing NIS" is the NIS through Yonhap."""
    computed = _COMPUTED.match(name)
    if computed:
        parts = [voice_of(part) for part in re.split(r"\s+and\s+", computed[1])]
        speakers, outlets = [s for part in parts for s in part.speakers], [o for part in parts for o in part.outlets]
        return Voice(name, tuple(dict.fromkeys(speakers)), tuple(dict.fromkeys(outlets)), True, "computed from")
    last = _OUTLET_LAST.match(name)
    if last:
        return Voice(name, (last[1],), (last[3],), cue=last[2].lower())
    first = _OUTLET_FIRST.match(name) or _MAP_OF.match(name)
    return Voice(name, (first[3],), (first[1],), cue=first[2].lower()) if first else Voice(name, (name,))


_WORDS = MappingProxyType(
    {
        "ua": "ukraine",
        "ukrainian": "ukraine",
        "us": "america",
        "usa": "america",
        "american": "america",
        "u.s": "america",
        "uk": "britain",
        "british": "britain",
        "rok": "southkorea",
        "dprk": "northkorea",
        "russian": "russia",
        "french": "france",
        "german": "germany",
        "chinese": "china",
        "mod": "defenceministry",
        "mnd": "defenceministry",
        "eu": "europe",
    }
)
_PHRASES = (
    (r"south korea(n)?\b", "southkorea"),
    (r"north korea(n)?\b", "northkorea"),
    (r"united states( of america)?\b", "america"),
    (r"united kingdom\b", "britain"),
    (r"european union\b", "europe"),
    (r"(ministry of (national )?defen[cs]e|defen[cs]e ministry)\b", "defenceministry"),
)
_NOT_A_SURNAME = frozenset(_WORDS.values()) | {"press", "government", "media", "officials", "intelligence", "nato"}


@lru_cache(maxsize=4096)
def voice_key(name: str) -> frozenset[str]:
    """The words that tell one source from another, whatever their order, case and spelling of countries."""
    text = re.sub(r"['’]s\b", "", name.lower())
    for pattern, word in _PHRASES:
        text = re.sub(rf"\b{pattern}", word, text)
    words = re.findall(r"[^\W_]+(?:[.-][^\W_]+)*", text)
    return frozenset(_WORDS.get(word, word) for word in words if word not in ("the", "of", "and", "a", "an"))


def is_same_voice(one: str, other: str, by_letters: bool = False) -> bool:
    """Whether two names mean one source: the same words, or a surname and a full name.

    Args:
        by_letters: a name and its first letters are one too, NIS for the National Intelligence Service.
    """
    if by_letters:
        one, other = _LETTERS_BEHIND.sub("", one), _LETTERS_BEHIND.sub("", other)
        if _is_in_letters(one, other) or _is_in_letters(other, one):
            return True
    first, second = voice_key(one), voice_key(other)
    return first == second or _is_surname(one, first, other) or _is_surname(other, second, one)


_LETTERS_BEHIND = re.compile(r"(?<=\w) \([A-Z][A-Za-z&-]{0,9}[A-Z]\)$")


def _is_in_letters(letters: str, full: str) -> bool:
    """ "NIS" for the National Intelligence Service: the first letters of the words that are written large, three or more."""
    words = [word for word in re.findall(r"[\w’'-]+", full) if word[:1].isupper()]
    return len(words) >= 3 and letters.isupper() and letters.isalpha() and letters == "".join(word[0] for word in words)


def _is_surname(short: str, key: frozenset[str], full: str) -> bool:
    words = full.split()
    if len(key) != 1 or len(words) not in (2, 3) or not all(word[:1].isupper() for word in (short, *words)):
        return False
    return key == voice_key(words[-1]) and not key & _NOT_A_SURNAME
