"""The chance of a treaty that is given by a prior is a parameter like any other."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.ensemble import Sampler
from helpers import ensemble, program_of, refusal

TEXT = """\
model m as of 2024-01-01 for 10 weeks step 1/4 week
param other : 1 ~ normal(0, 1) because "x"
treaty transit between red and blue, in force when time >= 1 week
  obliges "transit" when time >= 2 weeks, honoured with chance ~ 0.55 to 0.9 as share because "so far two in three"
param last : 1 ~ uniform(0, 1) because "x"
stock x : 1 = 0
question held at 5 weeks true when honoured(transit)
question chance at 5 weeks value transit_chance
"""


def test_it_stands_among_the_parameters_where_the_treaty_stands() -> None:
    program = program_of(TEXT)
    assert [slot.name for slot in program.parameters] == ["other", "transit_chance", "last"]
    assert (
        program.parameters[1].label == "Chance that transit is honoured"
        and program.parameters[1].because == "so far two in three"
    )


def test_scenarios_set_it() -> None:
    futures = ensemble(TEXT + "scenario never { transit_chance = 0 }\nscenario surely { transit_chance = 1 }\n", 400)
    assert futures.values("held", "never").max() == 0 and futures.values("held", "surely").min() == 1
    assert 0.6 < futures.values("held").mean() < 0.85
    assert 0.2 < futures.values("chance").min() < 0.6 < futures.values("chance").max() < 1


def test_a_scenario_sets_it_for_a_while() -> None:
    text = (
        TEXT
        + "scenario then { transit_chance = 0 from 2024-01-10 until 2024-01-20 }\nscenario later { transit_chance = 0 from 2024-02-01 }\n"
    )
    futures = ensemble(text, 200)
    assert futures.values("held", "then").max() == 0
    assert np.array_equal(futures.values("held", "later"), futures.values("held"))


def test_definitions_questions_correlations_hindcasts_checks_and_observations_name_it() -> None:
    program = program_of(
        TEXT + "correlate transit_chance with last at 0.9\nlet odds : 1 = transit_chance / (1 - transit_chance)\n"
        'observe transit_chance = 0.7 on 2024-01-29 as normal(0.1) because "x"\ncheck "c" always transit_chance < 1\n'
        'check "d" when transit_chance = 0 then not honoured(transit)\n'
        'hindcast h from 2023-06-01 to 2023-09-01 { transit_chance ~ 0.1 to 0.2 as share because "then" }\n',
        checks=True,
    )
    assert program.correlations == ((1, 2, 0.9),)
    drawn = Sampler(program, {}, 0, "random", 2000).draw(0, 2000)
    assert np.corrcoef(drawn[1], drawn[2])[0, 1] > 0.8
    past = program_of(
        TEXT + 'hindcast h from 2023-06-01 to 2023-09-01 { transit_chance ~ 0.1 to 0.2 as share because "then" }\n', hindcast="h"
    )
    assert Sampler(past, {}, 0, "random", 100).draw(0, 100)[1].max() < 0.4


@pytest.mark.parametrize("line", ["param transit_chance : 1 = 0.5", "let transit_chance : 1 = 0.5"])
def test_its_name_is_taken(line: str) -> None:
    (problem,) = refusal(TEXT + line + "\n").problems
    assert (problem.line, problem.code) == (9, "duplicate-name") and "line 3" in problem.message


def test_a_chance_without_a_prior_is_no_parameter() -> None:
    text = TEXT.replace("~ 0.55 to 0.9 as share", "0.7").replace("question chance at 5 weeks value transit_chance\n", "")
    assert [slot.name for slot in program_of(text).parameters] == ["other", "last"]
    assert refusal(text + "scenario s { transit_chance = 0 }\n").problems[0].code == "unknown-target"
