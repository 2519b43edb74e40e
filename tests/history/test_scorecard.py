"""Scores of a frozen forecast and of the ledger's predictions, each figure worked out anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.cli.conftest import Call

from foedus.history.scores import crps_sample

OUTCOMES = [
    {"question": "many", "value": True, "date": "2024-03-31", "source": "a paper", "contested": False},
    {"question": "gained", "value": 55.5, "date": "2024-03-31", "source": "a map", "contested": False},
    {"question": "rate", "value": "1050 person/week", "date": "2024-03-31", "source": "a ministry", "contested": True},
    {"question": "when_lost", "value": "2024-02-18", "date": "2024-02-18", "source": "a map", "contested": False},
    {"question": "joined", "value": None, "date": "", "source": "", "contested": False},
]


@pytest.fixture
def scored(call: Call, place: Path):
    """Freeze, score and return the frozen document and the scores."""

    def run(outcomes: list[dict[str, Any]], target: str = "f.json", *more: str) -> tuple[dict[str, Any], dict[str, Any]]:
        call("freeze", "skirmish", "-o", "f.json", "--futures", "400", "--seed", "3", "--no-short")
        Path("o.json").write_text(json.dumps(outcomes))
        result = call("score", target, "--outcomes", "o.json", "--json", *more)
        assert result.code == 0, result.err
        return json.loads(Path("f.json").read_text()), result.document

    return run


def test_the_document_has_what_other_tools_rely_on(scored) -> None:
    frozen, found = scored(OUTCOMES)
    assert {"questions", "brier", "climatology", "calibration"} <= set(found)
    assert set(found["questions"]) == {"many", "gained", "rate", "when_lost"}
    assert {"probability", "outcome", "brier", "log"} <= set(found["questions"]["many"])
    assert {"interval", "outcome", "crps", "log"} <= set(found["questions"]["gained"])
    assert found["digest"] == frozen["digest"]
    assert found["counts"] == {"scored": 3, "contested": 1, "open": 1, "does not apply": 0, "without outcome": 0}


def test_each_score_is_that_of_the_frozen_answer(scored) -> None:
    frozen, found = scored(OUTCOMES)
    chance = frozen["questions"]["many"]["answers"]["as_is"]["probability"]
    assert found["questions"]["many"]["brier"] == pytest.approx((1 - chance) ** 2) and found["brier"] == pytest.approx(
        (1 - chance) ** 2
    )
    assert found["questions"]["many"]["log"] == pytest.approx(-np.log((400 * chance + 0.5) / 401))
    sample = np.array(frozen["questions"]["gained"]["answers"]["as_is"]["quantiles"])
    assert found["questions"]["gained"]["crps"] == pytest.approx(crps_sample(sample, 55.5))
    assert found["questions"]["gained"]["interval"] == pytest.approx(list(np.quantile(sample, (0.05, 0.95))))
    dates = np.array(frozen["questions"]["when_lost"]["answers"]["as_is"]["quantiles"])
    assert found["questions"]["when_lost"]["crps"] == pytest.approx(crps_sample(dates, 6.0))
    assert found["questions"]["rate"]["outcome"] == pytest.approx(150.0)


def test_a_date_is_first_the_chance_that_it_comes(scored, call: Call) -> None:
    frozen, found = scored(OUTCOMES)
    one, answer = found["questions"]["when_lost"], frozen["questions"]["when_lost"]["answers"]["as_is"]
    assert one["chance"] == answer["probability"] and one["chance_brier"] == pytest.approx((1 - one["chance"]) ** 2)
    assert one["when"][2] == "later" and "2024-01-01" < one["when"][0] <= one["when"][1]
    table = call("score", "f.json", "--outcomes", "o.json").out
    assert "When, if at all" in table and f"{one['chance']:.3f}" in table and " to later) " in table


def test_a_range_is_scored_by_the_mean_over_it(scored) -> None:
    frozen, found = scored([{"question": "gained", "value": [50, 61]}])
    sample = np.array(frozen["questions"]["gained"]["answers"]["as_is"]["quantiles"])
    points = [50 + 11 * (place + 0.5) / 21 for place in range(21)]
    assert found["questions"]["gained"]["crps"] == pytest.approx(np.mean([crps_sample(sample, point) for point in points]))
    assert found["questions"]["gained"]["outcome"] == "50.0 to 61.0"


def test_contested_outcomes_are_scored_apart(scored) -> None:
    contested = [{**OUTCOMES[0], "contested": True}, *OUTCOMES[1:]]
    _, found = scored(contested)
    assert found["brier"] is None and found["contested_brier"] == found["questions"]["many"]["brier"]
    assert found["calibration"] == []


def test_another_scenario_can_be_scored(scored) -> None:
    frozen, found = scored(OUTCOMES, "f.json", "--scenario", "fast")
    assert found["scenario"] == "fast"
    sample = np.array(frozen["questions"]["gained"]["answers"]["fast"]["quantiles"])
    assert found["questions"]["gained"]["crps"] == pytest.approx(crps_sample(sample, 55.5))


def test_a_question_that_applied_to_no_future_is_counted_not_scored(scored) -> None:
    _, found = scored([{**OUTCOMES[4], "value": True}])
    assert found["questions"] == {} and found["counts"]["does not apply"] == 1 and found["brier"] is None


def test_predictions_of_the_ledger_resolve_like_questions(scored) -> None:
    frozen, found = scored(OUTCOMES, "skirmish", "--forecast", "f.json")
    experts = found["experts"]
    said = {one["claim"]: one for one in experts["sayings"]}
    assert [said[name]["probability"] for name in ("P1", "P2", "P3", "P4")] == pytest.approx([0.7, 0.1, 0.9, 0.2])
    assert [said[name]["brier"] for name in ("P1", "P2", "P3", "P4")] == pytest.approx([0.09, 0.81, 0.01, 0.64])
    model = frozen["questions"]["many"]["answers"]["as_is"]["probability"]
    assert said["P1"]["model_brier"] == pytest.approx((1 - model) ** 2)
    assert experts["rivals"]["Alba"] == {"brier": pytest.approx(0.05), "count": 2}
    pairs = np.array([0.45 - (1 - model) ** 2, 0.01 - said["P3"]["model_brier"], 0.64 - said["P4"]["model_brier"]])
    assert experts["difference"] == pytest.approx(pairs.mean())
    assert experts["difference_error"] == pytest.approx(pairs.std(ddof=1) / np.sqrt(3)) and experts["questions"] == 3


def test_without_a_frozen_forecast_the_answers_are_computed(call: Call, place: Path) -> None:
    Path("o.json").write_text(json.dumps(OUTCOMES[:1]))
    found = call("score", "skirmish", "--outcomes", "o.json", "--json").document
    assert len(found["experts"]["sayings"]) == 2 and found["experts"]["open"] == 2


def test_the_tables_fit_eighty_columns(call: Call, place: Path) -> None:
    call("freeze", "skirmish", "-o", "f.json", "--futures", "100")
    Path("o.json").write_text(json.dumps(OUTCOMES))
    result = call("score", "skirmish", "--forecast", "f.json", "--outcomes", "o.json")
    assert result.code == 0 and max(map(len, result.out.splitlines())) <= 80
    for word in ("Alba", "Brier", "Calibration", "contested 1", "paired over 3"):
        assert word in result.out.replace("\n", " ")


def test_wrong_names_are_refused_with_the_nearest(call: Call, place: Path) -> None:
    call("freeze", "skirmish", "-o", "f.json", "--futures", "50")
    Path("o.json").write_text(json.dumps([{"question": "meny", "value": True}]))
    result = call("score", "f.json", "--outcomes", "o.json")
    assert result.code == 1 and "`many`" in result.err
    Path("o.json").write_text(json.dumps(OUTCOMES))
    result = call("score", "f.json", "--outcomes", "o.json", "--scenario", "fasst")
    assert result.code == 1 and "`fast`" in result.err
