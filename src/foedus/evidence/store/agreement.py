"""How far two readers agree on the claims that both decided on: Cohen's kappa, and where they part."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from foedus.evidence.claim import Claim
from foedus.evidence.kernel import numbers_of

__all__ = ["Agreement", "agreement", "cohen_kappa"]


@dataclass(frozen=True)
class Agreement:
    """Two readers beside each other.

    Attributes:
        table: (accepted by this one, accepted by the other) -> claims; an edited claim is an accepted one.
        kappa: Cohen's; None where chance alone would explain every agreement, or where there is no common claim.
        error: its standard error.
        parted: ids that one accepted and the other rejected.
        figures: ids that both accepted, with different figures or units.
        grades: ids that both accepted, with different grades.
        only_here, only_there: decided on by one of them alone.
    """

    table: dict[tuple[bool, bool], int]
    kappa: float | None
    error: float | None
    parted: tuple[str, ...]
    figures: tuple[str, ...]
    grades: tuple[str, ...]
    only_here: int
    only_there: int

    @property
    def common(self) -> int:
        """Claims on which both decided."""
        return sum(self.table.values())

    @property
    def agreed(self) -> int:
        """Of these, on how many they agree."""
        return self.table[True, True] + self.table[False, False]


def agreement(here: Iterable[Claim], there: Iterable[Claim]) -> Agreement:
    """Hold the decisions of two ledgers against each other; claims are the same where their ids are."""
    ours, theirs = ({claim.id: claim for claim in claims if claim.status != "proposed"} for claims in (here, there))
    common = [name for name in ours if name in theirs]
    pairs = [(ours[name].counts, theirs[name].counts) for name in common]
    kappa, error = cohen_kappa(pairs)
    counted = Counter(pairs)
    both = [name for name in common if ours[name].counts and theirs[name].counts]
    return Agreement(
        {(one, other): counted[one, other] for one in (True, False) for other in (True, False)},
        kappa,
        error,
        tuple(name for name, (one, other) in zip(common, pairs, strict=True) if one != other),
        tuple(name for name in both if _figure(ours[name]) != _figure(theirs[name])),
        tuple(name for name in both if ours[name].grade != theirs[name].grade),
        len(ours) - len(common),
        len(theirs) - len(common),
    )


def cohen_kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> tuple[float | None, float | None]:
    """(po − pe) / (1 − pe) with its standard error √(po (1 − po) / n) / (1 − pe), of two readers' words for the same things.

    po is the share on which they agree, pe what chance would give if each kept to the words as often as now.
    (None, None) where n = 0 or pe = 1.

    Source: Cohen 1960, A coefficient of agreement for nominal scales.
    """
    count = len(pairs)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    by_chance = sum(first[word] * second[word] for word in first)
    if by_chance == count * count:
        return None, None
    observed, expected = sum(one == other for one, other in pairs) / count, by_chance / count**2
    return (observed - expected) / (1 - expected), math.sqrt(observed * (1 - observed) / count) / (1 - expected)


def _figure(claim: Claim) -> tuple[str, tuple[float, ...]]:
    return claim.quantity_unit, tuple(numbers_of(claim.quantity))
