"""`foedus ledger`: the claims of a case, and every change of them."""

from __future__ import annotations

import contextlib
import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from foedus.cli.common import console, emit_json, json_option, progress_bar
from foedus.errors import EvidenceError, InputError, Problem
from foedus.evidence.store.beside import LedgerPlace, case_ledger, disagreement, ledger_place, open_to_change, open_to_read

if TYPE_CHECKING:
    from foedus.case.folder import CaseFolder
    from foedus.evidence import Event, Ledger, Store
    from foedus.evidence.store import Imported

__all__ = ["command"]

_STATUSES = ("proposed", "accepted", "edited", "rejected", "counts")


@dataclass(frozen=True)
class _Case:
    """The case of the command, with where its ledger is."""

    folder: CaseFolder
    place: LedgerPlace

    @property
    def name(self) -> str:
        return self.folder.name


def _find(name: str, store: str | None) -> _Case:
    """The case and the place of its ledger."""
    from foedus.case.folder import find_case
    from foedus.language import parse, read_source

    folder = find_case(name)
    as_of = parse(read_source(folder.model)).model.as_of
    return _Case(folder, ledger_place(folder.folder, folder.name, as_of.isoformat() if as_of else None, store=store))


@contextmanager
def _reading(case: _Case) -> Iterator[tuple[Ledger, Store | None]]:
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


@contextmanager
def _changing(case: _Case, who: str) -> Iterator[Store]:
    """The store, made from the text by the first change."""
    is_new = not case.place.has_store
    with open_to_change(case.place, who) as store:
        if is_new:
            click.echo(f"foedus: made {store.label} from {case.place.text.name}.", err=True)
        else:
            _tell_disagreement(case, store)
        yield store


def _tell_disagreement(case: _Case, store: Store) -> None:
    from foedus.evidence.store.sync import standing

    if standing(store, case.place.text, is_shared=case.place.is_named) == "changed":
        click.echo(f"warning: {disagreement(case.place)}", err=True)


def _user() -> str:
    """The name of whoever sits here."""
    with contextlib.suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return ""


def _store_option(function: Callable[..., Any]) -> Callable[..., Any]:
    text = "The store: a path or URL. Default: FOEDUS_LEDGER, else ledger.sqlite beside the model."
    return click.option("--store", default=None, metavar="URL", help=text)(json_option(function))


def _change_options(function: Callable[..., Any]) -> Callable[..., Any]:
    who = click.option("--who", default=_user, metavar="NAME", help="Who makes the change. Default: your user name.")
    why = click.option("--why", default="", metavar="TEXT", help="Why, for the history.")
    return who(why(_store_option(function)))


@click.group("ledger")
@click.argument("case")
@click.pass_context
def command(context: click.Context, case: str) -> None:
    """List, judge, edit and move the claims of CASE. Nothing is ever overwritten: every change is an event that stays."""
    context.obj = case


@command.command("list")
@click.option("--status", type=click.Choice(_STATUSES), default=None, help="`counts` is accepted, as it was or edited.")
@click.option("--group", default="", metavar="TEXT", help="A part of the group's name.")
@click.option("--source", default="", metavar="TEXT", help="A part of the source's or the origin's name.")
@click.option("--document", default="", metavar="TEXT", help="A part of the document's title, file name or sha256.")
@click.option("--text", default="", metavar="TEXT", help="Words in what the claim says, or in its notes.")
@_store_option
@click.pass_obj
def list_claims(name: str, status: str | None, group: str, source: str, document: str, text: str, store: str | None,
                as_json: bool) -> None:  # fmt: skip
    """List claims."""
    from foedus.evidence.store.select import Selection

    case = _find(name, store)
    with _reading(case) as (ledger, opened):
        found = Selection(status or "", group, source, document, text).of(ledger.claims)
        number = opened.number if opened else 0
    if as_json:
        emit_json({"case": case.name, "ledger": ledger.path, "sha256": ledger.sha256, "event": number, "total": len(ledger.claims),
                   "claims": [claim.as_dict() for claim in found]})  # fmt: skip
        return
    from foedus.show.ledger_table import claim_table

    console().print(claim_table(found))
    console().print(f"{len(found):,} of {len(ledger.claims):,} claims in {ledger.path}", markup=False, style="dim")


