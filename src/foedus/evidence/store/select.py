"""Which claims of a ledger are meant, and which of them move an answer most."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from foedus.evidence.claim import Claim
from foedus.evidence.kernel import numbers_of

__all__ = ["RELEVANCES", "Selection", "has_number", "moving_rank"]

RELEVANCES = ("colour", "context", "core")
"""The words for the relevance of a claim: 0, 1, 2."""


def has_number(claim: Claim) -> bool:
    """Whether a claim has a figure that can be pooled."""
    return bool(numbers_of(claim.quantity))


def moving_rank(claim: Claim, carrying: Collection[str]) -> int:
    """How far a claim may move an answer, 0 the most: its group carries a parameter; core with a number; core; a number; the rest.

    Args:
        claim: of any status.
        carrying: the groups on which a parameter of the model rests.
    """
    if claim.group in carrying:
        return 0
    is_core, is_numeric = claim.relevance == 2, has_number(claim)
    return 1 if is_core and is_numeric else 2 if is_core else 3 if is_numeric else 4


@dataclass(frozen=True)
class Selection:
    """What a claim must have; "" asks for nothing. Case does not matter, and a part of a name is enough.

    Attributes:
        status: proposed, accepted, edited or rejected; or `counts`: accepted, as it was or edited.
        group, source: of the claim; a source is also looked for in its origin.
        document: title, file name or beginning of the sha256.
        text: anywhere in what the claim says or what was noted about it.
        relevance: colour, context or core.
        hedge: the class of its hedge.
        commitment: how its speaker stands to it: affirmed, denied, negated, doubted, conditional, asked, retracted, unsure.
        number: True: only what has a figure to pool; False: only what has none.
    """

    status: str = ""
    group: str = ""
    source: str = ""
    document: str = ""
    text: str = ""
    relevance: str = ""
    hedge: str = ""
    commitment: str = ""
    number: bool | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing, so that every claim is meant."""
        return self == Selection()

    def of(self, claims: Iterable[Claim]) -> tuple[Claim, ...]:
        """The claims that have all of it, in their order."""
        return tuple(claim for claim in claims if self._has(claim))

    def _has(self, claim: Claim) -> bool:
        known = claim.document
        document = (known.title, known.file or "", known.sha256) if known else ()
        said = (claim.paraphrase, claim.note or "", claim.actor or "", claim.target or "", claim.graded_because, claim.id)
        is_status = self.status in ("", claim.status) or (self.status == "counts" and claim.counts)
        return (
            is_status
            and self.relevance in ("", RELEVANCES[claim.relevance])
            and self.hedge in ("", claim.hedge.kind)
            and self.commitment in ("", claim.stance)
            and self.number in (None, has_number(claim))
            and _found(self.group, (claim.group,))
            and _found(self.source, (claim.source.canonical, claim.origin))
            and _found(self.document, document)
            and _found(self.text, said)
        )


def _found(wanted: str, places: Iterable[str]) -> bool:
    return not wanted or any(wanted.casefold() in place.casefold() for place in places)
