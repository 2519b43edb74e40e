"""Every score against a closed form or a value worked out by hand; each is proper."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import integrate, stats

from foedus.history import scores


def midpoints(law, count: int = 4000) -> np.ndarray:
    return law.ppf((np.arange(count) + 0.5) / count)


@pytest.mark.parametrize("value", [-2.5, 0.0, 0.3, 4.0])
def test_crps_of_a_normal_in_closed_form_is_its_integral(value: float) -> None:
    law = stats.norm(0.5, 1.3)
    below = integrate.quad(lambda x: law.cdf(x) ** 2, -30, value)[0]
    above = integrate.quad(lambda x: law.sf(x) ** 2, value, 30)[0]
    assert scores.crps_normal(0.5, 1.3, value) == pytest.approx(below + above, abs=1e-7)


@pytest.mark.parametrize("value", [-2.5, 0.0, 0.3, 4.0])
def test_crps_of_a_sample_is_that_of_its_law(value: float) -> None:
    assert scores.crps_sample(midpoints(stats.norm(0.5, 1.3)), value) == pytest.approx(
        scores.crps_normal(0.5, 1.3, value), abs=2e-3
    )
    uniform = value**2 - value + 1 / 3 if 0 <= value <= 1 else abs(value - 0.5) - 1 / 6
    assert scores.crps_sample(midpoints(stats.uniform()), value) == pytest.approx(uniform, abs=2e-4)


def test_crps_of_one_member_is_the_absolute_error() -> None:
    assert scores.crps_sample(np.array([3.0]), 5.0) == 2.0
    assert scores.crps_sample(np.array([1.0, 3.0]), 2.0) == pytest.approx(1 - 0.5)


def test_two_hundred_quantiles_score_as_the_whole_sample_does() -> None:
    sample = np.random.default_rng(1).gamma(2, 100, 20_000)
    quantiles = np.quantile(sample, (np.arange(200) + 0.5) / 200)
    for value in (10.0, 150.0, 900.0):
        assert scores.crps_sample(quantiles, value) == pytest.approx(scores.crps_sample(sample, value), rel=5e-3, abs=0.3)


def test_threshold_weighting_counts_only_what_lies_beyond() -> None:
    law = stats.norm(0.0, 1.0)
    sample = midpoints(law)
    exact = integrate.quad(lambda x: (law.cdf(x) - (x >= 1.7)) ** 2, 1.0, 20, points=[1.7])[0]
    assert scores.twcrps_sample(sample, 1.7, 1.0) == pytest.approx(exact, abs=1e-3)
    lower = scores.twcrps_sample(sample, 1.7, 1.0, is_upper=False)
    assert scores.twcrps_sample(sample, 1.7, 1.0) + lower == pytest.approx(scores.crps_sample(sample, 1.7), abs=1e-12)


def test_log_score_is_minus_the_log_density() -> None:
    sample = midpoints(stats.norm(2.0, 3.0), 20_000)
    assert scores.log_of_sample(sample, 3.0) == pytest.approx(-stats.norm(2.0, 3.0).logpdf(3.0), abs=0.02)
    assert scores.log_of_sample(np.full(50, 2.0), 2.0) is None
    assert scores.log_of_sample(sample, 300.0) > 100


def test_brier_and_log_by_hand() -> None:
    assert scores.brier(0.7, True) == pytest.approx(0.09)
    assert scores.brier(0.7, False) == pytest.approx(0.49)
    assert scores.log_of_chance(0.25, True) == pytest.approx(math.log(4))
    assert scores.log_of_chance(0.0, True) is None
    assert scores.log_of_chance(0.0, True, 999) == pytest.approx(math.log(2000))


def test_scores_are_proper_the_true_law_wins_on_average() -> None:
    draws = np.random.default_rng(3)
    truth, sample = draws.normal(0, 1, 800), midpoints(stats.norm(), 400)
    for score in (scores.crps_sample, scores.log_of_sample, lambda s, v: scores.twcrps_sample(s, v, 0.5)):
        honest = np.array([score(sample, value) for value in truth])
        for rival in (sample * 0.5, sample * 2, sample + 0.5):
            other = np.array([score(rival, value) for value in truth])
            gain = other - honest
            assert gain.mean() > 3 * gain.std() / math.sqrt(len(gain))


def test_coverage_and_pit() -> None:
    sample = midpoints(stats.norm(), 2000)
    assert scores.is_covered(sample, 1.64, 0.9) and not scores.is_covered(sample, 1.66, 0.9)
    assert scores.pit(sample, 0.0) == pytest.approx(0.5)
    assert scores.pit(np.array([1.0, 1.0, 2.0]), 1.0) == pytest.approx(1 / 3)
    draws = np.random.default_rng(4).normal(0, 1, 1000)
    assert stats.kstest([scores.pit(sample, value) for value in draws], "uniform").pvalue > 0.01
    assert stats.kstest([scores.pit(sample * 0.5, value) for value in draws], "uniform").pvalue < 1e-6


def test_murphys_parts_add_up_to_the_brier_score() -> None:
    draws = np.random.default_rng(6)
    chances = draws.uniform(0, 1, 500)
    came = (draws.uniform(0, 1, 500) < chances).astype(float)
    bins = scores.reliability_bins(chances, came, np.linspace(0, 1, 6))
    parts = scores.decompose(chances, came, bins)
    total = parts.reliability - parts.resolution + parts.uncertainty + parts.within
    assert total == pytest.approx(((chances - came) ** 2).mean())
    assert parts.reliability < 0.01 < parts.resolution and sum(one.count for one in bins) == 500
    assert scores.reliability_bins(np.array([1.0, 0.0]), np.array([1.0, 0.0]), np.array([0, 0.5, 1.0]))[1].observed == 1.0


def test_a_paired_difference_has_the_error_of_its_pairs() -> None:
    mean, error = scores.mean_difference(np.array([1.0, 2.0, 4.0]), np.array([0.0, 0.0, 1.0]))
    assert (mean, error) == (pytest.approx(2.0), pytest.approx(1 / math.sqrt(3)))
    assert scores.mean_difference(np.array([1.0]), np.array([0.5])) == (0.5, None)
    assert scores.mean_difference(np.array([]), np.array([])) == (None, None)
