"""What a group of claims says together, as numbers that a page can draw: density, kernels, conflicts, belief."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from foedus.arrays import Array
from foedus.distributions import short_number
from foedus.errors import EvidenceError
from foedus.evidence import Claim, Defaults, Pooled, belief_curve, pool
from foedus.evidence.figure_words import figure_words
from foedus.evidence.kernel import numbers_in, numbers_of

__all__ = ["clashing", "group_picture"]

CELLS = 200
WIDEST_LINEAR = 60.0
"""Above this ratio of the ends, the axis is logarithmic."""
_LEVELS = np.array([0.004, 0.05, 0.5, 0.95, 0.996])
"""Where the axis begins, what is told of the pool, where the axis ends."""


def group_picture(name: str, claims: Sequence[Claim], defaults: Defaults, *, is_belief: bool = False) -> dict[str, Any]:
    """The picture of one group; claims that do not count are in it, marked as such.

    Args:
        name: of the group.
        claims: all of its claims, whatever their status.
        defaults: kernels, reliabilities, hedges.
        is_belief: the model asks whether it is so, not how much.
    Returns:
        `pool` with the probability in each cell of an axis, its 5, 50 and 95 % points, its origins and its notes, or None with the reason in
        `why`; `kernels`, one for each claim with a number; `conflicts`, pairs of ids; `belief`, claim by claim.
    """
    pooled, why = _pooled(claims, defaults)
    return {
        "name": name,
        "why": why,
        "pool": _pool_picture(pooled, claims) if pooled else None,
        "kernels": _kernels(claims, pooled),
        "conflicts": [[pair.lower, pair.higher] for pair in pooled.conflicts] if pooled else [],
        "belief": _belief(claims, defaults) if is_belief else None,
    }


def clashing(claims: Sequence[Claim], defaults: Defaults) -> frozenset[str]:
    """The ids of the claims of a group that are in conflict."""
    pooled, _ = _pooled(claims, defaults)
    return frozenset(name for pair in pooled.conflicts for name in (pair.lower, pair.higher)) if pooled else frozenset()


def _pooled(claims: Sequence[Claim], defaults: Defaults) -> tuple[Pooled | None, str]:
    """The pool of the claims that count, or why there is none."""
    counting = [claim for claim in claims if claim.counts]
    if not counting:
        return None, "No claim of this group is accepted yet."
    if not any(numbers_of(claim.quantity) for claim in counting):
        return None, "No accepted claim of this group has a number to pool."
    try:
        return pool(counting, defaults=defaults), ""
    except EvidenceError as error:
        return None, " ".join(dict.fromkeys(f"{problem.message} {problem.help}" for problem in error.problems))


def _pool_picture(pooled: Pooled, claims: Sequence[Claim]) -> dict[str, Any]:
    start, low, median, high, end = (float(value) for value in pooled.distribution.quantile(_LEVELS))
    axis, is_logarithmic = _axis(start, end, [figure for claim in claims for figure in numbers_in(claim.quantity, pooled.unit)])
    below = pooled.distribution.cdf(axis)
    return {
        "unit": pooled.unit,
        "axis": [_short(value) for value in axis],
        "isLogarithmic": is_logarithmic,
        "masses": [_short(value) for value in np.diff(below)],
        "low": low,
        "median": median,
        "high": high,
        "words": [short_number(value) for value in (low, median, high)],
        "origins": round(pooled.effective_origins, 2),
        "broad": _short(pooled.broad_weight),
        "none": _short(pooled.none),
        "notes": [*pooled.notes],
        "steps": [
            {
                "claims": [*step.claims],
                "what": step.what,
                "words": [short_number(end) for end in (step.low, step.median, step.high)],
            }
            for step in pooled.steps
        ],
    }


def _axis(start: float, end: float, told: Sequence[float]) -> tuple[Array, bool]:
    """(CELLS + 1,) points that hold nearly all of the pool and every claimed figure; and whether they are spaced by ratio."""
    figures = [figure for figure in told if figure > 0]
    low, high = min([start, *(0.97 * figure for figure in figures)]), max([end, *(1.03 * figure for figure in figures)])
    if low > 0 and high / low > WIDEST_LINEAR:
        return np.geomspace(low, high, CELLS + 1), True
    return np.linspace(low, high, CELLS + 1), False


def _kernels(claims: Sequence[Claim], pooled: Pooled | None) -> list[dict[str, Any]]:
    """The claims with a number as marks on the axis: 90 % of the curve of those that stand, the figure itself of the others."""
    ranges = {}
    if pooled is not None:
        for kernel in pooled.kernels:
            low, high = pooled.scale.values(np.array(kernel.ends))
            ranges[kernel.claim.id] = (float(low), float(high))
    told = [(claim, numbers_in(claim.quantity, pooled.unit) if pooled else numbers_of(claim.quantity)) for claim in claims]
    return [_kernel(claim, ranges.get(claim.id, (min(ends), max(ends))), pooled) for claim, ends in told if ends]


def _kernel(claim: Claim, ends: tuple[float, float], pooled: Pooled | None) -> dict[str, Any]:
    """A claim as a mark. `role` says why it weighs nothing, where it does."""
    weight = pooled.weights.get(claim.id, 0.0) if pooled else 0.0
    return {
        "id": claim.id,
        "source": claim.source.shown,
        "published": claim.published,
        "figure": figure_words(claim),
        "low": _short(ends[0]),
        "high": _short(ends[1]),
        "weight": _short(weight),
        "role": _role(claim, pooled),
        "status": claim.status,
        "why": pooled.reasons.get(claim.id, "") if pooled else "",
    }


def _role(claim: Claim, pooled: Pooled | None) -> str:
    """counts, waiting (proposed), rejected, superseded, left out."""
    if not claim.counts:
        return "rejected" if claim.status == "rejected" else "waiting"
    if pooled is None or claim.id in pooled.left_out:
        return "left out"
    return "superseded" if claim.id in pooled.superseded else "counts"


def _belief(claims: Sequence[Claim], defaults: Defaults) -> dict[str, Any] | None:
    """Belief claim by claim, where claims speak for or against."""
    curve = belief_curve(claims, defaults=defaults)
    points = [[point.date, _short(point.probability), point.claim] for point in curve.points if point.date]
    if not points:
        return None
    return {"points": points, "probability": _short(curve.probability)}


def _short(value: float) -> float:
    """Five digits are more than a drawing needs."""
    return float(f"{value:.5g}")
