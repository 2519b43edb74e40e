"""What a change must not break among the other claims; asked of the database for the claims that changed, not for all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import sqlalchemy as sa

from foedus.errors import Problem
from foedus.evidence.claim import Claim
from foedus.evidence.store.changes import claim_of_line
from foedus.evidence.store.tables import CLAIM

__all__ = ["broken_rules"]

_AT_ONCE = 400


def broken_rules(connection: sa.Connection, changed: Sequence[Claim], removed: Sequence[str], as_of: str | None) -> list[Problem]:
    """The problems of changed claims with the case's date and with other claims, as the database now stands.

    Args:
        changed: claims as they are after the change, already written.
        removed: ids of claims that were taken out.
        as_of: ISO date; no claim may be published later.
    """
    problems = [*_too_late(changed, as_of), *_mixed_units(connection, changed), *_unknown_sources(connection, changed)]
    return problems + list(_orphans(connection, removed))


def _problem(claim: Claim, code: str, message: str, help_text: str) -> Problem:
    file, line, text = claim.place.file, claim.place.line, claim.place.text if claim.place.line else ""
    return Problem(file, line, 1 if line else 0, code, f"Claim {claim.id}: {message}", help_text, text)


def _too_late(changed: Sequence[Claim], as_of: str | None) -> Iterator[Problem]:
    for claim in changed:
        if as_of is not None and claim.day > as_of:
            message = f"published {claim.published}, after the case's date {as_of}."
            yield _problem(claim, "after-as-of", message, "Leave it out: it was not known then.")


def _mixed_units(connection: sa.Connection, changed: Sequence[Claim]) -> Iterator[Problem]:
    """All quantities of a group have one unit."""
    units: dict[str, list[tuple[int, str]]] = {}
    first = sa.func.min(CLAIM.c.position)
    for names in _parts(claim.group for claim in changed if claim.quantity):
        told = sa.select(CLAIM.c.group_name, CLAIM.c.unit, first).where(CLAIM.c.group_name.in_(names), CLAIM.c.unit != "")
        for group, unit, position in connection.execute(told.group_by(CLAIM.c.group_name, CLAIM.c.unit)):
            units.setdefault(group, []).append((position, unit))
    for claim in changed:
        others = [unit for _, unit in sorted(units.get(claim.group, [])) if unit != claim.quantity_unit]
        if claim.quantity and others:
            message = f'unit {claim.quantity_unit}, but group "{claim.group}" has {", ".join(others)}.'
            yield _problem(claim, "mixed-units", message, "Convert it, or put it into a group of its own.")


def _unknown_sources(connection: sa.Connection, changed: Sequence[Claim]) -> Iterator[Problem]:
    """A computed figure comes from other claims of this ledger."""
    known: set[str] = set()
    for names in _parts(name for claim in changed for name in claim.derived_from):
        known.update(connection.scalars(sa.select(CLAIM.c.id).where(CLAIM.c.id.in_(names), CLAIM.c.record.is_not(None))))
    for claim in changed:
        for name in claim.derived_from:
            if name not in known or name == claim.id:
                message = f"derived from {name}, which is no other claim of this ledger."
                yield _problem(claim, "unknown-claim", message, "Name ids of this ledger.")


def _orphans(connection: sa.Connection, removed: Sequence[str]) -> Iterator[Problem]:
    """A claim that others are derived from stays."""
    if not removed:
        return
    gone = set(removed)
    for (line,) in connection.execute(sa.select(CLAIM.c.record).where(CLAIM.c.record.contains('"derived_from"'))):
        claim = claim_of_line(line, "ledger")
        for name in sorted(gone.intersection(claim.derived_from)):
            message = f"it is derived from {name}, which would be removed."
            yield _problem(claim, "unknown-claim", message, "Reject the claim instead, or change what is derived from it.")


def _parts(names: Iterable[str]) -> Iterator[list[str]]:
    """Different names, some hundred at a time."""
    listed = sorted(set(names))
    for start in range(0, len(listed), _AT_ONCE):
        yield listed[start : start + _AT_ONCE]
