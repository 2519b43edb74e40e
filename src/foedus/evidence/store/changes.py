"""Changes to the fields of one claim: `quantity.value` is a field inside an object, None takes a field away."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from foedus.errors import EvidenceError, Problem
from foedus.evidence.claim import Claim, Place
from foedus.evidence.ledger import claim_line, read_claim
from foedus.evidence.store.failures import MEND

__all__ = ["changed_claim", "claim_of_line", "claim_of_record", "field_value"]

_NOT_BY_EDIT = {
    "id": "An id never changes: reject the claim and add another.",
    "status": "Accept or reject the claim instead.",
}


def changed_claim(claim: Claim, changes: Mapping[str, Any], label: str, *, status: str | None = None) -> Claim:
    """The claim with changes, checked as it stands alone.

    Args:
        changes: field -> new value; an object given as a value replaces the whole object.
        status: the new status, None keeps it.
    Raises:
        EvidenceError: a field cannot be changed so; every problem.
    """
    for key, help_text in _NOT_BY_EDIT.items():
        if key in changes:
            message = f"Claim {claim.id}: `{key}` cannot be edited."
            raise EvidenceError(Problem(label, 0, 0, "not-by-edit", message, help_text))
    record = copy.deepcopy(claim.as_dict())
    for key, value in changes.items():
        outer, _, inner = key.partition(".")
        if not inner:
            record[outer] = value
            continue
        held = record.setdefault(outer, {})
        if not isinstance(held, dict):
            message = f"Claim {claim.id}: `{outer}` has no fields inside, so there is no `{key}`."
            raise EvidenceError(Problem(label, 0, 0, "unknown-key", message, f"Change `{outer}` as a whole."))
        held[inner] = value
    if status is not None:
        record["status"] = status
    return claim_of_record(record, label)


def claim_of_record(record: Mapping[str, Any], label: str) -> Claim:
    """The claim of a record.

    Raises:
        EvidenceError: everything that is wrong with it.
    """
    try:
        line = json.dumps(record, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        message = f"Claim {record.get('id', '?')} cannot be written as JSON: {error}."
        raise EvidenceError(Problem(label, 0, 0, "not-json", message, "Use texts, finite numbers, lists and objects.")) from None
    claim, problems = read_claim(Place(label, 0, line))
    if claim is None:
        name = record.get("id", "?")
        raise EvidenceError(
            [Problem(label, 0, 0, problem.code, f"Claim {name}: {problem.message}", problem.help) for problem in problems]
        )
    return claim


def claim_of_line(line: str, label: str, number: int = 0, event: str | None = None) -> Claim:
    """The claim of a line that the store holds; its place has the line as it would be exported.

    Args:
        event: the line as the last event of the claim has it; the two must be the same.
    Raises:
        EvidenceError: the store was damaged, or written by something else.
    """
    claim, problems = read_claim(Place(label, number, line))
    if claim is None or (event is not None and event != line):
        reason = problems[0].message if problems else "its last event says something else."
        message = f"Row {number} of the claims was damaged, or changed by another program: {reason}"
        raise EvidenceError(Problem(label, 0, 0, "store-damaged", message, MEND))
    return replace(claim, place=Place(label, number, claim_line(claim)))


_NUMBERS = frozenset(
    {
        "relevance",
        "quantity.value",
        "quantity.low",
        "quantity.high",
        "quantity.count",
        "quantity.exposure",
        "start",
        "end",
    }
)


def field_value(key: str, text: str) -> Any:
    """The value of a field from what a user typed: a number where the field holds one, JSON from `[` or `{` on, else the text.

    An empty text takes the field away.
    """
    if not text:
        return None
    if key in _NUMBERS or key.rpartition(".")[2] in ("start", "end") or text[0] in "[{":
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return text  # the check of the claim says what is expected
    return text
