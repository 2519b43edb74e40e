"""The compiled engine on one small model with a bit of everything, and how much memory a thread takes: no more than the program says."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.engine.emit import emit
from helpers import ensemble, program_of

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


WHOLE = """\
model m as of 2024-01-01 for 6 weeks step 1/4 week
param k : 1 ~ uniform(0.5, 1.5) because "x"
param j : 1 ~ normal(0, 1) because "x"
noise luck : 1 ~ lognormal(0, 0.3) every week
stock s : 1 = 10 * k
stock t : 1 = 0
flow f : s -> t = s * (k + exp(j)) / (1 + exp(j) * k) * luck * 0.05 per week
flow g : t -> outside = pulse(raid) * 0.1
let late : 1 = delay(s, 1 week)
event raid at rate 2 per week repeating
event come on 2024-01-15
actor a
decision act by a every 2 weeks
  wait : sqrt(k), go : late - 8 - j * j
scenario never_comes { come = never, k = 1 }
chart "Both" of s, t
question q at the end value late + t
question n at the end value count(raid)
question c at the end value time_since(come)
question w by 2024-02-05 true when act is go
"""


@pytest.mark.parametrize("futures", [1, 13])
def test_both_engines_agree_on_a_bit_of_everything(futures: int) -> None:
    """Few futures of one model: the many models at random take minutes."""
    plain, quick = (ensemble(WHOLE, futures, 3, engine, trajectories=futures) for engine in ("reference", "compiled"))
    assert plain.digest == quick.digest
    for one, other in zip(plain.results, quick.results, strict=True):
        assert np.array_equal(one, other, equal_nan=True)
    assert plain.trajectories is not None and quick.trajectories is not None
    assert np.array_equal(plain.trajectories, quick.trajectories)


def test_an_event_that_a_scenario_never_lets_come_has_not_come() -> None:
    ran = ensemble(WHOLE, 5)
    assert ran.values("c", "baseline").min() > 3.9 and not ran.values("c", "never_comes").any()
