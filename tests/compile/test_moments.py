"""A step that is no double still ends on the dates that it should: days of a model in weeks, tenths, thirds."""

from __future__ import annotations

import datetime
import math

import numpy as np
import pytest

from foedus.compile.moments import is_binary, moment
from foedus.model import Options, compile_model, parse
from helpers import course

START = datetime.date(2024, 1, 1)


@pytest.mark.parametrize("parts", [1, 2, 3, 5, 6, 7, 8, 10, 12, 14, 21, 24, 30, 49, 52, 64, 100, 365])
def test_a_moment_is_the_nearest_double(parts: int) -> None:
    steps = np.arange(-50.0, 4000.0)
    assert np.array_equal(moment(1 / parts, steps), steps / parts)
    assert is_binary(1 / parts) == math.log2(parts).is_integer()
    assert np.array_equal(moment(1 / parts, steps), steps * (1 / parts)) or not is_binary(1 / parts)


def test_a_length_that_is_no_fraction_is_taken_as_it_is() -> None:
    assert moment(math.pi / 10, 3.0) == 3 * (math.pi / 10) and not is_binary(math.pi / 10)


@pytest.mark.parametrize(
    "head",
    ["60 days step 1/3 day", "8 weeks step 1/7 week", "8 weeks step 1 day", "8 weeks step 1/21 week", "3 months step 1 month"],
)
def test_what_happens_on_a_date_happens_on_the_first_step_that_is_not_before_it(head: str) -> None:
    days = [START + datetime.timedelta(number) for number in range(50)]
    text = f"model m as of {START} for {head}\nstock steps : 1 = 0\nflow one : outside -> steps = 1 / time_step\n"
    for number, day in enumerate(days):
        text += f"event e{number} on {day}\nstock s{number} : 1 = 0\nflow f{number} : outside -> s{number} = pulse(e{number})\n"
        text += f"question since{number} first time time >= {day}\nquestion happened{number} first time e{number}\n"
        text += f"question stepped{number} first time step(1, {day}) = 1\nquestion asked{number} on {day} value steps\n"
        text += f"question times{number} at the end value s{number}\n"
    ran = course(text)
    for number, day in enumerate(days):
        expected = moment(ran.program.step, float(ran.answers[f"asked{number}"][0]))
        seen = {what: float(ran.answers[f"{what}{number}"][0]) for what in ("since", "happened", "stepped")}
        assert set(seen.values()) == {expected}, day
        assert ran.answers[f"times{number}"][0] == pytest.approx(1.0), day
        if "month" not in head:
            assert ran.program.date_of(expected) == day.isoformat()


def test_a_time_that_is_written_is_the_time_of_its_step() -> None:
    times = [step / 10 for step in range(30)]
    text = "model m for 3 weeks step 1/10 week\n"
    text += "".join(f"question q{number} at {time:g} weeks true when time = {time:g} week\n" for number, time in enumerate(times))
    assert all(values[0] == 1.0 for values in course(text).answers.values())


@pytest.mark.parametrize(("end", "steps"), [(22, 12), (15, 8), (12, 7), (2, 1), (1, 1), (-30, 1)])
def test_a_run_to_an_earlier_day_has_the_steps_to_it_and_one_at_least(end: int, steps: int) -> None:
    """The first step at or after the day; a day before the start leaves one step, for a run has one."""
    tree = parse("model m as of 2024-01-01 for 10 weeks step 1/4 week\nstock s : 1 = 0\nquestion q at the end value s\n")
    assert compile_model(tree, Options(end=START + datetime.timedelta(days=end - 1))).steps == steps
