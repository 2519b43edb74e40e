"""Questions of short horizon: made by rule, answered by the case's own futures, with the error of their measurement."""

from __future__ import annotations

import dataclasses
import math
import shutil
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from tests.history.queue_case import write_queue

import foedus
from foedus.case import load
from foedus.errors import CaseError
from foedus.history.baselines import DECLARED, forecast_baseline
from foedus.history.freeze import read_frozen
from foedus.history.short import short_questions
from foedus.study.futures import run_futures


@pytest.fixture(scope="module")
def queue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_queue(tmp_path_factory.mktemp("short") / "queue")


@pytest.fixture(scope="module")
def asked(queue: Path) -> dict:
    return short_questions(load(str(queue)), 4000, 3)


def answer(question: dict) -> dict:
    (found,) = question["answers"].values()
    return found


def test_series_events_and_decisions_are_asked_of_and_what_has_no_words_is_not(asked: dict) -> None:
    kinds = {name.split("_")[0] for name in asked}
    assert kinds == {"arrived", "queue", "strike", "more"}, "an event without words, or on a set day, is the model's own"
    assert sum(name.startswith("arrived") for name in asked) == 16 and sum(name.startswith("queue") for name in asked) == 12
    assert not any(name.startswith("queue") and name.endswith("in_all") for name in asked), "a level does not add up"
    assert [name for name in asked if name.startswith("more")] == [f"more_is_yes_by_2024_0{month}_01" for month in (3, 4, 7)]
    assert all(question["generated"] and question["about"] and question["resolves"] > "2024-01-01" for question in asked.values())


def test_the_naive_forecast_is_the_one_that_the_case_declares(queue: Path, asked: dict, tmp_path: Path) -> None:
    told = {name: one["naive"]["method"] for name, one in asked.items() if "naive" in one}
    assert set(told.values()) == {"local level"} and any(name.startswith("queue") for name in told)
    shutil.copytree(queue, tmp_path / "queue")
    (tmp_path / "queue/backtest.toml").write_text('[series.waiting]\nof = "queue"\nbaseline = "persistence"\n')
    found = short_questions(load(str(tmp_path / "queue")), 50, 3)
    assert {one["naive"]["method"] for name, one in found.items() if name.startswith("queue")} == {"persistence"}
    assert {one["naive"]["method"] for name, one in found.items() if name.startswith("arrived") and "naive" in one} == {
        "local level"
    }
    (tmp_path / "queue/backtest.toml").write_text('[series.waiting]\nof = "queue"\nbaseline = "oracle"\n')
    with pytest.raises(CaseError, match="unknown-baseline"):
        short_questions(load(str(tmp_path / "queue")), 50, 3)


def test_the_chance_of_an_event_is_that_of_its_rate(asked: dict) -> None:
    for name, days in (("strike_by_2024_02_01", 31), ("strike_by_2024_07_01", 182)):
        chance = 1 - math.exp(-math.ceil(days / 7) * 7 / 365.25)  # to the step at or after the day
        error = math.sqrt(chance * (1 - chance) / 4000)
        assert abs(answer(asked[name])["probability"] - chance) < 4 * error


def test_a_figure_and_a_sum_are_those_of_the_same_futures_and_of_the_case_own_questions(queue: Path, asked: dict) -> None:
    case = load(str(queue))
    own = run_futures(case, 4000, 3, trajectories=False)
    many = own.values("many", own.scenarios[0].name)
    found = answer(asked["arrived_2024_04_01_in_all"])
    assert found["mean"] == pytest.approx(float(many.mean()), rel=1e-5)
    assert asked["arrived_2024_04_01_in_all"]["unit"] == "person" and asked["arrived_2024_01_08"]["unit"] == "person/week"


def test_a_measured_figure_scatters_by_the_declared_error_too(queue: Path, asked: dict) -> None:
    case = load(str(queue))
    exact = dataclasses.replace(
        case,
        tree=dataclasses.replace(
            case.tree, statements=tuple(one for one in case.tree.statements if type(one).__name__ != "Observe")
        ),
    )
    plain = short_questions(exact, 4000, 3)
    name = "queue_2024_04_01"
    spread, without = (float(np.std(answer(one[name])["quantiles"])) for one in (asked, plain))
    assert spread == pytest.approx(math.hypot(without, 10), rel=0.03)
    assert answer(asked["arrived_2024_01_08"])["quantiles"] == answer(plain["arrived_2024_01_08"])["quantiles"]


def test_the_naive_forecast_is_the_declared_one_of_what_was_known(queue: Path, asked: dict) -> None:
    rows = [float(line.split(",")[1]) for line in (queue / "arrivals.csv").read_text().splitlines()[1:]]
    told = asked["arrived_2024_01_29_in_all"]["naive"]
    assert told["method"] == DECLARED
    other = forecast_baseline(DECLARED, np.array(rows), 26, "sum", np.random.default_rng(0))
    assert np.median(told["quantiles"]) == pytest.approx(float(np.median(other[3])), rel=0.02)


def test_a_model_without_dates_or_series_asks_nothing_and_a_broken_one_is_refused(queue: Path, tmp_path: Path) -> None:
    path = tmp_path / "m.foedus"
    path.write_text('model m for 10 weeks step 1 week\nparam a : 1 ~ 0 to 1 because "x"\nquestion q at 5 weeks value a\n')
    assert short_questions(load(str(path)), 50, 0) == {}
    folder = write_queue(tmp_path / "broken")
    text = (folder / "model.foedus").read_text()
    (folder / "model.foedus").write_text(text.replace("waiting / 5 week", "300 person/week"))
    with pytest.raises(foedus.errors.RunError, match="waiting is negative"):
        short_questions(load(str(folder)), 50, 0)


def test_the_flagship_and_its_edition_freeze_sixty_and_more() -> None:
    for name in ("pact", "pact@2024-06-20"):
        case = load(name)
        frozen = read_frozen(case.folder.folder / "forecast.json")
        generated = [one for one in frozen["questions"].values() if one.get("generated")]
        assert len(generated) >= 60
        assert {series.name for series in case.tree.all(foedus.constructs.tree.Series) if series.file} == {
            one["series"]["name"] for one in generated if "series" in one
        }


def test_a_large_program_answers_as_the_reference_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """With so many questions the program is cut into functions, and what only charts show is told of in each."""
    case = load("pact")
    compiled = short_questions(case, 6, 1)
    monkeypatch.setattr("foedus.history.short.run_futures", partial(run_futures, engine="reference"))
    assert short_questions(case, 6, 1) == compiled
