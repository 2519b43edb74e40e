"""docs/extending.md, followed to the letter in a copy of the package: one file and one row make a statement."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from helpers import ROOT

PAGE = (ROOT / "docs/extending.md").read_text(encoding="utf-8")
ANSWERS = """
import sys
from foedus.engine import simulate
from foedus.ensemble import Sampler, inputs_of
from foedus.model import compile_model, parse
program = compile_model(parse(sys.stdin.read()))
inputs = inputs_of(program, program.scenarios[0], Sampler(program, {}, 0, "random", 1).draw(0, 1), 0, 0, saves=False)
print(*(f"{float(answer[0]):.9g}" for answer in simulate(program, inputs).results))
"""


def block(before: str) -> str:
    """The indented text that follows a sentence of the page."""
    assert PAGE.count(before) == 1
    lines = PAGE[PAGE.index(before) :].split("\n\n", 1)[1].split("\n")
    end = next(number for number, line in enumerate(lines) if line.strip() and not line.startswith("       "))
    return textwrap.dedent("\n".join(lines[:end])).strip() + "\n"


def changed(text: str, change: str) -> str:
    """A text with the lines after a minus replaced by those after a plus."""
    for old, new in re.findall(r"^-(.*)\n((?:\+.*\n)+)", change, re.MULTILINE):
        assert text.count(f"{old}\n") == 1, old
        text = text.replace(f"{old}\n", re.sub(r"^\+", "", new, flags=re.MULTILINE))
    return text


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package, its tools and its tests of constructs, with the statement of the page."""
    root = tmp_path_factory.mktemp("extended")
    shutil.copytree(ROOT / "src", root / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for path in (
        "tools/constructs_doc.py",
        "tests/helpers.py",
        "tests/conftest.py",
        "tests/constructs/test_constructs.py",
        "docs/errors.md",
        "docs/language.md",
        "docs/builtins.md",
        "pyproject.toml",
    ):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, root / path)
    (root / "src/foedus/constructs/season.py").write_text(
        block("Here is all of `src/foedus/constructs/season.py`"), encoding="utf-8"
    )
    registry = root / "src/foedus/constructs/registry.py"
    registry.write_text(changed(registry.read_text(encoding="utf-8"), block("have to be told:")), encoding="utf-8")
    return root


def run(root: Path, *words: str, text: str = "") -> str:
    """What a Python of the copy prints."""
    environment = {**os.environ, "PYTHONPATH": str(root / "src")}
    done = subprocess.run(
        [sys.executable, *words], cwd=root, env=environment, input=text, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def test_the_new_statement_answers_as_the_page_says(extended: Path) -> None:
    said = re.search(r"the answers are (.*)\.", PAGE)
    assert run(extended, "-c", ANSWERS, text=block("a figure worked out by hand. For this model")).split() == re.findall(
        r"[\d.]*\d", said[1]
    )


def test_its_example_and_its_page_need_nothing_else(extended: Path) -> None:
    run(extended, "tools/constructs_doc.py")
    assert "Within a year from 1.4 down to 0.6" in (extended / "docs/language/season.md").read_text(encoding="utf-8")
    told = run(extended, "-m", "pytest", "-vvv", "-p", "no:cacheprovider", "tests/constructs/test_constructs.py")
    assert told.count("PASSED") > 150 and len(re.findall(r"season.*PASSED", told)) >= 5


def test_it_is_refused_where_the_page_refuses_it(extended: Path) -> None:
    text = "model m for 4 weeks step 1 week\nseason s : 1 from 2 to 1 every 4 weeks\n"
    code = "import sys; from foedus.model import parse, compile_model; compile_model(parse(sys.stdin.read()))"
    with pytest.raises(AssertionError, match="empty-range"):
        run(extended, "-c", code, text=text)


def test_the_new_statement_passes_the_rules_of_the_house(extended: Path) -> None:
    pytest.importorskip("mypy")
    if (ROOT / ".mypy_cache").is_dir():  # what it knows of the files that are the same
        shutil.copytree(ROOT / ".mypy_cache", extended / "cache")
    run(extended, "-m", "ruff", "check", "--no-cache", "src/foedus/constructs/season.py")
    told = run(extended, "-m", "mypy", "--cache-dir", str(extended / "cache"), "src/foedus/constructs/season.py")
    assert "Success" in told
