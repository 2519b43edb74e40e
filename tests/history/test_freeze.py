"""Frozen forecasts: the same command gives the same digest, a changed file is refused, and the scores are those of the futures."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from tests.cli.conftest import Call

from foedus.case import Case, load
from foedus.errors import InputError
from foedus.history.freeze import frozen_forecast, frozen_text, read_frozen
from foedus.history.scores import crps_sample
from foedus.study.futures import run_futures


def frozen_file(call: Call, name: str = "f.json", *more: str) -> dict:
    result = call("freeze", "skirmish", "-o", name, "--futures", "400", "--seed", "3", "--no-short", *more)
    assert result.code == 0, result.err
    return json.loads(Path(name).read_text())


def test_the_same_command_gives_the_same_digest(call: Call, place: Path) -> None:
    first, again, other = frozen_file(call), frozen_file(call, "g.json"), frozen_file(call, "h.json", "--seed", "4")
    assert first == again and first["digest"] != other["digest"]
    assert Path("f.json").read_bytes() == Path("g.json").read_bytes()
    assert set(first["questions"]) == {"many", "gained", "rate", "when_lost", "joined"}
    assert list(first["scenarios"]) == ["as_is", "fast"]
    assert {path.name for path in place.iterdir()} == {"skirmish", "f.json", "g.json", "h.json"}


def test_json_prints_the_frozen_document(call: Call, place: Path) -> None:
    result = call("freeze", "skirmish", "-o", "f.json", "--futures", "50", "--json")
    assert result.document == json.loads(Path("f.json").read_text()) and len(result.document["digest"]) == 64


CALENDARS = {
    "for 12 months step 1 month": {"by_months": True},
    "for 2 years step 1 month": {"by_months": True},
    "for 12 months step 365.25/48 days": {"by_months": False},
    "for 12 weeks step 1 week": {},
}


@pytest.mark.parametrize("head", CALENDARS)
def test_a_frozen_forecast_tells_how_its_dates_go_where_the_unit_of_time_does_not(head: str, tmp_path: Path) -> None:
    path = tmp_path / "m.foedus"
    path.write_text(
        f'model m as of 2024-01-01 {head}\nparam a : 1 ~ 0 to 1 because "x"\nevent e at rate a per year\nquestion q first time e\n'
    )
    case = load(str(path))
    document = frozen_forecast(case, run_futures(case, 20, 1, engine="reference", trajectories=False))
    assert {key: value for key, value in document.items() if key == "by_months"} == CALENDARS[head]


@pytest.mark.parametrize("change", ["probability", "as_of", "digest", "scenarios"])
def test_a_forecast_that_was_changed_is_refused(call: Call, place: Path, change: str) -> None:
    document = frozen_file(call)
    if change == "probability":
        document["questions"]["many"]["answers"]["as_is"]["probability"] += 1e-9
    elif change == "scenarios":
        document["scenarios"]["third"] = "x"
    else:
        document[change] = "2024-01-08" if change == "as_of" else "0" * 64
    Path("f.json").write_text(json.dumps(document))
    with pytest.raises(InputError, match="digest-differs"):
        read_frozen("f.json")
    Path("o.json").write_text("[]")
    result = call("score", "f.json", "--outcomes", "o.json", "--json")
    assert result.code == 1 and result.document["errors"][0]["code"] == "digest-differs"


def test_a_forecast_that_was_only_spelled_differently_is_the_same(call: Call, place: Path) -> None:
    document = frozen_file(call)
    Path("f.json").write_text(json.dumps(document, indent=7, sort_keys=True))
    assert read_frozen("f.json") == document


def test_what_is_frozen_are_the_answers_of_the_futures(case: Case) -> None:
    ran = run_futures(case, 500, 1, trajectories=0)
    questions = frozen_forecast(case, ran)["questions"]
    many = questions["many"]["answers"]
    assert many["as_is"] == {"probability": ran.values("many").mean(), "futures": 500}
    ground = ran.values("gained", "fast")
    answer = questions["gained"]["answers"]["fast"]
    assert answer["mean"] == pytest.approx(ground.mean(), rel=1e-5)
    assert crps_sample(np.array(answer["quantiles"]), 70.0) == pytest.approx(crps_sample(ground, 70.0), rel=0.01)
    assert questions["joined"]["is_conditional"] and questions["joined"]["answers"]["as_is"]["probability"] is None
    when = questions["when_lost"]
    assert when["kind"] == "date" and when["window_end"] == 12 and max(when["answers"]["as_is"]["quantiles"]) == 12
    assert when["answers"]["as_is"]["probability"] == np.isfinite(ran.values("when_lost")).mean()


def test_a_frozen_forecast_reads_as_json_of_moderate_size(case: Case) -> None:
    document = frozen_forecast(case, run_futures(case, 100, 1, trajectories=0))
    text = frozen_text(document)
    assert json.loads(text) == document and max(map(len, text.splitlines())) < 4000
