"""Outcomes: what can be written, what it means, and what is refused."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from foedus.errors import InputError
from foedus.history.outcomes import Outcome, read_outcomes, resolve

KNOWN = ["many", "gained", "rate", "when_lost"]
YES_NO = {"kind": "probability", "unit": ""}
RATE = {"kind": "quantity", "unit": "person/day"}
WHEN = {"kind": "date", "unit": "week", "window_end": 12.0}


def found(value: Any, question: dict[str, Any]) -> float | None:
    outcome = Outcome("q", value, "2024-03-31", "a paper", False, "o.json", 1)
    resolution = resolve(outcome, question, "2024-01-07", "week")
    return None if resolution is None else resolution.value


TABLE = {
    "true is one": (True, YES_NO, 1.0),
    "zero is no": (0, YES_NO, 0.0),
    "a word": ("no", YES_NO, 0.0),
    "open": (None, YES_NO, None),
    "does not apply": ("not applicable", YES_NO, None),
    "a number": (12, RATE, 12.0),
    "with its unit": ("12.5 person/day", RATE, 12.5),
    "in another unit": ("70 persons/week", RATE, 10.0),
    "thousands": ("1,200", RATE, 1200.0),
    "negative": ("−3", RATE, -3.0),
    "a date": ("2024-01-21", WHEN, 2.0),
    "after the window": ("2024-06-01", WHEN, 12.0),
    "not by the end": ("not by 2024-03-31", WHEN, 12.0),
    "not by an earlier day is open": ("not by 2024-02-01", WHEN, None),
    "never": ("never", WHEN, 12.0),
    "false of a date": (False, WHEN, 12.0),
    "a range": ([10, 12], RATE, 11.0),
    "a range of the unit behind it": ("1,000 to 1,400 person/week", RATE, 1200 / 7),
    "a range with a dash": ("10–12", RATE, 11.0),
    "a range below zero": ("-3 to -1", RATE, -2.0),
    "a range of dates": ("2024-01-21 to 2024-02-04", WHEN, 3.0),
    "dates as a list": (["2024-01-21", "never"], WHEN, 7.0),
    "an open end": (["2024-01-21", "open"], WHEN, None),
}


@pytest.mark.parametrize("name", TABLE)
def test_values_as_numbers(name: str) -> None:
    value, question, expected = TABLE[name]
    assert found(value, question) == (expected if expected is None else pytest.approx(expected))


DATES = {
    ("month", None, "2024-08-01"): 7.0,
    ("month", None, "2024-02-15"): 1.0 + 14 / 29,
    ("year", None, "2027-01-01"): 3.0,
    ("year", True, "2024-07-01"): 0.5,
    ("month", False, "2024-08-01"): 213 / (365.25 / 12),
    ("week", None, "2024-08-05"): 31.0,
    ("day", True, "2024-01-31"): 30.0,
}


@pytest.mark.parametrize("given", DATES)
def test_a_date_is_so_long_after_the_start_as_the_model_has_it(given: tuple[str, bool | None, str]) -> None:
    unit, by_months, date = given
    question = {"kind": "date", "unit": unit, "window_end": 300.0}
    resolution = resolve(Outcome("q", date, "", "", False), question, "2024-01-01", unit, by_months)
    assert resolution is not None and resolution.value == pytest.approx(DATES[given], rel=1e-12)


@pytest.mark.parametrize("unit, expected", [("month", 7.0), ("year", 7 / 12)])
def test_a_window_ends_on_the_day_that_the_model_means(unit: str, expected: float) -> None:
    """Counted by days the first of August comes before the seventh month is over, so that the outcome would seem to be open."""
    question = {"kind": "date", "unit": unit, "window_end": expected}
    late = resolve(Outcome("q", "not by 2024-08-01", "", "", False), question, "2024-01-01", unit)
    assert late is not None and late.value == expected


@pytest.mark.parametrize(
    ("value", "question", "code"),
    [
        (0.4, YES_NO, "not-yes-or-no"),
        ("perhaps", YES_NO, "not-yes-or-no"),
        (True, RATE, "not-a-number"),
        ("many", RATE, "not-a-number"),
        ("5 km2", RATE, "units-differ"),
        ("5 person//", RATE, "bad-unit"),
        ("1e999", RATE, "not-finite"),
        (5, WHEN, "not-a-date"),
        ("soon", WHEN, "not-a-date"),
        ("1.2.3", RATE, "not-a-number"),
        ("1,5", RATE, "not-a-number"),
        ("1_0", RATE, "not-a-number"),
        ("１２", RATE, "not-a-number"),
        (10**400, RATE, "not-finite"),
        ([12, 10], RATE, "empty-range"),
        ("2024-01-06", WHEN, "before-forecast"),
        ("2023-02-04 to 2024-02-04", WHEN, "before-forecast"),
        (["10 person/day", "12 km2"], RATE, "units-differ"),
        ([0, 1], YES_NO, "not-yes-or-no"),
        ("10 to 12 many", RATE, "units-differ"),
        ("9" * 400, RATE, "not-finite"),
    ],
)
def test_values_that_do_not_fit_are_refused(value: Any, question: dict[str, Any], code: str) -> None:
    with pytest.raises(InputError, match=code):
        found(value, question)


@pytest.mark.parametrize("question", [YES_NO, RATE, WHEN])
def test_an_outcome_of_a_day_before_the_forecast_is_refused(question: dict[str, Any]) -> None:
    outcome = Outcome("q", "never" if question is WHEN else 1, "2024-01-06", "a paper", False, "o.json", 1)
    with pytest.raises(InputError, match="before-forecast"):
        resolve(outcome, question, "2024-01-07", "week")
    assert resolve(dataclasses.replace(outcome, date="2024-01-07"), question, "2024-01-07", "week") is not None


def test_a_range_stands_for_all_that_lies_in_it() -> None:
    resolution = resolve(Outcome("q", [10, 31], "", "", False), RATE, "2024-01-07", "week")
    assert resolution is not None and resolution.ends == (10.0, 31.0) and len(resolution.values) == 21
    assert resolution.values[0] == 10.5 and resolution.values[-1] == 30.5 and np.mean(resolution.values) == resolution.value


def read(tmp_path: Path, entries: Any) -> tuple[Outcome, ...]:
    path = tmp_path / "o.json"
    path.write_text(entries if isinstance(entries, str) else json.dumps(entries))
    return read_outcomes(path, KNOWN)


def test_an_entry_is_read_as_it_stands(tmp_path: Path) -> None:
    entry = {"question": "many", "value": True, "date": "2024-03-31", "source": "a paper", "contested": True, "note": "more"}
    assert read(tmp_path, [entry, {"question": "rate", "value": 3}]) == (
        Outcome("many", True, "2024-03-31", "a paper", True, str(tmp_path / "o.json"), 1),
        Outcome("rate", 3, "", "", False, str(tmp_path / "o.json"), 2),
    )


@pytest.mark.parametrize(
    ("entries", "code", "says"),
    [
        ([{"question": "manny", "value": True}], "unknown-question", "`many`"),
        ([{"value": True}], "no-question", "entry 1"),
        ([{"question": "many"}], "no-value", "null while it is open"),
        ([{"question": "many", "value": [1]}], "bad-value", "entry 1"),
        ([{"question": "rate", "value": [1, None]}], "bad-value", "entry 1"),
        ([{"question": "many", "value": True, "remark": "x"}], "unknown-key", "`remark`"),
        ([{"question": "many", "value": True, "date": "31 March"}], "bad-date", "YYYY-MM-DD"),
        ([{"question": "many", "value": True, "contestd": True}], "unknown-key", "`contested`"),
        ([{"question": "many", "value": True, "contested": "yes"}], "bad-contested", "true or false"),
        ([{"question": "many", "value": True}, {"question": "many", "value": False}], "twice", "entry 1 already"),
        ({"many": True}, "not-a-list", "JSON list"),
        ("[", "not-json", "JSON"),
        ([3], "not-an-object", "entry 1"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused(tmp_path: Path, entries: Any, code: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, entries)
    assert caught.value.problems[0].code == code and says in str(caught.value)


def test_all_problems_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, [{"question": "x", "value": 1}, {"question": "y", "value": 1}, {"question": "many", "value": 1}])
    assert [problem.message[:8] for problem in caught.value.problems] == ["entry 1:", "entry 2:"]


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot-read"):
        read_outcomes(tmp_path / "none.json", KNOWN)
