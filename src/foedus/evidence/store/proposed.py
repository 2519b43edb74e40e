"""What `foedus read --json` prints, as claims for a ledger: proposed, not graded, with ids that say which document they are from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from foedus.errors import EvidenceError, Problem
from foedus.evidence.claim import Claim, Place
from foedus.evidence.dated import TABLE_OF_DATES, UNDATED_HELP
from foedus.evidence.ledger import ledger_bytes, read_claim

__all__ = ["UNGRADED", "claims_of_proposals", "proposal_document"]

UNGRADED = "F6"
"""Cannot be judged, by source and by content."""

_LONGEST_CUE = 60
_SPANNED = ("text", "start", "end")


def proposal_document(path: Path) -> dict[str, Any] | None:
    """The document of proposals in a file; None if the file holds something else.

    Raises:
        EvidenceError: the file cannot be read.
    """
    try:
        found = json.loads(ledger_bytes(path))
    except (ValueError, RecursionError):
        return None
    is_one = isinstance(found, dict) and isinstance(found.get("claims"), list) and isinstance(found.get("documents"), list)
    return found if is_one else None


def claims_of_proposals(
    found: Mapping[str, Any], file: str, units: Mapping[str, str], published: str | None, dates: Mapping[str, date] | None = None
) -> tuple[tuple[Claim, ...], tuple[str, ...]]:
    """The claims, and what a reader should know about them, in sentences.

    Args:
        found: what `foedus read --json` printed.
        file: its name, for messages.
        units: group -> unit of its quantities in the ledger; a proposal in another unit goes into a group of its own.
        published: ISO date for documents that do not tell when they were published.
        dates: file name -> day, from the table beside the proposals; it goes before what they say themselves.
    Raises:
        EvidenceError: a proposal is wrong, or its document's date is not known; every problem.
    """
    documents = {document.get("sha256"): document for document in found["documents"] if isinstance(document, dict)}
    known, moved = dict(units), 0
    claims: list[Claim] = []
    problems: list[Problem] = []
    for number, proposal in enumerate(found["claims"], 1):
        record = (
            _record(proposal, documents, published, dates or {}) if isinstance(proposal, dict) else {"id": f"number {number}"}
        )
        quantity = record.get("quantity")
        unit = quantity.get("unit") if isinstance(quantity, dict) else None
        if isinstance(unit, str) and known.setdefault(str(record.get("group")), unit) != unit:
            record["group"] = f"{record['group']}, in {unit}"
            known.setdefault(record["group"], unit)
            moved += 1
        claim, wrong = read_claim(Place(file, 0, json.dumps(record, ensure_ascii=False)))
        problems += [Problem(file, 0, 0, one.code, f"Claim {record['id']}: {one.message}", one.help) for one in wrong]
        if claim is not None:
            claims.append(claim)
    undated = sorted({claim.document.title for claim in claims if claim.document and claim.published_how == _UNDATED})
    if undated and len(documents) == 1:  # several are not held up by one
        problems.append(Problem(file, 0, 0, "no-date", f"It is not known when {undated[0]} was published.", UNDATED_HELP))
    if problems:
        raise EvidenceError(problems)
    notes = [f"{moved} proposals have another unit than their group and went into groups of their own."] if moved else []
    if undated:
        lead = "Taken without a day of publication, and not known at any day until they have one"
        notes.append(f"{lead}: {', '.join(undated)}. {UNDATED_HELP}")
    return tuple(claims), tuple(notes)


_UNDATED = "not known"


def _record(
    proposal: Mapping[str, Any], documents: Mapping[Any, Any], published: str | None, dates: Mapping[str, date]
) -> dict[str, Any]:
    """A proposal as a record of a ledger."""
    digest = proposal.get("sha256")
    document = documents.get(digest) or {}
    beside = dates.get(str(proposal.get("doc")))
    told = {"date": beside.isoformat(), "how": f"the table {TABLE_OF_DATES}"} if beside else document.get("published") or {}
    day = told.get("date") or published
    title = document.get("title") or proposal.get("doc") or "a document"
    kept = (
        "ctype",
        "modality",
        "polarity",
        "commitment",
        "rules",
        "region",
        "relevance",
        "actor",
        "target",
        "start",
        "end",
        "span_sha256",
        "note",
        "question",
    )
    record = {key: proposal.get(key) for key in kept}
    how = told.get("how") if told.get("date") else "as given when it was taken in" if day else _UNDATED
    quantity, source = _short(proposal.get("quantity")), _source(proposal.get("source"))
    return record | {
        "id": f"{str(digest)[:8]}-{proposal.get('id')}",
        "doc": proposal.get("doc"),
        "sha256": digest,
        "text": proposal.get("text"),
        "document": {"sha256": digest, "title": title, "published": day, "file": proposal.get("doc")},
        "quantity": quantity,
        "source": source,
        "hedge": _hedge(proposal.get("hedge")),
        "time": _short(proposal.get("time")),
        "group": proposal.get("group") or "ungrouped",
        "origin": _origin(source, _bringer(document) or title),
        "grade": UNGRADED,
        "graded_because": "proposed by reading, not graded yet",
        "published": day,
        "published_how": how,
        "status": "proposed",
    }


def _short(part: Any) -> Any:
    """A part with words of the document; words that are too many for a ledger are left to their offsets."""
    if not isinstance(part, dict):
        return part
    is_long = isinstance(part.get("text"), str) and len(part["text"]) > _LONGEST_CUE
    return {key: value for key, value in part.items() if not (is_long and key == "text")}


def _source(source: Any) -> Any:
    if not isinstance(source, dict):
        return source
    kept = _short(source)
    if isinstance(kept.get("cue"), str) and len(kept["cue"]) > _LONGEST_CUE:
        kept |= {"cue": None, "cue_span": None}
    return kept


def _hedge(hedge: Any) -> Any:
    if not isinstance(hedge, dict):
        return hedge
    cues = [cue for cue in hedge.get("cues") or [] if not isinstance(cue, dict) or len(str(cue.get("text", ""))) <= _LONGEST_CUE]
    return {"class": hedge.get("class"), "cues": cues}


def _bringer(document: Mapping[str, Any]) -> str | None:
    """Whose report a document is: the agency's whose it prints, else the outlet's; None where it does not tell."""
    outlet = document.get("outlet")
    names = (outlet.get("agency"), outlet.get("name")) if isinstance(outlet, dict) else ()
    return next((name for name in names if isinstance(name, str) and name.strip()), None)


def _origin(source: Any, title: str) -> str:
    """Whose statement it is: the source's; what the narrator or nobody known says is its
    bringer's, `title` where that is not known."""
    name = source.get("canonical") if isinstance(source, dict) else None
    return title if name in (None, "NARRATOR", "UNKNOWN") else str(name)
