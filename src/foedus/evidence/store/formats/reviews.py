"""The claims that count as schema.org ClaimReview (https://schema.org/ClaimReview), their grade as a rating from 0 to 1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from foedus.evidence.claim import Claim
from foedus.evidence.defaults import Defaults
from foedus.evidence.store.event import LedgerEvent
from foedus.evidence.store.formats.names import document_name, name_of

__all__ = ["review_document"]

_PEOPLE = ("expert", "anonymous")


def review_document(case: str, claims: Sequence[Claim], events: Sequence[LedgerEvent], defaults: Defaults) -> dict[str, Any]:
    """One review for every claim that counts. Proposed claims were not reviewed; a rejected one is left out, not called false."""
    last = {event.claim: event for event in events if event.action != "import"}
    reviews = [_review(case, claim, last.get(claim.id), defaults) for claim in claims if claim.counts]
    return {"@context": "https://schema.org", "@graph": reviews}


def _review(case: str, claim: Claim, event: LedgerEvent | None, defaults: Defaults) -> dict[str, Any]:
    author = {"@type": "Person", "name": event.who} if event else {"@type": "Organization", "name": f"the analysts of {case}"}
    return {
        "@type": "ClaimReview",
        "@id": name_of(case, "review", claim.id),
        "url": name_of(case, "review", claim.id),
        "claimReviewed": claim.paraphrase,
        "author": author,
        **({"datePublished": event.when[:10]} if event else {}),
        "reviewAspect": "reliability of the source and of the content (Admiralty grade)",
        "reviewBody": claim.graded_because,
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": round(defaults.reliability(claim.grade), 4),
            "bestRating": 1,
            "worstRating": 0,
            "alternateName": claim.grade,
        },
        "itemReviewed": _claim(case, claim),
    }


def _claim(case: str, claim: Claim) -> dict[str, Any]:
    speaker = {"@type": "Person" if claim.source.type in _PEOPLE else "Organization", "name": claim.source.canonical}
    found: dict[str, Any] = {
        "@type": "Claim",
        "@id": name_of(case, "claim", claim.id),
        "text": claim.paraphrase,
        "author": speaker,
    }
    if claim.published is not None:
        found["datePublished"] = claim.published
    if claim.document is not None:
        found["appearance"] = {
            "@type": "CreativeWork",
            "@id": document_name(claim.document),
            "name": claim.document.title,
            **({"url": claim.document.url} if claim.document.url else {}),
        }
    elif claim.url is not None:
        found["appearance"] = {"@type": "CreativeWork", "url": claim.url}
    return found
