"""Too few futures are refused or shown as missing by every command that has one, with how many it takes."""

from __future__ import annotations

import io
import json
import math
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from foedus import explain, load, worth
from foedus.analysis import compare, enough
from foedus.case import Case
from foedus.cli.main import foedus
from foedus.errors import InputError
from foedus.show.table import answer_table
from foedus.show.words import TOO_FEW, quantity, yardstick
from foedus.study.finding import make_finding
from foedus.study.flip import flip
from foedus.study.futures import run_futures

POND = """\
model pond "A pond" as of 2024-01-01 for 20 weeks step 1 week
actor z
param loss : 1/week ~ 0.02 to 0.08 because "judgement"
lever fed : 1 from 0 to 3 = 1
stock pond : 1 = 10
flow comes : outside -> pond = fed per week
flow goes : pond -> outside = loss * pond
event storm at rate 0.03 per week
scenario lean "Little" { fed = 0.5 }
question level "How full?" at the end value pond
question rare "How full, if so and so?" at the end value pond given storm and loss > 0.08 per week
question full "Over 12?" by 2024-05-20 true when pond > 12
question stormy "When is a storm?" first time storm
question still "How much is fed?" at the end value fed
"""


@pytest.fixture
def pond(tmp_path: Path) -> Case:
    (tmp_path / "pond.foedus").write_text(POND)
    return load(str(tmp_path / "pond.foedus"))


def called(case: Case, *words: str) -> Result:
    return CliRunner().invoke(foedus, [words[0], str(case.tree.source.file), *words[1:]])


@pytest.mark.parametrize(
    ("words", "needed"),
    [
        (("why", "level"), enough.SHARES),
        (("why", "stormy"), enough.SHARES),
        (("worth", "level"), enough.PLAN),
        (("worth",), enough.PLAN),
        (("flip", "--lever", "fed"), enough.FLIP),
    ],
)
@pytest.mark.parametrize("futures", [1, 2, 3, 19])
def test_a_command_that_tells_of_nothing_else_refuses(pond: Case, words: tuple[str, ...], needed: int, futures: int) -> None:
    with pytest.raises(InputError) as caught:
        foedus.main([words[0], str(pond.tree.source.file), *words[1:], "-n", str(futures)], standalone_mode=False)
    (problem,) = caught.value.problems
    assert problem.code == "too-few-futures" and f"{needed} are needed" in problem.help and "-n" in problem.help


def test_a_question_that_few_futures_answer_is_left_out_of_all_and_refused_alone(pond: Case) -> None:
    assert set(worth(pond, futures=400)) == {"level", "full", "stormy", "still"}
    with pytest.raises(InputError, match="too few"):
        worth(pond, ["rare"], futures=400)
    assert "How full, if so and so?" in " ".join(called(pond, "worth", "-n", "400").output.split())
    assert json.loads(called(pond, "worth", "-n", "400", "--json").output)["left_out"] == ["rare"]


def test_what_does_not_vary_has_no_shares(pond: Case) -> None:
    found = json.loads(called(pond, "why", "still", "-n", "60", "--json").output)
    assert set(found["shares"].values()) == {None} and "is the same in every future" in found["sentence"]


def test_one_future_makes_no_difference_certain(pond: Case) -> None:
    ran = run_futures(pond, 1, 0)
    level = next(slot for slot in ran.program.results if slot.name == "level")
    answer = compare(ran, level)["lean"]
    assert answer.difference is not None and answer.difference < 0 and math.isnan(answer.difference_error)
    split = explain(pond, "baseline", "lean", ["level"], futures=1).splits["level"]
    assert split.difference.value < 0 and math.isnan(split.difference.error) and not split.matters


def test_few_futures_have_no_interval_anywhere(pond: Case) -> None:
    finding = make_finding(pond, run_futures(pond, 19, 0))
    (level, *_) = (one.answers["baseline"] for one in finding.questions if one.name == "level")
    assert quantity(level.quantiles).said == TOO_FEW and quantity(level.quantiles).median != "n/a"
    band = finding.bands[0].quantiles["baseline"]
    assert math.isnan(band[0, 3]) and math.isnan(band[4, 3]) and math.isfinite(band[2, 3])
    assert math.isfinite(make_finding(pond, run_futures(pond, 20, 0)).bands[0].quantiles["baseline"][0, 3])
    shown = Console(file=io.StringIO(), width=80)
    shown.print(answer_table(finding))
    assert shown.file.getvalue().count("too few") >= 4


def test_all_of_few_is_not_all_but_certain() -> None:
    assert yardstick(1.0, 0.25) == "roughly even to all but certain" and yardstick(1.0, 0.0035) == "all but certain"


def test_a_crossing_that_nothing_stands_clear_of_may_lie_anywhere(tmp_path: Path) -> None:
    """The chance goes from 0.48 to 0.52 along the lever: with 400 futures nobody knows where it is even."""
    text = (
        'model m for 1 week step 1 week\nparam u : 1 ~ uniform(0, 1) because "x"\nlever l : 1 from 0 to 1 = 0\n'
        "question q at the end true when u < 0.48 + 0.04 * l\n"
    )
    (tmp_path / "m.foedus").write_text(text)
    (found,) = flip(load(str(tmp_path / "m.foedus")), "l", points=5, futures=400, seed=3)
    assert found.crossings and all(error >= 0.5 for _, error, _ in found.crossings)
