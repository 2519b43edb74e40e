"""`foedus new … --browser` as a command: the address, the case that comes of the page, and what is refused before it opens."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner

from draft.conftest import SUBJECTS
from foedus.cli.main import foedus

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def started(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command with its page, and the address of that."""
    words = ["new", "camps", "--from", str(SUBJECTS["refugees"]), "--browser", "--no-open", "--port", "0", "--copy", "--json"]
    # Where tests run in the background, children inherit that SIGINT is ignored.
    heeds = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    with subprocess.Popen(
        [sys.executable, "-c", f"{heeds}; from foedus.cli.main import main; main()", *words],
        cwd=tmp_path,
        env=dict(os.environ),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/\S+/", next(iter(process.stderr), ""))
        assert found is not None
        yield process, found.group()
        process.kill()


def test_what_is_written_on_the_page_is_told_as_one_document(started, tmp_path) -> None:
    process, address = started
    origin = re.match(r"http://[^/]+", address).group()
    request = Request(f"{address}write", b"{}", {"Origin": origin, "Content-Type": "application/json"}, method="POST")
    with urlopen(request, timeout=60) as answer:
        assert json.load(answer)["made"]["folder"] == "camps"
    said, _ = process.communicate(timeout=60)
    document = json.loads(said)
    assert process.returncode == 0 and document["case"] == "camps" and (tmp_path / "camps/documents").is_dir()
    assert document["by_hand"] == {"placed": [], "taken_out": [], "added": []}


def test_stopped_before_that_nothing_is_left(started, tmp_path) -> None:
    process, _ = started
    process.send_signal(signal.SIGINT)
    said, errors = process.communicate(timeout=60)
    assert process.returncode == 130 and "nothing was written" in errors and said == "" and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "no report is given"),
        (["--with", "market"], "no report is given"),
        (["--from", str(SUBJECTS["refugees"]), "--yes"], "--yes takes every default"),
    ],
)
def test_a_page_with_nothing_to_ask_is_refused(words, said, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = CliRunner().invoke(foedus, ["new", "camps", *words, "--browser"])
    assert (
        found.exit_code == 1
        and said in str(found.exception)
        and "[unexpected]" in str(found.exception)
        and not list(tmp_path.iterdir())
    )


def test_what_fits_nothing_opens_no_page(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "poem.txt").write_text("The sea is grey, the gulls are few, and every ship has lost its crew.\n")
    found = CliRunner().invoke(foedus, ["new", "poem", "--from", "poem.txt", "--as-of", "2024-10-25", "--browser", "--no-open"])
    assert found.exit_code == 1 and "[nothing-fits]" in str(found.exception)


def test_a_port_that_is_taken_is_named(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        words = [
            "new",
            "camps",
            "--from",
            str(SUBJECTS["refugees"]),
            "--browser",
            "--no-open",
            "--port",
            str(taken.getsockname()[1]),
        ]
        found = CliRunner().invoke(foedus, words)
    assert found.exit_code == 1 and "[bad-port]" in str(found.exception) and not list(tmp_path.iterdir())
