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
    assert dict(data.sizes) == {"scenario": 2, "future": 40, "time": 7, "side": 2}
    assert list(data["scenario"].values) == ["baseline", "later"] and list(data["elapsed"].values) == list(range(7))
    assert data["left"].dims == ("scenario", "future") and data["left"].attrs == {"units": "person", "long_name": "How many?"}
    assert data["happens"].attrs["units"] == "1"
    assert data["men"].dims == ("scenario", "time", "future", "side") and list(data["side"].values) == ["red", "blue"]
    assert data["men"].attrs == {"units": "person", "long_name": "Soldiers"}
    assert data.attrs["seed"] == 5 and data.attrs["digest"] == found.digest and data.attrs["as_of"] == "2024-01-01"
    assert data.attrs["model"] == "pact" and data.attrs["title"] == "A title"


def test_a_dataset_holds_the_answers_and_trajectories(found: Futures) -> None:
    data = found.to_xarray()
    men = data["men"].sel(side="red")
    assert np.array_equal(data["left"].sel(scenario="later"), found.values("left", "later"))
    assert np.array_equal(np.isnan(data["some"]), data["happens"] == 0)
    assert np.isnan(men[:, :, 15:]).all() and not np.isnan(men[:, :, :15]).any()
    np.testing.assert_allclose(men[0, -1, :15], data["left"][0, :15], rtol=1e-6)


def test_a_dataset_holds_the_draws_of_parameters_by_name(found: Futures) -> None:
    data = found.to_xarray()
    assert data["p"].dims == ("future",) and data["p"].attrs == {"units": "1", "long_name": "p", "prior": "1 to 2"}
    assert np.array_equal(data["p"], found.parameters[0]) and 1 < float(data["p"].median()) < 2


def test_time_is_told_as_the_conventions_have_it(found: Futures) -> None:
    data = found.to_xarray()
    assert data["time"].attrs["units"] == "days since 2024-01-01"
    dates = xarray.decode_cf(data)["time"].values.astype("datetime64[D]").astype(str)
    assert list(dates) == [found.program.date_of(moment) for moment in found.moments] and dates[1] == "2024-01-08"


TIMES = {
    "hour": (" as of 2024-02-28 for 48 hour step 1 hour", "hours since 2024-02-28"),
    "day": (" as of 2024-02-28 for 3 day step 1/2 day save every 1 day", "days since 2024-02-28"),
    "month": (" as of 2024-01-31 for 14 month step 1 month", "days since 2024-01-31"),
    "year": (" as of 2024-02-29 for 5 year step 1 year", "days since 2024-02-29"),
    "no date": (" for 5 week step 1 week", "week"),
    "years that cannot be told": (" as of 2024-02-29 for 300 year step 1 year", "year"),
}


@pytest.mark.parametrize("name", TIMES)
def test_every_unit_of_time_becomes_the_days_of_the_program(name: str) -> None:
    head, units = TIMES[name]
    made = ensemble(f"model m{head}\nstock x : 1 = 1\n", 2, trajectories=2)
    data = made.to_xarray()
    assert data["time"].attrs["units"] == units
    if " since " in units:
        dates = xarray.decode_cf(data)["time"].values.astype("datetime64[D]").astype(str)
        assert list(dates) == [made.program.date_of(moment) for moment in made.moments] or name in ("hour", "day")
        assert dates[0] == units[-10:] and data["elapsed"].attrs["units"] == made.program.time_unit


ARRAYS = """\
model m for 1 week step 1 week
index side = red, blue
index arm = foot, horse, guns
let part[red] : 1 = 2
let both[side, arm] : 1 = 3
param q[red] : 1 ~ 1 to 2 because "x"
param q[blue] : 1 ~ 3 to 4 because "x"
stock x : 1 = q[red] + q[blue]
chart "a" of part, both, x
"""


