"""A part of a series that is held back: not scored while it is closed, scored apart once it is open."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from tests.cli.conftest import Call

from foedus.case import load
from foedus.errors import CaseError, InputError
from foedus.history.origins import read_plan, widths_are_learned
from foedus.history.record import check_record, parts_again
from foedus.history.record_page import record_in_words, record_markdown

from .conftest import PLAN

pytestmark = pytest.mark.usefixtures("few_baselines")
DAY = "2023-09-03"
CLOSED = f"{PLAN}\n[held_back]\nfrom = {DAY}\n"
OPEN = f'{CLOSED}opened = "opened once, on a day"\n'
QUICK = ("--members", "60", "--passes", "1", "--refinements", "0", "--json")


def planned(place: Path, text: str) -> None:
    (place / "skirmish" / "backtest.toml").write_text(text)


def test_no_origin_lies_in_what_is_closed(place: Path) -> None:
    planned(place, CLOSED)
    plan = read_plan(load("skirmish"))
    assert [day.isoformat() for day in plan.origins] == ["2023-06-01", "2023-07-01", "2023-08-01", "2023-09-01"]
    with pytest.raises(InputError, match="held-back"):
        read_plan(load("skirmish"), "2023-10")
    planned(place, OPEN)
    assert len(read_plan(load("skirmish")).origins) == 5


def test_nothing_of_it_is_scored_while_it_is_closed(place: Path, call: Call) -> None:
    planned(place, CLOSED)
    record = call("backtest", "skirmish", *QUICK).document
    for rows in record["course"].values():
        for row in rows:
            assert all(value is None for day, value in zip(row["dates"], row["came"], strict=True) if day >= DAY)
    assert any(value is not None for row in record["course"]["losses"] for value in row["came"])
    assert record["held_back"]["held back"] == {"series": {}, "overall": {}}
    assert "not opened yet" in record_in_words(record)[0]


def test_both_parts_are_told_apart_and_computed_anew(place: Path, call: Call) -> None:
    planned(place, OPEN)
    record = call("backtest", "skirmish", *QUICK).document
    told = record["held_back"]
    held, before = (told[part]["series"]["losses"]["2"] for part in ("held back", "development"))
    assert held["n"] == 1 and before["n"] == 3, "of 1 September the second week lies beyond the day, and belongs to neither"
    assert record["series"]["losses"]["2"]["n"] == 5
    sentences = record_in_words(record)
    assert sentences[0].startswith(f"Held back from {DAY} on, opened once, on a day: losses")
    assert sentences[-1].startswith("Of the part on which the model was made: ")
    page = record_markdown(record, None)
    assert page.index("Held back from") < page.index("How good the model has been") and "| held back | losses | 2 |" in page
    assert parts_again(record) == told and check_record(record) > 100
    changed = copy.deepcopy(record)
    changed["held_back"]["held back"]["series"]["losses"]["2"]["crps"] *= 0.9
    with pytest.raises(InputError, match="held_back"):
        check_record(changed)


@pytest.mark.parametrize(
    "text",
    [
        "held_back = 2023-09-03",
        "[held_back]\nfrom = 3",
        "[held_back]\nform = 2023-09-03",
        '[held_back]\nfrom = "soon"',
        'widths = "wide"',
    ],
)
def test_a_plan_that_cannot_be_meant_is_refused(place: Path, text: str) -> None:
    planned(place, f"{text}\n{PLAN}" if "[" not in text else f"{PLAN}\n{text}\n")
    with pytest.raises(CaseError, match="bad-plan"):
        read_plan(load("skirmish"))


def test_the_plan_says_whether_widths_are_learned(place: Path) -> None:
    assert not widths_are_learned(load("skirmish"), "past")
    planned(place, f'widths = "learned"\n{PLAN}')
    assert widths_are_learned(load("skirmish"), "past") and read_plan(load("skirmish")).learns_widths
