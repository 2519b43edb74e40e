"""Identifiers that are the same wherever a ledger is exported: of cases, claims, speakers, documents."""

from __future__ import annotations

import base64
from urllib.parse import quote

from foedus.evidence.claim import DocumentReference

__all__ = ["document_name", "local", "name_of"]


def local(text: str) -> str:
    """A text as one part of an identifier: everything but letters and digits of ASCII, `-`, `_` and `.` as %XX."""
    return quote(text, safe="").replace("~", "%7E")


def name_of(case: str, kind: str, text: str) -> str:
    """The identifier of something in a case."""
    return f"urn:foedus:{local(case)}:{kind}:{local(text)}"


def document_name(document: DocumentReference) -> str:
    """A document by the digest of its bytes (RFC 6920)."""
    digest = base64.urlsafe_b64encode(bytes.fromhex(document.sha256)).decode().rstrip("=")
    return f"ni:///sha-256;{digest}"
