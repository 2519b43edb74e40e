"""Whatever a text says of a moment between two steps is moved to the next one, and says so, once for each place."""

from __future__ import annotations

import numpy as np
import pytest

from helpers import ensemble, program_of

HEAD = """model m as of 2024-01-01 for 12 months step 1 month
param k : 1 = 1
stock x : 1 = 0
"""
SAID = {  # what stands in the text -> days that are said and taken, in their order
    "event e on 2024-03-10": ["2024-03-10", "2024-04-01"],
    "event e at rate 1/month after 2024-03-12 until 2024-06-12 repeating": [
        "2024-03-12",
        "2024-04-01",
        "2024-06-12",
        "2024-07-01",
    ],
    "event e when x > 1 after 2024-03-12": ["2024-03-12", "2024-04-01"],
    "scenario s { k = 2 from 2024-02-10 until 2024-06-10 }": ["2024-02-10", "2024-03-01", "2024-06-10", "2024-07-01"],
    "event e on 2024-04-01\nscenario s { e = on 2024-05-03 }": ["2024-05-03", "2024-06-01"],
    "let y : 1 = if time >= 2024-04-10 then 1 else 0\nquestion r at the end value y": ["2024-04-10", "2024-05-01"],
    "let y : 1 = if 2024-04-10 > time then 1 else 0\nquestion r at the end value y": ["2024-04-10", "2024-05-01"],
    "let y : 1 = step(1, 2024-04-20)\nquestion r at the end value y": ["2024-04-20", "2024-05-01"],
    "let y : 1 = step(1, 2.5 months)\nquestion r at the end value y": ["2.5 months", "3 months"],
    "actor a\ndecision d by a every 2 months from 2024-02-10\n  wait : 0, go : 0": ["2024-02-10", "2024-03-01"],
    "hindcast h from 2023-02-10 to 2023-12-20 { k = 2 }": ["2023-02-10", "2023-12-20", "2023-02-01", "2024-01-01"],
    "question r on 2024-04-20 value x": ["2024-04-20", "2024-05-01"],
}


def warned(text: str, head: str = HEAD) -> list[str]:
    program = program_of(f"{head}{text}\nquestion q at the end value x * k\n")
    return [one.message for one in program.warnings if one.code == "between-steps"]


@pytest.mark.parametrize("text", SAID)
def test_what_is_said_of_a_moment_between_two_steps_says_which_one_is_taken(text: str) -> None:
    told, days = warned(text), SAID[text]
    assert len(told) == (1 if text.startswith("hindcast") else len(days) // 2)
    places = [" ".join(told).index(day) for day in days]
    assert places == sorted(places)


@pytest.mark.parametrize("text", [one for one in SAID if "months)" not in one and "question r on" not in one])
def test_on_steps_of_a_day_no_word_is_needed(text: str) -> None:
    assert not warned(
        text.replace("2 months", "2 days"), HEAD.replace("12 months step 1 month", "365 days step 1 day").replace("month", "day")
    )


def test_an_element_of_an_index_is_told_no_more_than_once() -> None:
    head = HEAD.replace("param k", "index side = north, south\nparam k")
    assert len(warned("event e[side] on 2024-03-10", head)) == 1


def test_what_is_late_by_a_trifle_needs_no_word() -> None:
    weekly = HEAD.replace("12 months step 1 month", "520 weeks step 1 week")
    assert not warned("event e on 2024-01-03", weekly) and warned("event e on 2033-12-07", weekly)


def test_a_condition_that_holds_at_one_moment_alone_is_told_where_no_step_falls_on_it() -> None:
    (told,) = warned("event e when time = 2024-05-05")
    assert "2024-05-05" in told and "it never is" in told
    assert not warned("event e when time = 2024-05-01")


def test_the_day_that_is_told_is_the_day_that_is_taken() -> None:
    text = (
        HEAD
        + "event e on 2024-03-10\nflow f : outside -> x = pulse(e)\nquestion q at 2 months value x\nquestion r at 4 months value x\n"
    )
    text += "question when first time e\n"
    ran = ensemble(text, futures=3)
    assert np.all(ran.values("q") == 0) and np.all(ran.values("r") == 1) and np.all(ran.values("when") == 3)
