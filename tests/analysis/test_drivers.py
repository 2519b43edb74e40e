"""A parameter is named where it moves an answer, and not for being one of many, nor for being drawn with others again and again."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.analysis.drivers import Ranks, drivers, largest_by_chance
from foedus.analysis.pieces import Bins, Pieces
from foedus.ensemble import Joint, Settings, run_ensemble
from helpers import program_of

IDLE = 60
MODEL = "\n".join(
    [
        "model m for 1 week step 1 week",
        'param strong : 1 ~ normal(0, 1) because "x"',
        *(f'param idle{number} : 1 ~ normal(0, 1) because "x"' for number in range(IDLE)),
        "noise w : 1 ~ normal(0, 1) every week",
        f"let nothing : 1 = 0 * ({' + '.join(f'idle{number}' for number in range(IDLE))})",
        "question sum at the end value strong + 3 * w + nothing",
        "question luck at the end value w + nothing + 0 * strong",
    ]
)


def test_one_of_many_that_do_nothing_is_named_by_one_answer_in_twenty() -> None:
    program, falsely, seeds = program_of(MODEL), 0, 40
    for seed in range(seeds):
        ran = run_ensemble(program, Settings(1000, seed))
        ranks = Ranks(ran)
        by_name = {slot.name: {one.parameter for one in drivers(ran, slot, ranks)} for slot in program.results}
        assert "strong" in by_name["sum"]
        falsely += len(by_name["luck"]) > 0
    assert falsely <= 7  # of 40 at one in twenty: more come once in three hundred times


def test_members_that_come_again_name_no_more() -> None:
    """Each draw of all parameters comes ten times, with other luck: what a member has by chance is no effect of its parameters."""
    program, falsely, seeds = program_of(MODEL), 0, 20
    for seed in range(seeds):
        generator = np.random.default_rng(seed)
        values = {slot.name: generator.standard_normal((1, 100)) for slot in program.parameters}
        ran = run_ensemble(program, Settings(1000, seed), joint=Joint("made", values))
        named = {one.parameter for one in drivers(ran, program.results[0], Ranks(ran))}
        falsely += len(named - {"strong"}) > 0
    assert falsely <= 5


@pytest.mark.parametrize("times", [1, 5, 20])
def test_a_share_of_what_does_nothing_is_nothing_on_average(times: int) -> None:
    """Over 200 made-up answers that hang on the member, and on nothing that is known of it."""
    generator, values = np.random.default_rng(times), 400
    plain, lined = [], []
    for _ in range(200):
        x = np.repeat(generator.standard_normal(values), times)
        y = np.repeat(generator.standard_normal(values), times) + generator.standard_normal(len(x))
        bins = Bins.by_rank(x, 20)
        assert (bins.value_of is None) == (times == 1)
        strays, _ = bins.strays(y - y.mean())
        sums = np.bincount(bins.of, weights=y - y.mean()) ** 2 / np.bincount(bins.of)
        plain.append(sums.sum() / (19 * strays * float(np.var(y, ddof=1))))
        lined.append(Pieces(x, y, 20).share(np.arange(len(x)) % 20)[0])
    assert np.mean(plain) == pytest.approx(1, abs=0.08)
    assert np.mean(lined) < 0.03  # a share is never negative: half of what chance gives stays


def test_a_value_among_few_is_no_member() -> None:
    """Of a prior with three values the means over bins tell what the value does, however often each comes."""
    x = np.random.default_rng(0).choice([1.0, 2.0, 5.0], 2000)
    bins = Bins.by_rank(x, 20)
    assert bins.value_of is not None and bins.strays(x - x.mean())[0] == 1.0


@pytest.mark.parametrize("rest", [40, 80, 2000])
def test_the_largest_by_chance_is_the_quantile_of_the_largest_of_so_many(rest: int) -> None:
    generator = np.random.default_rng(1)
    shape = (5_000, 100)
    sums = generator.chisquare(19, shape) / (generator.chisquare(rest, shape) / rest)
    assert largest_by_chance(19, rest, 100) == pytest.approx(float(np.quantile(sums.max(axis=1) - 19, 0.95)), rel=0.06)
    assert largest_by_chance(19, 2, 100) == np.inf


def test_what_goes_along_with_a_cause_and_acts_on_nothing_is_no_driver() -> None:
    text = """model pair for 4 week step 1 week
param cause : 1 ~ normal(0, 1) because "x"
param shadow : 1 ~ normal(0, 1) because "x"
correlate cause with shadow at 0.95
stock level : 1 = cause signed
stock other : 1 = shadow signed
question q at the end value level
question both at the end value level + other
"""
    program = program_of(text)
    ran = run_ensemble(program, Settings(2000, 1))
    ranks = Ranks(ran)
    named = {slot.name: {driver.parameter for driver in drivers(ran, slot, ranks)} for slot in program.results}
    assert named == {"q": {"cause"}, "both": {"cause", "shadow"}}
