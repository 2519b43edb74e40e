"""The compiled engine is held against the readable one: results, statuses, reports and trajectories, to the bit."""

from __future__ import annotations

import dataclasses
import re
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from foedus.compile import Program
from foedus.compile.program import OPERATIONS
from foedus.constructs import KEYWORDS
from foedus.distributions import Uniform
from foedus.engine import CompiledProgram, Run, compile_program, simulate
from foedus.engine.operations import RULES
from foedus.ensemble import Sampler, inputs_of
from foedus.errors import ModelError
from foedus.language.builtins import BUILTINS, FAMILIES
from foedus.model import Options, compile_model, read_model
from helpers import SHIPPED, name_of, program_of, same_bits, shipped

from .random_models import random_files, random_model, random_source

PARTS = ("results", "status", "reports", "saved")


def differences(left: Run, right: Run) -> list[str]:
    return [part for part in PARTS if not same_bits(getattr(left, part), getattr(right, part))]


def held_against_the_reference(program: Program, futures: int, lanes: int, seed: int = 0, is_optimised: bool = True) -> None:
    pools = {slot.name: Uniform(0.5, 2.0) for slot in program.parameters if slot.claims}
    parameters = Sampler(program, pools, seed, "random", futures).draw(0, futures)
    sooner = CompiledProgram(program, lanes, is_quick=True)
    fast = compile_program(program, lanes) if is_optimised else sooner
    assert fast.is_quick != is_optimised
    for scenario in program.scenarios:
        inputs = inputs_of(program, scenario, parameters, 0, seed, saves=True)
        slow = simulate(program, inputs)
        assert differences(slow, fast.simulate(inputs)) == [], f"scenario {scenario.name}"
        assert differences(slow, sooner.simulate(inputs)) == [], f"scenario {scenario.name}, made quickly"


