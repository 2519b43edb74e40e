"""The documents at hand, read as they were when claims were found in them; or why one is not."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, final

from foedus.errors import EvidenceError, FoedusError
from foedus.evidence import Claim, Documents, span_digest
from foedus.evidence.reading.pages import Page, page_of
from foedus.review.passage import passage_of, shown_words

__all__ = ["Shelf"]

KEPT = 8
"""Documents that are kept in memory."""

_GIVE = "Start again with `--documents DIR`, the folder in which the reports are kept."


@dataclass(frozen=True)
class _Reading:
    """A document as it was read: the page, or why there is none and what to do. `stamp` changes with the file."""

    stamp: tuple[int, int] | None
    page: Page | None = None
    why: str = ""
    help: str = ""


@final
class Shelf:
    """The documents below a folder; none if no folder was given."""

    def __init__(self, documents: Documents | None = None) -> None:
        self._documents = documents
        self._read: dict[str, _Reading] = {}

    def passage(self, claims: Sequence[Claim], sha256: str, at: int | None = None) -> dict[str, Any]:
        """A part of a document with the claims in it.

        Args:
            claims: all that name this document, in any order.
            sha256: digest of the document's bytes.
            at: a character that must be in it; None begins at the start.
        Returns:
            What `passage_of` gives; or `segments` None with `why` and `help`. `refused` has the claims whose words are not the recorded
            ones: they are marked nowhere.
        """
        found = self._reading(claims[0]) if claims else _Reading(None, None, "No claim names this document.")
        if found.page is None:
            why, help_text = self._changed(claims) or (found.why, found.help)
            return {"sha256": sha256, "segments": None, "why": why, "help": help_text, "refused": []}
        spans, refused = _spans(claims, found.page.text.original)
        return {"sha256": sha256, "refused": refused, **passage_of(found.page, spans, at)}

    def original(self, claims: Sequence[Claim]) -> str | None:
        """The text that offsets point into, of the document of some claims; None if it is not at hand as they were read from it."""
        page = self._reading(claims[0]).page if claims else None
        return page.text.original if page else None

    def quote(self, claim: Claim) -> tuple[str | None, str]:
        """The words that a claim points to; or None, with the reason if it points anywhere."""
        if claim.document is None or claim.start is None or claim.end is None:
            return None, ""
        found = self._reading(claim)
        if found.page is None:
            return None, (self._changed([claim]) or (found.why, ""))[0]
        good, refused = _spans([claim], found.page.text.original)
        if not good:
            return None, refused[0]["why"]
        return shown_words(found.page, claim.start, claim.end), ""

    def _reading(self, claim: Claim) -> _Reading:
        """The document of a claim; read again when its file has changed."""
        reference = claim.document
        if reference is None:
            return _Reading(
                None, None, "These claims name no document.", "They were entered by hand; see the address or the note of each."
            )
        if self._documents is None:
            return _Reading(None, None, "No folder with documents was given.", _GIVE)
        path = self._documents.find(reference)
        if path is None:
            folder = " and ".join(path.name or str(path) for path in self._documents.directories)
            why = f"The document is not in the folder “{folder}”."
            return _Reading(None, None, why, "Put it there and start again; it is known by the digest of its bytes.")
        kept = self._read.get(reference.sha256)
        if kept is None or kept.stamp != _stamp(path):
            kept = _read(path, reference.sha256)
            self._read[reference.sha256] = kept
            while len(self._read) > KEPT:
                self._read.pop(next(iter(self._read)), None)
        return kept

    def _changed(self, claims: Sequence[Claim]) -> tuple[str, str] | None:
        """What is said when a file of the document's name has other contents."""
        claim = next((claim for claim in claims if claim.start is not None), None)
        if self._documents is None or claim is None:
            return None
        try:
            self._documents.quote(claim)
        except EvidenceError as error:
            problem = error.problems[0]
            if problem.code == "document-changed":
                message = problem.message.removeprefix(f"Claim {claim.id}: ")
                return f"The document has changed. {message}", f"{problem.help} Nothing is marked in a document that has changed."
        return None


def _stamp(path: Path) -> tuple[int, int] | None:
    """Changes when the file does; None when it is gone."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _read(path: Path, sha256: str) -> _Reading:
    """The page of a file, if its bytes are still those of the document."""
    stamp = _stamp(path)
    try:
        raw = path.read_bytes()
        if hashlib.sha256(raw).hexdigest() != sha256:
            return _Reading(
                stamp,
                None,
                f"{path.name} has changed since this page was started.",
                "Put the original file back, or read it anew.",
            )
        return _Reading(stamp, page_of(raw, path.name))
    except OSError as error:
        return _Reading(stamp, None, f"{path.name} cannot be read: {error.strerror}.", "Put the file back, and look again.")
    except FoedusError as error:
        problem = error.problems[0]
        return _Reading(stamp, None, f"{path.name} cannot be shown: {problem.message}", problem.help)


def _spans(claims: Sequence[Claim], text: str) -> tuple[list[tuple[int, int, str]], list[dict[str, str]]]:
    """(start, end, id) where the words are the recorded ones; and the claims for which they are not."""
    good, refused = [], []
    for claim in claims:
        if claim.start is None or claim.end is None:
            continue
        if claim.end <= len(text) and span_digest(text[claim.start : claim.end]) == claim.span_sha256:
            good.append((claim.start, claim.end, claim.id))
        else:
            why = f"The words at {claim.start}–{claim.end} are not those that were recorded; the claim is marked nowhere."
            refused.append({"id": claim.id, "why": why})
    return good, refused
