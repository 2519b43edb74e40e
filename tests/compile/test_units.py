"""Units: prefixes, rates with different units of time, per cent, powers; a bare number takes the declared unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.units import UnitTable
from helpers import course, program_of

HEAD = "model m as of 2024-01-01 for 2 weeks step 1 week\nunit person, shell, kp = 1000 person\n"

# definition with its declared unit -> value in that unit
VALUES = {
    "person/week = 1 person/day + 7 person/week": 14,
    "person/day = 14 person/week": 2,
    "person/year = 1 person/week": 365.25 / 7,
    "1 = 1 year / 12 month": 1,
    "day = 1 month": 365.25 / 12,
    "day = 36 hours": 1.5,
    "second = 2 minutes": 120,
    "person = 3 kperson": 3000,
    "person = 2 kp": 2000,
    "kp = 500 person": 0.5,
    "Mshell = 250000 shell": 0.25,
    "m = 2 km": 2000,
    "km2 = 3 km^2": None,
    "km^2 = 3000000 m^2": 3,
    "m^2 = 1 ha": 10000,
    "kg = 2 t": 2000,
    "1 = 90 %": 0.9,
    "% = 0.25": None,
    "1 = 50 % * 50 %": 0.25,
    "person = 10 % * 50 person": 5,
    "m = sqrt(9 km^2)": 3000,
    "m = (4 m^2)^0.5": 2,
    "m^3 = (2 m)^3": 8,
    "1/week = 1/3 per month": 7 / (365.25 / 12) / 3,
    "person = 5": 5,
    "kp = 5": 5,
    "week = 2024-01-15": 2,
    "day = 2024-01-15": 14,
    "person*week = 7 person*day": 1,
    "1/shell = 2 /kshell": 0.002,
    "person/week/shell = 1 person/day/kshell": 0.007,
    "person = 0": 0,
    "person = 1 person + 0": 1,
    "person = max(0, 2 kp)": 2000,
    "1 = (3 km) / (1500 m)": 2,
    "1 = 2 person/week * 3 weeks / 6 person": 1,
}


@pytest.mark.parametrize("definition", [one for one, value in VALUES.items() if value is not None])
def test_a_definition_is_converted_to_its_declared_unit(definition: str) -> None:
    found = course(f"{HEAD}let x : {definition}\n")["x"][0, 0]
    assert found == pytest.approx(VALUES[definition], rel=1e-13)


def test_a_bare_number_takes_the_declared_unit_where_the_language_says_so() -> None:
    text = (
        f'{HEAD}param p : kp ~ 1.9 to 2.1 because "x"\nparam q : person = 7\nstock s : kp = 3 within 0 to 5\nlever l : kp from 1 to 4 = 2\n'
        "scenario t { l = 4, q = 9 }\nquestion a at 1 week value l\nquestion b at 1 week value q\nlet in_persons : person = l + s\n"
    )
    run = course(text, futures=20)
    assert run.answers["a"][0] == 2 and run.answers["b"][0] == 7
    assert run["in_persons"][0, 0] == 5000
    changed = course(text, scenario="t")
    assert changed.answers["a"][0] == 4 and changed.answers["b"][0] == 9


def test_answers_are_shown_in_the_unit_asked_for() -> None:
    text = f"{HEAD}stock s : person = 2500 person\nflow f : outside -> s = 70 person/week\n"
    text += "question a at 1 week value s in kp\nquestion b at 1 week value f in person/day\nquestion c from 0 weeks to 2 weeks total f\n"
    run = course(text)
    assert run.answers["a"][0] == pytest.approx(2.57)
    assert run.answers["b"][0] == pytest.approx(10)
    assert run.answers["c"][0] == pytest.approx(140)
    assert [slot.unit for slot in run.program.results] == ["kp", "person/day", "person"]


@pytest.mark.parametrize("unit", ["second", "minute", "hour", "day", "week", "month", "year"])
def test_the_unit_of_the_horizon_is_the_models_own_unit_of_time(unit: str) -> None:
    program = program_of(f"model m for 4 {unit}s step 1/2 {unit}\nstock x : 1 = 1\nlet y : {unit} = time\n", save="all")
    assert (program.time_unit, program.steps, program.step) == (unit, 8, 0.5)


POWERS = st.dictionaries(st.sampled_from(["person", "week", "m", "kg"]), st.integers(-3, 3), max_size=3)


@given(POWERS, POWERS, POWERS)
def test_units_multiply_and_divide_like_numbers(a: dict[str, int], b: dict[str, int], c: dict[str, int]) -> None:
    table = UnitTable()
    table.declare("person", None)
    x, y, z = (table.read(one.items()) for one in (a, b, c))
    assert x.times(y).dimensions == y.times(x).dimensions
    assert x.times(y).times(z).dimensions == x.times(y.times(z)).dimensions
    assert x.times(y).over(y).dimensions == x.dimensions
    assert x.over(x).is_plain
    assert x.times(y).scale == pytest.approx(x.scale * y.scale)
