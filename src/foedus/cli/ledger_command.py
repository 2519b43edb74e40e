"""`foedus ledger`: the claims of a case, and every change of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from foedus.cli.common import console, emit_json
from foedus.cli.ledger_adding import add, place
from foedus.cli.ledger_agreement import agreement
from foedus.cli.ledger_case import LedgerCase, claim_in, find_ledger, reading, store_option
from foedus.cli.ledger_judging import accept, edit, grade, reject, restore
from foedus.cli.ledger_moving import export, import_, reread
from foedus.cli.ledger_selecting import selection_of, selection_options

if TYPE_CHECKING:
    from foedus.evidence import Claim

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
    case = find_ledger(name, store)
    with reading(case) as (ledger, opened):
        found = selection_of(chosen).of(ledger.claims)
        number = opened.number if opened else 0
    if first is not None:
        found = _by_moves(case, found)
    if as_json:
        emit_json(
            {
                "case": case.name,
                "ledger": ledger.path,
                "sha256": ledger.sha256,
                "event": number,
                "total": len(ledger.claims),
                "claims": [claim.as_dict() for claim in found],
            }
        )
        return
    from foedus.show.ledger_table import claim_table

    console().print(claim_table(found))
    console().print(f"{len(found):,} of {len(ledger.claims):,} claims in {ledger.path}", markup=False, style="dim")


def _by_moves(case: LedgerCase, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """The claims on whose groups a parameter rests first, then core ones with numbers."""
    from foedus.case import load
    from foedus.evidence.store.select import moving_rank

    carrying = {slot.claims for slot in load(str(case.folder.model)).program.parameters if slot.claims}
    return tuple(sorted(claims, key=lambda claim: moving_rank(claim, carrying)))


@command.command("show")
@click.argument("id")
@click.option("--documents", type=click.Path(), default=None, help="A folder with the documents, to show the very sentence.")
@store_option
@click.pass_obj
def show_claim(name: str, id: str, documents: str | None, store: str | None, as_json: bool) -> None:
    """Show a claim: what it says, the words it rests on, and its history."""
    case = find_ledger(name, store)
    with reading(case) as (ledger, opened):
        if opened is not None:
            stored = opened.claim(id)
            claim, version, events = stored.claim, stored.version, stored.events
        else:
            claim, version, events = claim_in(ledger, id), 0, ()
    sentence, missing = _words(case, claim, documents)
    if as_json:
        emit_json(
            {
                "case": case.name,
                "claim": claim.as_dict(),
                "version": version,
                "sentence": sentence,
                "history": [event.as_dict() for event in events],
            }
        )
        return
    from foedus.show.ledger_table import claim_view

    console().print(claim_view(claim, version, events, sentence, missing))


def _words(case: LedgerCase, claim: Any, documents: str | None) -> tuple[str | None, str]:
    """The words of the document that a claim rests on, or why they are not shown."""
    from foedus.evidence import Documents

    if claim.document is None or claim.start is None:
        return None, "the claim points to no words of a document"
    shelf = Documents.beside(case.folder.folder, documents)
    if shelf is None or (documents is None and shelf.find(claim.document) is None):
        return None, "the document is not here; name its folder with --documents"
    quote = shelf.quote(claim)
    return quote, "" if quote else f"the document is not in {' or '.join(str(path) for path in shelf.directories)}"


@command.command("history")
@click.argument("id", required=False)
@click.option("--since", default=None, metavar="WHEN", help="After the event of this number, or from this time on (UTC).")
@store_option
@click.pass_obj
def history(name: str, id: str | None, since: str | None, store: str | None, as_json: bool) -> None:
    """Show who changed what, when and why: of one claim, or of all."""
    case = find_ledger(name, store)
    with reading(case) as (ledger, opened):
        if id is not None and not (opened and opened.history(id)):
            claim_in(ledger, id)  # says that there is none, with suggestions
        is_number = since is not None and since.isascii() and since.isdigit() and len(since) <= 18
        start = int(since or 0) if is_number else since
        events = opened.history(id, start) if opened is not None else ()
    if as_json:
        emit_json({"case": case.name, "events": [event.as_dict() for event in events]})
        return
    from foedus.show.ledger_table import event_table

    if opened is None:
        console().print("No store yet: the history begins with the first change.", style="dim")
        return
    console().print(event_table(events, is_of_one=id is not None))
    console().print(f"{len(events):,} events", style="dim")


@command.command("conflicts")
@click.option("--group", default="", metavar="TEXT", help="A part of the group's name.")
@store_option
@click.pass_obj
def conflicts(name: str, group: str, store: str | None, as_json: bool) -> None:
    """Show which claims contradict each other, are out of date, or only repeat another, and sources with two letters."""
    from foedus.evidence import DEFAULTS
    from foedus.evidence.groups import group_reports
    from foedus.evidence.overrides import read_defaults
    from foedus.evidence.store.earned import different_letters

    case = find_ledger(name, store)
    defaults = DEFAULTS if case.folder.evidence is None else read_defaults(case.folder.evidence)
    with reading(case) as (ledger, _):
        reports = [report for report in group_reports(ledger, defaults) if group.casefold() in report.group.casefold()]
        letters = different_letters(claim for claim in ledger.claims if group.casefold() in claim.group.casefold())
    if as_json:
        from foedus.show.ledger_document import report_document

        emit_json(
            {
                "case": case.name,
                "ledger": ledger.path,
                "groups": [report_document(report) for report in reports],
                "letters": letters,
            }
        )
        return
    from foedus.show.earned import letters_view
    from foedus.show.ledger_table import conflict_view

    console().print(conflict_view(reports, ledger.by_id))
    console().print(letters_view(letters), end="")


for _subcommand in (add, accept, reject, edit, grade, place, restore, export, import_, reread, agreement):
    command.add_command(_subcommand)
