"""Pooling: several claims about one number become one distribution, one vote per origin.

Each claim is a kernel around its value: a normal curve of the logarithm (of the log-odds, for a share), as
wide as its qualifier says.
An origin has one vote, worth the quality (reliability times hedge) of its best claim. Of a vote of quality
q, the part q goes to the kernels and 1 − q to a broad prior around all claims. Nothing is averaged: the
result is a mixture, so claims that disagree stay visible as humps, and are named as a conflict.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from foedus import numerics
from foedus.distributions import Distribution, LogitNormal, LogNormal, Mixture, short_number
from foedus.distributions.interval import NORMAL_95
from foedus.errors import EvidenceError, Problem
from foedus.evidence.claim import Claim, Quantity
from foedus.evidence.defaults import DEFAULTS, Defaults

__all__ = ["Pooled", "pool"]


@dataclass(frozen=True)
class Pooled:
    """What the claims of one group say together.

    Attributes:
        distribution: in `unit`.
        effective_origins: 1 / Σ w² over the votes w of the origins, in [1, number of origins].
        weights: claim id -> its weight in the mixture; they add up to 1 − `broad_weight`.
        votes: origin -> its vote; they add up to 1.
        broad_weight: what is left to the broad prior.
        conflict: which claims barely overlap, "" if none.
        superseded: ids of claims that a newer claim of the same origin replaces.
        left_out: ids of claims without a number, with negative polarity, or without weight.
        notes: what a reader should know about the pool, in sentences.
    """

    distribution: Mixture
    unit: str
    effective_origins: float
    weights: dict[str, float]
    votes: dict[str, float]
    broad_weight: float
    conflict: str = ""
    superseded: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Scale:
    """The scale on which kernels are normal: logarithm, or log-odds for shares."""

    is_share: bool

    def position(self, value: float) -> float:
        """A value on this scale."""
        logarithm = float(numerics.log(np.array([value]))[0])
        return logarithm - float(numerics.log(np.array([1 - value]))[0]) if self.is_share else logarithm

    def distribution(self, centre: float, width: float) -> Distribution:
        """The normal curve on this scale, as a distribution of the value."""
        return LogitNormal(centre, width) if self.is_share else LogNormal(centre, width)


@dataclass(frozen=True)
class _Kernel:
    """A claim on the pool's scale: centre and standard deviation there, and the bound it states."""

    claim: Claim
    centre: float
    width: float
    bound: str
    quality: float


def pool(
    claims: Sequence[Claim],
    *,
    unit: str | None = None,
    broad: Distribution | None = None,
    defaults: Defaults = DEFAULTS,
) -> Pooled:
    """One distribution from the claims of a group.

    Args:
        claims: of one group; order does not matter.
        unit: the unit that all of them must have; None takes it from the claims.
        broad: what to believe where the claims are wrong; None takes a wide curve around them.
        defaults: kernels, reliabilities, hedges.
    Returns:
        The pool.
    Raises:
        EvidenceError: no claim has a usable number, units are mixed, or a value is not positive.
    """
    told, left_out = _usable(claims, defaults)
    found_unit = _one_unit(told, claims, unit)
    scale = _Scale(found_unit == "1" and all(_inside_share(claim.quantity) for claim in told))
    live, superseded = _newest(told)
    kernels = [_kernel(claim, scale, defaults) for claim in live]
    votes = _votes(kernels)
    weights, broad_weight = _weights(kernels, votes)
    broad = broad or _broad(kernels, weights, scale, defaults)
    parts = [scale.distribution(kernel.centre, kernel.width) for kernel in kernels]
    return Pooled(
        distribution=Mixture([*(weights[kernel.claim.id] for kernel in kernels), broad_weight], [*parts, broad]),
        unit=found_unit,
        effective_origins=1 / math.fsum(vote * vote for vote in votes.values()),
        weights=weights,
        votes=votes,
        broad_weight=broad_weight,
        conflict=_conflict(kernels, defaults),
        superseded=superseded,
        left_out=left_out,
        notes=_notes(kernels),
    )


