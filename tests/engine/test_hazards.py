"""Events at a rate: as many as a Poisson process has, at any step; a guard at an empty stock is honoured."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.helpers import program_of

from foedus.ensemble import Settings, run_ensemble

QUEUE = """
model m for 200 days step {} day
stock waiting : 1 = 0
param mu : 1/day = 1.6/day
event arrive at rate 1 per day repeating
event serve at rate mu * (waiting > 0.5) repeating
event leave at rate 0.1 / 1 day * (waiting > 0.5) repeating
flow came : outside -> waiting = pulse(arrive)
flow served : waiting -> outside = pulse(serve)
flow left : waiting -> outside = pulse(leave)
question w from 50 days to 200 days mean waiting
"""


@pytest.mark.parametrize(("rate", "step"), [(0.1, "1/4"), (1, "1/4"), (10, "1/4"), (2, "1"), (1, "1/32")])
def test_counts_are_those_of_a_poisson_process(rate: float, step: str) -> None:
    text = f"model m for 100 days step {step} day\nevent b at rate {rate} per day repeating\nstock s : 1 = 0\n"
    text += "flow f : outside -> s = pulse(b)\nquestion n at the end value count(b)\nquestion s at the end value s\n"
    ran = run_ensemble(program_of(text), Settings(4000, 5))
    counts, mean = ran.values("n"), 100 * rate
    assert counts.mean() == pytest.approx(mean, abs=4 * math.sqrt(mean / 4000))
    assert counts.var(ddof=1) == pytest.approx(mean, rel=4 * math.sqrt((2 + 1 / mean) / 4000))
    assert np.array_equal(counts, ran.values("s"))


@pytest.mark.parametrize("step", ["2", "1", "1/8"])
def test_nothing_leaves_an_empty_queue(step: str) -> None:
    ran = run_ensemble(program_of(QUEUE.format(step)), Settings(500, 0))
    assert ran.is_ok.all()


def test_a_queue_has_the_length_that_theory_has() -> None:
    text = QUEUE.format("1/32").replace("event leave at rate 0.1 / 1 day", "event leave at rate 0 / 1 day")
    values = run_ensemble(program_of(text), Settings(3000, 1)).values("w")
    assert values.mean() == pytest.approx(1 / 1.6 / (1 - 1 / 1.6), abs=0.03 + 4 * values.std() / math.sqrt(3000))


@pytest.mark.parametrize("step", ["1", "1/2", "1/4"])
@pytest.mark.parametrize("limit", ["until 2024-01-02", ""])
def test_all_that_a_step_holds_fires_in_it(step: str, limit: str) -> None:
    """Nothing is left over when the rate ends, nor when the run does: the first day has twenty on average, however it is cut."""
    days = "9 days" if limit else "1 day"
    text = f"model m as of 2024-01-01 for {days} step {step} day\nevent b at rate 20 per day {limit} repeating\nstock s : 1 = 0\n"
    text += "flow f : outside -> s = pulse(b)\nquestion n at the end value count(b)\nquestion s at the end value s\n"
    text += "question first on 2024-01-02 value count(b)\n"
    ran = run_ensemble(program_of(text), Settings(4000, 7))
    counts = ran.values("n")
    assert counts.mean() == pytest.approx(20, abs=4 * math.sqrt(20 / 4000))
    assert counts.var(ddof=1) == pytest.approx(20, rel=4 * math.sqrt((2 + 1 / 20) / 4000))
    assert np.array_equal(counts, ran.values("s"))
    assert np.array_equal(counts, ran.values("first"))


def test_a_burst_takes_no_more_than_there_is() -> None:
    text = (
        "model m for 3 days step 1 day\nstock s : 1 = 7\nevent b at rate 50 per day repeating\nflow f : s -> outside = pulse(b)\n"
    )
    ran = run_ensemble(
        program_of(text + "question n at the end value count(b)\nquestion s at the end value s\n"), Settings(200, 3)
    )
    assert ran.is_ok.all() and (ran.values("n") == 7).all() and (ran.values("s") == 0).all()


def test_a_firing_that_is_named_first_takes_as_much() -> None:
    """A flow may read the pulse through auxiliaries, one behind the other: nothing depends on itself, and not a bit moves."""
    named = QUEUE.replace("waiting -> outside = pulse(serve)", "waiting -> outside = taken").replace(
        "question", "let seen : 1/day = pulse(serve)\nlet taken : 1/day = seen\nquestion"
    )
    ran, other = (run_ensemble(program_of(text.format("1")), Settings(50, 3)) for text in (QUEUE, named))
    assert np.array_equal(ran.values("w"), other.values("w")) and ran.values("w").std() > 0
