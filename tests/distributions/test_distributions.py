"""Distributions: exact quantiles, the inverse laws, refusals, independence of neighbours."""

from __future__ import annotations

import math
import pickle
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from foedus.distributions import (
    Beta,
    Constant,
    Distribution,
    Empirical,
    Exponential,
    Gamma,
    LogitNormal,
    LogNormal,
    Mixture,
    Normal,
    StudentT,
    Triangular,
    Truncated,
    Uniform,
    bernoulli,
    binomial,
    choice,
    from_interval,
    mixture,
    poisson,
    sample,
    short_number,
    truncated,
)
from helpers import ensemble, program_of

GRID = np.array([0.001, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999])

REFERENCES: dict[Distribution, object] = {
    Normal(3, 2): stats.norm(3, 2),
    LogNormal(1, 0.5): stats.lognorm(0.5, scale=math.exp(1)),
    Uniform(-1, 3): stats.uniform(-1, 4),
    Triangular(0, 1, 4): stats.triang(0.25, 0, 4),
    Beta(2, 5): stats.beta(2, 5),
    Gamma(3, 2): stats.gamma(3, scale=2),
    Exponential(4): stats.expon(scale=4),
    StudentT(3, 1, 2): stats.t(3, 1, 2),
    Truncated(Normal(0, 1), -1, 2): stats.truncnorm(-1, 2),
}

CONTINUOUS: list[Distribution] = [
    *REFERENCES,
    LogitNormal(-1, 0.8),
    Triangular(0, 0, 1),
    Triangular(0, 1, 1),
    Empirical([1, 2, 4, 8, 16]),
    Mixture([0.3, 0.7], [Normal(0, 1), Normal(5, 0.1)]),
    Truncated(LogNormal(0, 1), 0.5, math.inf),
    LogitNormal(0, 1).scaled(1000),
    Beta(2, 2).scaled(3).scaled(2),
]


@pytest.mark.parametrize("ours", REFERENCES, ids=repr)
def test_quantile_and_cdf_equal_the_reference(ours: Distribution) -> None:
    reference = REFERENCES[ours]
    np.testing.assert_allclose(ours.quantile(GRID), reference.ppf(GRID), rtol=1e-9)
    points = reference.ppf(GRID)
    np.testing.assert_allclose(ours.cdf(points), reference.cdf(points), rtol=1e-9)


@pytest.mark.parametrize("ours", CONTINUOUS, ids=repr)
def test_cdf_undoes_the_quantile(ours: Distribution) -> None:
    np.testing.assert_allclose(ours.cdf(ours.quantile(GRID)), GRID, atol=1e-9)


@pytest.mark.parametrize("ours", CONTINUOUS, ids=repr)
def test_the_cdf_rises_from_0_to_1_across_the_support(ours: Distribution) -> None:
    low, high = ours.support()
    points = np.concatenate([[max(low, -1e12)], ours.quantile(GRID), [min(high, 1e12)]])
    assert np.all(np.diff(ours.cdf(points)) >= 0)
    assert ours.cdf(points[:1])[0] == pytest.approx(0, abs=1e-9)
    assert ours.cdf(points[-1:])[0] == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("ours", [*CONTINUOUS, Constant(3)], ids=repr)
def test_scaling_multiplies_every_quantile(ours: Distribution) -> None:
    np.testing.assert_allclose(ours.scaled(2.5).quantile(GRID), 2.5 * ours.quantile(GRID), rtol=1e-12)
    np.testing.assert_allclose(ours.scaled(2.5).support(), 2.5 * np.array(ours.support()))
    with pytest.raises(ValueError, match="factor"):
        ours.scaled(0)


@pytest.mark.parametrize("ours", [*CONTINUOUS, Constant(3)], ids=repr)
def test_a_distribution_survives_pickling_and_hashing(ours: Distribution) -> None:
    assert pickle.loads(pickle.dumps(ours)) == ours
    assert hash(pickle.loads(pickle.dumps(ours))) == hash(ours)


@pytest.mark.parametrize("ours", [*CONTINUOUS, Constant(3)], ids=repr)
def test_one_element_does_not_depend_on_its_neighbours(ours: Distribution) -> None:
    u = (np.arange(37) + 0.5) / 37
    together = ours.quantile(u)
    alone = np.array([ours.quantile(u[i : i + 1])[0] for i in range(len(u))])
    assert together.tobytes() == alone.tobytes()
    assert ours.quantile(u.reshape(37, 1)).shape == (37, 1)


