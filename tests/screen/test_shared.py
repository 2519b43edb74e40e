"""Numbers of rules that Python and the scripts both hold, and who may import whom."""

from __future__ import annotations

import inspect
import json
import re
import subprocess
from pathlib import Path

import pytest
from tests.helpers import ROOT

from foedus.analysis import Ranks, drivers, enough
from foedus.ensemble.futures import QUANTILES

SCREEN = ROOT / "src/foedus/screen"
CONSTANTS = """
import { LEVELS, quantileNeeds } from "./src/foedus/screen/statistics/quantiles.js";
import { FEWEST, MOST_BINS, MOST_DRIVERS } from "./src/foedus/screen/statistics/drivers.js";
console.log(JSON.stringify({ levels: LEVELS, needs: ASKED.map(quantileNeeds), FEWEST, MOST_BINS, MOST_DRIVERS }));
"""
ASKED = [0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]
BELOW = {
    "kit": (),
    "engine": (),
    "statistics": ("kit",),
    "page": ("kit", "engine", "statistics"),
    "review": ("kit",),
    "draft": ("kit",),
}


def test_numbers_of_rules_are_those_of_python(node: str) -> None:
    code = CONSTANTS.replace("ASKED", json.dumps(ASKED))
    done = subprocess.run([node, "--input-type=module", "-e", code], capture_output=True, text=True, check=True, cwd=ROOT)
    found = json.loads(done.stdout)
    assert found["levels"] == list(QUANTILES)
    assert found["needs"] == [enough.quantile_needs(level) for level in ASKED]
    assert found["FEWEST"] == enough.DRIVERS
    assert found["MOST_BINS"] == inspect.signature(Ranks).parameters["bins"].default
    assert found["MOST_DRIVERS"] == inspect.signature(drivers).parameters["most"].default


@pytest.mark.parametrize("path", sorted(SCREEN.rglob("*.js")), ids=lambda path: str(path.relative_to(SCREEN)))
def test_a_module_imports_only_from_its_folder_and_those_below(path: Path) -> None:
    """Types may come from anywhere."""
    taken = re.findall(r'^import .* from "([^"]+)";$', path.read_text(encoding="utf-8"), re.MULTILINE)
    folders = {(path.parent / one).resolve().parent.name for one in taken}
    assert folders <= {path.parent.name, *BELOW[path.parent.name]}
