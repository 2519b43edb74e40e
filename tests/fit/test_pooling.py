"""The chance of a defence pact today: against draws from the same model, and at its limits."""

from __future__ import annotations

import numpy as np
from scipy.special import betaln, expit

from foedus.fit.alliances import read_shipped
from foedus.fit.pooling import CHANCES, Groups, pool_periods
from helpers import ROOT

from .conftest import shipped_fit


def groups(period: str) -> Groups:
    chosen = [
        one for one in read_shipped(ROOT / "cases/alliances/commitments.csv") if (one.kind, one.period) == ("defence", period)
    ]
    return Groups(np.array([one.honoured for one in chosen], float), np.array([one.invoked for one in chosen], float))


def mean_of(cumulative: np.ndarray) -> float:
    return float(np.sum((1 - (cumulative[1:] + cumulative[:-1]) / 2) * np.diff(CHANCES)))


def weighted_draws(count: int = 100_000) -> tuple[np.ndarray, np.ndarray]:
    """Draws of the later period's mean from the prior, and their weights by the counts."""
    random = np.random.default_rng(4)
    centre, sd = random.normal(0, 1.5, count), np.abs(random.normal(0, 1, count))
    alike = random.uniform(0, 1, count)
    means = expit(centre + sd * random.normal(size=(2, count)))
    logs = np.zeros(count)
    for period, mean in zip(("before 1945", "after 1945"), means, strict=True):
        first, second = mean * (1 - alike) / alike, (1 - mean) * (1 - alike) / alike
        for honoured, invoked in zip(*(getattr(groups(period), name) for name in ("honoured", "invoked")), strict=True):
            logs += betaln(first + honoured, second + invoked - honoured) - betaln(first, second)
    weights = np.exp(logs - logs.max())
    return means[1], weights / weights.sum()


def test_the_grid_agrees_with_draws_from_the_same_model() -> None:
    mean, weights = weighted_draws()
    expected = float(weights @ mean)
    error = float(np.sqrt(weights**2 @ (mean - expected) ** 2))
    today = shipped_fit("alliances").document["today"]
    assert error < 0.005
    assert abs(today["rate"]["mean"] - expected) < 4 * error + 0.001
    assert abs(0.137 - expected) > 4 * error  # the raw rate would be noticed


def test_a_new_war_has_the_mean_of_its_period_and_a_wider_spread() -> None:
    today = shipped_fit("alliances").document["today"]
    assert abs(today["mean"] - today["rate"]["mean"]) < 0.003
    assert today["p05"] < today["rate"]["p05"] and today["p95"] > today["rate"]["p95"]
    a, b = today["beta"]["a"], today["beta"]["b"]
    assert abs(a / (a + b) - today["mean"]) < 1e-12
    assert today["wars"] == 20 and today["commitments"] == 43


def test_pooling_pulls_the_later_period_towards_the_earlier_one() -> None:
    later = groups("after 1945")
    alone, pooled = pool_periods(later, ()), pool_periods(later, (groups("before 1945"),))
    assert mean_of(pooled.mean) > mean_of(alone.mean)


def test_many_wars_that_agree_leave_little_doubt() -> None:
    found = pool_periods(Groups(np.full(300, 3.0), np.full(300, 10.0)), ())
    assert abs(mean_of(found.mean) - 0.3) < 0.01 and found.correlation < 0.03
