"""A mean that is not what a typical future looks like never stands alone."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console, RenderableType

import foedus
from foedus.analysis.tails import is_long_tailed, middle_of
from foedus.case import Case
from foedus.show.believe import believe_sentence
from foedus.show.document import finding_document
from foedus.show.explain import explain_sentence, explain_view
from foedus.show.judgements import judgements_of
from foedus.show.ranking import tail_words
from foedus.show.table import answer_table
from foedus.show.worth import choice_sentence, plan_sentence
from foedus.study.collect import collect
from foedus.study.finding import make_finding
from foedus.study.futures import run_futures


def case_of(folder: Path, text: str) -> Case:
    (folder / "m.foedus").write_text(text, encoding="utf-8")
    return foedus.load(str(folder / "m.foedus"))


def console_text(view: RenderableType) -> str:
    console = Console(width=80, color_system=None, force_terminal=False)
    with console.capture() as capture:
        console.print(view)
    return capture.get()


TAIL = """model tail "A tail" for 10 weeks step 1 week
param log_cases : 1 ~ normal(3, WIDTH) because "x"
param size : 1 = 1 because "x"
param factor : 1 = 1 because "x"
scenario more "Twice as many" { factor = 2 }
scenario worse "Twice as many, and more of them" { factor = 2, size = 1.5 }
question cases "How many cases?" at the end value factor * size * exp(log_cases)
"""


@pytest.mark.parametrize(
    ("mean", "median", "width", "expected"),
    [
        (140.0, 29.0, 397.0, True),
        (29.0, 140.0, 397.0, True),
        (5.0, 0.0, 30.0, True),
        (-5.0, 4.0, 30.0, True),
        (19.0, 10.0, 40.0, False),  # less than a factor of two
        (0.02, 0.005, 10.0, False),  # around zero, beside an interval that is much wider
        (0.02, 0.005, math.nan, True),
        (math.nan, 1.0, 1.0, False),
        (None, None, 1.0, False),
        (0.0, 0.0, 0.0, False),
    ],
)
def test_the_rule(mean: float | None, median: float | None, width: float, expected: bool) -> None:
    assert is_long_tailed(mean, median, width) == expected


def test_the_middle_leaves_out_futures_to_which_nothing_applies() -> None:
    middle, width = middle_of(np.array([1.0, 2.0, math.nan, 3.0]))
    assert middle == 2.0 and width == pytest.approx(1.8)
    assert all(math.isnan(one) for one in middle_of(np.array([math.nan])))


@pytest.mark.parametrize(("spread", "is_told"), [("1.3", True), ("0.3", False)])
def test_every_sentence_and_table_with_a_mean_names_the_median_of_a_long_tail(tmp_path: Path, spread: str, is_told: bool) -> None:
    case = case_of(tmp_path, TAIL.replace("WIDTH", spread))
    finding = foedus.run(case, futures=2000)
    found = foedus.explain(case, case.program.scenarios[0].name, "worse", futures=2000)
    alone = foedus.explain(case, case.program.scenarios[0].name, "more", futures=2000)
    base = finding.questions[0].answers[finding.scenarios[0].name]
    believed = foedus.believe(case, "cases", base.mean * 1.05, futures=2000)
    plan = collect(case, ["cases"], futures=2000)["cases"]
    choice = foedus.choose(case, "cases", [one.name for one in case.program.scenarios], "least", futures=2000)
    told = {
        "judgements": " ".join(one.text for one in judgements_of(finding)),
        "run": console_text(answer_table(finding)),
        "explain": explain_sentence(found),
        "explain, one cause": console_text(explain_view(alone)),
        "believe": believe_sentence(believed),
        "worth": plan_sentence(plan),
        "choose": choice_sentence(choice),
    }
    for name, text in told.items():
        assert ("long tail" in " ".join(text.split()) and "median" in text) == is_told, (name, text)


FEW = """model few "A few" for 10 weeks step 1 week
param luck : 1 ~ normal(0, 1) because "x"
question many "How many cases?" at the end value 1000 + luck + 10000 * max(luck - 2.8, 0)
question plain "How many others?" at the end value 1000 + luck
"""


def test_a_variance_that_a_few_futures_carry_is_told_with_how_many(tmp_path: Path) -> None:
    """Its mean lies by its median, and is one of a long tail all the same."""
    case = case_of(tmp_path, FEW)
    finding = make_finding(case, run_futures(case, futures=1000))
    told = finding_document(finding)["questions"]
    rests = {name: next(iter(one["answers"].values()))["rests_on"] for name, one in told.items()}
    assert 1 <= rests["many"]["carriers"] < 20 and "carriers" not in rests["plain"]
    many, plain = (next(iter(one.answers.values())) for one in finding.questions)
    assert many.quantiles is not None and not is_long_tailed(many.mean, many.quantiles[2], many.width)
    assert tail_words(many).startswith("mean of a long tail") and not tail_words(plain)
