"""The case and its ledger, opened to read or to change."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from foedus.case.folder import CaseFolder, find_case, refuse_edition
from foedus.errors import EvidenceError, Problem
from foedus.evidence import DEFAULTS, Claim, Defaults, Ledger, Store, read_defaults
from foedus.evidence.store.beside import LedgerPlace, case_ledger, disagreement, ledger_place, open_to_change, open_to_read
from foedus.evidence.store.sync import standing
from foedus.language import read_model_text
from foedus.model import read_model
from foedus.wording import counted

__all__ = ["LedgerCase", "Note", "changing", "claim_in", "find_ledger", "reading", "silent"]

Note = Callable[[str], None]
"""Called with what is worth knowing beside the result: a store that was made, a text that disagrees with it."""


def silent(words: str) -> None:
    """Tells nobody."""
    del words


@dataclass(frozen=True)
class LedgerCase:
    """A case, with where its ledger is."""

    folder: CaseFolder
    place: LedgerPlace

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def defaults(self) -> Defaults:
        """The rules of evidence, with what the case changes of them."""
        return DEFAULTS if self.folder.evidence is None else read_defaults(self.folder.evidence)


def find_ledger(name: str, store: str | None = None) -> LedgerCase:
    """The case and the place of its ledger.

    Args:
        store: path or URL of the ledger's store, if not the one beside the model.
    """
    folder = find_case(name)
    refuse_edition(folder)
    as_of = read_model(read_model_text(folder.model)).model.as_of
    return LedgerCase(folder, ledger_place(folder.folder, folder.name, as_of.isoformat() if as_of else None, store=store))


@contextmanager
def reading(case: LedgerCase, note: Note = silent) -> Iterator[tuple[Ledger, Store | None]]:
    """The ledger, with its store if there is one; a text that disagrees is told."""
    if not case.place.has_store:
        ledger = case_ledger(case.place)
        if ledger is None:
            help_text = f"Put {case.place.text.name} beside the model, or import claims: `foedus ledger {case.name} import FILE`."
            raise EvidenceError(Problem(str(case.place.text), 0, 0, "no-ledger", "The case has no ledger.", help_text))
        yield ledger, None
        return
    with open_to_read(case.place) as store:
        _tell_disagreement(case, store, note)
        yield store.ledger(), store


@contextmanager
def changing(case: LedgerCase, who: str, note: Note = silent) -> Iterator[Store]:
    """The store, made from the text by the first change."""
    is_new = not case.place.has_store
    with open_to_change(case.place, who) as store:
        if is_new:
            note(f"foedus: made {store.label} from {case.place.text.name}.")
        else:
            _tell_disagreement(case, store, note)
        yield store


def claim_in(ledger: Ledger, id: str) -> Claim:
    """A claim of a ledger.

    Raises:
        EvidenceError: there is none of this id; similar ones are named.
    """
    if id in ledger.by_id:
        return ledger.by_id[id]
    near = difflib.get_close_matches(id, ledger.by_id, n=3, cutoff=0.5)
    help_text = f"Did you mean {' or '.join(near)}?" if near else f"`list` shows the {counted(len(ledger.claims), 'claim')}."
    raise EvidenceError(Problem(ledger.path, 0, 0, "no-claim", f"There is no claim {id}.", help_text))


def _tell_disagreement(case: LedgerCase, store: Store, note: Note) -> None:
    if standing(store, case.place.text, is_shared=case.place.is_named) == "changed":
        note(f"warning: {disagreement(case.place)}")
