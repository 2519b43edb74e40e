"""Bytes with zeros among them: the coding is named wherever a file is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from foedus.errors import FoedusError
from foedus.evidence.ledger import read_ledger
from foedus.evidence.reading.pages import page_of
from foedus.evidence.table import read_text
from foedus.files import no_text
from foedus.language.source import read_source

TEXT = "date,rain\n2024-01-01,3\n2024-01-02,4 Süd\n"
CODINGS = {"utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "utf-32-le": "UTF-32", "utf-32-be": "UTF-32"}
READERS: dict[str, Callable[[Path], object]] = {
    "a table": read_text,
    "a model": read_source,
    "a ledger": read_ledger,
}


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("reader", READERS)
def test_a_coding_without_its_mark_is_named(reader: str, coding: str, tmp_path: Path) -> None:
    path = tmp_path / "data.txt"
    path.write_bytes(TEXT.encode(coding))
    with pytest.raises(FoedusError, match=f"looks like {CODINGS[coding]}, without the mark"):
        READERS[reader](path)


@pytest.mark.parametrize("text", [TEXT, "Officials said on Monday that 300 people had died.\n"])
@pytest.mark.parametrize("coding", CODINGS)
def test_a_report_is_read_all_the_same(coding: str, text: str) -> None:
    assert page_of(text.encode(coding), "report.txt").text.text.split() == text.split()


@pytest.mark.parametrize("coding", ["utf-16", "utf-32"])
def test_a_coding_with_its_mark_is_named(coding: str) -> None:
    assert no_text(TEXT.encode(coding), "other") == f"it is saved as {coding.upper()}, not as UTF-8."


@pytest.mark.parametrize("raw", [b"", b"\0", b"a\0b", bytes(100), b"model m\n" * 9 + b"\0"])
def test_a_zero_in_a_text_is_no_coding(raw: bytes) -> None:
    assert no_text(raw, "other") == "other"
