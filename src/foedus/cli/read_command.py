"""`foedus read`: documents to proposed claims."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import IO, Any

import click

from foedus import extras
from foedus.cli.common import console, json_option, progress_bar
from foedus.errors import EvidenceError, InputError, Problem
from foedus.evidence.claim import Claim
from foedus.evidence.dated import UNDATED_HELP, dates_of
from foedus.evidence.reading import Reading, Subject

__all__ = ["command", "moved_words"]


@click.command("read")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--published", default=None, metavar="DATE", help="When they were published, e.g. 2024-10-25, where they do not tell."
)
@click.option("--case", default=None, help="Link actors and groups to those of this case's ledger.")
@click.option(
    "--into", default=None, metavar="CASE", help="Take the claims into this case, as proposed; nothing in it is changed."
)
@click.option(
    "--unpack",
    default=None,
    metavar="FOLDER",
    help="Of a saved feed (RSS, Atom) or references (BibTeX, RIS): put its articles here.",
)
@click.option("--as-of", default=None, metavar="DATE", help="With --into: move the case to this later day.")
@json_option
def command(
    files: tuple[str, ...],
    published: str | None,
    case: str | None,
    into: str | None,
    unpack: str | None,
    as_of: str | None,
    as_json: bool,
) -> None:
    """Propose the claims of documents: text, HTML, Markdown, PDF, a folder of them, or - for standard input."""
    extras.require("read", "reading documents")
    files = _unpacked(files, unpack)
    if into is not None:
        _take_into(into, files, _date(published), _date(as_of, "--as-of"), as_json)
        return
    from foedus.evidence.reading import Groups, read_documents, reading_records, report_paths

    told = _date(published)
    paths = list(report_paths(files))
    workers = min(os.cpu_count() or 1, len(paths) // 8)
    refused: list[EvidenceError] = []
    known, subject = _claims(case), _subject(case)
    actors = sorted({name for claim in known for both in (claim.actor, claim.target) for name in (both or "").split(";") if name})
    dates = dates_of(files, paths)
    readings = read_documents(paths, told, actors, workers, refused.append if len(paths) > 1 else None, subject, dates)
    undated: list[str] = []
    with progress_bar("Reading documents") as advance:
        groups = Groups(known, subject) if known else None
        rows = _noting(reading_records(_counted(readings, advance, len(paths)), len(paths) == 1, groups, subject), undated)
        if as_json:
            _emit(rows, refused)
        else:
            screen = console()
            for document, claims in rows:
                _show(screen, document, claims)
    if undated:
        click.echo(_told_undated(undated, len(paths)), err=True)
    if refused:
        for error in refused:
            click.echo(str(error), err=True)
        click.echo(f"foedus: {len(refused)} of {len(paths)} documents could not be read; the others were.", err=True)
        sys.exit(1)


def _unpacked(files: tuple[str, ...], folder: str | None) -> tuple[str, ...]:
    """The files, with the articles of feeds among them in place of the feeds."""
    from foedus.evidence.feeds import articles_of, is_feed, unpack

    found: list[str] = []
    for name in files:
        path = Path(name)
        if not is_feed(path) or not path.is_file():
            found.append(name)
            continue
        if folder is None:
            message = "this is a feed or a list of references; its articles are no files yet."
            raise EvidenceError(Problem(name, 0, 0, "no-documents", message, "Say where to put them: --unpack FOLDER"))
        articles = articles_of(path)
        found += map(str, unpack(articles, Path(folder)))
        missing = sorted({one for article in articles for one in article.missing})
        if missing:
            shown = ", ".join(missing[:_MOST_NAMED])
            click.echo(f"foedus: {len(missing)} attachments of {name} are not there: {shown}.", err=True)
    return tuple(dict.fromkeys(found))


def _counted(readings: Iterable[Reading], advance: Callable[[int, int], None], total: int) -> Iterator[Reading]:
    """The readings, with the progress bar moving."""
    for number, reading in enumerate(readings, 1):
        advance(number, total)
        yield reading


_Rows = Iterable[tuple[dict[str, Any], list[dict[str, Any]]]]


def _noting(rows: _Rows, undated: list[str]) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """The rows; the names of documents that do not tell their day are kept."""
    for document, claims in rows:
        if document["published"]["date"] is None:
            undated.append(document["file"])
        yield document, claims


_MOST_NAMED = 10


def _told_undated(names: Sequence[str], count: int) -> str:
    """Which documents tell no day, and how to give them one."""
    shown = ", ".join(names[:_MOST_NAMED]) + (f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else "")
    one = "it tells no day of publication" if count == 1 else f"{len(names)} of {count} documents tell no day of publication"
    return f"foedus: {one}: {shown}. Times counted from it stay open. {UNDATED_HELP}"


def _emit(rows: _Rows, refused: Sequence[EvidenceError]) -> None:
    """One JSON document, put by on disk as the claims come and printed when all are there.

    Thousands of reports need no more memory than one. What could not be read of several documents is told at the end.
    """
    with _spool() as kept, _spool() as documents:
        lead, first = '{"claims": [', "["
        for document, claims in rows:
            documents.write(f"{first}\n{json.dumps(document, ensure_ascii=False)}")
            first = ","
            for claim in claims:
                kept.write(f"{lead}\n{json.dumps(claim, ensure_ascii=False, allow_nan=False)}")
                lead = ","
        kept.write(lead if len(lead) > 1 else "")
        kept.write('\n],\n"documents": ')
        documents.write("]" if first == "," else "[]")
        if refused:
            problems = [problem.as_dict() for error in refused for problem in error.problems]
            documents.write(f',\n"refused": {json.dumps(problems, ensure_ascii=False)}')
        documents.write("}")
        for spool in (kept, documents):
            spool.seek(0)
            for piece in iter(lambda: spool.read(1_000_000), ""):  # noqa: B023
                click.echo(piece, nl=False)
        click.echo("")


def _spool() -> IO[str]:
    """A file on disk once it is large."""
    return tempfile.SpooledTemporaryFile(max_size=8_000_000, mode="w+", encoding="utf-8")


def _take_into(name: str, files: tuple[str, ...], published: date | None, as_of: date | None, as_json: bool) -> None:
    """Read documents for a case that is there, take what is new into its ledger, and say what that is."""
    from foedus.cli.common import emit_json
    from foedus.cli.ledger_case import user_name
    from foedus.draft.later import add_to_case
    from foedus.evidence.reading import read_documents, report_paths

    paths = list(report_paths(files))
    readings = list(read_documents(paths, published, dates=dates_of(files, paths)))
    added = add_to_case(name, readings, user_name(), as_of)
    if as_json:
        emit_json(added.as_dict())
        return
    screen = console()
    known = f"; {added.known} were there already" if added.known else ""
    screen.print(f"{len(added.added)} claims are new in {added.case}{known}, all of them proposed.", markup=False)
    for one in added.moved:
        screen.print(f"  {one.group}: {moved_words(one.before, one.after, one.unit)}, {one.claims} claims", markup=False)
    rest = len(added.added) - len(added.placed)
    if rest:
        screen.print(f"  {rest} suit no group that a part rests on; they stand in groups of their own.", markup=False)
    screen.print(f"Try:  foedus review {name}   then   foedus run {name}", markup=False)


def moved_words(before: float | None, after: float | None, unit: str) -> str:
    """Where a pool stood and where it stands, as people write figures, with as many digits as their difference needs."""
    from foedus.show.words import number, unit_words

    is_near = before is not None and after is not None and 0 < abs(after - before) < max(abs(before), abs(after)) / 10
    step = abs(after - before) if is_near and before is not None and after is not None else None
    change = " → ".join("nothing" if value is None else number(value, step) for value in (before, after))
    return f"{change} {unit_words(unit)}".rstrip()


def _date(text: str | None, option: str = "--published") -> date | None:
    """The date of an option."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(Problem(option, 0, 0, "bad-date", f"`{text}` is no date.", "Write it as 2024-10-25.")) from None


