"""Layers, exports, sizes, and what must not stand in the source."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import re
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import pytest

from helpers import ROOT

SOURCE = ROOT / "src/foedus"
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "cases" not in path.parts)


def module_name(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def short(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def test_imports_point_down_only() -> None:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def test_the_description_of_the_architecture_names_every_folder_and_no_other() -> None:
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    named = {name for row in re.findall(r"^\| (`[^|]+) \|", page, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}
    there = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    assert there - named == set() and {name for name in named - there if not (SOURCE / f"{name}.py").is_file()} == set()


BESIDE = {"docs", "golden", "ledger", "reading"}
"""Folders of tests that are no layer's: texts, whole cases, and two rooms of `evidence` that have their own."""


def test_folders_of_tests_are_those_of_the_source() -> None:
    layers = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    folders = {path.parent.name for path in (ROOT / "tests").glob("*/test_*.py")}
    assert layers - folders == set() and folders - layers == BESIDE


def test_no_script_lies_about_and_no_text_names_a_path_of_somebody_s_machine() -> None:
    assert list(ROOT.glob("*.py")) == []
    folders = ("src", "tools", "benchmarks", "docs", "cases")
    paths = (
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".js", ".md", ".toml", ".foedus", ".j2")
    )
    found = [path for path in paths if re.search(r"(?<![\w.~])/(?:home|Users|root|tmp|work)/", path.read_text(encoding="utf-8"))]
    assert found == []


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_a_module_has_a_docstring_a_moderate_size_and_no_print(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 500
    tree = ast.parse(text)
    assert not text or ast.get_docstring(tree)
    calls = [node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    assert {"print", "eval", "exec", "input"} & set(calls) == set()
    assert re.search(r"/(?:home|Users|root|tmp)/", text) is None


def test_no_function_has_more_than_15_ways_through_it() -> None:
    ruff = str(Path(sys.executable).parent / "ruff")
    command = [ruff, "check", "--no-cache", "--select", "C901", "--config", "lint.mccabe.max-complexity=15", "src"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many lines a function has without its docstring."""
    first = node.body[0]
    docstring = (first.end_lineno or 0) - first.lineno + 1 if ast.get_docstring(node) else 0
    return (node.end_lineno or 0) - node.lineno + 1 - docstring


def test_no_function_is_longer_than_80_lines() -> None:
    found = {}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and lines_of(node) > 80:
                found[f"{short(path)}: {node.name}"] = lines_of(node)
    assert found == {}


def test_lines_of_a_function_are_counted_without_its_docstring() -> None:
    node = ast.parse('def f():\n    """One.\n\n    Two.\n    """\n    return 1\n').body[0]
    assert isinstance(node, ast.FunctionDef) and lines_of(node) == 2


@pytest.mark.parametrize("folder", ["compile", "constructs", "language", "model", "parts"])
def test_the_way_from_text_to_program_is_made_of_small_pieces(folder: str) -> None:
    """No file over 500 lines, and nothing asserted about the class of a statement."""
    for path in (SOURCE / folder).glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= 500 and "assert isinstance" not in text, path.name


def public_names(path: Path) -> set[str] | None:
    """What a module lists in `__all__`, None if there is no such list."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            return set(ast.literal_eval(node.value))
    return None


@lru_cache(maxsize=1)
def public() -> dict[str, set[str] | None]:
    return {module_name(path): public_names(path) for path in MODULES}


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_a_module_imports_only_what_stands_in_the_all_of_another(path: Path) -> None:
    strange = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        listed = public().get(node.module or "") if isinstance(node, ast.ImportFrom) else None
        if isinstance(node, ast.ImportFrom) and listed is not None:
            modules = {name for name in public() if name.startswith(f"{node.module}.")}
            strange += [
                f"{node.module}.{one.name}"
                for one in node.names
                if one.name not in listed and f"{node.module}.{one.name}" not in modules
            ]
    assert strange == []


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_a_module_with_classes_or_functions_lists_its_public_names(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in tree.body):
        assert public()[module_name(path)] is not None


@pytest.mark.parametrize("path", [path for path in MODULES if "show" not in path.parts], ids=short)
def test_every_name_in_all_exists(path: Path) -> None:
    module = importlib.import_module(module_name(path))
    for name in getattr(module, "__all__", ()):
        assert hasattr(module, name), name


def test_importing_foedus_is_quick_and_imports_no_engine() -> None:
    code = "import sys, foedus.cli.main; print([name for name in ('numpy', 'llvmlite', 'scipy', 'xarray', 'rich') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_language_uses_no_numpy() -> None:
    code = "import sys, foedus.language; print('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "False"


def test_a_case_comes_to_its_futures_in_one_way() -> None:
    """Whoever runs the engine beside `simulate_case` could forget the pools of the case, or its posterior."""
    users = {
        short(path) for path in MODULES if "ensemble" not in path.parts and "run_ensemble" in path.read_text(encoding="utf-8")
    }
    assert users == {"study/simulate.py"}


def test_a_program_of_a_case_is_compiled_in_one_way() -> None:
    """Whoever compiles the text of a case beside `Case.compiled` forgets the stocks that begin as its past left them. A hindcast has none."""
    above = {"study", "history", "page", "bundle", "review"}
    users = {
        short(path)
        for path in MODULES
        if above & set(path.parts) and re.search(r"\bcompile_model\(", path.read_text(encoding="utf-8"))
    }
    assert users == {"study/hindcast.py"}


def test_a_type_has_one_name_and_a_name_is_of_one_type() -> None:
    """Whoever reads `Part` or `Source` need not ask which."""
    found: dict[str, list[str]] = {}
    for path in MODULES:
        for node in ast.parse(Path(path).read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(module_name(path))
    assert {name: modules for name, modules in found.items() if len(modules) > 1} == {}


BUILT_UP = set(
    "Overrides Symbol PredictedEvent Relater Notes Workshop _Here _Told Around _Joined _Reading _Made _Expansion".split()
)
"""Records that are filled while a text is read or a program is built. All others are what they were made as."""


def test_a_record_that_is_handed_on_cannot_be_changed() -> None:
    loose = set()
    for path in MODULES:
        module = importlib.import_module(module_name(path))
        for name, one in vars(module).items():
            if dataclasses.is_dataclass(one) and isinstance(one, type) and one.__module__ == module.__name__:
                loose |= set() if one.__dataclass_params__.frozen else {name}  # type: ignore[attr-defined]
    assert loose == BUILT_UP
