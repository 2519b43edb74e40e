"""Which claims of a ledger are meant: by status, group, source, document, words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from foedus.evidence.claim import Claim

__all__ = ["Selection"]


@dataclass(frozen=True)
class Selection:
    """What a claim must have; "" asks for nothing. Case does not matter, and a part of a name is enough.

    Attributes:
        status: proposed, accepted, edited or rejected; or `counts`: accepted, as it was or edited.
        group, source: of the claim; a source is also looked for in its origin.
        document: title, file name or beginning of the sha256.
        text: anywhere in what the claim says or what was noted about it.
    """

    status: str = ""
    group: str = ""
    source: str = ""
    document: str = ""
    text: str = ""

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
            and _found(self.group, (claim.group,))
            and _found(self.source, (claim.source.canonical, claim.origin))
            and _found(self.document, document)
            and _found(self.text, said)
        )


def _found(wanted: str, places: Iterable[str]) -> bool:
    return not wanted or any(wanted.casefold() in place.casefold() for place in places)
