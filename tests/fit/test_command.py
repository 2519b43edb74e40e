"""The command `foedus fit`: shapes of the JSON, tables that fit the terminal, refusals that say what to do."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from foedus.cli.main import main
from foedus.constructs.variable import Parameter
from foedus.model.parse import parse
from helpers import ROOT

CASES = ROOT / "cases"


def call(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    capsys.readouterr()
    try:
        main(["fit", *words])
        code = 0
    except SystemExit as stop:
        code = int(stop.code or 0)
    written = capsys.readouterr()
    return code, written.out, written.err


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    """The case `ardennes` in a place beside which there are no figures."""
    return Path(shutil.copytree(CASES / "ardennes", tmp_path / "project" / "cases" / "ardennes"))


@pytest.mark.parametrize("case", ["alliances", "cdb90", "iwo_jima"])
def test_a_shipped_case_is_fitted_from_its_own_figures(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = call(capsys, str(CASES / case), "--json")
    assert code == 0 and err == "" and json.loads(out)["case"] == case
    code, out, _ = call(capsys, str(CASES / case))
    assert code == 0 and max(len(line) for line in out.splitlines() if not line.startswith("param ")) <= 80


def test_the_shape_that_other_tools_read(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, str(CASES / "ardennes"), "--data", str(data), "--seed", "3", "--json")
    found = json.loads(out)
    assert code == 0 and set(found["log_regression"]) >= {"days 1-32", "days 1-10", "days 11-32", "days 1-32 with air"}
    assert all(set(one) == {"alpha", "beta", "r2"} for one in found["log_regression"].values())
    assert {"p05", "p50", "p95"} <= set(found["stochastic"]["days 1-32"]["alpha"])
    other = json.loads(call(capsys, str(CASES / "ardennes"), "--data", str(data / "history"), "--seed", "4", "--json")[1])
    assert other["stochastic"] != found["stochastic"] and other["log_regression"] == found["log_regression"]


def test_its_tables_fit_the_terminal(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, str(CASES / "ardennes"), "--data", str(data))
    assert code == 0 and max(len(line) for line in out.splitlines()) <= 80


def test_alliances_from_the_replication_data_say_the_same(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shipped = call(capsys, str(CASES / "alliances"), "--json")
    assert call(capsys, str(CASES / "alliances"), "--data", str(data), "--json") == shipped


def test_figures_that_are_missing_are_refused_with_what_to_do(
    alone: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in ((str(alone),), (str(alone), "--data", str(tmp_path))):
        code, out, err = call(capsys, *words, "--json")
        assert code == 1 and "--data DIR" in err and json.loads(out)["errors"][0]["code"] == "no-data"


REFUSED = {
    "a case without history": (("lanchester_square",), "no-fit"),
    "an unknown case": (("iwojima",), "no-case"),
    "a seed below 0": (("iwo_jima", "--seed", "-1"), "bad-seed"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_fitted_is_refused(name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    words, problem = REFUSED[name]
    code, out, _ = call(capsys, *words, "--json")
    assert code == 1 and json.loads(out)["errors"][0]["code"] == problem


BROKEN = {
    "a column is missing": ("day,blue_avail_total\n1,2\n", "no-column"),
    "a cell is no number": (None, "bad-row"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_table_is_refused(
    name: str, data: Path, alone: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, problem = BROKEN[name]
    good = (data / "history/ardennes_bracken_available.csv").read_text(encoding="utf-8")
    (tmp_path / "ardennes_bracken_available.csv").write_text(text or good.replace("630557", "many"), encoding="utf-8")
    (tmp_path / "ardennes_fricker_reformatted.csv").write_text(good, encoding="utf-8")
    code, out, _ = call(capsys, str(alone), "--data", str(tmp_path), "--json")
    assert code == 1 and json.loads(out)["errors"][0]["code"] == problem


def test_the_line_for_a_model_can_be_pasted_as_it_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, str(ROOT / "tests/fit/samples/convoys"))
    assert code == 0
    (line,) = [line for line in out.splitlines() if line.startswith("param ")]
    assert len(line) > 80 and 'because "' in line
    tree = parse(f'model pasted "A line that was pasted" for 1 week step 1 week\n{line}\n')
    assert [statement.name for statement in tree.all(Parameter)] == [line.split()[1]]
