"""The third case with a series: a stock with seasons, widths learned, and a part that was held back."""

from __future__ import annotations

import csv
import importlib.util
import json
from pathlib import Path

import foedus
from foedus.analysis import compare
from foedus.history.baselines import BASELINES
from foedus.history.freeze import read_frozen
from foedus.history.origins import read_plan
from foedus.history.record import check_record, read_record, ships_of
from foedus.history.record_page import record_in_words, record_markdown
from foedus.study.futures import run_futures

FOLDER = Path(foedus.load("gas_storage").folder.folder)


def test_the_series_has_every_friday_and_ends_before_the_date() -> None:
    lines = [line for line in (FOLDER / "series/stocks.csv").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    days = [row["date"] for row in csv.DictReader(lines)]
    as_of = foedus.load("gas_storage").tree.model.as_of
    assert days == sorted(set(days)) and as_of is not None and days[-1] < as_of.isoformat()
    lines = [
        one for one in (FOLDER / "series/stocks_after.csv").read_text(encoding="utf-8").splitlines() if not one.startswith("#")
    ]
    assert min(row["date"] for row in csv.DictReader(lines)) >= as_of.isoformat()


def test_the_outcomes_are_what_was_told_afterwards() -> None:
    spec = importlib.util.spec_from_file_location("gas_outcomes", FOLDER.parent.parent / "tools" / "gas_outcomes.py")
    assert spec is not None and spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    kept = json.loads((FOLDER / "outcomes.json").read_text(encoding="utf-8"))
    assert kept == tool.outcomes() and len(kept) == 16 and all(one["value"] is not None for one in kept)


def test_the_record_is_whole_and_tells_what_was_held_back() -> None:
    case = foedus.load("gas_storage")
    record, plan = read_record(case), read_plan(case)
    ships = ships_of(case, record)
    assert ships is not None and ships.is_same and case.posterior is not None and case.posterior.setup["learns_widths"] is True
    assert plan.held_back is not None and record["held_back"]["from"] == plan.held_back.day.isoformat()
    held, before = (record["held_back"][part]["overall"]["stock"] for part in ("held back", "development"))
    assert held["origins"] >= 10 and held["origins"] + before["origins"] >= 31
    assert {one["declared"]["baseline"] for one in record["series"]["stock"].values()} == {"usual change"}
    assert set(record["series"]["stock"]["4"]["skills"]) == {*BASELINES, "usual change"}
    assert record_in_words(record)[0].startswith("Held back from 2023-01-06 on, opened once")
    assert check_record(record) > 200
    assert (FOLDER / "RECORD.md").read_text(encoding="utf-8") == record_markdown(record, ships)


def test_the_frozen_forecast_is_of_the_model_as_it_stands() -> None:
    case, frozen = foedus.load("gas_storage"), read_frozen(FOLDER / "forecast.json")
    assert frozen["digests"]["program"] == case.program.digest and case.posterior is not None
    assert case.posterior.digest == frozen["posterior"]["digest"]


def test_gas_that_is_not_sent_abroad_stays_in_store_but_for_what_dearer_gas_had_brought() -> None:
    futures = run_futures(foedus.load("gas_storage"), 200, 1, trajectories=False)
    slot = next(one for one in futures.program.results if one.name == "november")
    answers = {name: one.mean for name, one in compare(futures, slot).items()}
    assert answers["held_back"] < answers["as_it_is"] < answers["plant_idle"]
    assert 100 < answers["plant_idle"] - answers["as_it_is"] < 26 * 14
