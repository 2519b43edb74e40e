"""What a scenario sets itself is told apart from what it teaches, by what the questions read."""

from __future__ import annotations

import numpy as np
import pytest
from tests.engine.random_models import random_model
from tests.helpers import ensemble, program_of

from foedus.analysis import compare
from foedus.compile.dependencies import Order
from foedus.compile.program import ScenarioSlot
from foedus.compile.scope import build_scope
from foedus.constructs import tree as t
from foedus.model import parse
from foedus.model.reach import Reach
from foedus.model.settled import with_set_answers

HEAD = "model m as of 2024-01-01 for 20 weeks step 1 week\nunit person\n"
SENT = (
    'lever sent : person from 0 person to 9000 person = 1000 person\nparam death : 1 ~ 0.1 to 0.3 as share because "x"\n'
    'param local : person ~ 100 to 300 because "x"\n'
    "stock transit : person = 0\nstock front : person = 0\nstock dead : person = 0\nstock home : person = 90000\n"
    "flow leaves : home -> transit = max(0 person, min(sent, 2000 person) - front) / 8 week\n"
    "flow arrives : transit -> front = transit / 2 week\nflow dies : front -> dead = death * front / 10 week\n"
    "event seen at rate 0.05/week * (front > 10 person)\nevent truce at rate 0.02/week\n"
    "stock fear : 1 = 0 signed\nflow worry : outside -> fear = 0.01 * front / 1000 person / 1 week + 0.001 * truce / 1 week\n"
)
ASKED = {
    "counted": "stock orders : person = 0\nflow order : outside -> orders = max(0 person, sent) / 20 week\nquestion counted at the end value orders\n",
    "told": "question told at the end value sent\n",
    "shown": "let doubled : person = 2 * sent\nquestion shown at the end value doubled\n",
    "under_way": "question under_way on 2024-02-10 value transit\n",
    "there": "question there at the end value front\n",
    "killed": "question killed at the end value dead\n",
    "noticed": "question noticed at the end true when seen\n",
    "afraid": "question afraid at the end value fear\n",
    "with_others": "question with_others at the end value front + local\n",
    "peace": "question peace at the end true when truce\n",
    "when_seen": "question when_seen first time dead > 20 person\n",
}
SCENARIOS = {
    "none": ("sent = 0 person", {"told", "shown", "counted", "under_way", "there", "killed", "noticed", "when_seen"}),
    "more": ("sent = 5000 person", {"told", "shown", "counted", "under_way"}),
    "truce_now": ("truce = on 2024-02-01", {"peace"}),
    "deadly": ("death = 0.9", set()),
    "late": ("sent = 0 person from 2024-05-01", {"told", "shown", "counted"}),
}
TREE = SENT + "".join(ASKED.values()) + "".join(f"scenario {name} {{ {what} }}\n" for name, (what, _) in SCENARIOS.items())


@pytest.fixture(scope="module")
def ran():
    return ensemble(HEAD + TREE, 400, engine="compiled")


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_what_a_scenario_sets_itself(ran, scenario: str) -> None:
    found = {slot.name for slot in ran.program.results if compare(ran, slot)[scenario].is_set}
    assert found == SCENARIOS[scenario][1]


def test_the_baseline_sets_nothing(ran) -> None:
    assert not any(compare(ran, slot)["baseline"].is_set for slot in ran.program.results)


CHOICES = (
    'actor us "Us"\nparam lean : 1 ~ normal(-1, 1) because "x"\n'
    "decision arms by us every 2 weeks once\n  none : 0,\n  lethal : lean\ndecision words by us every 2 weeks once\n  mild : 0,\n  sharp : -3\n"
    "decision answer by us every 2 weeks once\n  no : 0,\n  yes : -4 + 2 * (arms is lethal)\n"
    "question armed at the end true when arms is lethal\n"
    "question quiet at the end true when arms is none and words is mild\n"
    "question answered at the end true when answer is yes\n"
    "scenario sends { arms = lethal from 2024-01-15 }\n"
)


def test_a_decision_that_is_overridden_sets_what_asks_for_it_and_teaches_what_follows() -> None:
    ran = ensemble(HEAD + CHOICES, 600, engine="compiled")
    found = {slot.name: compare(ran, slot)["sends"] for slot in ran.program.results}
    assert {name for name, answer in found.items() if answer.is_set} == {"armed", "quiet"}
    answered = found["answered"]
    assert answered.difference is not None and answered.difference_error is not None
    assert answered.difference > 3 * answered.difference_error, "what is taught is a difference all the same"


def test_where_nothing_varies_only_what_is_read_directly_is_set() -> None:
    text = (
        HEAD
        + "lever rate : 1/week from 0 to 1 = 0.1\nstock s : person = 100\nflow out : s -> outside = s * rate\n"
        + ("question left at the end value s\nquestion pace at the end value rate\nscenario fast { rate = 0.5 }\n")
    )
    ran = ensemble(text, 50)
    assert {slot.name for slot in ran.program.results if compare(ran, slot)["fast"].is_set} == {"pace"}


