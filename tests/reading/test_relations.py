"""How claims of different documents stand to each other."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from foedus.evidence.reading import read_document, readings_as_dict, report_of
from foedus.evidence.reading.topics import stem

PAIRS = tomllib.loads((Path(__file__).parent / "relations.toml").read_text(encoding="utf-8"))["pair"]
SAME = frozenset(("agrees", "repeats", "refines", "duplicate"))


def _related(*texts: str) -> list[dict[str, Any]]:
    """The relations of the later claims to those of other documents."""
    days = (date(2024, 10, 11), date(2024, 10, 25), date(2024, 10, 26))
    readings = [read_document(report_of(text.encode(), f"{n}.txt", days[n])) for n, text in enumerate(texts)]
    claims = readings_as_dict(readings)["claims"]
    return [
        {**row, "of": claim["id"]}
        for claim in claims
        for row in claim["relations"]
        if row["claim"].split(".")[0] != claim["id"].split(".")[0]
    ]


_FAILING = pytest.mark.xfail(strict=True, reason="known gap of the reader")


@pytest.mark.parametrize(
    "pair",
    [pytest.param(pair, marks=[_FAILING] if pair.get("known") else []) for pair in PAIRS],
    ids=[f"{pair['want']}: {pair['earlier'][:40]} / {pair['later'][:40]}" for pair in PAIRS],
)
def test_two_sentences_of_two_documents(pair: dict[str, Any]) -> None:
    names = {row["relation"] for row in _related(pair["earlier"], pair["later"])} - {"not_comparable"}
    found = {"same" if name in SAME else name for name in names}
    assert found == (set() if pair["want"] == "none" else {pair["want"]})


def test_the_whole_names_its_part_where_the_part_was_told_first() -> None:
    rows = _related("In Kassala 60 people have died of cholera in Sudan.", "Some 420 people have died of cholera in Sudan.")
    assert [row["relation"] for row in rows] == ["has_part"]


def test_texts_of_different_subjects_have_nothing_to_do_with_each_other() -> None:
    folder = Path(__file__).parent / "samples"
    readings = [
        read_document(report_of(path.read_bytes(), path.name, date(2024, 10, 1 + number)))
        for number, path in enumerate(sorted(folder.iterdir()))
    ]
    claims = readings_as_dict(readings)["claims"]
    across = [row for claim in claims for row in claim["relations"] if row["claim"].split(".")[0] != claim["id"].split(".")[0]]
    assert len(claims) > 150
    assert not [row for row in across if row["relation"] in ("updates", "conflicts", "part_of", "has_part", "duplicate")]
    assert len(across) <= 3


def test_narrators_of_two_documents_are_two() -> None:
    text = "Japan's army has 247,000 soldiers."
    rows = _related(text, "Japan's army has about 247,000 soldiers in uniform.")
    assert [row["relation"] for row in rows] == ["agrees"]


@pytest.mark.parametrize(
    "words", ["deploy deploys deployed deploying deployment", "export exports exported", "infect infection infections"]
)
def test_forms_of_a_word_have_one_stem(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 1
