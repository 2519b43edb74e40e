"""What needs an optional library says so at the door, before any work, with a line that installs it."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from foedus import extras
from foedus.cli.main import main
from foedus.errors import InputError
from helpers import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DOORS = {
    "read": ("spacy", ["read", "README.md"]),
    "read, the rules' words": ("wordfreq", ["read", "README.md", "--json"]),
    "backtest": ("statsmodels", ["backtest", "pact"]),
    "calibrate by sampler": ("emcee", ["calibrate", "pact", "--method", "sampler"]),
    "calibrate with several seeds": ("arviz_stats", ["calibrate", "pact", "--seeds", "2"]),
    "discover": ("sklearn", ["discover", "pact", "kursk_apr"]),
    "save zarr": ("zarr", ["run", "pact", "--save", "f.zarr"]),
    "save parquet": ("pyarrow", ["run", "pact", "--save", "f.parquet"]),
    "reread": ("spacy", ["ledger", "pact", "reread", "README.md"]),
}


@pytest.mark.parametrize("name", DOORS)
def test_a_command_refuses_before_any_work(name, monkeypatch, capsys):
    module, words = DOORS[name]
    monkeypatch.setitem(sys.modules, module, None)
    for work in ("foedus.case.load", "foedus.evidence.store.beside.open_to_read"):
        monkeypatch.setattr(work, lambda *_, **__: pytest.fail("work began"))
    with pytest.raises(SystemExit) as stopped:
        main(words)
    said = capsys.readouterr()
    assert stopped.value.code == 1 and f"`{module}`" in said.err and "missing-extra" in said.err
    assert "pip install -e" in said.err and not Path("f.zarr").exists()


def test_functions_refuse_as_commands_do(monkeypatch):
    from foedus.history.backtest import freeze_origins
    from foedus.history.calibration import calibrate

    for module in ("statsmodels", "emcee"):
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(InputError, match="statsmodels"):
        freeze_origins(None, None, None, Path(), None)
    with pytest.raises(InputError, match="emcee"):
        calibrate(None, method="sampler")


def test_the_table_of_extras_is_that_of_the_project():
    told = PROJECT["optional-dependencies"]
    assert set(extras.EXTRAS) == set(told) - {"all", "dev", "bench"}
    for name, modules in extras.EXTRAS.items():
        wanted = {re.match(r"[\w-]+", one)[0].replace("-", "_").lower() for one in told[name]}
        assert {module.lower() for module in modules} <= wanted | {"axe_playwright_python", "sklearn"}, name
    assert re.findall(r"[\w]+(?=[,\]])", told["all"][0]) == sorted(extras.EXTRAS)


def test_from_a_clone_the_line_installs_its_folder(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert extras.install_line("history").endswith("-m pip install -e '.[history]'")
    monkeypatch.chdir("/")
    assert extras.install_line("history").endswith(f"-m pip install -e '{ROOT}[history]'")


def test_from_a_wheel_the_line_installs_the_libraries(monkeypatch, tmp_path):
    from importlib import metadata

    told = [
        "numpy<3,>=2.1",
        'emcee<4,>=3.1.6; extra == "history"',
        "statsmodels<0.16; extra == 'history'",
        'spacy; extra == "read"',
    ]
    monkeypatch.setattr(extras, "__file__", str(tmp_path / "site-packages/foedus/extras.py"))
    monkeypatch.setattr(metadata, "requires", lambda name: told if name == "foedus" else [])
    assert extras.install_line("history").endswith("-m pip install 'emcee<4,>=3.1.6' 'statsmodels<0.16'")
    monkeypatch.setattr(metadata, "requires", lambda name: None)
    assert extras.install_line("zarr").endswith("-m pip install zarr")


def test_the_python_that_is_named_is_this_one():
    words = extras.install_line("zarr").split(" -m ")[0]
    told = subprocess.run(
        [*words.split(), "-c", "import sys; print(sys.prefix)"], capture_output=True, text=True, check=True
    ).stdout
    assert told.strip() == sys.prefix


def test_no_text_tells_to_install_a_distribution_that_is_in_no_registry():
    texts = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("benchmarks/*"), *ROOT.glob("src/**/*.py")]
    for path in texts:
        if path.is_file() and path.suffix in (".md", ".py"):
            assert not re.search(r"install '?foedus\[|Install `foedus\[", path.read_text(encoding="utf-8")), path
