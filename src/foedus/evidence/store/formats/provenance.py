"""The ledger and its history as PROV-JSON (https://www.w3.org/Submission/prov-json/): who made which version of a claim from what."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from foedus.evidence.claim import Claim
from foedus.evidence.store.event import LedgerEvent
from foedus.evidence.store.formats.names import document_name, local

__all__ = ["provenance_document"]

_Bundle = dict[str, dict[str, dict[str, Any]]]
_KINDS = (
    "entity",
    "activity",
    "agent",
    "wasGeneratedBy",
    "used",
    "wasAssociatedWith",
    "wasDerivedFrom",
    "wasAttributedTo",
    "wasInvalidatedBy",
)


def provenance_document(case: str, claims: Sequence[Claim], events: Sequence[LedgerEvent]) -> dict[str, Any]:
    """Every version of every claim as an entity, every event as an activity; without events the claims as they stand."""
    found: _Bundle = {kind: {} for kind in _KINDS}
    last: dict[str, str] = {}
    for event in events:
        last[event.claim] = _event(found, event, last.get(event.claim))
    for claim in claims:
        name = last.get(claim.id)
        if name is None:
            name = last[claim.id] = _version(found, claim.id, 1, claim.as_dict())
        _origins(found, claim, name)
    for claim in claims:
        for source in claim.derived_from:
            if source in last:
                _relate(found, "wasDerivedFrom", {"prov:generatedEntity": last[claim.id], "prov:usedEntity": last[source]})
    prefix = {
        "prov": "http://www.w3.org/ns/prov#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "case": f"urn:foedus:{local(case)}:",
    }
    return {"prefix": prefix, **{kind: rows for kind, rows in found.items() if rows}}


def _event(found: _Bundle, event: LedgerEvent, before: str | None) -> str:
    """An event with who made it, what it used and what it made; returns the version that it made, or made an end of."""
    activity, agent = f"case:event-{event.number}", f"case:person-{local(event.who)}"
    time = {"$": event.when, "type": "xsd:dateTime"}
    found["activity"][activity] = {
        "prov:startTime": event.when,
        "prov:endTime": event.when,
        "prov:type": event.action,
        **({"prov:label": event.why} if event.why else {}),
    }
    found["agent"].setdefault(agent, {"prov:type": {"$": "prov:Person", "type": "prov:QUALIFIED_NAME"}, "prov:label": event.who})
    _relate(found, "wasAssociatedWith", {"prov:activity": activity, "prov:agent": agent})
    if before is not None and event.before is not None:
        _relate(found, "used", {"prov:activity": activity, "prov:entity": before})
    if event.after is None:
        if before is not None:
            _relate(found, "wasInvalidatedBy", {"prov:entity": before, "prov:activity": activity, "prov:time": event.when})
        return before or ""
    made = _version(found, event.claim, event.version, event.after)
    found["entity"][made]["prov:generatedAtTime"] = time
    _relate(found, "wasGeneratedBy", {"prov:entity": made, "prov:activity": activity, "prov:time": event.when})
    if before is not None and event.before is not None:
        revision = {"$": "prov:Revision", "type": "prov:QUALIFIED_NAME"}
        ends = {"prov:generatedEntity": made, "prov:usedEntity": before, "prov:activity": activity}
        _relate(found, "wasDerivedFrom", {**ends, "prov:type": revision})
    return made


def _version(found: _Bundle, id: str, version: int, record: dict[str, Any]) -> str:
    """A version of a claim, with its record in the ledger as text."""
    name = f"case:claim-{local(id)}-v{version}"
    found["entity"][name] = {
        "prov:label": record["paraphrase"],
        "case:status": record["status"],
        "case:record": json.dumps(record, ensure_ascii=False),
    }
    return name


def _origins(found: _Bundle, claim: Claim, name: str) -> None:
    """Who says it, and where."""
    speaker = f"case:source-{local(claim.source.canonical)}"
    found["agent"].setdefault(speaker, {"prov:label": claim.source.canonical})
    _relate(found, "wasAttributedTo", {"prov:entity": name, "prov:agent": speaker})
    if claim.document is not None:
        document = f"case:document-{claim.document.sha256}"
        where = {"prov:location": claim.document.url or document_name(claim.document)}
        found["entity"].setdefault(document, {"prov:label": claim.document.title, **where})
        quoted = {"prov:type": {"$": "prov:Quotation", "type": "prov:QUALIFIED_NAME"}} if claim.start is not None else {}
        _relate(found, "wasDerivedFrom", {"prov:generatedEntity": name, "prov:usedEntity": document, **quoted})


def _relate(found: _Bundle, kind: str, ends: dict[str, Any]) -> None:
    found[kind][f"_:{kind}{len(found[kind]) + 1}"] = ends
