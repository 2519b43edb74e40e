"""Safe writing has one owner: whole or not at all, the old file's rights kept, and nothing left over."""

from __future__ import annotations

import ast
import os
import stat
from pathlib import Path

import pytest

from foedus.case import load
from foedus.case.series import series_problems
from foedus.errors import FoedusError, InputError
from foedus.files import put_beside, real_path, require_folder, write_bytes, write_text
from helpers import ROOT

SOURCE = ROOT / "src/foedus"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_a_text_is_written_as_it_is(tmp_path: Path) -> None:
    write_text(tmp_path / "a.txt", "naïve\r\nß\n")
    assert (tmp_path / "a.txt").read_bytes() == "naïve\r\nß\n".encode()
    assert names(tmp_path) == ["a.txt"]


def test_a_relative_name_is_written_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_text("a.txt", "x")
    assert names(tmp_path) == ["a.txt"]


@pytest.mark.skipif(os.name == "nt", reason="rights of files are those of POSIX")
@pytest.mark.parametrize("rights", [0o600, 0o640, 0o664, 0o755])
def test_the_rights_of_the_old_file_are_kept(tmp_path: Path, rights: int) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    path.chmod(rights)
    write_bytes(b"new", path)
    assert path.read_bytes() == b"new" and mode(path) == rights


@pytest.mark.skipif(os.name == "nt", reason="rights of files are those of POSIX")
@pytest.mark.parametrize("mask", [0o022, 0o027, 0o077])
def test_a_new_file_has_the_rights_of_any_new_file(tmp_path: Path, mask: int) -> None:
    old = os.umask(mask)
    try:
        write_bytes(b"new", tmp_path / "ours")
        (tmp_path / "plain").write_bytes(b"new")
    finally:
        os.umask(old)
    assert mode(tmp_path / "ours") == mode(tmp_path / "plain") == 0o666 & ~mask


@pytest.mark.skipif(os.name == "nt", reason="links need rights of their own there")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to(tmp_path / "deep/real.txt")
    write_text(tmp_path / "link.txt", "new")
    assert (tmp_path / "link.txt").is_symlink() and (tmp_path / "deep/real.txt").read_text() == "new"
    assert names(tmp_path / "deep") == ["real.txt"]


@pytest.mark.parametrize("makes_folder", [False, True])
def test_a_failure_leaves_the_old_one_whole_and_nothing_beside(tmp_path: Path, makes_folder: bool) -> None:
    path = tmp_path / "a"
    path.write_text("old")
    with pytest.raises(KeyboardInterrupt), put_beside(path) as beside:
        if makes_folder:
            beside.mkdir()
            (beside / "half").write_text("x")
        else:
            beside.write_text("ha")
        raise KeyboardInterrupt
    assert path.read_text() == "old" and names(tmp_path) == ["a"]


def test_a_folder_takes_the_place_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/old").write_text("x")
    with put_beside(tmp_path / "a") as beside:
        beside.mkdir()
        (beside / "new").write_text("y")
    assert names(tmp_path) == ["a"] and names(tmp_path / "a") == ["new"]


@pytest.mark.parametrize("is_folder", [False, True])
def test_what_somebody_else_made_meanwhile_may_be_kept(tmp_path: Path, is_folder: bool) -> None:
    path = tmp_path / "a"
    with put_beside(path, replaces=False) as beside:
        if is_folder:
            beside.mkdir()
            path.mkdir()
            (path / "theirs").write_text("x")
        else:
            beside.write_text("ours")
            path.write_text("theirs")
    assert names(tmp_path) == ["a"]
    assert (names(path) == ["theirs"]) if is_folder else (path.read_text() == "theirs")


@pytest.mark.parametrize("is_folder", [False, True])
def test_a_new_one_is_put_where_nothing_stands(tmp_path: Path, is_folder: bool) -> None:
    with put_beside(tmp_path / "a", replaces=False) as beside:
        beside.mkdir() if is_folder else beside.write_text("ours")
    assert names(tmp_path) == ["a"] and (tmp_path / "a").is_dir() == is_folder


@pytest.mark.parametrize("place", ["missing/a.txt", "file/a.txt", "folder"])
def test_a_place_that_cannot_be_written_to_is_refused(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError) as caught:
        write_text(tmp_path / place, "x", "the report")
    (problem,) = caught.value.problems
    assert problem.code == "cannot-write" and problem.file == str(tmp_path / place)
    assert problem.message.startswith("the report cannot be written: ") and problem.help
    assert names(tmp_path) == ["file", "folder"]


# who else may write, and why: what they write is no result that somebody could find half done
ALLOWED = {
    "ensemble/save.py": "a writer that is handed the name beside",
    "history/checkpoint.py": "opens the name beside",
    "draft/starting.py": "inside a folder beside",
    "history/cut.py": "a working folder that is removed",
}
WRITERS = {"write_text", "write_bytes", "mkstemp", "NamedTemporaryFile", "rename", "link", "fsync"}


def writes(path: Path) -> list[str]:
    """Calls in a module that write a file or give it its name."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        texts = [one.value for one in [*node.args, *(word.value for word in node.keywords)] if isinstance(one, ast.Constant)]
        opens = node.func.attr == "open" and any(
            isinstance(one, str) and set(one) & set("wax+") and set(one) <= set("rwaxbt+") for one in texts
        )
        is_copy = isinstance(node.func.value, ast.Name) and node.func.value.id == "dataclasses"
        renames = node.func.attr == "replace" and len(node.args) == 1 and not node.keywords and not is_copy
        if node.func.attr in WRITERS or opens or renames:
            found.append(f"{path.relative_to(SOURCE)}:{node.lineno} {node.func.attr}")
    return found


def test_nobody_else_writes_files() -> None:
    modules = [path for path in SOURCE.rglob("*.py") if path != SOURCE / "files.py"]
    strange = [place for path in modules for place in writes(path) if path.relative_to(SOURCE).as_posix() not in ALLOWED]
    assert strange == []


def test_the_search_for_writers_finds_the_owner() -> None:
    assert len(writes(SOURCE / "files.py")) >= 5


def test_links_in_a_circle_lead_to_no_file(tmp_path: Path) -> None:
    """Whatever names them: a series, an input, a part of the model."""
    round_ = tmp_path / "round"
    round_.symlink_to(round_)
    assert real_path(round_).name == "round"
    head = "model m as of 2024-01-01 for 4 weeks step 1 week\nstock x : 1 = 1\nquestion q at the end value x\n"
    for line, code in (
        ('series s : 1 from "round" column "n" of x', "no-series"),
        ('input s : 1 from "round" column "n" held', "no-input"),
        ('include "round"', "no-include"),
    ):
        model = tmp_path / "m.foedus"
        model.write_text(f"{head}{line}\n")
        with pytest.raises(FoedusError) as caught:
            series_problems_of(model)
        assert [one.code for one in caught.value.problems] == [code]


def series_problems_of(model: Path) -> None:
    """Raise what `foedus check` would say of a model."""
    case = load(str(model))
    _ = case.program
    if problems := series_problems(case):
        raise FoedusError(problems)


def test_a_place_in_no_folder_is_refused_before_the_work(tmp_path: Path) -> None:
    require_folder(tmp_path / "report.html")
    require_folder("report.html")
    with pytest.raises(InputError) as caught:
        require_folder(tmp_path / "none/report.html")
    (problem,) = caught.value.problems
    assert problem.code == "cannot-write" and problem.file == str(tmp_path / "none/report.html")
    assert problem.message == f"there is no folder {tmp_path / 'none'}." and problem.help == "Make it, or choose another place."
