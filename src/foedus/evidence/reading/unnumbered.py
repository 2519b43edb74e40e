"""Quantities without a number: "vast numbers of soldiers", "the majority", "as much"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from foedus.evidence.reading import names
from foedus.evidence.reading.found import FoundQuantity
from foedus.evidence.reading.nouns import noun_run
from foedus.evidence.reading.parse import Paragraph, Word
from foedus.evidence.reading.units import singular

__all__ = ["unnumbered"]

_NUMBERS_OF = re.compile(
    r"\b(?:an? )?(?:vast|huge|large|larger|enormous|massive|great|significant|substantial|considerable|unknown|untold|small|growing|record|"
    r"unprecedented|increasing|limited|unspecified|undisclosed) (?:numbers?|amounts?|quantit(?:y|ies)) of ",
    re.IGNORECASE,
)
_MAJORITY = re.compile(
    r"\b(?P<article>the|a|an) (?:(?P<size>vast|overwhelming|great|large|slim|narrow|clear) )?majority\b(?: of (?:the |its |their |these )?)?",
    re.IGNORECASE,
)
_ONE_OF = re.compile(
    r"\bone of (?:the|its|his|her|their|our|my|[A-Za-z]+['’]s) (?:(?:[a-z]+ly|very|world['’]s|country['’]s) )?"
    r"(?=(?:most|least|first|last|best|worst|few|biggest|[a-z]+est) [a-z])",
    re.IGNORECASE,
)
_AS_MUCH = re.compile(
    r"\b(?:twice |half )?as (?:much|many)\b(?= (?:in|during|over|again|last|since|already|before)\b|[,.;])", re.IGNORECASE
)


def unnumbered(text: str, paragraph: Paragraph, words: list[Word], numbered: Sequence[FoundQuantity]) -> Iterator[FoundQuantity]:
    """The quantities of a paragraph that have no number of their own."""
    starts = [word.start for word in words]
    taken = [(each.start, each.end) for each in numbered]
    for pattern, made in ((_NUMBERS_OF, _large), (_MAJORITY, _majority), (_ONE_OF, _one)):
        for match in pattern.finditer(text, paragraph.start, paragraph.end):
            if names.overlaps(taken, *match.span()):
                continue
            run = (
                noun_run(words, bisect_left(starts, match.end()), text[: paragraph.end], match.end())
                if match.group().endswith(" ")
                else []
            )
            found = made(text, match, run)
            if found is not None:
                yield found
    for match in _AS_MUCH.finditer(text, paragraph.start, paragraph.end):
        before = [each for each in numbered if each.end <= match.start() and each.dimension != "time"]
        if before:
            yield _same_again(match, before[-1])


def _large(text: str, match: re.Match[str], run: list[Word]) -> FoundQuantity | None:
    if not run:
        return None
    return _quantifier(text, match.start(), run, "vague", None, None, None, singular(run[-1].text), "count")


def _one(text: str, match: re.Match[str], run: list[Word]) -> FoundQuantity | None:
    """ "One of the largest ships"."""
    if not run or run[-1].tag not in ("NNS", "NNPS"):
        return None
    return _quantifier(text, match.start(), run, "eq", 1.0, 1.0, 1.0, singular(run[-1].text), "count")


def _majority(text: str, match: re.Match[str], run: list[Word]) -> FoundQuantity:
    """More than a half; "vast majority" says no more that could be counted on."""
    unit = f"fraction of {singular(run[-1].text)}" if run else "fraction"
    end = run[-1].end if run else match.end()
    end = end if run else match.start() + len(match.group().rstrip())
    words = text[match.start() : end]
    return FoundQuantity(
        match.start(), end, words, "quantifier", "more_than", 0.5, 0.5, 1.0, unit, "", "share", "", match.start(), end
    )


def _quantifier(
    text: str,
    start: int,
    run: list[Word],
    qualifier: str,
    value: float | None,
    low: float | None,
    high: float | None,
    unit: str,
    dimension: str,
) -> FoundQuantity:
    end = run[-1].end
    unit_text = text[run[0].start : end]
    return FoundQuantity(
        start, end, text[start:end], "quantifier", qualifier, value, low, high, unit, unit_text, dimension, "", start, end
    )


def _same_again(match: re.Match[str], before: FoundQuantity) -> FoundQuantity:
    """The number that the words point back to."""
    factor = {"twice": 2.0, "half": 0.5}.get(match.group().split()[0].lower(), 1.0)
    value, low, high = (None if each is None else each * factor for each in (before.value, before.low, before.high))
    return replace(
        before,
        start=match.start(),
        end=match.end(),
        text=match.group(),
        kind="anaphoric",
        qualifier="eq" if value is not None else before.qualifier,
        value=value,
        low=low,
        high=high,
        change="",
        number_start=match.start(),
        number_end=match.end(),
    )
