"""Simulation-based calibration: ranks of made-up truths are uniform, and a wrong error is caught."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.case import Case
from foedus.history.ranks import AHEAD, TruthRanks, kind_of, rank_case, uniformity

from .calibration_models import logistic_case, walk_case


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return walk_case(tmp_path_factory.mktemp("walk"))


@pytest.fixture(scope="module")
def logistic(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return logistic_case(tmp_path_factory.mktemp("logistic"))


def smoothed(case: Case, replicates: int, **settings: float) -> TruthRanks:
    return rank_case(case, replicates, members=200, passes=2, refinements=1, **settings)


def test_the_smoother_is_calibrated_on_a_random_walk(walk: Case) -> None:
    ranks = smoothed(walk, 60)
    assert ranks.names == ("drift", "last seen_week", "mean seen_week", *(f"ahead {step} seen_week" for step in AHEAD))
    assert [kind_of(name) for name in ranks.names] == ["parameters", "predictions", "predictions", *3 * ["forecasts"]]
    assert ranks.verdict() == (True, pytest.approx(ranks.verdict()[1])), ranks.tests()


@pytest.mark.parametrize("error_scale", [0.35, 3.0])
def test_a_wrong_error_is_caught(walk: Case, error_scale: float) -> None:
    ranks = smoothed(walk, 60, error_scale=error_scale)
    assert not ranks.verdict()[0]
    last = next(one for one in ranks.tests() if one.name == "last seen_week")
    assert (last.spread > 1) == (error_scale < 1), "too small an error gives too narrow a posterior"
    first = next(one for one in ranks.tests() if one.name == "ahead 1 seen_week")
    assert (first.spread > 1) == (error_scale < 1), "and a forecast that is wrong the same way"


def test_the_smoother_is_calibrated_on_a_curved_model(logistic: Case) -> None:
    ranks = smoothed(logistic, 60)
    assert set(ranks.names) == {"growth", "ceiling", "last counted", "mean counted", *(f"ahead {step} counted" for step in AHEAD)}
    assert ranks.verdict()[0], ranks.tests()


@pytest.mark.slow
def test_the_sampler_is_calibrated_on_a_curved_model(logistic: Case) -> None:
    ranks = rank_case(logistic, 16, method="sampler", members=100, passes=1)
    assert ranks.verdict()[0], ranks.tests()


def test_the_tests_of_uniformity_know_a_hump_a_cup_and_a_slope() -> None:
    generator = np.random.default_rng(0)
    flat, hump, cup, slope = (
        generator.uniform(size=200),
        generator.beta(3, 3, 200),
        generator.beta(0.4, 0.4, 200),
        generator.beta(2, 1, 200),
    )
    assert min(uniformity("flat", flat).chi_square, uniformity("flat", flat).ks) > 0.01
    for ranks in (hump, cup, slope):
        assert min(uniformity("bent", ranks).chi_square, uniformity("bent", ranks).ks) < 0.001
    assert uniformity("hump", hump).spread < 0.8 and uniformity("cup", cup).spread > 1.1 and uniformity("slope", slope).mean > 0.6
