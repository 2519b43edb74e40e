"""The command `foedus review`: started, stopped, refused."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.review.sample import make_case

from foedus.cli.main import main
from foedus.evidence.store import open_store


def refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What is said on standard error; the exit code must be 1."""
    with pytest.raises(SystemExit) as stopped:
        main(["review", *words, "--no-open", "--port", "0"] if "--port" not in words else ["review", *words, "--no-open"])
    assert stopped.value.code == 1
    return capsys.readouterr().err


def test_it_serves_until_it_is_stopped_and_keeps_the_name(tmp_path: Path) -> None:
    case = make_case(tmp_path)
    words = ["review", str(case), "--port", "0", "--no-open", "--json", "--who", "Ana"]
    # where tests run in the background, children inherit that SIGINT is ignored
    heeds = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    code = f"{heeds}; from foedus.cli.main import main; main({words!r})"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = "".join(iter(process.stdout.readline, "}\n")) + "}"
        parts = urlsplit(json.loads(told)["address"])
        connection = http.client.HTTPConnection(parts.netloc, timeout=30)
        body = json.dumps({"action": "accept", "claim": "V02", "version": 1, "why": "", "typed": {}})
        connection.request(
            "POST", f"{parts.path}decide", body, {"Origin": f"http://{parts.netloc}", "Content-Type": "application/json"}
        )
        assert connection.getresponse().status == 200
        connection.close()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 0 and out == "" and "every decision is in the ledger" in err and "foedus ledger" in err
    with open_store(case / "ledger.sqlite") as store:
        assert store.claim("V02").events[-1].who == "Ana" and store.claim("V02").claim.status == "accepted"


def test_an_unknown_case_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert "there is no" in refused(["nowhere/model"], capsys)


def test_a_case_without_a_ledger_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "alone").mkdir()
    (tmp_path / "alone" / "model.foedus").write_text("model alone for 4 weeks step 1 week\nunit ship\nstock x : ship = 1 ship\n")
    assert "no ledger to review" in refused([str(tmp_path / "alone")], capsys)


def test_a_folder_of_documents_that_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "is not a directory" in refused([str(make_case(tmp_path)), "--documents", str(tmp_path / "none")], capsys)


def test_a_port_in_use_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = refused([str(make_case(tmp_path)), "--port", str(taken.getsockname()[1])], capsys)
    assert "cannot be used" in said and "0 for any free one" in said
