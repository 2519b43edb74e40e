"""Evidence: documents, the claims in them, what the claims say together. Never imports the simulator."""

from __future__ import annotations

from foedus.evidence.belief import BeliefCurve, BeliefPoint, belief_curve
from foedus.evidence.claim import Claim, Cue, DocumentReference, Hedge, Place, Quantity, Source, TimeReference
from foedus.evidence.defaults import DEFAULTS, Defaults
from foedus.evidence.document import Documents, span_digest
from foedus.evidence.ledger import Ledger, read_ledger, write_ledger
from foedus.evidence.pool import Pooled, pool
from foedus.evidence.reading import Attribution, FoundQuantity, attributions, quantities

__all__ = [
    "DEFAULTS", "Attribution", "BeliefCurve", "BeliefPoint", "Claim", "Cue", "Defaults", "DocumentReference", "Documents",
    "FoundQuantity", "Hedge", "Ledger", "Place", "Pooled", "Quantity", "Source", "TimeReference", "attributions",
    "belief_curve", "pool", "quantities", "read_ledger", "span_digest", "write_ledger",
]  # fmt: skip
