"""A stock that a scenario holds for a while goes on from what it was held at."""

from __future__ import annotations

import pytest

from foedus.engine import compile_program, simulate
from foedus.ensemble import Sampler, inputs_of
from helpers import course, program_of, refusal, same_bits

TEXT = """\
model m as of 2024-01-01 for 20 weeks step STEP week
stock store : 1 = 10
stock gone : 1 = 0
flow fed : outside -> store = 1 per week
flow used : store -> gone = store * 0.1 per week
scenario low { store = 3 from 2024-01-29 until 2024-03-04 }
question before on 2024-01-22 value store
question first on 2024-01-29 value store
question last on 2024-02-26 value store
question release on 2024-03-04 value store
question after on 2024-03-11 value store
question lost from 2024-01-29 to 2024-03-04 change gone
"""


def expected(step: float) -> dict[str, float]:
    store = 10.0
    for _ in range(round(3 / step)):
        store += step * (1 - 0.1 * store)
    after = 3.0
    for _ in range(round(1 / step)):
        after += step * (1 - 0.1 * after)
    return {"before": store, "first": 3.0, "last": 3.0, "release": 3.0, "after": after, "lost": 5 * 0.3}


@pytest.mark.parametrize("step", [1.0, 1 / 4, 1 / 7])
def test_it_stays_and_then_goes_on_from_there(step: float) -> None:
    text = TEXT.replace("STEP", f"1/{round(1 / step)}")
    answers = course(text, scenario="low").answers
    for name, value in expected(step).items():
        assert answers[name][0] == pytest.approx(value, rel=1e-12), name


def test_both_engines_agree() -> None:
    program = program_of(TEXT.replace("STEP", "1/7"), save="all")
    parameters = Sampler(program, {}, 0, "random", 5).draw(0, 5)
    for scenario in program.scenarios:
        inputs = inputs_of(program, scenario, parameters, 0, 0, saves=True)
        slow, fast = simulate(program, inputs), compile_program(program).simulate(inputs)
        assert same_bits(slow.results, fast.results) and same_bits(slow.saved, fast.saved)


def test_runge_and_kutta_cannot_hold_a_stock() -> None:
    text = "model m for 9 weeks step 1 week method rk4\nstock x : 1 = 5\nflow f : outside -> x = 1 per week\n"
    found = refusal(text + "scenario low { x = 3 from 2 weeks until 4 weeks }\n")
    assert [one.code for one in found.problems] == ["rk4-with-jumps"]
