"""Evidence: documents, the claims in them, what the claims say together. Never imports the simulator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.evidence.belief import BeliefCurve, BeliefPoint, belief_curve
from foedus.evidence.claim import Claim, ClaimSource, Cue, DocumentReference, Hedge, Place, Quantity, TimeReference
from foedus.evidence.defaults import DEFAULTS, Defaults
from foedus.evidence.document import Documents, span_digest
from foedus.evidence.groups import GroupReport, group_report, group_reports
from foedus.evidence.ledger import Ledger, read_ledger, write_ledger
from foedus.evidence.overrides import read_defaults
from foedus.evidence.pool import Pooled, pool
from foedus.evidence.reading import Attribution, FoundQuantity, attributions, quantities
from foedus.evidence.store import LedgerEvent, StoredClaim
from foedus.evidence.without import Removal, without_sources

if TYPE_CHECKING:
    from foedus.evidence.store import Store, open_store

__all__ = [
    "DEFAULTS",
    "Attribution",
    "BeliefCurve",
    "BeliefPoint",
    "Claim",
    "ClaimSource",
    "Cue",
    "Defaults",
    "DocumentReference",
    "Documents",
    "FoundQuantity",
    "GroupReport",
    "Hedge",
    "Ledger",
    "LedgerEvent",
    "Place",
    "Pooled",
    "Quantity",
    "Removal",
    "Store",
    "StoredClaim",
    "TimeReference",
    "attributions",
    "belief_curve",
    "group_report",
    "group_reports",
    "open_store",
    "pool",
    "quantities",
    "read_defaults",
    "read_ledger",
    "span_digest",
    "without_sources",
    "write_ledger",
]


def __getattr__(name: str) -> Any:
    """The store, imported when first asked for: most commands need no database."""
    if name in ("Store", "open_store"):
        from foedus.evidence import store

        return getattr(store, name)
    raise AttributeError(f"module 'foedus.evidence' has no attribute {name!r}")
