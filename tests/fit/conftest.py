"""Where the figures are, and a fit of each case that is made once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from foedus.fit import Fit, Request, fit_case
from helpers import ROOT

DATA = ROOT.parent / "shared" / "data"


@cache
def shipped_fit(case: str) -> Fit:
    """A fit from what ships with the case."""
    return fit_case(Request(case, ROOT / "cases" / case))


@pytest.fixture
def data() -> Path:
    """The folder with the figures that do not ship; the test is left out without it."""
    if not (DATA / "history").is_dir():
        pytest.skip("the figures that do not ship are not here")
    return DATA
