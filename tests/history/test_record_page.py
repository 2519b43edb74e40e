"""The record as a page and as a section of the report: every figure is the record's own."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from tests.cli.conftest import Call

from foedus.case import load
from foedus.history.record_page import record_in_words, record_markdown
from foedus.history.track_record import track_record, track_record_of
from foedus.show.report_record import record_shown, skill_words

pytestmark = pytest.mark.usefixtures("few_baselines")


@pytest.fixture
def record(call: Call, place: Path) -> dict:
    result = call("backtest", "skirmish", "--members", "60", "--passes", "2", "--refinements", "0", "--keep", "--json")
    assert result.code == 0, result.err
    return result.document


def test_the_page_is_written_from_the_record(record: dict, call: Call, place: Path) -> None:
    assert call("record", "skirmish", "--write").code == 0
    text = (place / "skirmish" / "RECORD.md").read_text()
    assert text == record_markdown(record, None) and record["digest"] in text
    for name in ("losses", "ground"):
        assert f"(record_{name}.svg)" in text
        assert ElementTree.parse(place / "skirmish" / f"record_{name}.svg").getroot().tag.endswith("svg")
    rows = [line for line in text.splitlines() if line.startswith(("| losses |", "| ground |"))]
    assert [len(row.split("|")) for row in rows] == [12] * 4 + [9] * 4 + [9] * 4
    figures = record["series"]["losses"]["8"]
    assert skill_words(figures["declared"]["skill"]) in rows[1] and figures["declared"]["baseline"] in rows[1]
    assert skill_words(figures["crps_skill"]) in rows[5] and figures["baseline"] in rows[5]
    assert skill_words(figures["stacked"]["skill"]) in rows[9] and "% model" in rows[9]
    tables = [block.splitlines() for block in text.split("\n\n") if block.startswith("|")]
    assert len(tables) == 10
    for table in tables:
        assert len({line.count("|") for line in table}) == 1, table


def test_bad_figures_are_said_as_plainly_as_good_ones(record: dict) -> None:
    record["series"]["losses"]["2"]["declared"] |= {"skill": -0.4, "skill_interval": [-0.6, -0.2]}
    record["series"]["losses"]["8"]["declared"] |= {"skill": 0.3, "skill_interval": [0.1, 0.4]}
    record["series"]["ground"]["2"]["declared"] |= {"skill": 0.3, "skill_interval": None}
    text = record_markdown(record, None)
    lines = {
        word: next(line for line in text.splitlines() if line.startswith(f"- {word}")) for word in ("Better", "Worse", "Not")
    }
    assert "losses at 2 weeks (−40 %)" in lines["Worse"] and "losses at 8 weeks (+30 %)" in lines["Better"]
    assert "ground at 2 weeks (+30 %)" in lines["Not"]


def test_from_few_days_neither_bias_nor_width_is_told(record: dict) -> None:
    record["overall"]["losses"] |= {"origins": 40, "coverage_90": 0.99}
    record["overall"]["ground"] |= {"origins": 2, "coverage_90": 0.99}
    many, few = record_in_words(record)
    assert "too wide" in many and "median" in many
    assert "from 2 origins neither bias nor width can be told" in few and "too wide" not in few and "median" not in few
    told = {"from": "2024-01-01", "opened": "opened once"}
    parts = {
        "held back": {"overall": record["overall"], "series": record["series"]},
        "development": {"overall": {}, "series": {}},
    }
    assert record_in_words(record | {"held_back": told | parts})[-1].endswith(": nothing, for no forecast was made there.")


def test_the_charts_hold_each_forecast_and_what_came(record: dict) -> None:
    series = track_record(record).series[0]
    points = series.forecasts[8]
    assert len(points) == record["series"]["losses"]["8"]["n"] and all(point.low < point.middle < point.high for point in points)
    course = record["course"]["losses"][0]
    assert (points[0].date, points[0].came) == (course["dates"][7], course["came"][7])


def test_the_report_shows_the_record_of_a_case_that_keeps_one(record: dict, call: Call, place: Path) -> None:
    assert call("run", "skirmish", "--futures", "50").code == 0
    page = (place / "report.html").read_text()
    assert 'id="record"' in page and record["digest"][:12] in page and page.count('id="record0-8') > 0
    (place / "skirmish" / "record.json").unlink()
    assert call("run", "skirmish", "--futures", "50").code == 0
    assert 'id="record"' not in (place / "report.html").read_text()


def test_no_record_no_section(case) -> None:
    assert track_record_of(case) is None and record_shown(None) is None


def test_a_name_cannot_break_the_page(record: dict) -> None:
    record["series"] = {"<b>x": record["series"]["losses"]}
    record["overall"] = {"<b>x": record["overall"]["losses"]}
    record["course"] = {"<b>x": record["course"]["losses"]}
    shown = record_shown(track_record(record))
    assert shown is not None and "<b>x" not in str(shown.charts[0][1])
    assert load("skirmish").name == "skirmish"


def test_skills_in_words() -> None:
    values = {0.123: "+12 %", -0.4: "−40 %", 0.004: "0 %", -0.004: "0 %", None: "n/a", 1.0: "+100 %"}
    assert {value: skill_words(value) for value in values} == values
