"""A ledger: the claims of a case, one JSON object a line, read with every problem reported at once."""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

from foedus.errors import EvidenceError, Problem
from foedus.evidence.claim import Claim, Place
from foedus.evidence.measures import conversion
from foedus.evidence.schema import Complaint, claim_problems, located, parse_claim, with_defaults
from foedus.files import no_text, write_bytes

__all__ = [
    "LARGEST_LEDGER",
    "Ledger",
    "across_claims",
    "claim_line",
    "ledger_bytes",
    "ledger_lines",
    "read_claim",
    "read_ledger",
    "write_ledger",
]

LARGEST_LEDGER = 20_000_000
"""Bytes; a hand-kept ledger of a thousand claims is about one million."""


@dataclass(frozen=True)
class Ledger:
    """The claims of a ledger, in the order of the file.

    Attributes:
        claims: every claim, whatever its status.
        path: as the user gave it.
        sha256: digest of the file's bytes; of what was known on a day, of the claims that were.
        to_come: groups of which no claim had been published yet, in a ledger cut at a day.
    """

    claims: tuple[Claim, ...]
    path: str
    sha256: str
    to_come: frozenset[str] = frozenset()

    @cached_property
    def by_id(self) -> dict[str, Claim]:
        """The claims by their ids."""
        return {claim.id: claim for claim in self.claims}

    @property
    def groups(self) -> tuple[str, ...]:
        """The names of all groups, sorted."""
        return tuple(sorted({claim.group for claim in self.claims}))

    def with_proposed(self) -> Ledger:
        """The same ledger, in which proposed claims count until they are rejected; each stays marked as proposed."""
        return replace(self, claims=tuple(replace(claim, is_taken=True) for claim in self.claims))

    def known_by(self, day: str) -> Ledger:
        """What was public on an ISO date: no later claim, and none that was worked out from one."""
        kept = {claim.id: claim for claim in self.claims if claim.is_known_by(day)}
        while orphans := [name for name, claim in kept.items() if any(source not in kept for source in claim.derived_from)]:
            for name in orphans:
                del kept[name]
        return self.of_claims(kept.values())

    def of_claims(self, claims: Iterable[Claim]) -> Ledger:
        """A ledger of other claims; the groups that have none any more, or not yet, are kept by name."""
        found = tuple(claims)
        digest = hashlib.sha256("".join(claim_line(claim) + "\n" for claim in found).encode()).hexdigest()
        to_come = (self.to_come | set(self.groups)) - {claim.group for claim in found if claim.counts}
        return replace(self, claims=found, sha256=digest, to_come=frozenset(to_come))

    def group(self, name: str) -> tuple[Claim, ...]:
        """The claims of a group that count (accepted or edited); none of a group that is still to come.

        Raises:
            EvidenceError: there is no such group; with suggestions.
        """
        found = tuple(claim for claim in self.claims if claim.group == name and claim.counts)
        if found or name in self.to_come:
            return found
        close = difflib.get_close_matches(name, self.groups, n=3, cutoff=0.5)
        quoted = " or ".join(f'"{word}"' for word in close)
        help_text = f"Did you mean {quoted}?" if close else f"It has: {', '.join(self.groups[:20])}."
        message = f'The ledger has no accepted claims in a group "{name}".'
        raise EvidenceError(Problem(self.path, 0, 0, "unknown-group", message, help_text))

    def predictions(self, question: str | None = None) -> tuple[Claim, ...]:
        """Claims that give a probability for a question of the model, or for the one that is named."""
        told = (claim for claim in self.claims if claim.counts and claim.question and claim.probability)
        return tuple(claim for claim in told if question in (None, claim.question))


def read_ledger(path: str | Path, *, as_of: str | None = None) -> Ledger:
    """Read and check a ledger.

    Args:
        path: a file with one JSON object a line; empty lines are skipped.
        as_of: ISO date; a claim published later is a problem.
    Returns:
        The ledger.
    Raises:
        EvidenceError: all problems of the file, each with its line.
    """
    data = ledger_bytes(Path(path))
    claims: list[Claim] = []
    problems: list[Problem] = []
    for place in ledger_lines(data, str(path)):
        claim, found = read_claim(place)
        problems += found
        if claim is not None:
            claims.append(claim)
    problems += [located(complaint, claim.place) for claim, complaint in across_claims(claims, as_of)]
    if problems:
        raise EvidenceError(sorted(problems, key=lambda problem: (problem.line, problem.column)))
    return Ledger(tuple(claims), str(path), hashlib.sha256(data).hexdigest())


def read_claim(place: Place) -> tuple[Claim | None, list[Problem]]:
    """The claim of one line, or None and everything that is wrong with it as it stands alone."""
    record, problems = _record(place)
    if record is None:
        return None, problems
    record = with_defaults(record)
    problems += [located(complaint, place) for complaint in claim_problems(record)]
    return (None if problems else parse_claim(record, place)), problems


