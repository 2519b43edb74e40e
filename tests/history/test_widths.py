"""Scales of luck, learned: against the closed form of a walk, by ranks of made-up truths, and what is refused."""

from __future__ import annotations

import datetime
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from foedus.case import Case
from foedus.errors import InputError
from foedus.history import calibrate
from foedus.history.origins import widths_are_learned
from foedus.history.past import Past, past_of
from foedus.history.posterior import Setup
from foedus.history.ranks import rank_case
from foedus.history.smoother import informed_rows
from foedus.history.widths import MOST_WIDTHS, followed_rows, learned_widths, uphill, width_rows

from .calibration_models import PACE, drain_case, logistic_case, pace_case


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return pace_case(tmp_path_factory.mktemp("pace"))


def exact(past: Past, row: int) -> tuple[float, float]:
    """Mean and deviation of the scale's score given the observations: drift, shocks and errors are normal, so that they integrate out."""
    grid = np.linspace(-5, 5, 1001)
    scores = np.zeros((past.rows, len(grid)))
    scores[row] = grid
    place = [one.name for one in past.program.parameters].index("width")
    widths = past.parameters(scores)[place] / past.program.parameters[place].scale
    weeks = np.round(past.observed[0].times - past.program.first_step * past.program.step).astype(int)
    shared = np.minimum.outer(weeks, weeks)
    density = [
        stats.multivariate_normal(
            0.1 * weeks, 0.04 * np.outer(weeks, weeks) + width**2 * shared + 0.09 * np.eye(len(weeks))
        ).logpdf(past.values)
        for width in widths
    ]
    weight = np.exp(np.array(density) - grid**2 / 2 - max(density))
    weight /= weight.sum()
    mean = float(weight @ grid)
    return mean, float(np.sqrt(weight @ (grid - mean) ** 2))


def test_the_scale_of_a_walk_has_the_exact_posterior(case: Case) -> None:
    past = past_of(case, "before")
    (row,) = width_rows(past)
    found = learned_widths(past, informed_rows(past), (row,)).draw(20_000, 0)[0]
    mean, deviation = exact(past, row)
    assert deviation < 0.8, "the data must tell something, or the test shows nothing"
    assert found.mean() == pytest.approx(mean, abs=0.03) and found.std() == pytest.approx(deviation, rel=0.04)


TWO = PACE.replace(
    "noise shock : 1/week ~ normal(0, width) every week\n",
    "noise shock : 1/week ~ normal(0, width) every week\n"
    'param other : 1/week ~ 0.05 to 0.6 because "a scale that stands in for it"\n'
    "noise jolt : 1/week ~ normal(0, other) every week\n",
).replace("= drift + shock\n", "= drift + shock + jolt\n")


def test_two_scales_that_stand_in_for_each_other_have_the_exact_posterior(tmp_path: Path) -> None:
    """Only the sum of their squares is told by the walk: the posterior lies along an arc, which no straight axis follows."""
    past = past_of(pace_case(tmp_path / "two", TWO), "before")
    rows = width_rows(past)
    found = learned_widths(past, informed_rows(past), rows)
    drawn = found.draw(20_000, 0)
    grid = np.linspace(-4, 4, 121)
    scores = np.zeros((past.rows, len(grid)))
    weeks = np.round(past.observed[0].times - past.program.first_step * past.program.step).astype(int)
    fixed = 0.04 * np.outer(weeks, weeks) + 0.09 * np.eye(len(weeks))
    sizes = []
    for row, name in zip(rows, found.names, strict=True):
        place = [one.name for one in past.program.parameters].index(name)
        scores[row] = grid
        sizes.append(past.parameters(scores)[place] / past.program.parameters[place].scale)
    gap = past.values - 0.1 * weeks
    density = np.empty((len(grid), len(grid)))
    for one, first in enumerate(sizes[0]):
        for two, second in enumerate(sizes[1]):
            covariance = fixed + (first**2 + second**2) * np.minimum.outer(weeks, weeks)
            density[one, two] = -0.5 * (gap @ np.linalg.solve(covariance, gap) + np.linalg.slogdet(covariance)[1])
    density -= (grid[:, None] ** 2 + grid[None, :] ** 2) / 2
    weight = np.exp(density - density.max())
    weight /= weight.sum()
    means = np.array([weight.sum(axis=1) @ grid, weight.sum(axis=0) @ grid])
    spreads = np.sqrt([weight.sum(axis=1) @ (grid - means[0]) ** 2, weight.sum(axis=0) @ (grid - means[1]) ** 2])
    between = (grid - means[0]) @ weight @ (grid - means[1]) / spreads.prod()
    assert between < -0.1, "they must stand in for each other, or the test shows nothing"
    slack = 3 / np.sqrt(found.carriers)  # three errors of a mean of so many points
    assert found.carriers > 40
    assert np.abs(drawn.mean(axis=1) - means).max() < slack * spreads.max()
    assert drawn.std(axis=1) == pytest.approx(spreads, rel=slack)
    assert np.corrcoef(drawn)[0, 1] == pytest.approx(between, abs=slack)


