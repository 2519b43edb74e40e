"""Belief that something is so, claim by claim in the order of their dates.

Each claim moves the log-odds by its weight of evidence, 2·artanh(q), where q is its quality (reliability
times hedge): a source that is right in a share (1 + q)/2 of cases. The n-th claim of one origin counts
(1 − ρ)^(n − 1) of that, because it tells little new; the k-th origin to speak on the same side counts
(1 − κ)^(k − 1), because services brief one another. A denial moves the log-odds down.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foedus import numerics
from foedus.evidence.claim import Claim
from foedus.evidence.defaults import DEFAULTS, Defaults

__all__ = ["BeliefCurve", "BeliefPoint", "belief_curve"]


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


def belief_curve(claims: Sequence[Claim], *, as_of: str | None = None, defaults: Defaults = DEFAULTS) -> BeliefCurve:
    """Update belief claim by claim.

    Args:
        claims: for (polarity +) and against (polarity −); order does not matter, polarity 0 moves nothing.
        as_of: ISO date; later claims, and claims without a date, are passed over.
        defaults: reliabilities, hedges, the discount for repetition, the belief before the first claim.
    Returns:
        The curve.
    """
    known = [claim for claim in claims if claim.counts and (as_of is None or claim.is_known_by(as_of))]
    told: dict[str, Counter[str]] = {"+": Counter(), "-": Counter(), "0": Counter()}
    log_odds = defaults.setting("prior_log_odds")
    points = []
    for claim in sorted(known, key=lambda claim: (claim.day, claim.id)):
        weight = _weight_of_evidence(claim, defaults)
        step = weight * _news(claim, told[claim.polarity], defaults)
        if weight:  # who says that he does not know has not spoken
            told[claim.polarity][claim.origin] += 1
        log_odds += step
        points.append(BeliefPoint(claim.day, claim.id, claim.origin, step, log_odds, _probability(log_odds)))
    return BeliefCurve(defaults.setting("prior_log_odds"), tuple(points))


def _weight_of_evidence(claim: Claim, defaults: Defaults) -> float:
    """The logarithm of the likelihood ratio, positive for, negative against."""
    quality = defaults.quality(claim.grade, claim.hedge.kind)
    above, below = numerics.log(np.array([1 + quality, 1 - quality]))
    return {"+": 1.0, "-": -1.0, "0": 0.0}[claim.polarity] * float(above - below)


def _news(claim: Claim, told: Counter[str], defaults: Defaults) -> float:
    """What part of a claim is news, after what its origin and others have told on the same side.

    `told` counts the claims by origin, in the order in which the origins first spoke.
    """
    rank = list(told).index(claim.origin) if claim.origin in told else len(told)
    return float((1 - defaults.setting("repetition")) ** told[claim.origin] * (1 - defaults.setting("kinship")) ** rank)


def _probability(log_odds: float) -> float:
    return float(1 / (1 + numerics.exp(np.array([-log_odds]))[0]))
