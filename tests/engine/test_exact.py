"""Closed forms: order of convergence, invariants, conservation, delays and smoothing as XMILE defines them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from helpers import course

METHODS = {"euler": 1, "rk4": 4}


def error_of(model: str, method: str, parts: int, exact: float) -> float:
    """The error of `y` at time 2 with a step of 1/parts."""
    run = course(f"model m for 2 weeks step 1/{parts} week method {method}\n{model}\nquestion y at 2 weeks value y\n")
    return abs(run.answers["y"][0] - exact)


DECAY = "stock y : 1 = 1\nflow f : y -> outside = y * 0.9 per week"
GROWTH = "stock y : 1 = 0.1\nflow f : outside -> y = y * (1 - y) * 1.5 per week"
SPRING = "stock y : 1 = 1 signed\nstock v : 1/week = 0 signed\nflow f : outside -> y = v\nflow g : outside -> v = -y * 1 /week^2"
MOVED = "stock y : 1 = 0 signed\nflow f : outside -> y = cos(time / 1 week) per week"
FORMS = {
    "exponential decay": (DECAY, math.exp(-1.8)),
    "logistic growth": (GROWTH, 1 / (1 + 9 * math.exp(-3.0))),
    "harmonic oscillator": (SPRING, math.cos(2.0)),
    "a rate that depends on time": (MOVED, math.sin(2.0)),
}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", FORMS)
def test_a_closed_form_is_approached_with_the_order_of_the_method(name: str, method: str) -> None:
    model, exact = FORMS[name]
    coarse, fine = (error_of(model, method, parts, exact) for parts in (8, 16))
    assert coarse < 0.2
    assert math.log2(coarse / fine) == pytest.approx(METHODS[method], abs=0.35)


@pytest.mark.parametrize("method", METHODS)
def test_the_square_law_of_lanchester_keeps_its_invariant(method: str) -> None:
    text = (
        f"model m for 1 week step 1/64 week method {method}\nunit person\nstock a : person = 100 person\nstock b : person = 80 person\n"
        "let alpha : 1/week = 0.5\nlet beta : 1/week = 0.8\nflow f : a -> outside = beta * b\nflow g : b -> outside = alpha * a\n"
        "let law : person^2/week = alpha * a^2 - beta * b^2\n"
    )
    law = course(text)["law"][:, 0]
    assert law[0] == pytest.approx(0.5 * 100**2 - 0.8 * 80**2)
    assert law[-1] == pytest.approx(law[0], rel=0.2 if method == "euler" else 1e-7)


def test_people_are_conserved_to_rounding() -> None:
    text = (
        "model m for 100 weeks step 1/8 week\nindex side = a, b\nstock fit[side] : 1 = 1000\nstock hurt[side] : 1 = 0\nstock dead : 1 = 0\n"
        "noise luck : 1 ~ lognormal(0, 0.5) every week\nflow f[side] : fit[side] -> hurt[side] = 0.1 * luck * fit[side] per week\n"
        "flow g[side] : hurt[side] -> fit[side] = hurt[side] / 3 week\nflow h[side] : hurt[side] -> dead = 0.02 * hurt[side] per week\n"
        "let all : 1 = sum(fit) + sum(hurt) + dead\n"
    )
    run = course(text, futures=5)
    assert run["dead"][-1].min() > 100
    np.testing.assert_allclose(run["all"], 2000, rtol=1e-13)


# --- delays and smoothing; the input is 4 up to time 2, then 10

INPUT = "let x : 1 = 4 + step(6, 2 weeks)\n"


def response(expression: str, weeks: int = 60, parts: int = 16) -> np.ndarray:
    text = f"model m for {weeks} weeks step 1/{parts} week save every 1/{parts} week\n{INPUT}let y : 1 = {expression}\nlet z : 1 = y - x\n"
    return course(text)["y"][:, 0]


ORDERS = {
    "delay1(x, 3 weeks)": 1,
    "delay3(x, 3 weeks)": 3,
    "delayn(x, 3 weeks, 5)": 5,
    "smooth(x, 3 weeks)": 1,
    "smooth3(x, 3 weeks)": 3,
    "smoothn(x, 3 weeks, 4)": 4,
}


@pytest.mark.parametrize("expression", ORDERS)
def test_a_delay_starts_in_balance_and_settles_at_its_input(expression: str) -> None:
    y = response(expression)
    np.testing.assert_allclose(y[: 2 * 16 + 1], 4.0, rtol=1e-13)
    assert y[-1] == pytest.approx(10.0, rel=1e-6)


@pytest.mark.parametrize("expression", ORDERS)
def test_the_mean_delay_is_the_time_given(expression: str) -> None:
    y = response(expression)
    assert ((10 - y[2 * 16 :]) / 6).sum() / 16 == pytest.approx(3.0, abs=0.01)


@pytest.mark.parametrize("expression", ORDERS)
def test_a_chain_of_order_n_has_the_erlang_response(expression: str) -> None:
    """After time t, a step has arrived up to 1 - exp(-k) sum(k**j / j!) with k = n t / T; Euler comes within O(step)."""
    order, late = ORDERS[expression], 2.5
    k = order * late / 3.0
    exact = 1 - math.exp(-k) * sum(k**j / math.factorial(j) for j in range(order))
    errors = [abs((response(expression, 8, parts)[int((2 + late) * parts)] - 4) / 6 - exact) for parts in (16, 64)]
    assert errors[1] < 0.01 and errors[1] < errors[0] / 3


def test_smoothing_and_material_delay_differ_when_the_time_changes() -> None:
    """XMILE: DELAY1 keeps what is under way, so a longer time lets less out at once; SMTH1 keeps its level."""
    text = "model m for 4 weeks step 1/8 week\nlet span : week = if time < 2 weeks then 2 weeks else 4 weeks\n"
    run = course(text + "let a : 1 = delay1(8, span)\nlet b : 1 = smooth(8, span)\n")
    assert run["a"][:3, 0].tolist() == [8, 8, 4]
    assert run["b"][:3, 0].tolist() == [8, 8, 8]


def test_what_goes_into_a_material_delay_comes_out_whole() -> None:
    text = (
        "model m for 80 weeks step 1/8 week\nlet in : 1/week = if time < 3 weeks then 5 per week else 0 per week\nstock out : 1 = 0\n"
        "flow f : outside -> out = delay3(in, 4 weeks, 0 per week)\n"
    )
    assert course(text)["out"][-1, 0] == pytest.approx(15.0, rel=1e-6)


def test_a_start_of_its_own_is_where_a_delay_begins() -> None:
    run = course(
        "model m for 1 week step 1/8 week\n"
        + "".join(
            f"let y{number} : 1 = {expression[:-1]}, 7)\n"
            for number, expression in enumerate(
                [
                    "delay1(2, 3 weeks)",
                    "smooth3(2, 3 weeks)",
                    "delayn(2, 3 weeks, 4)",
                    "smoothn(2, 3 weeks, 2)",
                    "delay(2, 3 weeks)",
                ]
            )
        )
    )
    for number in range(5):
        assert run[f"y{number}"][0, 0] == pytest.approx(7.0, rel=1e-15)


def test_a_fixed_delay_is_an_exact_shift() -> None:
    text = "model m for 10 weeks step 1/4 week save every 1/4 week\nnoise n : 1 ~ normal(0, 1) every 1/4 week\nlet y : 1 = delay(n, 1.75 weeks, 9)\n"
    run = course(text, futures=3)
    assert np.array_equal(run["y"][7:], run["n"][:-7])
    assert (run["y"][:7] == 9).all()


def test_a_fixed_delay_without_a_start_begins_with_its_first_input() -> None:
    run = course("model m for 3 weeks step 1 week\nlet x : 1 = 5 + time / 1 week\nlet y : 1 = delay(x, 2 weeks)\n")
    assert run["y"][:, 0].tolist() == [5, 5, 5, 6]


def test_the_same_call_in_two_places_is_one_memory() -> None:
    run = course(
        "model m for 5 weeks step 1/4 week\nlet a : 1 = smooth(time / 1 week, 2 weeks)\nlet b : 1 = smooth(time / 1 week, 2 weeks)\n"
    )
    assert np.array_equal(run["a"], run["b"])
    assert sum(state.name.startswith("smooth") for state in run.program.states) == 1
