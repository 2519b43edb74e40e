"""What a ledger says about its groups, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.evidence.groups import GroupReport

if TYPE_CHECKING:
    from foedus.evidence.store.reread import Reread

__all__ = ["report_document", "reread_document"]


def report_document(report: GroupReport) -> dict[str, Any]:
    """A group's report: its pool in three numbers, conflicts, what is out of date, what is only repeated."""
    summary = report.summary
    return {
        "group": report.group,
        "claims": report.claims,
        "proposed": report.proposed,
        "unit": report.unit or None,
        "pooled": {"low": summary.low, "median": summary.median, "high": summary.high} if summary else None,
        "probability": report.probability,
        "effective_origins": report.effective_origins,
        "conflict": report.conflict or None,
        "conflicts": [{"lower": one.lower, "higher": one.higher, "overlap": one.overlap} for one in report.conflicts],
        "denials": report.denials,
        "superseded": [{"claim": old, "by": new} for old, new in report.superseded.items()],
        "repetitions": [
            {"claim": one.claim, "repeats": one.repeats, "same_figure": one.is_same_figure} for one in report.repetitions
        ],
        "problem": report.problem or None,
        **_pool_document(report),
    }


def _pool_document(report: GroupReport) -> dict[str, Any]:
    """How the pool came about: step by step, the chance of none, and why claims have no part in it."""
    pooled = report.pooled
    if pooled is None:
        return {"steps": [], "none": None, "left_out": []}
    return {
        "steps": [
            {"claims": step.claims, "what": step.what, "low": step.low, "median": step.median, "high": step.high}
            for step in pooled.steps
        ],
        "none": pooled.none,
        "left_out": [{"claim": name, "why": why} for name, why in pooled.reasons.items()],
    }


def reread_document(found: Reread) -> dict[str, Any]:
    """What became of the claims of a document that was read again, and what is new."""
    fates = [
        {
            "claim": fate.claim,
            "fate": fate.kind,
            "old": fate.old or None,
            "new": fate.new or None,
            "start": fate.start,
            "end": fate.end,
        }
        for fate in found.fates
    ]
    kinds = [fate.kind for fate in found.fates]
    return {
        "sha256": found.sha256,
        "earlier": found.earlier,
        "counts": {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)},
        "claims": fates,
        "new": [claim.as_dict() for claim in found.proposed],
    }
