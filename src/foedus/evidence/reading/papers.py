"""Who stands behind a paper, and whose is what is called "its": "a report from the Grain Council", "the Velm dam …, its operator said"."""

from __future__ import annotations

import re

from foedus.evidence.reading.units import singular

__all__ = ["place_of_sentence", "without_paper"]

_PAPER = re.compile(
    r"^(?:(?:[Aa]n?|[Tt]he|[Oo]ne|[Ii]ts|[Tt]his) )?(?:[a-z-]+ ){0,3}?"
    r"(?:report|study|bulletin|briefing|assessment|analysis|paper|forecast|outlook|update|circular) (?:from|by) (?:the )?"
    r"(?=(?:[A-Z][\w&’'-]*[ ,]?(?:(?:of|for|and|on|the) )*)*"
    r"(?:[A-Z]{2,}|University|Institute|Ministry|Bank|Council|Department|Centre|Center|School|Academy|Office|Bureau|Agency|Federation|"
    r"Association|Union|Organi[sz]ation|Authority|Board|Commission|Committee|Service|Fund|Foundation|Group|Society|Company|"
    r"Administration|Corporation|Programme|Program|Exchange|Observatory|Chamber|League)\b)"
)
_PLACE_FIRST = re.compile(r"\s*The (?P<name>(?:[A-Z][\w’-]+ )+(?P<noun>[a-z]{3,})) (?=[a-z])")


def without_paper(mention: str) -> str:
    """The body behind a paper; the paper itself where no body is named: "a report from Lorn" tells where it was written."""
    return _PAPER.sub("", mention)


def place_of_sentence(before: str) -> str:
    """ "Velm dam" of "The Velm dam releases too much, …", the words of a sentence before an "its"; "" where it opens otherwise."""
    match = _PLACE_FIRST.match(before)
    return match["name"] if match is not None and singular(match["noun"]) == match["noun"] else ""
