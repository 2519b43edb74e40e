"""A report on each group of claims: what it says together, who disagrees, what is out of date, what is only repeated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from foedus.errors import EvidenceError
from foedus.evidence.belief import belief_curve, sign_of
from foedus.evidence.claim import Claim
from foedus.evidence.conflict import Conflict
from foedus.evidence.defaults import DEFAULTS, Defaults
from foedus.evidence.kernel import numbers_of
from foedus.evidence.pool import Pooled, can_pool, pool

if TYPE_CHECKING:
    from foedus.evidence.ledger import Ledger

__all__ = ["GroupReport", "Repetition", "Summary", "group_report", "group_reports"]


@dataclass(frozen=True)
class Summary:
    """What a pool says in three numbers: 5, 50 and 95 %, in the group's unit."""

    low: float
    median: float
    high: float


@dataclass(frozen=True)
class Repetition:
    """A claim that says what an earlier one of the same origin said; it has no vote of its own.

    Attributes:
        claim, repeats: ids, the later and the earlier.
        is_same_figure: or only the same origin?
    """

    claim: str
    repeats: str
    is_same_figure: bool


@dataclass(frozen=True)
class GroupReport:
    """One group of claims.

    Attributes:
        group: its name; `claims` the ids of those that count, `proposed` of those that wait for a decision.
        unit: of the pool, "" where there is none.
        pooled: the pool, None where no claim has a number, or where `problem` says why there can be none.
        summary: its median and 90 % interval.
        probability: belief that the group's thing is so, for groups without numbers.
        effective_origins: 1 / Σ w² over the votes; of a group without numbers, how many origins there are.
        conflicts: pairs whose numbers barely overlap, farthest apart first.
        denials: ids of claims that deny, in a group where others affirm; whether they deny the same thing is for a reader to judge.
        superseded: claim id -> the newer claim of its origin that replaces it.
        repetitions: claims that only repeat their own origin.
        problem: why the group cannot be pooled, in one sentence; "" if nothing is wrong.
    """

    group: str
    claims: tuple[str, ...]
    proposed: tuple[str, ...]
    unit: str
    pooled: Pooled | None
    summary: Summary | None
    probability: float | None
    effective_origins: float
    conflicts: tuple[Conflict, ...] = ()
    denials: tuple[str, ...] = ()
    superseded: dict[str, str] = field(default_factory=dict)
    repetitions: tuple[Repetition, ...] = ()
    problem: str = ""

    @property
    def conflict(self) -> str:
        """The conflict between numbers in a sentence, "" if there is none."""
        return self.pooled.conflict if self.pooled is not None else ""


def group_reports(ledger: Ledger, defaults: Defaults = DEFAULTS) -> tuple[GroupReport, ...]:
    """A report on every group of a ledger that has a claim that counts or waits, by name."""
    groups: dict[str, list[Claim]] = {}
    for claim in ledger.claims:
        if claim.counts or claim.status == "proposed":
            groups.setdefault(claim.group, []).append(claim)
    return tuple(group_report(claims, defaults) for _, claims in sorted(groups.items()))


def group_report(claims: Sequence[Claim], defaults: Defaults = DEFAULTS, unit: str | None = None) -> GroupReport:
    """A report on one group.

    Args:
        claims: of one group, of any status; those that do not count are left out of the pool.
        defaults: kernels, reliabilities, hedges.
        unit: of the pool; None takes the one that most of the claims have, which may be another once some are left out.
    """
    counted = sorted((claim for claim in claims if claim.counts), key=lambda claim: (claim.stated, claim.day, claim.id))
    ids = tuple(claim.id for claim in counted)
    waiting = tuple(sorted(claim.id for claim in claims if claim.status == "proposed"))
    name = claims[0].group if claims else ""
    repeated = _repetitions(counted)
    if not can_pool(counted, defaults):
        return _statements(name, counted, waiting, repeated, defaults)
    try:
        pooled = pool(counted, unit=unit, defaults=defaults)
    except EvidenceError as error:
        problem = error.problems[0]
        unit = counted[0].quantity_unit
        return GroupReport(
            name, ids, waiting, unit, None, None, None, 0.0, repetitions=repeated, problem=f"{problem.message} {problem.help}"
        )
    summary = Summary(*(float(end) for end in pooled.distribution.quantile(np.array([0.05, 0.5, 0.95]))))
    return GroupReport(
        name,
        ids,
        waiting,
        pooled.unit,
        pooled,
        summary,
        None,
        pooled.effective_origins,
        pooled.conflicts,
        _denials(counted, defaults),
        dict(pooled.superseded_by),
        repeated,
    )


def _statements(
    name: str, counted: list[Claim], waiting: tuple[str, ...], repeated: tuple[Repetition, ...], defaults: Defaults
) -> GroupReport:
    """A group without numbers: how firmly it is believed, and who denies it."""
    ids = tuple(claim.id for claim in counted)
    probability = belief_curve(counted, defaults=defaults).probability if counted else None
    origins = float(len({claim.origin for claim in counted}))
    return GroupReport(
        name, ids, waiting, "", None, None, probability, origins, (), _denials(counted, defaults), repetitions=repeated
    )


def _denials(counted: Sequence[Claim], defaults: Defaults) -> tuple[str, ...]:
    """The claims that deny, where others affirm."""
    weighty = [claim for claim in counted if defaults.quality(claim.grade, claim.hedge.kind) > 0]
    is_affirmed = any(sign_of(claim) > 0 for claim in weighty)
    return tuple(claim.id for claim in weighty if sign_of(claim) < 0) if is_affirmed else ()


def _repetitions(counted: Sequence[Claim]) -> tuple[Repetition, ...]:
    """For every claim whose origin has spoken before: the earlier claim with the same figure, else the one just before."""
    told: dict[str, list[Claim]] = {}
    found = []
    for claim in counted:
        earlier = told.setdefault(claim.origin, [])
        if earlier:
            same = [one for one in earlier if numbers_of(claim.quantity) and _figures(one) == _figures(claim)]
            found.append(Repetition(claim.id, (same or earlier)[-1].id, bool(same)))
        earlier.append(claim)
    return tuple(found)


def _figures(claim: Claim) -> tuple[str, frozenset[float]]:
    return claim.quantity_unit, frozenset(numbers_of(claim.quantity))
