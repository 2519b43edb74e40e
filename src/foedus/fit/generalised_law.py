"""The generalised Lanchester law as a statistical model of two daily series.

    log(blue lost) = log a + p log(red)  + q log(blue) + e
    log(red lost)  = log b + p log(blue) + q log(red)  + f

(e, f) are jointly normal with any covariance, and each day keeps the part φ of the day before. Then alpha = a / b is the
ratio of losses at equal strength, and beta = p - q how it follows the ratio of strengths:
1 is the square law, 0 the linear law, -1 the logarithmic law.

The covariance and both constants are integrated out in closed form; (p, q, φ) is a grid of three dimensions.
Source: Bracken 1995; Fricker 1998; Lucas & Turkes 2004; for the integrals Box & Tiao 1973, chapter 8.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.arrays import Array
from foedus.fit.campaign import Campaign
from foedus.fit.regression import straight_line

__all__ = ["PRIOR_BETA_SD", "Draws", "fit_law", "replicated_slopes"]

PRIOR_MEAN, PRIOR_SD = 0.5, 1.0  # of p and of q: holds all three laws, and says little
PRIOR_BETA_SD = PRIOR_SD * 2**0.5
EXPONENTS = np.linspace(-4.0, 4.0, 161)  # about the prior's mean, in its standard deviations
MEMORIES = np.linspace(0.0, 0.9, 19)


@dataclass(frozen=True)
class Draws:
    """Draws from the posterior; (draw,) each, `covariance` (draw, 2, 2)."""

    p: Array
    q: Array
    memory: Array
    log_a: Array
    log_b: Array
    covariance: Array

    @property
    def alpha(self) -> Array:
        return np.exp(self.log_a - self.log_b)

    @property
    def beta(self) -> Array:
        return self.p - self.q


def fit_law(campaign: Campaign, seed: int, count: int = 20_000, prior_sd: float = PRIOR_SD) -> Draws:
    """Draw from the posterior of the law, given a campaign.

    Args:
        campaign: strengths and losses by day.
        seed: the same seed gives the same draws.
        count: how many draws.
        prior_sd: standard deviation of the prior of p and of q.
    """
    exponents = PRIOR_MEAN + prior_sd * EXPONENTS
    grid = np.stack(np.meshgrid(exponents, exponents, MEMORIES, indexing="ij"), axis=-1).reshape(-1, 3)
    mean, scatter, days = _innovations(campaign, grid)
    logs = -0.5 * (days - 1) * np.log(np.linalg.det(scatter)) - 0.5 * np.sum(((grid[:, :2] - PRIOR_MEAN) / prior_sd) ** 2, axis=1)
    weights = np.exp(logs - logs.max())
    random = np.random.default_rng(seed)
    cells = random.choice(len(grid), size=count, p=weights / weights.sum())
    p, q, memory = grid[cells].T
    covariance = _covariances(scatter[cells], days - 1, random)
    noise = np.einsum("dij,dj->di", np.linalg.cholesky(covariance), random.standard_normal((count, 2)))
    log_a, log_b = ((mean[cells] + noise / np.sqrt(days)) / (1 - memory)[:, None]).T
    return Draws(p, q, memory, log_a, log_b, covariance)


def _innovations(campaign: Campaign, grid: Array) -> tuple[Array, Array, int]:
    """Mean (cell, 2) and scatter matrix (cell, 2, 2) of what each day adds to what is kept of the day before; how many days."""
    logs = np.log([campaign.blue_lost, campaign.red_lost, campaign.blue, campaign.red])
    p, q = grid[:, 0], grid[:, 1]
    one, none = np.ones(len(grid)), np.zeros(len(grid))
    rows = np.stack([np.stack([one, none, -q, -p], axis=-1), np.stack([none, one, -p, -q], axis=-1)], axis=1)
    mean, scatter = np.empty((len(grid), 2)), np.empty((len(grid), 2, 2))
    for memory in MEMORIES:
        here = grid[:, 2] == memory
        added = logs[:, 1:] - memory * logs[:, :-1]
        centre = added.mean(axis=1)
        around = added - centre[:, None]
        mean[here] = rows[here] @ centre
        scatter[here] = rows[here] @ (around @ around.T) @ rows[here].swapaxes(1, 2)
    return mean, scatter, logs.shape[1] - 1


def _covariances(scatter: Array, freedom: int, random: np.random.Generator) -> Array:
    """One draw from the inverse Wishart distribution for each scatter matrix, by Bartlett's decomposition; (draw, 2, 2)."""
    count = len(scatter)
    lower = np.zeros((count, 2, 2))
    lower[:, 0, 0] = np.sqrt(random.chisquare(freedom, count))
    lower[:, 1, 1] = np.sqrt(random.chisquare(freedom - 1, count))
    lower[:, 1, 0] = random.standard_normal(count)
    root = np.linalg.cholesky(np.linalg.inv(scatter)) @ lower
    return np.asarray(np.linalg.inv(root @ root.swapaxes(1, 2)), np.float64)


def replicated_slopes(campaign: Campaign, draws: Draws, seed: int, count: int = 1000) -> Array:
    """Slopes that the straight line through the logarithms would find, if the law were true; (replicate,).

    Args:
        campaign: its strengths are taken as they were, its losses are drawn anew.
        draws: the first `count` of these are the truth, one for each replicate.
    """
    random = np.random.default_rng([seed, 1])
    days, x = len(campaign.day), campaign.log_odds
    slopes = np.empty(count)
    for number, root in enumerate(np.linalg.cholesky(draws.covariance[:count])):
        memory = draws.memory[number]
        shocks = root @ random.standard_normal((2, days))
        shocks[:, 0] /= np.sqrt(1 - memory**2)
        for day in range(1, days):
            shocks[:, day] += memory * shocks[:, day - 1]
        losses = draws.log_a[number] - draws.log_b[number] + draws.beta[number] * x + shocks[0] - shocks[1]
        slopes[number] = straight_line(x, losses).slope
    return slopes
