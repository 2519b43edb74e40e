"""No function hides that an argument is no number, or infinite: every argument of every function is tried, so that a new one cannot be forgotten."""

from __future__ import annotations

import pytest
from tests.helpers import ensemble

from foedus.errors import ModelError
from foedus.language.builtins import BUILTINS

HEAD = """model m as of 2024-01-01 for 6 weeks step 1 week
index k = u, v
param a : 1 ~ uniform(1, 2) because "made up"
stock s : 1 = 1 signed
table tb : 1 of 1 = (0, 0) (1, 1) (2, 4)
"""
BAD = {"infinite": "(1 / (a - a))", "minus infinite": "log(a - a)", "no number": "sqrt(0 - a)"}
CALLS = {  # by function; BAD stands in one argument after the other, `z` is an indexed variable one of whose elements is BAD
    "min": ["min(z)", "min(BAD, a)"],
    "max": ["max(z)", "max(a, BAD)"],
    "abs": ["abs(BAD)"],
    "clip": ["clip(BAD, 0, 1)", "clip(a, BAD, 5)", "clip(a, 0, BAD)"],
    "floor": ["floor(BAD)"],
    "round": ["round(BAD)"],
    "sqrt": ["sqrt(abs(BAD))"],
    "exp": ["exp(BAD)", "exp(0 - BAD)"],
    "log": ["log(abs(BAD))"],
    "log10": ["log10(abs(BAD))"],
    "sin": ["sin(BAD)"],
    "cos": ["cos(BAD)"],
    "tanh": ["tanh(BAD)"],
    "logistic": ["logistic(BAD)"],
    "logit": ["logit(BAD)"],
    "safe_divide": ["safe_divide(BAD, a)", "safe_divide(a, BAD)", "safe_divide(a, a - a, BAD)"],
    "step": ["step(BAD, 1 week)", "step(1, BAD * 1 week)"],
    "ramp": ["ramp(BAD / (1 week), 1 week)", "ramp(1 / (1 week), BAD * 1 week)", "ramp(1 / (1 week), 1 week, BAD * 1 week)"],
    "ever": ["if ever(BAD > 2) then 1 else 0"],
    "time_since": ["time_since(BAD > 2) / (1 week)"],
    "smooth": ["smooth(BAD, 2 week)", "smooth(a, BAD * 1 week)", "smooth(a, 2 week, BAD)"],
    "smooth3": ["smooth3(BAD, 2 week)", "smooth3(a, BAD * 1 week)"],
    "smoothn": ["smoothn(BAD, 2 week, 2)", "smoothn(a, BAD * 1 week, 2)"],
    "delay1": ["delay1(BAD, 2 week)", "delay1(a, BAD * 1 week)"],
    "delay3": ["delay3(BAD, 2 week)", "delay3(a, BAD * 1 week)"],
    "delayn": ["delayn(BAD, 2 week, 2)", "delayn(a, BAD * 1 week, 2)"],
    "delay": ["delay(BAD, 2 week)", "delay(a, 6 week, BAD)"],
    "month_of": ["month_of(BAD * 1 week)"],
    "part_of_year": ["part_of_year(BAD * 1 week)"],
    "weekday_of": ["weekday_of(BAD * 1 week)"],
    "sum": ["sum(z)", "sum(z[i] * 0 over i in k)"],
    "mean": ["mean(z)"],
    "product": ["product(z)"],
    "share": ["share(z[u])", "share(z[v])"],
}
OPERATORS = [
    "BAD ^ a",
    "BAD ^ (0 - a)",
    "a ^ BAD",
    "0.5 ^ BAD",
    "BAD ^ -2",
    "a / BAD",
    "0 * BAD",
    "tb(BAD)",
    "if BAD > 1 then 1 else 0",
    "if BAD = 1 then 1 else 0",
    "if BAD != 1 then 1 else 0",
    "if not (BAD < 1) then 1 else 0",
    "if a > 5 or BAD > 1 then 1 else 0",
]
NAMES_ONLY = {"pulse", "count", "in_force", "invoked", "honoured"}  # they take the name of an event or a treaty
ASKED = {"shown": "value {}", "hidden in a minimum": "true min({}, 3) < 100", "under a name": "true y < 1e308"}
SPREADS = ["normal(0, 0 - a)", "lognormal(0, 0 - a)", "logitnormal(0, 0 - a)", "uniform(0, 0 - a)"]
BELOW = [
    "smooth(time / (1 week), (0 - a) * 1 week)",
    "delay3(time / (1 week), (0 - a) * 1 week)",
    "delayn(time / (1 week), (0 - a) * 1 week, 2)",
]


def outcome(text: str, engine: str) -> str:
    try:
        statuses = ensemble(text, 8, engine=engine).statuses
    except ModelError:
        return "refused"
    return "fails" if (statuses != 0).all() else "answered"


def test_every_function_is_tried() -> None:
    assert set(CALLS) | NAMES_ONLY == set(BUILTINS) and not set(CALLS) & NAMES_ONLY


@pytest.mark.parametrize("engine", ["reference", "compiled"])
@pytest.mark.parametrize("call", [*(call for calls in CALLS.values() for call in calls), *OPERATORS])
def test_what_is_not_finite_is_never_answered(call: str, engine: str) -> None:
    found = {}
    for (kind, bad), (how, asked) in ((one, two) for one in BAD.items() for two in ASKED.items()):
        written = call.replace("BAD", bad)
        named = f"let z[u] : 1 = {bad}\nlet z[v] : 1 = a\n" if "(z" in written else ""
        named += f"let y : 1 = {written}\n" if how == "under a name" else ""
        found[kind, how] = outcome(f'{HEAD}{named}question q "What?"\n  at 5 weeks {asked.format(written)}\n', engine)
    assert "answered" not in found.values(), found


@pytest.mark.parametrize("engine", ["reference", "compiled"])
@pytest.mark.parametrize("law", SPREADS)
def test_a_noise_that_spreads_by_less_than_nothing_fails_also_where_it_is_hidden(law: str, engine: str) -> None:
    text = f'{HEAD}noise n : 1 ~ {law} every 1 week\nflow f : outside -> s = min(n, 3) / (1 week)\nquestion q "What?"\n  at 5 weeks value s\n'
    assert outcome(text, engine) == "fails"


@pytest.mark.parametrize("engine", ["reference", "compiled"])
@pytest.mark.parametrize("call", BELOW)
def test_a_time_below_zero_fails(call: str, engine: str) -> None:
    assert outcome(f'{HEAD}question q "What?"\n  at 5 weeks value min({call}, 3)\n', engine) == "fails"


@pytest.mark.parametrize("engine", ["reference", "compiled"])
@pytest.mark.parametrize(
    ("event", "fires"),
    [
        ("at rate (0 - a) / (1 week)", 0.0),
        ("when time > 1 week with chance 0 - a", 0.0),
        ("when time > 1 week with chance 1 + a", 1.0),
    ],
)
def test_rates_and_chances_beyond_their_ends_count_as_these(event: str, fires: float, engine: str) -> None:
    ran = ensemble(f'{HEAD}event e {event}\nquestion q "What?"\n  at 5 weeks true e\n', 50, engine=engine)
    assert set(ran.values("q")) == {fires}
