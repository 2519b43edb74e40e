"""Questions have the order of the method: integrals, and the time at which a condition begins to hold, against closed forms."""

from __future__ import annotations

import math

import numpy as np
import pytest

from foedus.compile.program import OPERATIONS
from foedus.compile.tangents import JUMPING, TANGENTS
from helpers import course, ensemble, same_bits

GROWTH = "stock y : 1 = 0.1\nflow f : outside -> y = y * (1 - y) * 1.5 per week\n"
ENGINES = ("reference", "compiled")


def when(level: float) -> float:
    """The time in weeks at which the logistic stock of GROWTH passes a level."""
    return math.log(9 * level / (1 - level)) / 1.5


def area(weeks: float) -> float:
    """The integral of that stock from the start, in weeks."""
    return math.log1p(math.exp(1.5 * weeks) / 9) / 1.5


def answer(question: str, parts: int, method: str = "rk4", model: str = GROWTH) -> float:
    text = f"model m for 2 weeks step 1/{parts} week method {method}\n{model}question q {question}\n"
    found = [course(text, engine=engine).answers["q"] for engine in ENGINES]
    assert same_bits(*found)
    return float(found[0][0])


def order(question: str, exact: float, method: str = "rk4", parts: int = 32) -> float:
    coarse, fine = (abs(answer(question, number, method) - exact) for number in (parts, 2 * parts))
    assert fine < (1e-6 if method == "rk4" else 0.05)
    return math.log2(coarse / fine)


INTEGRALS = {
    "from 0 weeks to 2 weeks total y": area(2) - area(0),
    "from 1/2 week to 3/2 weeks total y": area(1.5) - area(0.5),
    "from 1/2 week to 3/2 weeks mean y": area(1.5) - area(0.5),
    "from 1/2 week to 3/2 weeks total y * (1 - y) * 1.5": 1 / (1 + 9 * math.exp(-2.25)) - 1 / (1 + 9 * math.exp(-0.75)),
    "from 1 week to 2 weeks mean time / 1 week": 1.5,
    "from 1 week to 2 weeks total 1 week / time": math.log(2),  # no number at the start, which is not in the window
}


@pytest.mark.parametrize("method, expected", [("euler", 1), ("rk4", 4)])
@pytest.mark.parametrize("question", INTEGRALS)
def test_an_integral_has_the_order_of_the_method(question: str, method: str, expected: int) -> None:
    exact = INTEGRALS[question]
    if method == "rk4" and "mean time" in question:
        assert answer(question, 8) == pytest.approx(exact, rel=1e-14)
    else:
        assert order(question, exact, method, 8) == pytest.approx(expected, abs=0.4)


@pytest.mark.parametrize("method", ["euler", "rk4"])
def test_a_total_is_what_a_stock_fed_by_the_same_flow_holds(method: str) -> None:
    text = f"model m for 3 weeks step 1/8 week method {method}\n{GROWTH}stock fed : 1 = 0\nflow g : outside -> fed = y per week\n"
    questions = "question a from 0 weeks to 3 weeks total y per week\nquestion b from 1 week to 2 weeks total y per week\n"
    ends = "question c at 3 weeks value fed\nquestion d from 1 week to 2 weeks change fed\n"
    for engine in ENGINES:
        found = course(text + questions + ends, engine=engine).answers
        assert found["a"][0] == pytest.approx(found["c"][0], rel=1e-14)
        assert found["b"][0] == pytest.approx(found["d"][0], rel=1e-13)


