"""An analyst's word on claims, each an event: accepted, rejected, edited, graded, restored, added, put where they belong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from foedus.errors import EvidenceError, Problem
from foedus.evidence import Claim, Ledger, LedgerEvent, Store
from foedus.evidence.reading.reports import read_report
from foedus.evidence.reading.subject import subject_beside
from foedus.evidence.store.adding import document_of, drafted, find_words
from foedus.evidence.store.changes import claim_of_record, field_value
from foedus.evidence.store.placing import Home, group_units, homes_of, placed, words_of_group
from foedus.evidence.store.select import Selection
from foedus.study.ledger.opened import LedgerCase, Note, changing, claim_in, find_ledger, reading, silent

__all__ = [
    "Changed",
    "ClaimAdded",
    "Homes",
    "add_claim",
    "decide_claims",
    "edit_claims",
    "grade_claims",
    "place_claims",
    "restore_claim",
    "suggest_groups",
]


@dataclass(frozen=True)
class Changed:
    """What was changed; no event where it was so already."""

    case: str
    events: tuple[LedgerEvent, ...]


@dataclass(frozen=True)
class ClaimAdded:
    """A claim that reading had missed, with the events that made it."""

    case: str
    claim: Claim
    events: tuple[LedgerEvent, ...]


@dataclass(frozen=True)
class Homes:
    """The groups that suit a claim, the likeliest first."""

    case: str
    claim: str
    groups: tuple[Home, ...]


def decide_claims(
    name: str,
    ids: Sequence[str],
    selection: Selection,
    who: str,
    why: str = "",
    *,
    is_kept: bool,
    store: str | None = None,
    note: Note = silent,
) -> Changed:
    """Let claims count, or no longer: those named, or else all that are selected. What is rejected stays in the ledger.

    Args:
        is_kept: accept them; else reject them.
        store: path or URL of the ledger's store, if not the one beside the model. note: called with what is worth knowing beside.
    Raises:
        EvidenceError: there is no such claim, or none is selected.
    """
    case = find_ledger(name, store)
    with changing(case, who, note) as opened:
        decide = opened.accept if is_kept else opened.reject
        return Changed(case.name, decide(tuple(ids) or _selected(opened, selection), who, why))


def _selected(opened: Store, selection: Selection) -> tuple[str, ...]:
    """The claims that are selected.

    Raises:
        EvidenceError: there are none.
    """
    found = tuple(claim.id for claim in selection.of(opened.ledger().claims))
    if not found:
        help_text = "`list` with the same options shows what they select; without --status only what waits is meant."
        raise EvidenceError(Problem(opened.label, 0, 0, "nothing-selected", "No claim is selected.", help_text))
    return found


def edit_claims(
    name: str,
    ids: Sequence[str],
    fields: Mapping[str, str],
    who: str,
    why: str = "",
    version: int | None = None,
    *,
    store: str | None = None,
    note: Note = silent,
) -> Changed:
    """Change fields of claims.

    Args:
        fields: name of the field -> its value as a text, "" takes it away.
        version: refuse if a claim has another version by now.
    Raises:
        EvidenceError: there is no such field or claim, or a value cannot be used.
    """
    changes = {key: field_value(key, value) for key, value in fields.items()}
    case = find_ledger(name, store)
    with changing(case, who, note) as opened:
        return Changed(case.name, opened.edit(tuple(ids), changes, who, why, version))


def grade_claims(
    name: str, ids: Sequence[str], grade: str, who: str, why: str, *, store: str | None = None, note: Note = silent
) -> Changed:
    """Grade claims: letter of the source, digit of the content. The reason stays with the claim."""
    case = find_ledger(name, store)
    with changing(case, who, note) as opened:
        return Changed(case.name, opened.grade(tuple(ids), grade, who, why))


def restore_claim(
    name: str, id: str, version: int, who: str, why: str = "", *, store: str | None = None, note: Note = silent
) -> Changed:
    """Make a claim again what it was in a version; the way there stays in the history."""
    case = find_ledger(name, store)
    with changing(case, who, note) as opened:
        return Changed(case.name, opened.restore(id, version, who, why))


def place_claims(
    name: str,
    ids: Sequence[str],
    group: str,
    who: str,
    why: str = "",
    factor: float | None = None,
    *,
    store: str | None = None,
    note: Note = silent,
) -> Changed:
    """Put claims into a group, their figures in the group's unit.

    Args:
        factor: how many of the group's unit one of the claim's is; None where the units tell.
    """
    case = find_ledger(name, store)
    people = _people(case)
    with changing(case, who, note) as opened:
        unit = group_units(opened.ledger().claims).get(group, "")
        changes = {id: placed(opened.claim(id).claim, group, unit, factor, people) for id in ids}
        return Changed(case.name, opened.edit_each(changes, who, why))


def suggest_groups(name: str, id: str, *, store: str | None = None, note: Note = silent) -> Homes:
    """The groups that suit a claim."""
    case = find_ledger(name, store)
    people = _people(case)
    with reading(case, note) as (ledger, _):
        groups: dict[str, list[Claim]] = {}
        for claim in ledger.claims:
            if claim.group != "ungrouped":
                groups.setdefault(claim.group, []).append(claim)
        bags = {group: words_of_group(group, claims) for group, claims in groups.items()}
        homes = homes_of(claim_in(ledger, id), bags, group_units(ledger.claims), (), people)
    return Homes(case.name, id, tuple(homes))


def _people(case: LedgerCase) -> frozenset[str]:
    """The case's own words that count people."""
    subject = subject_beside(case.folder.folder)
    return subject.people if subject else frozenset()


