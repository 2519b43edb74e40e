"""Errors of observations: their scales, densities, outliers and draws; what a text may declare."""

from __future__ import annotations

import datetime
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from foedus.compile.scope import build_scope
from foedus.constructs.observe import observation_slots
from foedus.errors import ModelError
from foedus.history import calibrate
from foedus.history.likelihood import ErrorLaw, error_law
from foedus.model import parse
from helpers import program_of, refusal

from .calibration_models import LOGISTIC, WALK, weeks, written

LAWS = [
    ErrorLaw("normal", 1.0, 2.0),
    ErrorLaw("lognormal", 1.0, 0.3),
    ErrorLaw("asinh", 25.0, 0.4, 0.05, 4.0),
    ErrorLaw("counts", 0.1, 1.0),
]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.family)
def test_the_scale_of_an_error_can_be_undone(law: ErrorLaw) -> None:
    values = np.array([0.5, 3.0, 40.0, 900.0])
    assert np.allclose(law.backward(law.forward(values)), values)
    if law.family in ("normal", "asinh"):
        assert np.allclose(law.backward(law.forward(-values)), -values)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.family)
def test_draws_and_density_belong_together(law: ErrorLaw) -> None:
    generator = np.random.default_rng(1)
    drawn = law.draw(np.full(40_000, 60.0), generator.standard_normal(40_000), generator.uniform(size=40_000))
    gap = law.forward(drawn) - law.forward(np.array([60.0]))
    grid = np.linspace(-12 * law.spread * law.times, 12 * law.spread * law.times, 20_001)
    density = np.exp(law.log_density(law.backward(grid + law.forward(np.array([60.0]))), np.array([60.0])))
    if law.family != "counts":  # whose scale ends at zero
        assert np.trapezoid(density, grid) == pytest.approx(1, abs=1e-3)
    share = law.share
    spread = law.spread * np.sqrt(1 - share + share * law.times**2)
    assert gap.std() == pytest.approx(spread, rel=0.04) and abs(gap.mean()) < 4 * spread / 200


def test_counts_are_over_dispersed() -> None:
    generator = np.random.default_rng(2)
    for mean, dispersion in ((400.0, 0.1), (2000.0, 0.2)):
        law = error_law(slot_of("counts(0.1)" if dispersion == 0.1 else "counts(0.2)"), np.array([mean]))
        drawn = law.draw(np.full(40_000, mean), generator.standard_normal(40_000), np.ones(40_000))
        assert drawn.var() == pytest.approx(mean + (dispersion * mean) ** 2, rel=0.15)
        exact = stats.nbinom(1 / dispersion**2, 1 / (1 + mean * dispersion**2))
        assert np.quantile(drawn, 0.9) == pytest.approx(exact.ppf(0.9), rel=0.05)


def slot_of(error: str):
    text = LOGISTIC.replace("lognormal(0.1)", error)
    return observation_slots(build_scope(parse(text)))[0]


def test_an_outlier_is_known_by_its_distance() -> None:
    law = LAWS[2]
    chances = law.outlier_chance(np.array([60.0, 75.0, 640.0]), law.forward(np.full(3, 60.0)), np.full(3, 0.01))
    assert chances[0] < 0.03 and chances[2] > 0.98 and np.all(np.diff(chances) > 0)


def test_one_wild_week_moves_a_robust_posterior_little(tmp_path: Path) -> None:
    robust = WALK.replace("as normal(0.5)", "as normal(0.5) outliers(5 %, 10)")
    values = [0.2 * place for place in range(24)]
    wild = [*values[:12], 30.0, *values[13:]]
    ends = {}
    for name, text, column in (("tame", WALK, values), ("plain", WALK, wild), ("robust", robust, wild)):
        posterior = calibrate(
            written(tmp_path / name, text, {"seen": column}, weeks("2023-07-17", 24)), members=200, passes=3, refinements=1
        )
        ends[name] = posterior.prediction.values[12].mean()
    assert abs(ends["robust"] - ends["tame"]) < 0.4 < abs(ends["plain"] - ends["tame"])


def test_a_single_observation_counts(tmp_path: Path) -> None:
    text = WALK.replace("observe seen_week", 'observe level = 9 on 2023-12-25 as normal(0.1) because "test"\nobserve seen_week')
    case = written(tmp_path, text, {"seen": [0.0] * 24}, weeks("2023-07-17", 24))
    posterior = calibrate(case, members=300, passes=4, refinements=2)
    assert posterior.past.observed[0].slot.name.startswith("level on 2023-12-25") and posterior.past.observed[0].dates == (
        "2023-12-25",
    )
    assert posterior.prediction.values[0].mean() > 7, "against 24 values of zero"
    early = calibrate(case, until=datetime.date(2023, 12, 1), members=40, passes=1)
    assert not len(early.past.observed[0].values)


def test_the_mean_over_a_week_is_the_mean_of_its_steps(tmp_path: Path) -> None:
    values = {"seen": [0.0] * 24}
    mean, point = (
        calibrate(written(tmp_path / name, text, values, weeks("2023-07-17", 24)), members=20, passes=1).past
        for name, text in (("mean", WALK.replace("blur because", "blur over 2 weeks because")), ("point", WALK))
    )
    scores = point.prior_scores(5, 0)
    saved, _ = point.simulate(scores)
    last = round(point.observed[0].times[3] / 0.5) - point.program.first_step
    row = [slot.name for slot in point.program.saved].index("seen")
    assert np.allclose(point.predicted(scores).values[3], saved[row, last])
    assert np.allclose(mean.predicted(scores).values[3], saved[row, last - 4 : last].mean(axis=0))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("observe counted as", "observe sighted as", "unknown-series"),
        ("lognormal(0.1)", "lognormal(0)", "not-positive"),
        ("lognormal(0.1)", "normal(2 week)", "units-differ"),
        ("lognormal(0.1)", "lognormal(0.1) in place of size", "not-a-noise"),
        ("lognormal(0.1)", "lognormal(0.1) outliers(60 %, 2)", "bad-outliers"),
        ("lognormal(0.1)", "cauchy(0.1)", "unknown-error"),
        ('because "test"\nquestion', "\nquestion", "no-because"),
        ("question final", 'variant v weight 2 { growth = 0.1 } because "x"\nquestion final', "bad-weight"),
        (
            "question final",
            'variant v weight 0.6 { growth = 0.1 } because "x"\nvariant w weight 0.6 { growth = 0.3 } because "x"\nquestion final',
            "bad-weight",
        ),
    ],
)
def test_what_cannot_be_observed_is_refused(old: str, new: str, code: str) -> None:
    assert old in LOGISTIC
    program_of(LOGISTIC)
    try:
        error = refusal(LOGISTIC.replace(old, new))
    except ModelError as found:
        error = found
    assert code in [problem.code for problem in error.problems], error