def _claims(case: str | None) -> Sequence[Claim]:
    """The claims of the case's ledger."""
    if case is None:
        return []
    from foedus.case.folder import find_case
    from foedus.evidence.ledger import read_ledger

    ledger = find_case(case).ledger
    if ledger is None:
        raise EvidenceError(Problem(case, 0, 0, "no-ledger", "the case has no ledger.", "Leave --case out."))
    return read_ledger(ledger).claims


def _subject(case: str | None) -> Subject | None:
    """What the case reads for, by the file beside its model; None if it does not say."""
    from foedus.case.folder import find_case
    from foedus.evidence.reading.subject import subject_beside

    return subject_beside(find_case(case).home) if case is not None else None


_STANCES = {"+": "+", "-": "−", "0": "0"}


def _show(screen: Any, document: dict[str, Any], claims: Sequence[dict[str, Any]]) -> None:
    """A heading and a table of claims, 80 columns wide: the words with their group, the figure, who says it, how he stands to it."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    for heading, width in (("id", 4), ("claim", 34), ("figure", 14), ("source", 13), ("stance", 11)):
        table.add_column(heading, width=width, overflow="fold")
    for claim in claims:
        cells = (claim["id"].split(".")[-1], _words(claim), _figure(claim["quantity"]), _who(claim["source"]), _stance(claim))
        table.add_row(*(cell.replace("[", "\\[") for cell in cells))
    known = document["published"]
    screen.print(document["title"], markup=False, style="bold")
    screen.print(f"published {known['date'] or 'unknown'} ({known['sure']}: {known['how']})", markup=False)
    for language, size in document["language"]["not_read"].items():
        screen.print(f"not read: {size:,} characters in {language}", markup=False, style="bold")
    screen.print(f"sha256 {document['sha256'][:16]}…, {len(claims)} claims proposed", markup=False)
    screen.print(table)
    screen.print("")


def _words(claim: dict[str, Any]) -> str:
    """The claim's words, its time, and the group that it is proposed for."""
    words = " ".join(claim["text"].split())
    words = words if len(words) <= 140 else words[:139] + "…"
    when = (claim["time"] or {}).get("value")
    words += f" [{when}]" if when else ""
    return f"{words}\n→ {claim['group']}" if claim["group"] else words


