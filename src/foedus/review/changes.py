"""What an analyst typed into the fields of a claim, as the values that a ledger holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from foedus.errors import EvidenceError, Problem
from foedus.evidence import Claim
from foedus.evidence.table import CellError, number_of

__all__ = ["EDITABLE", "number_typed", "typed_changes"]

EDITABLE = (
    "paraphrase",
    "quantity.qualifier",
    "quantity.value",
    "quantity.low",
    "quantity.high",
    "quantity.unit",
    "hedge.class",
    "polarity",
    "commitment",
    "ctype",
    "modality",
    "group",
    "origin",
    "source.canonical",
    "source.type",
    "grade",
    "graded_because",
    "published",
    "time.value",
    "actor",
    "target",
    "note",
)
"""The fields that the page offers, as the store names them."""

_NUMBERS = frozenset({"quantity.value", "quantity.low", "quantity.high"})
_NEW_PARTS = {"quantity": {"quantity.kind": "numeric", "quantity.qualifier": "eq"}, "time": {"time.kind": "absolute"}}


def typed_changes(claim: Claim, typed: Mapping[str, Any]) -> dict[str, Any]:
    """The changes to hand to the store; an empty text takes a field away.

    Args:
        claim: as it stands.
        typed: field -> text.
    Raises:
        EvidenceError: a field that the page does not offer, or a number that is none.
    """
    changes: dict[str, Any] = {}
    for key, text in typed.items():
        if key not in EDITABLE or not isinstance(text, str):
            raise _refused(claim, "unknown-field", f"`{key}` is no field of this page.", f"Fields: {', '.join(EDITABLE)}.")
        kept = text.strip()
        changes[key] = None if not kept else number_typed(claim, key, kept) if key in _NUMBERS else kept
    for name, defaults in _NEW_PARTS.items():
        if getattr(claim, name) is None and any(key.startswith(f"{name}.") for key in changes):
            changes = {key: value for key, value in changes.items() if value is not None or not key.startswith(f"{name}.")}
            if any(key.startswith(f"{name}.") for key in changes):
                changes = defaults | changes
    return changes


def number_typed(claim: Claim, key: str, text: str) -> float:
    """A number as people write it: 12,000 and 12 000 and 1.2e4 are one."""
    plain = re.sub(r"(?<=\d)[,\s\u00a0\u202f](?=\d{3}(?!\d))", "", text).replace("−", "-")
    try:
        value = number_of(plain)
    except CellError:
        raise _refused(
            claim, "not-a-number", f"`{key}` is “{text[:40]}”, which is no number.", "Write it like 12,000 or 0.15."
        ) from None
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _refused(claim: Claim, code: str, message: str, help_text: str) -> EvidenceError:
    return EvidenceError(Problem(claim.place.file, 0, 0, code, f"Claim {claim.id}: {message}", help_text))
