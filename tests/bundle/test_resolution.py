"""How a question is settled, in words: a table of statements and the sentences that they become."""

from __future__ import annotations

import pytest

from foedus.bundle.resolution import Names, ResolutionRule, names_of, resolution_of
from foedus.case import load
from foedus.constructs import tree as t
from foedus.history.outcomes import Outcome
from foedus.study.finding import make_finding
from foedus.study.futures import run_futures

MODEL = """\
model m as of 2024-01-01 for 52 weeks step 1 week
unit person, km2
index side = red, blue
actor red, blue
stock men[side] : person = 100 person "Fit to fight"
stock held[red] : km2 = 5 km2 "Held by Red"
stock held[blue] : km2 = 9 km2 "Held by Blue"
let held_in_all : km2 = 12 km2
let is_dark : 1 = 1 "It is dark"
event summit "The two meet" at rate 1/3 per month
event quiet_one at rate 1/3 per month
decision help "Whether Red helps" by red every 4 weeks
  none : 0,
  all_it_has : 0.5
"""
WORDS = {
    "on 2024-04-01 true when held[red] < 7.5 km2": "Yes where, on 1 April 2024, “Held by Red” is under 7.5 km²; else no.",
    "on 2024-04-01 true when men[blue] >= 12000 person": "Yes where, on 1 April 2024, “Fit to fight” of blue is at least 12,000 people; else no.",
    "by 2024-04-01 true when summit": "Yes where “The two meet” has happened at any time by 1 April 2024; else no.",
    "by 2024-04-01 ever quiet_one": "Yes where “quiet one” has happened at any time by 1 April 2024; else no.",
    "by 2024-04-01 true when is_dark": "Yes where “It is dark” holds at any time by 1 April 2024; else no.",
    "by 2024-04-01 true when not summit": "Yes where it is not so that “The two meet” has happened at any time by 1 April 2024; else no.",
    "from 2024-02-01 to 2024-04-01 always held[red] > 1 km2": "Yes where “Held by Red” is over 1 km² all the time between 1 February 2024 and 1 April 2024; else no.",
    "on 2024-04-01 value held[red]": "“Held by Red” on 1 April 2024.",
    "on 2024-04-01 value held_in_all": "“held in all” on 1 April 2024.",
    "from 2024-02-01 to 2024-04-01 mean held[red]": "The mean of “Held by Red” between 1 February 2024 and 1 April 2024.",
    "from 2024-02-01 to 2024-04-01 max held[red]": "The largest value of “Held by Red” between 1 February 2024 and 1 April 2024.",
    "from 2024-02-01 to 2024-04-01 change held[red]": "By how much “Held by Red” changes between 1 February 2024 and 1 April 2024.",
    "by 2024-04-01 total held[red]": "“Held by Red”, added up by 1 April 2024.",
    "first time held[red] < 1 km2 by 2024-04-01": "The first day on which “Held by Red” is under 1 km², looked for until 1 April 2024.",
    "first time held[red] < 1 km2": "The first day on which “Held by Red” is under 1 km², looked for until the end of the run, 52 weeks after the start.",
    "on 2024-04-01 true when held[red] > 2 * held[blue]": "Yes where, on 1 April 2024, “Held by Red” is over 2 times “Held by Blue”; else no.",
    "on 2024-04-01 value (held[red] + held[blue]) / 2": "(“Held by Red” plus “Held by Blue”) divided by 2 on 1 April 2024.",
    "on 2024-04-01 value held[red] - (held[blue] - 1 km2)": "“Held by Red” minus (“Held by Blue” minus 1 km²) on 1 April 2024.",
    "by 2024-04-01 true when help is all_it_has or (summit and is_dark)": "Yes where the decision “Whether Red helps” is “all it has” or (“The two meet” has happened and “It is dark” holds) at any time by 1 April 2024; else no.",
    "at 20 weeks value sum(men)": "The sum of “Fit to fight” at 20 weeks.",
    "by 2024-04-01 true when time_since(summit) > 3 weeks": "Yes where the time since “The two meet” is over 3 weeks at any time by 1 April 2024; else no.",
    "at 20 weeks value if summit then 1 km2 else 2 km2": "1 km² where “The two meet” has happened, else 2 km² at 20 weeks.",
}


@pytest.fixture(scope="module")
def settled(tmp_path_factory) -> dict[str, ResolutionRule]:
    folder = tmp_path_factory.mktemp("case")
    asked = [f'question q{number} "?" {text}' for number, text in enumerate(WORDS)]
    asked += ['question given_one "?" on 2024-04-01 true when summit given held[blue] > 1 km2 and held[red] > 1 km2']
    (folder / "model.foedus").write_text(MODEL + "\n".join(asked) + "\n", encoding="utf-8")
    case = load(str(folder))
    finding = make_finding(case, run_futures(case, 20))
    names = names_of(finding)
    return {one.name: resolution_of(one, names, finding) for one in case.tree.all(t.Question)}


@pytest.mark.parametrize("number", range(len(WORDS)), ids=list(WORDS))
def test_a_statement_becomes_a_sentence(settled, number):
    assert settled[f"q{number}"].words == list(WORDS.values())[number]


def test_of_which_futures_it_is_asked_stands_apart(settled):
    one = settled["given_one"]
    assert (
        one.given
        == "Asked only of the futures in which, on 1 April 2024, “Held by Blue” is over 1 km² and “Held by Red” is over 1 km²."
    )
    assert [(reading.label, reading.unit) for reading in one.readings] == [
        ("“The two meet”", ""),
        ("“Held by Blue”", "km²"),
        ("“Held by Red”", "km²"),
    ]
    assert one.formula.startswith("question given_one") and " given " in one.formula


@pytest.mark.parametrize(
    "value, said",
    [
        (True, "yes"),
        (False, "no"),
        (None, "open"),
        (12.0, "12"),
        ("13042 person", "13,042 people"),
        ("2025-03-01", "1 March 2025"),
        ("not by 2025-12-31", "not by 2025-12-31"),
        ("-5 km2", "−5 km²"),
        ("open", "open"),
    ],
)
def test_how_it_came_out_is_said_as_people_say_it(value, said):
    outcome = Outcome("q", value, "2025-01-01", "a report", False)
    assert ResolutionRule("", "", "", (), outcome).came == said


def test_nothing_is_said_where_nobody_knows():
    assert ResolutionRule("", "", "", (), None).came == "open" and Names({}, {}, frozenset()).said("a_b.c") == "“a b c”"
