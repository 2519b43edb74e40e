"""Hedges of the ruling clause: "estimates suggest that …", "unconfirmed reports say …", "claims to have …", "tacitly admitted …"."""

from __future__ import annotations

import re
from functools import cache

from foedus.evidence.reading.attributions import Attribution
from foedus.evidence.reading.clauses import Clause
from foedus.evidence.reading.hedges import FoundHedge, made_hedge
from foedus.evidence.reading.lexicon import table

__all__ = ["ruling_hedge"]

_BEFORE_CUE = 30


@cache
def _pattern(key: str) -> re.Pattern[str]:
    words = "|".join(
        re.escape(word).replace(r"\ ", r"\s+") for word in table("hedges")["ruling"][key].replace("\n", " ").split("|")
    )
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)


def ruling_hedge(text: str, clause: Clause, attribution: Attribution) -> FoundHedge | None:
    """How the words that hand a statement to its source hedge it; None where they leave it as sure as the source is.

    Args:
        clause: the statement. attribution: who says it, with the cue.
    """
    source, cue = attribution.source, attribution.cue
    if cue is None:
        return None
    found = None
    if source is not None and not clause.start <= source.start < clause.end:
        found = _pattern("rumour").search(text, source.start, source.end)
        if found is not None:
            return made_hedge(text, "reported", [found.span()])
        found = _pattern("reckoned").search(text, source.start, source.end)
        if found is not None and attribution.verb in table("hedges")["ruling"]["soft"].split("|"):
            return made_hedge(text, "believed", [found.span(), (cue.start, cue.end)])
    said = (*attribution.content, *((source,) if source is not None else ()))  # "would cut losses by half, the institute said"
    halves = _pattern("half").finditer(text, max(0, cue.start - _BEFORE_CUE), cue.start)
    adverb = next((each for each in halves if not any(one.start <= each.start() < one.end for one in said)), None)
    if adverb is not None and attribution.verb in table("hedges")["ruling"]["admitting"].split("|"):
        return made_hedge(text, "probable", [(adverb.start(), cue.end)])
    is_model = source is not None and source.text.lower().split()[-1] in table("hedges")["ruling"]["modelled"].split("|")
    if is_model and attribution.verb in table("hedges")["ruling"]["presumed"].split("|"):
        return made_hedge(text, "conditional", [(cue.start, cue.end)])
    for key, kind in (("only_claimed", "reported"), ("soft", "believed"), ("wished", "possible"), ("foreseen", "probable")):
        if attribution.verb in table("hedges")["ruling"][key].split("|"):
            return made_hedge(text, kind, [(cue.start, cue.end)])
    return None