@pytest.mark.parametrize("path", SHIPPED, ids=name_of)
def test_both_engines_agree_on_every_shipped_model(path: Path) -> None:
    program = program_of(shipped(path), checks=True)
    some = program.scenarios[1 :: max(1, len(program.scenarios) // 2)][:2]
    held_against_the_reference(dataclasses.replace(program, scenarios=some), futures=9, lanes=0)  # as many as a run takes


@settings(max_examples=12, phases=[Phase.explicit, Phase.generate])
@given(st.integers(0, 2**32))
def test_both_engines_agree_on_models_at_random(cache: Path, seed: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOEDUS_CACHE", "")
        program = program_of(random_model(seed), save="all", checks=True)
        held_against_the_reference(program, futures=13, lanes=4, seed=seed)


def wild_program(seed: int) -> Program | None:
    """A program that fails in some futures; None where it would fail in each of them, which is refused."""
    try:
        return program_of(random_model(seed, is_wild=True), save="all", checks=True)
    except ModelError as error:
        assert {problem.code for problem in error.problems} == {"not-finite"}
        return None


@settings(max_examples=5, phases=[Phase.explicit, Phase.generate])
@given(st.integers(0, 2**32), st.booleans())
def test_both_engines_agree_on_models_of_parts_and_by_the_calendar(cache: Path, seed: int, is_wild: bool) -> None:
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setenv("FOEDUS_CACHE", "")
        try:
            program = compile_model(read_model(random_source(Path(folder), seed, is_wild)), Options(save="all", checks=True))
        except ModelError as error:
            assert is_wild and {problem.code for problem in error.problems} == {"not-finite"}
            return
        held_against_the_reference(program, futures=9, lanes=4, seed=seed, is_optimised=False)


def test_models_of_parts_use_every_kind_of_part_and_every_period() -> None:
    found = [random_files(seed) for seed in range(30)]
    texts = "\n".join("\n".join(files.values()) for files in found)
    assert set(re.findall(r"\w+", texts)) >= {"include", "mechanism", "slot", "gives", "use", "input", "held", "interpolated"}
    steps = {re.search(r"step (\S+) (\w+)", files["model.foedus"]).groups() for files in found}
    assert {unit for _, unit in steps} == {"week", "month", "year"} and ("1/1", "month") in steps


@settings(max_examples=10, phases=[Phase.explicit, Phase.generate])
@given(st.integers(0, 2**32))
def test_both_engines_fail_alike(cache: Path, seed: int) -> None:
    """Roots and logarithms of what is below zero, quotients of nothing, powers without end: the same futures fail, and say the same of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOEDUS_CACHE", "")
        program = wild_program(seed)
        if program is not None:
            held_against_the_reference(program, futures=13, lanes=4, seed=seed, is_optimised=seed % 3 == 0)


def test_wild_models_fail_in_some_futures_and_not_in_others() -> None:
    kinds: set[int] = set()
    for program in filter(None, map(wild_program, range(12))):
        parameters = Sampler(program, {}, 0, "random", 13).draw(0, 13)
        inputs = inputs_of(program, program.scenarios[0], parameters, 0, 0, saves=False)
        kinds |= set(simulate(program, inputs).status.tolist())
    assert len(kinds) > 1 and 0 in kinds


SMOOTH = """\
model smooth_model for 6 weeks step 1/4 week method rk4 save every 1/4 week
index side = red, blue
table curve : 1 of 1 = (-2, 0.5) (0, 1) (1, -1.5) (4, 2)
param p : 1 ~ 0.5 to 2 because "x"
param span : week ~ 1 to 3 because "x"
lever push : 1 from 0 to 2 = 1
stock x[side] : 1 = p signed
stock y : 1 = 1 within -100 to 100 signed
let z : 1 = smooth3(sum(x), span) + delay1(y, 2 weeks) - curve(y) * step(push, 2.4 weeks)
flow f[side] : outside -> x[side] = (sin(z) - x[side] * p) / 1 week
flow g : outside -> y = tanh(x[red] - share(x[blue]) + ramp(0.3 per week, 1 week, 4 weeks)) / span
scenario pushed { push = 2 from 1 week until 3 weeks, p = 0.9 }
question q at the end value z
question r from 1 week to 5 weeks mean y
"""


def test_both_engines_agree_with_runge_kutta() -> None:
    held_against_the_reference(program_of(SMOOTH, save="all"), futures=11, lanes=4)


def test_both_engines_agree_on_a_hindcast() -> None:
    text = random_model(3) + "hindcast back from 2023-11-20 to 2024-01-01 { weight = 0.3, p0 = 0.1 }\n"
    program = program_of(text, hindcast="back", save="all")
    assert program.first_step < 0
    held_against_the_reference(program, futures=9, lanes=4)


def test_futures_of_any_number_have_the_same_bits_on_both_engines() -> None:
    program = program_of(random_model(5), save="all")
    parameters = Sampler(program, {}, 0, "random", 5).draw(0, 5)
    for first in (1, 4711, 2**31 - 2, 2**32 - 5):
        inputs = inputs_of(program, program.scenarios[0], parameters, first, 0, saves=True)
        assert differences(simulate(program, inputs), compile_program(program).simulate(inputs)) == []


@pytest.mark.parametrize("lanes", [2, 8, 16])
def test_the_number_of_lanes_changes_no_bit(lanes: int) -> None:
    held_against_the_reference(program_of(random_model(7), save="all"), futures=37, lanes=lanes)


def test_the_comparison_of_bits_sees_a_single_one() -> None:
    numbers = np.arange(6.0).reshape(2, 3)
    other = numbers.copy()
    other[1, 2] = np.nextafter(5.0, 6.0)
    assert same_bits(numbers, numbers.copy()) and not same_bits(numbers, other)
    assert not same_bits(np.array([0.0]), np.array([-0.0])) and same_bits(np.array([np.nan]), np.array([-np.nan]))


def test_random_models_use_every_construct_every_built_in_and_every_family() -> None:
    texts = "\n".join(random_model(seed) for seed in range(60))
    words = set(re.findall(r"\w+", texts))
    told_elsewhere = {"baseline", "hindcast", "series", "observe", "variant", "chart", "check", "headline", "repeating"}
    told_elsewhere |= {"include", "mechanism", "slot", "gives", "use", "input"}  # they stand for others
    wanted = (KEYWORDS | set(BUILTINS) | set(FAMILIES) | {"given", "until", "once", "never", "memory", "per"}) - told_elsewhere
    assert wanted - words == set()


def test_every_operation_of_a_program_has_a_rule() -> None:
    assert set(RULES) == set(OPERATIONS)
