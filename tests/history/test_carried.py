"""A run that goes on where the past ended, and members that are weighed anew for other priors: held against closed forms."""

from __future__ import annotations

import dataclasses
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from foedus.analysis.finding import Driver
from foedus.case import Case, load
from foedus.errors import InputError, ModelError
from foedus.history import Posterior, calibrate
from foedus.history.archive import open_posteriors, save_posteriors
from foedus.history.run import run
from foedus.show.confidence import confidence_of
from foedus.show.trace import trace_view
from foedus.study.check import check
from foedus.study.common import on_common_ground
from foedus.study.futures import run_futures
from foedus.study.replay import replay

from .calibration_models import walk_case

MEMBERS, CHAINS = 400, 2
WEEKS = 26  # from the start of the past to the as-of date


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The random walk, with the level carried, and its posterior."""
    folder = tmp_path_factory.mktemp("walk")
    walk_case(folder)
    model = folder / "model.foedus"
    model.write_text(model.read_text().replace("to 2024-01-01 { }", "to 2024-01-01 { } carries level"))
    save_posteriors(chains(load(str(folder))), folder / "p.nc")
    return folder


def chains(case: Case) -> list[Posterior]:
    return [calibrate(case, members=MEMBERS, passes=4, refinements=2, seed=seed) for seed in range(CHAINS)]


@pytest.fixture
def fitted(folder: Path) -> Case:
    return load(str(folder), posterior=str(folder / "p.nc"))


def closed_form(case: Case, mean: float, sd: float) -> tuple[np.ndarray, np.ndarray]:
    """Mean and covariance of (drift, level on the as-of date), for a normal prior of the drift: the past is linear and normal."""
    rows = [line.split(",") for line in (case.folder.folder / "weekly.csv").read_text().splitlines()[1:]]
    times = np.array([(np.datetime64(date) - np.datetime64("2023-07-03")).astype(int) // 7 for date, _ in rows])
    values = np.array([float(value) for _, value in rows])
    shocks = np.arange(WEEKS)[None, :] < times[:, None]
    design = np.hstack([times[:, None], shocks])  # what drift and each week's shock do to the level
    prior = np.diag([sd**2, *[0.3**2] * WEEKS])
    start = np.zeros(WEEKS + 1)
    start[0] = mean
    gain = prior @ design.T @ np.linalg.inv(design @ prior @ design.T + 0.5**2 * np.eye(len(values)))
    middle, spread = start + gain @ (values - design @ start), prior - gain @ design @ prior
    asked = np.array([[1.0, *[0.0] * WEEKS], [float(WEEKS), *[1.0] * WEEKS]])
    return asked @ middle, asked @ spread @ asked.T


def test_what_the_past_left_is_the_smoothed_state_of_the_as_of_date(fitted: Case) -> None:
    mean, covariance = closed_form(fitted, 0.1, 0.2)
    assert fitted.posterior is not None
    found = np.stack([fitted.posterior.values["drift"].ravel(), fitted.posterior.left["level"].ravel()])
    errors = np.sqrt(np.diag(covariance) / found.shape[1])
    assert np.all(np.abs(found.mean(axis=1) - mean) < 4 * errors)
    assert np.allclose(found.std(axis=1), np.sqrt(np.diag(covariance)), rtol=4 / np.sqrt(2 * found.shape[1]) + 0.05)
    wanted = covariance[0, 1] / np.sqrt(covariance[0, 0] * covariance[1, 1])
    assert np.corrcoef(found)[0, 1] == pytest.approx(wanted, abs=4 / np.sqrt(found.shape[1]))


def test_a_run_begins_where_the_past_ended_each_future_with_its_own_member(fitted: Case) -> None:
    ran = run_futures(fitted, 300, trajectories=300)
    names = [slot.name for slot in ran.program.parameters]
    start = ran.parameters[names.index("start of level")]
    drift = ran.parameters[names.index("drift")]
    assert fitted.posterior is not None
    members = set(zip(fitted.posterior.values["drift"].ravel(), fitted.posterior.left["level"].ravel(), strict=True))
    assert set(zip(drift, start, strict=True)) <= members
    told = replay(fitted, 7, seed=0)
    assert told.parameters["start of level"][0] == start[7]
    kept = run_futures(fitted, 300, keep=["level"], precision="double").to_xarray()["level"]
    assert np.array_equal(kept.sel(scenario="baseline").isel(time=0).values, start)
    assert run_futures(fitted, 300, engine="reference").digest == run_futures(fitted, 300).digest
    plain = run_futures(load(str(fitted.folder.folder)), 300, keep=["level"]).to_xarray()["level"]
    assert not plain.isel(time=0).values.any()


def test_what_is_made_of_a_case_begins_there_too(fitted: Case) -> None:
    """Checks, the answers with what they rest on, the page: none of them forgets what the past left."""
    assert all(one.holds for one in check(fitted, 100))
    finding = run(fitted, 200)
    (left,) = [one for one in finding.assumptions if one.parameter == "start of level"]
    assert "posterior, 800 members" in left.prior and left.low < left.median < left.high
    mean, covariance = closed_form(fitted, 0.1, 0.2)
    answer = next(one for one in finding.questions if one.name == "final").answers["baseline"]
    drifted = mean[1] + 60 * mean[0]
    spread = np.sqrt(covariance[1, 1] + 2 * 60 * covariance[0, 1] + 60**2 * covariance[0, 0] + 60 * 0.3**2 + 60**2)
    assert answer.mean == pytest.approx(drifted, abs=4 * spread / np.sqrt(200))


def test_what_observations_moved_is_fitted_and_nothing_else(fitted: Case) -> None:
    """A start, and a parameter that was moved; what no observation hangs on stays assumed, and so it is said."""
    finding = run(fitted, 200)
    assert {one.parameter: one.basis for one in finding.assumptions} == {
        "drift": "fitted",
        "start of level": "fitted",
        "far": "assumed",
        "width": "assumed",
    }
    told = confidence_of(finding, finding.questions)[1]
    assert "No claim carries any of 4 uncertain parameters, 2 are fitted to what was observed, the others are assumptions" in told
    (question,) = [one for one in finding.questions if one.name == "final"]
    driven = dataclasses.replace(question, drivers=tuple(Driver(name, 0.1, 0.01, 1) for name in ("start of level", "far")))
    shown = StringIO()
    Console(file=shown, width=80).print(trace_view(driven, finding.assumptions))
    start, far = shown.getvalue().split("level, at the start")[1].split("2. Far")
    assert "fitted to what was observed" in start and "assumed" not in start and "assumed because acts after" in far


def test_a_parameter_that_is_correlated_with_a_fitted_one_is_drawn_with_its_member(tmp_path: Path) -> None:
    """Drawn by itself it would be independent of it: as the priors have it, what is learned of one is learned of the other."""
    walk_case(tmp_path)
    model = tmp_path / "model.foedus"
    model.write_text(model.read_text() + "correlate drift with far at 0.8\n")
    save_posteriors(chains(load(str(tmp_path))), tmp_path / "p.nc")
    case = load(str(tmp_path), posterior=str(tmp_path / "p.nc"))
    assert case.posterior is not None and case.posterior.held == {"far"} and case.fitted == {"drift"}
    ran = run_futures(case, 2000, trajectories=False)
    names = [slot.name for slot in ran.program.parameters]
    drift, far = (ran.parameters[names.index(name)] for name in ("drift", "far"))
    mean, covariance = closed_form(case, 0.1, 0.2)
    spread = np.sqrt(covariance[0, 0])
    slope = 0.8 / 0.2  # of far on drift, in the prior
    wanted = slope * spread / np.sqrt(slope**2 * spread**2 + 1 - 0.8**2)
    assert np.corrcoef(drift, far)[0, 1] == pytest.approx(wanted, abs=0.1)
    assert far.mean() == pytest.approx(slope * (mean[0] - 0.1), abs=0.15)


def test_members_weighed_anew_are_those_of_a_calibration_with_the_other_prior(folder: Path) -> None:
    model = folder / "model.foedus"
    text = model.read_text()
    try:
        model.write_text(text.replace("normal(0.1, 0.2)", "normal(0.3, 0.12)"))
        other = load(str(folder), posterior=str(folder / "p.nc"))
        assert other.weighed is not None and other.weighed.changed == ("drift",)
        assert 50 < other.weighed.effective < MEMBERS * CHAINS
        assert "its 800 members are weighed anew" in other.weighed.summary(other.tree)
        mean, covariance = closed_form(other, 0.3, 0.12)
        errors = np.sqrt(np.diag(covariance) / other.weighed.effective)
        found = [other.weighed.posterior.values["drift"].mean(), other.weighed.posterior.left["level"].mean()]
        assert np.all(np.abs(np.array(found) - mean) < 4 * errors)
        before, _ = closed_form(other, 0.1, 0.2)
        assert abs(mean[0] - before[0]) > 4 * errors[0]  # else the test could not tell
        before = dataclasses.replace(other, tree=load(str(folder)).tree)
        assert before.tree is not other.tree and on_common_ground(before, other)[:2] == (before, other)
        assert "weighed anew" in on_common_ground(before, other)[2]
        model.write_text(text.replace("normal(0.1, 0.2)", "normal(5, 0.01)"))
        far = load(str(folder), posterior=str(folder / "p.nc"))
        with pytest.raises(InputError, match="0 of 800 members") as caught:
            run_futures(far, 10)
        assert [one.code for one in caught.value.problems] == ["too-few-members"]
        first, second, told = on_common_ground(before, far)
        assert first.posterior is None and second.posterior is None and "Both runs draw from the priors" in told
    finally:
        model.write_text(text)


def test_a_small_file_is_drawn_from_to_the_bit_and_forecast_from_by_a_run_only(folder: Path, tmp_path: Path) -> None:
    case = load(str(folder))
    made = chains(case)[:1]
    digests = {save_posteriors(made, tmp_path / name, is_small=name == "small.nc") for name in ("small.nc", "whole.nc")}
    assert len(digests) == 1 and (tmp_path / "small.nc").stat().st_size < (tmp_path / "whole.nc").stat().st_size
    runs = [run_futures(load(str(folder), posterior=str(tmp_path / name)), 100).digest for name in ("small.nc", "whole.nc")]
    assert runs[0] == runs[1]
    assert len(open_posteriors(case, tmp_path / "whole.nc")) == 1
    with pytest.raises(InputError, match="only a run") as caught:
        open_posteriors(case, tmp_path / "small.nc")
    assert [one.code for one in caught.value.problems] == ["small-posterior"]


def test_only_stocks_are_carried_and_a_posterior_without_them_is_refused(folder: Path, tmp_path: Path) -> None:
    model = folder / "model.foedus"
    text = model.read_text()
    try:
        for wrong, told in (("seen", "no stock"), ("levl", "no stock")):
            model.write_text(text.replace("carries level", f"carries {wrong}"))
            with pytest.raises(ModelError, match=told):
                load(str(folder)).program  # noqa: B018
        model.write_text(text.replace(" carries level", ""))
        known = load(str(folder), posterior=str(folder / "p.nc"))  # the file knows more than is asked
        names = [slot.name for slot in run_futures(known, 10).program.parameters]
        assert known.carried == () and known.posterior is not None and "start of level" not in names
        posterior = dataclasses.replace(known.posterior, left={})
        model.write_text(text)
        with pytest.raises(InputError, match="has none that says it"):
            run_futures(dataclasses.replace(load(str(folder)), posterior=posterior), 10)
    finally:
        model.write_text(text)
