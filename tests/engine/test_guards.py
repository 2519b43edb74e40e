"""A value that is no number fails its future where it is used, and says which, when and what; in both engines alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.helpers import program_of

from foedus.analysis import failure_counts
from foedus.case import load
from foedus.ensemble import Settings, run_ensemble
from foedus.errors import ModelError
from foedus.study.replay import replay

HEAD = "model m as of 2024-01-01 for 4 weeks step 1/2 week\n"
UNSURE = 'param a : 1 ~ normal(0, 1) because "x"\n'
FAILS = {
    "an auxiliary behind a not": (
        "stock s : 1 = -3 signed\nlet g : 1 = sqrt(s)\nquestion q at the end true when not (g > 0)",
        "g",
        "",
    ),
    "an operand without a name": (UNSURE + "question q at the end true when log(a) > 0", "q", ""),
    "an operand of a minimum": (UNSURE + "let y : 1 = min(5, sqrt(a))\nquestion q at the end value y", "y", ""),
    "an overflow": (UNSURE + "let y : 1 = exp(2000 * a)\nquestion q at the end true when y > 1", "y", ""),
    "zero by zero": (UNSURE + "let z : 1 = (a - a) / (a - a)\nquestion q at the end true when z < 1", "z", ""),
    "a rate of an event": (UNSURE + "event e at rate sqrt(a) / 1 week\nquestion q at the end true when e", "e", ""),
    "an element": (
        "index k = u, v\n" + UNSURE + "let y[u] : 1 = 1\nlet y[v] : 1 = log(a)\nquestion q at the end true when y[v] > y[u]",
        "y",
        "v",
    ),
    "a comparison with something endless": (UNSURE + "question q at the end true when 1 / (a - a) > 3", "q", ""),
    "a minimum with something endless": (UNSURE + "question q at the end value min(1 / (a - a), 3)", "q", ""),
    "a divisor without end": (UNSURE + "question q at the end value 1 / (1 / (a - a))", "q", ""),
    "an exponent without end": (UNSURE + "question q at the end value exp(log(a - a))", "q", ""),
    "a power of something endless": (UNSURE + "question q at the end value (1 / (a - a)) ^ a", "q", ""),
    "a hyperbolic tangent of something endless": (UNSURE + "question q at the end value tanh(log(a - a))", "q", ""),
    "an overflow in a divisor": (UNSURE + "let y : 1 = 1 / (1 + exp(2000 * a))\nquestion q at the end value y", "y", ""),
    "what a flow hides in a minimum": (
        UNSURE + "stock s : 1 = 1\nflow f : outside -> s = min(log(a - a), 3) / 1 week\nquestion q at the end value s",
        "f",
        "",
    ),
    "a noise that spreads by less than nothing": (
        UNSURE + "noise n : 1 ~ normal(0, a - 10) every 1 week\nquestion q at the end value n",
        "n",
        "",
    ),
    "what a question smooths": (UNSURE + "question q at the end value smooth(sqrt(a), 2 weeks)", "q", ""),
    "what an auxiliary delays, from some time on": (
        UNSURE + "let y : 1 = delay3(sqrt(a + 5 - time / 1 week), 2 weeks)\nquestion q at the end value y",
        "y",
        "",
    ),
    "the start of a smoothing": (UNSURE + "question q at the end value smooth(a, 2 weeks, log(a))", "q", ""),
    "the time of a smoothing": (UNSURE + "let y : 1 = smooth(a, 1 week * a)\nquestion q at the end value y", "y", ""),
    "what a branch smooths that is not taken": (
        UNSURE + "question q at the end value if a > 9 then smooth(sqrt(a), 2 weeks) else 1",
        "q",
        "",
    ),
    "what a fixed delay keeps": (UNSURE + "let y : 1 = delay(sqrt(a), 1 week)\nquestion q at the end value y", "y", ""),
    "what a chart shows": (UNSURE + 'let y : 1 = sqrt(a)\nchart "y" of y\nquestion q at the end value a', "y", ""),
}
FINE = {
    "a branch that is not taken": "let y : 1 = if a > 0 then sqrt(a) else 0\nquestion q at the end value y",
    "behind an and": "question q at the end true when a > 0 and log(a) > 0",
    "an auxiliary that only a branch reads": "let g : 1 = log(a)\nlet y : 1 = if a > 0 then g else 0\nquestion q at the end value y",
    "an auxiliary that nothing reads": "let g : 1 = log(a)\nquestion q at the end value a",
    "a steep logistic": "let y : 1 = logistic(5000 * a)\nquestion q at the end value y",
    "a steep hyperbolic tangent": "let y : 1 = tanh(5000 * a)\nquestion q at the end value y",
    "a root of nothing": "let y : 1 = (a - a) ^ 0.3\nquestion q at the end value y",
}


@pytest.mark.parametrize("text, variable, element", FAILS.values(), ids=FAILS)
def test_what_is_no_number_fails_its_future_and_is_named(text: str, variable: str, element: str) -> None:
    ran = [run_ensemble(program_of(HEAD + text), Settings(200, 0, engine=engine)) for engine in ("reference", "compiled")]
    assert ran[0].digest == ran[1].digest and repr(ran[0].faults) == repr(ran[1].faults)
    (one,) = failure_counts(ran[0])
    assert (one.variable, one.element, one.status) == (variable, element, "not finite")
    assert one.count == 200 - ran[0].is_ok.sum() > 0


@pytest.mark.parametrize("text", FINE.values(), ids=FINE)
def test_what_is_not_used_harms_nothing(text: str) -> None:
    assert run_ensemble(program_of(HEAD + UNSURE + text), Settings(200, 0)).is_ok.all()


def test_a_negative_stock_says_which_element_when_and_how_much() -> None:
    text = "index k = u, v\nstock s[k] : 1 = 1\nflow f[u] : s[u] -> outside = 0.5 / 1 week\nflow f[v] : s[v] -> outside = 1 / 1 week\n"
    ran = run_ensemble(program_of(HEAD + text + "question q at the end value s[u]\n"), Settings(8, 0))
    (one,) = failure_counts(ran)
    assert (one.kind, one.variable, one.element, one.status, one.count) == ("stock", "s", "v", "negative stock", 8)
    assert one.value == -0.5 and one.date == "2024-01-11"


def test_a_constant_that_is_no_number_is_refused_with_its_place() -> None:
    with pytest.raises(ModelError) as refused:
        program_of(HEAD + "stock s : 1 = 1\nlet z : 1 = log(0 - 1)\nquestion q at the end true when z > 0\n")
    assert any(problem.line == 3 for problem in refused.value.problems)


def test_a_failed_future_is_replayed_to_where_it_broke_and_answers_nothing(tmp_path: Path) -> None:
    path = tmp_path / "m.foedus"
    path.write_text(HEAD + "stock s : 1 = 1\nflow f : s -> outside = 1 / 1 week\nquestion q at the end value s\n")
    found = replay(load(str(path)), 0)
    (broken,) = [one for one in found.happenings if one.kind == "failure"]
    assert (broken.name, broken.date, broken.what) == ("s", "2024-01-11", "is negative, first at -0.5")
    assert found.status == "negative stock" and found.answers == {"q": None}


LEADS = """model m as of 2024-01-01 for 40 weeks step 1/4 week save every 4 weeks
stock s : 1 = 5
flow f : s -> outside = 0.3 / 1 week
event e at rate 1 per week repeating
question q at the end value s
"""


def test_the_course_of_a_failed_future_ends_at_the_break_and_its_last_steps_are_told_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "m.foedus"
    path.write_text(LEADS)
    found = replay(load(str(path)), 3)
    assert found.failure is not None and (found.failure.name, found.failure.time) == ("s", 16.75)
    assert found.times == (0.0, 4.0, 8.0, 12.0, 16.0, 16.25, 16.5, 16.75)
    assert found.trajectory["s"][-2:] == pytest.approx((0.05, -0.025)) and found.trajectory["s"][1] == pytest.approx(3.8)
    assert found.happenings[-1] == found.failure and all(one.time <= 16.75 for one in found.happenings)
    assert any(one.name == "e" for one in found.happenings)


def test_a_future_that_does_not_fail_is_told_to_the_end(tmp_path: Path) -> None:
    path = tmp_path / "m.foedus"
    path.write_text(LEADS.replace("0.3 / 1 week", "0.1 / 1 week"))
    found = replay(load(str(path)), 3)
    assert found.failure is None and found.answers == {"q": pytest.approx(1.0)} and found.times == tuple(range(0, 41, 4))
    assert any(one.time > 16.75 for one in found.happenings)


def test_what_breaks_in_the_first_step_has_no_course_before_it(tmp_path: Path) -> None:
    path = tmp_path / "m.foedus"
    path.write_text(HEAD + "stock s : 1 = -1\nquestion q at the end value s\n")
    found = replay(load(str(path)), 0)
    assert found.failure is not None and found.times == (0.0,) and found.trajectory["s"] == (-1.0,)


def test_what_a_watched_check_compares_fails_in_the_name_of_the_check() -> None:
    text = UNSURE + 'check "w" always log(a - a) < 1\nquestion q at the end value a'
    ran = run_ensemble(program_of(HEAD + text, checks=True), Settings(20, 0))
    assert [(one.kind, one.variable, one.count) for one in failure_counts(ran)] == [("check", "w", 20)]
