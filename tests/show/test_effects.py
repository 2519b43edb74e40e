"""How far a difference moves over the assumptions: known values, and the same words on every surface."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from rich.console import Console

from foedus.analysis.finding import Answer, Finding
from foedus.analysis.grounds import Grounds
from foedus.case import load
from foedus.show.document import finding_document
from foedus.show.judgements import judgements_of
from foedus.show.ranking import shown_range
from foedus.show.report import report_html
from foedus.show.table import answer_table
from foedus.study.finding import make_finding
from foedus.study.futures import run_futures

MODEL = """model m as of 2024-01-01 for 8 weeks step 1 week
param harm : 1 ~ uniform(0, 2) because "judgement"
param other : 1 ~ uniform(0, 10) because "judgement"
lever push : 1 from 0 to 1 = 0
lever idle : 1 from 0 to 1 = 0
event hit on 2024-02-05 with chance 0.3
let level : 1 = other + harm * push
let luck : 1 = if hit then 0 else 1
question level "How high?" at the end value level
question lucky "How high, by luck alone?" at the end value other + push * luck
question high "Will it be high?" at the end true when harm * push * (1 + luck) > 1
question still "Does nothing happen?" at the end value other
scenario pushed "Pushed" { push = 1 }
scenario idle_one "Idle" { idle = 1 }
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Finding:
    path: Path = tmp_path_factory.mktemp("case") / "m.foedus"
    path.write_text(MODEL)
    case = load(str(path))
    return make_finding(case, run_futures(case, futures=4000))


def answer(found: Finding, question: str, scenario: str = "pushed") -> Answer:
    return next(one for one in found.questions if one.name == question).answers[scenario]


def test_the_range_of_an_effect_is_that_of_what_it_hangs_on(found: Finding) -> None:
    """Pushed, the level is higher by `harm`, uniform from 0 to 2: its lowest and highest tenth have the means 0.1 and 1.9."""
    told = answer(found, "level")
    assert told.effect is not None and told.effect.spread == pytest.approx((0.1, 1.9), abs=0.03)
    assert told.difference == pytest.approx(1.0, abs=0.05) and told.effect.luck < 0.06
    # although the answer itself varies with another parameter nearly alone
    assert told.grounds is not None and told.grounds.spread == pytest.approx((1.5, 10.5), abs=0.3)


def test_an_effect_of_luck_alone_has_no_range_of_assumptions(found: Finding) -> None:
    told = answer(found, "lucky").effect
    assert told is not None and told.luck > 0.98
    assert told.spread is None and told.spread_errors is None


def test_an_effect_on_a_chance_has_a_range_in_points(found: Finding) -> None:
    """It is high where `harm` is above 1, or above 1/2 and nothing was hit; never in the lowest tenth, always in the highest."""
    told = answer(found, "high")
    assert told.effect is not None and told.effect.spread == pytest.approx((0.0, 1.0), abs=0.01)
    assert shown_range(told) == "0 to +100" or shown_range(told) == "+0 to +100"


def test_where_nothing_is_moved_there_is_no_effect(found: Finding) -> None:
    assert answer(found, "still").effect is None and answer(found, "level", "idle_one").effect is None
    assert all(question.answers["baseline"].effect is None for question in found.questions)


def test_it_stands_on_every_surface(found: Finding) -> None:
    range_ = shown_range(answer(found, "level"))
    assert re.fullmatch(r"\+0\.\d+ to \+1\.\d+", range_)
    console = Console(width=80, color_system=None, force_terminal=False)
    with console.capture() as capture:
        console.print(answer_table(found))
    assert range_ in re.sub(r"\s+", " ", capture.get())
    report = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", report_html(found)))
    assert f"; {range_}" in report and "how far it moves over the assumptions" in report
    texts = [one.text for one in judgements_of(found)]
    assert any(range_ in one for one in texts) and all(one.count(" over the assumptions") <= 1 for one in texts)
    assert any(" over the assumptions" in one for one in texts)
    document = finding_document(found)["questions"]["level"]["answers"]
    assert document["pushed"]["difference_spread"] == pytest.approx([0.1, 1.9], abs=0.03)
    assert sum(document["pushed"]["difference_rests_on"].values()) == pytest.approx(1.0)
    assert document["baseline"]["difference_spread"] is None and document["baseline"]["difference_rests_on"] is None


@pytest.mark.parametrize(
    ("spread", "shown"),
    [
        ((0.019, 0.14), "+2 to +14"),
        ((-0.046, 0.0101), "−4.6 to +1.0"),
        ((0.0571, 0.0573), "+5.7"),
        ((-0.35, -0.03), "−35 to −3"),
    ],
)
def test_ends_of_a_range_are_as_fine_as_one_can_use(spread: tuple[float, float], shown: str) -> None:
    one = Answer(0.5, None, None, 0.01, 0.05, 0.001, 1000, effect=Grounds(0.0, 0.0, 0.5, 0.5, "judgement", spread))
    assert shown_range(one) == ("" if " to " not in shown else shown)
    assert shown_range(dataclasses.replace(one, effect=None)) == ""
