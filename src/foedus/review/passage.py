"""The text of a document around a place, cut where claims begin and end; or why there is none."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, final

from foedus.errors import EvidenceError
from foedus.evidence import Claim, Documents, span_digest

__all__ = ["Shelf"]

LONGEST = 60_000
"""Characters of one passage; a longer document is shown in parts."""
_GIVE = "Start again with `--documents DIR`, the folder in which the reports are kept."


@final
@dataclass(frozen=True)
class Shelf:
    """The documents at hand; None if no folder was given."""

    documents: Documents | None = None

    def passage(self, claims: Sequence[Claim], sha256: str, at: int | None = None) -> dict[str, Any]:
        """A part of a document with the claims in it.

        Args:
            claims: all that name this document, in any order.
            sha256: digest of the document's bytes.
            at: a character that must be in it; None begins at the start.
        Returns:
            `start`, `end` and `total` in characters, and `segments`, a list of (text, start, ids of the claims that cover it); or
            `segments` None with `why` and `help`. `refused` has the claims whose words are not the recorded ones: they are marked
            nowhere.
        """
        text, why, help_text = self._text(claims)
        if text is None:
            return {"sha256": sha256, "segments": None, "why": why, "help": help_text, "refused": []}
        start, end = _part(text, at)
        spans, refused = _spans(claims, text)
        return {
            "sha256": sha256, "segments": _segments(text, start, end, spans), "start": start, "end": end, "total": len(text),
            "refused": refused,
        }  # fmt: skip

    def quote(self, claim: Claim) -> tuple[str | None, str]:
        """The words that a claim points to; or None, with the reason if it points anywhere."""
        if claim.document is None or claim.start is None:
            return None, ""
        if self.documents is None:
            return None, "No folder with documents was given."
        try:
            found = self.documents.quote(claim)
        except EvidenceError as error:
            return None, error.problems[0].message.removeprefix(f"Claim {claim.id}: ")
        return found, "" if found is not None else "The document is not in the folder that was given."

    def _text(self, claims: Sequence[Claim]) -> tuple[str | None, str, str]:
        """The text of the document that these claims name, or why there is none and what to do."""
        reference = next((claim.document for claim in claims if claim.document), None)
        if reference is None:
            return None, "These claims name no document.", "They were entered by hand; see the address or the note of each."
        if self.documents is None:
            return None, "No folder with documents was given.", _GIVE
        path = self.documents.find(reference)
        if path is None:
            return None, *self._absent(claims)
        try:
            raw = path.read_bytes()
            if hashlib.sha256(raw).hexdigest() != reference.sha256:
                return (
                    None,
                    f"{path.name} has changed since this page was started.",
                    "Put the original file back, or read it anew.",
                )
            return raw.decode("utf-8"), "", ""
        except (OSError, UnicodeDecodeError) as error:
            return None, f"{path.name} cannot be read as UTF-8 text ({type(error).__name__}).", "Convert it, or read it anew."

    def _absent(self, claims: Sequence[Claim]) -> tuple[str, str]:
        """A file of the document's name has other contents, or there is none."""
        assert self.documents is not None
        for claim in claims:
            try:
                self.documents.quote(claim)
            except EvidenceError as error:
                problem = error.problems[0]
                message = problem.message.removeprefix(f"Claim {claim.id}: ")
                return f"The document has changed. {message}", f"{problem.help} Nothing is marked in a document that has changed."
        folder = self.documents.directory.name or str(self.documents.directory)
        return (
            f"The document is not in the folder “{folder}”.",
            "Put it there and start again; it is known by the digest of its bytes.",
        )


def _part(text: str, at: int | None) -> tuple[int, int]:
    """(start, end) of the part to show, at ends of lines where there are any near."""
    if len(text) <= LONGEST:
        return 0, len(text)
    place, margin = min(max(at or 0, 0), len(text)), LONGEST // 30
    start = max(0, min(place - LONGEST // 2, len(text) - LONGEST))
    if start:
        line = text.rfind("\n", max(0, start - margin), start)
        start = line + 1 if line >= 0 else start
    end = min(len(text), start + LONGEST)
    line = text.find("\n", end, end + margin)
    return start, line + 1 if line >= 0 and end < len(text) else end


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


def _segments(text: str, start: int, end: int, spans: Sequence[tuple[int, int, str]]) -> list[tuple[str, int, list[str]]]:
    """The part cut at every begin and end of a span, each piece with the claims that cover it, the shortest claim last."""
    inside = [span for span in spans if span[0] < end and span[1] > start]
    cuts = sorted({start, end, *(min(max(cut, start), end) for span in inside for cut in span[:2])})
    opening: dict[int, list[tuple[int, int, str]]] = {}
    for span in inside:
        opening.setdefault(max(span[0], start), []).append(span)
    live: list[tuple[int, int, str]] = []
    found = []
    for left, right in pairwise(cuts):
        live = [span for span in live if span[1] > left] + opening.get(left, [])
        live.sort(key=lambda span: (span[0] - span[1], span[2]))
        found.append((text[left:right], left, [name for _, _, name in live]))
    return found
