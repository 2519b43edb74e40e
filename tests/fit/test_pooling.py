"""The chance of a defence pact today: against draws from the same model, and at its limits."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from scipy.special import betaln, expit, log_expit
from scipy.stats import norm

from foedus.fit import pooling
from foedus.fit.alliances import read_shipped
from foedus.fit.pooling import CENTRE_SD, PERIOD_SD, PeriodCounts, PooledPeriod, pool_periods
from helpers import ROOT

from .conftest import shipped_fit


def groups(period: str) -> PeriodCounts:
    chosen = [
        one for one in read_shipped(ROOT / "cases/alliances/commitments.csv") if (one.kind, one.period) == ("defence", period)
    ]
    return PeriodCounts(np.array([one.honoured for one in chosen], float), np.array([one.invoked for one in chosen], float))


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
    assert pooled.rate.mean > alone.rate.mean


def test_many_wars_that_agree_leave_little_doubt() -> None:
    found = pool_periods(PeriodCounts(np.full(300, 3.0), np.full(300, 10.0)), ())
    assert abs(found.rate.mean - 0.3) < 0.01 and found.correlation < 0.03


def figures(found: PooledPeriod) -> list[float]:
    return [*dataclasses.astuple(found.chance), *dataclasses.astuple(found.rate)]


@pytest.mark.parametrize("case", ["alliances", "alike", "few", "none of them"])
def test_no_figure_hangs_on_the_points_of_the_sums(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    generator = np.random.default_rng(7)
    now, others = {
        "alliances": (groups("after 1945"), (groups("before 1945"),)),
        "alike": (PeriodCounts(generator.binomial(400, 0.3, 200).astype(float), np.full(200, 400.0)), ()),
        "few": (PeriodCounts(np.array([1.0, 2.0]), np.array([3.0, 5.0])), ()),
        "none of them": (PeriodCounts(np.zeros(4), np.full(4, 20.0)), ()),
    }[case]
    found = figures(pool_periods(now, others))
    for name, value in (("_WIDE", 0.1), ("_CLOSE", 0.17), ("_ALIKE", 60), ("_REACH", 7.0)):
        monkeypatch.setattr(pooling, name, value)
    spread = found[-1]  # of the rate
    assert figures(pool_periods(now, others)) == pytest.approx(found, abs=max(1e-4, 0.005 * spread))


@pytest.mark.parametrize(("honoured", "tried"), [(2, 7), (300, 1000), (0, 5)])
def test_groups_of_one_trial_tell_of_the_mean_alone(honoured: int, tried: int) -> None:
    """With one trial in each group the correlation drops out, and the mean is known by a sum in one dimension."""
    ends = (np.arange(tried) < honoured).astype(float)
    found = pool_periods(PeriodCounts(ends, np.ones(tried)), ()).rate
    points = np.linspace(-12, 6, 40_001)
    spreads = (np.arange(400) + 0.5) / 80
    prior = sum(norm.pdf(spread, 0, PERIOD_SD) * norm.pdf(points, 0, np.hypot(spread, CENTRE_SD)) for spread in spreads)
    logs = honoured * log_expit(points) + (tried - honoured) * log_expit(-points)
    weights = prior * np.exp(logs - logs.max())
    below = np.cumsum(weights) / weights.sum()
    wanted = [float(expit(np.interp(level, below, points))) for level in (0.05, 0.5, 0.95)]
    assert [found.p05, found.p50, found.p95] == pytest.approx(wanted, rel=5e-3)
    assert found.mean == pytest.approx(float(weights @ expit(points)) / weights.sum(), rel=2e-3)


def test_the_chance_in_one_group_is_told_between_the_points_of_any_grid() -> None:
    """Groups that agree: the interval is that of the mean and a little wider, far narrower than a point."""
    generator = np.random.default_rng(3)
    found = pool_periods(PeriodCounts(generator.binomial(4000, 0.3, 200).astype(float), np.full(200, 4000.0)), ())
    error = np.sqrt(0.3 * 0.7 / 800_000)
    assert found.rate.sd == pytest.approx(error, rel=0.15) and abs(found.rate.mean - 0.3) < 4 * error
    assert found.rate.p95 - found.rate.p05 < found.chance.p95 - found.chance.p05 < 0.01