def test_indices_are_dims_and_elements_without_a_definition_are_empty() -> None:
    data = ensemble(ARRAYS, 3, trajectories=3).to_xarray()
    assert data["both"].dims == ("scenario", "time", "future", "side", "arm") and (data["both"] == 3).all()
    assert data["part"].attrs["elements"] == "red" and (data["part"].sel(side="red") == 2).all()
    assert np.isnan(data["part"].sel(side="blue")).all()
    assert data["q"].dims == ("future", "side") and data["q"].attrs["prior"] == "red: 1 to 2; blue: 3 to 4"
    np.testing.assert_allclose(data["q"].sum("side"), data["x"][0, 0], rtol=1e-6)


@pytest.mark.parametrize(
    "more",
    [
        "question status at the end value x",
        "question future at the end value x",
        "question scenario at the end value x",
        "question elapsed at the end value x",
        "let status : 1 = x",
        'param scenario : 1 ~ 1 to 2 because "x"\nlet y : 1 = scenario',
        "index future = a, b\nlet y[future] : 1 = x",
        "question parameter_x at the end value x\nlet question_parameter_x : 1 = 1",
    ],
)
def test_a_name_that_would_hide_another_is_refused(more: str) -> None:
    text = f"model m for 1 week step 1 week\nstock x : 1 = 1\n{more}\n"
    try:
        found = run_ensemble(program_of(text, save="all"), Settings(2, engine="reference", trajectories=2))
    except FoedusError:  # the language refuses it already
        return
    if "parameter_x" in more:
        assert {"question_parameter_x", "parameter_x"} <= set(found.to_xarray().data_vars)
        return
    with pytest.raises(InputError, match="reserved-name"):
        found.to_xarray()


def test_a_file_gives_the_same_dataset_back(found: Futures, tmp_path: Path) -> None:
    path = found.save(tmp_path / "futures.nc")
    with xarray.open_dataset(path, engine="h5netcdf") as back:
        xarray.testing.assert_identical(back.load(), xarray.decode_cf(found.to_xarray()))
    assert [one.name for one in tmp_path.iterdir()] == ["futures.nc"]


def test_a_question_named_like_a_variable_keeps_both(tmp_path: Path) -> None:
    found = ensemble(
        TEXT.replace("question left", "question men").replace("men[side]", "men[side]") + "stock solo : 1 = 1\n"
        'question solo at the end value solo\nchart "Solo" of solo\n',
        5,
        trajectories=5,
    )
    data = found.to_xarray()
    assert {"solo", "question_solo"} <= set(data.data_vars)


def test_a_file_that_cannot_be_written_is_refused_and_leaves_nothing(found: Futures, tmp_path: Path) -> None:
    with pytest.raises(FoedusError):
        found.save(tmp_path / "missing" / "futures.nc")
    assert list(tmp_path.iterdir()) == []


def test_an_ensemble_says_what_it_is(found: Futures) -> None:
    assert repr(found) == "<Futures of pact: 40 futures, scenarios baseline, later, 3 questions>"


REFUSED = [
    {"futures": 0},
    {"futures": -1},
    {"futures": 1_000_000_000},
    {"threads": -1},
    {"chunk": -1},
    {"design": "grid"},
    {"engine": "gpu"},
    {"seed": 2**64},
    {"trajectories": -1},
]


@pytest.mark.parametrize("wrong", REFUSED, ids=str)
def test_a_setting_that_makes_no_sense_is_refused(wrong: dict) -> None:
    with pytest.raises(InputError):
        Settings(**wrong)


def test_progress_is_told_up_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    run_ensemble(
        program_of(TEXT),
        Settings(futures=50, chunk=20, engine="reference"),
        progress=lambda done, total: told.append((done, total)),
    )
    assert sorted(set(told)) == told and told[-1] == (50, 50)


def test_a_single_future_is_an_ensemble_too() -> None:
    assert ensemble(TEXT, 1).count == 1
