"""Read documents: from files to proposed claims."""

from __future__ import annotations

import multiprocessing
import os
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from foedus.errors import EvidenceError, Problem
from foedus.evidence.reading.actors import Actors
from foedus.evidence.reading.groups import LedgerGroups
from foedus.evidence.reading.house import with_house_voice
from foedus.evidence.reading.listed import listed_claims, said_by_lead
from foedus.evidence.reading.outlets import outlet_of
from foedus.evidence.reading.parse import parse
from foedus.evidence.reading.proposal import Proposal
from foedus.evidence.reading.proposals import numbered, proposals
from foedus.evidence.reading.records import claim_record
from foedus.evidence.reading.relations import Related, Relater
from foedus.evidence.reading.reports import Report, read_report
from foedus.evidence.reading.subject import Subject, of_packs
from foedus.evidence.reading.zones import past_dateline

__all__ = ["Reading", "read_document", "read_documents", "reading_records", "readings_as_dict"]

_ZONES_WITH_CLAIMS = ("body", "caption")


@dataclass(frozen=True)
class Reading:
    """A document and the claims that are proposed from it."""

    report: Report
    claims: tuple[Proposal, ...]

    def as_dict(self) -> dict[str, Any]:
        """The document with its claims, as JSON."""
        return {"document": self.report.as_dict(), "claims": [claim_record(self.report, claim) for claim in self.claims]}


def read_document(report: Report, actors: Actors | None = None, subject: Subject | None = None) -> Reading:
    """Propose the claims of one document."""
    text = report.text.text
    spans = [(past_dateline(text, zone.start, zone.end), zone.end) for zone in report.zones if zone.kind in _ZONES_WITH_CLAIMS]
    paragraphs = parse(text, spans)
    actors = actors or _known_actors(())
    found = proposals(text, report.zones, paragraphs, report.clock, actors, subject or of_packs())
    found = list(said_by_lead(text, report.blocks, found))
    found += listed_claims(text, report.blocks, found, report.clock, actors, subject or of_packs())
    return Reading(report, numbered(with_house_voice(text, outlet_of(text, report.raw, report.form), found)))


def read_documents(
    paths: Iterable[Path],
    published: date | None = None,
    actors: Iterable[str] = (),
    workers: int = 1,
    refuse: Callable[[EvidenceError], None] | None = None,
    subject: Subject | None = None,
    dates: Mapping[Path, date] | None = None,
) -> Iterator[Reading]:
    """Read documents in order; no more than a few are held at a time.

    Args:
        paths: files; "-" is standard input.
        published: of all of them, where their own metadata do not tell.
        actors: names that the case uses besides the usual ones.
        workers: processes; the result is the same with any number.
        subject: what they are read for; all packs if it is None.
        refuse: told of each document that cannot be read, which is then left out; without it the first one ends the reading.
    Raises:
        EvidenceError: a document cannot be read, or the extra `read` is not installed.
    """
    matter = _Matter(tuple(actors), subject or of_packs())
    dated = ((path, (dates or {}).get(path)) for path in paths)
    for found in _read_all(dated, published, matter, workers):
        if isinstance(found, Reading):
            yield found
        elif refuse is None:
            raise found
        else:
            refuse(found)


@dataclass(frozen=True)
class _Matter:
    """What every document is read with: the names of the case's actors, and the words of its subject."""

    actors: tuple[str, ...]
    subject: Subject


_Dated = tuple[Path, date | None]
"""A document, and its day where a table beside it tells."""
_CHUNK = 4
_WAITING = 6


def _read_all(
    paths: Iterable[_Dated], published: date | None, matter: _Matter, workers: int
) -> Iterator[Reading | EvidenceError]:
    """Readings and refusals in order; with several processes a few chunks of work are under way at any time."""
    if workers < 2:
        for each in paths:
            yield _read_one(each, published, matter)
        return
    with _single_threaded(), ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        running: deque[Future[list[Reading | EvidenceError]]] = deque()
        for chunk in _chunks(paths, _CHUNK):
            running.append(pool.submit(_read_chunk, chunk, published, matter))
            if len(running) >= _WAITING * workers:
                yield from running.popleft().result()
        while running:
            yield from running.popleft().result()


