"""Where the ledger of a case is: the text beside the model, and the store, if there is one.

`ledger.jsonl` is kept in git and can be read without a store. The store is `ledger.sqlite` beside it, or what `--store` or the
environment variable FOEDUS_LEDGER names. Reading makes no store; the first change makes it from the text.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.errors import EvidenceError, Problem
from foedus.evidence.ledger import Ledger, ledger_bytes, read_ledger

if TYPE_CHECKING:
    import sqlalchemy as sa

    from foedus.evidence.store.store import Store

__all__ = [
    "STORE_NAME",
    "TEXT_NAME",
    "VARIABLE",
    "LedgerPlace",
    "case_ledger",
    "disagreement",
    "ledger_place",
    "open_to_change",
    "open_to_read",
]

TEXT_NAME = "ledger.jsonl"
STORE_NAME = "ledger.sqlite"
VARIABLE = "FOEDUS_LEDGER"


@dataclass(frozen=True)
class LedgerPlace:
    """Where the ledger of a case is.

    Attributes:
        case: the case's name; a store of another case is refused.
        text: the ledger in text form, whether it is there or not.
        store: path or URL of the store, whether it is there or not.
        is_named: the store was named by the user, so it must be there.
        as_of: the case's date (ISO); no claim was published later.
    """

    case: str
    text: Path
    store: str
    is_named: bool
    as_of: str | None = None

    @property
    def has_store(self) -> bool:
        """Whether the store is to be used: it is there, or the user named it."""
        return self.is_named or Path(self.store).exists()


def ledger_place(
    folder: Path, case: str, as_of: str | None = None, *, store: str | None = None, environment: Mapping[str, str] | None = None
) -> LedgerPlace:
    """Where the ledger of the case in a folder is; `{case}` in the name of the store stands for the case's name."""
    named = store or (os.environ if environment is None else environment).get(VARIABLE, "")
    address = named.replace("{case}", case) if named else str(folder / STORE_NAME)
    return LedgerPlace(case, folder / TEXT_NAME, address, bool(named), as_of)


def case_ledger(place: LedgerPlace) -> Ledger | None:
    """The ledger that a case runs on: the store's if there is one, else the text's; None if there is neither.

    Raises:
        EvidenceError: it cannot be trusted; or text and store disagree, because the text was changed outside the store.
    """
    if not place.has_store:
        return read_ledger(place.text, as_of=place.as_of) if place.text.is_file() else None
    from foedus.evidence.store.sync import standing

    try:
        with open_to_read(place) as store:
            ledger = store.ledger(place.as_of)
            if standing(store, place.text, is_shared=place.is_named) == "changed":
                raise EvidenceError(disagreement(place))
            return ledger
    except EvidenceError as error:
        is_elsewhere = any(problem.code in ("wrong-case", "no-store") for problem in error.problems)
        if is_elsewhere and not place.text.is_file():
            return None  # this case rests on no claims; the variable is meant for another
        raise


def disagreement(place: LedgerPlace) -> Problem:
    """What to say when the text was changed outside the store."""
    store = "that is in use" if place.is_named else Path(place.store).name
    message = f"{place.text.name} was changed outside the store {store}, and the two disagree."
    help_text = (
        f"`foedus ledger {place.text.parent} import` takes in what was changed in the file; "
        f"`foedus ledger {place.text.parent} export` writes the store's claims over it."
    )
    return Problem(str(place.text), 0, 0, "ledger-and-store-disagree", message, help_text)


def open_to_read(place: LedgerPlace) -> Store:
    """The store, which must be there.

    Raises:
        EvidenceError: it is not, or cannot be read.
    """
    from foedus.evidence.store.store import open_store

    try:
        return open_store(place.store, case=place.case, as_of=place.as_of)
    except EvidenceError as error:
        codes = {problem.code for problem in error.problems}
        is_missing = "no-store" in codes or ("not-a-store" in codes and place.store.startswith("postgres"))
        if not (is_missing and place.is_named):
            raise
        message = f"{VARIABLE} or --store names this, and no ledger is there yet."
        help_text = f"`foedus ledger {place.text.parent} import` makes it from {place.text.name}; or name none."
        raise EvidenceError(Problem(error.problems[0].file, 0, 0, "no-store", message, help_text)) from None


def open_to_change(place: LedgerPlace, who: str) -> Store:
    """The store; made from the text, with its history beginning there, if there is none.

    Raises:
        EvidenceError: the text is wrong, or the store cannot be made or read.
    """
    from foedus.evidence.store.store import open_store
    from foedus.evidence.store.sync import note_sync
    from foedus.evidence.store.transfer import claims_of_file, import_claims

    def fill(connection: sa.Connection) -> None:
        if place.text.is_file():
            digest = hashlib.sha256(ledger_bytes(place.text)).hexdigest()
            told = claims_of_file(place.text)
            import_claims(connection, told, who, f"the store was made from {place.text.name}", place.as_of, str(place.text))
            note_sync(connection, place.text, digest)

    return open_store(place.store, create=True, case=place.case, as_of=place.as_of, fill=fill)
