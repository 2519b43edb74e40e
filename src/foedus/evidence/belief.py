"""Belief that something is so, claim by claim in the order of their dates.

Each claim moves the log-odds by its weight of evidence, 2·artanh(q), where q is its quality (information times hedge): a source that is
right in a share (1 + q)/2 of cases. The n-th claim of one origin counts (1 − ρ)^(n − 1) of that, because it tells little new; the k-th
origin to speak on the same side counts (1 − κ)^(k − 1), because services brief one another. A denial moves the log-odds down.

Who only says that it could be so lifts belief no further than his word means ("possible": to the middle of 10–70 %). Who says what would
follow, or asks, says nothing about whether it is. Who takes his own word back leaves belief where it was without him.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from foedus import numerics
from foedus.evidence.claim import Claim
from foedus.evidence.defaults import DEFAULTS, Defaults

__all__ = ["BeliefCurve", "BeliefPoint", "belief_curve", "sign_of"]

_SIGNS = {
    **{"affirmed": 1.0, "denied": -1.0, "negated": -1.0, "doubted": -1.0},
    **dict.fromkeys(("retracted", "conditional", "asked", "unsure"), 0.0),
}


@dataclass(frozen=True)
class BeliefPoint:
    """Belief after one claim. `increment` is what the claim added to the log-odds."""

    date: str
    claim: str
    origin: str
    increment: float
    log_odds: float
    probability: float


@dataclass(frozen=True)
class BeliefCurve:
    """Belief over time.

    Attributes:
        prior_log_odds: before the first claim.
        points: after each claim, in the order of their dates.
        log_odds: after the last claim; where a model's stock of belief starts.
        probability: the same as a probability.
    """

    prior_log_odds: float
    points: tuple[BeliefPoint, ...]

    @property
    def log_odds(self) -> float:
        return self.points[-1].log_odds if self.points else self.prior_log_odds

    @property
    def probability(self) -> float:
        return _probability(self.log_odds)

    def at(self, date: str) -> float:
        """The log-odds at the end of a day (ISO date)."""
        known = [point.log_odds for point in self.points if point.date <= date]
        return known[-1] if known else self.prior_log_odds


@dataclass
class _Told:
    """What has been told so far: how often by each origin on each side, and how far each origin has moved belief.

    `sides` has for "+" and "-" the claims by origin, in the order in which the origins first spoke.
    """

    sides: dict[str, Counter[str]] = field(default_factory=lambda: {"+": Counter(), "-": Counter()})
    moved: dict[str, float] = field(default_factory=dict)


def belief_curve(claims: Sequence[Claim], *, as_of: str | None = None, defaults: Defaults = DEFAULTS) -> BeliefCurve:
    """Update belief claim by claim.

    Args:
        claims: for and against; order does not matter, polarity 0 moves nothing.
        as_of: ISO date; later claims, and claims without a date, are passed over.
        defaults: reliabilities, hedges, the discount for repetition, the belief before the first claim.
    Returns:
        The curve.
    """
    known = [claim for claim in claims if claim.counts and (as_of is None or claim.is_known_by(as_of))]
    told = _Told()
    log_odds = defaults.setting("prior_log_odds")
    points = []
    for claim in sorted(known, key=lambda claim: (claim.day, claim.id)):
        step = _step(claim, log_odds, told, defaults)
        log_odds += step
        points.append(BeliefPoint(claim.day, claim.id, claim.origin, step, log_odds, _probability(log_odds)))
    return BeliefCurve(defaults.setting("prior_log_odds"), tuple(points))


def sign_of(claim: Claim) -> float:
    """1 for, −1 against, 0 where it takes no side. A denial is one denial, in whichever field it stands."""
    if claim.polarity == "0":
        return 0.0
    sign = _SIGNS[claim.stance]
    return -abs(sign) if claim.polarity == "-" else sign


def _step(claim: Claim, log_odds: float, told: _Told, defaults: Defaults) -> float:
    """How far a claim moves the log-odds."""
    before = told.moved.get(claim.origin, 0.0)
    if claim.stance == "retracted":
        told.moved[claim.origin] = 0.0
        return -before
    weight = sign_of(claim) * _weight_of_evidence(claim, defaults)
    if not weight:  # who says that he does not know has not spoken
        return 0.0
    if before * weight < 0:  # who contradicts himself has taken his word back, and no more
        told.moved[claim.origin] = 0.0
        return -before
    side = told.sides["+" if weight > 0 else "-"]
    step = _no_further_than_said(claim, log_odds, weight * _news(claim, side, defaults), defaults)
    side[claim.origin] += 1
    told.moved[claim.origin] = before + step
    return step


def _no_further_than_said(claim: Claim, log_odds: float, step: float, defaults: Defaults) -> float:
    """A hedge that means a probability lifts belief to the middle of it, and not beyond."""
    row = defaults.hedges[claim.hedge.kind]
    if step <= 0 or row.low >= 0.5 or claim.hedge.kind in ("negated", "no_evidence"):
        return step
    middle = (row.low + row.high) / 2
    above, below = numerics.log(np.array([middle, 1 - middle]))
    return max(0.0, min(step, float(above - below) - log_odds))


def _weight_of_evidence(claim: Claim, defaults: Defaults) -> float:
    """The logarithm of the likelihood ratio of what is said; below 0 for a source that is mostly wrong."""
    quality = defaults.quality(claim.grade, claim.hedge.kind)
    above, below = numerics.log(np.array([1 + quality, 1 - quality]))
    return float(above - below)


def _news(claim: Claim, told: Counter[str], defaults: Defaults) -> float:
    """What part of a claim is news, after what its origin and others have told on the same side."""
    rank = list(told).index(claim.origin) if claim.origin in told else len(told)
    return float((1 - defaults.setting("repetition")) ** told[claim.origin] * (1 - defaults.setting("kinship")) ** rank)


def _probability(log_odds: float) -> float:
    return float(1 / (1 + numerics.exp(np.array([-log_odds]))[0]))
