"""One dossier of a small case with outcomes, documents and experts, for all tests that look at one."""

from __future__ import annotations

from pathlib import Path

import pytest

import foedus
from foedus.bundle import Dossier
from helpers import ROOT

DAY = "1414281600"  # 2014-10-26


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", DAY)
        return foedus.dossier(foedus.load(str(ROOT / "cases/ebola")), tmp_path_factory.mktemp("dossier") / "ebola", futures=200)


@pytest.fixture(scope="session")
def folder(made: Dossier) -> Path:
    return made.folder
