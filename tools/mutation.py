"""Do the tests notice when a line is wrong? Random lines of a layer, each with one small change, against the tests that run it.

python tools/mutation.py LAYER … [--lines 15] [--seed 0] [--seconds 300] [--tests tests/engine …]      evidence compile

A change turns a comparison, a sign, `and`/`or`, a `not` or a truth value around, or adds one to a number. It is made in a copy of the
source; the repository is not touched. First all tests (or those in the places that `--tests` names) are run once over a copy in which each
chosen line tells by which of them it is run; then each change is held against these, the quickest first, and against the others of their
files, because what is kept from one test to the next is told of the first alone. A line that is run when its module is imported is held
against the files of tests that come nearest to it by name. Tests that fail without a change are left out. A change of which the tests have
not said anything after `--seconds` is late: neither noticed nor survived. Ends with 1 if more than two lines of fifteen survive in a layer.
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
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST, OF = 2, 15
_MOST_FILES = 10  # of tests, where none says that it runs a line
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


HITS = """
import os

_FILE, _seen = os.environ.get("FOEDUS_HITS", ""), set()


def _write(*parts):
    if _FILE:
        with open(_FILE, "a", encoding="utf-8") as file:
            file.write("\\t".join(map(str, parts)) + "\\n")


def hit(number):
    test = os.environ.get("PYTEST_CURRENT_TEST", "")
    if (number, test) not in _seen:
        _seen.add((number, test))
        _write("hit", number, *test.rpartition(" ")[::2])


def pytest_runtest_logreport(report):
    _write("test", report.when, report.nodeid, report.duration, report.outcome)