CROSSINGS = {
    "y > 0.5": when(0.5),
    "y >= 0.5": when(0.5),
    "0.5 < y": when(0.5),
    "not y <= 0.5": when(0.5),
    "1 - y < 0.4": when(0.6),
    "y * y > 0.25": when(0.5),
    "y^1.5 > 0.4^1.5": when(0.4),
    "y^(1 + y) > 0.4^1.4": when(0.4),
    "1 / y < 2": when(0.5),
    "sqrt(y) > sqrt(0.3)": when(0.3),
    "exp(y) > exp(0.3)": when(0.3),
    "log(y) > log(0.3)": when(0.3),
    "sin(y) > sin(0.6)": when(0.6),
    "cos(y) < cos(0.6)": when(0.6),
    "abs(y - 1) < 0.4": when(0.6),
    "min(y, 2) > 0.4": when(0.4),
    "max(y, 0.2) > 0.4": when(0.4),
    "(if y > 0.2 then 3 * y else 0) > 1.2": when(0.4),
    "y > 0.2 + time / 10 weeks - time / 10 weeks": when(0.2),
    "time > 1.2345 weeks": 1.2345,
    "y > 0.2 and y > 0.5": when(0.5),
    "y > 0.2 or y > 0.5": when(0.2),
    "not (y < 0.2 or y < 0.5)": when(0.5),
    "if y > 0.2 then y > 0.4 else y > 0.3": when(0.4),
}


@pytest.mark.parametrize("condition", CROSSINGS)
def test_a_condition_begins_to_hold_inside_a_step_with_the_order_of_the_method(condition: str) -> None:
    exact = CROSSINGS[condition]
    errors = [abs(answer(f"first time {condition}", parts) - exact) for parts in (8, 16, 32, 64)]
    assert errors[0] < 2e-4 and errors[-1] < 2e-8
    assert errors[0] < 1e-14 or math.log2(errors[0] / errors[-1]) / 3 > 3.4


@pytest.mark.parametrize("condition, exact", [("y > 0.3 and y > 0.301", when(0.301)), ("y > 0.3 or y > 0.301", when(0.3))])
def test_two_parts_that_turn_in_one_step_count_each_by_itself(condition: str, exact: float) -> None:
    assert answer(f"first time {condition}", 4) == pytest.approx(exact, abs=3e-4)


STEPS = {
    "first time y > 0.05": 0.0,  # from the start on
    "first time y > 0.99": math.inf,
    "first time floor(y * 2) = 1": math.ceil(when(0.5) * 8) / 8,  # only jumps: the end of the step in which it did
    "first time floor(y * 2) = 1 and y > 0.2": math.ceil(when(0.5) * 8) / 8,
    "first time y > 0.2 by 1 week": when(0.2),
    "first time y > 0.2 by 1/2 week": math.inf,
}


@pytest.mark.parametrize("question", STEPS)
def test_what_has_no_margin_turns_at_the_end_of_a_step_and_a_window_holds(question: str) -> None:
    assert answer(question, 8) == pytest.approx(STEPS[question], abs=1e-4)


def test_a_margin_that_starts_at_rest_is_crossed_inside_its_step() -> None:
    """Its slope is zero at the start, so the time is no smooth function of it: the straight line answers, still within the step."""
    found = answer("first time x > 0.01", 4, model="stock x : 1 = 0\nflow f : outside -> x = 2 * time / 1 week per week\n")
    assert 0.0 < found < 0.25


def test_under_euler_a_condition_begins_to_hold_on_a_step() -> None:
    found = answer("first time y > 0.5", 8, "euler")
    assert found * 8 == round(found * 8) > 8


def test_an_integral_that_is_no_number_fails_its_future() -> None:
    """The middle of the first step is where it is lost; no step ever finds it so at its start."""
    text = "model m for 4 weeks step 1 week method rk4\nquestion q from 0 weeks to 4 weeks total 1 / (time / 1 week - 0.5)^2\n"
    for engine in ENGINES:
        found = ensemble(text, 4, engine=engine)
        assert found.status == {"ok": 0, "not finite": 4} and np.isnan(found.values("q")).all()


def test_every_operation_has_a_rate_of_change_or_only_jumps() -> None:
    assert set(TANGENTS) | JUMPING == set(OPERATIONS)
    assert not set(TANGENTS) & JUMPING
