"""The ledger as W3C Web Annotations (https://www.w3.org/TR/annotation-model/): each claim at its characters of its document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from foedus.evidence.claim import Claim
from foedus.evidence.store.formats.names import document_name, local, name_of

__all__ = ["annotation_document"]

_CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"claim": {"@id": "urn:foedus:claim", "@type": "@json"}}]


def annotation_document(case: str, claims: Sequence[Claim], quotes: Mapping[str, str]) -> dict[str, Any]:
    """A collection with one page; `claim` in each annotation is its record in the ledger, whole."""
    collection = f"urn:foedus:{local(case)}:claims"
    items = [_annotation(case, claim, quotes.get(claim.id)) for claim in claims]
    page = {"id": f"{collection}:page", "type": "AnnotationPage", "partOf": collection, "startIndex": 0, "items": items}
    return {
        "@context": _CONTEXT,
        "id": collection,
        "type": "AnnotationCollection",
        "label": f"Claims of {case}",
        "total": len(items),
        "first": page,
    }


def _annotation(case: str, claim: Claim, quote: str | None) -> dict[str, Any]:
    grade = f"{claim.grade}: {claim.graded_because}"
    texts = {"describing": claim.paraphrase, "classifying": claim.group, "assessing": grade, "tagging": claim.status}
    bodies = [
        {"type": "TextualBody", "purpose": purpose, "value": text, "format": "text/plain"} for purpose, text in texts.items()
    ]
    return {
        "id": name_of(case, "claim", claim.id),
        "type": "Annotation",
        "motivation": "describing",
        "body": bodies,
        "target": _target(case, claim, quote),
        "claim": claim.as_dict(),
    }


def _target(case: str, claim: Claim, quote: str | None) -> dict[str, Any]:
    """The words of the document; of a claim without a place the document, its address, or who says it."""
    document = claim.document
    if document is None:
        return {"id": claim.url or name_of(case, "source", claim.source.canonical)}
    target: dict[str, Any] = {"source": {"id": document_name(document), "type": "Text"}}
    if document.url:
        target["source"]["via"] = document.url
    if claim.start is not None:
        selectors: list[dict[str, Any]] = [{"type": "TextPositionSelector", "start": claim.start, "end": claim.end}]
        if quote is not None:
            selectors.append({"type": "TextQuoteSelector", "exact": quote})
        target["selector"] = selectors
    return target
