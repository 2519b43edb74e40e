"""Parameters of futures: their laws, the three designs, correlation, and that any stretch can be drawn alone."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from scipy import stats

from foedus.distributions import Uniform
from foedus.ensemble import Sampler
from foedus.ensemble.design import MOST_REPLICATES, Design
from foedus.errors import InputError
from helpers import program_of

HEAD = "model m for 1 week step 1 week\n"
LAWS = {
    "normal(3, 2)": stats.norm(3, 2),
    "lognormal(1, 0.5)": stats.lognorm(0.5, scale=np.e),
    "uniform(-1, 3)": stats.uniform(-1, 4),
    "triangular(0, 1, 4)": stats.triang(0.25, 0, 4),
    "beta(2, 5)": stats.beta(2, 5),
    "gamma(3, 2)": stats.gamma(3, scale=2),
    "exponential(4)": stats.expon(scale=4),
    "student(3, 1, 2)": stats.t(3, 1, 2),
    "normal(0, 1) above -1 below 2": stats.truncnorm(-1, 2),
    "10 to 20 as uniform": stats.uniform(10 - 10 / 18, 10 * 20 / 18),
}
INTERVALS = ["1e-5 to 4e-5", "-3 to 5", "1 to 9 as normal", "1 to 9 as lognormal", "0.1 to 0.4 as share", "1 to 9 as uniform"]


def sampler(text: str, futures: int, design: str = "random", seed: int = 0, pools: dict | None = None) -> Sampler:
    return Sampler(program_of(HEAD + text), pools or {}, seed, design, futures)


def parameters(*laws: str) -> str:
    return "".join(f'param p{number} : 1 ~ {law} because "x"\n' for number, law in enumerate(laws))


@pytest.mark.parametrize("design", ["random", "lhs", "sobol"])
def test_every_family_has_its_law_in_every_design(design: str) -> None:
    drawn = sampler(parameters(*LAWS), 4096, design).draw(0, 4096)
    for row, (name, law) in enumerate(LAWS.items()):
        assert stats.kstest(drawn[row], law.cdf).pvalue > 1e-3, name
        assert stats.kstest(drawn[row], lambda x, law=law: law.cdf(x * 1.1 + 0.1)).pvalue < 1e-3, name


def test_mixtures_have_their_law() -> None:
    drawn = sampler(parameters("mixture(0.25, normal(0, 1), 0.75, normal(9, 1))"), 4000).draw(0, 4000)
    assert (drawn[0] > 4.5).mean() == pytest.approx(0.75, abs=0.03)
    assert stats.kstest(drawn[0][drawn[0] > 4.5], stats.norm(9, 1).cdf).pvalue > 1e-3


# written law -> each value that may be drawn, with its chance
DISCRETE = {
    "sample(1, 2, 2, 5, 9)": {1: 0.2, 2: 0.4, 5: 0.2, 9: 0.2},
    "sample(0, 1)": {0: 0.5, 1: 0.5},
    "choice(3, -1, 1, 0.5, 4, 7)": {-1: 0.375, 0.5: 0.125, 7: 0.5},
    "bernoulli(0.3)": {0: 0.7, 1: 0.3},
    "binomial(3, 0.25)": {k: stats.binom(3, 0.25).pmf(k) for k in range(4)},
    "poisson(1.5)": {k: stats.poisson(1.5).pmf(k) for k in range(16)},
    "poisson(1.5) above 0 below 3": {1: 4 / 7, 2: 3 / 7},
    "sample(1, 2, 3, 4) above 1": {2: 1 / 3, 3: 1 / 3, 4: 1 / 3},
    "mixture(0.4, sample(1, 2), 0.6, bernoulli(0.5))": {0: 0.3, 1: 0.5, 2: 0.2},
    "mixture(0.5, mixture(0.5, sample(3), 0.5, bernoulli(0.5)), 0.5, choice(1, 3))": {0: 0.125, 1: 0.125, 3: 0.75},
}


@pytest.mark.parametrize("design", ["random", "lhs", "sobol"])
def test_discrete_laws_draw_the_values_given_with_their_chances_in_every_design(design: str) -> None:
    count = 4096
    drawn = sampler(parameters(*DISCRETE), count, design).draw(0, count)
    for row, (name, chances) in enumerate(DISCRETE.items()):
        found, times = np.unique(drawn[row], return_counts=True)
        assert set(found) <= set(chances), name
        shares = dict(zip(found, times / count, strict=True))
        for value, chance in chances.items():
            error = 4.5 * np.sqrt(chance * (1 - chance) / count) if design == "random" else 1.5 * MOST_REPLICATES / count
            assert abs(shares.get(value, 0.0) - chance) <= error, (name, value)


@pytest.mark.parametrize("design", ["random", "lhs", "sobol"])
@pytest.mark.parametrize("rest", ["normal(3, 2)", "beta(2, 5)", "gamma(2, 1)", "mixture(0.5, normal(0, 1), 0.5, 4 to 5)"])
def test_single_values_in_a_mixture_keep_their_chance_in_every_design(design: str, rest: str) -> None:
    drawn = sampler(parameters(f"mixture(0.25, sample(0), 0.125, sample(1), 0.625, {rest})"), 4096, design).draw(0, 4096)[0]
    for value, chance in ((0, 0.25), (1, 0.125)):
        error = 4 * np.sqrt(chance * (1 - chance) / 4096) if design == "random" else 1.5 * MOST_REPLICATES / 4096
        assert abs((drawn == value).mean() - chance) <= error
    alone = sampler(parameters(rest), 4096, design, 1).draw(0, 4096)[0]
    left = drawn[(drawn != 0) & (drawn != 1)]
    assert stats.ks_2samp(left, alone).pvalue > 1e-3
    assert stats.ks_2samp(left, alone + 0.5).pvalue < 1e-3


def test_correlation_reaches_discrete_laws() -> None:
    text = parameters("bernoulli(0.5)", "sample(10, 20)", "poisson(30)", "normal(0, 1)")
    text += "correlate p0 with p1 at 0.8\ncorrelate p2 with p3 at -0.9\n"
    drawn = sampler(text, 20_000).draw(0, 20_000)
    both = ((drawn[0] == 1) & (drawn[1] == 20)).mean()
    assert both == pytest.approx(0.25 + np.arcsin(0.8) / (2 * np.pi), abs=0.015)  # of two halves of a joint normal
    assert drawn[0].mean() == pytest.approx(0.5, abs=0.015)
    assert np.corrcoef(drawn[2], drawn[3])[0, 1] == pytest.approx(-0.9, abs=0.02)
    assert set(np.unique(drawn[1])) == {10, 20}


def test_discrete_values_come_in_the_units_of_the_model() -> None:
    text = 'unit shell, ks = 1000 shell\nparam a : week ~ sample(1 week, 14 day, 4) because "x"\n'
    text += 'param b : ks ~ choice(1, 2000 shell, 50 %, 3) because "x"\nparam c : ks ~ poisson(2) because "x"\n'
    text += 'param d : shell ~ binomial(10 shell, 50 %) below 3 shell because "x"\n'
    drawn = sampler(text, 2000).draw(0, 2000)
    assert [set(np.unique(row)) for row in drawn[:2]] == [{1, 2, 4}, {2000, 3000}]
    assert set(np.unique(drawn[2])) >= {0, 1000, 2000, 3000} and np.all(drawn[2] % 1000 == 0)
    assert set(np.unique(drawn[3])) == {0, 1, 2}
    assert (drawn[1] == 2000).mean() == pytest.approx(2 / 3, abs=0.05)


def test_a_discrete_law_with_one_value_is_a_constant() -> None:
    found = sampler(parameters("sample(3)", "bernoulli(1)", "choice(1, 2, 0, 5)", "sample(1, 2) below 2", "uniform(0, 1)"), 10)
    assert found.uncertain == (4,)
    assert found.draw(0, 10)[:4].tolist() == [[3] * 10, [1] * 10, [2] * 10, [1] * 10]


@pytest.mark.parametrize("interval", INTERVALS)
def test_a_to_b_has_five_per_cent_beyond_each_end(interval: str) -> None:
    low, high = (float(interval.split()[place]) for place in (0, 2))
    drawn = sampler(parameters(interval), 20_000).draw(0, 20_000)[0]
    for share in ((drawn < low).mean(), (drawn > high).mean()):
        assert share == pytest.approx(0.05, abs=4 * np.sqrt(0.05 * 0.95 / 20_000))
    wrong = low + 0.1 * (high - low)
    assert (drawn < wrong).mean() > 0.06


def test_parameters_come_in_the_units_of_the_model() -> None:
    text = 'unit person, kp = 1000 person\nparam p : kp ~ 1 to 2 as uniform because "x"\nparam q : 1/day ~ claims "g"\n'
    drawn = sampler(text, 1000, pools={"q": Uniform(1.0, 2.0)}).draw(0, 1000)
    assert 900 < drawn[0].min() < drawn[0].max() < 2100
    assert 7 <= drawn[1].min() < drawn[1].max() <= 14


def test_claims_without_a_ledger_are_refused_by_name() -> None:
    with pytest.raises(InputError, match="`p` rests on claims"):
        sampler('param p : 1 ~ claims "g"\n', 10)


@pytest.mark.parametrize("design", ["random", "lhs", "sobol"])
@pytest.mark.parametrize("size", [1, 7, 64, 100])
def test_any_stretch_of_futures_can_be_drawn_alone(design: str, size: int) -> None:
    text = (
        parameters("normal(0, 1)", "0 to 1", "beta(2, 2)", "mixture(0.5, 0 to 1, 0.5, 4 to 5)") + "correlate p0 with p1 at 0.7\n"
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        whole = sampler(text, 100, design).draw(0, 100)
        parts = sampler(text, 100, design)
        pieces = np.hstack([parts.draw(first, min(size, 100 - first)) for first in range(0, 100, size)])
    assert whole.tobytes() == pieces.tobytes()


def test_each_replicate_of_a_latin_hypercube_has_one_future_in_every_stratum() -> None:
    for seed in (0, 1):
        drawn = sampler(parameters("uniform(0, 1)", "uniform(0, 1)"), 500, "lhs", seed).draw(0, 500)
        replicate = Design("lhs", seed, 500).replicate_of(np.arange(500))
        for row in drawn:
            for number in range(16):
                own = row[replicate == number]
                assert np.array_equal(np.sort((own * len(own)).astype(int)), np.arange(len(own)))
        assert abs(np.corrcoef(drawn)[0, 1]) < 0.2
    random = sampler(parameters("uniform(0, 1)"), 500).draw(0, 500)[0]
    assert len(set((random * 500).astype(int))) < 400


def test_sobol_points_fill_the_cube_more_evenly_than_random_ones() -> None:
    laws = parameters(*["uniform(0, 1)"] * 4)
    found = {design: stats.qmc.discrepancy(sampler(laws, 512, design).draw(0, 512).T) for design in ("random", "sobol")}
    assert found["sobol"] < found["random"] / 5


@pytest.mark.parametrize("design", ["random", "lhs", "sobol"])
def test_seeds_give_other_draws_in_every_design(design: str) -> None:
    one, two = (sampler(parameters("uniform(0, 1)", "normal(0, 1)"), 64, design, seed).draw(0, 64) for seed in (0, 1))
    assert not np.array_equal(one[0], two[0]) and not np.array_equal(one[1], two[1])


@pytest.mark.parametrize("coefficient", [-0.8, -0.3, 0.5, 0.95])
def test_correlation_is_that_of_the_normal_scores(coefficient: float) -> None:
    count = 10_000
    text = parameters("lognormal(0, 1)", "beta(2, 5)", "normal(0, 1)") + f"correlate p0 with p1 at {coefficient}\n"
    drawn = sampler(text, count).draw(0, count)
    scores = [np.log(drawn[0]), stats.norm.ppf(stats.beta(2, 5).cdf(drawn[1])), drawn[2]]
    error = 4 * (1 - coefficient**2) / np.sqrt(count) + 1e-3
    assert np.corrcoef(scores[0], scores[1])[0, 1] == pytest.approx(coefficient, abs=error)
    assert abs(np.corrcoef(scores[0], scores[2])[0, 1]) < 4 / np.sqrt(count)
    for row, law in ((0, stats.lognorm(1)), (1, stats.beta(2, 5))):
        assert stats.kstest(drawn[row], law.cdf).pvalue > 1e-3


def test_three_correlated_parameters_have_all_their_correlations() -> None:
    text = (
        parameters(*["normal(0, 1)"] * 3)
        + "correlate p0 with p1 at 0.6\ncorrelate p1 with p2 at -0.5\ncorrelate p0 with p2 at -0.2\n"
    )
    found = np.corrcoef(sampler(text, 20_000).draw(0, 20_000))
    np.testing.assert_allclose([found[0, 1], found[1, 2], found[0, 2]], [0.6, -0.5, -0.2], atol=0.03)


def test_an_unknown_design_is_refused() -> None:
    with pytest.raises(InputError, match="no design `halton`") as caught:
        sampler(parameters("normal(0, 1)"), 10, "halton")
    assert [one.code for one in caught.value.problems] == ["bad-design"]
