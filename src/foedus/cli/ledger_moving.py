"""`foedus ledger CASE export|import|reread`: claims out to files and in from them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from foedus import extras
from foedus.cli.common import console, emit_json, progress_bar
from foedus.cli.ledger_case import LedgerCase, change_options, changing, find_ledger, reading, store_option
from foedus.errors import InputError, Problem
from foedus.evidence.store.beside import open_to_read
from foedus.files import real_path

if TYPE_CHECKING:
    from foedus.evidence import Event, Ledger, Store
    from foedus.evidence.store import Imported

__all__ = ["export", "import_", "reread"]


@click.command("export")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--output", "-o", default=None, type=click.Path(path_type=Path), metavar="FILE", help="The same as FILE.")
@click.option("--history", "is_history", is_flag=True, help="All events instead of the claims as they stand.")
@click.option(
    "--as",
    "form",
    type=click.Choice(("jsonl", "csv", "webannotation", "claimreview", "prov")),
    default="jsonl",
    show_default=True,
    help="The form: a ledger, CSV in long form, W3C Web Annotation, schema.org ClaimReview, PROV-JSON.",
)
@click.option(
    "--documents", type=click.Path(), default=None, help="With webannotation: a folder with the documents, to quote them."
)
@store_option
@click.pass_obj
def export(
    name: str,
    file: Path | None,
    output: Path | None,
    is_history: bool,
    form: str,
    documents: str | None,
    store: str | None,
    as_json: bool,
) -> None:
    """Write the claims to FILE, or to the ledger.jsonl beside the model; one JSON object a line. Other forms need a FILE."""
    if file is not None and output is not None:
        raise click.UsageError("Name one file, not two.")
    file = file or output
    case = find_ledger(name, store)
    if form != "jsonl":
        document, words = _export_as(case, form, file, is_history, documents)
    elif is_history and file is None:
        raise click.UsageError("Name a file for the history: export --history history.jsonl")
    else:
        document, words = _export_ledger(case, file or case.place.text, is_history)
    emit_json(document) if as_json else console().print(words, markup=False)


def _export_ledger(case: LedgerCase, target: Path, is_history: bool) -> tuple[dict[str, Any], str]:
    """Write the claims or the history as lines; returns what to say, as JSON and in words."""
    if not case.place.has_store:
        message = "there is no store yet, so there is nothing that the text does not say."
        raise InputError(Problem(case.place.store, 0, 0, "no-store", message, "The first change makes the store."))
    with open_to_read(case.place) as opened:
        if is_history:
            count = opened.export_history(target)
            return {"case": case.name, "file": str(target), "events": count}, f"{count:,} events written to {target}."
        digest = _export(case, opened, target)
        words = f"{len(opened.ledger().claims):,} claims written to {target}, sha256 {digest[:16]}…"
        return {"case": case.name, "file": str(target), "sha256": digest}, words


def _export_as(
    case: LedgerCase, form: str, file: Path | None, is_history: bool, documents: str | None
) -> tuple[dict[str, Any], str]:
    """Write the claims in a form that others read."""
    from foedus.evidence import DEFAULTS, Documents, read_defaults
    from foedus.evidence.store.formats import Exported, exported

    if file is None or is_history:
        raise click.UsageError(
            f"Name a file, without --history: export -o claims.{'csv' if form == 'csv' else 'json'} --as {form}"
        )
    if real_path(file) == real_path(case.place.text):
        raise click.UsageError("That is the ledger itself; name another file.")
    defaults = DEFAULTS if case.folder.evidence is None else read_defaults(case.folder.evidence)
    with reading(case) as (ledger, opened):
        claims, events = ledger.claims, opened.history() if opened else ()
    shelf = Documents.beside(case.folder.folder, documents)
    quotes = {claim.id: quote for claim in claims if shelf and (quote := shelf.quote(claim)) is not None}
    data = exported(form, Exported(case.name, claims, events, quotes, defaults))
    _write(data, file)
    return {
        "case": case.name,
        "file": str(file),
        "as": form,
        "claims": len(claims),
    }, f"{len(claims):,} claims written to {file} as {form}."


def _write(data: bytes, path: Path) -> None:
    from foedus.files import write_bytes

    try:
        write_bytes(data, path)
    except OSError as error:
        message = f"the file cannot be written: {error.strerror or error}."
        raise InputError(Problem(str(path), 0, 0, "cannot-write", message, "Choose another place.")) from None


def _export(case: LedgerCase, store: Store, target: Path) -> str:
    """Write the claims; where that is over changes made outside the store, these are kept beside."""
    from foedus.evidence.store.sync import write_out

    if real_path(target) != real_path(case.place.text):
        return store.export(target)
    digest, kept = write_out(store, target, is_shared=case.place.is_named)
    if kept is not None:
        click.echo(f"foedus: {target.name} had been changed outside the store; it is kept as {kept.name}.", err=True)
    return digest


@click.command("import")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--prefer", type=click.Choice(["file", "store"]), default=None, help="Whose word counts where both changed a claim."
)
@click.option("--published", default=None, metavar="DATE", help="For proposals from a document that does not tell its date.")
@change_options
@click.pass_obj
def import_(
    name: str, file: Path | None, prefer: Any, published: str | None, who: str, why: str, store: str | None, as_json: bool
) -> None:
    """Take in claims: a ledger, what `foedus read --json` printed, or an exported history; without FILE, what was
    changed by hand in the ledger.jsonl beside the model.

    Nothing is taken in if any line is wrong; every wrong line is named.
    """
    from foedus.evidence.store.taking import take_in

    case = find_ledger(name, store)
    if file is None and not case.place.text.is_file():
        raise click.UsageError("There is no ledger.jsonl beside the model; name a file.")
    with progress_bar("Taking in claims") as advance:
        done = take_in(case.place, file, who, why, prefer=prefer, published=published, progress=advance)
    if as_json:
        emit_json(
            {
                "case": case.name,
                "file": str(file or case.place.text),
                "added": done.added,
                "changed": done.changed,
                "same": done.same,
                "removed": done.removed,
                "events": done.events,
                "notes": done.notes,
            }
        )
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


@click.command("reread")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--old", type=click.Path(path_type=Path), default=None, metavar="FILE", help="The version that the claims were read from."
)
@click.option("--documents", type=click.Path(), default=None, help="A folder in which that version may be.")
@click.option("--published", default=None, metavar="DATE", help="When FILE was published, where it does not tell.")
@click.option("--apply", "is_applied", is_flag=True, help="Write it into the ledger, as events. Else nothing is changed.")
@change_options
@click.pass_obj
def reread(
    name: str,
    file: Path,
    old: Path | None,
    documents: str | None,
    published: str | None,
    is_applied: bool,
    who: str,
    why: str,
    store: str | None,
    as_json: bool,
) -> None:
    """Read a changed FILE again: which claims stayed, moved, were changed, vanished; what is new.

    A claim goes with its sentence, and never attaches itself to words elsewhere that look like it.
    """
    extras.require("read", "reading a document again")
    from foedus.evidence import Documents
    from foedus.evidence.store.reread import apply_reread
    from foedus.evidence.store.reread import reread as read_again

    case = find_ledger(name, store)
    shelf = Documents.beside(case.folder.folder, documents)
    events: tuple[Event, ...] = ()
    with reading(case) as (ledger, _):
        proposed = _proposals(file, ledger, published, case.folder.folder)
        found = read_again(ledger, file, proposed, old=old, documents=shelf)
    if is_applied:
        with changing(case, who) as opened:
            found, events = apply_reread(opened, file, proposed, who, why, old=old, documents=shelf, as_of=case.place.as_of)
    from foedus.show.ledger_document import reread_document
    from foedus.show.ledger_table import reread_view

    if as_json:
        emit_json(
            {
                "case": case.name,
                "file": str(file),
                **reread_document(found),
                "applied": is_applied,
                "events": [event.as_dict() for event in events],
            }
        )
        return
    console().print(reread_view(found))
    told = f"{len(events):,} events written." if is_applied else "Nothing was changed; --apply writes it into the ledger."
    console().print(told, style="dim")


def _proposals(file: Path, ledger: Ledger, published: str | None, folder: Path) -> Any:
    """What reading the file proposes, as claims."""
    from datetime import date

    from foedus.evidence.reading import read_documents, reading_records
    from foedus.evidence.reading.subject import subject_beside
    from foedus.evidence.store.proposed import claims_of_proposals

    try:
        day = date.fromisoformat(published) if published else None
    except ValueError:
        raise InputError(
            Problem("--published", 0, 0, "bad-date", f"`{published}` is no date.", "Write it as 2024-10-25.")
        ) from None
    subject = subject_beside(folder)
    actors = sorted({name for claim in ledger.claims for name in (claim.actor, claim.target) if name})
    [(document, claims)] = reading_records(read_documents([file], day, actors, subject=subject), True, subject=subject)
    units = {claim.group: claim.quantity_unit for claim in ledger.claims if claim.quantity}
    return claims_of_proposals({"documents": [document], "claims": claims}, str(file), units, published)[0]
