"""Documents: quotes by offset, and every way in which a document can have changed."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from foedus.errors import EvidenceError
from foedus.evidence import Documents, Ledger, span_digest

TEXT = "Zwölf\r\nthousand troops — “perhaps”."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "report.txt").write_bytes(TEXT.encode("utf-8"))
    return tmp_path


def pointing(make: Any, start: int, end: int, text: str = TEXT, **changes: Any) -> Any:
    reference = {
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        "title": "A report",
        "file": "report.txt",
    }
    parts = {"document": reference, "start": start, "end": end, "span_sha256": span_digest(text[start:end])}
    return make(**{**parts, **changes})


def test_a_quote_keeps_line_ends_and_counts_characters(make: Any, folder: Path) -> None:
    assert Documents(folder).quote(pointing(make, 0, 15)) == "Zwölf\r\nthousand"
    assert Documents(folder).quote(pointing(make, 24, 34)) == TEXT[24:34]


def test_without_span_or_document_there_is_no_quote(make: Any, folder: Path, tmp_path_factory: Any) -> None:
    assert Documents(folder).quote(make()) is None
    assert Documents(tmp_path_factory.mktemp("empty")).quote(pointing(make, 0, 5)) is None


PROBLEMS = {
    "outside": ({"start": 0, "end": 5000}, "span-outside"),
    "shifted": ({"start": 1, "end": 6, "span_sha256": span_digest("Zwölf")}, "span-mismatch"),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_span_that_does_not_fit_is_refused(name: str, make: Any, folder: Path) -> None:
    changes, code = PROBLEMS[name]
    claim = pointing(make, **{"start": 0, "end": 5, **changes})
    with pytest.raises(EvidenceError) as caught:
        Documents(folder).check(Ledger((claim, claim), "ledger.jsonl", "0" * 64))
    assert [(item.file, item.line, item.code) for item in caught.value.problems] == [("ledger.jsonl", 7, code)] * 2


def test_a_file_of_the_same_name_with_other_contents_is_noticed(make: Any, folder: Path) -> None:
    claim = pointing(make, 0, 5)
    (folder / "deep" / "report.txt").write_bytes(TEXT.encode("utf-8") + b" ")
    with pytest.raises(EvidenceError, match="other contents") as caught:
        Documents(folder).quote(claim)
    assert caught.value.problems[0].code == "document-changed"


def test_a_document_that_is_not_here_is_reported(make: Any, tmp_path: Path) -> None:
    missing = Documents(tmp_path).check(Ledger((pointing(make, 0, 5),), "l", "0" * 64))
    assert [reference.title for reference in missing] == ["A report"]


def test_hidden_files_are_passed_over_and_a_file_is_no_directory(make: Any, folder: Path) -> None:
    (folder / "deep" / "report.txt").rename(folder / ".report.txt")
    assert Documents(folder).quote(pointing(make, 0, 5)) is None
    with pytest.raises(EvidenceError, match="not a directory"):
        Documents(folder / ".report.txt")
