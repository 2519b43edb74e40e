"""The whole way: origins, frozen files, scores, the record, and the same digest again."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import Call

from foedus.errors import InputError
from foedus.history.backtest import read_frozen_series
from foedus.history.record import check_record, figures_again

QUICK = ("--members", "80", "--passes", "2", "--refinements", "0")
pytestmark = pytest.mark.usefixtures("few_baselines")


@pytest.fixture
def record(call: Call, place: Path) -> dict:
    result = call("backtest", "skirmish", *QUICK, "-o", "frozen", "--keep", "--json")
    assert result.code == 0, result.err
    return result.document


def test_the_record_has_what_other_tools_rely_on(record: dict, call: Call) -> None:
    found = call("record", "skirmish", "--json").document
    assert found == record and len(found["digest"]) == 64
    assert found["origins"] == [f"2023-{month:02d}-01" for month in range(6, 11)]
    assert set(found["series"]) == {"losses", "ground"} and set(found["series"]["losses"]) == {"2", "8"}
    for horizons in found["series"].values():
        for one in horizons.values():
            assert {"crps_skill", "skill_interval", "coverage_90", "baseline", "n"} <= set(one)
            assert one["n"] == 5 and 0 <= one["coverage_90"] <= 1 and math.isfinite(one["crps_skill"])
            assert one["crps_skill"] == pytest.approx(1 - one["crps"] / one["crps_baseline"], abs=1e-3)


def test_every_forecast_is_a_file_with_a_digest(record: dict, place: Path) -> None:
    files = sorted((place / "frozen").iterdir())
    assert [path.name for path in files] == [f"skirmish-{origin}.json" for origin in record["origins"]]
    for path, origin in zip(files, record["origins"], strict=True):
        document = read_frozen_series(path)
        assert document["digest"] == record["forecasts"][origin] and document["origin"] == origin
        assert min(document["series"]["losses"]["dates"]) > origin
    document["series"]["losses"]["methods"]["model"][0][0] += 1
    path.write_text(json.dumps(document))
    with pytest.raises(InputError, match="digest-differs"):
        read_frozen_series(path)


def test_the_same_command_gives_the_same_digest(record: dict, call: Call) -> None:
    again = call("backtest", "skirmish", *QUICK, "--json").document
    assert again["digest"] == record["digest"]
    assert call("backtest", "skirmish", *QUICK, "--seed", "1", "--json").document["digest"] != record["digest"]


def test_one_origin_more_moves_no_other(record: dict, call: Call) -> None:
    fewer = call("backtest", "skirmish", *QUICK, "--origins", "2023-06..2023-08", "--json").document
    assert fewer["forecasts"] == {origin: digest for origin, digest in record["forecasts"].items() if origin < "2023-09"}


def test_what_was_done_is_not_done_again_unless_something_was_known_otherwise(record: dict, call: Call, place: Path) -> None:
    """As after a kill: one file is missing, one was made from other figures."""
    again = ("backtest", "skirmish", *QUICK, "-o", "frozen", "--resume", "--json")
    (place / "frozen" / "skirmish-2023-07-01.json").unlink()
    left = place / "frozen" / "skirmish-2023-06-01.json"
    stamp = left.stat().st_mtime_ns
    assert call(*again).document["digest"] == record["digest"] and left.stat().st_mtime_ns == stamp
    path = place / "skirmish" / "series" / "weekly.csv"
    path.write_text(path.read_text().replace("2023-05-07,", "2023-05-07,1"))
    assert call(*again).document["digest"] != record["digest"] and left.stat().st_mtime_ns != stamp
    assert call("backtest", "skirmish", "--resume").code == 1


def test_a_record_that_was_changed_is_refused(record: dict, call: Call, place: Path) -> None:
    path = place / "skirmish" / "record.json"
    path.write_text(path.read_text().replace(f'"n": {record["series"]["losses"]["2"]["n"]}', '"n": 50', 1))
    result = call("record", "skirmish", "--json")
    assert result.code == 1 and result.document["errors"][0]["code"] == "digest-differs"


def test_a_case_without_a_record_says_how_to_make_one(call: Call, place: Path) -> None:
    result = call("record", "skirmish")
    assert result.code == 1 and "foedus backtest" in result.err


def test_hindsight_can_be_looked_at_but_not_kept(call: Call, place: Path) -> None:
    result = call("backtest", "skirmish", *QUICK, "--hindsight", "--keep")
    assert result.code == 1 and not (place / "skirmish" / "record.json").exists()
    assert (
        call("backtest", "skirmish", *QUICK, "--hindsight", "--origins", "2023-07", "--json").document["effort"]["keeps_priors"]
        is True
    )


def test_the_table_fits_eighty_columns(record: dict, call: Call) -> None:
    result = call("record", "skirmish")
    assert result.code == 0 and max(map(len, result.out.splitlines())) <= 80
    for word in ("losses", "ground", "skill", "in 90 %"):
        assert word in result.out


def test_wrong_origins_are_refused_before_any_work(call: Call, place: Path) -> None:
    result = call("backtest", "skirmish", "--origins", "never")
    assert result.code == 1 and "bad-origins" in result.err


def test_linear_algebra_runs_on_one_thread_whatever_the_surroundings_say() -> None:
    """Sums in another order are other bits: numpy must be loaded after the command has said so."""
    script = (
        "import os, sys\n"
        "from foedus.cli import backtest_command\n"
        "print('numpy' in sys.modules)\n"
        "try:\n    backtest_command.command.callback('no_such_case', '', '', 50, 1, 0, 0, False, None, False, False, False)\n"
        "except Exception as error:\n    print(type(error).__name__)\n"
        "print('numpy' in sys.modules, os.environ['OPENBLAS_NUM_THREADS'])\n"
    )
    surroundings = {**os.environ, "OPENBLAS_NUM_THREADS": "2"}
    told = subprocess.run(
        [sys.executable, "-c", script], env=surroundings, capture_output=True, text=True, check=True
    ).stdout.split()
    assert told == ["False", "CaseError", "True", "1"]


def test_every_figure_is_computed_again_from_what_is_kept(record: dict, call: Call, place: Path) -> None:
    assert figures_again(record) == (record["series"], record["overall"])
    assert check_record(record) > 200
    record["series"]["losses"]["8"]["crps"] *= 1.01
    with pytest.raises(InputError, match=r"series\.losses\.8\.crps is .* computed anew"):
        check_record(record)
    del record["course"]["losses"][0]["crps"]
    with pytest.raises(InputError, match="keeps no scores"):
        check_record(record)


def test_the_command_checks_the_record_of_a_case(call: Call, place: Path) -> None:
    words = ("--members", "60", "--passes", "2", "--refinements", "0", "--keep", "--json")
    assert call("backtest", "skirmish", *words).code == 0
    result = call("record", "skirmish", "--check")
    assert result.code == 0 and "computed anew from" in result.out and max(map(len, result.out.splitlines())) <= 80
