"""The benchmark's model, without luck, against a direct numpy run of its specification."""

import json
from pathlib import Path

import pytest

import foedus
from foedus.study.futures import run_futures

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("engine", ["compiled", "reference"])
def test_the_quiet_scenario_agrees_with_the_specification(engine):
    figures = json.loads((ROOT / "benchmarks" / "war25" / "expected.json").read_text())["104"]
    futures = run_futures(
        foedus.load(str(ROOT / "benchmarks" / "war25")), 16, seed=5, scenarios=["quiet"], engine=engine, trajectories=False
    )
    names = [slot.name for slot in futures.program.results]
    assert set(names) == {"P_A", "P_B", "S_A", "S_B", "K_A", "K_B", "D_A", "D_B", "TERR", "SANC"}
    for name in names:
        assert futures.values(name, "quiet") == pytest.approx(figures[name], rel=1e-9), name