def ledger_bytes(path: Path) -> bytes:
    """The bytes of the file, if it can be a ledger at all: UTF-8 text of a bearable size.

    Raises:
        EvidenceError: it cannot.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST_LEDGER:
            message = f"The ledger has {size:,} bytes; {LARGEST_LEDGER:,} are allowed."
            _refuse(path, 0, "ledger-too-large", message, "Check that this is the right file, or split it.")
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        _refuse(path, 0, "ledger-unreadable", f"The ledger cannot be read: {reason}.", "Check the path.")
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        _refuse(path, line, "nul-byte", no_text(data, "There is a NUL byte; this is no text."), "Save the file as UTF-8 text.")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        _refuse(path, line, "not-utf-8", "The text is not UTF-8.", "Save the file as UTF-8.")
    return data


def _refuse(path: Path, line: int, code: str, message: str, help_text: str) -> NoReturn:
    """Raise one problem about the whole file."""
    raise EvidenceError(Problem(str(path), line, 1 if line else 0, code, message, help_text))


def ledger_lines(data: bytes, file: str) -> Iterator[Place]:
    """The lines that are not empty, with their numbers; `data` comes from `ledger_bytes`."""
    for number, line in enumerate(data.decode("utf-8").split("\n"), start=1):
        if line.strip():
            yield Place(file, number, line.rstrip("\r"))


def _record(place: Place) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The JSON object of one line, or what is wrong with it."""
    twice: list[str] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in items]
        twice.extend(sorted({key for key in keys if keys.count(key) > 1}))
        return dict(items)

    try:
        record = json.loads(place.text, object_pairs_hook=pairs, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        message, help_text = f"This is not JSON: {error.msg}.", "One JSON object a line."
        return None, [Problem(place.file, place.line, error.colno, "not-json", message, help_text, place.text)]
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        complaint = Complaint("", "not-json", f"This line cannot be read: {reason}.", "One JSON object a line.")
        return None, [located(complaint, place)]
    if not isinstance(record, dict):
        complaint = Complaint("", "not-an-object", "A line must be a JSON object.", 'Begin with {"id": …}.')
        return None, [located(complaint, place)]
    found = [Complaint(key, "duplicate-key", f"`{key}` stands twice.", "Keep one.") for key in twice]
    if not _is_text(record):
        found.append(Complaint("", "no-character", "A text has NUL or half a character in it.", "Write the text anew."))
    return record, [located(complaint, place) for complaint in found]


def _is_text(record: dict[str, Any]) -> bool:
    """Whether every character in it can be written to a file and to a database: no NUL, no half of a pair."""
    try:
        written = json.dumps(record, ensure_ascii=False)
        written.encode("utf-8")
    except (UnicodeEncodeError, RecursionError):
        return False
    return "\\u0000" not in written


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")


def across_claims(claims: Sequence[Claim], as_of: str | None) -> Iterator[tuple[Claim, Complaint]]:
    """What is wrong with claims and can only be seen with the other claims of the ledger, or with the case's date."""
    first: dict[str, Claim] = {}
    units: dict[str, Claim] = {}
    for claim in claims:
        if claim.id in first:
            message = f"The id {claim.id} stands in line {first[claim.id].place.line} already."
            yield claim, Complaint("id", "duplicate-id", message, "Give every claim an id of its own.")
        first.setdefault(claim.id, claim)
        if as_of is not None and claim.day > as_of:
            message = f"Published {claim.published}, after the case's date {as_of}."
            yield (
                claim,
                Complaint("published", "after-as-of", message, "Leave it out: it was not known then."),
            )
        if (
            claim.quantity
            and conversion(claim.quantity.unit, (other := units.setdefault(claim.group, claim)).quantity_unit) is None
        ):
            message = (
                f'Unit {claim.quantity.unit}, but line {other.place.line} of group "{claim.group}" has {other.quantity_unit}.'
            )
            yield (
                claim,
                Complaint("unit", "mixed-units", message, "Convert it, or put it into a group of its own."),
            )
    for claim in claims:
        for name in claim.derived_from:
            if name not in first or name == claim.id:
                message = f"Derived from {name}, which is no other claim of this ledger."
                yield claim, Complaint("derived_from", "unknown-claim", message, "Name ids of this ledger.")


def claim_line(claim: Claim) -> str:
    """A claim as its line of a ledger, without the line's end: keys in a fixed order, so that equal claims are equal bytes."""
    return json.dumps(claim.as_dict(), ensure_ascii=False, allow_nan=False)


def write_ledger(claims: Ledger | Iterable[Claim], path: str | Path) -> None:
    """Write claims as a ledger, one a line; the old file stays whole until the new one is complete."""
    rows = claims.claims if isinstance(claims, Ledger) else claims
    write_bytes("".join(claim_line(claim) + "\n" for claim in rows).encode("utf-8"), Path(path))