@command.command("show")
@click.argument("id")
@click.option("--documents", type=click.Path(), default=None, help="A folder with the documents, to show the very sentence.")
@_store_option
@click.pass_obj
def show_claim(name: str, id: str, documents: str | None, store: str | None, as_json: bool) -> None:
    """Show a claim: what it says, the words it rests on, and its history."""
    case = _find(name, store)
    with _reading(case) as (ledger, opened):
        if opened is not None:
            stored = opened.claim(id)
            claim, version, events = stored.claim, stored.version, stored.events
        else:
            claim, version, events = _in_text(ledger, id), 0, ()
    sentence, missing = _words(case, claim, documents)
    if as_json:
        emit_json({"case": case.name, "claim": claim.as_dict(), "version": version, "sentence": sentence,
                   "history": [event.as_dict() for event in events]})  # fmt: skip
        return
    from foedus.show.ledger_table import claim_view

    console().print(claim_view(claim, version, events, sentence, missing))


def _in_text(ledger: Ledger, id: str) -> Any:
    """A claim of a ledger without a store."""
    import difflib

    if id in ledger.by_id:
        return ledger.by_id[id]
    near = difflib.get_close_matches(id, ledger.by_id, n=3, cutoff=0.5)
    help_text = f"Did you mean {' or '.join(near)}?" if near else f"`list` shows the {len(ledger.claims)} claims."
    raise EvidenceError(Problem(ledger.path, 0, 0, "no-claim", f"There is no claim {id}.", help_text))


def _words(case: _Case, claim: Any, documents: str | None) -> tuple[str | None, str]:
    """The words of the document that a claim rests on, or why they are not shown."""
    from foedus.evidence import Documents

    if claim.document is None or claim.start is None:
        return None, "the claim points to no words of a document"
    own = case.folder.folder / "documents"
    if documents is None and not own.is_dir():
        return None, "the document is not here; name its folder with --documents"
    folder = documents if documents is not None else own
    quote = Documents(folder).quote(claim)
    return quote, "" if quote else f"the document is not in {folder}"


@command.command("history")
@click.argument("id", required=False)
@click.option("--since", default=None, metavar="WHEN", help="After the event of this number, or from this time on (UTC).")
@_store_option
@click.pass_obj
def history(name: str, id: str | None, since: str | None, store: str | None, as_json: bool) -> None:
    """Show who changed what, when and why: of one claim, or of all."""
    case = _find(name, store)
    with _reading(case) as (ledger, opened):
        if id is not None and not (opened and opened.history(id)):
            _in_text(ledger, id)  # says that there is none, with suggestions
        start = int(since) if since is not None and since.isdigit() else since
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


@command.command("accept")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@_change_options
@click.pass_obj
def accept(name: str, ids: tuple[str, ...], who: str, why: str, store: str | None, as_json: bool) -> None:
    """Let claims count."""
    case = _find(name, store)
    with _changing(case, who) as opened:
        _tell(case, opened.accept(ids, who, why), as_json)


@command.command("reject")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@_change_options
@click.pass_obj
def reject(name: str, ids: tuple[str, ...], who: str, why: str, store: str | None, as_json: bool) -> None:
    """Let claims no longer count. They stay in the ledger."""
    case = _find(name, store)
    with _changing(case, who) as opened:
        _tell(case, opened.reject(ids, who, why), as_json)


@command.command("edit")
@click.argument("words", nargs=-1, required=True, metavar="ID... FIELD=VALUE...")
@click.option("--version", type=int, default=None, help="Refuse if the claim has another version by now.")
@_change_options
@click.pass_obj
def edit(name: str, words: tuple[str, ...], version: int | None, who: str, why: str, store: str | None, as_json: bool) -> None:
    """Change fields of claims: grade=B2, quantity.value=1200, note= (takes it away)."""
    from foedus.evidence.store.changes import field_value

    ids = tuple(word for word in words if "=" not in word)
    pairs = [word.partition("=") for word in words if "=" in word]
    if not ids or not pairs:
        raise click.UsageError("Name a claim and what to change: edit A1 quantity.value=1200")
    changes = {key: field_value(key, value) for key, _, value in pairs}
    case = _find(name, store)
    with _changing(case, who) as opened:
        _tell(case, opened.edit(ids, changes, who, why, version), as_json)


