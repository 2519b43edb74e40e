"""Forecasts as a hub of hubverse, out and in, and as percentiles."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from tests.cli.conftest import Call
from tests.history.queue_case import write_queue

from foedus.history.hub import HUB_LEVELS, weighted_interval_score
from foedus.history.scores import crps_sample


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from foedus.cli.main import main

    folder = tmp_path_factory.mktemp("hub")
    write_queue(folder / "queue")
    main(["freeze", str(folder / "queue"), "-o", str(folder / "f.json"), "-n", "600"])
    return folder / "f.json"


@pytest.fixture
def kept(frozen: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call) -> dict:
    monkeypatch.chdir(tmp_path)
    Path("f.json").write_bytes(frozen.read_bytes())
    outcomes = [
        {"question": "long", "value": True, "date": "2024-07-01"},
        {"question": "arrived_2024_01_08", "value": 103.5, "date": "2024-01-08"},
        {"question": "many", "value": "1250 person", "date": "2024-04-01"},
        {"question": "strike_by_2024_02_01", "value": False, "date": "2024-02-01"},
    ]
    Path("o.json").write_text(json.dumps(outcomes))
    assert call("register", "add", "f.json").code == 0 and call("register", "resolve", "o.json").code == 0
    return json.loads(Path("f.json").read_text())


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_hub_says_what_the_forecast_says(kept: dict, call: Call) -> None:
    assert call("register", "export", "--hub", "hub").code == 0
    rows = rows_of(Path("hub/model-output/foedus-queue/2024-01-01-foedus-queue.csv"))
    assert list(rows[0]) == ["origin_date", "target", "target_end_date", "output_type", "output_type_id", "value"]
    assert {row["target"] for row in rows} == set(kept["questions"])
    sample = np.array(next(iter(kept["questions"]["many"]["answers"].values()))["quantiles"])
    told = {row["output_type_id"]: float(row["value"]) for row in rows if row["target"] == "many"}
    assert told.pop("NA") == pytest.approx(next(iter(kept["questions"]["many"]["answers"].values()))["mean"])
    assert list(told) == [f"{level:g}" for level in HUB_LEVELS]
    assert list(told.values()) == pytest.approx(list(np.quantile(sample, HUB_LEVELS)), rel=1e-5)
    chances = {row["output_type_id"]: float(row["value"]) for row in rows if row["target"] == "long"}
    said = next(iter(kept["questions"]["long"]["answers"].values()))["probability"]
    assert chances == pytest.approx({"yes": said, "no": 1 - said}, abs=1e-9)
    oracle = rows_of(Path("hub/target-data/oracle-output.csv"))
    assert {(row["target"], row["output_type_id"], row["oracle_value"]) for row in oracle if row["target"] == "long"} == {
        ("long", "yes", "1"),
        ("long", "no", "0"),
    }
    tasks = json.loads(Path("hub/hub-config/tasks.json").read_text())
    (round_,) = tasks["rounds"]
    named = [name for task in round_["model_tasks"] for name in task["task_ids"]["target"]["optional"]]
    assert sorted(named) == sorted(kept["questions"])
    ids = [one["target_id"] for task in round_["model_tasks"] for one in task["target_metadata"]]
    assert len(set(ids)) == len(ids) and max(map(len, ids)) <= 30
    again = call("register", "export", "--hub", "hub")
    assert again.code == 1 and "[not-empty]" in again.err


def test_percentiles_are_those_of_the_frozen_sample(kept: dict, call: Call) -> None:
    assert call("register", "export", "--percentiles", "p.csv").code == 0
    found = {row["question"]: row for row in rows_of(Path("p.csv"))}
    assert set(found) == set(kept["questions"])
    sample = next(iter(kept["questions"]["arrived_2024_01_08"]["answers"].values()))["quantiles"]
    assert float(found["arrived_2024_01_08"]["p37"]) == pytest.approx(float(np.quantile(sample, 0.37)), rel=1e-5)
    assert found["long"]["p50"] == "" and found["long"]["probability"] != ""


def test_a_rival_is_scored_on_the_same_questions_by_its_own_levels(kept: dict, call: Call) -> None:
    heads = "origin_date,target,target_end_date,output_type,output_type_id,value\n"
    quantiles = {0.1: 90.0, 0.5: 100.0, 0.9: 108.0}
    lines = [f"2024-01-01,arrived_2024_01_08,2024-01-08,quantile,{level},{value}\n" for level, value in quantiles.items()]
    lines += ["2024-01-01,long,2024-07-01,pmf,yes,0.7\n", "2024-01-01,long,2024-07-01,pmf,no,0.3\n"]
    Path("them.csv").write_text(heads + "".join(lines))
    assert call("register", "rival", "them.csv", "--team", "Them").code == 0
    (found,) = call("register", "score", "--json").document["rivals"]
    own = next(iter(kept["questions"]["long"]["answers"].values()))["probability"]
    assert found["chances"] == pytest.approx(
        {"n": 1, "brier": (own - 1) ** 2, "brier_theirs": 0.09, "ratio": (own - 1) ** 2 / 0.09, "ratio_interval": None}
    )
    sample = np.array(next(iter(kept["questions"]["arrived_2024_01_08"]["answers"].values()))["quantiles"])
    levels = np.array(list(quantiles))
    assert found["amounts"]["wis"] == pytest.approx(weighted_interval_score(levels, np.quantile(sample, levels), 103.5))
    losses = [2 * max(level * (103.5 - value), (level - 1) * (103.5 - value)) for level, value in quantiles.items()]
    assert found["amounts"]["wis_theirs"] == pytest.approx(np.mean(losses))
    assert "Beside Them" in call("register", "score").out


WRONG = {
    "2024-01-01,lang,2024-07-01,pmf,yes,0.7": "no question of that forecast",
    "2024-01-01,long,2024-07-02,pmf,yes,0.7": "settled on 2024-07-01",
    "2024-01-01,long,2024-07-01,pmf,yes,0.7": "are not two that add up to 1",
    "2024-01-01,long,2024-07-01,quantile,0.5,0.7": "no answer to `long`",
    "2024-01-01,many,2024-04-01,quantile,1.5,1200": "lies outside 0 to 1",
    "2024-01-01,many,2024-04-01,quantile,0.5,twelve": "`twelve`",
    "2024-01-01,many,2024-04-01,quantile,0.1,1300\n2024-01-01,many,2024-04-01,quantile,0.9,1200": "do not rise",
    "2024-02-01,many,2024-04-01,quantile,0.5,1200": "there are forecasts of 2024-01-01",
}


@pytest.mark.parametrize("rows", WRONG)
def test_a_rival_that_cannot_be_read_is_refused_with_its_place(kept: dict, call: Call, rows: str) -> None:
    Path("them.csv").write_text("origin_date,target,target_end_date,output_type,output_type_id,value\n" + rows + "\n")
    told = call("register", "rival", "them.csv", "--team", "Them")
    assert told.code == 1 and WRONG[rows] in told.err and len(Path("register/register.jsonl").read_text().splitlines()) == 2


def test_an_interval_score_of_many_levels_is_the_crps() -> None:
    sample = np.random.default_rng(2).gamma(3, 2, 20_000)
    levels = (np.arange(400) + 0.5) / 400
    for value in (1.0, 6.0, 20.0):
        found = weighted_interval_score(levels, np.quantile(sample, levels), value)
        assert found == pytest.approx(crps_sample(sample, value), rel=5e-3)
