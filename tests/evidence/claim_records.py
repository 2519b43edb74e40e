"""The record of a valid claim, to be changed by tests, and a small model that rests on such claims."""

from __future__ import annotations

from typing import Any

__all__ = ["MODEL", "record"]

MODEL = """model small as of 2024-10-25 for 10 weeks step 1 week
unit person
param troops : person ~ claims "troops"
stock line : person = troops
question how_many "How many?" on 2024-11-25 value line
"""


def record(**changes: Any) -> dict[str, Any]:
    """The record of a valid claim, with changes; None takes a key out."""
    base: dict[str, Any] = {
        "id": "A1",
        "ctype": "quantity",
        "modality": "actual",
        "polarity": "+",
        "region": "body",
        "relevance": 2,
        "source": {"canonical": "someone", "type": "official", "mode": "direct"},
        "hedge": {"class": "asserted"},
        "group": "troops",
        "paraphrase": "There are a thousand.",
        "origin": "someone",
        "grade": "B2",
        "graded_because": "usually right",
        "published": "2024-10-01",
        "status": "accepted",
        "quantity": {"kind": "numeric", "qualifier": "eq", "value": 1000, "unit": "person"},
    }
    merged = {**base, **changes}
    return {key: value for key, value in merged.items() if value is not None}
