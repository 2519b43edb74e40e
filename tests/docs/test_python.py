"""The functions of the package: offered to a notebook, typed for its users, and as its page in the docs says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import foedus
from foedus.errors import InputError
from helpers import ROOT

PAGE = (ROOT / "docs/python.md").read_text(encoding="utf-8")


def test_every_public_name_is_offered_and_is_there() -> None:
    assert set(foedus.__all__) == set(dir(foedus))
    assert all(getattr(foedus, name) is not None for name in foedus.__all__)


def test_the_page_tells_every_verb_and_no_other() -> None:
    told = set(re.findall(r"^\| `(\w+)\(", PAGE, re.MULTILINE))
    assert told == set(foedus.__all__) - {"Case", "__version__"}


def test_the_examples_of_the_page_run() -> None:
    code = "\n".join(line[4:] for line in PAGE.splitlines() if line.startswith("    "))
    names: dict[str, Any] = {}
    exec(code, names)
    assert (
        names["frozen"]["digest"]
        and names["html"].startswith("<!")
        and names["origins"]
        and names["traced"].question.name == names["question"].name
    )


@pytest.mark.parametrize("verb", ["worth", "trace"])
def test_an_unknown_question_is_refused(verb: str) -> None:
    asked: Any = "no_such" if verb == "trace" else ["no_such"]
    with pytest.raises(InputError) as caught:
        getattr(foedus, verb)(foedus.load("pact"), asked, futures=10)
    assert [problem.code for problem in caught.value.problems] == ["unknown-question"]


TYPES = {
    'foedus.load("pact")': "foedus.case.case.Case",
    "foedus.run(case)": "foedus.analysis.finding.Finding",
    "foedus.check(case)": "tuple[foedus.analysis.finding.CheckResult, ...]",
    "foedus.replay(case, 0)": "foedus.study.replay.Replay",
    'foedus.flip(case, "x")': "tuple[foedus.analysis.flip.Flip, ...]",
    "foedus.worth(case)": "dict[str, tuple[foedus.analysis.worth.Worth, ...]]",
    "foedus.sources(case)": "tuple[foedus.evidence.sources.OriginRow, ...]",
    'foedus.trace(case, "x")': "foedus.analysis.trace.Traced",
    "foedus.calibrate(case)": "foedus.history.posterior.Posterior",
    'foedus.score({}, "x")': "foedus.history.scorecard.Scorecard",
}


def test_a_user_sees_the_types(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    assert (ROOT / "src/foedus/py.typed").is_file()
    lines = ["import foedus", 'case = foedus.load("pact")', *(f"reveal_type({words})" for words in TYPES)]
    (tmp_path / "user.py").write_text("\n".join(lines), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--config-file",
        str(ROOT / "pyproject.toml"),
        "--cache-dir",
        str(ROOT / ".mypy_cache"),
        str(tmp_path / "user.py"),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    told = [one.replace("builtins.", "") for one in re.findall(r'Revealed type is "(.*)"', done.stdout)]
    assert told == list(TYPES.values()), done.stdout + done.stderr
