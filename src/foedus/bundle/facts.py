"""What every file of a dossier says about itself: of what, as of when, made when, under which licence, how to cite it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from foedus.analysis.finding import Finding
from foedus.show.report import citation
from foedus.show.words import people_date, plain

__all__ = ["Caption", "Facts", "dates_in_words", "file_names"]

_LONGEST = 60
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)")


@dataclass(frozen=True)
class Caption:
    """What stands below a chart wherever it goes.

    Attributes:
        case: whose chart it is. dates: in words. scenario: whose numbers they are, "" where that goes without saying.
        as_of, made_on: ISO dates; "" for a model without dates. digest: by which its numbers can be had again.
        source: what the numbers are from, where its table does not say so.
    """

    case: str
    dates: str
    scenario: str
    licence: str
    cite: str
    as_of: str
    made_on: str
    digest: str
    source: str = ""


def dates_in_words(as_of: str, made_on: str) -> str:
    """`As of 25 October 2024, made on 3 May 2025`; a model without dates has no first."""
    told = [f"{word} {people_date(day)}" for word, day in (("as of", as_of), ("made on", made_on)) if day]
    text = ", ".join(told)
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class Facts:
    """What is said of every file.

    Attributes:
        licence: in words, or an address.
        command: the command line by which the answers are derived again.
    """

    finding: Finding
    licence: str
    command: str

    @property
    def cite(self) -> str:
        """What somebody writes who uses a number of it."""
        return citation(self.finding)

    @property
    def baseline(self) -> str:
        """The label of the baseline."""
        return plain(self.finding.scenarios[0].label) if self.finding.scenarios else ""

    @property
    def dates(self) -> str:
        """As-of date and date of making, in words."""
        return dates_in_words(self.finding.as_of, self.finding.made_on)

    @property
    def caption(self) -> Caption:
        """What stands below each of its charts."""
        finding = self.finding
        digest = finding.manifest.digests.get("results", "")
        scenario = f"Baseline “{self.baseline}”" if self.baseline else ""
        return Caption(
            finding.case, self.dates, scenario, self.licence, self.cite, finding.as_of or "", finding.made_on or "", digest
        )


def file_names(names: Iterable[str]) -> dict[str, str]:
    """A file's name for each name of a model: its letters and digits, and a few of its digest where that
    is no name for a file, or another has it on a system that knows no capitals."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        stem = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-")[:_LONGEST]
        if not stem or stem.casefold() in taken or _RESERVED.fullmatch(stem):
            stem = f"{stem or 'x'}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
        taken.add(stem.casefold())
        found[name] = stem
    return found
