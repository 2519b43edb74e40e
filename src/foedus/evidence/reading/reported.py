"""Figures that somebody reports without a clause: "the ministry confirmed 40 deaths", "the rebels spoke of 6", "gave a figure of 60"."""

from __future__ import annotations

import re
from functools import cache

from foedus.evidence.reading.attributions import Attribution
from foedus.evidence.reading.lexicon import phrases
from foedus.evidence.reading.spelled import NUMBER_WORD
from foedus.evidence.reading.units import singular

__all__ = ["reports_figure"]

_NAMED = re.compile(r"(?<= )[A-Z][\w’'-]+$|^[A-Z][\w’'-]*[^s\W]$")
""" "Amnesty", "the aid group Relief Now"; "Shopkeepers" is only the head of a sentence."""
_LEADS = (
    r"(?:the |an? |its |their |some |about |around |nearly |almost |roughly |more than |over |at least |at most |up to |as many as "
    r"|only |just |another |a total of )*"
)
_FIGURE = re.compile(rf"{_LEADS}[$€£]?(?:\d|(?:{NUMBER_WORD})\b|dozens|hundreds|thousands|millions|scores)", re.IGNORECASE)
_TOLD = re.compile(
    rf"(?:of |{_LEADS}(?:\w+ ){{0,2}}?(?:figure|toll|number|count|total|estimate|tally)s? "
    rf"(?:of|at|as|for [\w ]{{3,30}} (?:at|as)) ){_FIGURE.pattern}",
    re.IGNORECASE,
)
_SIZED = re.compile(rf"{_LEADS}(?:[a-z-]+ ){{1,3}}(?:of|at) {_FIGURE.pattern}", re.IGNORECASE)


_TAKEN = re.compile(r"\b(?:li(?:ves|fe)|victims?|casualt(?:y|ies)|wickets?|prizes?|titles?|medals?|asylum)\b", re.IGNORECASE)
""" "The storm claimed 40 lives": taken, not said."""


@cache
def _plural_too(key: str) -> frozenset[str]:
    return frozenset(word.lower() for word in phrases("cues", key))


def reports_figure(each: Attribution) -> bool:
    """Whether what hangs on the verb is a figure that its subject vouches for: he reports it, or it is his business to count."""
    if each.form != "noun" or each.source is None or not each.content:
        return False
    verb, content = each.verb, each.content[0].text
    words = [singular(word.lower()) for word in re.findall(r"[A-Za-z]+", each.source.text)]
    if verb in _plural_too("figure_givers"):
        return _TOLD.match(content) is not None
    if not any(pattern.match(content) for pattern in (_FIGURE, _TOLD, _SIZED)):
        return False
    if verb == "claim" and _TAKEN.search(content):
        return False
    if verb in _plural_too("figure_reporting"):
        return True
    is_counter = any(word in _plural_too("counters") for word in words) or _NAMED.search(each.source.text) is not None
    return verb in _plural_too("figure_counting") and is_counter
