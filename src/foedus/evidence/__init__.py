"""Evidence: documents, the claims in them, what the claims say together. Never imports the simulator."""

from __future__ import annotations

from foedus.evidence.belief import BeliefCurve, BeliefPoint, belief_curve
from foedus.evidence.claim import Claim, Cue, DocumentReference, Hedge, Place, Quantity, Source, TimeReference
from foedus.evidence.defaults import DEFAULTS, Defaults
from foedus.evidence.document import Documents, span_digest
from foedus.evidence.ledger import Ledger, read_ledger, write_ledger
from foedus.evidence.pool import Pooled, pool

__all__ = [
    "DEFAULTS", "BeliefCurve", "BeliefPoint", "Claim", "Cue", "Defaults", "DocumentReference", "Documents",
    "Hedge", "Ledger", "Place", "Pooled", "Quantity", "Source", "TimeReference", "belief_curve", "pool",
    "read_ledger", "span_digest", "write_ledger",
]  # fmt: skip