@command.command("grade")
@click.argument("words", nargs=-1, required=True, metavar="ID... GRADE")
@_change_options
@click.pass_obj
def grade(name: str, words: tuple[str, ...], who: str, why: str, store: str | None, as_json: bool) -> None:
    """Grade claims, for example B2: letter of the source, digit of the content. The reason (--why) stays with the claim."""
    if len(words) < 2:
        raise click.UsageError("Name a claim and its grade: grade A1 B2 --why 'usually right'")
    if not why.strip():
        raise click.UsageError("A grade needs its reason: --why 'usually right'")
    case = _find(name, store)
    with _changing(case, who) as opened:
        _tell(case, opened.grade(words[:-1], words[-1], who, why), as_json)


@command.command("restore")
@click.argument("id")
@click.argument("version", type=int)
@_change_options
@click.pass_obj
def restore(name: str, id: str, version: int, who: str, why: str, store: str | None, as_json: bool) -> None:
    """Make a claim again what it was in VERSION; the way there stays in the history."""
    case = _find(name, store)
    with _changing(case, who) as opened:
        _tell(case, opened.restore(id, version, who, why), as_json)


def _tell(case: _Case, events: tuple[Event, ...], as_json: bool) -> None:
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


@command.command("export")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--history", "is_history", is_flag=True, help="All events instead of the claims as they stand.")
@_store_option
@click.pass_obj
def export(name: str, file: Path | None, is_history: bool, store: str | None, as_json: bool) -> None:
    """Write the claims to FILE, or to the ledger.jsonl beside the model; one JSON object a line."""
    case = _find(name, store)
    if is_history and file is None:
        raise click.UsageError("Name a file for the history: export --history history.jsonl")
    if not case.place.has_store:
        message = "there is no store yet, so there is nothing that the text does not say."
        raise InputError(Problem(case.place.store, 0, 0, "no-store", message, "The first change makes the store."))
    target = file or case.place.text
    with open_to_read(case.place) as opened:
        if is_history:
            count = opened.export_history(target)
            document = {"case": case.name, "file": str(target), "events": count}
            words = f"{count:,} events written to {target}."
        else:
            digest = _export(case, opened, target)
            document = {"case": case.name, "file": str(target), "sha256": digest}
            words = f"{len(opened.ledger().claims):,} claims written to {target}, sha256 {digest[:16]}…"
    emit_json(document) if as_json else console().print(words, markup=False)


def _export(case: _Case, store: Store, target: Path) -> str:
    """Write the claims; where that is over changes made outside the store, these are kept beside."""
    from foedus.evidence.store.sync import write_out

    if target.resolve() != case.place.text.resolve():
        return store.export(target)
    digest, kept = write_out(store, target, is_shared=case.place.is_named)
    if kept is not None:
        click.echo(f"foedus: {target.name} had been changed outside the store; it is kept as {kept.name}.", err=True)
    return digest


@command.command("import")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--prefer", type=click.Choice(["file", "store"]), default=None, help="Whose word counts where both changed a claim."
)
@click.option("--published", default=None, metavar="DATE", help="For proposals from a document that does not tell its date.")
@_change_options
@click.pass_obj
def import_(name: str, file: Path | None, prefer: Any, published: str | None, who: str, why: str, store: str | None,
            as_json: bool) -> None:  # fmt: skip
    """Take in claims: a ledger, what `foedus read --json` printed, or an exported history; without FILE, what was
    changed by hand in the ledger.jsonl beside the model.

    Nothing is taken in if any line is wrong; every wrong line is named.
    """
    from foedus.evidence.store.taking import take_in

    case = _find(name, store)
    if file is None and not case.place.text.is_file():
        raise click.UsageError("There is no ledger.jsonl beside the model; name a file.")
    with progress_bar("Taking in claims") as advance:
        done = take_in(case.place, file, who, why, prefer=prefer, published=published, progress=advance)
    if as_json:
        emit_json({"case": case.name, "file": str(file or case.place.text), "added": done.added, "changed": done.changed,
                   "same": done.same, "removed": done.removed, "events": done.events, "notes": done.notes})  # fmt: skip
        return
    _tell_imported(done)


