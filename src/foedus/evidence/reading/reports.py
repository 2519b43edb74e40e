"""A document that has been read: its bytes' digest, its text, its zones, its date."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from foedus.errors import EvidenceError, Problem
from foedus.evidence.reading.blocks import TextBlock, blocks_apart
from foedus.evidence.reading.language import Languages, foreign_apart
from foedus.evidence.reading.marks import listed_lines, with_marks
from foedus.evidence.reading.outlets import outlet_of
from foedus.evidence.reading.pages import page_of
from foedus.evidence.reading.parse import paragraph_spans
from foedus.evidence.reading.published import Published, publication
from foedus.evidence.reading.repair import repaired
from foedus.evidence.reading.textmap import MappedText
from foedus.evidence.reading.updates import clock_of
from foedus.evidence.reading.when import DocumentClock
from foedus.evidence.reading.zones import Zone, title_of, zones_of

__all__ = ["Report", "read_report", "report_of", "report_paths"]

LARGEST = 20_000_000
_MARKED = ("html", "markdown")
SUFFIXES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf")


@dataclass(frozen=True)
class Report:
    """A document.

    Attributes:
        name: of the file. sha256: of its bytes, which are kept in `raw`.
        text: the working text (blanks put back, marks taken out), with the way back to the original.
        zones: of the working text, line by line.
        clock: the day that each place of it counts from.
        languages: what it is written in; only English is read. blocks: its lists and tables.
    """

    name: str
    sha256: str
    raw: bytes
    form: str
    title: str
    published: Published
    text: MappedText
    zones: tuple[Zone, ...]
    clock: DocumentClock
    languages: Languages
    blocks: tuple[TextBlock, ...]

    def words(self, start: int, end: int) -> str:
        """What a reader sees of a stretch of the working text: of a form with marks, without them."""
        if self.form in _MARKED:
            return " ".join(self.text.text[start:end].split())
        return self.text.quote(start, end)

    def as_dict(self) -> dict[str, Any]:
        """As it stands in JSON: offsets point into the original."""
        zones = []
        for zone in self.zones:
            start, end = self.text.span(zone.start, zone.end)
            kind = "caption" if zone.kind == "alternate" else zone.kind
            zones.append({"kind": kind, "start": start, "end": end})
        return {
            "file": self.name,
            "sha256": self.sha256,
            "form": self.form,
            "title": self.title,
            "published": self.published.as_dict(),
            "language": self.languages.as_dict(),
            "zones": zones,
            "outlet": outlet_of(self.text.text, self.raw, self.form).as_dict(),
        }


def report_paths(names: Sequence[str]) -> Iterator[Path]:
    """The files that are named; of a folder, those below it that can be read. "-" is standard input.

    Raises:
        EvidenceError: a file is not there, or a folder has nothing to read.
    """
    for name in names:
        path = Path(name)
        if name == "-" or path.is_file():
            yield path
        elif path.is_dir():
            inside = [each for each in sorted(path.rglob("*")) if each.suffix.lower() in SUFFIXES and each.is_file()]
            if not inside:
                message = "there is no document in this folder."
                raise EvidenceError(Problem(name, 0, 0, "no-documents", message, f"Readable are {', '.join(SUFFIXES)}."))
            yield from inside
        else:
            raise EvidenceError(Problem(name, 0, 0, "no-file", "there is no such file.", "Check the path."))


def read_report(path: Path, told: date | None = None, beside: date | None = None) -> Report:
    """Read one document from a file, or from standard input for "-"; see `report_of`.

    Raises:
        EvidenceError: it cannot be read.
    """
    if str(path) == "-":
        raw = sys.stdin.buffer.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise _too_large("standard input")
        return report_of(raw, "standard input", told, beside)
    try:
        if path.stat().st_size > LARGEST:
            raise _too_large(str(path))
        raw = path.read_bytes()
    except OSError as error:
        message = f"the file cannot be read: {error.strerror or error}."
        raise EvidenceError(Problem(str(path), 0, 0, "cannot-read", message, "Check the path and its permissions.")) from None
    return report_of(raw, path.name, told, beside)


def _too_large(name: str) -> EvidenceError:
    message = f"the document is larger than {LARGEST // 1_000_000} MB."
    return EvidenceError(Problem(name, 0, 0, "too-large", message, "Split it into files of an article or a chapter each."))


def report_of(raw: bytes, name: str, told: date | None = None, beside: date | None = None) -> Report:
    """The document of some bytes.

    Args:
        told: its day of publication, where nothing better tells. beside: the same from the table beside it; it goes before all else.
    Raises:
        EvidenceError: they are no text, HTML, Markdown or PDF.
    """
    page = page_of(raw, name)
    text = repaired(page.text.without_invisible())
    lines = paragraph_spans(text.text)
    zones = with_marks(page, text, zones_of(text.text, lines, page.metadata.get("title")))
    zones, blocks = blocks_apart(text.text, zones, listed_lines(page, text, lines))
    zones, languages = foreign_apart(text.text, zones, ("body", "caption", "item", "row"))
    title = page.metadata.get("title") or title_of(text.text, zones) or name
    published = publication(text.text, zones, page.metadata, told, name, beside)
    title = re.sub(r"\s+", " ", title).strip()
    clock = clock_of(page, text, zones, published.date)
    digest = hashlib.sha256(raw).hexdigest()
    return Report(name, digest, raw, page.form, title, published, text, tuple(zones), clock, languages, tuple(blocks))
