"""Built-in functions against their definitions, one at a time."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import course

HEAD = "model m as of 2024-01-01 for 8 weeks step 1/2 week save every 1/2 week\n"

CONSTANT = {
    "min(3, 1, 2)": 1,
    "max(3, 1, 2)": 3,
    "abs(-2.5)": 2.5,
    "clip(5, 0, 3)": 3,
    "clip(-5, 0, 3)": 0,
    "clip(1, 0, 3)": 1,
    "floor(-1.5)": -2,
    "floor(2)": 2,
    "round(2.5)": 3,
    "round(-2.5)": -2,
    "round(1.4)": 1,
    "sqrt(2)": math.sqrt(2),
    "exp(1)": math.e,
    "log(10)": math.log(10),
    "log10(1000)": 3,
    "sin(1)": math.sin(1),
    "cos(1)": math.cos(1),
    "tanh(0.5)": math.tanh(0.5),
    "tanh(-400)": -1,
    "tanh(400)": 1,
    "logistic(0)": 0.5,
    "logistic(2)": 1 / (1 + math.exp(-2)),
    "logistic(-800)": 0,
    "logistic(800)": 1,
    "logit(0.25)": math.log(1 / 3),
    "safe_divide(6, 4)": 1.5,
    "safe_divide(6, 0)": 0,
    "safe_divide(6, 0, 7)": 7,
    "2^10": 1024,
    "2^-2": 0.25,
    "2^0.5": math.sqrt(2),
    "3^2.5": 3**2.5,
    "(-2)^3": -8,
    "0^0": 1,
    "7 - 2 - 1": 4,
    "8 / 4 / 2": 1,
    "-2^2": -4,
    "1 < 2": 1,
    "1 > 2": 0,
    "1 = 1": 1,
    "1 != 1": 0,
    "not 1 > 2": 1,
    "1 < 2 and 2 < 1": 0,
    "1 < 2 or 2 < 1": 1,
    "if 1 < 2 then 5 else 6": 5,
    "10 + (1 < 2)": 11,
    "curve(-9)": 1,
    "curve(0)": 1,
    "curve(1)": 2,
    "curve(2)": 3,
    "curve(3)": 0,
    "curve(2.5)": 1.5,
    "curve(99)": 0,
}


def test_every_constant_expression_has_its_value() -> None:
    lets = "".join(f"let x{number} : 1 = one * 0 + ({text})\n" for number, text in enumerate(CONSTANT))
    run = course(
        HEAD + 'table curve : 1 of 1 = (0, 1) (2, 3) (3, 0)\nparam one : 1 ~ 1 to 2 because "not known when compiling"\n' + lets
    )
    for number, (text, value) in enumerate(CONSTANT.items()):
        assert run[f"x{number}"][0, 0] == pytest.approx(value, rel=1e-14, abs=1e-15), text


T = np.arange(17) / 2  # weeks
IN_TIME = {
    "step(3, 2 weeks)": np.where(T >= 2, 3, 0),
    "step(3, 2024-01-15)": np.where(T >= 2, 3, 0),
    "ramp(2 per week, 1 week)": np.maximum(T - 1, 0) * 2,
    "ramp(2 per week, 1 week, 3 weeks)": (np.minimum(T, 3) - 1).clip(0) * 2,
    "time_step / 1 week": np.full(17, 0.5),
    "time / 1 day": T * 7,
    "time_since(time >= 2 weeks) / 1 week": np.maximum(T - 2, 0),
    "ever(time = 2 weeks)": T >= 2,
    "ever(time < 0 weeks)": np.zeros(17),
    "e": T >= 3,
    "count(e)": T >= 3,
    "pulse(e) * time_step": T == 3,
    "time_since(e) / 1 week": np.maximum(T - 3, 0),
    "count(c)": (T >= 1).astype(float) + (T >= 4) + (T >= 7),
    "c": T >= 1,
    "pulse(c) * time_step": np.isin(T, (1, 4, 7)),
    "calendar(time)": np.interp(T, [1, 3], [5, 9]),
}


def test_every_function_of_time_has_its_course() -> None:
    model = (
        "event e on 2024-01-22\nevent c when sin(time / 1 week * 2.0943951 - 0.5236) > 0.85 repeating\n"
        "table calendar : 1 of time = (2024-01-08, 5) (2024-01-22, 9)\n"
    )
    run = course(HEAD + model + "".join(f"let x{number} : 1 = {text}\n" for number, text in enumerate(IN_TIME)))
    for number, (text, values) in enumerate(IN_TIME.items()):
        np.testing.assert_allclose(run[f"x{number}"][:, 0], values, atol=1e-13, err_msg=text)


def test_a_pulse_into_a_flow_is_a_jump_of_its_height() -> None:
    run = course(HEAD + "event e on 2024-01-22\nstock x : 1 = 1\nflow f : outside -> x = 0.25 * pulse(e)\n")
    assert np.array_equal(run["x"][:, 0], np.where(T > 3, 1.25, 1.0))


POINTS = st.lists(st.floats(-100, 100).map(lambda x: round(x, 3)), min_size=2, max_size=6, unique=True).map(sorted)


@settings(max_examples=25)
@given(POINTS, st.lists(st.floats(-5, 5).map(lambda y: round(y, 3)), min_size=6, max_size=6), st.floats(-110, 110))
def test_a_table_is_piecewise_linear_flat_outside_and_exact_at_its_points(xs: list[float], ys: list[float], x: float) -> None:
    ys = ys[: len(xs)]
    points = " ".join(f"({a!r}, {b!r})" for a, b in zip(xs, ys, strict=True))
    asked = [*xs, x]
    lets = "".join(f"let y{number} : 1 = t({one!r})\n" for number, one in enumerate(asked))
    run = course(f"model m for 1 week step 1 week\ntable t : 1 of 1 = {points}\n{lets}")
    found = [run[f"y{number}"][0, 0] for number in range(len(asked))]
    assert found[:-1] == ys
    assert found[-1] == pytest.approx(np.interp(x, xs, ys), abs=1e-9)
