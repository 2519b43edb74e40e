"""A posterior as a file and as a prior; a calibration that is killed; the command."""

from __future__ import annotations

import contextlib
import datetime
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from foedus.case import Case, load
from foedus.cli.main import main
from foedus.errors import CaseError, InputError
from foedus.history import Posterior, calibrate
from foedus.history.archive import open_posteriors, posterior_tree, save_posteriors
from foedus.study.finding import make_finding
from foedus.study.futures import run_futures
from foedus.study.replay import replay

from .calibration_models import logistic_case, walk_case

MODEL = "model.foedus"


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return walk_case(tmp_path)


@pytest.fixture(scope="module")
def calibrated(tmp_path_factory: pytest.TempPathFactory) -> list[Posterior]:
    made = walk_case(tmp_path_factory.mktemp("walk"))
    return [calibrate(made, members=80, passes=2, refinements=1, seed=seed) for seed in (0, 1)]


@pytest.fixture
def chains(case: Case, calibrated: list[Posterior]) -> list[Posterior]:
    """Of a case like that in the test's own folder."""
    return calibrated


def test_a_posterior_comes_back_from_its_file_to_the_bit(case: Case, chains: list[Posterior], tmp_path: Path) -> None:
    digest = save_posteriors(chains, tmp_path / "p.nc")
    found = open_posteriors(case, tmp_path / "p.nc")
    assert [one.digest for one in found] == [one.digest for one in chains]
    day = datetime.date(2024, 2, 5)
    for one, other in zip(chains, found, strict=True):
        assert np.array_equal(one.forecast(day, 3).samples["seen_week"], other.forecast(day, 3).samples["seen_week"])
    assert save_posteriors(chains, tmp_path / "again.nc") == digest
    assert {"posterior", "prior", "posterior_predictive", "observed_data", "sample_stats"} <= set(posterior_tree(chains).children)


def test_a_run_draws_members_whole_and_leaves_other_parameters_alone(case: Case, chains: list[Posterior], tmp_path: Path) -> None:
    digest = save_posteriors(chains, tmp_path / "p.nc")
    fitted = load(str(tmp_path), posterior=str(tmp_path / "p.nc"))
    ran, plain = run_futures(fitted, 400, trajectories=0), run_futures(case, 400, trajectories=0)
    names = [slot.name for slot in ran.program.parameters]
    drift, far = (ran.parameters[names.index(name)] for name in ("drift", "far"))
    assert np.array_equal(far, plain.parameters[names.index("far")])
    for chain in (0, 1):
        assert set(drift[chain::2]) <= set(
            chains[chain].parameters["drift"].astype(np.float32).astype(np.float64)
        )  # as a file has them
    assert (
        make_finding(fitted, ran).manifest.digests["posterior"] == digest
        and "posterior" not in make_finding(case, plain).manifest.digests
    )
    assert (
        ran.digest
        == run_futures(
            load(str(tmp_path), posterior=str(tmp_path / "p.nc")), 400, trajectories=0, chunk=64, engine="reference"
        ).digest
    )
    alone, scale = replay(fitted, 7, seed=0), ran.program.parameters[names.index("drift")].scale
    assert alone.parameters["drift"][0] == drift[7] / scale


def test_the_error_between_calibrations_stands_beside_the_monte_carlo_error(
    case: Case, chains: list[Posterior], tmp_path: Path
) -> None:
    save_posteriors(chains, tmp_path / "same.nc")
    other = chains[1]
    moved = Posterior(other.past, other.setup, other.scores + 3.0, other.informed, other.prediction, other.statistics)
    apart = [chains[0], moved]
    save_posteriors(apart, tmp_path / "apart.nc")
    near, far = (load(str(tmp_path), posterior=str(tmp_path / name)) for name in ("same.nc", "apart.nc"))
    errors = [
        make_finding(one, run_futures(one, 2000, trajectories=0)).questions[0].answers["baseline"].calibration_error
        for one in (near, far)
    ]
    assert errors[0] is not None and errors[1] is not None and errors[1] > 3 * max(errors[0], 0.1)
    assert make_finding(case, run_futures(case, 50)).questions[0].answers["baseline"].calibration_error is None


