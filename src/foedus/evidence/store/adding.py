"""A claim that reading missed, made from words of a document: its place, its digest, and what an analyst says of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from foedus.errors import EvidenceError, Problem
from foedus.evidence.claim import Claim, DocumentReference
from foedus.evidence.document import span_digest
from foedus.evidence.reading.numbers import numbers
from foedus.evidence.reading.qualifiers import qualifier_before
from foedus.evidence.reading.reports import Report
from foedus.evidence.reading.textmap import MappedText
from foedus.evidence.reading.units import unit_after
from foedus.evidence.store.proposed import UNGRADED

__all__ = ["document_of", "drafted", "find_words"]

_LONGEST_PARAPHRASE = 600
_NOUN = re.compile(r"[ -]([^\W\d_][\w-]*)")


def find_words(text: MappedText, words: str, label: str, which: int = 0) -> tuple[int, int]:
    """Where words stand in the original of a document; blanks and line ends count alike.

    Args:
        label: the document's name, for messages.
        which: the first, second … place where there are several; 0 asks for the only one.
    Raises:
        EvidenceError: they stand nowhere, or at several places and none was chosen.
    """
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    if not pattern:
        raise EvidenceError(Problem(label, 0, 0, "no-words", "No words are given.", "Copy them from the document."))
    shown = [text.span(*match.span()) for match in re.finditer(pattern, text.text)]
    places = shown or [match.span() for match in re.finditer(pattern, text.original)]
    if not places:
        message = f"The words “{_cut(words)}” do not stand in the document."
        raise EvidenceError(Problem(label, 0, 0, "words-not-found", message, "Copy them as they stand there, letter for letter."))
    if which > len(places) or (len(places) > 1 and not which):
        lines = ", ".join(str(text.original.count("\n", 0, start) + 1) for start, _ in places[:5])
        message = f"The words “{_cut(words)}” stand {len(places)} times in the document, in the lines {lines}."
        help_text = "Give more of the words around them, or say which (--which 2)."
        raise EvidenceError(Problem(label, 0, 0, "words-not-unique", message, help_text))
    return places[max(which, 1) - 1]


def document_of(report: Report, claims: Iterable[Claim]) -> DocumentReference:
    """The document as the ledger names it already; else by its digest, its title and the date that it surely tells."""
    known = next((claim.document for claim in claims if claim.document and claim.document.sha256 == report.sha256), None)
    if known is not None:
        return known
    told = report.published.date if report.published.sure in ("certain", "probable") else None
    return DocumentReference(report.sha256, report.title, told.isoformat() if told else None, None, report.name)


def drafted(
    original: str, document: DocumentReference, span: tuple[int, int], known: Mapping[str, Claim], group: str = "ungrouped"
) -> dict[str, Any]:
    """The record of a claim about a stretch of a document's original, proposed and not graded.

    Who speaks is taken from the nearest claim of the document, the number from the stretch if it has exactly one; an analyst
    looks at both before it counts.

    Args:
        known: the claims of the ledger by id; the new id differs from theirs.
    """
    start, end = span
    quote = original[start:end]
    shown = " ".join(quote.split())
    near = _nearest((claim for claim in known.values() if claim.document and claim.document.sha256 == document.sha256), start)
    source = {"canonical": near.source.canonical, "type": near.source.type, "mode": near.source.mode} if near else _UNKNOWN
    origin = near.origin if near else document.title
    quantity = _quantity(quote, start)
    return {
        "id": _free_id(document.sha256, start, known),
        "ctype": "quantity" if quantity else "event",
        "modality": "actual",
        "polarity": "+",
        "region": "body",
        "relevance": 2,
        "source": source,
        "hedge": {"class": "asserted"},
        "group": group,
        "paraphrase": _cut(shown, _LONGEST_PARAPHRASE),
        "origin": origin,
        "grade": UNGRADED,
        "graded_because": "added by an analyst, not graded yet",
        "published": document.published,
        "status": "proposed",
        "document": {key: value for key, value in vars(document).items() if value is not None},
        "start": start,
        "end": end,
        "span_sha256": span_digest(quote),
        **({} if document.published else {"published_how": "not known"}),
        **({"quantity": quantity} if quantity else {}),
    }


_UNKNOWN = {"canonical": "NARRATOR", "type": "outlet", "mode": "narrator"}


def _nearest(claims: Iterable[Claim], at: int) -> Claim | None:
    """The claim that stands nearest to a place, the earlier of two."""
    placed = [claim for claim in claims if claim.start is not None]
    return min(placed, key=lambda claim: (abs((claim.start or 0) - at), claim.id), default=None)


def _quantity(quote: str, start: int) -> dict[str, Any] | None:
    """The one number of a stretch with the word behind it; None where there is none, or several."""
    found = [one for one in numbers(quote) if one.kind == "numeric" and one.value is not None and not one.is_loose]
    if len(found) != 1:
        return None
    number = found[0]
    unit, noun = unit_after(quote, number.end), _NOUN.match(quote, number.end)
    name = unit.name if unit else noun[1] if noun else "1"
    qualified = qualifier_before(quote, number.start)
    return {
        "kind": "numeric",
        "qualifier": qualified[0] if qualified else "eq",
        "value": number.value,
        "low": None,
        "high": None,
        "unit": name,
        "text": quote[number.start : number.end],
        "start": start + number.start,
        "end": start + number.end,
    }


def _free_id(sha256: str, start: int, known: Collection[str]) -> str:
    """An id that no claim has, which tells the document and the place."""
    name, count = f"{sha256[:8]}-a{start}", 1
    found = name
    while found in known:
        count += 1
        found = f"{name}-{count}"
    return found


def _cut(text: str, longest: int = 60) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
