"""Every measure of a question against a hand computation, and how futures end."""

from __future__ import annotations

import numpy as np
import pytest

from helpers import course, ensemble

HEAD = "model m as of 2024-01-01 for 10 weeks step 1/2 week save every 1/2 week\nunit person\n"
# x goes 0, 1, 2, … in steps of half a unit per half week
MODEL = HEAD + "let x : person = time * 1 person/week\nlet saw : person = abs(time - 4 weeks) * 1 person/week\n"

ANSWERS = {
    "at 3 weeks value x": 3.0,
    "on 2024-01-22 value x": 3.0,
    "on 2024-01-23 value x": 3.5,  # the first step at or after the date
    "at the end value x": 10.0,
    "at 0 weeks value x": 0.0,
    "at 3 weeks true when x > 2 person": 1.0,
    "at 3 weeks true when x > 3 person": 0.0,
    "by 3 weeks true when x >= 3 person": 1.0,
    "by 3 weeks true when x > 3 person": 0.0,
    "from 3 weeks to 5 weeks ever saw = 0 person": 1.0,
    "from 5 weeks to 6 weeks ever saw = 0 person": 0.0,
    "from 3 weeks to 5 weeks always saw <= 1 person": 1.0,
    "from 3 weeks to 5 weeks always saw < 1 person": 0.0,
    "from 3 weeks to 7 weeks mean x": np.mean([3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5]),  # left ends, as Euler's rule has it
    "from 3 weeks to 7 weeks min saw": 0.0,
    "from 5 weeks to 7 weeks min saw": 1.0,
    "from 3 weeks to 7 weeks max saw": 3.0,
    "from 3 weeks to 5 weeks total x": (3 + 3.5 + 4 + 4.5) * 0.5,
    "from 3 weeks to 7 weeks change saw": 2.0,
    "first time x >= 3.2 person": 3.5,
    "first time x >= 3.2 person by 5 weeks": 3.5,
    "at 3 weeks value x in kperson": 0.003,
    "from 0 weeks to 2 weeks total x in person*day": (0 + 0.5 + 1 + 1.5) * 0.5 * 7,
    "at 2 weeks value x given x > 1 person": 2.0,
}
NEVER = ["first time x >= 3.2 person by 3 weeks", "first time x > 99 person"]
DOES_NOT_APPLY = [
    "at 2 weeks value x given x > 5 person",
    "at 2 weeks true when x > 0 person given x > 5 person",
    "first time x > 99 person by 2 weeks given x > 5 person",
]


@pytest.mark.parametrize("engine", ["reference", "compiled"])
def test_every_measure_gives_what_a_hand_computes(engine: str) -> None:
    asked = [*ANSWERS, *NEVER, *DOES_NOT_APPLY]
    text = MODEL + "".join(f"question q{number} {question}\n" for number, question in enumerate(asked))
    run = course(text, engine=engine)
    for number, question in enumerate(ANSWERS):
        assert run.answers[f"q{number}"][0] == pytest.approx(ANSWERS[question], rel=1e-13), question
    for number, question in enumerate(NEVER, len(ANSWERS)):
        assert run.answers[f"q{number}"][0] == np.inf, question
    for number, question in enumerate(DOES_NOT_APPLY, len(ANSWERS) + len(NEVER)):
        assert np.isnan(run.answers[f"q{number}"][0]), question


def test_a_condition_is_looked_at_in_each_future_by_itself() -> None:
    text = (
        HEAD
        + 'param p : 1 ~ 0 to 1 as uniform because "x"\nquestion q at the end true when p > 0.5\nquestion r at the end value p given p > 0.5\n'
    )
    run = course(text, futures=200)
    p = run.answers["r"]
    assert np.array_equal(np.isnan(p), run.answers["q"] == 0)
    assert 60 < run.answers["q"].sum() < 140 and np.nanmin(p) > 0.5


def test_the_ensemble_keeps_what_does_not_apply_apart_from_no() -> None:
    text = (
        HEAD
        + "event e at rate 0.05 per week\nevent f at rate 0.05 per week\nquestion q at the end true when f given e\nquestion t first time e\n"
    )
    found = ensemble(text, 300)
    values, times = found.values("q"), found.values("t")
    assert set(np.unique(values[~np.isnan(values)])) == {0.0, 1.0}
    assert np.array_equal(np.isnan(values), np.isnan(times))
    assert 0 < np.isnan(values).sum() < 300


# --- how futures end

FAILURES = {
    "not finite": "stock x : 1 = 1 signed\nflow f : outside -> x = exp(x * x * 10) * 9 per week\n",
    "negative stock": "stock x : 1 = 1\nflow f : x -> outside = 1 per week\n",
    "out of range": "stock x : 1 = 0.5 within 0 to 1\nflow f : outside -> x = 0.4 per week\n",
}


@pytest.mark.parametrize("engine", ["reference", "compiled"])
@pytest.mark.parametrize("name", FAILURES)
def test_a_future_that_fails_says_how(name: str, engine: str) -> None:
    found = ensemble(HEAD + FAILURES[name] + "question q at the end value x\n", 5, engine=engine)
    assert found.status == {"ok": 0, name: 5}
    assert np.isnan(found.values("q")).all()


def test_a_signed_stock_and_one_at_its_bounds_do_not_fail() -> None:
    text = HEAD + "stock x : 1 = 0 signed\nflow f : x -> outside = 1 per week\nstock y : 1 = 1 within 0 to 1\nstock z : 1 = 0\n"
    assert ensemble(text + "question q at the end value x\n", 3).status == {"ok": 3}


HALF = 'param p : 1 ~ 0 to 1 as uniform because "x"\nstock x : 1 = 1\nflow f : x -> outside = (if p > 0.5 then 1 else 0.01) per week\n'


def test_failed_futures_are_counted_left_out_and_poison_no_other() -> None:
    found = ensemble(HEAD + HALF + "question q at the end value x\nquestion r at 1 week value x\n", 200)
    failed = found.status["negative stock"]
    assert 60 < failed < 140 and found.status["ok"] == 200 - failed
    values = found.values("q")
    assert np.isnan(values).sum() == failed
    np.testing.assert_allclose(values[~np.isnan(values)], 0.9)


def test_a_future_that_fails_in_one_scenario_is_left_out_of_all() -> None:
    text = HEAD + HALF + "scenario s { p = 0.1 }\nquestion q at the end value x\n"
    found = ensemble(text, 200)
    assert found.status["negative stock"] == np.isnan(found.values("q", "s")).sum() == np.isnan(found.values("q")).sum() > 0


def test_a_future_of_nan_leaves_its_neighbours_alone() -> None:
    model = 'param p : 1 ~ 0 to 1 as uniform because "x"\nstock x : 1 = 1 signed\nflow f : outside -> x = log(p - 0.5) per week\nquestion q at the end value x\n'
    alone = ensemble(HEAD + model, 64, engine="compiled")
    assert 10 < alone.status["not finite"] < 54
    p = alone.parameters[0]
    for future in range(64):
        assert np.isnan(alone.values("q")[future]) == (p[future] <= 0.5)
