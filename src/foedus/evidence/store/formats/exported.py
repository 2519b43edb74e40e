"""One verb for all forms. The same ledger gives the same bytes; a figure stands as the ledger has it, never rounded."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from foedus.evidence.claim import Claim
from foedus.evidence.defaults import DEFAULTS, Defaults
from foedus.evidence.store.event import LedgerEvent
from foedus.evidence.store.formats.annotations import annotation_document
from foedus.evidence.store.formats.provenance import provenance_document
from foedus.evidence.store.formats.reviews import review_document
from foedus.evidence.store.formats.rows import long_table

__all__ = ["FORMATS", "Exported", "exported"]


@dataclass(frozen=True)
class Exported:
    """What is to be written.

    Attributes:
        case: its name, part of every identifier.
        claims: as they stand, in the order of the ledger.
        events: of the store; none where there is only the text.
        quotes: claim id -> its words in the document, where that is at hand.
        defaults: what a grade is worth.
    """

    case: str
    claims: tuple[Claim, ...]
    events: tuple[LedgerEvent, ...] = ()
    quotes: Mapping[str, str] = field(default_factory=dict)
    defaults: Defaults = DEFAULTS


FORMATS: Mapping[str, Callable[[Exported], str]] = MappingProxyType(
    {
        "csv": lambda one: long_table(one.claims),
        "webannotation": lambda one: _json(annotation_document(one.case, one.claims, one.quotes)),
        "claimreview": lambda one: _json(review_document(one.case, one.claims, one.events, one.defaults)),
        "prov": lambda one: _json(provenance_document(one.case, one.claims, one.events)),
    }
)
"""Name of a form -> its text."""


def exported(kind: str, content: Exported) -> bytes:
    """The ledger in a form of `FORMATS`, in UTF-8."""
    return FORMATS[kind](content).encode("utf-8")


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
