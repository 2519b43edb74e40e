"""A case opened for review: its store, its documents, what its model rests on, and the server on top."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path

from foedus.case import Case, load
from foedus.case.folder import refuse_edition
from foedus.errors import CaseError, Problem
from foedus.evidence import Documents
from foedus.evidence.reading.subject import subject_beside
from foedus.evidence.store.beside import ledger_place, open_to_change
from foedus.loopback import serve
from foedus.review.desk import Desk, ParameterUse
from foedus.review.routes import answers
from foedus.review.shelf import Shelf

__all__ = ["open_review", "opened_document", "uses_of"]


@contextmanager
def open_review(
    name: str, *, who: str, documents: str | Path | None = None, port: int = 0, store: str | None = None
) -> Iterator[tuple[ThreadingHTTPServer, str]]:
    """The server of a review, not running yet, and the address to open; store and socket are closed at the end.

    Args:
        name: a case by its name, folder or model file.
        who: stands in the history of the ledger.
        documents: a folder with the documents; the case's own `documents` if left out and there.
        port: on 127.0.0.1; 0 takes a free one.
        store: path or URL of the ledger's store, if not the one beside the model.
    Raises:
        CaseError: there is no such case, or it has no ledger.
        EvidenceError: the ledger or the folder of documents cannot be used.
        OSError: the port is taken.
    """
    case = load(name)
    refuse_edition(case.folder)
    as_of = case.tree.model.as_of
    place = ledger_place(case.folder.home, case.folder.case, as_of.isoformat() if as_of else None, store=store)
    if not place.has_store and not place.text.is_file():
        help_text = f"Put {place.text.name} beside the model, or name a store that is there."
        raise CaseError(Problem(name, 0, 0, "no-ledger", "this case has no ledger to review.", help_text))
    shelf = Shelf(Documents.beside(case.folder.home, documents))
    with open_to_change(place, who) as opened:
        subject = subject_beside(case.folder.home)
        people = subject.people if subject else frozenset()
        server, address = serve(answers(Desk(opened, case.name, who, shelf, uses_of(case), case.defaults, people)), port)
        try:
            yield server, address
        finally:
            server.server_close()


def opened_document(case: str, address: str) -> dict[str, str]:
    """What `foedus review --json` prints once the page is served."""
    return {"case": case, "address": address}


def uses_of(case: Case) -> dict[str, tuple[ParameterUse, ...]]:
    """Group -> the parameters of the model that rest on it."""
    found: dict[str, tuple[ParameterUse, ...]] = {}
    for slot in case.program.parameters:
        if slot.claims:
            found[slot.claims] = (*found.get(slot.claims, ()), ParameterUse(slot.name, slot.label, slot.is_belief, slot.unit))
    return found
