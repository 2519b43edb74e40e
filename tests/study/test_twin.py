"""Made-up worlds: right ranges hold what they should, narrow ones are caught, and luck is no spread between worlds."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from foedus import twin
from foedus.analysis.twin import Twin, TwinCell, coverage_of, worlds_of
from foedus.case import Case, load
from foedus.cli.main import main
from foedus.errors import InputError
from foedus.show.twin import twin_document, twin_sentence

# The push adds `harm` (normal about 3), and luck that the pair does not share: an effect of its own by future.
MODEL = """model m as of 2024-01-01 for 8 weeks step 1 week
param harm : 1 ~ -0.29 to 6.29 as normal because "judgement"
param bent : 1 ~ uniform(-3, 3) because "judgement"
param law : 1 = 1
lever push : 1 from 0 to 1 = 0
lever idle : 1 from 0 to 1 = 0
noise luck : 1 ~ normal(0, 2) every 100 week
noise other : 1 ~ normal(0, 2) every 100 week
question plain "How high?" at the end value law * harm * push + other * push + luck
question waved "How high is the wave?" at the end value (1 + 3 * sin(4 * bent + 1.5708)) * push + other * push + luck
question calm "How calm?" at the end value luck + idle * 0
question day "When?" first time luck > 0 by 8 weeks
scenario pushed "Pushed" { push = 1 }
scenario idled "Idle" { idle = 1 }
"""
RIVAL = 'variant harmful "Twice the harm" weight 30 % { law = 2 } because "judgement"\n'


def case_of(folder: Path, text: str) -> Case:
    path = folder / "m.foedus"
    path.write_text(text)
    return load(str(path))


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return case_of(tmp_path_factory.mktemp("case"), MODEL)


@pytest.fixture(scope="module")
def found(case: Case) -> Twin:
    return twin(case, draws=400, lucks=20)


def cell(found: Twin, question: str) -> TwinCell:
    (one,) = (one for one in found.cells if one.question == question)
    return one


def test_a_range_that_is_right_holds_what_a_normal_law_says(found: Twin) -> None:
    """From the mean of the lowest tenth to that of the highest: 1.755 deviations to either side hold 92.1 % of a normal law."""
    right = cell(found, "plain")
    assert right.coverage.value == pytest.approx(0.921, abs=4 * right.coverage.error)
    assert 0.01 < right.coverage.error < 0.02 and right.expected == pytest.approx(0.92, abs=0.02)
    assert right.stated == pytest.approx((3 - 3.51, 3 + 3.51), abs=0.3) and right.width == pytest.approx(1, abs=0.1)
    assert not right.is_narrow


def test_what_a_regression_does_not_see_is_in_the_range_all_the_same(found: Twin) -> None:
    """A wave of the parameter is seen by no line and no square; the same parameters with other luck tell how far it goes: from -2 to 4."""
    wave = cell(found, "waved")
    assert not wave.is_narrow and wave.coverage.value > 0.9 and wave.stated == pytest.approx((-2.7, 4.7), abs=0.4)


def test_a_range_that_is_too_narrow_is_caught(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without that the range of the wave is a point, and the truths go from -2 to 4."""
    monkeypatch.setattr("foedus.study.twin.run_again", lambda case, ran: None)
    found = twin(case, draws=400, lucks=20)
    narrow = cell(found, "waved")
    assert narrow.is_narrow and narrow.coverage.value < 0.3 and narrow.width < 0.3
    assert narrow.truths == pytest.approx((-2, 4), abs=0.5)
    assert "One is too narrow: “How high is the wave?” under “Pushed”" in twin_sentence(found)


def test_what_has_no_range_is_not_judged(found: Twin) -> None:
    assert {(one.question, one.scenario) for one in found.cells} == {("plain", "pushed"), ("waved", "pushed")}
    assert found.untold == 0 and found.unstated == 6