def _usable(claims: Sequence[Claim], defaults: Defaults) -> tuple[list[Claim], tuple[str, ...]]:
    """Claims with a number and some weight, oldest first; and the ids of the others."""
    ordered = sorted((claim for claim in claims if claim.counts), key=lambda claim: (claim.published, claim.id))
    told = [claim for claim in ordered if _has_number(claim) and defaults.hedges[claim.hedge.kind].weight > 0]
    if not told:
        message = "None of these claims has a number that could be pooled."
        raise EvidenceError(_at(claims[0] if claims else None, "nothing-to-pool", message, "Add a quantity with a value."))
    wrong = [claim for claim in told if any(end <= 0 for end in _numbers(claim.quantity))]
    if wrong:
        help_text = "Pooling needs positive numbers; state a change as two levels."
        raise EvidenceError([_at(claim, "not-positive", "The quantity is not above zero.", help_text) for claim in wrong])
    kept = {claim.id for claim in told}
    return told, tuple(claim.id for claim in ordered if claim.id not in kept)


def _has_number(claim: Claim) -> bool:
    return claim.polarity == "+" and len(_numbers(claim.quantity)) > 0


def _numbers(quantity: Quantity | None) -> list[float]:
    """The numbers that a quantity states."""
    ends = (quantity.value, quantity.low, quantity.high) if quantity else ()
    return [float(end) for end in ends if end is not None]


def _inside_share(quantity: Quantity | None) -> bool:
    return all(0 < end < 1 for end in _numbers(quantity))


def _one_unit(told: list[Claim], claims: Sequence[Claim], unit: str | None) -> str:
    """The unit that all claims share."""
    expected = unit if unit is not None else told[0].quantity_unit
    others = [claim for claim in told if claim.quantity_unit != expected]
    if others:
        units = ", ".join(sorted({claim.quantity_unit for claim in told}))
        message = f'Group "{told[0].group}" is pooled in {expected}, but its claims have the units {units}.'
        help_text = "Convert the figures, or put them into groups of their own."
        raise EvidenceError([_at(claim, "mixed-units", message, help_text) for claim in others])
    return expected


def _newest(told: list[Claim]) -> tuple[list[Claim], tuple[str, ...]]:
    """Within an origin the newest statement of a state of things replaces older ones; assessments stay."""
    latest: dict[str, str] = {}
    for claim in told:
        if claim.ctype != "assessment":
            latest[claim.origin] = max(claim.stated, latest.get(claim.origin, ""))
    live = [claim for claim in told if claim.ctype == "assessment" or claim.stated == latest[claim.origin]]
    kept = {claim.id for claim in live}
    return live, tuple(claim.id for claim in told if claim.id not in kept)


def _kernel(claim: Claim, scale: _Scale, defaults: Defaults) -> _Kernel:
    """The claim's 90 % interval on the pool's scale, as centre and standard deviation."""
    quantity = claim.quantity
    assert quantity is not None
    shape = defaults.kernels[quantity.qualifier]
    low, high = _interval(quantity, scale, defaults)
    quality = defaults.quality(claim.grade, claim.hedge.kind)
    return _Kernel(claim, (low + high) / 2, (high - low) / (2 * NORMAL_95), shape.bound, quality)


def _interval(quantity: Quantity, scale: _Scale, defaults: Defaults) -> tuple[float, float]:
    """The 5 and 95 % points on the pool's scale: the claim's own ends, or its qualifier's factors."""
    low, high = quantity.low, quantity.high
    if low is not None and high is not None and low < high:
        return scale.position(low), scale.position(high)
    stated = next(end for end in (quantity.value, high, low) if end is not None)
    shape = defaults.kernels[quantity.qualifier]
    if shape.low == shape.high:
        shape = defaults.kernels["about"]
    log_low, log_high = numerics.log(np.array([shape.low, shape.high]))
    centre = scale.position(stated)
    return centre + float(log_low), centre + float(log_high)


def _votes(kernels: list[_Kernel]) -> dict[str, float]:
    """One vote per origin, worth the quality of its best claim."""
    best: dict[str, float] = {}
    for kernel in kernels:
        best[kernel.claim.origin] = max(kernel.quality, best.get(kernel.claim.origin, 0.0))
    total = math.fsum(best.values())
    return {origin: best[origin] / total for origin in sorted(best)}


