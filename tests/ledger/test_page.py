"""docs/ledger.md: what it shows is what the commands print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from tests.cli.conftest import Call, call  # noqa: F401

from foedus.evidence.store.beside import VARIABLE

PAGE = (Path(__file__).parents[2] / "docs" / "ledger.md").read_text(encoding="utf-8")


def shown() -> list[tuple[str, str]]:
    """The commands of the page, each with what it shows below."""
    found: list[tuple[str, list[str]]] = []
    for line in PAGE.splitlines():
        if line.startswith("    $ "):
            found.append((line[6:], []))
        elif found and (line.startswith("    ") or not line):
            found[-1][1].append(line[4:])
        elif found:
            found[-1][1].append("\f")
    return [(command, "\n".join(lines).split("\f")[0].rstrip()) for command, lines in found]


def masked(text: str) -> str:
    """Without times, and without spaces at the ends of lines."""
    return re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "TIME", "\n".join(line.rstrip() for line in text.rstrip().splitlines()))


def test_the_page_shows_what_the_commands_print(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("LOGNAME", "ann")
    monkeypatch.setenv("COLUMNS", "80")
    commands = shown()
    assert len(commands) >= 8
    for command, expected in commands:
        done = call(*shlex.split(command)[1:])
        assert done.code == 0, (command, done.err)
        assert masked(done.err + done.out) == masked(expected), command


def test_the_page_names_every_command() -> None:
    from foedus.cli.ledger_command import command

    assert [name for name in command.commands if not re.search(rf"ledger \w+ {name}|`{name}\b", PAGE)] == []
