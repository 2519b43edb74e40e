"""`foedus ledger CASE accept|reject|edit|grade|restore`: an analyst's word on claims, each an event."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from foedus.cli.common import console, emit_json
from foedus.cli.ledger_case import LedgerCase, change_options, changing, find_ledger
from foedus.cli.ledger_selecting import selection_of, selection_options
from foedus.errors import EvidenceError, Problem

if TYPE_CHECKING:
    from foedus.evidence import Event, Store
    from foedus.evidence.store.select import Selection

__all__ = ["accept", "edit", "grade", "reject", "restore", "tell_changes"]


@click.command("accept")
@click.argument("ids", nargs=-1, metavar="[ID...]")
@selection_options
@change_options
@click.pass_obj
def accept(name: str, /, ids: tuple[str, ...], who: str, why: str, store: str | None, as_json: bool, **chosen: Any) -> None:
    """Let claims count: those named, or all that the options select and that wait for a decision."""
    selection = _selection(ids, chosen)
    case = find_ledger(name, store)
    with changing(case, who) as opened:
        tell_changes(case, opened.accept(ids or _selected(opened, selection), who, why), as_json)


@click.command("reject")
@click.argument("ids", nargs=-1, metavar="[ID...]")
@selection_options
@change_options
@click.pass_obj
def reject(name: str, /, ids: tuple[str, ...], who: str, why: str, store: str | None, as_json: bool, **chosen: Any) -> None:
    """Let claims no longer count: those named, or all that the options select and that wait for a decision. They stay in the ledger."""
    selection = _selection(ids, chosen)
    case = find_ledger(name, store)
    with changing(case, who) as opened:
        tell_changes(case, opened.reject(ids or _selected(opened, selection), who, why), as_json)


def _selection(ids: tuple[str, ...], chosen: dict[str, Any]) -> Selection:
    """What the options select; without --status only what waits, so that no decision is turned back."""
    selection = selection_of(chosen)
    if bool(ids) == (not selection.is_empty):
        raise click.UsageError("Name claims, or select them: --document wire-12 --no-number")
    return selection if selection.status else replace(selection, status="proposed")


def _selected(opened: Store, selection: Selection) -> tuple[str, ...]:
    """The claims that are selected.

    Raises:
        EvidenceError: there are none.
    """
    found = tuple(claim.id for claim in selection.of(opened.ledger().claims))
    if not found:
        help_text = "`list` with the same options shows what they select; without --status only what waits is meant."
        raise EvidenceError(Problem(opened.label, 0, 0, "nothing-selected", "No claim is selected.", help_text))
    return found


@click.command("edit")
@click.argument("words", nargs=-1, required=True, metavar="ID... FIELD=VALUE...")
@click.option("--version", type=int, default=None, help="Refuse if the claim has another version by now.")
@change_options
@click.pass_obj
def edit(name: str, words: tuple[str, ...], version: int | None, who: str, why: str, store: str | None, as_json: bool) -> None:
    """Change fields of claims: grade=B2, quantity.value=1200, note= (takes it away)."""
    from foedus.evidence.store.changes import field_value

    ids = tuple(word for word in words if "=" not in word)
    pairs = [word.partition("=") for word in words if "=" in word]
    if not ids or not pairs:
        raise click.UsageError("Name a claim and what to change: edit A1 quantity.value=1200")
    changes = {key: field_value(key, value) for key, _, value in pairs}
    case = find_ledger(name, store)
    with changing(case, who) as opened:
        tell_changes(case, opened.edit(ids, changes, who, why, version), as_json)


@click.command("grade")
@click.argument("words", nargs=-1, required=True, metavar="ID... GRADE")
@change_options
@click.pass_obj
def grade(name: str, words: tuple[str, ...], who: str, why: str, store: str | None, as_json: bool) -> None:
    """Grade claims, for example B2: letter of the source, digit of the content. The reason (--why) stays with the claim."""
    if len(words) < 2:
        raise click.UsageError("Name a claim and its grade: grade A1 B2 --why 'usually right'")
    if not why.strip():
        raise click.UsageError("A grade needs its reason: --why 'usually right'")
    case = find_ledger(name, store)
    with changing(case, who) as opened:
        tell_changes(case, opened.grade(words[:-1], words[-1], who, why), as_json)


@click.command("restore")
@click.argument("id")
@click.argument("version", type=int)
@change_options
@click.pass_obj
def restore(name: str, id: str, version: int, who: str, why: str, store: str | None, as_json: bool) -> None:
    """Make a claim again what it was in VERSION; the way there stays in the history."""
    case = find_ledger(name, store)
    with changing(case, who) as opened:
        tell_changes(case, opened.restore(id, version, who, why), as_json)


def tell_changes(case: LedgerCase, events: tuple[Event, ...], as_json: bool) -> None:
    """Say what was changed."""
    if as_json:
        emit_json({"case": case.name, "events": [event.as_dict() for event in events]})
        return
    from foedus.show.ledger_table import change_words

    if not events:
        console().print("Nothing changed: it was so already.", style="dim")
    for event in events:
        words = "; ".join(change_words(event)) or event.action
        console().print(f"{event.claim}  {words}  (version {event.version})", markup=False)
