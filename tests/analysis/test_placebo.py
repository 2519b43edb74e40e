"""What must do nothing does nothing: placebo checks hold to the bit, and what cannot reach an answer is said to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from foedus.case import Case, load
from foedus.cli.main import main
from foedus.errors import ModelError
from foedus.study.check import hold_case_checks
from foedus.study.finding import make_finding
from foedus.study.futures import run_futures

MODEL = """model m as of 2024-01-01 for 8 weeks step 1 week
param harm : 1 ~ 1 to 2 because "judgement"
lever push : 1 from 0 to 1 = 0
lever dial : 1 from 0 to 1 = 0 "A dial that is wired to nothing"
lever lamp : 1 from 0 to 1 = 0
noise luck : 1 ~ normal(0, 1) every 1 week
event storm at rate 0.1/week
let shown : 1 = lamp + luck
stock height : 1 = 100
flow rising : outside -> height = (harm * push + luck + if storm then 0.1 else 0) / 1 week
question high "How high?" on 2024-02-12 value height
question over "Over?" on 2024-02-12 true when height > 100
scenario pushed { push = 1 }
scenario dialled "The dial is turned" { dial = 1 }
scenario late { push = 1 from 2024-02-19 }
scenario pushed_and_dialled { push = 1, dial = 1 }
"""


def case_of(folder: Path, checks: str = "") -> Case:
    path = folder / "m.foedus"
    path.write_text(MODEL + checks)
    return load(str(path))


@pytest.mark.parametrize(
    ("check", "passes", "told"),
    [
        ("dialled leaves high", True, "high is the same in every future"),
        ("dialled leaves over", True, "over is the same in every future"),
        ("late leaves high", True, "high is the same in every future"),
        ("pushed leaves high", False, "high differs in 400 of 400 futures"),
        ("pushed leaves high within 100", True, "at most 100"),
        ("pushed leaves high within 1", False, "at most 1"),
        ("dialled leaves high within 0.1", True, "changes by 0.000 ±"),
        ("pushed leaves high within 1 against late", False, "at most 1"),
        ("pushed leaves high within 20 against late", True, "at most 20"),
        ("pushed_and_dialled leaves high against pushed", True, "high is the same in every future"),
        ("pushed_and_dialled leaves high", False, "differs in 400"),
        ("dialled lowers high by 1 against pushed", True, "changes by −"),
        ("dialled raises high by 1 against pushed", False, "changes by −"),
    ],
)
def test_a_placebo_is_held_future_by_future(tmp_path: Path, check: str, passes: bool, told: str) -> None:
    (result,), _ = hold_case_checks(case_of(tmp_path, f'check "it" scenario {check}\n'), 400)
    assert result.passed is passes and told in result.detail


def test_a_question_that_applies_to_other_futures_is_no_placebo(tmp_path: Path) -> None:
    checks = 'question given_it on 2024-02-12 value luck * 0 given height > 103\ncheck "it" scenario pushed leaves given_it\n'
    (result,), _ = hold_case_checks(case_of(tmp_path, checks), 400)
    assert not result.passed


@pytest.mark.parametrize(
    "check", ["dialled leaves high by 1", "dialled leaves high against nobody", "dialled raises high within 1"]
)
def test_what_a_placebo_cannot_say_is_refused(tmp_path: Path, check: str) -> None:
    with pytest.raises(ModelError):
        _ = case_of(tmp_path, f'check "it" scenario {check}\n').program


def test_what_reaches_no_answer_differs_by_nothing_and_is_said_to(tmp_path: Path) -> None:
    case = case_of(tmp_path)
    for question in make_finding(case, run_futures(case, 500)).questions:
        answer = question.answers["dialled"]
        assert answer.is_out_of_reach and (answer.difference, answer.difference_error) == (0.0, 0.0)
        assert not question.answers["late"].is_out_of_reach and question.answers["late"].difference == 0.0


def test_levers_that_reach_no_question_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`dial` is read by nothing; `lamp` is read by what no question reads."""
    path = str(case_of(tmp_path).folder.model)
    with pytest.raises(SystemExit) as left:
        main(["check", path, "--no-run", "--json"])
    warnings = [one for one in json.loads(capsys.readouterr().out)["warnings"] if one["code"] == "idle-lever"]
    assert left.value.code == 0
    assert [one["message"].split("`")[1] for one in warnings] == ["dial", "lamp"] and [one["line"] for one in warnings] == [4, 5]


def test_a_model_that_asks_nothing_has_no_idle_lever(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "m.foedus"
    path.write_text("model m for 8 weeks step 1 week\nlever push : 1 from 0 to 1 = 0\n")
    with pytest.raises(SystemExit):
        main(["check", str(path), "--no-run"])
    assert "lever" not in capsys.readouterr().out
