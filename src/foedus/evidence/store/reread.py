"""A document that was changed after its claims were taken: what is new, moved, changed, vanished; and what can no longer be told.

A claim goes with its sentence. It never attaches itself to other words that look like it: the same number in another sentence is
another claim.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from foedus.errors import EvidenceError, Problem
from foedus.evidence.claim import Claim, DocumentReference
from foedus.evidence.document import Documents, span_digest
from foedus.evidence.ledger import Ledger
from foedus.evidence.store.alignment import Alignment, align
from foedus.evidence.store.changes import changed_claim, claim_of_record
from foedus.evidence.store.event import LedgerEvent
from foedus.evidence.store.store import Store
from foedus.evidence.store.writing import EventDraft, append, find_rows

__all__ = ["Fate", "Kind", "Reread", "apply_reread", "reread"]

Kind = Literal["same", "moved", "changed", "vanished", "unclear"]


@dataclass(frozen=True)
class Fate:
    """What became of a claim's sentence.

    Attributes:
        kind: same (place and words), moved, changed (another sentence took its place), vanished, unclear.
        old: the words the claim rested on, "" where the old text is not at hand.
        new: the sentence that stands there now; for unclear, why.
        start, end: in the new text; of the same words where they moved, None else.
    """

    claim: str
    kind: Kind
    old: str = ""
    new: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Reread:
    """An earlier version's claims held against a new version of the document.

    Attributes:
        title, sha256: of the new version.
        earlier: the sha256 of the earlier versions that have claims.
        fates: one a claim, in the order of the ledger.
        anchored: claims whose sentence stayed, as they stand in the new version.
        proposed: claims of sentences that are new or changed, as they would be added.
    """

    title: str
    sha256: str
    earlier: tuple[str, ...]
    fates: tuple[Fate, ...]
    anchored: tuple[Claim, ...]
    proposed: tuple[Claim, ...]

    def of(self, *kinds: Kind) -> tuple[Fate, ...]:
        """The fates of these kinds."""
        return tuple(fate for fate in self.fates if fate.kind in kinds)


def reread(
    ledger: Ledger, file: Path, proposed: Iterable[Claim], *, old: Path | None = None, documents: Documents | None = None
) -> Reread:
    """Hold the claims of earlier versions of a document against the document as it is now.

    Args:
        file: the new version; an earlier one had the same file name, or the title of `old`.
        proposed: what reading the new version proposes.
        old: the earlier version, if it is at hand.
        documents: where else an earlier version may be.
    Raises:
        EvidenceError: the ledger has no claims of an earlier version, or a text cannot be read.
    """
    digest, text = _text(file)
    texts = dict([_text(old)]) if old is not None else {}
    held = [claim for claim in ledger.claims if claim.document and _is_version(claim.document, file, digest, texts)]
    earlier = tuple(dict.fromkeys(claim.document.sha256 for claim in held if claim.document and claim.document.sha256 != digest))
    if not earlier:
        message = f"The ledger has no claims of an earlier version of {file.name}."
        help_text = "Claims are found by the file's name; name the earlier version with --old, or import the proposals."
        raise EvidenceError(Problem(str(file), 0, 0, "no-earlier-version", message, help_text))
    aligned = {sha: align(known, text) for sha in earlier if (known := texts.get(sha) or _found(documents, sha)) is not None}
    fates, anchored = [], []
    for claim in held:
        fate = _fate(claim, digest, text, aligned)
        assert claim.document is not None
        if fate.kind in ("same", "moved") and claim.document.sha256 != digest:
            moved = _moved(claim, aligned[claim.document.sha256], digest)
            if moved is None:
                fate = replace(fate, kind="changed", new=_PARTS_CHANGED, start=None, end=None)
            else:
                anchored.append(moved)
        fates.append(fate)
    new = _new(proposed, held, digest, list(aligned.values()))
    return Reread(file.name, digest, earlier, tuple(fates), tuple(anchored), new)


_PARTS_CHANGED = "its own words stayed; those that say whose claim it is, how sure or when, did not"


def _text(path: Path) -> tuple[str, str]:
    """The sha256 and the text of a document."""
    try:
        data = path.read_bytes()
        return hashlib.sha256(data).hexdigest(), data.decode("utf-8")
    except OSError as error:
        message, help_text = f"The document cannot be read: {error.strerror}.", "Check the path."
    except UnicodeDecodeError:
        message, help_text = "The document is not UTF-8 text.", "Convert the document first."
    raise EvidenceError(Problem(str(path), 0, 0, "unreadable", message, help_text))


def _found(documents: Documents | None, sha256: str) -> str | None:
    """The text of an earlier version, if it lies among the documents."""
    path = documents.find(DocumentReference(sha256, "")) if documents is not None else None
    return _text(path)[1] if path is not None else None


def _is_version(document: DocumentReference, file: Path, digest: str, texts: dict[str, str]) -> bool:
    """Whether a claim's document is the new text, or an earlier version of it."""
    return document.sha256 in (digest, *texts) or document.file == file.name or document.title == file.name


