"""Parts in which something moves: what a price alone would say of the price in half a year is the price."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from foedus.draft.choosing import Chosen
from foedus.draft.foretold import happenings, states_at_start
from foedus.draft.predictions import ReportedPrediction, ReportSentence

__all__ = ["moving"]


def moving(
    chosen: Chosen,
    foreseen: Sequence[ReportedPrediction],
    sentences: Sequence[ReportSentence],
    as_of: date,
    wanted: Collection[str],
) -> Chosen:
    """The same without parts in which nothing moves, by what the reports tell and foretell; what they lack is named.

    Args:
        foreseen: what the reports predict.
        wanted: names of mechanisms that somebody asked for, which stay.
    """
    ahead = happenings(foreseen, chosen.parts)
    told = set(states_at_start(sentences, chosen.parts, as_of))
    told |= {(part.alias, rule.name) for each in ahead for part, rule, _ in each.triggers}
    still = [
        part
        for part in chosen.parts
        if part.filled.rule.moves
        and part.takes.name not in wanted
        and not any(name in part.filled.slots or (part.alias, name) in told for name in part.filled.rule.moves)
    ]
    kept = tuple(part for part in chosen.parts if not any(part is one for one in still))
    missing = (*chosen.missing, *((part.takes.title, part.filled.rule.still) for part in still))
    return replace(chosen, parts=kept, missing=missing) if still else chosen
