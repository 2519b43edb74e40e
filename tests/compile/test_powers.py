"""`x ^ p` means the same whether p is written down, a lever, a parameter, or changes in time."""

from __future__ import annotations

import math

import numpy as np
import pytest

from foedus import numerics
from helpers import HEAD, course, refusal, same_bits

# (base, exponent) -> the real number that it is, NaN where there is none
POWERS: dict[tuple[float, float], float] = {
    (-3, 2): 9,
    (-3, 3): -27,
    (-2, -1): -0.5,
    (-2, -2): 0.25,
    (-1.5, 7): -(1.5**7),
    (-2, 11): -2048,
    (-2, 12): 4096,
    (-1, 101): -1,
    (3, 2): 9,
    (2, 0.5): math.sqrt(2),
    (9, -0.5): 1 / 3,
    (2, 1 / 3): 2 ** (1 / 3),
    (1.1, 8): 1.1**8,
    (0, 0): 1,
    (-4, 0): 1,
    (5, 0): 1,
    (0, 2): 0,
    (0, 0.3): 0,
    (0, -1): math.inf,
    (0, -0.5): math.inf,
    (-8, 1 / 3): math.nan,
    (-8, 0.5): math.nan,
    (-8, -2.5): math.nan,
}
WAYS = {
    "a constant": "let p : 1 = {p!r}",
    "a lever": "lever p : 1 from -200 to 200 = {p!r}",
    "a parameter that a scenario sets": "param p : 1 = {p!r}\nscenario other {{ p = 1.25 }}",
    "an uncertain parameter": 'param p : 1 ~ sample({p!r}, 7777) below 7776 because "x"',
    "a value that changes in time": "let p : 1 = {p!r} + 0 * time / 1 week",
    "a stock": "stock p : 1 = {p!r} signed",
}


def tolerance(base: float, exponent: float) -> float:
    """How far powers by multiplication and by exp and log may differ, relatively."""
    return 1e-15 * max(1.0, abs(exponent * math.log(abs(base)))) if base else 0.0


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("base", "exponent"), POWERS)
def test_a_power_is_the_same_real_number_however_its_exponent_is_given(base: float, exponent: float, way: str) -> None:
    text = HEAD + f"stock x : 1 = {base!r} signed\n{WAYS[way].format(p=exponent)}\nlet y : 1 = x ^ p\n"
    expected = POWERS[base, exponent]
    for engine in ("reference", "compiled"):
        found = float(course(text, engine=engine)["y"][0, 0])
        assert found == pytest.approx(expected, rel=max(tolerance(base, exponent), 1e-7), nan_ok=True), engine  # saved as float32


@pytest.mark.parametrize(("base", "exponent"), [pair for pair, value in POWERS.items() if math.isfinite(value)])
def test_powers_by_multiplication_and_by_logarithms_agree_to_the_last_digits(base: float, exponent: float) -> None:
    assert float(numerics.power(base, exponent)) == pytest.approx(POWERS[base, exponent], rel=tolerance(base, exponent))


def test_whole_powers_of_many_bases_agree_to_the_last_digits() -> None:
    random = np.random.default_rng(3)
    for exponent in range(-8, 9):
        bases = random.uniform(-20, 20, 2000)
        exact = bases**exponent
        allowed = 1e-15 * np.maximum(1.0, np.abs(exponent * np.log(np.abs(bases))))
        assert np.all(np.abs(numerics.power(bases, float(exponent)) / exact - 1) <= allowed)


def test_a_whole_power_of_a_whole_number_is_whole() -> None:
    bases, exponents = np.meshgrid(np.arange(-40.0, 41.0), np.arange(1.0, 41.0))
    exact = bases**exponents
    kept = np.abs(exact) < 2.0**40
    assert np.array_equal(numerics.power(bases[kept], exponents[kept]), exact[kept])


def test_both_engines_give_the_same_bits_for_any_power() -> None:
    text = HEAD + 'param a : 1 ~ normal(0, 3) because "x"\nparam p : 1 ~ sample(-3, -2.5, -1, 0, 0.5, 1, 2, 9, 10) because "x"\n'
    text += "question q at 2 weeks value a ^ p\n"
    runs = [course(text, futures=500, engine=engine).answers["q"] for engine in ("reference", "compiled")]
    assert same_bits(*runs)
    assert 0.05 < np.isnan(runs[0]).mean() < 0.2  # a negative number to a power of a half


REFUSED = ("(-8)^(1/3)", "(-8)^0.5", "sqrt(-2)", "log(-1)", "1/0", "0^-1")


@pytest.mark.parametrize("number", REFUSED)
def test_a_constant_that_is_no_real_number_says_so(number: str) -> None:
    (problem,) = refusal(HEAD + f'param x : 1 ~ normal({number}, 1) because "x"\n').problems
    assert (problem.line, problem.code) == (2, "not-real")
    assert "no real number" in problem.message
