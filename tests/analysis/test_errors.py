"""Every stated error is the error of the number it stands at: over sixty seeds, for every kind of statistic and every design."""

from __future__ import annotations

import math
from collections import defaultdict

import numpy as np
import pytest
from scipy import stats
from tests.helpers import program_of

from foedus.analysis import Ranks, compare, drivers
from foedus.analysis.estimate import LEVELS, Sample, difference_of
from foedus.ensemble import Settings, run_ensemble

TEXT = """
model m for 20 weeks step 1/4 week
param a : 1 ~ normal(0, 1) because "x"
param b : 1 ~ lognormal(0, 0.5) because "x"
param c : 1 ~ uniform(0, 1) because "x"
lever shift : 1 from 0 to 1 = 0
lever rate : 1 from 0 to 1 = 0.0005
noise w : 1 ~ normal(0, 1) every week
stock s : 1 = 0 signed
flow f : outside -> s = (a + w + 0.3 * shift * b) * 1 / 1 week
event shock at rate 0.05 * b per week
event rare at rate rate per week
scenario more { shift = 1 }
scenario rarer { rate = 0.001 }
question p_mixed at the end true when s > 5 or shock
question p_parameters at the end true when a + b > 1
question mixed at the end value s + b
question parameters at the end value a + b * c
question rare at the end true when rare
question date first time s > 8 by 18 weeks
question given at the end value s given shock
"""
SEEDS, FUTURES = 60, 1000
MOVES = {"more": ("p_mixed", "mixed", "given", "date"), "rarer": ("rare",)}


def found(design: str) -> dict[str, list[tuple[float, float]]]:
    program, table = program_of(TEXT), defaultdict(list)
    for seed in range(SEEDS):
        ran = run_ensemble(program, Settings(FUTURES, seed, design=design))
        for slot in program.results:
            answers = compare(ran, slot)
            base = answers["baseline"]
            table[f"{slot.name} {slot.statistic}"].append((base.value, base.error))
            if base.quantiles is not None and base.quantile_errors is not None:
                for level, value, error in zip((5, 25, 50, 75, 95), base.quantiles, base.quantile_errors, strict=True):
                    table[f"{slot.name} p{level}"].append((value, error))
            if base.chance is not None:
                table[f"{slot.name} chance"].append((base.chance, base.chance_error))
            for scenario, names in MOVES.items():
                if slot.name in names:
                    table[f"{slot.name} {scenario}"].append((answers[scenario].difference, answers[scenario].difference_error))
    return table


@pytest.mark.parametrize("design", ["random", "lhs", "sobol"])
def test_stated_errors_are_those_of_sixty_seeds(design: str) -> None:
    """Each ratio of sixty seeds has an error of 9 %, so that single ones may lie outside; together they may not."""
    ratios = {}
    for name, rows in found(design).items():
        values = np.array(rows)
        ratios[name] = float(np.sqrt((values[:, 1] ** 2).mean()) / values[:, 0].std(ddof=1))
    outside = {name: ratio for name, ratio in ratios.items() if not 0.8 <= ratio <= 1.25}
    assert len(outside) <= 3 and all(0.65 <= ratio <= 1.45 for ratio in outside.values()), outside
    assert 0.93 <= float(np.median(list(ratios.values()))) <= 1.13


def test_a_rare_difference_that_was_not_seen_is_never_certain() -> None:
    ran = run_ensemble(program_of(TEXT.replace("= 0.0005", "= 0.00001").replace("= 0.001", "= 0.00002")), Settings(200, 0))
    slot = next(one for one in ran.program.results if one.name == "rare")
    answer = compare(ran, slot)["rarer"]
    assert answer.difference == 0.0 and answer.difference_error == pytest.approx(1 / 200)


SHARES = """
model m for 1 week step 1 week
param strong : 1 ~ normal(0, 1) because "x"
param medium : 1 ~ lognormal(0, 0.5) because "x"
param weak : 1 ~ uniform(0, 1) because "x"
noise w : 1 ~ normal(0, 1) every week
question sum at the end value 2 * strong + 1.6 * medium + 1.2 * weak + w
question is_high at the end true when 2 * strong + 1.6 * medium + 1.2 * weak + w > 3
question bent at the end value strong^2 + medium * weak + w given medium > 0.7
"""


@pytest.mark.parametrize("design", ["random", "lhs", "sobol"])
def test_the_error_of_a_share_is_that_of_sixty_seeds(design: str) -> None:
    program, table = program_of(SHARES), defaultdict(list)
    for seed in range(SEEDS):
        ran = run_ensemble(program, Settings(2 * FUTURES, seed, design=design))
        ranks = Ranks(ran)
        for slot in program.results:
            for driver in drivers(ran, slot, ranks):
                table[slot.name, driver.parameter].append((driver.share, driver.share_error))
    seen = {name: np.array(rows) for name, rows in table.items() if len(rows) == SEEDS}
    assert len({name[1] for name in seen}) == 3 and len(seen) >= 6
    ratios = {name: float(np.sqrt((rows[:, 1] ** 2).mean()) / rows[:, 0].std(ddof=1)) for name, rows in seen.items()}
    outside = {name: ratio for name, ratio in ratios.items() if not 0.8 <= ratio <= 1.25}
    assert len(outside) <= 1 and all(0.7 <= ratio <= 1.4 for ratio in outside.values()), ratios


