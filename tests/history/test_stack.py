"""The pool of forecasts: its score in closed form, weights that are learned from the past alone, and a history without outliers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from foedus.arrays import Array
from foedus.history.baselines import forecast_baseline, levelled
from foedus.history.scores import crps_sample
from foedus.history.stack import LEVELS, distances, mixture_crps, pooled_of, weights_of

EVEN = (np.arange(200) + 0.5) / 200


def sample(centre: float, deviation: float) -> Array:
    return np.asarray(norm(centre, deviation).ppf(EVEN))


@given(st.floats(-3, 3), st.floats(0.1, 3), st.floats(-4, 4))
def test_the_score_of_a_mixture_is_that_of_its_members_together(centre: float, deviation: float, came: float) -> None:
    one, other = sample(0.0, 1.0), sample(centre, deviation)
    found = mixture_crps(np.array([0.75, 0.25]), *distances([one, other], came))
    assert found == pytest.approx(crps_sample(np.concatenate([one, one, one, other]), came), abs=1e-9)
    alone = mixture_crps(np.array([0.0, 1.0]), *distances([one, other], came))
    assert alone == pytest.approx(crps_sample(other, came), abs=1e-9)


def told(count: int, luck: np.random.Generator) -> tuple[Array, Array, Array]:
    """Forecasts of standard normal figures: one that knows their law, one that is four too high."""
    rows = [distances([sample(0, 1), sample(4, 1)], float(luck.normal())) for _ in range(count)]
    to_value, between = (np.array(part) for part in zip(*rows, strict=True))
    return to_value, between, to_value.mean(axis=1)


def test_weights_go_to_what_was_right_the_more_the_more_was_seen() -> None:
    luck = np.random.default_rng(3)
    few, many = (weights_of(*told(count, luck))[0] for count in (3, 60))
    assert 0.5 < few < many and many > 0.9
    none = weights_of(np.empty((0, 2)), np.empty((0, 2, 2)), np.empty(0))
    assert none == pytest.approx([0.5, 0.5])


@given(st.lists(st.floats(0.01, 50), min_size=3, max_size=3), st.integers(0, 99))
def test_weights_are_shares_and_no_other_shares_score_better(spread: list[float], seed: int) -> None:
    luck = np.random.default_rng(seed)
    samples = [sample(float(luck.normal()), one) for one in spread]
    rows = [distances(samples, float(luck.normal())) for _ in range(5)]
    to_value, between = (np.array(part) for part in zip(*rows, strict=True))
    scale = to_value.mean(axis=1)
    weights = weights_of(to_value, between, scale)
    assert weights.sum() == pytest.approx(1) and (weights >= 0).all()

    def loss(shares: Array) -> float:
        scores = [mixture_crps(shares, *row) / size for row, size in zip(rows, scale, strict=True)]
        return float(np.sum(scores) + 4.0 * np.sum(np.square(shares - 1 / 3)))

    assert all(loss(weights) <= loss(other) + 1e-6 for other in luck.dirichlet(np.ones(3), 20))


def test_a_pool_learns_from_what_had_come_and_from_nothing_later() -> None:
    origins = [f"2023-{month:02}-01" for month in range(1, 11)]
    dates = [[f"2023-{month:02}-15"] for month in range(1, 11)]
    samples = [{"model": [list(sample(0, 1))], "naive": [list(sample(4, 1))]} for _ in origins]
    observed = np.zeros((10, 1))
    pool, crps = pooled_of(("model", "naive"), samples, dates, origins, observed)
    own = pool.weights[:, 0, 0]
    assert own[0] == 0.5 and (np.diff(own) > 0).all() and crps[-1, 0] < crps[0, 0]
    observed[5:] = 4.0  # what comes from June on
    other = pooled_of(("model", "naive"), samples, dates, origins, observed)[0].weights[:, 0, 0]
    assert np.array_equal(own[:6], other[:6]) and (other[6:] < own[6:]).all()
    assert np.array(LEVELS)[[0, 4]] == pytest.approx([0.05, 0.95]) and (np.diff(pool.bands[0, 0]) > 0).all()


def test_a_figure_that_is_far_off_gives_way_and_nothing_later_changes_one() -> None:
    history = np.random.default_rng(1).uniform(90, 110, 40)
    history[30] = 600.0
    found = levelled(history)
    assert found[30] == np.median(history[22:31]) and np.array_equal(np.delete(found, 30), np.delete(history, 30))
    for end in range(9, 41):
        assert np.array_equal(levelled(history[:end]), found[:end])
    assert np.array_equal(levelled(np.full(20, 3.0)), np.full(20, 3.0))


@pytest.mark.parametrize("measure", ["value", "sum"])
def test_the_local_level_goes_on_where_it_was_and_holds_what_comes(measure: str) -> None:
    luck = np.random.default_rng(5)
    inside = []
    for number in range(60):
        level = 50 + np.cumsum(luck.normal(0, 1, 68))
        seen = level + luck.normal(0, 3, 68)
        drawn = forecast_baseline("local level", seen[:60], 8, measure, np.random.default_rng(number))
        assert drawn is not None and drawn.shape == (8, 1000)
        came = seen[60:].sum() if measure == "sum" else seen[67]
        inside.append(np.quantile(drawn[7], 0.05) <= came <= np.quantile(drawn[7], 0.95))
    assert 0.78 <= np.mean(inside) <= 1.0
