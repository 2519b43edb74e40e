"""How much memory a thread takes, and how many lanes it works on: no more than the program says."""

from __future__ import annotations

import pytest

from foedus.engine.emit import emit
from helpers import program_of

TEXT = """model m for 4 weeks step 1/4 week method {}
param k : 1 ~ uniform(0, 1) because "x"
stock s : 1 = k
flow f : s -> outside = s * k per week
"""
RING = "let late : 1 = delay(s, 1 week)\n"
ASKED = "question q at the end value s{}\n"


@pytest.mark.parametrize(("method", "copies"), [("euler", 1), ("rk4", 3)])
def test_a_thread_holds_its_states_once_and_three_times_for_runge_kutta(method: str, copies: int) -> None:
    program = program_of(TEXT.format(method) + ASKED.format(""))
    held = copies * len(program.states) + len(program.constants)
    assert [emit(program, lanes).workspace for lanes in (1, 4, 8)] == [held, 4 * held, 8 * held]


def test_a_delay_holds_so_many_values_as_it_has_steps() -> None:
    program = program_of(TEXT.format("euler") + RING + ASKED.format(" + late"))
    assert [ring.length for ring in program.rings] == [4]
    assert emit(program, 1).workspace == len(program.states) + len(program.constants) + 4
