"""Results on disk: the suffix decides, what cannot be written is refused before any work, and every form holds the same numbers."""

from __future__ import annotations

import copy
import csv
import pickle
from pathlib import Path

import numpy as np
import pytest
import xarray

import foedus
from foedus.ensemble import Futures, Settings, run_ensemble
from foedus.ensemble.save import SUFFIXES, check_size, check_target
from foedus.ensemble.spool import Spool
from foedus.errors import InputError
from foedus.study.futures import run_futures
from helpers import ensemble, program_of

TEXT = """\
model m as of 2024-01-01 for 3 weeks step 1 week
index side = red, blue
param p[side] : 1 ~ 1 to 2 because "x"
event e at rate 0.5 per week
stock men[side] : 1 = p[side] "Soldiers"
scenario later "Later" { e = on 2024-01-10 }
question happens "Will it?" at the end true when e
question some "If so" at the end value men[blue] given e
"""


@pytest.fixture(scope="module")
def found() -> Futures:
    return ensemble(TEXT, 12, seed=5, trajectories=4)


def check_rows(found: Futures, rows: list[dict[str, object]]) -> None:
    """Tidy rows hold what the dataset holds, each number once."""
    data = found.to_xarray()
    values = {}
    for row in rows:
        place = {name: row[name] for name in ("scenario", "side") if row[name] not in ("", None)}
        key = (str(row["name"]), *sorted(place.values()), int(row["future"]), row["date"] or "")
        assert key not in values
        values[key] = float(row["value"]) if row["value"] not in ("", None) else np.nan
        found_there = data[row["name"]].sel(**place, future=int(row["future"]))
        if row["date"]:
            found_there = found_there.isel(time=[found.program.date_of(moment) for moment in found.moments].index(row["date"]))
        assert values[key] == float(found_there) or (np.isnan(values[key]) and np.isnan(found_there)), key
    kept = sum(data[name].size for name in ("happens", "some", "status", "p")) + data["men"][:, :, :4].size
    assert len(rows) == kept


def test_csv_holds_every_number_to_the_bit(found: Futures, tmp_path: Path) -> None:
    with found.save(tmp_path / "f.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            {**row, "value": np.float32(row["value"]) if row["kind"] == "trajectory" else row["value"]}
            for row in csv.DictReader(file)
        ]
    assert set(rows[0]) == {"kind", "name", "side", "scenario", "future", "elapsed", "date", "value", "unit"}
    assert {row["kind"] for row in rows} == {"status", "answer", "parameter", "trajectory"}
    check_rows(found, rows)