def test_elements_are_told_apart() -> None:
    text = HEAD + (
        'index side = red, blue\nparam men[side] : person ~ 100 to 200 because "x"\n'
        "question red at the end value men[red]\nquestion blue at the end value men[blue]\n"
        "question both at the end value sum(men)\nscenario fixed { men[red] = 400 person }\n"
    )
    (scenario,) = [slot for slot in program_of(text).scenarios if slot.name == "fixed"]
    assert (scenario.sets, scenario.may_set) == ({"red"}, {"both"})


def test_what_a_run_does_not_depend_on_leaves_its_digest() -> None:
    text = HEAD + SENT + ASKED["there"]
    program = program_of(text)
    assert program.results[0].upstream == frozenset() and program.results[0].last == 20
    assert "upstream" not in repr(program) and "may_set" not in repr(program)


FORMS = {
    "sent": True,
    "2 * sent": True,
    "sent / 2": True,
    "sent - 5 person": False,
    "max(0 person, sent - 5 person)": True,
    "max(5 person, sent)": False,
    "min(sent, 100 person)": True,
    "min(sent + 5 person, 100 person)": False,
    "sent + 5 person": False,
    "sent + 0 person": True,
    "5 person - sent": False,
    "smooth(sent, 2 week)": True,
    "if sent > 0 person then 5 person else 0 person": True,
    "if sent < 9 person then 5 person else 0 person": False,
    "if sent > 0 person and truce then 5 person else 0 person": True,
    "if sent > 0 person or truce then 5 person else 0 person": False,
    "if truce then sent else 0 person": True,
    "if truce then sent else 5 person": False,
    "sent * exp(0.1 * local / 1 person)": True,
    "(sent + 1 person) * (sent - 1 person) / 1 person": False,
    "sqrt(sent * 1 person)": True,
    "local": False,
}


@pytest.mark.parametrize("form", FORMS)
def test_a_stock_has_its_whole_cause_in_the_override_by_the_form_of_what_flows_in(form: str) -> None:
    text = (
        HEAD
        + SENT
        + (
            f"stock s : person = 0\nflow f : outside -> s = ({form}) / 1 week\n"
            "question q at the end value s\nscenario more { sent = 5000 person }\n"
        )
    )
    scenario = program_of(text).scenarios[1]
    assert ("q" in scenario.sets) is FORMS[form]


STARTS = {"0 person": True, "sent": True, "0.5 * sent": True, "min(local, sent)": True, "local": False, "5 person": False}


@pytest.mark.parametrize("start", STARTS)
def test_a_stock_that_starts_with_something_has_another_cause(start: str) -> None:
    text = (
        HEAD
        + SENT
        + (
            f"stock s : person = {start}\nflow f : outside -> s = sent / 1 week\n"
            "question q at the end value s\nscenario more { sent = 5000 person }\n"
        )
    )
    assert ("q" in program_of(text).scenarios[1].sets) is STARTS[start]


def test_long_chains_are_followed_without_recursion() -> None:
    chain = "let a0 : 1 = lv\n" + "".join(f"let a{n + 1} : 1 = a{n}\n" for n in range(3000))
    text = (
        HEAD
        + "lever lv : 1 from 0 to 2 = 1\n"
        + chain
        + ("stock s : 1 = 0\nflow f : outside -> s = a3000 / 1 week\nquestion q at the end value s\nscenario up { lv = 2 }\n")
    )
    scope = build_scope(parse(text))
    written, slots = scope.tree.all(t.Scenario), [ScenarioSlot("up", "")]
    (found,) = with_set_answers(Reach(scope), slots, written, Order(scope, at_start=False).keys)
    assert found.sets == {"q"}


@pytest.mark.parametrize("seed", range(40))
def test_what_is_out_of_reach_does_not_differ_by_a_bit(seed: int) -> None:
    """In random models: where the structure says that nothing leads from a scenario to an answer, the bits agree."""
    ran = ensemble(random_model(seed), 20, engine="compiled")
    for place, scenario in enumerate(ran.program.scenarios):
        for number, slot in enumerate(ran.program.results):
            if place and slot.name in scenario.out_of_reach:
                both = ran.is_ok
                np.testing.assert_array_equal(
                    np.asarray(ran.results[number])[place][both], np.asarray(ran.results[number])[0][both]
                )


def test_the_structure_tells_what_is_out_of_reach() -> None:
    scenarios = {slot.name: slot.out_of_reach for slot in program_of(HEAD + TREE).scenarios}
    assert scenarios["none"] == {"peace"} and scenarios["deadly"] == {"counted", "told", "shown", "peace"}
    assert scenarios["truce_now"] == set(ASKED) - {"peace", "afraid"} and scenarios["baseline"] == frozenset()
