"""Data that equations read."""

from __future__ import annotations

import datetime
from pathlib import Path

import numpy as np
import pytest

from foedus.case import load
from foedus.constructs import tree as t
from foedus.errors import FoedusError
from foedus.history.cut import _cut_table
from foedus.language import read_model_text
from foedus.model import compile_model, read_model
from foedus.study.futures import run_futures

HEAD = "model m as of 2024-01-01 for 10 weeks step 1/4 week\nunit litre\n"
DATES = ("2023-12-25", "2024-01-08", "2024-01-22", "2024-03-18")
VALUES = (1.0, 3.0, -2.0, 8.0)


def folder_with(folder: Path, statement: str, more: str = "", rows: str | None = None) -> Path:
    text = "date,rain\n" + "".join(f"{day},{value}\n" for day, value in zip(DATES, VALUES, strict=True)) if rows is None else rows
    (folder / "rain.csv").write_text(text, encoding="utf-8")
    (folder / "model.foedus").write_text(HEAD + statement + more, encoding="utf-8")
    return folder


def course(folder: Path, scenario: int = 0) -> tuple[np.ndarray, np.ndarray]:
    futures = run_futures(load(str(folder)), futures=2, keep=("rain",), precision="double")
    assert futures.trajectories is not None
    row = [slot.name for slot in futures.program.saved].index("rain")
    return np.arange(11) * 7.0, futures.trajectories[scenario, row, :, 0]


@pytest.mark.parametrize("way", ["held", "interpolated"])
def test_the_values_of_the_file_are_those_that_equations_read(way: str, tmp_path: Path) -> None:
    folder_with(
        tmp_path, f'input rain : litre/day from "rain.csv" column "rain" {way}\n', 'question q "?" at the end value rain\n'
    )
    days, values = course(tmp_path)
    at = np.array([(datetime.date.fromisoformat(day) - datetime.date(2024, 1, 1)).days for day in DATES], float)
    right = (
        np.interp(days, at, VALUES) if way == "interpolated" else np.array(VALUES)[np.searchsorted(at, days, side="right") - 1]
    )
    np.testing.assert_allclose(values, right, rtol=1e-14, atol=1e-14)


def test_a_scenario_replaces_the_data_from_a_day_on(tmp_path: Path) -> None:
    more = 'scenario dry "Dry" { rain = 0 from 2024-02-05 }\nquestion q "?" at the end value rain\n'
    folder_with(tmp_path, 'input rain : litre/day from "rain.csv" column "rain" held\n', more)
    _, base = course(tmp_path)
    days, dry = course(tmp_path, 1)
    np.testing.assert_array_equal(dry, np.where(days >= 35, 0.0, base))


def test_the_ends_hold_outside_of_the_dates_only_where_the_text_says_so(tmp_path: Path) -> None:
    rows = "date,rain\n2024-01-15,2\n2024-01-22,4\n"
    statement = 'input rain : litre/day from "rain.csv" column "rain" interpolated'
    folder_with(tmp_path, f"{statement}, outside held\n", rows=rows)
    _, values = course(tmp_path)
    assert list(values[:4]) == [2, 2, 2, 4] and set(values[3:]) == {4}
    with pytest.raises(FoedusError, match="the data of `rain` reach from 2024-01-15 to 2024-01-22"):
        load(str(folder_with(tmp_path, f"{statement}\n", rows=rows)))


