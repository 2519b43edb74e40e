"""`foedus ledger`: the claims of a case, and every change of them."""

from __future__ import annotations

from typing import Any

import click

from foedus.cli.common import console, emit_json
from foedus.cli.ledger_adding import add, place
from foedus.cli.ledger_agreement import agreement
from foedus.cli.ledger_case import note, store_option
from foedus.cli.ledger_judging import accept, edit, grade, reject, restore
from foedus.cli.ledger_moving import export, import_, reread
from foedus.cli.ledger_selecting import selection_of, selection_options
from foedus.wording import counted

__all__ = ["command"]


class _CaseFirst(click.Group):
    """Tells who forgets the case what to type."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        if args and args[0] in self.commands:
            raise click.UsageError(f"Name the case first: foedus ledger CASE {args[0]}", context)
        return super().parse_args(context, args)


@click.group("ledger", cls=_CaseFirst)
@click.argument("case")
@click.pass_context
def command(context: click.Context, case: str) -> None:
    """List, judge, edit and move the claims of CASE. Nothing is ever overwritten: every change is an event that stays."""
    context.obj = case


@command.command("list")
@selection_options
@click.option("--first", type=click.Choice(("moves",)), default=None, help="`moves`: what moves answers most stands first.")
@store_option
@click.pass_obj
def list_claims(name: str, /, first: str | None, store: str | None, as_json: bool, **chosen: Any) -> None:
    """List claims."""
    from foedus.show.ledger_table import claim_table
    from foedus.study.ledger.looking import list_claims as look
    from foedus.study.ledger.told import listed_document

    found = look(name, selection_of(chosen), is_by_moves=first is not None, store=store, note=note)
    if as_json:
        emit_json(listed_document(found))
        return
    console().print(claim_table(found.claims))
    console().print(f"{len(found.claims):,} of {counted(found.total, 'claim')} in {found.path}", markup=False, style="dim")


@command.command("show")
@click.argument("id")
@click.option("--documents", type=click.Path(), default=None, help="A folder with the documents, to show the very sentence.")
@store_option
@click.pass_obj
def show_claim(name: str, id: str, documents: str | None, store: str | None, as_json: bool) -> None:
    """Show a claim: what it says, the words it rests on, and its history."""
    from foedus.show.ledger_table import claim_view
    from foedus.study.ledger.looking import show_claim as look
    from foedus.study.ledger.told import shown_document

    found = look(name, id, documents, store=store, note=note)
    if as_json:
        emit_json(shown_document(found))
    else:
        console().print(claim_view(found.claim, found.version, found.history, found.sentence, found.missing))


@command.command("history")
@click.argument("id", required=False)
@click.option("--since", default=None, metavar="WHEN", help="After the event of this number, or from this time on (UTC).")
@store_option
@click.pass_obj
def history(name: str, id: str | None, since: str | None, store: str | None, as_json: bool) -> None:
    """Show who changed what, when and why: of one claim, or of all."""
    from foedus.show.ledger_table import event_table
    from foedus.study.ledger.looking import tell_history
    from foedus.study.ledger.told import history_document

    found = tell_history(name, id, since, store=store, note=note)
    if as_json:
        emit_json(history_document(found))
    elif not found.has_store:
        console().print("No store yet: the history begins with the first change.", style="dim")
    else:
        console().print(event_table(found.events, is_of_one=id is not None))
        console().print(f"{len(found.events):,} events", style="dim")


@command.command("conflicts")
@click.option("--group", default="", metavar="TEXT", help="A part of the group's name.")
@store_option
@click.pass_obj
def conflicts(name: str, group: str, store: str | None, as_json: bool) -> None:
    """Show which claims contradict each other, are out of date, or only repeat another, and sources with two letters."""
    from foedus.show.earned import letters_view
    from foedus.show.ledger_table import conflict_view
    from foedus.study.ledger.looking import find_conflicts
    from foedus.study.ledger.told import conflicts_document

    found = find_conflicts(name, group, store=store, note=note)
    if as_json:
        emit_json(conflicts_document(found))
        return
    console().print(conflict_view(found.groups, found.claims))
    console().print(letters_view(found.letters), end="")


for _subcommand in (add, accept, reject, edit, grade, place, restore, export, import_, reread, agreement):
    command.add_command(_subcommand)