"""


def telling(text: str, found: Iterable[tuple[int, Mutant]]) -> str:
    """A file in which each expression that is to be changed tells its number when it is worked out, and is worth the same."""
    raw = text.encode()
    places = [(one.start, -one.end, f'(__import__("foedus_hits").hit({number}) or (') for number, one in found]
    places += [(one.end, 0, "))") for _, one in found]
    for at, _, put in sorted(places, reverse=True):  # of those that begin together the outer one last
        raw = raw[:at] + put.encode() + raw[at:]
    return raw.decode()


def is_python(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


@dataclass(frozen=True)
class Runs:
    """What the tests run: for each test its seconds, for each number of a line the tests that run it."""

    seconds: dict[str, float]
    of: dict[int, tuple[str, ...]]

    def near(self, number: int) -> list[str]:
        """The tests that run a line, the quickest first, and then the others of their files."""
        own = [test for test in self.of.get(number, ()) if test in self.seconds]
        files = {test.partition("::")[0] for test in self.of.get(number, ())}
        others = [test for test in self.seconds if test.partition("::")[0] in files and test not in own]
        return [*sorted(own, key=self.seconds.__getitem__), *sorted(others, key=self.seconds.__getitem__)]


def runs_of(lines: Iterable[str]) -> Runs:
    """What was told while the tests ran; a test that failed, or was left out, tells nothing."""
    seconds: dict[str, float] = {}
    bad: set[str] = set()
    found: dict[int, dict[str, None]] = {}
    for line in lines:
        kind, *parts = line.rstrip("\n").split("\t")
        if kind == "hit" and parts[1]:
            found.setdefault(int(parts[0]), {})[parts[1]] = None
        elif kind == "test" and len(parts) == 4:
            _, name, took, outcome = parts
            seconds[name] = seconds.get(name, 0.0) + float(took)
            if outcome != "passed":
                bad.add(name)
    return Runs(
        {name: took for name, took in seconds.items() if name not in bad}, {key: tuple(one) for key, one in found.items()}
    )


def pytest_run(source: Path, what: list[str], seconds: float | None, hits: str = "") -> tuple[int, str]:
    """(how pytest ended, what it said); -1 where it was not done in time."""
    more = ["-p", "foedus_hits"] if hits else ["-x"]
    command = [sys.executable, "-m", "pytest", "-o", "addopts=", "-p", "no:cacheprovider", "-q", *more, *what]
    place = {
        **os.environ,
        "PYTHONPATH": str(source),
        "PYTHONDONTWRITEBYTECODE": "1",
        "FOEDUS_CACHE": str(source.parent / "cache"),
        "FOEDUS_HITS": hits,
    }
    try:
        done = subprocess.run(command, cwd=ROOT, env=place, capture_output=True, text=True, check=False, timeout=seconds)
    except subprocess.TimeoutExpired:
        return -1, ""
    return done.returncode, done.stdout


def portions(tests: list[str], seconds: dict[str, float], first: float = 5.0) -> Iterator[list[str]]:
    """Tests in portions of which each takes longer than the one before, so that little is run where little is enough."""
    part: list[str] = []
    took = 0.0
    for test in tests:
        part.append(test)
        took += seconds.get(test, first)
        if took >= first:
            yield part
            part, took, first = [], 0.0, 4 * first
    if part:
        yield part


def tried(one: Mutant, source: Path, plain: Path, tests: list[str], took: dict[str, float], seconds: float) -> str:
    """What the tests said of a change: "noticed by" which, "late", "survived" so many of them, or "unknown" where none can tell."""
    target = source / one.path.relative_to(ROOT / "src")
    text = one.path.read_text(encoding="utf-8")
    target.write_text(one.applied(text), encoding="utf-8")
    ends = time.monotonic() + seconds
    try:
        for part in portions(tests, took):
            state, said = pytest_run(source, part, max(1.0, ends - time.monotonic()))
            if state == -1:
                return "late"
            if state not in (0, 5):  # 5: nothing to run
                failed = re.search(r"^(?:FAILED|ERROR) (.+?)(?: - |$)", said, re.MULTILINE)
                name = failed.group(1) if failed else part[0]
                return f"noticed by {name.rsplit('/', 1)[-1]}" if pytest_run(plain, [name], seconds)[0] in (0, 5) else "unknown"
    finally:
        target.write_text(text, encoding="utf-8")
    if not tests:
        return "survived: no test runs it"
    return f"survived {len(tests)} {'tests' if '::' in tests[0] else 'files of tests'}"


def observed(source: Path, numbered: list[tuple[int, Mutant]], tests: list[str]) -> Runs:
    """Which tests run which of the lines, in a copy of the source that tells; the copy is left as it was."""
    (source / "foedus_hits.py").write_text(HITS, encoding="utf-8")
    changed: dict[Path, str] = {}
    for path in dict.fromkeys(one.path for _, one in numbered):
        own = [(number, one) for number, one in numbered if one.path == path]
        text = path.read_text(encoding="utf-8")
        changed[path] = telling(text, [(number, one) for number, one in own if is_python(telling(text, [(number, one)]))])
    try:
        for path, text in changed.items():
            (source / path.relative_to(ROOT / "src")).write_text(text, encoding="utf-8")
        told = source.parent / "hits"
        told.touch()
        pytest_run(source, tests, None, str(told))
        with told.open(encoding="utf-8") as lines:
            return runs_of(lines)
    finally:
        for path in changed:
            (source / path.relative_to(ROOT / "src")).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("layers", nargs="+")
    options.add_argument("--lines", type=int, default=OF)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--seconds", type=float, default=300.0)
    options.add_argument("--tests", nargs="+", default=["tests"])
    asked = options.parse_args()
    is_bad = False
    with tempfile.TemporaryDirectory(prefix="foedus-") as beside:
        trees = [Path(beside) / name / "src" for name in ("changed", "plain")]
        for tree in trees:
            shutil.copytree(ROOT / "src", tree, symlinks=False)
            (tree.parent / "cases").symlink_to(ROOT / "cases")
        numbered = list(enumerate((layer, one) for layer in asked.layers for one in chosen(layer, asked.lines, asked.seed)))
        runs = observed(trees[0], [(number, one) for number, (_, one) in numbered], asked.tests)
        for layer in asked.layers:
            survived = late = 0
            for number, (own, one) in numbered:
                if own != layer:
                    continue
                tests = runs.near(number) or tests_of(one.path, layer, _MOST_FILES)
                said = tried(one, trees[0], trees[1], tests, runs.seconds, asked.seconds)
                survived += said.startswith("survived")
                late += said in ("late", "unknown")
                print(f"{said}: {one.path.relative_to(ROOT)}:{one.line}  {' '.join(one.old.split())}  ->  {one.new}", flush=True)
            print(f"{layer}: {survived} of {asked.lines} lines survived, {late} not decided", flush=True)
            is_bad |= survived * OF > MOST * asked.lines
    return int(is_bad)


if __name__ == "__main__":
    sys.exit(main())