def test_hindcasts_count_as_part_of_the_run(tmp_path: Path) -> None:
    statement = 'input rain : litre/day from "rain.csv" column "rain" held\n'
    more = "hindcast h from 2023-06-01 to 2023-12-31 { }\n"
    with pytest.raises(FoedusError, match="the run from 2023-06-01"):
        load(str(folder_with(tmp_path, statement, more)))


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("date,rain\n2024-01-01,1\n2024-01-01,2\n", "date-twice"),
        ("date,rain\n2024-01-01,nan\n", "bad-row"),
        ("date,rain\n01/02/2024,3\n", "bad-row"),
        ("date,rain\n2024-01-01,\n", "no-values"),
        ("day,rain\n2024-01-01,1\n", "no-column"),
        ("date,rain,rain\n2024-01-01,1,2\n", "column-twice"),
        (
            "date,rain\n" + "".join(f"{datetime.date(2000, 1, 1) + datetime.timedelta(n)},{n}\n" for n in range(5001)),
            "too-many-values",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_row(rows: str, code: str, tmp_path: Path) -> None:
    folder_with(tmp_path, 'input rain : litre/day from "rain.csv" column "rain" held, outside held\n', rows=rows)
    with pytest.raises(FoedusError) as caught:
        load(str(tmp_path))
    assert caught.value.problems[0].code == code


def test_what_was_not_yet_known_on_a_day_is_cut_off(tmp_path: Path) -> None:
    folder_with(tmp_path, 'input rain : litre/day from "rain.csv" column "rain" held\n')
    tree = read_model(read_model_text(tmp_path / "model.foedus"))
    table = next(one for one in tree.statements if isinstance(one, t.Table))
    cut = _cut_table(table, datetime.date(2024, 2, 1))
    assert [(x.value.isoformat(), y.value) for x, y in cut.points if isinstance(x, t.DateLiteral)] == [
        ("2023-12-25", 1.0),
        ("2024-01-08", 3.0),
        ("2024-01-22", -2.0),
        ("2024-02-01", -2.0),
        ("2024-02-02", -2.0),
    ]


def test_elements_are_read_from_columns_of_their_own(tmp_path: Path) -> None:
    lines = 'input rain[north] : litre/day from "two.csv" column "n" held\ninput rain[south] : litre/day from "two.csv" column "s" held\n'
    (tmp_path / "two.csv").write_text("date;n;s\n2023-12-01;1,5;2,5\n2024-02-01;3,5;4,5\n2024-04-01;0;0\n", encoding="utf-8")
    folder_with(
        tmp_path,
        "index place = north, south\n" + lines,
        'question q "?" at the end value rain[north] - rain[south] in litre/day\n',
    )
    futures = run_futures(load(str(tmp_path)), futures=2)
    np.testing.assert_allclose(np.asarray(futures.results[0])[0], -1.0)
    compile_model(read_model(read_model_text(tmp_path / "model.foedus")))


@pytest.mark.parametrize(
    ("head", "way", "first", "last"),
    [
        ("2024-01-01 for 10 days step 1 day", "interpolated", "2024-01-01", "2024-01-11"),
        ("2024-01-01 for 36 hours step 1/2 hour", "interpolated", "2024-01-01", "2024-01-03"),
        ("2024-01-01 for 10 weeks step 1/8 week", "interpolated", "2024-01-01", "2024-03-11"),
        ("2024-01-31 for 3 months step 1 month", "interpolated", "2024-01-31", "2024-04-30"),
        ("2023-03-01 for 1 year step 1/4 year", "interpolated", "2023-03-01", "2024-03-01"),
        ("2024-02-29 for 2 years step 1 month", "interpolated", "2024-02-29", "2026-02-28"),
        ("2024-01-01 for 10 days step 1 day", "held", "2024-01-01", "2024-01-06"),
        (
            "2024-01-01 for 4 years step 1 day",
            "interpolated",
            "2024-01-01",
            "2027-12-29",
        ),  # years in mean days: three less will do
    ],
)
def test_data_reach_to_the_very_day_and_a_day_less_is_refused(head: str, way: str, first: str, last: str, tmp_path: Path) -> None:
    one = datetime.timedelta(days=1)
    for early, late, is_enough in ((0, 0, True), (1, 0, False), (0, 1, False)):
        start, end = datetime.date.fromisoformat(first) + early * one, datetime.date.fromisoformat(last) - late * one
        (tmp_path / "rain.csv").write_text(f"date,rain\n{start},1\n{end},2\n", encoding="utf-8")
        text = f'model m as of {head}\ninput rain : 1 from "rain.csv" column "rain" {way}\nquestion q at the end value rain\n'
        (tmp_path / "model.foedus").write_text(text, encoding="utf-8")
        if is_enough:
            load(str(tmp_path))
        else:
            with pytest.raises(FoedusError, match="the data of `rain` reach from"):
                load(str(tmp_path))


def test_a_horizon_beyond_all_calendars_is_refused_for_itself(tmp_path: Path) -> None:
    (tmp_path / "rain.csv").write_text("date,rain\n2024-01-01,1\n2024-02-01,2\n", encoding="utf-8")
    text = 'model m as of 2024-01-01 for 1e12 years step 1 year\ninput rain : 1 from "rain.csv" column "rain" held\nquestion q at the end value rain\n'
    (tmp_path / "model.foedus").write_text(text, encoding="utf-8")
    with pytest.raises(FoedusError) as caught:
        run_futures(load(str(tmp_path)), futures=2)
    assert "too-many-steps" in {one.code for one in caught.value.problems}