def test_parquet_holds_the_same(found: Futures, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    check_rows(found, parquet.read_table(found.save(tmp_path / "f.parquet")).to_pylist())


def test_zarr_holds_the_dataset_and_may_be_written_again(found: Futures, tmp_path: Path) -> None:
    pytest.importorskip("zarr")
    for _ in range(2):
        found.save(tmp_path / "f.zarr")
    with xarray.open_zarr(tmp_path / "f.zarr") as back:
        xarray.testing.assert_identical(back.load(), xarray.decode_cf(found.to_xarray()))
    assert [one.name for one in tmp_path.iterdir()] == ["f.zarr"]


@pytest.mark.parametrize("name", ["f.xlsx", "f.json", "f", "f.nc.gz", "f.NC", "none/f.nc", "folder.csv"])
def test_a_place_that_cannot_be_written_is_refused_before_any_work(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(InputError) as caught:
        check_target(tmp_path / name)
    assert caught.value.problems[0].code in ("unknown-format", "cannot-write") and caught.value.problems[0].help


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_that_would_be_too_large_is_refused(suffix: str) -> None:
    program = program_of(TEXT)
    check_size(f"f{suffix}", program, 2, 1000, 1000, True)
    with pytest.raises(InputError, match="too-large"):
        check_size(f"f{suffix}", program, 2, 100_000_000, 100_000_000, True)


def test_precision_is_that_of_the_answers_where_it_is_asked_for(found: Futures) -> None:
    double = ensemble(TEXT, 12, seed=5, trajectories=4, precision="double").to_xarray()
    assert double["men"].dtype == np.float64 and found.to_xarray()["men"].dtype == np.float32
    happened = double["some"].notnull()[:, :4]
    assert np.array_equal(double["men"].sel(side="blue")[:, -1, :4].where(happened), double["some"][:, :4], equal_nan=True)
    with pytest.raises(InputError, match="bad-precision"):
        Settings(precision="half")


def test_what_is_kept_changes_no_answer() -> None:
    few, more, every = (program_of(TEXT, **options) for options in ({}, {"keep": ("e", "men[red]")}, {"save": "all"}))
    assert [len(program.saved) for program in (few, more, every)] == [2, 3, 3]
    digests = {run_ensemble(program, Settings(50, engine="reference", trajectories=5)).digest for program in (few, more, every)}
    assert len(digests) == 1


@pytest.mark.parametrize("name", ["men", "men[red]", "men[ red ]"])
def test_a_variable_is_kept_by_name_or_by_element(name: str) -> None:
    program = program_of(TEXT + 'chart "e" of e\n', keep=(name,))
    assert {slot.name for slot in program.saved} == {"e", "men[red]", *(["men[blue]"] if name == "men" else [])}


@pytest.mark.parametrize(("name", "says"), [("mem", "men"), ("p", "parameter"), ("men[green]", "men"), ("men[", "men")])
def test_a_variable_that_is_none_is_refused(name: str, says: str) -> None:
    with pytest.raises(InputError, match="unknown-variable") as caught:
        program_of(TEXT, keep=(name, "e"))
    assert says in str(caught.value) and len(caught.value.problems) == 1


COPIES = {"pickled": lambda one: pickle.loads(pickle.dumps(one)), "copied": copy.deepcopy}


@pytest.mark.parametrize("how", COPIES)
def test_futures_come_back_equal_and_of_use(how: str, found: Futures, tmp_path: Path) -> None:
    _ = found.dataset
    back = COPIES[how](found)
    assert back.digest == found.digest and back.program.digest == found.program.digest
    xarray.testing.assert_identical(back.to_xarray(), found.to_xarray())
    assert back.save(tmp_path / "f.nc").is_file() and "dataset" not in COPIES[how](found).__dict__


@pytest.mark.parametrize("how", COPIES)
def test_a_case_comes_back_of_use(how: str) -> None:
    case = foedus.load("pact")
    ran = run_futures(case, 20, scenarios=["no_troops"], trajectories=False)
    back = COPIES[how](case)
    assert run_futures(back, 20, scenarios=["no_troops"], trajectories=False).digest == ran.digest
    assert back.defaults == case.defaults and back.defaults.digest == case.defaults.digest
    assert COPIES[how](ran)._repr_html_() == ran._repr_html_()


@pytest.mark.parametrize("how", COPIES)
def test_results_on_disk_come_back_too(how: str) -> None:
    spool = Spool(2, 3, np.float64)
    spool[0, slice(0, 3)] = np.arange(3.0)
    spool[1, slice(0, 3)] = np.arange(3.0) + 5
    back = COPIES[how](spool)
    back[0, slice(0, 1)] = np.array([9.0])
    assert list(back[1]) == [5, 6, 7] and list(spool[0]) == [0, 1, 2] and back.shape == (2, 3)


def test_what_failed_in_any_scenario_is_left_out_of_what_is_written_as_of_every_answer() -> None:
    text = (
        'model m for 4 days step 1 day\nparam p : 1 ~ normal(0, 1) because "x"\nlever push : 1 from 0 to 9 = 1\n'
        "stock s : 1 = 0.1 signed\nflow f : outside -> s = push * p per day\nscenario hard { push = 9 }\n"
        "question y at the end true when sqrt(s) > 1\nquestion v at the end value sqrt(s)\nquestion w first time s > 1\n"
    )
    found = ensemble(text, 60, seed=1, trajectories=30)
    only_hard = (found.statuses[0] == 0) & (found.statuses[1] != 0)
    assert only_hard[:30].any() and found.is_ok.any()
    data = found.to_xarray()
    for name in "yvw":
        for scenario in ("baseline", "hard"):
            np.testing.assert_array_equal(data[name].sel(scenario=scenario), found.values(name, scenario))
    kept = np.isfinite(data["s"].values).all(axis=(0, 1))
    np.testing.assert_array_equal(kept, found.is_ok & (np.arange(60) < 30))
    assert np.isfinite(data["p"].values).all()
