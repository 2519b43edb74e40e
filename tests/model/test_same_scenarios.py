"""A scenario that is the model as it stands, or another one again, is told: no difference that it shows would say anything."""

from __future__ import annotations

import pytest

from foedus.analysis import same_scenarios
from helpers import ensemble, program_of

HEAD = """model m as of 2024-01-01 for 20 weeks step 1 week
param k : 1 = 2
param u : 1 ~ uniform(1, 2) because "x"
lever l : 1 from 0 to 5 = 1 named low = 1
let z : 1 = 3
let twice : 1 = u * 2
event e on 2024-02-05
event g on 2024-02-05 with chance 50 %
event h at rate 1 per month
event far on 2025-02-05
event last on 2024-05-20
event next on 2024-05-21
actor a
decision d by a every week
  wait : 0, go : u
stock x : 1 = 0
flow f : outside -> x = pulse(e) + pulse(g) + pulse(h) + (k + l + z)/1 week + pulse(far)
"""
TAIL = "question q at the end value x\n"
IDLE = (
    "e = on 2024-02-05",
    "far = never",
    "next = never",
    "z = 3",
    "z = 3 from 2024-02-05",
    "k = 2 until 2024-02-05",
    'l = "low", k = 2',
    "e = on 2024-02-05, l = 1",
)
AN_EFFECT = (
    "e = on 2024-02-12",
    "e = never",
    "g = on 2024-02-05",
    "h = never",
    "h = on 2024-02-05",
    "z = 4",
    "k = 3 until 2024-02-05",
    "far = on 2024-03-04",
    "last = never",
    'd = "wait"',
    "u = 1.5",
    "l = 1, k = 3",
)


def codes(*scenarios: str) -> list[str]:
    text = "".join(f"scenario s{number} {{ {one} }}\n" for number, one in enumerate(scenarios))
    return [one.code for one in program_of(HEAD + text + TAIL).warnings if one.code.endswith("scenario")]


@pytest.mark.parametrize("one", IDLE)
def test_what_is_so_anyway_changes_nothing(one: str) -> None:
    assert codes(one) == ["idle-scenario"]


@pytest.mark.parametrize("one", AN_EFFECT)
def test_what_is_otherwise_changes_something(one: str) -> None:
    assert codes(one) == []
    assert codes(one, one) == ["repeated-scenario"]


@pytest.mark.parametrize(
    "pair",
    [
        ("z = 4", "z = 4 from 2024-01-01"),
        ("z = 4 until 2024-02-03", "z = 4 until 2024-02-05"),
        ("k = 3", "k = 3, l = 1, e = on 2024-02-05"),
        ("e = on 2024-02-07", "e = on 2024-02-12"),
    ],
)
def test_two_ways_to_say_the_same_are_one_scenario(pair: tuple[str, str]) -> None:
    assert codes(*pair) == ["repeated-scenario"]


@pytest.mark.parametrize("pair", [("z = 4", "z = 5"), ("e = never", "g = never"), ("h = never", "h = on 2024-02-05")])
def test_two_that_differ_are_two(pair: tuple[str, str]) -> None:
    assert codes(*pair) == []


def told(scenarios: str, futures: int = 100) -> list[str]:
    return [one.message for one in same_scenarios(ensemble(HEAD + scenarios + TAIL, futures, engine="compiled"))]


def test_a_scenario_that_moves_no_answer_in_any_future_is_told() -> None:
    (message,) = told("scenario s { twice = 3 }\n")
    assert "`s`" in message and "`baseline`" in message and "100 futures" in message
    assert told("scenario s { twice = 3 }\n", futures=99) == []  # so few may be luck


@pytest.mark.parametrize("scenarios", ["scenario s { z = 4 }\n", "scenario s { z = 3 }\n", "scenario s hidden { twice = 3 }\n"])
def test_what_moves_is_told_already_or_is_hidden_needs_no_word(scenarios: str) -> None:
    assert told(scenarios) == []
