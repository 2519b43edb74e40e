"""What the commands of `foedus ledger` share: the case and its ledger, opened to read or to change, and their options."""

from __future__ import annotations

import contextlib
import difflib
import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from foedus.cli.common import json_option
from foedus.errors import EvidenceError, Problem
from foedus.evidence.store.beside import LedgerPlace, case_ledger, disagreement, ledger_place, open_to_change, open_to_read

if TYPE_CHECKING:
    from foedus.case.folder import CaseFolder
    from foedus.evidence import Claim, Ledger, Store

__all__ = ["LedgerCase", "change_options", "changing", "claim_in", "find_ledger", "reading", "store_option", "user_name"]


@dataclass(frozen=True)
class LedgerCase:
    """The case of the command, with where its ledger is."""

    folder: CaseFolder
    place: LedgerPlace

    @property
    def name(self) -> str:
        return self.folder.name


def find_ledger(name: str, store: str | None) -> LedgerCase:
    """The case and the place of its ledger."""
    from foedus.case.folder import find_case, refuse_edition
    from foedus.language import read_model_text
    from foedus.model import read_model

    folder = find_case(name)
    refuse_edition(folder)
    as_of = read_model(read_model_text(folder.model)).model.as_of
    return LedgerCase(folder, ledger_place(folder.folder, folder.name, as_of.isoformat() if as_of else None, store=store))


@contextmanager
def reading(case: LedgerCase) -> Iterator[tuple[Ledger, Store | None]]:
    """The ledger, with its store if there is one; a text that disagrees is told on standard error."""
    if not case.place.has_store:
        ledger = case_ledger(case.place)
        if ledger is None:
            help_text = f"Put {case.place.text.name} beside the model, or import claims: `foedus ledger {case.name} import FILE`."
            raise EvidenceError(Problem(str(case.place.text), 0, 0, "no-ledger", "The case has no ledger.", help_text))
        yield ledger, None
        return
    with open_to_read(case.place) as store:
        _tell_disagreement(case, store)
        yield store.ledger(), store


def claim_in(ledger: Ledger, id: str) -> Claim:
    """A claim of a ledger.

    Raises:
        EvidenceError: there is none of this id; similar ones are named.
    """
    if id in ledger.by_id:
        return ledger.by_id[id]
    near = difflib.get_close_matches(id, ledger.by_id, n=3, cutoff=0.5)
    help_text = f"Did you mean {' or '.join(near)}?" if near else f"`list` shows the {len(ledger.claims)} claims."
    raise EvidenceError(Problem(ledger.path, 0, 0, "no-claim", f"There is no claim {id}.", help_text))


@contextmanager
def changing(case: LedgerCase, who: str) -> Iterator[Store]:
    """The store, made from the text by the first change."""
    is_new = not case.place.has_store
    with open_to_change(case.place, who) as store:
        if is_new:
            click.echo(f"foedus: made {store.label} from {case.place.text.name}.", err=True)
        else:
            _tell_disagreement(case, store)
        yield store


def _tell_disagreement(case: LedgerCase, store: Store) -> None:
    from foedus.evidence.store.sync import standing

    if standing(store, case.place.text, is_shared=case.place.is_named) == "changed":
        click.echo(f"warning: {disagreement(case.place)}", err=True)


def user_name() -> str:
    """The name of whoever sits here."""
    with contextlib.suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return ""


def store_option(function: Callable[..., Any]) -> Callable[..., Any]:
    text = "The store: a path or URL. Default: FOEDUS_LEDGER, else ledger.sqlite beside the model."
    return click.option("--store", default=None, metavar="URL", help=text)(json_option(function))


def change_options(function: Callable[..., Any]) -> Callable[..., Any]:
    who = click.option("--who", default=user_name, metavar="NAME", help="Who makes the change. Default: your user name.")
    why = click.option("--why", default="", metavar="TEXT", help="Why, for the history.")
    return who(why(store_option(function)))
