"""Pooling: several claims about one number become one distribution, one vote per origin.

Each claim is a kernel around its value: a normal curve of the logarithm (of the log-odds, for a share), as
wide as its qualifier says.
An origin has one vote, worth the quality (reliability times hedge) of its best claim. Of a vote of quality
q, the part q goes to the kernels and 1 − q to a broad prior around all claims. What an origin says in several
ways shares its vote by quality; saying the same again adds nothing, whoever says it. Nothing is averaged: the
result is a mixture, so claims that disagree stay visible as humps, and are named as a conflict.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from foedus import numerics
from foedus.distributions import Distribution, Mixture
from foedus.distributions.interval import NORMAL_95
from foedus.errors import EvidenceError, Problem
from foedus.evidence.claim import Claim, Quantity
from foedus.evidence.conflict import Conflict, conflict_sentence, find_conflicts
from foedus.evidence.defaults import DEFAULTS, Defaults
from foedus.evidence.frozen import FrozenMapping
from foedus.evidence.kernel import Kernel, Scale, kernel_of, numbers_of

__all__ = ["Pooled", "can_pool", "orphaned", "pool"]


@dataclass(frozen=True)
class Pooled:
    """What the claims of one group say together.

    Attributes:
        distribution: in `unit`.
        effective_origins: 1 / Σ w² over the votes w of the origins, in [1, number of origins]; 0 where no claim is left.
        weights: claim id -> its weight in the mixture; they add up to 1 − `broad_weight`.
        votes: origin -> its vote; they add up to 1.
        broad_weight: what is left to the broad prior.
        conflict: which claims barely overlap, "" if none; `conflicts` the same as pairs.
        superseded: ids of claims that a newer claim of the same origin replaces; `superseded_by` says which one.
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
    conflicts: tuple[Conflict, ...] = ()
    superseded_by: Mapping[str, str] = field(default_factory=FrozenMapping)


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
    scale = Scale(found_unit == "1" and all(_inside_share(claim.quantity) for claim in told))
    live, replaced = _newest(told)
    kernels = [kernel_of(claim, scale, defaults) for claim in live]
    votes = _votes(kernels)
    weights, broad_weight = _weights(kernels, votes)
    broad = broad or _broad(kernels, weights, scale, defaults.setting("broad_factor"))
    parts = [scale.distribution(kernel.centre, kernel.width) for kernel in kernels]
    conflicts = find_conflicts(kernels, defaults)
    return Pooled(
        distribution=Mixture([*(weights[kernel.claim.id] for kernel in kernels), broad_weight], [*parts, broad]),
        unit=found_unit,
        effective_origins=1 / math.fsum(vote * vote for vote in votes.values()),
        weights=weights,
        votes=votes,
        broad_weight=broad_weight,
        conflict=conflict_sentence(conflicts, kernels, defaults),
        superseded=tuple(replaced),
        left_out=left_out,
        notes=_notes(kernels),
        conflicts=conflicts,
        superseded_by=FrozenMapping(replaced),
    )


def orphaned(claims: Sequence[Claim], *, defaults: Defaults = DEFAULTS) -> Pooled:
    """What stands for a group whose every claim was removed: a broad prior around where they stood, and nothing else.

    The order of magnitude is all that is kept of figures that nobody is left to vouch for; how much that is, is `orphan_factor`.

    Args:
        claims: that were removed.
        defaults: kernels, reliabilities, hedges.
    Raises:
        EvidenceError: as `pool`.
    """
    told, left_out = _usable(claims, defaults)
    unit = _one_unit(told, claims, None)
    scale = Scale(unit == "1" and all(_inside_share(claim.quantity) for claim in told))
    live, _ = _newest(told)
    kernels = [kernel_of(claim, scale, defaults) for claim in live]
    weights, _ = _weights(kernels, _votes(kernels))
    broad = _broad(kernels, weights, scale, defaults.setting("orphan_factor"))
    factor = f"{defaults.setting('orphan_factor'):g}"
    note = f"No claim is left: only the order of magnitude of what was removed is kept, to within a factor of {factor}."
    return Pooled(Mixture([1.0], [broad]), unit, 0.0, {}, {}, 1.0, left_out=left_out, notes=(note,))


def can_pool(claims: Sequence[Claim], defaults: Defaults = DEFAULTS) -> bool:
    """Whether any of these claims has a number that a pool could use."""
    return any(claim.counts and _has_weight(claim, defaults) for claim in claims)


