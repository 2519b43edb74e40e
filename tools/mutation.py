"""Do the tests notice when a line is wrong? Random lines of a layer, each with one small change, against the tests that concern it.

python tools/mutation.py LAYER … [--lines 15] [--seed 0] [--seconds 300] [--files 40]      evidence compile

A change turns a comparison, a sign, `and`/`or`, a `not` or a truth value around, or adds one to a number. It is made in a copy of the
source; the repository is not touched. Tests are those files that have the name of the module, import it, lie in the folder of the layer or
name something that it exports, the nearest first. A test that fails is run once more without the change: one that fails there too
tells nothing. A change of which the tests have not said anything after `--seconds` is late: neither noticed nor survived. Ends with 1 if
more than two lines of fifteen survive in a layer.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST, OF = 2, 15
SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.And: ast.Or,
    ast.Or: ast.And,
}


@dataclass(frozen=True)
class Mutant:
    """One change: in which file, from which place to which, and what stands there instead."""

    path: Path
    line: int
    start: int
    end: int
    old: str
    new: str

    def applied(self, text: str) -> str:
        raw = text.encode()
        return (raw[: self.start] + self.new.encode() + raw[self.end :]).decode()


def mutants_of(path: Path, text: str) -> Iterator[Mutant]:
    """Every change that can be made in a file, those of a node at the line on which it begins."""
    lines = [len(line.encode()) for line in text.splitlines(keepends=True)]
    starts = [sum(lines[:number]) for number in range(len(lines))]
    tree = ast.parse(text)
    silent = set(_silent(tree))
    for node in ast.walk(tree):
        if id(node) in silent or not isinstance(node, ast.expr):
            continue
        for changed in _changed(node):
            start = starts[node.lineno - 1] + node.col_offset
            end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
            old = text.encode()[start:end].decode()
            yield Mutant(path, node.lineno, start, end, old, f"({ast.unparse(changed)})")


def _silent(tree: ast.AST) -> Iterator[int]:
    """What says nothing when it runs: annotations, `__all__`, what stands under TYPE_CHECKING, the parts of texts."""
    for node in ast.walk(tree):
        parts: list[ast.AST | None] = []
        if isinstance(node, ast.arg | ast.AnnAssign):
            parts = [node.annotation]
        elif isinstance(node, ast.FunctionDef):
            parts = [node.returns]
        elif isinstance(node, ast.Assign) and any(getattr(one, "id", "") == "__all__" for one in node.targets):
            parts = [node.value]
        elif (isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING") or isinstance(node, ast.JoinedStr):
            parts = [node]
        yield from (id(inner) for part in parts if part is not None for inner in ast.walk(part))


def _changed(node: ast.expr) -> Iterator[ast.expr]:
    """The node with one small change, one after the other."""
    if isinstance(node, ast.Compare):
        for place, one in enumerate(node.ops):
            if type(one) in SWAPS:
                ops = [*node.ops[:place], SWAPS[type(one)](), *node.ops[place + 1 :]]
                yield ast.Compare(node.left, ops, node.comparators)  # type: ignore[arg-type]
    elif isinstance(node, ast.BinOp) and type(node.op) in SWAPS and not _is_text(node):
        yield ast.BinOp(node.left, SWAPS[type(node.op)](), node.right)  # type: ignore[arg-type]
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(SWAPS[type(node.op)](), node.values)  # type: ignore[arg-type]
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        yield node.operand
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield ast.Constant(node.value + 1)


def _is_text(node: ast.BinOp) -> bool:
    return any(
        isinstance(one, ast.JoinedStr) or (isinstance(one, ast.Constant) and isinstance(one.value, str))
        for one in (node.left, node.right)
    )


def chosen(layer: str, lines: int, seed: int) -> list[Mutant]:
    """So many random lines of a layer on which something can be changed, each with one change."""
    found: dict[tuple[Path, int], list[Mutant]] = {}
    for path in sorted((ROOT / "src/foedus" / layer).rglob("*.py")):
        for one in mutants_of(path, path.read_text(encoding="utf-8")):
            found.setdefault((path, one.line), []).append(one)
    luck = random.Random(f"{layer} {seed}")
    picked = luck.sample(sorted(found, key=str), min(lines, len(found)))
    return [luck.choice(found[one]) for one in picked]


def tests_of(path: Path, layer: str, most: int) -> list[str]:
    """The test files that concern a module, the nearest first."""
    module = ".".join(path.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = next(
        (node.value for node in tree.body if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__"),
        None,
    )
    words = [re.escape(module), *(rf"\b{name}\b" for name in (ast.literal_eval(named) if named is not None else ()))]
    folders, ranked = {layer, *path.relative_to(ROOT / "src/foedus").parts[:-1]}, []
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        text = file.read_text(encoding="utf-8")
        count = sum(bool(re.search(word, text)) for word in words)
        own = bool(folders & set(file.relative_to(ROOT / "tests").parts))
        is_named = file.stem == f"test_{path.stem}"
        if count or own or is_named:
            is_imported = bool(re.search(words[0] + r"\b", text))
            ranked.append((-20 * is_named - 10 * is_imported - 5 * own - count, str(file.relative_to(ROOT))))
    return [name for _, name in sorted(ranked)[:most]]


def run_tests(source: Path, what: str, seconds: float) -> tuple[str, str]:
    """("passed", "failed" or "late", the test that failed first)."""
    command = [sys.executable, "-m", "pytest", "-o", "addopts=", "-p", "no:cacheprovider", "-q", "-x", what]
    place = {
        **os.environ,
        "PYTHONPATH": str(source),
        "PYTHONDONTWRITEBYTECODE": "1",
        "FOEDUS_CACHE": str(source.parent / "cache"),
    }
    try:
        done = subprocess.run(command, cwd=ROOT, env=place, capture_output=True, text=True, check=False, timeout=seconds)
    except subprocess.TimeoutExpired:
        return "late", ""
    if done.returncode in (0, 5):  # 5: nothing to run in it
        return "passed", ""
    failed = re.search(r"^(?:FAILED|ERROR) (.+?)(?: - |$)", done.stdout, re.MULTILINE)
    return "failed", failed.group(1) if failed else what


def tried(one: Mutant, layer: str, source: Path, plain: Path, seconds: float, files: int) -> str:
    """What the tests said of a change: "noticed by" which, "late", "survived" so many files, or "unknown" where they fail without it too."""
    target = source / one.path.relative_to(ROOT / "src")
    text = one.path.read_text(encoding="utf-8")
    target.write_text(one.applied(text), encoding="utf-8")
    ends = time.monotonic() + seconds
    try:
        wanted = tests_of(one.path, layer, files)
        for file in wanted:
            state, failed = run_tests(source, file, max(1.0, ends - time.monotonic()))
            if state == "failed" and run_tests(plain, failed, seconds)[0] != "failed":
                return f"noticed by {failed.rsplit('/', 1)[-1]}"
            if state != "passed":
                return "late" if state == "late" else "unknown"
    finally:
        target.write_text(text, encoding="utf-8")
    return f"survived {len(wanted)} files of tests"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("layers", nargs="+")
    options.add_argument("--lines", type=int, default=OF)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--seconds", type=float, default=300.0)
    options.add_argument("--files", type=int, default=40)
    asked = options.parse_args()
    is_bad = False
    with tempfile.TemporaryDirectory(prefix="foedus-") as beside:
        trees = [Path(beside) / name / "src" for name in ("changed", "plain")]
        for tree in trees:
            shutil.copytree(ROOT / "src", tree, symlinks=False)
            (tree.parent / "cases").symlink_to(ROOT / "cases")
        for layer in asked.layers:
            survived = late = 0
            for one in chosen(layer, asked.lines, asked.seed):
                said = tried(one, layer, trees[0], trees[1], asked.seconds, asked.files)
                survived += said.startswith("survived")
                late += said in ("late", "unknown")
                print(f"{said}: {one.path.relative_to(ROOT)}:{one.line}  {' '.join(one.old.split())}  ->  {one.new}", flush=True)
            print(f"{layer}: {survived} of {asked.lines} lines survived, {late} not decided", flush=True)
            is_bad |= survived * OF > MOST * asked.lines
    return int(is_bad)


if __name__ == "__main__":
    sys.exit(main())