@contextmanager
def _single_threaded() -> Iterator[None]:
    """Processes that start meanwhile multiply matrices on one thread each: two of them do not fight over the processors."""
    before = os.environ.get("OPENBLAS_NUM_THREADS")
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("OPENBLAS_NUM_THREADS", None)
        else:
            os.environ["OPENBLAS_NUM_THREADS"] = before


def _chunks(paths: Iterable[_Dated], size: int) -> Iterator[list[_Dated]]:
    left = iter(paths)
    while chunk := list(islice(left, size)):
        yield chunk


@cache
def _known_actors(names: tuple[str, ...]) -> Actors:
    return Actors(names)


def _read_chunk(paths: list[_Dated], published: date | None, matter: _Matter) -> list[Reading | EvidenceError]:
    """A few documents, in a process of its own."""
    return [_read_one(each, published, matter) for each in paths]


def _read_one(dated: _Dated, published: date | None, matter: _Matter) -> Reading | EvidenceError:
    path, beside = dated
    try:
        report = read_report(path, published, beside)
        if report.languages.is_foreign:
            return _foreign(report)
        return read_document(report, _known_actors(matter.actors), matter.subject)
    except EvidenceError as error:
        if any(problem.code == "missing-extra" for problem in error.problems):
            raise
        return error


def _foreign(report: Report) -> EvidenceError:
    """Nothing of it is in English: to read it as English would make claims that nobody made."""
    message = f"the document is in {report.languages.main}; only English is read."
    return EvidenceError(
        Problem(report.name, 0, 0, "other-language", message, "Give a translation, or enter its claims by hand.")
    )


def reading_records(
    readings: Iterable[Reading], is_single: bool = False, groups: LedgerGroups | None = None, subject: Subject | None = None
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Each document with its claims as JSON, with their relations to the claims before them.

    Args:
        is_single: there is one document, so that ids need no number of the document.
        groups: of a case's ledger; a claim that fits one is proposed for it.
        subject: what they were read for; all packs if it is None.
    """
    relater = Relater(subject)
    for number, reading in enumerate(readings, 1):
        prefix = "" if is_single else f"D{number}."
        published = reading.report.published.date
        day = published.isoformat() if published else ""
        claims = []
        for claim in reading.claims:
            words = reading.report.text.text[claim.start : claim.end]
            around = _sentence_around(reading.report.text.text, claim.start, claim.end)
            found = relater.add(Related(str(number), prefix + claim.id, claim, words, day, around))
            related = tuple((name, other.name) for name, other in found)
            record = {**claim_record(reading.report, replace(claim, related=related)), "id": prefix + claim.id}
            fitting = groups.of(words, claim, around, reading.report.text.text) if groups is not None else None
            claims.append({**record, "group": fitting or record["group"]})
        yield reading.report.as_dict(), claims


def _sentence_around(text: str, start: int, end: int, most: int = 400) -> str:
    """The sentence that a claim stands in, as far as points and line ends tell it."""
    before = re.split(r"[.!?][”\"’']?\s|\n", text[max(0, start - most) : start])[-1]
    behind = re.split(r"[.!?][”\"’']?\s|\n", text[end : end + most], maxsplit=1)[0]
    return before + text[start:end] + behind


def readings_as_dict(readings: Sequence[Reading]) -> dict[str, Any]:
    """All documents and claims as one JSON document; ids carry the document's number when there are several."""
    rows = list(reading_records(readings, len(readings) == 1))
    return {"documents": [document for document, _ in rows], "claims": [claim for _, claims in rows for claim in claims]}