def add_claim(
    name: str,
    file: Path,
    words: str,
    typed: Mapping[str, Any],
    who: str,
    why: str = "",
    *,
    which: int = 0,
    published: date | None = None,
    is_accepted: bool = False,
    store: str | None = None,
    note: Note = silent,
) -> ClaimAdded:
    """Add a claim that reading missed: its words are found in the document, its place and their digest are kept.

    Args:
        typed: field of the claim -> its value; a number is only ever one of these.
        which: of several places where the words stand.
        published: where the document does not tell.
        is_accepted: let it count at once.
    Raises:
        EvidenceError: the words do not stand there, or a value cannot be used.
    """
    case = find_ledger(name, store)
    with changing(case, who, note) as opened:
        record = _record(opened.ledger(), file, words, which, published, typed)
        claim = claim_of_record(record, str(file))
        events = opened.add([claim], who, why)
        if is_accepted:
            events += opened.accept(claim.id, who, why)
        return ClaimAdded(case.name, opened.claim(claim.id).claim, events)


def _record(
    ledger: Ledger, file: Path, words: str, which: int, published: date | None, typed: Mapping[str, Any]
) -> dict[str, Any]:
    """The record of the claim, with what was typed; a number is only ever the one that was typed."""
    report = read_report(file, published)
    span = find_words(report.text, words, str(file), which)
    record = drafted(report.text.original, document_of(report, ledger.claims), span, ledger.by_id)
    record.pop("quantity", None)
    is_numeric = any(key.startswith("quantity.") for key in typed)
    if is_numeric:
        if typed.get("quantity.exposure"):
            typed = {"quantity.value": typed["quantity.count"] / typed["quantity.exposure"], **typed, "quantity.kind": "ratio"}
        is_range = "quantity.value" not in typed
        record["quantity"] = {
            "kind": "numeric",
            "qualifier": "between" if is_range else "eq",
            "value": None,
            "low": None,
            "high": None,
        }
    if "time.value" in typed:
        record["time"] = {"kind": "absolute"}
    record["ctype"] = "quantity" if is_numeric else "event"
    for key, value in typed.items():
        outer, _, inner = key.partition(".")
        if inner:
            record[outer] = {**record[outer], inner: value}
        else:
            record[outer] = value
    if "source.canonical" in typed and "origin" not in typed:
        record["origin"] = typed["source.canonical"]
    if "source.canonical" in typed and record["source"]["mode"] == "narrator":
        record["source"]["mode"] = "indirect"
    return record
