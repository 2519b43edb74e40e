"""Pages that several tests look at, and the means to open them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from foedus.case import Case, load
from foedus.files import write_text
from foedus.page.build import page_html

EPIDEMIC = Path(__file__).parent / "epidemic.foedus"


@pytest.fixture(scope="session", params=["epidemic", "pact"])
def case(request: pytest.FixtureRequest) -> Case:
    return load(str(EPIDEMIC) if request.param == "epidemic" else request.param)


@pytest.fixture(scope="session")
def page(case: Case, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a case on disk; the workers of one run share it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if hasattr(request.config, "workerinput") else base) / "pages"
    path = folder / f"{case.name}.html"
    if not path.exists():
        folder.mkdir(exist_ok=True)
        write_text(path, page_html(case, futures=500))
    return path


@pytest.fixture(scope="session")
def node() -> str:
    found = shutil.which("node")
    if found is None:
        pytest.skip("node is not installed: the page's engine is not run outside a browser")
    return found
