"""How surely something is said: the class of the hedge, its words, and the probability that readers take from them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from foedus.evidence.reading.lexicon import by_first_letter, table

__all__ = ["FoundHedge", "hedge_of", "hedge_words", "made_hedge"]


@dataclass(frozen=True)
class FoundHedge:
    """A hedge.

    Attributes:
        kind: the class.
        cues: where its words stand.
        probability, yardstick: the range by a named table.
    """

    kind: str
    cues: tuple[tuple[int, int], ...]
    probability: tuple[float, float]
    yardstick: str


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        kind: re.compile(rf"(?<![\w'’-])(?:{_choice(words)})(?![\w])", re.IGNORECASE)
        for kind, words in table("hedges")["cues"].items()
    }


@cache
def _any() -> re.Pattern[str]:
    """A word of any class."""
    words = "|".join(table("hedges")["cues"].values())
    return re.compile(rf"(?<![\w'’-])(?:{_choice(words)})(?![\w])", re.IGNORECASE)


def hedge_words(text: str, start: int, end: int) -> frozenset[str]:
    """The words in a stretch that hedge, in small letters."""
    cues = (match.span() for match in _any().finditer(text, start, end))
    return frozenset(text[low:high].lower() for low, high in cues if not _is_lookalike(text, (low, high)))


def _choice(words: str) -> str:
    found = sorted((phrase.strip() for phrase in words.replace("\n", "").split("|")), key=len, reverse=True)
    return by_first_letter(re.escape(phrase).replace("'", "['’]").replace(r"\ ", r"\s+") for phrase in found if phrase)


def hedge_of(text: str, spans: list[tuple[int, int]], is_backshift: bool) -> FoundHedge:
    """The hedge of a statement.

    Args:
        text: the working text.
        spans: the stretches that belong to the statement: its words, and those that govern it.
        is_backshift: it is reported speech behind a verb in the past, where "would" stands for "will".
    """
    if (stated := _stated(text, spans)) is not None:
        return stated
    if not any(_any().search(text, low, high) for low, high in spans):
        return made_hedge(text, "asserted", [])
    for kind in table("hedges")["order"]:
        cues = [match.span() for low, high in spans for match in _patterns()[kind].finditer(text, low, high)]
        cues = [cue for cue in cues if not _is_other(text, cue, kind, is_backshift)]
        if cues:
            return made_hedge(text, kind, cues)
    return made_hedge(text, "asserted", [])


_IN_WORDS = dict(zip("one two three four five six seven eight nine ten".split(), range(1, 11), strict=True)) | {"twenty": 20}
_count = rf"(?:{'|'.join(_IN_WORDS)}|\d{{1,4}})"
_STATED = re.compile(
    r"(?<![\d.,])(?P<percent>\d{1,3}(?:\.\d+)?) ?(?:%|per cent|percent) (?:certain|sure|confident|convinced)\b"
    rf"|\b(?P<among>{_count})-in-(?P<whole>{_count})[- ](?:chance|probability|likelihood|odds|risk)\b",
    re.IGNORECASE,
)
""" "90 % certain that", "a one-in-three chance that": a probability that is told as such."""
_SURE, _LIKELY = 0.95, 0.55


def _stated(text: str, spans: list[tuple[int, int]]) -> FoundHedge | None:
    """The hedge that is told as a number."""
    match = next((found for low, high in spans if (found := _STATED.search(text, low, high)) is not None), None)
    if match is None:
        return None
    share = float(match["percent"]) / 100 if match["percent"] else _size(match["among"]) / max(_size(match["whole"]), 1.0)
    if not 0 <= share <= 1:
        return None
    kind = "certain" if share >= _SURE else "probable" if share >= _LIKELY else "possible"
    return FoundHedge(kind, (match.span(),), (share, share), "as stated")


def _size(words: str) -> float:
    return float(_IN_WORDS.get(words.lower(), 0) or words)


_UNREAL = re.compile(r"(?: not| never| also| otherwise)? have \w+(?:ed|en|t|d|ne|ng|un|ld|ade|ome|ept|ut)\b")
""" "Said it would have ordered them back": what was not, in reported speech too."""


def _is_other(text: str, cue: tuple[int, int], kind: str, is_backshift: bool) -> bool:
    """Words that look like a hedge and are none here."""
    if _is_lookalike(text, cue):
        return True
    word = text[cue[0] : cue[1]].lower()
    after = text[cue[1] : cue[1] + 25]
    before = text[max(0, cue[0] - 25) : cue[0]]
    if kind == "conditional" and word == "would":
        return is_backshift and not _UNREAL.match(after) and " if " not in text[max(0, cue[0] - 80) : cue[1] + 80]
    if (
        word == "could"
        and re.match(r" not\b|n['’]t", after)
        and (is_backshift or re.match(r"(?: not|n['’]t) be (?:\w+ )?verified", after))
    ):
        return True
    if word in ("believe", "believes", "i think", "we think", "i believe", "we believe") and re.search(
        r"(?:n['’]t|not|never) $", before
    ):
        return True
    if word == "likely" and re.search(r"\bun$", before):
        return True
    return word == "set to" and "was " in before[-6:]


@cache
def _lookalikes() -> tuple[tuple[frozenset[str], re.Pattern[str], re.Pattern[str]], ...]:
    """(words, what stands before them, what stands behind them) of words that are no hedge there."""
    rows = table("hedges")["lookalikes"]
    return tuple(
        (
            frozenset(row["words"].split("|")),
            re.compile(rf"(?:{row.get('before', '')})$", re.IGNORECASE),
            re.compile(row.get("after", ""), re.IGNORECASE),
        )
        for row in rows
    )


def _is_lookalike(text: str, cue: tuple[int, int]) -> bool:
    """ "In May", "as soon as possible", "a false alarm", "all it could", "an unknown fever"."""
    written = text[cue[0] : cue[1]]
    word = written.lower()
    if word == "may" and written[0] == "M":
        return True
    if word == "should" and written[0] != "S":
        return True
    after = text[cue[1] : cue[1] + 30]
    before = text[max(0, cue[0] - 40) : cue[0]]
    return any(word in words and left.search(before) and right.match(after) for words, left, right in _lookalikes())


def made_hedge(text: str, kind: str, cues: list[tuple[int, int]]) -> FoundHedge:
    """With the range of its strongest word, else of its class."""
    words = table("hedges")["probability"]
    for low, high in cues:
        row = words.get(" ".join(text[low:high].lower().split()))
        if row is not None:
            return FoundHedge(kind, tuple(cues), (row[0], row[1]), row[2])
    row = table("hedges")["class_probability"][kind]
    return FoundHedge(kind, tuple(cues), (row[0], row[1]), row[2])