@settings(max_examples=60, deadline=None)
@given(
    weights=st.lists(st.floats(0.05, 1), min_size=2, max_size=4),
    centres=st.lists(st.floats(-50, 50), min_size=4, max_size=4),
    u=st.floats(1e-6, 1 - 1e-6),
)
def test_a_mixture_is_inverted_exactly(weights: list[float], centres: list[float], u: float) -> None:
    total = sum(weights)
    parts = [Normal(centre, 1 + index) for index, centre in enumerate(centres[: len(weights)])]
    mixture = Mixture([weight / total for weight in weights], parts)
    assert mixture.cdf(mixture.quantile(np.array([u])))[0] == pytest.approx(u, abs=1e-12)


def test_a_mixture_with_an_atom_gives_the_atom_its_share() -> None:
    mixture = Mixture([0.5, 0.5], [Constant(0), Uniform(1, 2)])
    np.testing.assert_allclose(mixture.quantile(np.array([0.1, 0.5, 0.75])), [0, 0, 1.5], atol=1e-12)


def test_the_empirical_distribution_runs_through_its_values() -> None:
    ours = Empirical([30, 10, 20])
    np.testing.assert_allclose(ours.quantile(np.array([0, 0.25, 0.5, 1])), [10, 15, 20, 30])
    np.testing.assert_allclose(ours.cdf(np.array([9, 10, 15, 30, 31])), [0, 0, 0.25, 1, 1])
    repeated = Empirical([1, 1, 1, 5])
    assert repeated.cdf(np.array([1.0]))[0] == pytest.approx(2 / 3)
    assert Empirical([7]).quantile(np.array([0.3]))[0] == 7


INTERVALS = {
    (300.0, 370.0, None): "lognormal, 90 % 300–370",
    (-5.0, 5.0, None): "normal, 90 % -5–5",
    (1.0, 3.0, "normal"): "normal, 90 % 1–3",
    (0.15, 0.5, "share"): "logit-normal, 90 % 0.15–0.5",
    (10.0, 20.0, "uniform"): "uniform, 90 % 10–20",
    (1e-5, 4e-5, None): "lognormal, 90 % 1e-05–4e-05",
    (12000.0, 130000.0, "lognormal"): "lognormal, 90 % 12,000–130,000",
}


