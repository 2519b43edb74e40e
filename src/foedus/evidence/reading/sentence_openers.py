"""Who opens a sentence, for a pronoun further on in it or in the next."""

from __future__ import annotations

import re

from foedus.evidence.reading.lexicon import phrases
from foedus.evidence.reading.units import singular

__all__ = [
    "BODY_FIRST",
    "BODY_OWN",
    "OWN_NAME",
    "SENTENCE_END",
    "SENTENCE_START",
    "body_of_sentence",
    "many_before",
    "without_quotes",
]

_MANY_FIRST = re.compile(
    r"(?:(?:The|Some|Many|Most|Other|Local|Both|Two|Three) )?(?:(?:two|three|four|five|six|other) )?(?P<who>[A-Za-z][a-z-]+s)(?= [a-z])"
)


_JOINT = frozenset(
    "side party company country government firm union agency donor ministry bank operator state nation team family".split()
)


def many_before(before: str) -> str:
    """Who opens the sentence, where it is several: "Importers see it differently: prices, they say, …"; "" where nobody does."""
    line = before.rfind("\n") + 1
    starts = [line, *(match.end() for match in SENTENCE_START.finditer(before, line))]
    for start in reversed(starts[-2:]):
        match = _MANY_FIRST.match(without_quotes(before[start:]))
        noun = singular(match["who"].lower()) if match is not None else ""
        if match is not None and (noun in phrases("nouns", "people") or noun in _JOINT):
            return match.group()
    return ""


_OWN_BODY = re.compile(r"(?:[Tt]he|[Ii]ts|[Tt]heir|[A-Z][\w’'-]+['’]s) (?P<noun>(?:[a-z-]+ ){1,4})[^.!?\n]*[:;,] (?:\w+ ){0,2}$")


OWN_NAME = re.compile(r"(?P<name>[A-Z][\w’-]+(?: [A-Z][\w’-]+){0,4}),? [a-z][^.!?\n]*[:;,] (?:\w+ ){0,2}$")


_APPOSED = re.compile(r"[^,.!?\n]{3,60}, (?P<name>[A-Z][\w’-]+(?: [A-Z][\w’-]+)*), [a-z]")


_OWN_BODIES = frozenset(
    "city state government ministry council court agency company firm bank union board party commission regulator committee operator utility "
    "league club airline carrier group authority police army navy university hospital school church fund".split()
)


def body_of_sentence(before: str) -> str:
    """The body that opens the sentence of an "it": "The city rejects that: it says …"; "" where it is none, or opens none."""
    line = before.rfind("\n") + 1
    starts = [line, *(match.end() for match in SENTENCE_START.finditer(before, line))]
    match = _OWN_BODY.match(without_quotes(before[starts[-1] :]))
    named = _APPOSED.match(before, starts[-1]) if match is not None else None
    if named is not None:
        return named["name"]
    is_named = match is not None and before[starts[-1] + match.end("noun") :][:1].isupper()  # "Latvia's power company Ultra"
    words = match["noun"].split() if match is not None and not is_named else []
    last = next((place for place, word in enumerate(words) if word in _OWN_BODIES), None)
    return " ".join(words[: last + 1]) if last is not None else ""


def without_quotes(text: str) -> str:
    """Blanks for what stands between marks: whom a speaker names there is not he himself."""
    lines = []
    for line in text.split("\n"):
        masked = re.sub(r"“[^”]*(?:”|$)", lambda match: " " * len(match.group()), line)
        if masked.count('"') > 1 or (masked.count('"') == 1 and masked.lstrip().startswith('"')):
            masked = re.sub(r'"[^"]*(?:"|$)', lambda match: " " * len(match.group()), masked)
        lines.append(masked)
    return "\n".join(lines)


SENTENCE_START = re.compile(r"[.!?][”\"’']?\s+(?=[A-Z“\"‘])")


SENTENCE_END = re.compile(r"[.!?][”\"’']?\s+$")


BODY_FIRST = re.compile(r"(?P<the>The )?(?P<name>[A-Z][\w’-]+(?: (?:(?:of|for|and) (?:the )?)?[A-Z][\w’-]+)*)(?=,? [a-z])")


BODY_OWN = re.compile(
    r"(?:(?P<the>The )|(?P<of>[A-Z][\w’'-]+['’]s (?:[a-z-]+ ){1,4}))(?P<name>[A-Z][\w’-]+(?: (?:(?:of|for|and) (?:the )?)?[A-Z][\w’-]+){0,6})"
    r"(?= [a-z][^!?\n]{12,}[,;] [^!?\n]*$)"
)
""" "The bank expects 3 %; a month ago it …": who opens the sentence of the pronoun itself."""