def test_what_multiplies_luck_is_followed_like_a_scale(tmp_path: Path) -> None:
    """Where little is known of a rate, the scatter that it multiplies is told wrong at its most likely value alone.

    The store is counted almost exactly, so that what is left of each week is normal given the four parameters: their posterior is that of
    draws of the prior, weighted.
    """
    past = past_of(drain_case(tmp_path / "drain"), "before")
    rows, scales = informed_rows(past), width_rows(past)
    followed = followed_rows(past, rows, scales)
    names = past.names()
    assert {names[row] for row in scales} == {"in_size", "out_size"}
    assert {names[row] for row in followed} == {"in_size", "out_size", "inflow", "rate"} and len(followed) <= MOST_WIDTHS
    drawn = learned_widths(past, rows[~np.isin(rows, followed)], followed)
    scores = np.zeros((past.rows, 400_000))
    scores[: past.uncertain] = np.random.default_rng(0).standard_normal((past.uncertain, 400_000))
    table = past.parameters(scores)
    value = {one.name: table[place] / one.scale for place, one in enumerate(past.program.parameters)}
    before, after = np.concatenate([[190.0], past.values[:-1]]), past.values
    log = np.zeros(scores.shape[1])
    for had, has in zip(before, after, strict=True):
        middle = had + value["inflow"] - value["rate"] * had
        variance = value["in_size"] ** 2 + (value["rate"] * value["out_size"] * had) ** 2 + 2 * 0.2**2
        log -= (has - middle) ** 2 / (2 * variance) + np.log(variance) / 2
    weight = np.exp(log - log.max())
    weight /= weight.sum()
    assert drawn.carriers > 80 and 1 / (weight**2).sum() > 2_000
    for name, found, own in zip(drawn.names, drawn.draw(20_000, 0), scores[list(followed)], strict=True):
        order = np.argsort(own)
        wanted = np.interp((0.1, 0.5, 0.9), np.cumsum(weight[order]), own[order])
        assert np.quantile(found, (0.1, 0.5, 0.9)) == pytest.approx(wanted, abs=0.25), name


def test_a_search_ends_at_the_top_whatever_the_curvature_on_the_way(tmp_path: Path) -> None:
    """From afar, where the likelihood of two scales is bent, and from a saddle: the step leads uphill and ends at the top."""
    turn = np.array([[0.6, -0.8], [0.8, 0.6]])
    curvature = -turn @ np.diag([50.0, 0.5]) @ turn.T
    place, top = np.array([1.4, -1.2]), np.array([0.3, 0.4])
    for _ in range(12):
        place = place + uphill(curvature @ (place - top), curvature)
    assert place == pytest.approx(top, abs=1e-6)
    saddle = turn @ np.diag([3.0, -2.0]) @ turn.T
    slope = np.array([0.4, -0.7])
    assert slope @ uphill(slope, saddle) > 0 and slope @ uphill(slope, -saddle) > 0


def test_the_members_carry_the_learned_scale_and_the_rest_follows_it(case: Case) -> None:
    learned = calibrate(case, members=300, passes=1, refinements=1, learns_widths=True)
    assumed = calibrate(case, members=300, passes=2, refinements=1, learns_widths=False)
    assert "width" in learned.updated and "width" not in assumed.updated
    past = learned.past
    mean, deviation = exact(past, width_rows(past)[0])
    scores = learned.scores[width_rows(past)[0]]
    assert scores.mean() == pytest.approx(mean, abs=0.15) and scores.std() == pytest.approx(deviation, rel=0.15)
    until = datetime.date(2024, 3, 4)
    spread = {
        name: one.forecast(until).latent["seen_week"][-1].std() for name, one in (("learned", learned), ("assumed", assumed))
    }
    assert spread["learned"] < 0.85 * spread["assumed"], "the walk was slower than its prior said"


