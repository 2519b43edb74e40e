"""Proposed claims as the records that `foedus read --json` prints; offsets point into the original."""

from __future__ import annotations

import re
from typing import Any

from foedus.evidence.document import span_digest
from foedus.evidence.reading.dates import TimeMention
from foedus.evidence.reading.proposal import Proposal
from foedus.evidence.reading.quantities import FoundQuantity
from foedus.evidence.reading.reports import Report

__all__ = ["claim_record"]


def claim_record(report: Report, claim: Proposal) -> dict[str, Any]:
    """One claim in the shape of a ledger's claim, with status proposed."""
    start, end = report.text.span(claim.start, claim.end)
    return {
        "id": claim.id,
        "doc": report.name,
        "sha256": report.sha256,
        "start": start,
        "end": end,
        "text": report.words(claim.start, claim.end),
        "span_sha256": span_digest(report.text.original[start:end]),
        "ctype": claim.ctype,
        "modality": claim.modality,
        "polarity": claim.polarity,
        "commitment": claim.commitment,
        "rules": list(claim.rules),
        "region": claim.region,
        "relevance": claim.relevance,
        "actor": claim.actor,
        "target": claim.target,
        "quantity": _quantity(report, claim.quantity),
        "source": _source(report, claim),
        "hedge": _hedge(report, claim),
        "time": _time(report, claim.time),
        "said": _time(report, claim.said),
        "group": _group(claim),
        "status": "proposed",
        "relations": [{"relation": name, "claim": other} for name, other in claim.related],
        "note": None,
    }


def _span(report: Report, start: int, end: int) -> dict[str, Any]:
    low, high = report.text.span(start, end)
    return {"text": report.words(start, end), "start": low, "end": high}


def _quantity(report: Report, quantity: FoundQuantity | None) -> dict[str, Any] | None:
    if quantity is None:
        return None
    return {
        **_span(report, quantity.start, quantity.end),
        "kind": quantity.kind,
        "qualifier": quantity.qualifier,
        "value": quantity.value,
        "low": quantity.low,
        "high": quantity.high,
        "unit": _unit(quantity),
        "loose": quantity.loose,
    }


def _unit(quantity: FoundQuantity) -> str:
    """A counted noun as it is written, a unit of measure by its name; a rate keeps what it is per."""
    if quantity.dimension == "count" and quantity.unit_text:
        _, per, below = quantity.unit.partition(" per ")
        return quantity.unit_text.split()[-1].lower() + per + below
    return quantity.unit or "1"


def _source(report: Report, claim: Proposal) -> dict[str, Any]:
    attribution = claim.attribution
    found: dict[str, Any] = {
        "text": None,
        "start": None,
        "end": None,
        "canonical": claim.speaker.canonical,
        "type": claim.speaker.type,
        "mode": "narrator",
        "cue": None,
        "link": claim.speaker.link,
    }
    if attribution is None:
        found["mode"] = "credit" if claim.speaker.link == "caption_credit" else "narrator"
        return found
    if attribution.source is not None:
        found |= _span(report, attribution.source.start, attribution.source.end)
    found["mode"] = attribution.mode
    if attribution.cue is not None:
        cue = _span(report, attribution.cue.start, attribution.cue.end)
        found |= {"cue": cue["text"], "cue_span": cue}
    return found


def _hedge(report: Report, claim: Proposal) -> dict[str, Any]:
    return {
        "class": claim.hedge.kind,
        "cues": [_span(report, low, high) for low, high in claim.hedge.cues],
        "probability": list(claim.hedge.probability),
        "yardstick": claim.hedge.yardstick,
    }


def _time(report: Report, mention: TimeMention | None) -> dict[str, Any] | None:
    if mention is None:
        return None
    return {**_span(report, mention.start, mention.end), "value": mention.value, "kind": mention.kind}


def _group(claim: Proposal) -> str | None:
    """A first grouping: what is counted of whom, or who does something to whom."""
    parts = [claim.actor or ""]
    if claim.ctype == "quantity" and claim.quantity is not None and claim.quantity.dimension == "count":
        parts.append(claim.quantity.unit)
    else:
        parts += [claim.ctype, claim.target or ""]
    name = re.sub(r"[^a-z0-9]+", "_", " ".join(parts).lower()).strip("_")
    return name if claim.actor else None
