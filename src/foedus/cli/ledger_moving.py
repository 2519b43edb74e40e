"""`foedus ledger CASE export|import|reread`: claims out to files and in from them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from foedus import extras
from foedus.cli.common import console, day_of, emit_json, progress_bar
from foedus.cli.ledger_case import change_options, note, store_option

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
    from foedus.study.ledger.moving import export_as, export_history, export_ledger
    from foedus.study.ledger.told import written_document, written_words

    file = file or output
    if form != "jsonl":
        if file is None or is_history:
            suffix = "csv" if form == "csv" else "json"
            raise click.UsageError(f"Name a file, without --history: export -o claims.{suffix} --as {form}")
        found = export_as(name, form, file, documents, store=store, note=note)
    elif is_history:
        if file is None:
            raise click.UsageError("Name a file for the history: export --history history.jsonl")
        found = export_history(name, file, store=store)
    else:
        found = export_ledger(name, file, store=store, note=note)
    emit_json(written_document(found)) if as_json else console().print(written_words(found), markup=False)


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
    from foedus.study.ledger.moving import import_claims
    from foedus.study.ledger.told import taken_document, taken_words

    with progress_bar("Taking in claims") as advance:
        found = import_claims(name, file, who, why, prefer=prefer, published=published, store=store, progress=advance)
    if as_json:
        emit_json(taken_document(found))
        return
    for words in taken_words(found):
        console().print(words, markup=False)


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
    from foedus.show.ledger_table import reread_view
    from foedus.study.ledger.moving import reread_document
    from foedus.study.ledger.told import again_document

    found = reread_document(
        name,
        file,
        who,
        why,
        old=old,
        documents=documents,
        published=day_of(published),
        is_applied=is_applied,
        store=store,
        note=note,
    )
    if as_json:
        emit_json(again_document(found))
        return
    console().print(reread_view(found.found))
    told = f"{len(found.events):,} events written." if is_applied else "Nothing was changed; --apply writes it into the ledger."
    console().print(told, style="dim")