def test_each_structure_is_the_truth_in_turn(tmp_path: Path) -> None:
    """With its rival the effect is 3 or 6 (sd 2 or 4): a range made without it holds fewer of the rival's worlds."""
    found = twin(case_of(tmp_path, MODEL + RIVAL), ["plain"], draws=1000, lucks=20)
    model, harmful = found.structures
    assert (model.name, model.weight, model.unthought) == ("the model", pytest.approx(0.7), None)
    assert harmful.weight == pytest.approx(0.3) and harmful.unthought is not None
    assert harmful.unthought.value == pytest.approx(0.49, abs=0.06)  # of a normal law about 6 with deviation 4, from -0.5 to 6.45
    assert harmful.coverage.value > harmful.unthought.value + 0.1
    whole = 0.7 * model.coverage.value + 0.3 * harmful.coverage.value
    assert found.coverage.value == pytest.approx(whole)
    assert cell(found, "plain").coverage.value == pytest.approx(0.92, abs=0.05)


def truths(spread: float, noise: float, lucks: int, draws: int = 2000) -> np.ndarray:
    random = np.random.default_rng(7)
    return (spread * random.normal(size=draws) + noise * random.normal(size=(lucks, draws)))[None]


@pytest.mark.parametrize("noise", [0.0, 1.0, 4.0])
def test_luck_is_taken_off_the_spread_between_worlds(noise: float) -> None:
    worlds = worlds_of(truths(1, noise, 30), [1.0])
    assert worlds is not None and worlds.truths.std() == pytest.approx(1, rel=0.05)
    assert worlds.told == pytest.approx(1 / (1 + noise**2 / 30), rel=0.05)
    held = coverage_of([worlds.held((-1.755, 1.755))], worlds.weights)
    assert held.value == pytest.approx(0.921, abs=0.02)


def test_worlds_that_luck_hides_are_not_judged() -> None:
    worlds = worlds_of(truths(0.1, 4, 30), [1.0])
    assert worlds is not None and not worlds.is_told


def test_questions_that_apply_to_few_worlds_are_not_judged() -> None:
    seen = truths(1, 1, 4, 100)
    seen[:, :, :60] = np.nan
    assert worlds_of(seen, [1.0]) is None
    seen = truths(1, 1, 4, 100)
    seen[:, :, :30] = np.nan
    worlds = worlds_of(seen, [1.0])
    assert worlds is not None and np.isnan(worlds.truths).sum() == 30
    assert coverage_of([worlds.held((-9, 9))], worlds.weights).value == 1.0


def test_what_is_held_by_all_has_an_error_too() -> None:
    worlds = worlds_of(truths(1, 1, 4, 100), [1.0])
    assert worlds is not None
    assert 0 < coverage_of([worlds.held((-99, 99))], worlds.weights).error < 0.02


def test_where_nothing_is_uncertain_a_point_holds_it() -> None:
    worlds = worlds_of(np.full((2, 3, 25), 0.1) * np.array([1, 3])[:, None, None], [0.6, 0.4])
    assert worlds is not None and worlds.is_told and worlds.own_range == pytest.approx((0.1, 0.3))
    assert coverage_of([worlds.held((0.1, 0.1))], worlds.weights).value == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"draws": 5}, "too-few"),
        ({"lucks": 1}, "too-few"),
        ({"questions": ["calm"]}, "nothing-told"),
        ({"questions": ["plane"]}, "unknown-question"),
    ],
)
def test_what_cannot_be_told_is_refused(case: Case, options: dict[str, object], code: str) -> None:
    with pytest.raises(InputError) as error:
        twin(case, **{"futures": 500, "draws": 20, "lucks": 2} | options)
    assert [one.code for one in error.value.problems] == [code]


def test_a_case_without_a_scenario_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no scenario"):
        twin(case_of(tmp_path, MODEL.split("scenario")[0]))


def test_the_command_prints_what_the_function_finds(case: Case, capsys: pytest.CaptureFixture[str]) -> None:
    path, few = str(case.folder.model), ["-w", "40", "--lucks", "4", "-n", "500"]
    main(["twin", path, *few])
    printed = capsys.readouterr().out
    assert all(len(line) <= 80 for line in printed.split("\n"))
    assert "How high is the wave?" in printed and "the model" in printed and "160 other" not in printed
    main(["twin", path, *few, "--json"])
    document = json.loads(capsys.readouterr().out)
    found = twin(case, draws=40, lucks=4, futures=500)
    assert document.pop("format") == "foedus twin 1"
    assert document == json.loads(json.dumps(twin_document(case.name, found)))
    assert " ".join(printed.split()).startswith(twin_sentence(found))