@pytest.mark.parametrize(("asked", "described"), INTERVALS.items())
def test_an_interval_is_met_at_its_ends(asked: tuple[float, float, str | None], described: str) -> None:
    ours = from_interval(*asked)
    np.testing.assert_allclose(ours.quantile(np.array([0.05, 0.95])), asked[:2], rtol=1e-12)
    assert ours.describe() == described


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "negative sd": (lambda: Normal(0, -1), "sd is -1; it must be above zero"),
    "no sd": (lambda: Normal(0, 0), "sd is 0"),
    "no sigma": (lambda: LogNormal(0, 0), "sigma is 0"),
    "infinite": (lambda: Normal(math.inf, 1), "mean is inf; it must be a finite number"),
    "missing": (lambda: Constant(math.nan), "value is nan"),
    "turned round": (lambda: Uniform(2, 1), "low must be below high"),
    "equal ends": (lambda: Uniform(1, 1), "low must be below high"),
    "mode outside": (lambda: Triangular(0, 5, 1), "must rise"),
    "beta": (lambda: Beta(0, 1), "a is 0"),
    "no values": (lambda: Empirical([]), "at least one"),
    "a value missing": (lambda: Empirical([1, math.nan]), "finite"),
    "weights": (lambda: Mixture([0.5, 0.6], [Constant(0), Constant(1)]), "add up to 1.1; they must"),
    "negative weight": (lambda: Mixture([-0.5, 1.5], [Constant(0), Constant(1)]), "zero or more"),
    "uneven": (lambda: Mixture([1], [Constant(0), Constant(1)]), "give one each"),
    "no parts": (lambda: Mixture([], []), "at least one"),
    "bounds": (lambda: Truncated(Normal(0, 1), 2, 1), "must be below"),
    "nothing left": (lambda: Truncated(Normal(0, 1), 40, 50), "Almost none of the normal"),
    "interval": (lambda: from_interval(5, 5), "must be below its high end"),
    "lognormal below zero": (lambda: from_interval(-1, 5, "lognormal"), "as normal"),
    "share above one": (lambda: from_interval(0.5, 1.5, "share"), "inside 0 and 1"),
    "unknown family": (lambda: from_interval(1, 2, "cauchy"), "no family"),
    "a chance above one": (lambda: bernoulli(1.5), "p is 1.5; it must lie from 0 to 1"),
    "no chance at all": (lambda: bernoulli(math.nan), "p is nan"),
    "a negative chance": (lambda: binomial(3, -0.1), "p is -0.1"),
    "half a try": (lambda: binomial(2.5, 0.5), "n is 2.5; it must be a whole number"),
    "tries below zero": (lambda: binomial(-1, 0.5), "n is -1"),
    "endless tries": (lambda: binomial(math.inf, 0.5), "n is inf"),
    "too many tries": (lambda: binomial(1e9, 0.5), "at most 10,000,000"),
    "a negative mean": (lambda: poisson(-2), "mean is -2; it must be zero or more"),
    "a huge mean": (lambda: poisson(1e9), "at most 1,000,000"),
    "no sample": (lambda: sample([]), "at least one"),
    "an infinite value": (lambda: sample([1, math.inf]), "finite"),
    "no weights": (lambda: choice([0, 0], [1, 2]), "All weights are zero"),
    "a weight below zero": (lambda: choice([-1, 2], [1, 2]), "A weight is -1"),
    "nothing between": (lambda: truncated(sample([1, 2]), 1, 2), "None of the values lies above 1 and below 2"),
    "bounds of values": (lambda: truncated(sample([1, 2]), 2, 1), "must be below"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_says_what_is_allowed(name: str) -> None:
    build, sentence = REFUSED[name]
    with pytest.raises(ValueError, match=sentence):
        build()


NUMBERS = {
    0: "0",
    12345: "12,300",
    0.15: "0.15",
    370: "370",
    1.5: "1.5",
    1e-5: "1e-05",
    2e12: "2e+12",
    -40.25: "-40.2",
    999: "999",
}


@pytest.mark.parametrize(("value", "text"), NUMBERS.items())
def test_numbers_are_short(value: float, text: str) -> None:
    assert short_number(value) == text


# --- single values with a chance of their own

WHOLE: dict[str, tuple[Distribution, object]] = {
    "poisson": (poisson(3.7), stats.poisson(3.7)),
    "rare": (poisson(0.01), stats.poisson(0.01)),
    "many": (poisson(40_000), stats.poisson(40_000)),
    "binomial": (binomial(12, 0.3), stats.binom(12, 0.3)),
    "many tries": (binomial(1_000_000, 0.0004), stats.binom(1_000_000, 0.0004)),
    "nearly sure": (binomial(50, 0.999), stats.binom(50, 0.999)),
    "bernoulli": (bernoulli(0.2), stats.bernoulli(0.2)),
    "die": (sample(range(1, 7)), stats.randint(1, 7)),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_discrete_law_is_that_of_the_reference(name: str) -> None:
    ours, reference = WHOLE[name]
    low, high = (int(end) for end in ours.support())
    points = np.arange(max(low, int(reference.mean() - 300)), min(high, int(reference.mean() + 300)) + 1)
    np.testing.assert_allclose(ours.cdf(points), reference.cdf(points), rtol=1e-9, atol=1e-15)
    u = np.random.default_rng(1).uniform(1e-12, 1 - 1e-12, 5000)
    risen = reference.cdf(points)
    u = u[np.min(np.abs(u[:, None] - risen), axis=1) > 1e-10]  # not where the two differ in the last digits
    np.testing.assert_array_equal(ours.quantile(u), reference.ppf(u))


LAWS_WITH_VALUES = [
    *(law for law, _ in WHOLE.values()),
    choice([1, 3], [10, 20]),
    mixture([0.25, 0.75], [sample([0, 5]), Normal(2, 1)]),
    mixture([0.5, 0.2, 0.3], [Beta(2, 3), sample([0, 1]), Constant(0.5)]),
    truncated(mixture([0.25, 0.75], [sample([0, 5]), Normal(2, 1)]), 0, 4),
    truncated(poisson(3), 1, 7),
]


@pytest.mark.parametrize("ours", LAWS_WITH_VALUES, ids=lambda law: law.describe())
def test_the_quantile_is_the_smallest_value_with_so_much_at_or_below(ours: Distribution) -> None:
    u = np.random.default_rng(2).uniform(0.0005, 0.9995, 400)
    found = ours.quantile(u)
    assert np.all(ours.cdf(found) >= u - 1e-12)
    before = ours.cdf(found - 1e-7 * np.maximum(1.0, np.abs(found)))
    assert np.all(before <= u + 1e-6)
    assert np.all(np.diff(ours.quantile(np.sort(u))) >= 0)
    np.testing.assert_allclose(ours.scaled(4).quantile(u), 4 * found, rtol=1e-12)
    assert pickle.loads(pickle.dumps(ours)) == ours
    alone = np.array([ours.quantile(u[place : place + 1])[0] for place in range(len(u))])
    assert found.tobytes() == alone.tobytes()


def test_single_values_in_a_mixture_have_exactly_their_chances() -> None:
    ours = mixture([0.5, 0.25, 0.25], [Normal(0, 1), sample([0, 3]), Constant(3)])
    u = (np.arange(4096) + 0.5) / 4096
    found = ours.quantile(u)
    assert (found == 3).sum() == 4096 * (0.125 + 0.25)
    assert (found == 0).sum() == 4096 * 0.125
    assert stats.kstest(found[(found != 0) & (found != 3)], "norm").pvalue > 0.5


def test_equal_chances_have_equal_shares_of_evenly_spread_draws() -> None:
    u = (np.arange(7000) + 0.5) / 7000
    found, counts = np.unique(sample([1, 2, 2, 5, 9, -4, 0.1]).quantile(u), return_counts=True)
    assert dict(zip(found, counts, strict=True)) == {-4: 1000, 0.1: 1000, 1: 1000, 2: 2000, 5: 1000, 9: 1000}


def test_bounds_leave_what_lies_strictly_between() -> None:
    assert truncated(sample([1, 2, 3, 4, 5]), 1, 5) == sample([2, 3, 4])
    assert truncated(binomial(9, 0.4), -math.inf, math.inf) == binomial(9, 0.4)
    assert truncated(sample([1, 2, 3]), 1.5, 2.5) == Constant(2)
    np.testing.assert_allclose(truncated(poisson(2), 0, math.inf).cdf(np.array([0, 1])), [0, 2 / (math.e**2 - 1)], rtol=1e-12)


ONE_VALUE = {
    "one value": lambda: sample([4]),
    "one weight": lambda: choice([0, 2], [1, 4]),
    "the same twice": lambda: sample([4, 4]),
    "all succeed": lambda: binomial(4, 1),
    "half sure": lambda: mixture([1], [sample([4])]),
}


@pytest.mark.parametrize("name", ONE_VALUE)
def test_a_discrete_law_with_one_value_is_a_constant(name: str) -> None:
    assert ONE_VALUE[name]() == Constant(4)


def test_never_and_surely_are_constants() -> None:
    assert [bernoulli(0), bernoulli(1), poisson(0), binomial(0, 0.5), binomial(3, 0)] == [Constant(x) for x in (0, 1, 0, 0, 0)]


SHARES = {
    "0.1 to 0.3 as share": "10 to 30 as share",
    "beta(2, 8)": "beta(2, 8)",
    "logitnormal(-1, 0.5)": "logitnormal(-1, 0.5)",
    "bernoulli(0.3)": "bernoulli(0.3)",
    "beta(2, 8) below 0.25": "beta(2, 8) below 25",
    "mixture(0.5, beta(2, 8), 0.5, uniform(0.1, 0.2))": "mixture(0.5, beta(2, 8), 0.5, uniform(10, 20))",
}


@pytest.mark.parametrize("plain", SHARES)
def test_a_share_is_the_same_share_in_percent(plain: str) -> None:
    text = f'model m for 1 day step 1 day\nparam a : 1 ~ {plain} because "x"\nparam b : % ~ {SHARES[plain]} because "x"\n'
    found = {}
    for name in "ab":
        law = next(
            slot.distribution for slot in program_of(text + "question q at the end value a + b\n").parameters if slot.name == name
        )
        found[name] = law.quantile(np.linspace(0.01, 0.99, 99))
    np.testing.assert_allclose(found["b"], 100 * found["a"], rtol=1e-9)
    assert 0.01 < found["a"].max() <= 1


@pytest.mark.parametrize(("unit", "most"), [("1", 1), ("%", 100), ("person", 1), ("kperson", 1)])
def test_a_noise_between_0_and_1_reads_as_a_parameter_does(unit: str, most: float) -> None:
    text = (
        f'model m for 1 day step 1 day\nunit person\nparam a : {unit} ~ logitnormal(0, 1) because "x"\n'
        f"noise b : {unit} ~ logitnormal(0, 1) every day\nquestion a at the end value a in {unit}\nquestion b at the end value b in {unit}\n"
    )
    found = ensemble(text, 2000)
    for name in "ab":
        assert 0.85 * most < found.values(name).max() < most
        assert np.median(found.values(name)) == pytest.approx(most / 2, rel=0.06)


@pytest.mark.parametrize("inner", [Normal(0.0, 1.0), LogNormal(0.0, 1.0), Normal(-3.0, 1.0)], ids=str)
def test_a_bound_below_leaves_the_largest_draw_finite(inner: Distribution) -> None:
    """The largest uniform number that is drawn is below 1, and so is its place in the law that is cut."""
    cut = Truncated(inner, 0.5, math.inf)
    ends = cut.quantile(np.array([2.0**-53, 1.0 - 2.0**-53]))
    assert np.all(np.isfinite(ends)) and ends[0] >= 0.5 and ends[1] > inner.quantile(np.array([1 - 1e-9]))[0]