def test_a_posterior_of_another_model_or_other_data_is_refused(case: Case, chains: list[Posterior], tmp_path: Path) -> None:
    save_posteriors(chains, tmp_path / "p.nc")
    text = (tmp_path / MODEL).read_text(encoding="utf-8")
    (tmp_path / MODEL).write_text(text.replace('"Seen"', '"Seen from afar"'), encoding="utf-8")
    run_futures(load(str(tmp_path), posterior=str(tmp_path / "p.nc")), 10)
    (tmp_path / MODEL).write_text(text.replace("drift + shock", "drift + 2 * shock"), encoding="utf-8")
    with pytest.raises(InputError, match="stale"):
        run_futures(load(str(tmp_path), posterior=str(tmp_path / "p.nc")), 10)
    (tmp_path / MODEL).write_text(text, encoding="utf-8")
    data = (tmp_path / "weekly.csv").read_text(encoding="utf-8")
    (tmp_path / "weekly.csv").write_text(data.replace("2023-07-17,", "2023-07-17,9"), encoding="utf-8")
    with pytest.raises(InputError, match="stale"):
        run_futures(load(str(tmp_path), posterior=str(tmp_path / "p.nc")), 10)


def test_a_file_that_was_changed_is_refused(chains: list[Posterior], tmp_path: Path) -> None:
    import xarray

    save_posteriors(chains, tmp_path / "p.nc")
    with xarray.open_datatree(tmp_path / "p.nc", engine="h5netcdf") as tree:
        changed = tree.load()
    changed["posterior"]["drift"].values[0, 0] += 1e-9
    changed.to_netcdf(tmp_path / "q.nc", engine="h5netcdf")
    with pytest.raises(InputError, match="changed"):
        load(str(tmp_path), posterior=str(tmp_path / "q.nc"))
    (tmp_path / "r.nc").write_bytes(b"nothing of the kind")
    with pytest.raises(InputError, match="no posterior"):
        load(str(tmp_path), posterior=str(tmp_path / "r.nc"))


def test_an_adopted_posterior_is_taken_by_name_and_digest(chains: list[Posterior], tmp_path: Path) -> None:
    digest = save_posteriors(chains, tmp_path / "p.nc")
    (tmp_path / "posterior.toml").write_text(f'file = "p.nc"\nsha256 = "{digest}"\n', encoding="utf-8")
    assert load(str(tmp_path)).posterior is not None and load(str(tmp_path), posterior="none").posterior is None
    (tmp_path / "posterior.toml").write_text(f'file = "p.nc"\nsha256 = "{"0" * 64}"\n', encoding="utf-8")
    with pytest.raises(CaseError, match="declares 000"):
        load(str(tmp_path))


def test_a_calibration_that_stopped_goes_on_and_ends_with_the_same_posterior(case: Case, tmp_path: Path) -> None:
    settings = {"members": 60, "passes": 2, "refinements": 1, "seed": 3}
    whole, done = calibrate(case, **settings), []

    def stop(number: int, total: int) -> None:
        done.append(number)
        if number == 2 and len(done) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        calibrate(case, **settings, checkpoint=tmp_path / "part", progress=stop)
    again = calibrate(case, **settings, checkpoint=tmp_path / "part", progress=lambda number, total: done.append(number))
    assert done == [1, 2, 3] and again.digest == whole.digest and again.statistics == whole.statistics
    other = calibrate(case, **{**settings, "seed": 4}, checkpoint=tmp_path / "part")
    assert other.digest == calibrate(case, **{**settings, "seed": 4}).digest