def _tell_imported(done: Imported) -> None:
    counts = {"added": done.added, "changed": done.changed, "removed": done.removed, "as they were": done.same}
    told = [f"{len(ids):,} {what}" for what, ids in counts.items() if ids]
    told += [f"{done.events:,} events"] if done.events else []
    screen = console()
    screen.print(", ".join(told) or "Nothing new.", markup=False)
    for what in ("changed", "removed"):
        ids = counts[what]
        if ids:
            screen.print(f"  {what}: {', '.join(ids[:20])}{' …' if len(ids) > 20 else ''}", markup=False)
    for note in done.notes:
        screen.print(f"  {note}", markup=False)


@command.command("conflicts")
@click.option("--group", default="", metavar="TEXT", help="A part of the group's name.")
@_store_option
@click.pass_obj
def conflicts(name: str, group: str, store: str | None, as_json: bool) -> None:
    """Show which claims contradict each other, are out of date, or only repeat another."""
    from foedus.evidence import DEFAULTS
    from foedus.evidence.groups import group_reports
    from foedus.evidence.overrides import read_defaults

    case = _find(name, store)
    defaults = DEFAULTS if case.folder.evidence is None else read_defaults(case.folder.evidence)
    with _reading(case) as (ledger, _):
        reports = [report for report in group_reports(ledger, defaults) if group.casefold() in report.group.casefold()]
    if as_json:
        from foedus.show.ledger_document import report_document

        emit_json({"case": case.name, "ledger": ledger.path, "groups": [report_document(report) for report in reports]})
        return
    from foedus.show.ledger_table import conflict_view

    console().print(conflict_view(reports, ledger.by_id))


@command.command("reread")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--old", type=click.Path(path_type=Path), default=None, metavar="FILE", help="The version that the claims were read from."
)
@click.option("--documents", type=click.Path(), default=None, help="A folder in which that version may be.")
@click.option("--published", default=None, metavar="DATE", help="When FILE was published, where it does not tell.")
@click.option("--apply", "is_applied", is_flag=True, help="Write it into the ledger, as events. Else nothing is changed.")
@_change_options
@click.pass_obj
def reread(name: str, file: Path, old: Path | None, documents: str | None, published: str | None, is_applied: bool, who: str,
           why: str, store: str | None, as_json: bool) -> None:  # fmt: skip
    """Read a changed FILE again: which claims stayed, moved, were changed, are gone; what is new.

    A claim goes with its sentence, and never attaches itself to words elsewhere that look like it.
    """
    from foedus.evidence import Documents
    from foedus.evidence.store.reread import apply_reread
    from foedus.evidence.store.reread import reread as read_again

    case = _find(name, store)
    own = case.folder.folder / "documents"
    folder = documents or (own if own.is_dir() else None)
    shelf = Documents(folder) if folder is not None else None
    events: tuple[Event, ...] = ()
    with _reading(case) as (ledger, _):
        proposed = _proposals(file, ledger, published)
        found = read_again(ledger, file, proposed, old=old, documents=shelf)
    if is_applied:
        with _changing(case, who) as opened:
            found, events = apply_reread(opened, file, proposed, who, why, old=old, documents=shelf, as_of=case.place.as_of)
    from foedus.show.ledger_document import reread_document
    from foedus.show.ledger_table import reread_view

    if as_json:
        emit_json({"case": case.name, "file": str(file), **reread_document(found), "applied": is_applied,
                   "events": [event.as_dict() for event in events]})  # fmt: skip
        return
    console().print(reread_view(found))
    told = f"{len(events):,} events written." if is_applied else "Nothing was changed; --apply writes it into the ledger."
    console().print(told, style="dim")


def _proposals(file: Path, ledger: Ledger, published: str | None) -> Any:
    """What reading the file proposes, as claims."""
    from datetime import date

    from foedus.evidence.reading import read_documents, reading_records
    from foedus.evidence.store.proposed import claims_of_proposals

    try:
        day = date.fromisoformat(published) if published else None
    except ValueError:
        raise InputError(
            Problem("--published", 0, 0, "bad-date", f"`{published}` is no date.", "Write it as 2024-10-25.")
        ) from None
    actors = sorted({name for claim in ledger.claims for name in (claim.actor, claim.target) if name})
    [(document, claims)] = reading_records(read_documents([file], day, actors), True)
    units = {claim.group: claim.quantity_unit for claim in ledger.claims if claim.quantity}
    return claims_of_proposals({"documents": [document], "claims": claims}, str(file), units, published)[0]