def _usable(claims: Sequence[Claim], defaults: Defaults) -> tuple[list[Claim], tuple[str, ...]]:
    """Claims with a number and some weight, oldest first; and the ids of the others."""
    ordered = sorted((claim for claim in claims if claim.counts), key=lambda claim: (claim.day, claim.id))
    told = [claim for claim in ordered if _has_weight(claim, defaults)]
    if not told:
        message = "None of these claims has a number that could be pooled."
        raise EvidenceError(_at(claims[0] if claims else None, "nothing-to-pool", message, "Add a quantity with a value."))
    wrong = [claim for claim in told if any(end <= 0 for end in numbers_of(claim.quantity))]
    if wrong:
        help_text = "Pooling needs positive numbers; state a change as two levels."
        raise EvidenceError([_at(claim, "not-positive", "The quantity is not above zero.", help_text) for claim in wrong])
    kept = {claim.id for claim in told}
    return told, tuple(claim.id for claim in ordered if claim.id not in kept)


def _has_weight(claim: Claim, defaults: Defaults) -> bool:
    """A number that is affirmed, under a hedge that leaves it some weight."""
    is_affirmed = claim.polarity == "+" and len(numbers_of(claim.quantity)) > 0
    return is_affirmed and defaults.hedges[claim.hedge.kind].weight > 0


def _inside_share(quantity: Quantity | None) -> bool:
    return all(0 < end < 1 for end in numbers_of(quantity))


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


def _newest(told: list[Claim]) -> tuple[list[Claim], dict[str, str]]:
    """Within an origin the newest statement of a state of things replaces older ones; assessments stay.

    Returns the claims that stand, and for each of the others the id of the one that replaces it.
    """
    latest: dict[str, Claim] = {}
    for claim in told:
        if claim.ctype != "assessment" and (claim.origin not in latest or claim.stated >= latest[claim.origin].stated):
            latest[claim.origin] = claim
    live = [claim for claim in told if claim.ctype == "assessment" or claim.stated == latest[claim.origin].stated]
    kept = {claim.id for claim in live}
    return live, {claim.id: latest[claim.origin].id for claim in told if claim.id not in kept}


def _votes(kernels: list[Kernel]) -> dict[str, float]:
    """One vote per origin, worth the quality of its best claim."""
    best = _best(kernels)
    total = math.fsum(best.values())
    return {origin: best[origin] / total for origin in sorted(best)}


def _best(kernels: Sequence[Kernel]) -> dict[str, float]:
    """The quality of the best claim of each origin."""
    best: dict[str, float] = {}
    for kernel in kernels:
        best[kernel.claim.origin] = max(kernel.quality, best.get(kernel.claim.origin, 0.0))
    return best


def _weights(kernels: list[Kernel], votes: dict[str, float]) -> tuple[dict[str, float], float]:
    """Each claim's weight; the rest goes to the broad prior.

    Of an origin's vote, the quality of its best claim goes to its statements, by the quality of each. Claims with one and the same
    kernel are one statement, however often it is made: a repetition by a worse source neither adds to it nor takes from it.
    """
    best = _best(kernels)
    statements: dict[str, dict[tuple[float, float], list[Kernel]]] = {}
    for kernel in kernels:
        statements.setdefault(kernel.claim.origin, {}).setdefault((kernel.centre, kernel.width), []).append(kernel)
    weights: dict[str, float] = {}
    for origin, said in statements.items():
        quality = {key: max(kernel.quality for kernel in same) for key, same in said.items()}
        whole = math.fsum(quality.values())
        for key, same in said.items():
            part, told = quality[key] / whole, math.fsum(kernel.quality for kernel in same)
            weights |= {k.claim.id: votes[origin] * best[origin] * part * (k.quality / told) for k in same}
    return {kernel.claim.id: weights[kernel.claim.id] for kernel in kernels}, max(0.0, 1.0 - math.fsum(weights.values()))


def _broad(kernels: list[Kernel], weights: dict[str, float], scale: Scale, factor: float) -> Distribution:
    """A wide curve around all claims: their spread, and the factor on top."""
    total = math.fsum(weights.values())
    parts = [(weights[kernel.claim.id] / total, kernel) for kernel in kernels]
    centre = math.fsum(weight * kernel.centre for weight, kernel in parts)
    between = math.fsum(weight * (kernel.centre - centre) ** 2 for weight, kernel in parts)
    extra = float(numerics.log(np.array([factor]))[0]) / NORMAL_95
    return scale.distribution(centre, math.sqrt(between + extra * extra))


def _notes(kernels: list[Kernel]) -> tuple[str, ...]:
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
