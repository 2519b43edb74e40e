"""Every code under which foedus refuses stands in docs/errors.md, and something brings it about."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
import tomllib
from functools import lru_cache
from pathlib import Path
from types import ModuleType

import pytest

from helpers import ROOT

SOURCE = ROOT / "src/foedus"
HYPHENATED = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")
# words with a hyphen that are no codes
OTHER = {
    "band-50",
    "band-90",
    "ex-british",
    "flow-name",
    "logit-normal",
    "non-aggression",
    "same-origin",
    "triangle-up",
    "utf-16",
    "utf-32",
    "utf-8",
    "utf-8-sig",
    "wasm32-unknown-unknown",
}
# f-strings that make codes, and what they make
MADE = {
    "bad-{name}": {
        "bad-futures",
        "bad-seed",
        "bad-threads",
        "bad-trajectories",
        "bad-chunk",
        "bad-design",
        "bad-precision",
        "bad-engine",
    },
    "bad-{key}": {"bad-date", "bad-source"},
    "unknown-{key}": {"unknown-qualifier", "unknown-class"},
    "unknown-{what}": {"unknown-scenario", "unknown-question"},
}


def generator() -> ModuleType:
    specification = importlib.util.spec_from_file_location("errors_doc", ROOT / "tools/errors_doc.py")
    assert specification is not None and specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules["errors_doc"] = module
    specification.loader.exec_module(module)
    return module


DOC = generator()
EXAMPLES = DOC.examples()


@lru_cache(maxsize=1)
def trees() -> list[ast.Module]:
    return [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py"))]


def codes_of(tree: ast.AST, places: dict[str, set[int]]) -> set[str]:
    """Words with a hyphen wherever they stand, and whatever is handed over where a function or class takes a code."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and HYPHENATED.fullmatch(node.value):
            found.add(node.value)
        elif isinstance(node, ast.JoinedStr) and re.fullmatch(r"f'([a-z]+-)+\{\w+\}'", ast.unparse(node)):
            found |= MADE.get(ast.unparse(node)[2:-1], {ast.unparse(node)})
        elif isinstance(node, ast.Tuple) and len(node.elts) == 3 and ast.unparse(node.elts[2]).endswith((".'", '."')):
            # a code, a message and what to do, before they are put together
            found |= {
                word.value
                for word in node.elts[:1]
                if isinstance(word, ast.Constant) and re.fullmatch(r"[a-z]+", str(word.value))
            }
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            given = [node.args[place] for place in places.get(name, ()) if place < len(node.args)]
            given += [one.value for one in node.keywords if one.arg == "code"]
            words = [one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            found |= {word for word in words if re.fullmatch(r"[a-z0-9]+", word)}
    return found - OTHER


@lru_cache(maxsize=1)
def places_of_codes() -> dict[str, set[int]]:
    """Where functions and classes take a code, by their names."""
    found: dict[str, set[int]] = {}
    for tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                names = [one.arg for one in node.args.args if one.arg != "self"]
            elif isinstance(node, ast.ClassDef):
                names = [
                    one.target.id for one in node.body if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
                ]
            else:
                continue
            if "code" in names and {"message", "help", "help_text"} & set(names):
                found.setdefault(node.name, set()).add(names.index("code"))
    return found


@lru_cache(maxsize=1)
def codes() -> set[str]:
    """Every code in the source; asked for by tests only, for to collect tests is not the time to read 500 modules."""
    return set().union(*(codes_of(tree, places_of_codes()) for tree in trees()))


@pytest.mark.parametrize(
    "text, code",
    [
        ('Problem(file, 0, 0, "loop", "x")', "loop"),
        ('problems.add(at, "bad-thing", "x")', "bad-thing"),
        ('TABLE = {1: ("no-thing", "x")}', "no-thing"),
        ('raise refuse(code="gone")', "gone"),
        ('Problem(file, 0, 0, f"bad-{thing}", "x")', "f'bad-{thing}'"),
        ('name = "utf-8"', None),
    ],
)
def test_the_search_for_codes_finds_them_wherever_they_stand(text: str, code: str | None) -> None:
    assert codes_of(ast.parse(text), places_of_codes()) == ({code} if code else set())


def test_every_code_of_the_source_stands_in_the_table_and_no_other() -> None:
    rules = tomllib.loads((ROOT / "src/foedus/evidence/reading/data/rules.toml").read_text(encoding="utf-8"))
    assert {row.code for row in EXAMPLES} == codes() - set(rules)  # rules of reading have names of the same look


@pytest.fixture(scope="module")
def told() -> dict[str, object]:
    return {row.code: DOC.said(row) for row in EXAMPLES if row.is_run}


@pytest.mark.parametrize("row", [row for row in EXAMPLES if row.is_run], ids=lambda row: row.code)
def test_an_example_ends_with_its_code_a_place_and_exit_code_1(row, told) -> None:
    found = told[row.code]
    assert found.exit_code == (0 if row.warns else 1)
    if row.warns:
        assert f'"code": "{row.code}"' in found.words
        return
    said = next(one for one in found.words.split("\n\n") if one.endswith(f"[{row.code}]"))
    assert re.match(r"\S[^\n]*?: \S", said), said
    if row.model or row.text:
        if re.match(rf"(?:{'|'.join(map(re.escape, row.files)) or '-'}):\d+:\d+: ", said):
            return  # in a file that the model includes
        line, column = map(int, re.match(r"model\.foedus:(\d+):(\d+): ", said).groups())
        first = 1 if row.text else DOC.MODEL_HEAD.count("\n") + 1
        assert first <= line <= first + (row.text or row.model).count("\n") + 1 and column >= 1
    assert "Traceback" not in found.words


def test_a_code_that_no_example_brings_about_is_named_in_a_test() -> None:
    here = Path(__file__).name
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py") if path.name != here)
    without = [row.code for row in EXAMPLES if not row.is_run]
    assert [
        code for code in without if not re.search(rf"""["'\[]{re.escape(code)}["'\]]|match="{re.escape(code)}""", tests)
    ] == []


def test_errors_md_is_what_the_generator_writes(told, monkeypatch) -> None:
    monkeypatch.setattr(DOC, "said", lambda row: told[row.code])
    assert (ROOT / "docs/errors.md").read_text(encoding="utf-8") == DOC.document(), "run `python tools/errors_doc.py`"
