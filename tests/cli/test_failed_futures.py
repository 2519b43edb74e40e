"""Commands that have no place to say on which futures an answer rests refuse a run in which more than a few failed, and say what failed."""

from pathlib import Path

import pytest
from tests.cli.conftest import Call

MODEL = """model m as of 2024-01-01 for 4 weeks step 1 week
param a : 1 ~ uniform(-1, 1) because "made up"
lever l : 1 from 0 to 3 = 0 "How far"
let r : 1 = sqrt(a + l)
question q "Is it large?"
  on 2024-01-22 true when r > 0.5
"""


@pytest.mark.parametrize(
    "command",
    [
        ["flip", "--lever", "l"],
        ["flip", "--lever", "l", "--json"],
        ["worth"],
        ["freeze", "-o", "frozen.json"],
        ["diff", "m.foedus"],
        ["trace", "q"],
        ["trace", "q", "--json"],
    ],
    ids=" ".join,
)
def test_too_many_failed_futures_are_refused_by_name(
    command: list[str], call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("m.foedus").write_text(MODEL, encoding="utf-8")
    ran = call(command[0], "m.foedus", *command[1:], "-n", "100")
    assert ran.code == 1 and "let r is no number" in ran.out + ran.err
    assert not Path("frozen.json").exists()
