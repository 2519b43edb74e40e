"""Pooling: several claims about one number become one distribution.

First it is settled which claims stand (`standing`): what is affirmed, of the same thing and time, in one unit, the newest word of each
origin. Those that stand multiply a broad curve by their likelihoods (`fusion`): bounds cut, sources that agree sharpen, rivals
stay as humps and are named as a conflict. Who says that there is none moves the chance of none.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from foedus import numerics
from foedus.distributions import Constant, Distribution, Spiked, from_interval, mixture
from foedus.evidence.claim import Claim
from foedus.evidence.conflict import Conflict, conflict_sentence, find_conflicts
from foedus.evidence.curve import Curve
from foedus.evidence.defaults import DEFAULTS, Defaults
from foedus.evidence.frozen import FrozenMapping
from foedus.evidence.fusion import PoolStep, fuse
from foedus.evidence.kernel import LOGARITHMIC, Kernel, Scale, numbers_of
from foedus.evidence.standing import Standing, has_figure, standing
from foedus.wording import share_words

__all__ = ["PoolStep", "Pooled", "can_pool", "orphaned", "pool", "rival_borders"]

_MOST_CONFLICTS = 40


@dataclass(frozen=True)
class Pooled:
    """What the claims of one group say together.

    Attributes:
        distribution: in `unit`.
        effective_origins: 1 / Σ w² over the votes w of the origins, in [1, number of origins]; 0 where no claim carries anything.
        weights: claim id -> its part in the pool; they add up to 1 − `broad_weight`.
        votes: origin -> its vote, by the quality of its best claim; they add up to 1.
        broad_weight: the part that rests on no claim.
        none: the chance that there is none, 0 where nobody says so; the rest of the distribution is above zero.
        steps: how the pool came about, statement by statement.
        kernels: the claims that stand, as curves on `scale`.
        conflict: which claims barely overlap, "" if none; `conflicts` the same as pairs.
        superseded: ids of claims that another claim of the same origin replaces; `superseded_by` says which one.
        left_out: ids of claims that have no part in it; `reasons` says why.
        notes: what a reader should know about the pool, in sentences.
    """

    distribution: Distribution
    unit: str
    effective_origins: float
    weights: dict[str, float]
    votes: dict[str, float]
    broad_weight: float
    none: float = 0.0
    steps: tuple[PoolStep, ...] = ()
    kernels: tuple[Kernel, ...] = ()
    scale: Scale = LOGARITHMIC
    conflict: str = ""
    superseded: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    superseded_by: Mapping[str, str] = field(default_factory=FrozenMapping)
    reasons: Mapping[str, str] = field(default_factory=FrozenMapping)


def pool(claims: Sequence[Claim], *, unit: str | None = None, defaults: Defaults = DEFAULTS) -> Pooled:
    """One distribution from the claims of a group.

    Args:
        claims: of one group; order does not matter.
        unit: of the result; None takes the one that most of the claims have.
        defaults: kernels, reliabilities, hedges, and what the case says about the group.
    Returns:
        The pool.
    Raises:
        EvidenceError: no claim has a usable number, units measure different things, or a value is below zero.
    """
    stand = standing(claims, unit, defaults)
    rule = defaults.groups.get(claims[0].group)
    fusion = fuse(stand.kernels, stand.scale, defaults, _kind(stand.kernels, rule.kind if rule else ""))
    votes = _votes(stand.kernels)
    none = _chance_of_none(stand.nothing, votes, stand.kernels, defaults)
    conflicts = find_conflicts(stand.kernels, defaults)
    return _overridden(
        Pooled(
            distribution=mixture([none, 1 - none], [Constant(0.0), fusion.curve]) if none else fusion.curve,
            unit=stand.unit,
            effective_origins=1 / math.fsum(vote * vote for vote in votes.values()) if votes else 0.0,
            weights={name: weight * (1 - none) for name, weight in fusion.weights.items()}
            | _none_weights(stand.nothing, none, defaults),
            votes=votes,
            broad_weight=fusion.broad_weight * (1 - none),
            none=none,
            steps=fusion.steps,
            kernels=stand.kernels,
            scale=stand.scale,
            conflict=conflict_sentence(conflicts, stand.kernels, defaults),
            superseded=tuple(stand.superseded_by),
            left_out=tuple(stand.left_out),
            notes=(*stand.notes, *_notes(stand, none)),
            conflicts=conflicts,
            superseded_by=stand.superseded_by,
            reasons=stand.left_out,
        ),
        defaults,
        claims[0].group,
    )


def orphaned(claims: Sequence[Claim], *, defaults: Defaults = DEFAULTS) -> Pooled:
    """What stands for a group whose every claim was removed: a broad curve around where they stood, and nothing else.

    The order of magnitude is all that is kept of figures that nobody is left to vouch for; how much that is, is `orphan_factor`.

    Args:
        claims: that were removed.
        defaults: kernels, reliabilities, hedges.
    Raises:
        EvidenceError: as `pool`.
    """
    stand = standing(claims, None, defaults)
    unsure = [replace(kernel, quality=0.0) for kernel in stand.kernels]
    fusion = fuse(unsure, stand.scale, defaults, "constant")
    factor = f"{defaults.setting('orphan_factor'):g}"
    note = f"No claim is left: only the order of magnitude of what was removed is kept, to within a factor of {factor}."
    return Pooled(
        fusion.curve, stand.unit, 0.0, {}, {}, 1.0, left_out=tuple(stand.left_out), notes=(note,), reasons=stand.left_out
    )


def rival_borders(pooled: Pooled) -> tuple[float, ...]:
    """The values between claims that barely overlap: where, between two of them, the pool is least likely. In its unit, rising."""
    curve = pooled.distribution.inner if isinstance(pooled.distribution, Spiked) else pooled.distribution
    if not isinstance(curve, Curve):
        return ()
    centres = {kernel.claim.id: kernel.centre for kernel in pooled.kernels}
    density, found = np.diff(curve.risen) / np.diff(curve.points), set()
    for conflict in pooled.conflicts[:_MOST_CONFLICTS]:
        first, last = (
            int(place) for place in np.searchsorted(curve.points, sorted((centres[conflict.lower], centres[conflict.higher])))
        )
        if last - first > 1:
            place = first + int(np.argmin(density[first:last]))
            found.add(float(pooled.scale.values(curve.points[place : place + 1])[0]) * curve.factor)
    return tuple(sorted(found))


def can_pool(claims: Sequence[Claim], defaults: Defaults = DEFAULTS) -> bool:
    """Whether any of these claims has a number that a pool could use."""
    return any(claim.counts and has_figure(claim, defaults) for claim in claims)


def _kind(kernels: Sequence[Kernel], declared: str) -> str:
    """What the case says; else assessments hold whenever they are made, and anything else is a state of things."""
    return declared or ("constant" if all(kernel.claim.ctype == "assessment" for kernel in kernels) else "state")


def _votes(kernels: Sequence[Kernel]) -> dict[str, float]:
    """One vote per origin, worth the quality of its best claim; none where no source knows anything."""
    best: dict[str, float] = {}
    for kernel in kernels:
        best[kernel.claim.origin] = max(kernel.quality, best.get(kernel.claim.origin, 0.0))
    total = math.fsum(best.values())
    return {origin: best[origin] / total for origin in sorted(best)} if total > 0 else {}


def _evidence(quality: float) -> float:
    """The weight of evidence of a source of this quality, as log-odds."""
    above, below = numerics.log(np.array([1 + quality, 1 - quality]))
    return float(above - below)


def _none_quality(claim: Claim, defaults: Defaults) -> float:
    is_of_a_figure = max(numbers_of(claim.quantity), default=0.0) > 0
    part = defaults.setting("denial_weight") if is_of_a_figure else 1.0
    hedge = "asserted" if claim.hedge.kind in ("negated", "no_evidence") else claim.hedge.kind
    return part * max(0.0, defaults.quality(claim.grade, hedge))


def _chance_of_none(nothing: Sequence[Claim], votes: Mapping[str, float], kernels: Sequence[Kernel], defaults: Defaults) -> float:
    """The chance that there is none, from even odds: who says so against who gives a figure, origin by origin.

    Further origins on the same side count less, as in belief (`kinship`).
    """
    if not nothing:
        return 0.0
    against = {
        claim.origin: _none_quality(claim, defaults)
        for claim in sorted(nothing, key=lambda claim: _none_quality(claim, defaults))
    }
    figures: dict[str, float] = {}
    for kernel in kernels:
        figures[kernel.claim.origin] = max(0.0, kernel.quality, figures.get(kernel.claim.origin, 0.0))
    news = 1 - defaults.setting("kinship")
    sides = [sorted((_evidence(q) for q in side.values()), reverse=True) for side in (against, figures)]
    plus, minus = (math.fsum(each * news**rank for rank, each in enumerate(side)) for side in sides)
    return float(1 / (1 + numerics.exp(np.array([minus - plus]))[0])) if plus > 0 else 0.0


def _none_weights(nothing: Sequence[Claim], none: float, defaults: Defaults) -> dict[str, float]:
    """How those who say that there is none share its chance."""
    quality = {claim.id: _none_quality(claim, defaults) for claim in nothing}
    whole = math.fsum(quality.values())
    return {name: none * one / whole if whole else 0.0 for name, one in quality.items()}


def _notes(stand: Standing, none: float) -> tuple[str, ...]:
    """What should be said about the pool."""
    bounds = {kernel.bound for kernel in stand.kernels}
    notes = []
    if bounds == {"upper"}:
        notes.append("Only ceilings are claimed; how far below them the number lies is the kernel's assumption.")
    if bounds == {"lower"}:
        notes.append("Only floors are claimed; how far above them the number lies is the kernel's assumption.")
    if len({kernel.claim.origin for kernel in stand.kernels}) == 1 and not stand.nothing and not stand.left_out:
        notes.append("All claims repeat one origin.")
    if all(kernel.quality <= 0 for kernel in stand.kernels):
        notes.append("No source here is known to be right more often than a coin: only the order of magnitude is kept.")
    if none:
        shown = share_words(none, 0) if none >= 0.01 else "less than 1 %"
        notes.append(f"A chance of {shown} that there is none.")
    return tuple(notes)


def _overridden(found: Pooled, defaults: Defaults, group: str) -> Pooled:
    """The analyst's own interval in place of the pool, where the case gives one with its reason."""
    rule = defaults.groups.get(group)
    if rule is None or rule.low is None or rule.high is None:
        return found
    note = f"The analyst's own interval stands in place of the pool: {rule.because}"
    return replace(found, distribution=from_interval(rule.low, rule.high), none=0.0, notes=(note, *found.notes))
