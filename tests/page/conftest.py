"""Pages that several tests look at, and the means to open them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from foedus.case import Case, load
from foedus.page.build import page_html

EPIDEMIC = Path(__file__).parent / "epidemic.foedus"


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
