"""How often, when and why: figures of events, decisions, treaties and checks over all futures."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from foedus.analysis import hold_checks, idle_decisions, occurrences
from foedus.analysis.finding import Occurrence
from foedus.ensemble import Settings, run_ensemble
from foedus.model import parse
from helpers import ensemble, program_of

TEXT = """\
model m as of 2024-01-01 for 10 weeks step 1/2 week
actor a, b
event dated on 2024-01-22
event lucky on 2024-01-22 with chance 0.25
event fast at rate 4 per week
decision d by a every 2 weeks until 6 weeks none : 0, act : log(3) + 0 * time / 1 week
treaty t between a and b, in force when time >= 1 week obliges "x" when time >= 3 weeks, honoured with chance 1 after 2 weeks
question acted at the end value count(d is act)
question first_fast first time fast
"""


@pytest.fixture(scope="module")
def found() -> dict[str, Occurrence]:
    return {one.name: one for one in occurrences(ensemble(TEXT, 400))}


def test_an_event_has_its_share_and_its_dates(found: dict[str, Occurrence]) -> None:
    assert found["dated"].fired == 1.0 and found["dated"].when == ("2024-01-22",) * 3
    assert found["lucky"].fired == pytest.approx(0.25, abs=4 * np.sqrt(0.25 * 0.75 / 400))
    assert found["lucky"].when == ("2024-01-22",) * 3


def test_the_dates_of_an_event_are_quantiles_of_its_first_times(found: dict[str, Occurrence]) -> None:
    run = ensemble(TEXT, 400)
    weeks = np.quantile(run.values("first_fast"), [0.05, 0.5, 0.95], method="inverted_cdf")
    assert found["fast"].when == tuple(run.program.date_of(float(week)) for week in weeks)


def test_a_decision_has_its_moments_chance_share_and_terms(found: dict[str, Occurrence]) -> None:
    act = found["d: act"]
    assert act.considered == 3.0  # at 0, 2 and 4 weeks
    assert act.probability == pytest.approx(0.75, abs=1e-5) and found["d: none"].probability == pytest.approx(0.25, abs=1e-5)
    assert act.fired == pytest.approx(1 - 0.25**3, abs=4 * np.sqrt(0.02 / 400))
    assert act.terms["log(3)"] == pytest.approx(np.log(3), abs=1e-5)


def test_a_treaty_has_its_stages(found: dict[str, Occurrence]) -> None:
    dates = {"in force": "2024-01-08", "invoked": "2024-01-22", "honoured": "2024-02-05"}
    for stage, date in dates.items():
        assert found[f"t: {stage}"].fired == 1.0 and found[f"t: {stage}"].when == (date,) * 3


def test_a_decision_that_never_or_always_acts_is_warned_about() -> None:
    assert idle_decisions(ensemble(TEXT, 50)) == []
    for utility, word in (("-60", "no future"), ("60", "every future")):
        (warning,) = idle_decisions(ensemble(TEXT.replace("log(3)", utility), 50))
        assert warning.code == "idle-decision" and word in warning.message
    assert "never considered" in idle_decisions(ensemble(TEXT.replace("until 6 weeks", "when time > 99 weeks"), 20))[0].message


CHECKED = """\
model m for 8 weeks step 1/2 week
param p : 1 ~ 1 to 3 because "x"
lever l : 1 from 0 to 4 = 1
stock x : 1 = 10
stock gone : 1 = 0
flow f : x -> gone = p * l * 0.1 per week
scenario more { l = 2 }
question left at the end value x
check "kept" conserve 1 over x, gone
check "falls" scenario more lowers left
check "falls far" scenario more lowers left by 50
check "rises" scenario more raises left
check "moves" scenario more moves left
check "forced" when l = 0 then f = 0
check "forced and wrong" when l = 4 then f < 0.1 per week
check "seen" when time > 4 weeks then x < 10
check "never seen" when x > 99 then x > 0
check "always" always gone >= 0
check "not always" always gone < 0.3
"""
HELD = {
    "kept": True,
    "falls": True,
    "falls far": False,
    "rises": False,
    "moves": True,
    "forced": True,
    "forced and wrong": False,
    "seen": True,
    "never seen": False,
    "always": True,
    "not always": False,
}


def test_every_kind_of_check_holds_or_fails_as_it_should() -> None:
    program = program_of(CHECKED, checks=True)
    ran = run_ensemble(program, Settings(futures=200, engine="reference"), scenarios=program.scenarios)
    assert {one.name: one.passed for one in hold_checks(ran, parse(CHECKED))} == HELD


def test_an_effect_within_its_monte_carlo_error_does_not_pass() -> None:
    text = (
        "model m for 8 weeks step 1 week\nevent e at rate 0.1 per week\nevent g at rate 0.1 per week\nlet n : 1 = e + 0.001 * g\n"
    )
    text += "scenario s { g = never }\nscenario none { g = on 7 weeks }\nquestion q at the end value g\nquestion r at the end value n\n"
    text += 'check "tiny" scenario none moves r\ncheck "large" scenario s lowers q by 0.3\ncheck "beyond" scenario s lowers q by 0.6\n'
    program = program_of(text, checks=True)
    ran = run_ensemble(program, Settings(futures=8, engine="reference"), scenarios=program.scenarios)
    few = {one.name: one.passed for one in hold_checks(ran, parse(text))}
    ran = run_ensemble(program, Settings(futures=2000, engine="reference"), scenarios=program.scenarios)
    many = {one.name: one.passed for one in hold_checks(ran, parse(text))}
    assert few["large"] is False and many == {"tiny": True, "large": True, "beyond": False}


def test_the_digest_sees_a_status() -> None:
    found = ensemble(TEXT, 20)
    changed = found.statuses.copy()
    changed[0, 3] = 2
    assert dataclasses.replace(found, statuses=changed).digest != found.digest


def test_what_came_in_futures_that_failed_does_not_count() -> None:
    """The alarm sounds in those only that run dry, and they have no answer; where none ends well nothing is told."""
    text = """\
model m as of 2024-01-01 for 20 weeks step 1 week
actor z
param loss : 1/week ~ choice(1, 0, 1, 1) because "x"
stock store : 1 = 10
flow lost : store -> outside = LOSS
event alarm when store < 3
event dated on 2024-02-05
decision d by z every 4 weeks no : 0, yes : 0
question sounded at the end true when alarm
"""
    ran = ensemble(text.replace("LOSS", "loss"), 400)
    found = {one.name: one for one in occurrences(ran)}
    assert 100 < ran.status["ok"] < 300 and np.nanmax(ran.values("sounded")) == 0
    assert found["alarm"].fired == 0.0 and found["alarm"].when is None
    assert found["dated"].fired == 1.0 and found["d: yes"].considered == 6.0
    none = ensemble(text.replace("LOSS", "1 per week"), 40)
    assert none.status["ok"] == 0 and all(np.isnan(one.fired) and one.when is None for one in occurrences(none))
    assert idle_decisions(none) == []


def test_too_few_happenings_have_no_tails() -> None:
    found = {one.name: one for one in occurrences(ensemble(TEXT, 19))}
    assert found["dated"].when == ("", "2024-01-22", "")