_SIGNS = {"about": "~", "up_to": "≤ ", "at_least": "≥ ", "more_than": "> ", "less_than": "< ", "additional": "+"}


def _figure(quantity: dict[str, Any] | None) -> str:
    """The number with its unit: "≥ 40 ships", "30–40 cases"."""
    if quantity is None:
        return ""
    value, ends = quantity["value"], [end for end in (quantity["low"], quantity["high"]) if end is not None]
    number = "–".join(f"{end:,.10g}" for end in ([value] if value is not None else ends)) or "?"
    number = _SIGNS.get(quantity["qualifier"], "") + number
    return number if quantity["unit"] == "1" else f"{number} {quantity['unit']}"


def _who(source: dict[str, Any]) -> str:
    """Who says it; empty for the narrator."""
    return "" if source["canonical"] == "NARRATOR" else str(source["canonical"].split(" (")[0])[:60]


def _stance(claim: dict[str, Any]) -> str:
    """The sign, and the commitment or the hedge where it is not plainly affirmed: "− denied", "+ probable"."""
    said = claim["commitment"] if claim["commitment"] != "affirmed" else claim["hedge"]["class"]
    said = "" if said == "asserted" else said.replace("_", " ")
    return f"{_STANCES[claim['polarity']]} {said}".strip()
