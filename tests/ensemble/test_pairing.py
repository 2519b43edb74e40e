"""Scenarios share their luck: differences are sharper than answers, and a scenario that changes nothing changes nothing."""

from __future__ import annotations

import math

import numpy as np
import pytest

from foedus.analysis import compare
from foedus.analysis.finding import Answer
from foedus.ensemble import Futures
from helpers import course, ensemble

TEXT = """\
model m as of 2024-01-01 for 10 weeks step 1/2 week
param p : 1 ~ 1 to 3 because "x"
noise n : 1 ~ lognormal(0, 0.5) every week
event e at rate 0.03 per week
lever l : 1 from 0 to 4 = 1
stock x : 1 = 0
flow f : outside -> x = p * n * (1 + 0.05 * l) per week
scenario same { l = 2 from 2024-02-26 }
scenario idle { l = 1 }
scenario more { l = 2 }
scenario sure { e = on 2024-01-15 }
question level at 7 weeks value x
question high at the end true when x > 21
question fired at the end true when e
question cond at the end value x given e
"""


def answers(found: Futures, question: str) -> dict[str, Answer]:
    return compare(found, found.program.results[found.position(question)])


@pytest.fixture(scope="module")
def found() -> Futures:
    return ensemble(TEXT, 2000)


def test_the_baseline_has_no_difference(found: Futures) -> None:
    assert answers(found, "level")["baseline"].difference is None
    assert answers(found, "level")["baseline"].difference_error is None


def test_a_scenario_that_changes_nothing_differs_by_nothing_that_was_seen(found: Futures) -> None:
    """Its error allows for one future that has not been seen, so that it is never claimed to be none at all; where nothing leads from what it
    sets to the question, or it begins after that, it is none."""
    idle = answers(found, "level")["idle"]
    assert idle.difference == 0.0 and not idle.is_out_of_reach
    assert idle.difference_error == pytest.approx(idle.mc_error * math.sqrt(idle.futures) / found.count, rel=1e-9)
    later = answers(found, "level")["same"]
    assert later.difference == later.difference_error == 0.0
    beyond = answers(found, "fired")["same"]
    assert beyond.is_out_of_reach and beyond.difference == beyond.difference_error == 0.0


def test_a_paired_difference_is_much_sharper_than_an_independent_one(found: Futures) -> None:
    level = answers(found, "level")
    independent = math.hypot(level["more"].mc_error, level["baseline"].mc_error)
    assert level["more"].difference_error < independent / 5
    assert level["more"].difference == pytest.approx(level["more"].mean - level["baseline"].mean, rel=1e-9)
    assert level["more"].difference == pytest.approx(level["baseline"].mean * (1.1 / 1.05 - 1), rel=1e-9)


def test_the_errors_are_those_that_repeated_runs_show() -> None:
    repeated = [ensemble(TEXT, 200, seed=seed) for seed in range(30)]
    for question, key in (("level", "mean"), ("high", "probability"), ("cond", "mean")):
        for scenario in ("baseline", "more"):
            values = [getattr(answers(one, question)[scenario], key) for one in repeated]
            claimed = np.mean([answers(one, question)[scenario].mc_error for one in repeated])
            assert 0.65 < np.std(values, ddof=1) / claimed < 1.45, (question, scenario)
        differences = [answers(one, question)["more"] for one in repeated]
        spread = np.std([one.difference for one in differences], ddof=1)
        assert 0.6 < spread / np.mean([one.difference_error for one in differences]) < 1.5, question


def test_quantiles_and_means_are_those_of_the_futures(found: Futures) -> None:
    values = found.values("level", "more")
    answer = answers(found, "level")["more"]
    np.testing.assert_allclose(answer.quantiles, np.quantile(values, [0.05, 0.25, 0.5, 0.75, 0.95]), rtol=1e-12)
    assert answer.mean == pytest.approx(values.mean()) and answer.futures == 2000
    assert answers(found, "high")["baseline"].probability == pytest.approx(found.values("high").mean())


def test_a_forced_event_changes_its_own_fate_and_nothing_else(found: Futures) -> None:
    assert answers(found, "fired")["sure"].probability == 1.0
    assert answers(found, "level")["sure"].difference == 0.0
    conditional = answers(found, "cond")
    assert conditional["sure"].futures == 2000 > conditional["baseline"].futures


# --- overrides

OVERRIDES = """\
model m as of 2024-01-01 for 8 weeks step 1 week
actor a
index side = r, b
lever l : 1 from 0 to 9 = 1 named low = 0, "very high" = 8
param p : 1 = 5
param v[side] : 1 = 2
let y : 1 = 3 + p * 0
event e on 2024-01-29
event when_ when time >= 3 weeks
decision d by a every week none : 0, act : -50
let now : 1 = pulse(e) * time_step
"""
CHANGES = {
    "l = 4": ("l", [4] * 9),
    "l = low": ("l", [0] * 9),
    'l = "very high"': ("l", [8] * 9),
    "l = 4 from 2024-01-15": ("l", [1, 1, 4, 4, 4, 4, 4, 4, 4]),
    "l = 4 until 2024-01-15": ("l", [4, 4, 1, 1, 1, 1, 1, 1, 1]),
    "l = 4 from 2024-01-08 until 2024-01-22, p = 6": ("l", [1, 4, 4, 1, 1, 1, 1, 1, 1]),
    "p = 6": ("p_", [6] * 9),
    "p = 6 from 3 weeks": ("p_", [5, 5, 5, 6, 6, 6, 6, 6, 6]),
    "v[r] = 9": ("v_", [11] * 9),
    "v = 9": ("v_", [18] * 9),
    "y = 7 from 2 weeks until 4 weeks": ("y", [3, 3, 7, 7, 3, 3, 3, 3, 3]),
    "e = on 2024-01-15": ("e", [0, 0, 1, 1, 1, 1, 1, 1, 1]),
    "e = never": ("e", [0] * 9),
    "when_ = never": ("when_", [0] * 9),
    "when_ = on 2024-02-05": ("when_", [0, 0, 0, 0, 0, 1, 1, 1, 1]),
    "e = on 2024-01-22": ("now", [0, 0, 0, 1, 0, 0, 0, 0, 0]),
    "d = act": ("act", [1] * 9),
    "d = act from 2 weeks until 5 weeks": ("act", [0, 0, 1, 1, 1, 0, 0, 0, 0]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_an_override_sets_its_target_while_it_lasts(change: str) -> None:
    name, values = CHANGES[change]
    text = OVERRIDES + f"let p_ : 1 = p\nlet v_ : 1 = sum(v)\nlet act : 1 = d is act\nscenario s {{ {change} }}\n"
    assert course(text, scenario="s")[name][:, 0].tolist() == values
