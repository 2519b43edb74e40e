"""The second case with a series: its weeks are made from reports of their time, and its record is whole."""

from __future__ import annotations

import datetime
import importlib.util
import json
import shutil
from pathlib import Path
from types import ModuleType

import pytest

import foedus
from foedus.bundle import make_dossier
from foedus.errors import ModelError
from foedus.history.freeze import read_frozen
from foedus.history.record import check_record, read_record, ships_of
from foedus.history.record_page import record_markdown

FOLDER = Path(foedus.load("west_africa").folder.folder)


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("weekly_cases", FOLDER.parent.parent / "tools" / "weekly_cases.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_weeks_are_what_the_tool_makes_of_the_reports() -> None:
    assert (FOLDER / "series/weekly.csv").read_text(encoding="utf-8") == tool().table()


def test_a_week_looks_at_no_later_report() -> None:
    day = datetime.date.fromisoformat
    told = {day("2014-08-05"): 100, day("2014-08-13"): 116, day("2014-08-14"): 900}
    assert tool().change(told, day("2014-08-13")) == "14"  # 16 in eight days
    assert tool().change(told, day("2014-08-20")) == str(784 * 7)
    assert tool().change(told, day("2014-08-27")) == ""


def test_the_outcomes_are_what_was_reported_afterwards() -> None:
    kept = {one["question"]: one for one in json.loads((FOLDER / "outcomes.json").read_text(encoding="utf-8"))}
    told = {one["question"]: one for one in tool().outcomes()}
    assert len(told) == 48 and {name: kept[name] for name in told} == told
    assert (
        kept["cases_q2"]["value"]
        == f"{sum(told[f'cases_{country}_2015_07_01_in_all']['value'] for country in tool().COUNTRIES):.0f} person"
    )


def test_the_record_is_whole_and_its_page_is_made_from_it() -> None:
    case = foedus.load("west_africa")
    record = read_record(case)
    ships = ships_of(case, record)
    assert ships is not None and ships.is_same and len(record["origins"]) >= 30
    assert {of["4"]["declared"]["baseline"] for of in record["series"].values()} == {"damped trend"}
    assert check_record(record) > 500
    assert (FOLDER / "RECORD.md").read_text(encoding="utf-8") == record_markdown(record, ships)


def test_the_frozen_forecast_is_of_the_model_as_it_stands() -> None:
    case, frozen = foedus.load("west_africa"), read_frozen(FOLDER / "forecast.json")
    assert frozen["digests"]["program"] == case.program.digest and case.posterior is not None
    assert case.posterior.digest in (FOLDER / "forecast.json").read_text(encoding="utf-8")


def test_its_dossier_tells_the_outcomes_of_its_own_questions(tmp_path: Path) -> None:
    made = make_dossier(foedus.load("west_africa"), tmp_path / "dossier", futures=60)
    assert "2,362" in "".join(path.read_text(encoding="utf-8") for path in made.folder.glob("**/cases_q2*.html"))


def test_a_run_begins_with_all_that_the_past_left_in_the_part() -> None:
    case = foedus.load("west_africa")
    stocks = {name.split("[")[0] for name in case.carried}
    assert {"epidemic.infected", "epidemic.sick", "log_infects"} <= stocks  # the first is private to the part


@pytest.mark.parametrize(("named", "code"), [("nothing", "not-a-stock"), ("epidemic.infected", "private-name")])
def test_what_is_no_stock_and_no_part_is_refused(named: str, code: str, tmp_path: Path) -> None:
    copy = shutil.copytree(FOLDER, tmp_path / "west_africa")
    model = copy / "model.foedus"
    text = model.read_text(encoding="utf-8")
    assert "carries log_infects, epidemic\n" in text
    model.write_text(text.replace("carries log_infects, epidemic\n", f"carries {named}\n"), encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        foedus.load(str(copy)).program  # noqa: B018 - it is compiled when it is asked for
    assert code in {problem.code for problem in caught.value.problems}
