"""A decision that a scenario sets is told as set: counted, dated and replayed so, and nothing is considered while it lasts."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.helpers import ensemble

from foedus.analysis.finding import Occurrence
from foedus.analysis.occurrences import occurrences
from foedus.case import load
from foedus.show.report import report_html
from foedus.study.finding import make_finding
from foedus.study.futures import run_futures
from foedus.study.replay import replay

TEXT = """model m as of 2024-01-01 for 40 weeks step 1 week
actor us "Us"
decision talk "Whether to talk" by us every 4 weeks from 2024-01-29 once
  no : 0,
  yes : -2
decision arms by us every 8 weeks
  none : 0,
  some : 1
let chosen : 1 = count(talk is yes)
question spoken "Will they talk?" at the end true when talk is yes
question number "How often was it chosen?" at the end value chosen
question afresh "How often is it chosen?" from 2024-01-01 to 2024-10-07 total if pulse(talk is yes) > 0 then 1/week else 0/week
scenario always "They talk at once" { talk = yes }
scenario never "They never talk" { talk = no }
scenario may "They talk from May" { talk = yes from 2024-05-06 }
scenario spring "They do not talk in spring" { talk = no from 2024-02-05 to 2024-06-03 }
"""


@pytest.fixture(scope="module", params=["reference", "compiled"])
def told(request: pytest.FixtureRequest) -> dict[tuple[str, str], Occurrence]:
    return {(one.scenario, one.name): one for one in occurrences(ensemble(TEXT, 400, engine=request.param))}


def test_an_option_that_is_set_has_come_in_every_future_on_its_date(told: dict[tuple[str, str], Occurrence]) -> None:
    assert 0.5 < told["baseline", "talk: yes"].fired < 0.95, "it is free in the baseline"
    for scenario, option, other in (("always", "yes", "no"), ("never", "no", "yes")):
        one, rest = (told[scenario, f"talk: {name}"] for name in (option, other))
        assert (one.fired, one.when, one.considered, one.probability) == (1.0, ("2024-01-01",) * 3, 0.0, None)
        assert (rest.fired, rest.when) == (0.0, None)
    later = told["may", "talk: yes"]
    assert later.fired == 1.0 and later.when is not None and later.when[2] == "2024-05-06" and later.when[0] < "2024-05-06"
    assert 0 < later.considered < told["baseline", "talk: yes"].considered


def test_nothing_is_considered_while_it_is_set(told: dict[tuple[str, str], Occurrence]) -> None:
    """A choice that nobody makes comes into force by nobody's deed when the scenario ends."""
    held = told["spring", "talk: yes"]
    assert held.when is not None and not any("2024-02-05" <= date < "2024-06-03" for date in held.when)


def test_others_decide_as_before(told: dict[tuple[str, str], Occurrence]) -> None:
    assert {told[scenario, "arms: some"].considered for scenario in ("baseline", "always", "may", "spring")} == {6.0}


@pytest.mark.parametrize("engine", ["reference", "compiled"])
def test_what_is_set_counts_as_chosen_once(engine: str) -> None:
    ran = ensemble(TEXT, 200, engine=engine)
    for scenario, times in (("always", 1.0), ("never", 0.0)):
        assert set(ran.values("number", scenario)) == {times} and set(ran.values("afresh", scenario)) == {times}
    assert set(ran.values("number", "may")) == {1.0, 2.0}, "of those who talked before, once more"
    assert (ran.values("number", "spring") == ran.values("spoken", "spring")).all(), "whoever talks has decided to"


def test_replay_and_report_say_who_chose(tmp_path: Path) -> None:
    path = tmp_path / "m.foedus"
    path.write_text(TEXT)
    case = load(str(path))
    talks = {
        name: [(one.date, one.what) for one in replay(case, 0, name).happenings if one.name == "talk"]
        for name in ("always", "spring")
    }
    assert talks["always"] == [("2024-01-01", "yes (set by the scenario)")]
    assert ("2024-02-05", "no (set by the scenario)") in talks["spring"] and ("2024-06-03", "free to choose again") in talks[
        "spring"
    ]
    assert not any("chance" in what for date, what in talks["spring"] if "2024-02-05" <= date < "2024-06-03")
    report = report_html(make_finding(case, run_futures(case, 200)))
    assert "n/a" not in report
