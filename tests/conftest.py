"""What all tests share: compiled programs are kept in a folder of this test run only; one browser."""

from __future__ import annotations

import os
import shutil

import pytest
from hypothesis import settings

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

settings.register_profile("foedus", deadline=None, derandomize=True, print_blob=False)
settings.load_profile("foedus")


@pytest.fixture(scope="session", autouse=True)
def cache(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    """Keep compiled programs out of the user's own cache; the workers of one run share them."""
    with pytest.MonkeyPatch.context() as patch:
        base = tmp_path_factory.getbasetemp()
        folder = (base.parent if hasattr(request.config, "workerinput") else base) / "programs"
        folder.mkdir(exist_ok=True)
        patch.setenv("FOEDUS_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all tests that open a page."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: no page is opened")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("chromium is not installed: no page is opened")
    with api.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


LONGEST = (
    "test_pact.py",
    "docs/test_commands.py",
    "history/test_calibrate_files.py",
    "engine/test_oracle.py",
    "docs/test_python.py",
)
"""Files that take a minute or more, however few their tests: they go first, so that no core is left alone with one of them at the end."""


def pytest_configure(config: pytest.Config) -> None:
    """Workers that are as many as the cores do without threads of their own for linear algebra: they would wait for each other."""
    if getattr(config.option, "numprocesses", None):
        for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
            os.environ.setdefault(name, "1")


def pytest_xdist_auto_num_workers() -> int:
    """Half as many workers again as cores: about a fifth of their time they wait for browsers, servers and disks."""
    cores = os.cpu_count() or 1
    return cores + cores // 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.path.as_posix().endswith(tuple(f"tests/{name}" for name in LONGEST)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A green run says which parts it left out."""
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2].removeprefix("Skipped: ") if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reasons[reason] = reasons.get(reason, 0) + 1
    if reasons:
        terminalreporter.section("left out", sep="-")
        for reason, count in sorted(reasons.items()):
            terminalreporter.write_line(f"{count} skipped: {reason}")
