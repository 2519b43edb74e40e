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
    from_interval,
    short_number,
)

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
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_says_what_is_allowed(name: str) -> None:
    build, sentence = REFUSED[name]
    with pytest.raises(ValueError, match=sentence):
        build()


NUMBERS = {
    0: "0", 12345: "12,300", 0.15: "0.15", 370: "370", 1.5: "1.5", 1e-5: "1e-05", 2e12: "2e+12",
    -40.25: "-40.2", 999: "999",
}  # fmt: skip


@pytest.mark.parametrize(("value", "text"), NUMBERS.items())
def test_numbers_are_short(value: float, text: str) -> None:
    assert short_number(value) == text
