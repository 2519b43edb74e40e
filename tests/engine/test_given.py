"""Draws that are handed in: with the streams' own numbers every engine gives the bits of the ordinary program."""

from __future__ import annotations

import datetime

import numpy as np
import pytest

from foedus import numerics
from foedus.compile import Program
from foedus.engine import compile_program, simulate
from foedus.engine.emit import emit
from foedus.ensemble import Sampler, inputs_of
from helpers import program_of, same_bits

from .random_models import random_model

SHOCKS = """\
model m as of 2024-01-01 for 40 weeks step 1/4 week save every 1/4 week
actor us
noise calm : 1 ~ normal(0, 1) every week
noise slow : 1 ~ lognormal(0, 0.2) every 2 weeks memory 5 weeks
noise flat : 1 ~ uniform(0, 1) every week
event jump at rate 30 per year repeating
event once_only at rate 2 per year
decision act by us every 4 weeks from 2024-02-01
  no : 0, yes : calm
stock level : 1 = 0 signed
flow drift : outside -> level = (calm + slow + flat) / 1 week + pulse(jump) + 2 * pulse(once_only) + 3 * pulse(act is yes)
question q at the end value level
hindcast back from 2023-10-02 to 2023-12-20 { }
"""


def own_draws(program: Program, seed: int, futures: int) -> np.ndarray:
    """(row, future): what the streams of `program.given` hold under a seed."""
    rows = np.empty((program.rows - len(program.parameters), futures))
    for slot in program.given:
        for place in range(slot.count):
            index = (slot.first + place) % 2**32
            rows[slot.row - len(program.parameters) + place] = numerics.uniform(seed, slot.stream, np.arange(futures), index)
    return rows


def both(text: str, seed: int, **options: object) -> tuple[list[np.ndarray], list[list[np.ndarray]]]:
    """What the ordinary program saves, and what both engines save when the same draws are handed in."""
    plain, given = (program_of(text, save="all", given=is_given, **options) for is_given in (False, True))
    parameters = Sampler(plain, {}, seed, "random", 7).draw(0, 7)
    ordinary = simulate(plain, inputs_of(plain, plain.scenarios[0], parameters, 0, seed, saves=True))
    table = np.vstack([parameters, own_draws(given, seed, 7)])
    inputs = inputs_of(given, given.scenarios[0], table, 0, seed, saves=True)
    found = [simulate(given, inputs), compile_program(given).simulate(inputs)]
    return [ordinary.saved, ordinary.results], [[run.saved, run.results] for run in found]


def test_pasts_that_end_on_different_days_have_the_same_code() -> None:
    """So that it is made once for all days of a backtest on which the tables of time are the same, and for the forecast from them."""
    ends = (datetime.date(2023, 11, 6), datetime.date(2023, 12, 20), datetime.date(2024, 3, 4))
    programs = [program_of(SHOCKS, save="all", given=True, hindcast="back", end=end) for end in ends]
    assert len({program.steps for program in programs}) == 3
    assert len({emit(program).text for program in programs}) == 1
    assert emit(program_of(SHOCKS, save="all")).text != emit(program_of(SHOCKS, save="all", end=ends[2])).text


@pytest.mark.parametrize("seed", [0, 3])
@pytest.mark.parametrize("hindcast", ["", "back"])
def test_with_the_streams_own_draws_the_bits_are_those_of_the_ordinary_program(seed: int, hindcast: str) -> None:
    ordinary, engines = both(SHOCKS, seed, hindcast=hindcast)
    assert ordinary[0].std() > 0
    for found in engines:
        assert all(same_bits(left, right) for left, right in zip(ordinary, found, strict=True))


@pytest.mark.parametrize("seed", [2, 9, 11])
def test_the_same_holds_for_models_at_random(seed: int) -> None:
    ordinary, engines = both(random_model(seed), seed)
    for found in engines:
        assert all(same_bits(left, right) for left, right in zip(ordinary, found, strict=True))


def test_a_draw_that_is_changed_moves_the_future_from_its_moment_on() -> None:
    program = program_of(SHOCKS, save="all", given=True)
    table = np.vstack([np.empty((len(program.parameters), 2)), own_draws(program, 0, 2)])
    table[:, 1] = table[:, 0]
    slot = next(one for one in program.given if one.stream == "noise:calm")
    table[slot.row + 10, 1] = 0.999
    saved = compile_program(program).simulate(inputs_of(program, program.scenarios[0], table, 5, 1, saves=True)).saved
    row = [one.name for one in program.saved].index("level")
    is_equal = saved[row, :, 0] == saved[row, :, 1]
    assert is_equal[: 4 * 10 + 1].all() and not is_equal[4 * 10 + 1 :].any()


def test_the_run_ends_where_the_options_say() -> None:
    import datetime

    whole, short = (program_of(SHOCKS, end=end) for end in (None, datetime.date(2024, 3, 4)))
    assert (whole.steps, short.steps) == (160, 36)
    assert program_of(SHOCKS, hindcast="back", end=datetime.date(2024, 1, 15)).steps == 60
