"""Pages that several tests look at, and the means to open them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from foedus.case import Case, load
from foedus.page.build import page_html

EPIDEMIC = Path(__file__).parent / "epidemic.foedus"
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session", params=["epidemic", "pact"])
def case(request: pytest.FixtureRequest) -> Case:
    return load(str(EPIDEMIC) if request.param == "epidemic" else request.param)


@pytest.fixture(scope="session")
def page(case: Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a case on disk."""
    path = tmp_path_factory.mktemp("page") / f"{case.name}.html"
    path.write_text(page_html(case), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def node() -> str:
    found = shutil.which("node")
    if found is None:
        pytest.skip("node is not installed: the page's engine is not run outside a browser")
    return found


@pytest.fixture(scope="session")
def browser():
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: no page is opened")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("chromium is not installed: no page is opened")
    with api.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()
