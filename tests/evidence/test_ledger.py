"""Reading and writing ledgers: every problem has its line, its code and a way out."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import pytest
from claim_records import record

from foedus.errors import EvidenceError
from foedus.evidence import ledger as ledger_module
from foedus.evidence import read_ledger, span_digest, write_ledger
from foedus.evidence.claim import ClaimSource

QUANTITY = {"kind": "numeric", "qualifier": "eq", "value": 5, "unit": "person"}

BAD_RECORDS: dict[str, tuple[dict[str, Any], str]] = {
    "unknown key": (record(colour="red"), "unknown-key"),
    "unknown key inside": (
        record(source={"canonical": "x", "type": "official", "mode": "direct", "x": 1}),
        "unknown-key",
    ),
    "missing key": (record(origin=None), "missing-key"),
    "missing object": (record(hedge=None), "missing-key"),
    "missing key inside": (record(quantity={"kind": "numeric", "qualifier": "eq"}), "missing-key"),
    "empty text": (record(paraphrase=" "), "wrong-type"),
    "a number as text": (record(origin=5), "wrong-type"),
    "an object as text": (record(source="someone"), "wrong-type"),
    "truth as number": (record(quantity={**QUANTITY, "value": True}), "wrong-type"),
    "a number beyond doubles": (record(quantity={**QUANTITY, "value": 10**400}), "wrong-type"),
    "grade": (record(grade="G2"), "bad-grade"),
    "grade without digit": (record(grade="B"), "bad-grade"),
    "date": (record(published="25.10.2024"), "bad-date"),
    "a day that is not": (record(published="2024-02-30"), "bad-date"),
    "qualifier": (record(quantity={**QUANTITY, "qualifier": "roughly"}), "unknown-qualifier"),
    "hedge class": (record(hedge={"class": "maybe"}), "unknown-class"),
    "a sentence as cue": (record(hedge={"class": "possible", "cues": [{"text": "x" * 61}]}), "wrong-type"),
    "cues": (record(hedge={"class": "possible", "cues": "could"}), "wrong-type"),
    "digest": (record(document={"sha256": "abc", "title": "t"}), "bad-digest"),
    "half a span": (record(start=3), "bad-span"),
    "a span without document": (record(start=3, end=9), "bad-span"),
    "probability without yardstick": (record(probability=[0.1, 0.7]), "no-yardstick"),
    "probability turned round": (record(probability=[0.7, 0.1], yardstick="x"), "wrong-type"),
    "ends turned round": (record(quantity={**QUANTITY, "low": 9, "high": 1}), "bad-range"),
    "between without ends": (record(quantity={**QUANTITY, "qualifier": "between"}), "bad-range"),
    "derived from nothing": (record(derived_from=["Z9"]), "unknown-claim"),
    "derived from itself": (record(derived_from=["A1"]), "unknown-claim"),
    "after the date": (record(published="2024-10-26"), "after-as-of"),
}


def write(path: Path, *records: dict[str, Any] | str) -> Path:
    lines = [item if isinstance(item, str) else json.dumps(item) for item in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def problems(path: Path) -> list[tuple[int, str]]:
    with pytest.raises(EvidenceError) as caught:
        read_ledger(path, as_of="2024-10-25")
    assert all(problem.help and problem.file == str(path) for problem in caught.value.problems)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
    return [(problem.line, problem.code) for problem in caught.value.problems]


@pytest.mark.parametrize("name", BAD_RECORDS)
def test_a_bad_record_is_refused_with_its_line(name: str, tmp_path: Path) -> None:
    bad, code = BAD_RECORDS[name]
    path = write(tmp_path / "ledger.jsonl", record(id="first"), "", bad)
    assert problems(path) == [(3, code)]


BAD_LINES = {
    "not JSON": ('{"id": ', "not-json"),
    "a list": ("[1, 2]", "not-an-object"),
    "NaN": ('{"id": NaN}', "not-json"),
    "deep": ("[" * 100_000, "not-json"),
    "a huge integer": ('{"id": ' + "9" * 5000 + "}", "not-json"),
}


@pytest.mark.parametrize("name", BAD_LINES)
def test_a_bad_line_is_refused(name: str, tmp_path: Path) -> None:
    line, code = BAD_LINES[name]
    assert problems(write(tmp_path / "ledger.jsonl", record(), line)) == [(2, code)]


def test_all_problems_of_a_file_come_at_once(tmp_path: Path) -> None:
    mixed = record(id="C", quantity={**QUANTITY, "unit": "shell"})
    path = write(tmp_path / "l", record(), record(grade="x", origin=7), mixed, record(), '{"a": 1, "a": 2}')
    found = problems(path)
    assert (2, "bad-grade") in found and (2, "wrong-type") in found
    assert (3, "mixed-units") in found and (4, "duplicate-id") in found and (5, "duplicate-key") in found


def test_the_caret_stands_under_the_key(tmp_path: Path) -> None:
    path = write(tmp_path / "l", record(grade="Q9"))
    with pytest.raises(EvidenceError) as caught:
        read_ledger(path)
    (problem,) = caught.value.problems
    assert problem.source[problem.column - 1 :].startswith('"grade"')
    assert "A–F" in problem.message and "Q9" in problem.help


@pytest.mark.parametrize(
    ("data", "code"),
    [(b'{"id"\0}\n', "nul-byte"), (b"\xff\xfe\n", "not-utf-8"), (b"x" * 300, "ledger-too-large")],
)
def test_what_is_no_text_is_refused(data: bytes, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_module, "LARGEST_LEDGER", 200)
    path = tmp_path / "ledger.jsonl"
    path.write_bytes(data)
    assert [code] == [found for _, found in problems(path)]


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert problems(tmp_path / "none.jsonl") == [(0, "ledger-unreadable")]


def test_writing_and_reading_gives_the_same_claims(pact: Any, tmp_path: Path) -> None:
    path = tmp_path / "copy.jsonl"
    write_ledger(pact, path)
    again = read_ledger(path)
    assert again.claims == pact.claims
    assert again.sha256 == pact.sha256
    assert [item.name for item in tmp_path.iterdir()] == ["copy.jsonl"]


def test_a_failed_write_leaves_the_old_file_whole(make: Any, tmp_path: Path) -> None:
    path = write(tmp_path / "ledger.jsonl", record())
    before = path.read_bytes()
    with pytest.raises(ValueError, match="JSON compliant"):
        write_ledger([make(), make(float("1000")), _broken(make())], path)
    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.iterdir()] == ["ledger.jsonl"]


def _broken(claim: Any) -> Any:
    object.__setattr__(claim.quantity, "value", float("nan"))
    return claim


def test_an_unknown_group_gets_a_suggestion(pact: Any) -> None:
    with pytest.raises(EvidenceError, match='Did you mean "contingent"') as caught:
        pact.group("contingnt")
    assert caught.value.problems[0].code == "unknown-group"


def test_claims_that_were_not_accepted_do_not_count(tmp_path: Path) -> None:
    path = write(tmp_path / "l", record(), record(id="A2", status="proposed"), record(id="A3", status="rejected"))
    assert [claim.id for claim in read_ledger(path).group("troops")] == ["A1"]


def test_a_claim_as_an_extractor_writes_it_is_completed(tmp_path):
    record = {
        "id": "A1",
        "doc": "report.txt",
        "sha256": "a" * 64,
        "start": 3,
        "end": 8,
        "text": "3,000",
        "ctype": "quantity",
        "modality": "actual",
        "polarity": "+",
        "region": "body",
        "relevance": 2,
        "actor": "x",
        "target": None,
        "group": "troops",
        "source": {
            "canonical": "NARRATOR",
            "type": "outlet",
            "mode": "narrator",
            "text": None,
            "start": None,
            "end": None,
            "cue": None,
        },
        "hedge": {"class": "asserted", "cues": []},
        "origin": "x",
        "grade": "B2",
        "note": None,
        "time": None,
        "quantity": None,
    }
    path = tmp_path / "ledger.jsonl"
    path.write_text(json.dumps(record) + "\n")
    claim = read_ledger(path).claims[0]
    assert claim.document.file == "report.txt" and claim.span_sha256 == span_digest("3,000")
    assert claim.status == "accepted" and claim.published is None and claim.published_how is None


def test_what_no_voice_is_found_for_is_said_by_the_text_itself() -> None:
    assert ClaimSource("NARRATOR", "outlet", "narrator").shown == "the text itself"
    assert ClaimSource("a minister", "official", "direct").shown == "a minister"
