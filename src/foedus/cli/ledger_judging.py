"""`foedus ledger CASE accept|reject|edit|grade|restore`: an analyst's word on claims, each an event."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from foedus.cli.common import console, emit_json
from foedus.cli.ledger_case import change_options, note
from foedus.cli.ledger_selecting import selection_of, selection_options

if TYPE_CHECKING:
    from foedus.evidence.store.select import Selection
    from foedus.study.ledger.judging import Changed

__all__ = ["accept", "edit", "grade", "reject", "restore", "tell_changes"]


@click.command("accept")
@click.argument("ids", nargs=-1, metavar="[ID...]")
@selection_options
@change_options
@click.pass_obj
def accept(name: str, /, ids: tuple[str, ...], who: str, why: str, store: str | None, as_json: bool, **chosen: Any) -> None:
    """Let claims count: those named, or all that the options select and that wait for a decision."""
    from foedus.study.ledger.judging import decide_claims

    selection = _selection(ids, chosen)
    tell_changes(decide_claims(name, ids, selection, who, why, is_kept=True, store=store, note=note), as_json)


@click.command("reject")
@click.argument("ids", nargs=-1, metavar="[ID...]")
@selection_options
@change_options
@click.pass_obj
def reject(name: str, /, ids: tuple[str, ...], who: str, why: str, store: str | None, as_json: bool, **chosen: Any) -> None:
    """Let claims no longer count: those named, or all that the options select and that wait for a decision. They stay in the ledger."""
    from foedus.study.ledger.judging import decide_claims

    selection = _selection(ids, chosen)
    tell_changes(decide_claims(name, ids, selection, who, why, is_kept=False, store=store, note=note), as_json)


def _selection(ids: tuple[str, ...], chosen: dict[str, Any]) -> Selection:
    """What the options select; without --status only what waits, so that no decision is turned back."""
    selection = selection_of(chosen)
    if bool(ids) == (not selection.is_empty):
        raise click.UsageError("Name claims, or select them: --document wire-12 --no-number")
    return selection if selection.status else replace(selection, status="proposed")


@click.command("edit")
@click.argument("words", nargs=-1, required=True, metavar="ID... FIELD=VALUE...")
@click.option("--version", type=int, default=None, help="Refuse if the claim has another version by now.")
@change_options
@click.pass_obj
def edit(name: str, words: tuple[str, ...], version: int | None, who: str, why: str, store: str | None, as_json: bool) -> None:
    """Change fields of claims: grade=B2, quantity.value=1200, note= (takes it away)."""
    from foedus.study.ledger.judging import edit_claims

    ids = tuple(word for word in words if "=" not in word)
    pairs = [word.partition("=") for word in words if "=" in word]
    if not ids or not pairs:
        raise click.UsageError("Name a claim and what to change: edit A1 quantity.value=1200")
    fields = {key: value for key, _, value in pairs}
    tell_changes(edit_claims(name, ids, fields, who, why, version, store=store, note=note), as_json)


@click.command("grade")
@click.argument("words", nargs=-1, required=True, metavar="ID... GRADE")
@change_options
@click.pass_obj
def grade(name: str, words: tuple[str, ...], who: str, why: str, store: str | None, as_json: bool) -> None:
    """Grade claims, for example B2: letter of the source, digit of the content. The reason (--why) stays with the claim."""
    from foedus.study.ledger.judging import grade_claims

    if len(words) < 2:
        raise click.UsageError("Name a claim and its grade: grade A1 B2 --why 'usually right'")
    if not why.strip():
        raise click.UsageError("A grade needs its reason: --why 'usually right'")
    tell_changes(grade_claims(name, words[:-1], words[-1], who, why, store=store, note=note), as_json)


@click.command("restore")
@click.argument("id")
@click.argument("version", type=int)
@change_options
@click.pass_obj
def restore(name: str, id: str, version: int, who: str, why: str, store: str | None, as_json: bool) -> None:
    """Make a claim again what it was in VERSION; the way there stays in the history."""
    from foedus.study.ledger.judging import restore_claim

    tell_changes(restore_claim(name, id, version, who, why, store=store, note=note), as_json)


def tell_changes(found: Changed, as_json: bool) -> None:
    """Say what was changed."""
    from foedus.study.ledger.told import changed_document, changed_words

    if as_json:
        emit_json(changed_document(found))
        return
    if not found.events:
        console().print("Nothing changed: it was so already.", style="dim")
    for words in changed_words(found):
        console().print(words, markup=False)
