"""What the server of a draft tells is what the types of its scripts say, field by field."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.screen.documents import complaints


@pytest.mark.parametrize("subject", ["strike", "refugees"])
def test_drafts_are_of_their_type(served, subject: str, tmp_path: Path) -> None:
    page = served(subject)
    begin = page.overview()
    claim = next(one for one in begin["claims"] if one["home"])
    out = page.decide("take_out", claim=claim["id"])
    (tmp_path / "types").mkdir()
    assert complaints(tmp_path / "types", [("draft/types.d.ts", "Draft", one) for one in (begin, out)]) == ""
