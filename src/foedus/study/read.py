"""Documents to proposed claims, one document after the other: thousands of them need no more memory than one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from foedus import extras
from foedus.case.folder import find_case
from foedus.errors import EvidenceError, Problem
from foedus.evidence.claim import Claim
from foedus.evidence.dated import dates_of
from foedus.evidence.feeds import articles_of, is_feed, unpack
from foedus.evidence.ledger import read_ledger
from foedus.evidence.reading import LedgerGroups, Reading, Subject, read_documents, reading_records, report_paths, subject_beside
from foedus.study.simulate import Progress

__all__ = ["Proposals", "propose", "read_whole", "subject_of", "unpacked"]

_Row = tuple[dict[str, Any], list[dict[str, Any]]]
_MOST_NAMED = 10


@dataclass(frozen=True, eq=False)
class Proposals:
    """What documents seem to claim.

    Attributes:
        rows: of each document its record and those of its claims; can be gone through once.
        count: how many documents there are.
        undated: those that tell no day of publication; refused: what could not be read. Both fill while `rows` is gone through.
    """

    rows: Iterable[_Row]
    count: int
    undated: list[str] = field(default_factory=list)
    refused: list[EvidenceError] = field(default_factory=list)


def propose(
    files: Sequence[str],
    published: date | None = None,
    *,
    case: str | None = None,
    folder: str | None = None,
    progress: Progress | None = None,
    told: Callable[[str], None] | None = None,
) -> Proposals:
    """Read documents by rules.

    Args:
        files: documents, folders of them, or - for standard input.
        published: the day of those that do not tell it.
        case: link actors and groups to those of its ledger.
        folder: where the articles of feeds among the files are put.
        progress: called with (documents read, documents in all).
        told: called with what is worth knowing of feeds.
    Raises:
        EvidenceError: one of several documents cannot be read is kept in `refused`; of a single one it is raised.
        InputError: the extra `read` is not installed.
    """
    extras.require("read", "reading documents")
    files = unpacked(files, folder, told)
    paths = list(report_paths(files))
    workers = min(os.cpu_count() or 1, len(paths) // 8)
    known, subject = _claims(case), subject_of(case)
    actors = sorted({name for claim in known for both in (claim.actor, claim.target) for name in (both or "").split(";") if name})
    undated: list[str] = []
    refused: list[EvidenceError] = []
    readings = read_documents(
        paths, published, actors, workers, refused.append if len(paths) > 1 else None, subject, dates_of(files, paths)
    )
    if progress is not None:
        readings = _counted(readings, progress, len(paths))
    return Proposals(_rows(readings, len(paths) == 1, known, subject, undated), len(paths), undated, refused)


def read_whole(files: Sequence[str], published: date | None = None, progress: Progress | None = None) -> list[Reading]:
    """The documents, read together; one that cannot be read ends it, for a case must not rest on part of what was given."""
    extras.require("read", "reading documents")
    paths = list(report_paths(files))
    readings = read_documents(paths, published, (), 1, None, None, dates_of(tuple(files), paths))
    return list(_counted(readings, progress, len(paths)) if progress is not None else readings)


def unpacked(files: Sequence[str], folder: str | None, told: Callable[[str], None] | None = None) -> tuple[str, ...]:
    """The files, with the articles of feeds among them in place of the feeds.

    Raises:
        EvidenceError: there is a feed, and it is not said where its articles go.
    """
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
        if missing and told is not None:
            told(f"{len(missing)} attachments of {name} are not there: {', '.join(missing[:_MOST_NAMED])}.")
    return tuple(dict.fromkeys(found))


def _rows(
    readings: Iterable[Reading], is_one: bool, known: Sequence[Claim], subject: Subject | None, undated: list[str]
) -> Iterator[_Row]:
    groups = LedgerGroups(known, subject) if known else None
    for document, claims in reading_records(readings, is_one, groups, subject):
        if document["published"]["date"] is None:
            undated.append(document["file"])
        yield document, claims


def _counted(readings: Iterable[Reading], progress: Progress, total: int) -> Iterator[Reading]:
    for number, reading in enumerate(readings, 1):
        progress(number, total)
        yield reading


def subject_of(case: str | None) -> Subject | None:
    """What a case reads for, by the file beside its model; None if it does not say."""
    return subject_beside(find_case(case).home) if case is not None else None


def _claims(case: str | None) -> Sequence[Claim]:
    """The claims of a case's ledger."""
    if case is None:
        return []
    ledger = find_case(case).ledger
    if ledger is None:
        raise EvidenceError(Problem(case, 0, 0, "no-ledger", "the case has no ledger.", "Leave --case out."))
    return read_ledger(ledger).claims
