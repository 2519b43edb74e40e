"""The page on loopback: built again on save, errors kept beside the last good page, no other host answered."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.page.conftest import EPIDEMIC

from foedus.page.serve import Workshop, serve


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    model = tmp_path / "epidemic.foedus"
    shutil.copy(EPIDEMIC, model)
    made = Workshop(str(model))
    made.build()
    return made


@pytest.fixture
def port(workshop: Workshop) -> Iterator[int]:
    server = serve(workshop, 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()


def ask(port: int, path: str, host: str = "127.0.0.1") -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Host": host})
    answer = connection.getresponse()
    found = answer.status, answer.read().decode()
    connection.close()
    return found


def test_it_serves_the_page(port: int) -> None:
    status, text = ask(port, "/")
    assert status == 200 and 'data-text="answers"' in text and "/state" in text


def test_other_hosts_and_paths_are_refused(port: int) -> None:
    assert ask(port, "/", "evil.example")[0] == 403
    assert ask(port, "/../../etc/passwd")[0] == 404


def test_an_error_is_shown_and_the_page_stays(workshop: Workshop, port: int) -> None:
    model = Path(workshop.case)
    good, before = model.read_text(encoding="utf-8"), workshop.page
    model.write_text(good.replace("let pressure : 1/week", "let pressure : person"), encoding="utf-8")
    workshop.build()
    state = json.loads(ask(port, "/state")[1])
    assert "units" in state["error"] and state["version"] == 1 and workshop.page == before
    model.write_text(good.replace("winter wave", "summer wave"), encoding="utf-8")
    workshop.build()
    assert json.loads(ask(port, "/state")[1]) == {"version": 2, "error": ""}
    assert "summer wave" in ask(port, "/")[1]


def test_saving_builds_again(workshop: Workshop) -> None:
    stopped = threading.Event()
    thread = threading.Thread(target=workshop.watch, args=(stopped, 0.05), daemon=True)
    thread.start()
    model = Path(workshop.case)
    model.write_text(model.read_text(encoding="utf-8").replace("winter", "spring"), encoding="utf-8")
    os.utime(model)
    for _ in range(400):
        if workshop.version == 2:
            break
        threading.Event().wait(0.05)
    stopped.set()
    thread.join()
    assert workshop.version == 2 and "spring" in workshop.page


def test_in_a_browser_levers_survive_a_save_and_errors_stand_in_place(browser: Any, workshop: Workshop, port: int) -> None:
    model = Path(workshop.case)
    good = model.read_text(encoding="utf-8")
    tab = browser.new_page()
    tab.goto(f"http://127.0.0.1:{port}/?futures=200")
    tab.wait_for_function("() => document.documentElement.dataset.futures === '200'", timeout=60_000)
    tab.evaluate("""() => { const input = document.querySelector("input[data-lever='masks']"); input.value = 0.25;
        input.dispatchEvent(new Event("input", { bubbles: true })); }""")
    model.write_text(good.replace("winter wave", "summer wave"), encoding="utf-8")
    workshop.build()
    tab.wait_for_function(
        "() => document.title.includes('summer wave') && document.documentElement.dataset.futures === '200'", timeout=60_000
    )
    assert tab.evaluate("() => document.querySelector(\"input[data-lever='masks']\").value") == "0.25"
    model.write_text(good.replace("let pressure : 1/week", "let pressure : person"), encoding="utf-8")
    workshop.build()
    tab.wait_for_selector("#model-error:not([hidden])", timeout=60_000)
    assert "epidemic.foedus:" in tab.locator("#model-error").inner_text() and "summer wave" in tab.title()
    model.write_text(good, encoding="utf-8")
    workshop.build()
    tab.wait_for_function(
        "() => document.title.includes('winter wave') && !document.getElementById('model-error')", timeout=60_000
    )
    tab.close()


def test_a_file_that_the_model_includes_is_watched(tmp_path: Path) -> None:
    text = EPIDEMIC.read_text(encoding="utf-8")
    (tmp_path / "parts").mkdir()
    part = tmp_path / "parts/added.foedus"
    part.write_text('let added : 1 = 2 "Twice"\n')
    (tmp_path / "model.foedus").write_text(f'{text}\ninclude "parts/added.foedus"\n', encoding="utf-8")
    made = Workshop(str(tmp_path))
    made.build()
    assert made.error == "" and made.stamp() == made.built
    os.utime(part, ns=(1, 1))
    assert made.stamp() != made.built
    part.unlink()
    made.build()
    assert "no-include" in made.error and "parts/added.foedus" in made.error
    part.write_text('let added : 1 = 3 "Three times"\n')
    assert made.stamp() != made.built, "it is watched for while it is missing"
    made.build()
    assert made.error == ""
