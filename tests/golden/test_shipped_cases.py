"""Every shipped case answers as it did; `python tools/regold.py` writes the figures anew and shows the difference."""

import importlib.util
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def _tool():
    spec = importlib.util.spec_from_file_location("regold", ROOT / "tools" / "regold.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


REGOLD = _tool()


@pytest.mark.parametrize("folder", REGOLD.shipped(), ids=lambda folder: folder.name)
def test_a_case_answers_as_it_did_to_the_bit(folder):
    expected = json.loads((folder / "expected_answers.json").read_text())
    found = REGOLD.figures(folder)
    assert found["answers"] == expected["answers"]
    assert found["status"] == expected["status"]
    assert found["digest"] == expected["digest"]
