"""A question looks at the moment that it asks of, or says at which."""

from __future__ import annotations

import pytest

from foedus.compile.program import Program
from foedus.errors import ModelError
from helpers import program_of

HEAD = """model m as of 2024-01-01 for 20 weeks step 4 weeks
let x : 1 = time / 1 week
let r : 1/week = 1 per week
"""


def asked(question: str, head: str = HEAD) -> Program:
    return program_of(f"{head}question q {question}\n")


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("on 2024-01-02 value x", [("2024-01-02", "2024-01-29")]),
        ("by 2024-01-30 ever x > 0", [("2024-01-30", "2024-02-26")]),
        ("first time x > 3 by 2024-01-10", [("2024-01-10", "2024-01-29")]),
        ("from 2024-01-02 to 2024-02-20 total r", [("2024-01-02", "2024-01-29"), ("2024-02-20", "2024-02-26")]),
        ("at 5 weeks value x", [("5 weeks", "8 weeks")]),
    ],
)
def test_another_moment_than_the_one_asked_of_is_told(question: str, days: list[tuple[str, str]]) -> None:
    told = [one.message for one in asked(question).warnings]
    assert len(told) == len(days)
    for one, (wanted, found) in zip(told, days, strict=True):
        assert f"asks of {wanted} and looks at {found}," in one


@pytest.mark.parametrize(
    "question",
    ["on 2024-01-01 value x", "on 2024-01-29 value x", "by 2024-05-20 ever x > 0", "at 8 weeks value x", "at the end value x"],
)
def test_a_moment_on_a_step_needs_no_word(question: str) -> None:
    assert asked(question).warnings == ()


def test_a_day_of_months_is_not_told() -> None:
    weekly = "model m as of 2024-01-01 for 52 weeks step 1 week\nlet x : 1 = 1\n"
    assert asked("on 2024-10-01 value x", weekly).warnings == ()
    assert len(asked("on 2024-01-10 value x", weekly).warnings) == 1


@pytest.mark.parametrize(
    "question",
    [
        "on 2023-12-31 value x",
        "by 2023-12-05 ever x > 0",
        "from 2023-12-30 to 2024-02-26 total r",
        "first time x > 0 by 2023-12-31",
    ],
)
def test_a_moment_before_the_run_is_refused_however_near_it_is(question: str) -> None:
    with pytest.raises(ModelError) as refused:
        asked(question)
    assert [one.code for one in refused.value.problems] == ["outside-horizon"]


def test_a_window_within_one_step_says_so() -> None:
    with pytest.raises(ModelError) as refused:
        asked("from 2024-01-02 to 2024-01-20 mean x")
    assert "Both ends fall on one step" in refused.value.problems[0].help
