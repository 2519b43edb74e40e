"""A fresh case in a folder of its own, and a way to call the command without starting a process."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from foedus.cli.main import main


@dataclass(frozen=True)
class Result:
    """What a command did: its exit code, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output; fails if there is anything else."""
        return json.loads(self.out, parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))


Call = Callable[..., Result]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    def invoke(*words: str | Path) -> Result:
        capsys.readouterr()
        try:
            main([str(word) for word in words])
            code = 0
        except SystemExit as stop:
            code = 0 if stop.code is None else int(stop.code)
        written = capsys.readouterr()
        return Result(code, written.out, written.err)

    return invoke


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case made by `foedus new`."""
    folder = tmp_path_factory.mktemp("made")
    main(["new", str(folder / "sample")])
    return folder / "sample"


@pytest.fixture
def place(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with the case `sample` in it."""
    shutil.copytree(made, tmp_path / "sample")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def wrong(place: Path) -> Path:
    """A model with two errors."""
    path = place / "wrong.foedus"
    path.write_text("model m for 4 weeks step 1 week\nunit person\nstock x : person = 1\nlet y : 1 = x\nlet z : 1 = xx\n")
    return path
