"""The command `foedus read`."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from foedus.cli.main import main
from foedus.draft.told import moved_words
from foedus.evidence.reading import libraries, read_documents

TEXT = "The harbour office said on Thursday that at least 40 ships had left.\n"


def test_json_has_documents_and_claims(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "note.txt"
    path.write_text(TEXT)
    main(["read", str(path), "--published", "2024-10-25", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert found["documents"][0]["published"] == {"date": "2024-10-25", "how": "told by --published", "sure": "certain"}
    assert found["claims"][0]["quantity"]["qualifier"] == "at_least"
    assert found["claims"][0]["time"]["value"] == "<=2024-10-24"


def test_the_table_fits_eighty_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "note.txt").write_text(TEXT)
    (tmp_path / "note.md").write_text(f"# A heading\n\n{TEXT}")
    main(["read", str(tmp_path)])
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    assert any("at least 40 ships" in line for line in lines)


@pytest.mark.parametrize(
    ("before", "after", "unit", "said"),
    [
        (1.8e9, 2.1e9, "USD", "1.80 billion → 2.10 billion USD"),
        (None, 10_800.0, "person", "nothing → 10,800 people"),
        (12_000.0, 12_040.0, "person/day", "12,000 → 12,040 people/day"),
        (0.41, 0.35, "1", "0.410 → 0.350"),
    ],
)
def test_where_a_pool_stands_is_told_as_people_write_figures(before: float | None, after: float, unit: str, said: str) -> None:
    assert moved_words(before, after, unit) == said


def test_standard_input_is_a_document(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    main(["read", "-", "--json"])
    assert json.loads(capsys.readouterr().out)["documents"][0]["file"] == "standard input"


def test_one_bad_document_among_many_is_told_and_the_others_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "good.txt").write_text(TEXT)
    (tmp_path / "bad.txt").write_bytes(bytes(range(256)) * 4)
    with pytest.raises(SystemExit) as stopped:
        main(["read", str(tmp_path), "--json"])
    assert stopped.value.code == 1
    shown = capsys.readouterr()
    found = json.loads(shown.out)
    assert [document["file"] for document in found["documents"]] == ["good.txt"]
    assert [problem["code"] for problem in found["refused"]] == ["not-text"]
    assert "1 of 2" in shown.err


@pytest.mark.parametrize("words", [["read", "nothing-here.txt"], ["read", "-", "--published", "yesterday"]])
def test_refusals_exit_with_one(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(words)
    assert stopped.value.code == 1
    assert "[" in capsys.readouterr().err


def test_a_missing_extra_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "note.txt").write_text(TEXT)
    libraries.language_model.cache_clear()
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(SystemExit) as stopped:
        main(["read", str(tmp_path / "note.txt")])
    libraries.language_model.cache_clear()
    assert stopped.value.code == 1
    said = capsys.readouterr().err
    assert "pip install -e" in said and "[read]" in said


@pytest.mark.slow
def test_two_processes_read_the_same(tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text(TEXT * (number + 1))
    paths = sorted(tmp_path.iterdir())
    assert [each.claims for each in read_documents(paths)] == [each.claims for each in read_documents(paths, workers=2)]
