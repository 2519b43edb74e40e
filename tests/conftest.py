"""What all tests share: compiled programs are kept in a folder of this test run only."""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile("foedus", deadline=None, derandomize=True, print_blob=False)
settings.load_profile("foedus")


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory):
    """Keep compiled programs out of the user's own cache."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("programs")
        patch.setenv("FOEDUS_CACHE", str(folder))
        yield folder
