"""Chances that are alike but not the same: a beta-binomial model with two levels of pooling, by quadrature.

    honoured in a war ~ Binomial(invoked in it, θ of the war)
    θ of a war        ~ Beta(μ κ, (1 - μ) κ)          μ is the mean of the war's period, κ how alike wars are
    logit μ           ~ Normal(m, τ²)                 the periods share m and τ

1/(1+κ), the correlation of two commitments in one war, is uniform; m ~ Normal(0, 1.5²); τ ~ |Normal(0, 1)|.
Everything is a sum over a fixed grid: no draws, the same digits every time.
Source: Gelman et al., Bayesian Data Analysis, 3rd ed., section 5.3, for the model with one level.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betainc, betaln, expit
from scipy.stats import norm

from foedus.arrays import Array

__all__ = ["CHANCES", "Groups", "Pooled", "pool_periods", "quantile_of"]

LOGITS = np.linspace(-6.0, 6.0, 121)
ALIKE = (np.arange(40) + 0.5) / 40
CHANCES = np.concatenate([[0.0], expit(np.linspace(-9.0, 9.0, 361)), [1.0]])
_MUCH = 0.3  # of the posterior, in the first cell of the grid
CENTRE_SD, PERIOD_SD = 1.5, 1.0


@dataclass(frozen=True)
class Groups:
    """Counts of one period: (group,) each."""

    honoured: Array
    invoked: Array


@dataclass(frozen=True)
class Pooled:
    """What is believed about the period of interest.

    Attributes:
        chance: cumulative distribution over `CHANCES` of the chance in a war that is still to come; (chance,).
        mean: the same of the period's mean μ; (chance,).
        correlation: posterior mean of the correlation within a war.
        is_alike: much of the posterior lies at the smallest correlation of the grid: wars may be more alike than it can tell.
    """

    chance: Array
    mean: Array
    correlation: float
    is_alike: bool = False


def pool_periods(of_interest: Groups, others: tuple[Groups, ...]) -> Pooled:
    """The chance in a new war of the first period, pooled over wars and periods.

    Args:
        of_interest: the wars of the period in question.
        others: the wars of the other periods.
    """
    means = expit(LOGITS)
    likely, elsewhere = _likelihood(of_interest, means), [_likelihood(one, means) for one in others]
    weights = np.zeros((len(LOGITS), len(ALIKE)))
    for sd, centre, weight in _shared():
        prior = norm.pdf(LOGITS, centre, sd)
        prior /= prior.sum()
        rest = np.prod([prior @ one for one in elsewhere], axis=0)
        weights += weight * prior[:, None] * likely * rest
    weights /= weights.sum()
    strength = (1 - ALIKE) / ALIKE
    first, second = means[:, None] * strength, (1 - means[:, None]) * strength
    counts = weights > 1e-9
    chance = np.array([weights[counts] @ betainc(first[counts], second[counts], value) for value in CHANCES])
    edges = expit(LOGITS + (LOGITS[1] - LOGITS[0]) / 2)  # a cell's mass has all been passed at its upper edge
    mean = np.interp(CHANCES, np.append(edges, 1.0), np.append(np.cumsum(weights.sum(axis=1)), 1.0), left=0.0)
    alike = weights.sum(axis=0)
    return Pooled(chance, mean, float(alike @ ALIKE), bool(alike[0] > _MUCH))


def _shared() -> list[tuple[float, float, float]]:
    """A grid over what the periods share: (τ, m, weight)."""
    spreads, centres = (np.arange(24) + 0.5) / 8, np.linspace(-4.5, 4.5, 31)
    return [
        (float(sd), float(centre), float(norm.pdf(sd, 0, PERIOD_SD) * norm.pdf(centre, 0, CENTRE_SD)))
        for sd in spreads
        for centre in centres
    ]


def _likelihood(groups: Groups, means: Array) -> Array:
    """Likelihood of the counts, up to a factor; (mean, alike)."""
    strength = (1 - ALIKE) / ALIKE
    first, second = (means[:, None] * strength)[..., None], ((1 - means[:, None]) * strength)[..., None]
    logs = betaln(first + groups.honoured, second + groups.invoked - groups.honoured) - betaln(first, second)
    total: Array = logs.sum(axis=-1)
    return np.asarray(np.exp(total - total.max()), np.float64)


def quantile_of(cumulative: Array, level: float) -> float:
    """Where a cumulative distribution over `CHANCES` passes a level."""
    return float(np.interp(level, cumulative, CHANCES))