@pytest.mark.parametrize("top", [0.06, 0.055, 0.052])
def test_a_quantile_on_the_last_of_its_steps_is_not_certain_under_replicates(top: float) -> None:
    """Everything lies at or below the last step: what may carry the quantile down is the share below it."""
    found = []
    for seed in range(60):
        answers = np.where(np.random.default_rng(seed).random(1600) < top, 10.0, 9.0)
        found.append(Sample(answers, np.arange(1600) % 16).quantile_with_error(0.95))
    values, errors = np.array(found).T
    assert values.std() > 0 and 0.6 < math.sqrt(np.mean(errors**2)) / values.std() < 1.6


def stated_over_actual(
    level: float, width: float, place: float, replicates: int = 0, seeds: int = 300, count: int = 1001
) -> float:
    """Of a quantile of answers on steps, each so wide and the nearest border so far off as `width` and `place` say, in errors of the level."""
    error = math.sqrt(level * (1 - level) / count)
    answers = np.floor((np.random.default_rng(7).random((seeds, count)) - level - place * error) / (width * error))
    groups = np.arange(count) % replicates if replicates else None
    stated = [Sample(row, groups).quantile_with_error(level)[1] for row in answers]
    borders = level + (place + width * np.arange(-9, 10)) * error
    above = stats.binom.cdf(round(level * (count - 1)), count, np.clip(borders, 0, 1))  # the quantile stands above each
    together = above[None, :] * (1 - above[:, None])  # of a border and a higher one
    variance = np.triu(together).sum() + np.triu(together, 1).sum()
    return math.sqrt(float(np.mean(np.square(stated)) / variance))


@pytest.mark.parametrize("level", [0.25, 0.5])
@pytest.mark.parametrize("width", [2.2, 3.2, 6.0])
@pytest.mark.parametrize("place", [-1.5, -0.8, 0.0, 0.6, 1.2])
def test_a_quantile_on_steps_is_as_sure_as_it_is(level: float, width: float, place: float) -> None:
    """A median that can only stand on steps jumps or does not: over many runs the error that is stated is that of what it does."""
    assert 0.8 <= stated_over_actual(level, width, place) <= 1.25


@pytest.mark.parametrize(("width", "place"), [(2.2, 0.5), (3.0, 1.0), (4.6, 0.0), (8.0, 1.5)])
def test_a_quantile_on_steps_is_as_sure_as_it_is_under_replicates(width: float, place: float) -> None:
    assert 0.75 <= stated_over_actual(0.5, width, place, replicates=16) <= 1.3


@pytest.mark.parametrize("is_replicated", [False, True])
@pytest.mark.parametrize("alike", [0.0, 0.5, 0.95])
@pytest.mark.parametrize("top", [0.5, 0.51])
def test_a_difference_of_medians_on_steps_knows_that_both_jump(top: float, alike: float, is_replicated: bool) -> None:
    """Both medians stand on the last step or the one before; the share of futures that go alike in both is as stated."""
    found = []
    for seed in range(300):
        luck = np.random.default_rng(seed)
        one, other = luck.random((2, 1600))
        other = np.where(luck.random(1600) < alike, one, other)
        replicates = np.arange(1600) % 16 if is_replicated else None
        before, after = (
            Sample(np.where(row < top, low + 1, low), replicates).quantile(0.5) for row, low in ((one, 9.0), (other, 11.0))
        )
        found.append(difference_of(after, before, replicates, 0.5))
    values, errors = np.array(found).T
    assert 0.72 <= math.sqrt(np.mean(errors**2)) / values.std(ddof=1) <= 1.25


def test_few_futures_have_no_tails_and_a_single_one_no_error() -> None:
    for count in (1, 2, 3, 4, 19, 20):
        sample = Sample(np.arange(float(count)))
        told = [not math.isnan(sample.quantile_with_error(level)[0]) for level in LEVELS]
        assert told == [count >= 20, count >= 4, True, count >= 4, count >= 20]
        assert math.isnan(sample.mean().error) == math.isnan(sample.quantile(0.5).error) == (count < 2)
        shifted = Sample(np.arange(float(count)) + 3)
        for name in ("mean", "quantile"):
            one, first = (getattr(row, name)(*(() if name == "mean" else (0.5,))) for row in (shifted, sample))
            difference, error = difference_of(one, first, None, 1.0)
            assert difference == 3 and math.isnan(error) == (count < 2)


def test_a_difference_that_was_not_seen_is_allowed_for_among_the_futures_that_apply() -> None:
    """Of a thousand futures ten are asked: the next one asked may differ, which is a tenth."""
    answers = np.where(np.arange(1000) < 10, 0.0, np.nan)
    one = Sample(answers).probability()
    assert difference_of(one, one, None, 1.0) == (0.0, pytest.approx(1 / 10))


def test_replicates_that_agree_are_not_certain() -> None:
    """As many of each replicate are 1: a replicate more may have another number of them."""
    answers, replicates = np.repeat((np.arange(125) < 31).astype(float), 16), np.tile(np.arange(16), 125)
    for found in (Sample(answers, replicates).mean(), Sample(answers, replicates).probability()):
        assert found.value == 31 / 125 and 1 / 5000 < found.error < 1 / 1000
    assert Sample(np.full(2000, 3.0), replicates).mean().error == 0.0


def test_what_sums_of_doubles_leave_is_no_difference() -> None:
    """The same amounts by two ways of adding: they differ in every future by a last digit, and so always to one side."""
    amounts = np.linspace(1e5, 9e5, 1000)
    off = Sample(np.nextafter(amounts, np.inf)).mean()
    assert difference_of(off, Sample(amounts).mean(), None, 1.0)[0] == 0.0
    near = Sample(amounts * (1 + 1e-9)).mean()
    assert difference_of(near, Sample(amounts).mean(), None, 1.0)[0] == pytest.approx(5e-4)
