"""What an ensemble hands over: dims, units and attributes; a file that gives the same back; refusals of what cannot be run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import xarray

from foedus.ensemble import Futures, Settings, run_ensemble
from foedus.errors import FoedusError, InputError
from helpers import ensemble, program_of

TEXT = """\
model pact "A title" as of 2024-01-01 for 6 weeks step 1/2 week
unit person
index side = red, blue
param p : 1 ~ 1 to 2 because "x"
event e at rate 0.2 per week
stock men[side] : person = 10 person * p "Soldiers"
flow f[side] : men[side] -> outside = men[side] / 9 week
scenario later "Later" { e = on 2024-02-01 }
question left "How many?" at the end value men[red]
question happens "Will it?" at the end true when e
question some "If so" at the end value men[blue] given e
chart "Men" of men
"""


@pytest.fixture(scope="module")
def found() -> Futures:
    return ensemble(TEXT, 40, seed=5, trajectories=15)


def test_a_dataset_has_dims_units_names_and_attributes(found: Futures) -> None:
    data = found.to_xarray()
    assert dict(data.sizes) == {"scenario": 2, "future": 40, "time": 7}
    assert list(data["scenario"].values) == ["baseline", "later"] and list(data["time"].values) == list(range(7))
    assert data["left"].dims == ("scenario", "future") and data["left"].attrs == {"units": "person", "long_name": "How many?"}
    assert data["happens"].attrs["units"] == "1"
    assert data["men[red]"].dims == ("scenario", "time", "future")
    assert data["men[red]"].attrs == {"units": "person", "long_name": "Soldiers"}
    assert data.attrs["seed"] == 5 and data.attrs["digest"] == found.digest and data.attrs["as_of"] == "2024-01-01"
    assert data.attrs["model"] == "pact" and data.attrs["title"] == "A title"


def test_a_dataset_holds_the_answers_and_trajectories(found: Futures) -> None:
    data = found.to_xarray()
    assert np.array_equal(data["left"].sel(scenario="later"), found.values("left", "later"))
    assert np.array_equal(np.isnan(data["some"]), data["happens"] == 0)
    assert np.isnan(data["men[red]"][:, :, 15:]).all() and not np.isnan(data["men[red]"][:, :, :15]).any()
    np.testing.assert_allclose(data["men[red]"][0, -1, :15], data["left"][0, :15], rtol=1e-6)


def test_a_file_gives_the_same_dataset_back(found: Futures, tmp_path: Path) -> None:
    path = found.save(tmp_path / "futures.nc")
    with xarray.open_dataset(path, engine="h5netcdf") as back:
        xarray.testing.assert_identical(back.load(), found.to_xarray())
    assert [one.name for one in tmp_path.iterdir()] == ["futures.nc"]


def test_a_question_named_like_a_variable_keeps_both(tmp_path: Path) -> None:
    found = ensemble(TEXT.replace("question left", "question men").replace("men[side]", "men[side]") + "stock solo : 1 = 1\n"
                     "question solo at the end value solo\nchart \"Solo\" of solo\n", 5, trajectories=5)  # fmt: skip
    data = found.to_xarray()
    assert {"solo", "question_solo"} <= set(data.data_vars)


def test_a_file_that_cannot_be_written_is_refused_and_leaves_nothing(found: Futures, tmp_path: Path) -> None:
    with pytest.raises(FoedusError):
        found.save(tmp_path / "missing" / "futures.nc")
    assert list(tmp_path.iterdir()) == []


def test_an_ensemble_says_what_it_is(found: Futures) -> None:
    assert repr(found) == "<Futures of pact: 40 futures, scenarios baseline, later, 3 questions>"


REFUSED = [{"futures": 0}, {"futures": -1}, {"futures": 1_000_000_000}, {"threads": -1}, {"chunk": -1}, {"design": "grid"}, {"engine": "gpu"},
           {"seed": 2**64}, {"trajectories": -1}]  # fmt: skip


@pytest.mark.parametrize("wrong", REFUSED, ids=str)
def test_a_setting_that_makes_no_sense_is_refused(wrong: dict) -> None:
    with pytest.raises(InputError):
        Settings(**wrong)


def test_progress_is_told_up_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    run_ensemble(program_of(TEXT), Settings(futures=50, chunk=20, engine="reference"), progress=lambda done, total: told.append((done, total)))
    assert sorted(set(told)) == told and told[-1] == (50, 50)


def test_a_single_future_is_an_ensemble_too() -> None:
    assert ensemble(TEXT, 1).count == 1
