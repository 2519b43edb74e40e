"""Naive forecasts: what each says by hand, and that those which fit a process are calibrated on one they can fit."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.history.baselines import BASELINES, MEMBERS, baselines_for, forecast_baseline
from foedus.history.scores import crps_sample, pit

STEPS = 6


def said(name: str, history: np.ndarray, measure: str = "value", steps: int = STEPS) -> np.ndarray:
    found = forecast_baseline(name, np.asarray(history, dtype=float), steps, measure, np.random.default_rng(1))
    assert found is not None
    return found


@pytest.mark.parametrize("name", BASELINES)
@pytest.mark.parametrize("measure", ["value", "sum"])
def test_every_baseline_says_something_about_every_step(name: str, measure: str) -> None:
    history = 100 * np.exp(np.cumsum(np.random.default_rng(2).normal(0, 0.05, 70)))
    found = said(name, history, measure)
    assert found.shape == (STEPS, MEMBERS) and np.isfinite(found).all()
    assert (found > 0).all() or measure == "sum"
    if measure == "sum":
        assert np.median(found[-1]) > 3 * np.median(found[0])
    again = said(name, history, measure)
    assert (again == found).all()


@pytest.mark.parametrize("name", ["persistence", "last value", "drift", "damped trend", "arima"])
def test_a_history_that_is_too_short_is_not_forecast(name: str) -> None:
    assert forecast_baseline(name, np.arange(8.0) + 1, STEPS, "value", np.random.default_rng(1)) is None


def test_persistence_goes_on_with_the_mean_of_the_last_four_and_its_own_errors() -> None:
    history = np.array([0, 1, -1, 0, 2, 1, -1, 0, 3, 1, 0, 0, 1, -1, 2, 2, 0, 4.0])
    found = said("persistence", history)
    assert np.median(found[0]) == pytest.approx(history[-4:].mean(), abs=1e-6)
    errors = np.array([history[end] - history[end - 4 : end].mean() for end in range(4, len(history))])
    both = np.sort(np.concatenate([errors, -errors]))
    assert found[0].min() == pytest.approx(2.0 + both[0], abs=0.2) and found[0].max() == pytest.approx(2.0 + both[-1], abs=0.2)


def test_the_last_value_goes_on_and_errors_grow_as_those_of_a_walk() -> None:
    history = np.cumsum(np.random.default_rng(3).normal(0, 1, 400)) + 0.0
    found = said("last value", history, steps=16)
    assert np.median(found[10]) == pytest.approx(history[-1], abs=0.3)
    assert found[15].std() / found[0].std() == pytest.approx(4, rel=0.25)


def test_drift_follows_a_straight_line_exactly() -> None:
    history = 5 - 2.0 * np.arange(40)
    assert said("drift", history) == pytest.approx(
        np.repeat((history[-1] - 2.0 * np.arange(1, STEPS + 1))[:, None], MEMBERS, axis=1)
    )
    sums = said("drift", history, "sum")
    assert sums[:, 0] == pytest.approx(np.cumsum(history[-1] - 2.0 * np.arange(1, STEPS + 1)))


def test_climatology_is_the_history_itself() -> None:
    history = np.random.default_rng(4).normal(0, 1, 60)
    found = said("climatology", history)
    assert np.quantile(found[3], (0.1, 0.5, 0.9)) == pytest.approx(np.quantile(history, (0.1, 0.5, 0.9)), abs=0.02)
    sums = said("climatology", history, "sum")
    assert sums[2].mean() == pytest.approx(np.convolve(history, np.ones(3), "valid").mean(), abs=0.05)


def test_a_season_that_repeats_exactly_is_forecast_exactly() -> None:
    year = np.sin(np.arange(52) / 52 * 2 * np.pi)
    history = np.concatenate([year, year])[:80]
    found = said("seasonal", history)
    assert found == pytest.approx(np.repeat(year[28 : 28 + STEPS, None], MEMBERS, axis=1), abs=1e-9)


@pytest.mark.parametrize("name", ["theta", "damped trend", "persistence", "last value"])
def test_on_a_walk_with_noise_the_intervals_hold_what_comes(name: str) -> None:
    """PIT values over many series: their mean square distance from even is that of a calibrated forecast, not of a narrow one."""
    draws = np.random.default_rng(5)
    places, narrow = [], []
    for _ in range(20):
        series = np.cumsum(draws.normal(0, 0.3, 66)) + draws.normal(0, 0.3, 66)
        found = said(name, series[:60])
        places.append(pit(found[3], series[63]))
        narrow.append(pit(np.median(found[3]) + 0.15 * (found[3] - np.median(found[3])), series[63]))
    assert np.mean([0.05 < place < 0.95 for place in places]) >= 0.7
    assert np.mean([0.05 < place < 0.95 for place in narrow]) < 0.6


def test_arima_finds_the_law_of_a_process_it_can_fit() -> None:
    """On an AR(1) its forecast is as good as that of the true law, and better than persistence."""
    draws = np.random.default_rng(6)
    gains, losses = [], []
    for _ in range(8):
        series = np.zeros(220)
        for step in range(1, 220):
            series[step] = 0.6 * series[step - 1] + draws.normal()
        history, came = series[:214], series[216]
        truth = 0.6**3 * history[-1] + np.sqrt((1 - 0.6**6) / (1 - 0.36)) * np.random.default_rng(7).normal(0, 1, 2000)
        fitted = crps_sample(said("arima", history)[2], came)
        gains.append(crps_sample(said("last value", history)[2], came) - fitted)
        losses.append(fitted - crps_sample(truth, came))
    assert np.mean(gains) > 0 and abs(np.mean(losses)) < 0.1


@pytest.mark.filterwarnings("ignore")
def test_what_an_arma_process_is_expected_to_do_is_what_the_library_says() -> None:
    from statsmodels.tsa.arima.model import ARIMA

    from foedus.history.baselines import _expected

    draws = np.random.default_rng(8)
    series = np.zeros(120)
    for step in range(2, 120):
        series[step] = 0.5 * series[step - 1] + 0.2 * series[step - 2] + draws.normal()
    fitted = ARIMA(series, order=(2, 0, 1), trend="n").fit()
    assert _expected(series, fitted.arparams, fitted.maparams, 5) == pytest.approx(fitted.forecast(5), abs=1e-6)


def test_the_usual_change_goes_on_as_the_same_weeks_did_on_average() -> None:
    weeks = np.arange(52 * 4 + 10)
    history = 1000 + 300 * np.sin(2 * np.pi * weeks / 52) + 2.0 * weeks
    found = said("usual change", history, steps=60)
    ahead = np.arange(len(history), len(history) + 60)
    assert np.median(found, axis=1) == pytest.approx(1000 + 300 * np.sin(2 * np.pi * ahead / 52) + 2.0 * ahead, abs=1e-6)
    assert forecast_baseline("usual change", history[:50], STEPS, "value", np.random.default_rng(1)) is None


def test_the_errors_of_the_usual_change_are_those_of_the_season() -> None:
    weeks = np.arange(52 * 8)
    loud = np.where(np.abs(weeks % 52 - 26) < 13, 20.0, 1.0)
    history = 1000 + np.cumsum(loud * np.random.default_rng(4).normal(0, 1, len(weeks)))
    width = {end: float(np.std(said("usual change", history[: 52 * 7 + end], steps=1))) for end in (2, 26)}
    assert width[26] > 5 * width[2]


def test_it_is_made_only_where_it_is_declared() -> None:
    assert "usual change" not in baselines_for("local level") and baselines_for("usual change") == (*BASELINES, "usual change")