def _fate(claim: Claim, digest: str, text: str, aligned: dict[str, Alignment]) -> Fate:
    """What became of one claim."""
    assert claim.document is not None
    if claim.document.sha256 == digest:
        return Fate(claim.id, "same", start=claim.start, end=claim.end)
    if claim.start is None or claim.end is None:
        return Fate(claim.id, "unclear", new="the claim points to no words of the document")
    alignment = aligned.get(claim.document.sha256)
    if alignment is None:
        return _without_old_text(claim, text)
    old = alignment.old_text[claim.start : claim.end]
    if span_digest(old) != claim.span_sha256:
        return Fate(claim.id, "unclear", new="the claim's words do not stand at its place in the earlier version either")
    target = alignment.moved(claim.start, claim.end)
    if target is not None:
        kind: Kind = "same" if target == (claim.start, claim.end) else "moved"
        return Fate(claim.id, kind, old, text[target[0] : target[1]], *target)
    places = alignment.covered(claim.start, claim.end)
    if any(place in alignment.unclear for place in places):
        return Fate(claim.id, "unclear", old, "its sentence stands in several places, or too short to be told from others")
    now = [alignment.changed.get(place, alignment.same.get(place)) for place in places]
    if any(place in alignment.changed for place in places):
        return Fate(claim.id, "changed", old, " ".join(alignment.new[place].words for place in now if place is not None))
    return Fate(claim.id, "vanished", old)


def _without_old_text(claim: Claim, text: str) -> Fate:
    """Only the digest of the words is known: they may stand in the new text, but not that it is the same sentence."""
    assert claim.start is not None and claim.end is not None
    length = claim.end - claim.start
    starts = (place for place in range(len(text) - length + 1) if place == 0 or not text[place - 1].isalnum())
    found = [place for place in starts if span_digest(text[place : place + length]) == claim.span_sha256]
    if not found:
        return Fate(claim.id, "vanished")
    where = ", ".join(f"{place:,}" for place in found[:3])
    reason = f"its words stand at {where}; whether in the same sentence cannot be told without the earlier version"
    return Fate(claim.id, "unclear", new=reason)


def _new(proposed: Iterable[Claim], held: Sequence[Claim], digest: str, aligned: Sequence[Alignment]) -> tuple[Claim, ...]:
    """Proposals of sentences that no earlier version had; of a version without its text, all that were not taken yet."""
    stayed = [alignment.new[place] for alignment in aligned for place in alignment.same.values()]
    known = {(claim.start, claim.end) for claim in held if claim.document and claim.document.sha256 == digest}
    names = {claim.id for claim in held}
    return tuple(
        claim
        for claim in proposed
        if claim.id not in names
        and (claim.start, claim.end) not in known
        and not any(claim.start is not None and one.start <= claim.start < one.end for one in stayed)
    )


def _moved(claim: Claim, alignment: Alignment, sha256: str) -> Claim | None:
    """The claim at its place in the new text, with all of its offsets; None if the words that one of them points to went."""
    assert claim.start is not None and claim.end is not None
    target = alignment.moved(claim.start, claim.end)
    assert target is not None
    record = claim.as_dict()
    record |= {"start": target[0], "end": target[1], "span_sha256": span_digest(alignment.new_text[slice(*target)])}
    record["document"] |= {"sha256": sha256}
    for part in _parts(record):
        moved = alignment.moved(part["start"], part["end"])
        if moved is None:
            return None
        part["start"], part["end"] = moved
    return claim_of_record(record, claim.place.file)


def _parts(record: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts of a claim that have offsets of their own."""
    source = record["source"]
    parts = [record.get("quantity"), record.get("time"), source, source.get("cue_span"), *record["hedge"].get("cues", [])]
    return [part for part in parts if part and part.get("start") is not None and part.get("end") is not None]


def apply_reread(
    store: Store,
    file: Path,
    proposed: Sequence[Claim],
    who: str,
    why: str,
    *,
    old: Path | None,
    documents: Documents | None,
    as_of: str | None = None,
) -> tuple[Reread, tuple[LedgerEvent, ...]]:
    """Re-read, and write what came of it as events: claims whose sentence stayed go with it, new proposals are added, and claims
    whose sentence was changed or went get a note, and keep their place in the earlier version and their status.

    Raises:
        EvidenceError: as `reread`, or a proposal breaks a rule; nothing is written.
    """
    with store.database.write() as connection:
        ledger = store.ledger_in(connection)
        found = reread(ledger, file, proposed, old=old, documents=documents)
        lost = (_noted(ledger.by_id[fate.claim], fate.kind, found) for fate in found.of("changed", "vanished"))
        after = [*found.anchored, *(claim for claim in lost if claim is not None), *found.proposed]
        rows = find_rows(connection, (claim.id for claim in after), store.label)
        drafts = [
            EventDraft("reread", claim.id, rows.get(claim.id), claim, who, why or f"{file.name} was read again")
            for claim in after
        ]
        return found, append(connection, drafts, as_of)


def _noted(claim: Claim, kind: Kind, found: Reread) -> Claim | None:
    """The claim with a note that its sentence is not in the new version; None if it has the note, or no room for it."""
    what = "was changed" if kind == "changed" else "is no longer there"
    words = f"Its sentence {what} in the version of {found.title} with sha256 {found.sha256[:16]}."
    note = f"{claim.note} {words}" if claim.note else words
    if words in (claim.note or "") or len(note) > _LONGEST_NOTE:
        return None
    return changed_claim(claim, {"note": note}, claim.place.file)


_LONGEST_NOTE = 600