def run(*words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """The command in this process."""
    said, told, code = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(told):
        try:
            main(list(words))
        except SystemExit as stop:
            code = int(stop.code or 0)
    done = subprocess.CompletedProcess(words, code, said.getvalue(), told.getvalue())
    if check:
        done.check_returncode()
    return done


def test_a_killed_command_leaves_no_posterior_and_goes_on(case: Case, tmp_path: Path) -> None:
    words = [
        "calibrate",
        str(tmp_path),
        "-n",
        "400",
        "--passes",
        "40",
        "--refinements",
        "0",
        "-o",
        str(tmp_path / "p.nc"),
        "--json",
    ]
    started = subprocess.Popen(
        [str(Path(sys.executable).parent / "foedus"), *words], stdout=subprocess.DEVNULL, start_new_session=True
    )
    part = tmp_path / ".p.nc.0.part"
    until = time.monotonic() + 60
    while not part.exists() and time.monotonic() < until and started.poll() is None:
        time.sleep(0.02)
    os.kill(started.pid, signal.SIGKILL)
    started.wait()
    assert part.exists() and not (tmp_path / "p.nc").exists()
    document = json.loads(run(*words).stdout)
    assert not part.exists() and (tmp_path / "p.nc").exists()
    whole = json.loads(run(*words[:-3], "-o", str(tmp_path / "whole.nc"), "--json").stdout)
    assert document["digest"] == whole["digest"]


def test_the_command_prints_one_document_and_a_report(tmp_path: Path) -> None:
    logistic_case(tmp_path)
    report = tmp_path / "r.html"
    done = run(
        "calibrate",
        str(tmp_path),
        "-n",
        "60",
        "--passes",
        "2",
        "--refinements",
        "1",
        "--seeds",
        "2",
        "--report",
        str(report),
        "--json",
    )
    document = json.loads(done.stdout)
    assert {row["name"] for row in document["parameters"]} == {"growth", "ceiling"} == set(document["r_hat"])
    assert document["series"][0]["count"] == 20 and len(document["setup"]) == 2
    assert report.read_text(encoding="utf-8").count("<svg") == 2
    ran = json.loads(run("run", str(tmp_path), "--posterior", str(tmp_path / "posterior.nc"), "-n", "200", "--json").stdout)
    assert ran["manifest"]["digests"]["posterior"] == document["digest"]
    assert ran["questions"]["final"]["answers"]["baseline"]["calibration_error"] is not None
    text = run("run", str(tmp_path), "--posterior", str(tmp_path / "posterior.nc"), "-n", "200", "--no-report").stdout
    assert "± cal" in text and "from the posterior posterior.nc (120 members of 2 calibrations" in " ".join(text.split())


def test_the_command_ranks_made_up_truths(tmp_path: Path) -> None:
    logistic_case(tmp_path)
    words = ["calibrate", str(tmp_path), "--sbc", "12", "-n", "40", "--passes", "1", "--refinements", "1"]
    document = json.loads(run(*words, "--report", str(tmp_path / "r.html"), "--json").stdout)
    names = [one["name"] for one in document["quantities"]]
    assert names[2:] == ["last counted", "mean counted", "ahead 1 counted", "ahead 4 counted", "ahead 8 counted"]
    assert document["replicates"] == 12 and set(document["forecasts"]) == {"passed", "smallest_p"}
    assert "<svg" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_refusals_say_what_to_do(tmp_path: Path) -> None:
    walk_case(tmp_path)
    for words, said in (
        (["--method", "sampler"], "luck in it"),
        (["--hindcast", "befor"], "Did you mean `before`"),
        (["--until", "2023-07-03"], "nothing that the model observes was known"),
        (["-n", "3"], "20 members or more"),
        (["-o", str(tmp_path / "no" / "p.nc")], "there is no folder"),
    ):
        done = run("calibrate", str(tmp_path), *words, check=False)
        assert done.returncode == 1 and said in done.stderr, (words, done.stderr)


def test_variants_spread_the_answers(tmp_path: Path) -> None:
    text = (walk_case(tmp_path).folder.model).read_text(encoding="utf-8")
    added = 'variant wide "The wide noise counts" weight 30 % { wide_share = 1, far = 40 } because "test"\n'
    (tmp_path / MODEL).write_text(text + added, encoding="utf-8")
    document = json.loads(run("run", str(tmp_path), "-n", "300", "--json").stdout)
    assert document["scenarios"] == ["baseline"]
    answer = document["questions"]["final"]["answers"]["baseline"]
    plain = json.loads(run("run", str(tmp_path), "-n", "300", "--json", "--set", "far=40").stdout)
    gap = plain["questions"]["final"]["answers"]["own"]["mean"] - answer["mean"]
    assert answer["structural_spread"] == pytest.approx(abs(gap) * (0.3 * 0.7) ** 0.5, rel=0.05)


def test_a_calibration_does_not_replace_the_adopted_posterior_unseen(case: Case, tmp_path: Path) -> None:
    """Runs know the adopted one by its digest: over it goes only one that is adopted in its place."""
    from click.testing import CliRunner

    from foedus.cli.main import foedus as program

    small = ["calibrate", str(tmp_path), "-n", "40", "--passes", "1", "--refinements", "0"]
    assert CliRunner().invoke(program, [*small, "--adopt"]).exit_code == 0
    first = load(str(tmp_path)).posterior
    with pytest.raises(InputError) as caught:
        CliRunner().invoke(program, [*small, "--seed", "3", "-o", str(tmp_path / "posterior.nc")], catch_exceptions=False)
    assert [one.code for one in caught.value.problems] == ["adopted-posterior"]
    assert CliRunner().invoke(program, [*small, "--seed", "3"]).exit_code == 0
    again = load(str(tmp_path)).posterior
    assert first is not None and again is not None and again.digest == first.digest and (tmp_path / "calibrated.nc").is_file()
    assert CliRunner().invoke(program, [*small, "--seed", "3", "--adopt", "--small"]).exit_code == 0
    new = load(str(tmp_path)).posterior
    assert new is not None and new.digest != first.digest