def _weights(kernels: list[_Kernel], votes: dict[str, float]) -> tuple[dict[str, float], float]:
    """Each claim's weight: its part of the vote times its quality; the rest goes to the broad prior."""
    shared = {origin: sum(k.claim.origin == origin for k in kernels) for origin in votes}
    weights = {k.claim.id: votes[k.claim.origin] / shared[k.claim.origin] * k.quality for k in kernels}
    return weights, max(0.0, 1.0 - math.fsum(weights.values()))


def _broad(kernels: list[_Kernel], weights: dict[str, float], scale: _Scale, defaults: Defaults) -> Distribution:
    """A wide curve around all claims: their spread, and the default factor on top."""
    total = math.fsum(weights.values())
    parts = [(weights[kernel.claim.id] / total, kernel) for kernel in kernels]
    centre = math.fsum(weight * kernel.centre for weight, kernel in parts)
    between = math.fsum(weight * (kernel.centre - centre) ** 2 for weight, kernel in parts)
    extra = float(numerics.log(np.array([defaults.broad_factor]))[0]) / NORMAL_95
    return scale.distribution(centre, math.sqrt(between + extra * extra))


def _conflict(kernels: list[_Kernel], defaults: Defaults) -> str:
    """Which claims barely overlap; a bound is not in conflict with what it allows."""
    apart = [
        (overlap, one, other)
        for one, other in combinations(sorted(kernels, key=lambda kernel: kernel.centre), 2)
        if not _allowed(one, other) and (overlap := _overlap(one, other)) < defaults.overlap_threshold
    ]
    if not apart:
        return ""
    shown = [f"{_shown(one)} against {_shown(other)}" for _, one, other in sorted(apart, key=_order)[:3]]
    more = f" and {len(apart) - 3} more pairs" if len(apart) > 3 else ""
    limit = f"{defaults.overlap_threshold:.0%}".replace("%", " %")
    return f"Claims that overlap by less than {limit}: {'; '.join(shown)}{more}. All are kept in the mixture."


def _order(pair: tuple[float, _Kernel, _Kernel]) -> tuple[float, str, str]:
    """Farthest apart first."""
    _, one, other = pair
    return (one.centre - other.centre, one.claim.id, other.claim.id)


def _allowed(below: _Kernel, above: _Kernel) -> bool:
    """Whether the lower claim is a floor, or the upper one a ceiling."""
    return below.bound == "lower" or above.bound == "upper"


def _overlap(one: _Kernel, other: _Kernel) -> float:
    """The overlap coefficient of two kernels: the area under both curves."""
    low = min(k.centre - 6 * k.width for k in (one, other))
    high = max(k.centre + 6 * k.width for k in (one, other))
    # Cells well below the narrower curve's width, so that the sum is right to a few parts in a thousand.
    cells = min(20_000, 2 + int(20 * (high - low) / min(one.width, other.width)))
    grid = np.linspace(low, high, cells)
    masses = [np.diff(numerics.normal_cdf((grid - k.centre) / k.width)) for k in (one, other)]
    return float(np.minimum(*masses).sum())


def _shown(kernel: _Kernel) -> str:
    """A claim in a few words: its number, source and id."""
    numbers = _numbers(kernel.claim.quantity)
    low, high = short_number(min(numbers)), short_number(max(numbers))
    number = low if low == high else f"{low}–{high}"
    return f"{number} ({kernel.claim.source.canonical}, {kernel.claim.id})"


def _notes(kernels: list[_Kernel]) -> tuple[str, ...]:
    """What should be said about the pool."""
    bounds = {kernel.bound for kernel in kernels}
    notes = []
    if bounds == {"upper"}:
        notes.append("Only ceilings are claimed; how far below them the number lies is the kernel's assumption.")
    if bounds == {"lower"}:
        notes.append("Only floors are claimed; how far above them the number lies is the kernel's assumption.")
    if len({kernel.claim.origin for kernel in kernels}) == 1:
        notes.append("All claims repeat one origin.")
    return tuple(notes)


def _at(claim: Claim | None, code: str, message: str, help_text: str) -> Problem:
    """A problem at the claim's line of the ledger."""
    if claim is None:
        return Problem("ledger", 0, 0, code, message, help_text)
    place = claim.place
    return Problem(
        place.file,
        place.line,
        1 if place.line else 0,
        code,
        f"Claim {claim.id}: {message}",
        help_text,
        place.text,
    )
