"""Claims as rows of the page's list."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from foedus.evidence import Claim
from foedus.evidence.figure_words import figure_words
from foedus.evidence.store.select import RELEVANCES, has_number, moving_rank

__all__ = ["row_of"]


def row_of(claim: Claim, version: int, document: int | None, carrying: Collection[str], is_in_conflict: bool) -> dict[str, Any]:
    """A claim as a row.

    Args:
        version: of the claim as it stands, for decisions on several rows at once.
        document: the place of its document in the page's list.
        carrying: the groups on which a parameter of the model rests.
    """
    return {
        "id": claim.id,
        "version": version,
        "status": claim.status,
        "ctype": claim.ctype,
        "group": claim.group,
        "text": claim.paraphrase,
        "source": claim.source.shown,
        "origin": claim.origin,
        "published": claim.published,
        "grade": claim.grade,
        "figure": figure_words(claim),
        "number": has_number(claim),
        "relevance": RELEVANCES[claim.relevance],
        "hedge": claim.hedge.kind,
        "commitment": claim.stance,
        "moves": moving_rank(claim, carrying),
        "start": claim.start,
        "conflict": is_in_conflict,
        "document": document,
    }
