"""The ledger that an edition of a case runs on: what of the case's claims was public by its day, and what the edition adds to them.

An edition may put `claims.jsonl` beside its model. A line with the id of a claim says what is different about it on that day (the group in
which it stands, the question that it speaks of); a line with an id of its own is a claim that only this edition has.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from foedus.case.folder import CaseFolder, find_case
from foedus.errors import EvidenceError, Problem
from foedus.evidence import Claim, Ledger
from foedus.evidence.claim import Place
from foedus.evidence.ledger import across_claims, ledger_bytes, ledger_lines, read_claim
from foedus.evidence.schema import located
from foedus.evidence.store.beside import case_ledger, ledger_place

__all__ = ["CLAIMS", "folder_ledger", "reading_ledger"]

CLAIMS = "claims.jsonl"


def folder_ledger(folder: CaseFolder, day: str | None) -> Ledger | None:
    """The ledger of a case, or of an edition of it: then what was public by its day.

    Raises:
        EvidenceError: it cannot be trusted.
    """
    if not folder.edition:
        return case_ledger(ledger_place(folder.folder, folder.name, day))
    ledger = case_ledger(ledger_place(folder.home, folder.case))
    if ledger is None:
        return None
    known = ledger.known_by(folder.edition)
    path = folder.folder / CLAIMS
    return _changed(known, path, folder.edition) if path.is_file() else known


def reading_ledger(folder: CaseFolder, ledger: Ledger) -> Ledger:
    """The claims by whose words a new report is read: those of the case itself, whose groups all its editions share."""
    if not folder.edition:
        return ledger
    return folder_ledger(find_case(str(folder.home / "model.foedus")), None) or ledger


def _changed(ledger: Ledger, path: Path, day: str) -> Ledger:
    """The ledger with the lines of an edition's file."""
    claims = dict(ledger.by_id)
    problems: list[Problem] = []
    for place in ledger_lines(ledger_bytes(path), str(path)):
        claim, found = read_claim(_whole(place, claims))
        problems += found
        if claim is not None:
            claims[claim.id] = claim
    problems += [located(complaint, claim.place) for claim, complaint in across_claims(tuple(claims.values()), day)]
    if problems:
        raise EvidenceError(sorted(problems, key=lambda problem: (problem.line, problem.column)))
    return ledger.of_claims(claims.values())


def _whole(place: Place, claims: dict[str, Claim]) -> Place:
    """The line with what it leaves as the claim of its id has it."""
    try:
        told: Any = json.loads(place.text)
    except (ValueError, RecursionError):
        return place  # reading it as a claim says what is wrong
    if not isinstance(told, dict) or told.get("id") not in claims:
        return place
    return Place(place.file, place.line, json.dumps({**claims[told["id"]].as_dict(), **told}, ensure_ascii=False))
