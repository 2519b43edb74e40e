"""Flip points, worth, bands and the step-size check on models whose answer is known."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from tests.helpers import program_of

from foedus.analysis import Ranks, bands, step_warnings
from foedus.analysis.worth import worth
from foedus.case import load
from foedus.ensemble import Settings, run_ensemble
from foedus.study.flip import flip

HEAD = "model m for 4 weeks step 1/4 week\n"


def test_every_crossing_is_found_and_what_was_not_tried_is_in_its_error(tmp_path: Path) -> None:
    path = tmp_path / "m.foedus"
    path.write_text(HEAD + "lever lv : 1 from 0 to 100 = 0\nquestion q at the end true when lv > 40 and lv < 60\n")
    (found,) = flip(load(str(path)), "lv", points=11, futures=200)
    assert [rises for _, _, rises in found.crossings] == [True, False]
    for (place, error, _), true in zip(found.crossings, (40, 60), strict=True):
        assert abs(place - true) <= error <= 0.01


def test_a_crossing_has_the_error_of_its_futures_not_of_the_grid(tmp_path: Path) -> None:
    """Over sixty seeds it scatters as much as is said, and about the truth: the median of a, 50, whatever the grid."""
    path = tmp_path / "m.foedus"
    path.write_text(
        HEAD
        + 'param a : 1 ~ normal(50, 20) because "x"\nlever lv : 1 from 0 to 110 = 0\nquestion q at the end true when a < lv\n'
    )
    case = load(str(path))
    for points in (2, 12):
        found = np.array([flip(case, "lv", points=points, futures=400, seed=seed)[0].crossings[0][:2] for seed in range(60)])
        stated, actual = float(np.sqrt((found[:, 1] ** 2).mean())), float(found[:, 0].std(ddof=1))
        assert 0.8 <= stated / actual <= 1.3, points
        assert abs(found[:, 0].mean() - 50) < 3 * actual / math.sqrt(60)


FEW = {
    "assumptions": ('param x : 1 ~ normal(50, 20) because "x"\n', "lv + x > 90", (40.0,)),
    "steep against the grid": ('param x : 1 ~ normal(50, 4) because "x"\n', "lv + x > 90", (40.0,)),
    "luck": ("event war at rate 0.002 * lv per week\n", "war", (17.3,)),
    "noise and assumptions": (
        'noise w : 1 ~ normal(0, 10) every week\nparam x : 1 ~ normal(50, 10) because "x"\n',
        "lv + x + w > 90",
        (40.0,),
    ),
    "up and down": ('param x : 1 ~ normal(0, 6) because "x"\n', "abs(lv - 50 + x) < 10", (40.0, 60.0)),
}


@pytest.mark.parametrize("kind", FEW)
@pytest.mark.parametrize("points", [5, 11])
def test_few_futures_say_how_far_off_a_crossing_may_be(tmp_path: Path, kind: str, points: int) -> None:
    """Sixty futures, sixty seeds: every crossing is found, and it scatters as much as is said; each ratio has an error of 9 %."""
    statements, holds, places = FEW[kind]
    path = tmp_path / "m.foedus"
    text = f"model m for 20 weeks step 1 week\nlever lv : 1 from 0 to 100 = 50\n{statements}question q at the end true when {holds}\n"
    path.write_text(text)
    case = load(str(path))
    found = np.array(
        [[one[:2] for one in flip(case, "lv", points=points, futures=60, seed=seed)[0].crossings] for seed in range(60)]
    )
    assert found.shape == (60, len(places), 2)
    for number, place in enumerate(places):
        actual, stated = float(found[:, number, 0].std(ddof=1)), float(np.sqrt((found[:, number, 1] ** 2).mean()))
        assert 0.75 <= stated / actual <= 1.3, stated / actual
        assert abs(found[:, number, 0].mean() - place) < 4 * actual / math.sqrt(60)


def test_a_stretch_that_hides_more_crossings_gives_them_all(tmp_path: Path) -> None:
    """Between the ends it goes up, down and up again: an even grid of two positions sees one crossing."""
    path = tmp_path / "m.foedus"
    condition = "lv > 20 and lv < 55 or lv > 80"
    path.write_text(HEAD + f"lever lv : 1 from 0 to 100 = 0\nquestion q at the end true when {condition}\n")
    (found,) = flip(load(str(path)), "lv", points=2, futures=100)
    assert [rises for _, _, rises in found.crossings] == [True, False, True]
    for (place, error, _), true in zip(found.crossings, (20, 55, 80), strict=True):
        assert abs(place - true) <= error < 0.1


def test_what_flickers_about_the_threshold_is_one_crossing(tmp_path: Path) -> None:
    """Each position draws by itself: close by the threshold the side changes often, which says nothing."""
    path = tmp_path / "m.foedus"
    waves = "a + 8 * sin(a * 40 + lv * 3) < lv"
    path.write_text(
        HEAD
        + f'param a : 1 ~ normal(50, 20) because "x"\nlever lv : 1 from 0 to 100 = 0\nquestion q at the end true when {waves}\n'
    )
    case = load(str(path))
    for seed in range(10):
        ((place, error, rises),) = flip(case, "lv", points=6, futures=100, seed=seed)[0].crossings
        assert rises and abs(place - 50) < 4 * error


def test_worth_shares_the_variance_of_a_sum() -> None:
    text = (
        HEAD
        + 'param a : 1 ~ normal(0, 2) because "x"\nparam b : 1 ~ normal(0, 1) because "x"\nquestion q at the end value a + b\n'
    )
    ran = run_ensemble(program_of(text), Settings(10_000, 0))
    first, second = worth(ran, ran.program.results[0], Ranks(ran))
    assert (first.subject, second.subject) == ("a", "b")
    assert first.share == pytest.approx(0.8, abs=0.02) and second.share == pytest.approx(0.2, abs=0.02)


def test_bands_are_the_quantiles_of_the_trajectories() -> None:
    text = HEAD + 'param a : 1 ~ normal(0, 1) because "x"\nstock s : 1 = a signed\n'
    ran = run_ensemble(program_of(text), Settings(2000, 0, trajectories=2000))
    (band,) = bands(ran, (), {})
    drawn = ran.parameters[0]
    assert band.quantiles["baseline"][:, 0] == pytest.approx(np.quantile(drawn, (0.05, 0.25, 0.5, 0.75, 0.95)), abs=1e-6)


def test_the_step_size_check_knows_a_step_that_is_too_long() -> None:
    text = "model m for 4 weeks step {} week\nstock s : 1 = 1\nflow f : s -> outside = s * 0.9 / 1 week\nquestion q at the end value s\n"
    text = text.replace("= 1\nflow", "= k\nflow").replace("stock", 'param k : 1 ~ 0.5 to 2 because "x"\nstock', 1)
    ran = {step: run_ensemble(program_of(text.format(step)), Settings(200, 0)) for step in ("1", "1/2", "1/512", "1/1024")}
    assert step_warnings(ran["1"], ran["1/2"]) and not step_warnings(ran["1/512"], ran["1/1024"])
