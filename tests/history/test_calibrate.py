"""Calibration by the ensemble smoother: against the closed form of a linear model, and what must and must not move."""

from __future__ import annotations

import datetime
from pathlib import Path

import numpy as np
import pytest

from foedus.case import Case
from foedus.history import Posterior, calibrate

from .calibration_models import WALK, walk_case, weeks, written


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return walk_case(tmp_path_factory.mktemp("walk"))


@pytest.fixture(scope="module")
def posterior(case: Case) -> Posterior:
    return calibrate(case, members=2000, passes=8, seed=1)


def exact(posterior: Posterior) -> tuple[np.ndarray, np.ndarray]:
    """Mean and covariance of (drift, levels at the observations), by conditioning the normal prior on the data.

    Level at a date = drift * time + the shocks of the steps before it (a shock of a week lasts two half-week steps).
    """
    past = posterior.past
    one, program = past.observed[0], past.program
    steps = np.round(one.times / program.step).astype(int) - program.first_step
    due = np.arange(program.first_step, program.first_step + program.steps)
    number = np.maximum.accumulate(np.where(due % 2 == 0, due // 2, due[0] // 2 - 1))  # which draw holds on each step
    number -= number.min()
    design = np.zeros((len(steps), 1 + number.max() + 1))
    for row, last in enumerate(steps):
        design[row, 0] = last * program.step * 0.2
        for step in range(last):
            design[row, 1 + number[step]] += 0.3 * program.step
    offset = steps * program.step * 0.1
    gain = design.T @ np.linalg.inv(design @ design.T + 0.25 * np.eye(len(steps)))
    mean, covariance = gain @ (one.values - offset), np.eye(design.shape[1]) - gain @ design
    levels = np.vstack([np.eye(1, design.shape[1]) * 0.2, design])
    return levels @ mean + np.concatenate([[0.1], offset]), levels @ covariance @ levels.T


def test_the_posterior_of_a_linear_model_is_the_exact_one(posterior: Posterior) -> None:
    mean, covariance = exact(posterior)
    found = np.vstack([posterior.parameters["drift"], posterior.prediction.values])
    error = np.sqrt(np.diag(covariance) / posterior.members)
    assert np.abs(found.mean(axis=1) - mean).max() < 0.35 * np.sqrt(np.diag(covariance)).max()
    assert abs(found[0].mean() - mean[0]) < 6 * error[0]
    assert np.all(np.abs(found.std(axis=1) / np.sqrt(np.diag(covariance)) - 1) < 0.2)
    assert abs(0.1 - mean[0]) > 20 * error[0], "the data must move the drift, or the test shows nothing"


def test_what_no_observation_touches_stays_at_its_prior(case: Case, posterior: Posterior) -> None:
    assert posterior.updated == ("drift",)
    prior = posterior.past.parameters(posterior.past.prior_scores(posterior.members, 1))
    names = [slot.name for slot in posterior.past.program.parameters]
    assert np.allclose(posterior.parameters["far"], prior[names.index("far")], rtol=1e-5)


def test_silent_noises_are_silent_and_scales_are_left_alone(posterior: Posterior) -> None:
    names = posterior.past.names()
    silent = [row for row, name in enumerate(names) if name.startswith("noise:blur")]
    assert silent and np.all(posterior.scores[silent] == 0)
    assert names.index("width") in posterior.past.scales and "width" not in posterior.updated


def test_the_same_seed_gives_the_same_posterior_and_another_seed_another(case: Case) -> None:
    first, again, other = (calibrate(case, members=60, passes=2, seed=seed) for seed in (4, 4, 5))
    assert first.digest == again.digest != other.digest
    assert np.array_equal(first.scores, again.scores)


def test_another_parameter_moves_no_stream(case: Case, tmp_path: Path) -> None:
    text = WALK.replace("param far", 'param alien : 1 ~ 1 to 2 because "no use"\nparam far')
    dates, values = weeks("2023-07-17", 24), [1.0] * 24
    first, more = (
        calibrate(written(tmp_path / name, one, {"seen": values}, dates), members=40, passes=2, seed=0)
        for name, one in (("a", WALK), ("b", text))
    )
    assert np.array_equal(first.parameters["drift"], more.parameters["drift"])


def test_nothing_later_than_the_day_of_knowledge_is_used(case: Case, tmp_path: Path) -> None:
    until, dates = datetime.date(2023, 10, 16), weeks("2023-07-17", 24)
    values = [0.1 * place for place in range(24)]
    wild = [value if date <= until.isoformat() else 1e6 for value, date in zip(values, dates, strict=True)]
    found = [
        calibrate(written(tmp_path / name, WALK, {"seen": column}, dates), until=until, members=40, passes=2)
        for name, column in (("tame", values), ("wild", wild))
    ]
    forecasts = [one.forecast(datetime.date(2023, 12, 18), seed=3) for one in found]
    assert found[0].digest == found[1].digest
    assert np.array_equal(forecasts[0].samples["seen_week"], forecasts[1].samples["seen_week"])
    other = [value if date <= until.isoformat() else value + 1 for value, date in zip(values, dates, strict=True)]
    late = calibrate(written(tmp_path / "late", WALK, {"seen": other}, dates), members=40, passes=2)
    assert late.digest != found[0].digest


def test_a_delay_keeps_the_last_values_back(tmp_path: Path) -> None:
    text = WALK.replace("in place of blur", "in place of blur delay 2 weeks")
    written_case = written(tmp_path, text, {"seen": [0.0] * 24}, weeks("2023-07-17", 24))
    past = calibrate(written_case, until=datetime.date(2023, 10, 16), members=20, passes=1).past
    assert past.observed[0].dates[-1] == "2023-10-02"


def test_a_forecast_goes_on_from_the_smoothed_past_with_fresh_shocks(case: Case) -> None:
    posterior = calibrate(case, until=datetime.date(2023, 10, 16), members=400, passes=4)
    near, far = (posterior.forecast(datetime.date(2023, 12, 25), seed=seed) for seed in (0, 1))
    assert near.dates["seen_week"][0] == "2023-10-23" and near.samples["seen_week"].shape == (10, 400)
    assert not np.array_equal(near.samples["seen_week"], far.samples["seen_week"])
    last = posterior.prediction.values[-1]
    assert np.corrcoef(near.latent["seen_week"][0], last)[0, 1] > 0.5
    assert near.latent["seen_week"].std(axis=1)[-1] > near.latent["seen_week"].std(axis=1)[0]
    assert near.samples["seen_week"][0].std() > near.latent["seen_week"][0].std()
    beyond = posterior.forecast(datetime.date(2024, 3, 4), seed=0, futures=700)
    assert beyond.samples["seen_week"].shape == (20, 700)
    assert np.array_equal(beyond.latent["seen_week"][:10, :400], near.latent["seen_week"])


MONTHLY = """\
model trend "So much a month" as of 2024-01-01 for 24 months step 1/32 month
param rate : 1/month ~ normal(1, 0.2) because "test"
stock level : 1 = 0 signed
flow rise : outside -> level = rate
series seen : 1 from "weekly.csv" column "seen" of level
observe seen as normal(0.5) because "test"
question last at the end value level
"""


def test_a_model_of_months_is_forecast_by_the_calendar(tmp_path: Path) -> None:
    dates = [f"2024-{month:02d}-01" for month in range(2, 11)]
    case = written(tmp_path, MONTHLY, {"seen": [float(month) for month in range(1, 10)]}, dates)
    predictive = calibrate(case, members=20, passes=2, seed=1).forecast(datetime.date(2026, 6, 1))
    days, latent = predictive.dates["seen"], predictive.latent["seen"]
    calendar = case.program.calendar
    assert calendar is not None and len(days) > 5
    times = [calendar.time_of(datetime.date.fromisoformat(day)) for day in days]
    steps = np.round(np.array(times) * 32)  # the nearest step, as for what was observed
    np.testing.assert_allclose(latent / latent[0], np.outer(steps / steps[0], np.ones(latent.shape[1])), rtol=1e-9)
