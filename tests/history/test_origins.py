"""Origins, horizons and plans as they are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.case import Case, load
from foedus.errors import CaseError, InputError
from foedus.history.origins import parse_horizons, parse_origins, read_plan

ORIGINS = {
    "2023-11..2024-02": ["2023-11-01", "2023-12-01", "2024-01-01", "2024-02-01"],
    "2023-11-15..2024-01-15": ["2023-11-15", "2023-12-15", "2024-01-15"],
    "2023-11-15..2024-01-10": ["2023-11-15", "2023-12-15"],
    "2024-01-31..2024-03-31": ["2024-01-31", "2024-02-29", "2024-03-31"],
    "2024-02..2024-02": ["2024-02-01"],
    "2023-07-02, 2023-09-03": ["2023-07-02", "2023-09-03"],
    "2023-07-02..2023-08-01 every 14 days": ["2023-07-02", "2023-07-16", "2023-07-30"],
    "2023-07-02..2023-07-16 every 2 weeks": ["2023-07-02", "2023-07-16"],
    "2023-07..2023-07 every 1 week": ["2023-07-01"],
}


@pytest.mark.parametrize("text", ORIGINS)
def test_origins(text: str) -> None:
    assert [day.isoformat() for day in parse_origins(text)] == ORIGINS[text]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2024-02..2024-01",
        "2024-02-30",
        "2023-09-03,2023-07-02",
        "1500-01..2024-01",
        "2024-01..",
        "2024-01,2024-01",
        "2024-01..2024-02 every day",
        "2024-01..2024-02 every 0 days",
        "2024-01 every 14 days",
        "1500-01..2024-01 every 1 day",
    ],
)
def test_what_is_no_row_of_days_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="bad-origins"):
        parse_origins(text)


@pytest.mark.parametrize("text", ["", "0", "4,x", "-4", "9999", "4;13"])
def test_what_is_no_list_of_horizons_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="bad-horizons"):
        parse_horizons(text)


def test_horizons_are_sorted() -> None:
    assert parse_horizons("13, 4,13") == (4, 13)


def test_the_plan_of_a_case_can_be_changed_from_outside(case: Case) -> None:
    plan = read_plan(case)
    assert plan.horizons == (2, 8) and len(plan.origins) == 5 and plan.hindcast == "past"
    assert [(aim.name, aim.series, aim.measure, aim.unit) for aim in plan.aims] == [
        ("losses", "claimed", "value", "person/week"),
        ("ground", "area", "sum", "km2"),
    ]
    assert read_plan(case, "2023-07", "3").horizons == (3,)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('hindcast = "passt"', "no-hindcast"),
        ('[series.x]\nof = "claimd"', "unknown-series"),
        ('[series.claimed]\nmeasure = "mean"', "unknown-measure"),
        ("[", "bad-plan"),
        ('[series."../x"]\nof = "claimed"', "bad-name"),
    ],
)
def test_a_plan_that_cannot_be_meant_is_refused(place: Path, text: str, code: str) -> None:
    (place / "skirmish" / "backtest.toml").write_text(text)
    with pytest.raises(CaseError, match=code):
        read_plan(load("skirmish"))


def test_without_a_plan_every_series_is_forecast(place: Path) -> None:
    (place / "skirmish" / "backtest.toml").unlink()
    plan = read_plan(load("skirmish"), "2023-07")
    assert [aim.name for aim in plan.aims] == ["claimed", "area"] and plan.horizons == (4, 13, 26)