def test_ranks_of_made_up_truths_are_uniform_for_the_scale_and_the_forecasts(case: Case) -> None:
    ranks = rank_case(case, 50, members=100, passes=1, refinements=1, learns_widths=True)
    assert "width" in ranks.names
    assert ranks.verdict()[0], ranks.tests()
    row = ranks.ranks[ranks.names.index("width")]
    assert 0.4 < row.mean() < 0.6 and 0.8 < row.std() * np.sqrt(12) < 1.2


def test_what_cannot_be_learned_is_refused(tmp_path: Path) -> None:
    event = "event jump at rate 1/20 per week\nflow moved : outside -> level = drift + shock + pulse(jump)\n"
    lucky = PACE.replace("flow moved : outside -> level = drift + shock\n", event)
    assert lucky != PACE
    for number, (case, words) in enumerate(
        ((pace_case(tmp_path / "lucky", lucky), "by chance"), (logistic_case(tmp_path / "calm"), "no parameter sets"))
    ):
        with pytest.raises(InputError, match="no-widths") as caught:
            calibrate(case, members=50, learns_widths=True)
        assert words in str(caught.value), number
    with pytest.raises(InputError, match="no-widths"):
        calibrate(logistic_case(tmp_path / "again"), method="sampler", learns_widths=True)


def test_a_setup_that_assumes_its_widths_is_what_it_always_was() -> None:
    assumed, learned = (Setup("h", "", "smoother", 300, 4, 10, 0, learns) for learns in (False, True))
    assert "learns_widths" not in assumed.document() and learned.document()["learns_widths"] is True
    assert Setup(**learned.document()) == learned


def test_the_passes_give_way_to_derivatives_where_they_run_away(tmp_path: Path) -> None:
    """Small errors and more draws than correlations can tell apart: a weekly count that is almost exact, the scales of luck left alone."""
    case = drain_case(tmp_path / "drain", 60)
    found = calibrate(case, members=60, passes=4, refinements=1, learns_widths=False)
    assert not found.statistics["misfit"], "the passes were given up"
    assert {"inflow", "rate"} <= set(found.updated) and "in_size" not in found.updated
    gap = np.median(found.prediction.values, axis=1) - found.past.values
    assert np.sqrt((gap**2).mean()) < 0.4, "twice the error of the count"


def test_widths_are_learned_unless_the_plan_says_otherwise_or_nothing_is_to_be_learned(tmp_path: Path) -> None:
    case = drain_case(tmp_path / "drain")
    assert widths_are_learned(case, "before") and calibrate(case, members=20, passes=1, refinements=0).setup.learns_widths
    assert not widths_are_learned(logistic_case(tmp_path / "logistic"), ""), "nothing of its past is luck"
    (case.folder.folder / "backtest.toml").write_text('widths = "assumed"\n', encoding="utf-8")
    assert not widths_are_learned(case, "before") and not calibrate(case, members=20, passes=1, refinements=0).setup.learns_widths


def test_what_would_take_long_is_left_to_who_asks_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = drain_case(tmp_path / "drain")
    monkeypatch.setattr("foedus.history.origins.MOST_ROWS", 20)
    assert not widths_are_learned(case, "before")
    assert calibrate(case, members=20, passes=1, refinements=0, learns_widths=True).setup.learns_widths


def test_learning_tells_how_far_it_is(case: Case) -> None:
    """From the first search to the last refinement, never backwards: a bar that stands still looks like one that hangs."""
    told: list[tuple[int, int]] = []
    calibrate(
        case, hindcast="before", members=40, passes=2, refinements=3, learns_widths=True, progress=lambda *step: told.append(step)
    )
    shares = [done / total for done, total in told]
    assert shares == sorted(shares) and shares[-1] == 1.0
    assert len({share for share in shares if share < 0.9}) >= 5, "learning is most of the work"
