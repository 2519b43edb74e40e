"""How surely something is said: the class of the hedge, its words, and the probability that readers take from them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from foedus.evidence.reading.lexicon import table

__all__ = ["FoundHedge", "denial_of", "doubt_of", "hedge_of"]


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


def doubt_of(text: str, cue: tuple[int, int]) -> FoundHedge:
    """The hedge of what a source doubts."""
    return _made(text, "possible", [cue])


def denial_of(text: str, cue: tuple[int, int]) -> FoundHedge:
    """The hedge of what a source denies."""
    return _made(text, "negated", [cue])


def _choice(words: str) -> str:
    found = sorted((phrase.strip() for phrase in words.replace("\n", "").split("|")), key=len, reverse=True)
    return "|".join(re.escape(phrase).replace("'", "['’]").replace(r"\ ", r"\s+") for phrase in found if phrase)


def hedge_of(text: str, spans: list[tuple[int, int]], is_backshift: bool) -> FoundHedge:
    """The hedge of a statement.

    Args:
        text: the working text.
        spans: the stretches that belong to the statement: its words, and those that govern it.
        is_backshift: it is reported speech behind a verb in the past, where "would" stands for "will".
    """
    if not any(_any().search(text, low, high) for low, high in spans):
        return _made(text, "asserted", [])
    for kind in table("hedges")["order"]:
        cues = [match.span() for low, high in spans for match in _patterns()[kind].finditer(text, low, high)]
        cues = [cue for cue in cues if not _is_other(text, cue, kind, is_backshift)]
        if cues:
            return _made(text, kind, cues)
    return _made(text, "asserted", [])


_WISH = re.compile(r"\b(?:like|want|love|prefer)\b")


def _is_other(text: str, cue: tuple[int, int], kind: str, is_backshift: bool) -> bool:
    """Words that look like a hedge and are none here."""
    word = text[cue[0] : cue[1]].lower()
    after = text[cue[1] : cue[1] + 25]
    before = text[max(0, cue[0] - 25) : cue[0]]
    if (word == "may" and re.match(r" (?:\d|20)", after)) or (
        word == "may" and text[cue[0]] == "M" and re.search(r"\b(?:in|since|last|on|of) $", before)
    ):
        return True
    if word in ("unknown", "uncertain", "unclear"):
        return bool(
            re.search(r"\b(?:an?|the|some|of|by|other|previously|hitherto|this|these|its|their) $", before, re.IGNORECASE)
            and re.match(r" [a-z]", after)
        )
    if kind == "conditional":
        if word == "would":
            return is_backshift and " if " not in text[max(0, cue[0] - 80) : cue[1] + 80]
        if word == "should":
            return not re.match(r"[A-Z]", text[cue[0]])
        if word == "if":
            return bool(re.search(r"\b(?:as|even|what|wonder\w*|ask\w*|see|know) $", before))
    if (
        word == "could"
        and re.match(r" not\b|n['’]t", after)
        and (is_backshift or re.match(r"(?: not|n['’]t) be (?:\w+ )?verified", after))
    ):
        return True
    if word == "can":
        return not re.match(
            r" (?:also |only |be |still |cause|lead|become|happen|have |probably|potentially|easily)", after
        ) or bool(re.match(r" ?not", after))
    if word in ("believe", "believes", "i think", "we think", "i believe", "we believe") and re.search(
        r"(?:n['’]t|not|never) $", before
    ):
        return True
    if word == "likely" and re.search(r"\bun$", before):
        return True
    return word == "set to" and "was " in before[-6:]


def _made(text: str, kind: str, cues: list[tuple[int, int]]) -> FoundHedge:
    """With the range of its strongest word, else of its class."""
    words = table("hedges")["probability"]
    for low, high in cues:
        row = words.get(" ".join(text[low:high].lower().split()))
        if row is not None:
            return FoundHedge(kind, tuple(cues), (row[0], row[1]), row[2])
    row = table("hedges")["class_probability"][kind]
    return FoundHedge(kind, tuple(cues), (row[0], row[1]), row[2])
