"""`foedus ledger` as a user types it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Call, call  # noqa: F401
from tests.ledger.records import ledger_file, new_schema, record

from foedus.evidence import read_ledger
from foedus.evidence.store.beside import VARIABLE

PACT = Path(__file__).parents[2] / "cases" / "pact"
MODEL = 'model m "m" as of 2024-10-25 for 4 weeks step 1 week\nunit person\nparam troops : person ~ claims "troops"\nstock x : person = troops\n'


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder `sample` with a model and a ledger of three claims, in the folder that the command runs in."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("LOGNAME", "ann")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "sample"
    folder.mkdir()
    (folder / "model.foedus").write_text(MODEL, encoding="utf-8")
    ledger_file(
        folder / "ledger.jsonl",
        record("A1", status="accepted"),
        record("A2", origin="another", paraphrase="There are two thousand."),
        record("S1", group="shells", quantity={**record()["quantity"], "unit": "shell"}),
    )
    return folder


def ids(result: Any) -> list[str]:
    return [claim["id"] for claim in result.document["claims"]]


def test_everything_that_is_wrong_with_the_model_is_said_at_once(call: Call, case: Path) -> None:
    (case / "model.foedus").write_text(MODEL + "stock y : person = )\nlet z : person = troops * 2 week\n")
    result = call("ledger", "sample", "list")
    assert result.code == 1 and "model.foedus:5:" in result.err and "units-differ" in result.err


def test_list_filters_and_makes_no_store(call: Call, case: Path) -> None:
    assert ids(call("ledger", "sample", "list", "--json")) == ["A1", "A2", "S1"]
    for words, expected in {
        ("--status", "counts"): ["A1"],
        ("--status", "proposed"): ["A2", "S1"],
        ("--group", "SHELL"): ["S1"],
        ("--source", "anoth"): ["A2"],
        ("--text", "two THOUSAND"): ["A2"],
        ("--document", "x"): [],
    }.items():
        assert ids(call("ledger", "sample", "list", *words, "--json")) == expected
    shown = call("ledger", "sample", "list")
    assert "3 of 3 claims" in shown.out and max(map(len, shown.out.splitlines())) <= 80
    assert sorted(path.name for path in case.iterdir()) == ["ledger.jsonl", "model.foedus"]


def test_the_first_change_makes_the_store_and_leaves_the_text(call: Call, case: Path) -> None:
    before = (case / "ledger.jsonl").read_bytes()
    done = call("ledger", "sample", "accept", "A2", "--why", "seen on a photograph", "--json")
    assert done.code == 0 and "made sample/ledger.sqlite" in done.err
    [event] = done.document["events"]
    assert (event["who"], event["why"], event["action"], event["changes"]) == (
        "ann",
        "seen on a photograph",
        "accept",
        {"status": ["proposed", "accepted"]},
    )
    assert (case / "ledger.jsonl").read_bytes() == before and (case / "ledger.sqlite").exists()
    assert ids(call("ledger", "sample", "list", "--status", "counts", "--json")) == ["A1", "A2"]


def test_every_change_has_its_words_and_its_event(call: Call, case: Path) -> None:
    assert "proposed → rejected" in call("ledger", "sample", "reject", "A2", "S1").out
    assert "1000 → 1200" in call("ledger", "sample", "edit", "A1", "quantity.value=1200", "note=counted again").out
    assert "B2 → C3" in call("ledger", "sample", "grade", "A1", "C3", "--why", "often too high", "--who", "bob").out
    assert "note: counted again → nothing" in call("ledger", "sample", "edit", "A1", "note=").out
    assert "Nothing changed" in call("ledger", "sample", "edit", "A1", "note=").out
    assert "restore" in call("ledger", "sample", "restore", "A1", "1", "--json").out
    events = call("ledger", "sample", "history", "A1", "--json").document["events"]
    assert [event["action"] for event in events] == ["import", "edit", "grade", "edit", "restore"]
    assert [event["who"] for event in events] == ["ann", "ann", "bob", "ann", "ann"]
    assert [e["number"] for e in call("ledger", "sample", "history", "--since", "5", "--json").document["events"]] == [6, 7, 8, 9]
    for words in (("history",), ("history", "A1"), ("show", "A1"), ("conflicts",), ("list",)):
        shown = call("ledger", "sample", *words)
        assert shown.code == 0 and shown.out and max(map(len, shown.out.splitlines())) <= 80
    assert "1–3" in call("ledger", "sample", "history").out, "what came in together is one row"


def test_show_tells_everything_of_a_claim(call: Call, case: Path) -> None:
    shown = call("ledger", "sample", "show", "A1").out
    for words in ("exactly 1,000 people", "someone (official, direct)", "B2: usually right", "1 October 2024", "troops"):
        assert words in shown
    document = call("ledger", "sample", "show", "A1", "--json").document
    assert document["claim"]["id"] == "A1" and document["version"] == 0 and document["history"] == []
    call("ledger", "sample", "accept", "A2")
    assert call("ledger", "sample", "show", "A2", "--json").document["version"] == 2


REFUSED: dict[str, tuple[tuple[str, ...], int, str]] = {
    "an unknown claim": (("accept", "A9"), 1, "no-claim"),
    "an unknown claim to show": (("show", "A9"), 1, "no-claim"),
    "an unknown claim's history": (("history", "A9"), 1, "no-claim"),
    "a field that is none": (("edit", "A1", "colour=red"), 1, "unknown-key"),
    "a number that is none": (("edit", "A1", "quantity.value=many"), 1, "wrong-type"),
    "the status": (("edit", "A1", "status=accepted"), 1, "not-by-edit"),
    "a grade that is none": (("grade", "A1", "Z9", "--why", "x"), 1, "bad-grade"),
    "a grade without reason": (("grade", "A1", "B2"), 2, ""),
    "an edit of nothing": (("edit", "A1"), 2, ""),
    "an old version": (("edit", "A1", "note=x", "--version", "7"), 1, "changed-meanwhile"),
    "no such file": (("import", "none.jsonl"), 1, "ledger-unreadable"),
    "nobody": (("accept", "A1", "--who", " "), 1, "nobody"),
    "an export without a store": (("export",), 1, "no-store"),
    "no command": ((), 2, ""),
    "no such command": (("destroy",), 2, ""),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_done_is_refused(name: str, call: Call, case: Path) -> None:
    words, code, problem = REFUSED[name]
    result = call("ledger", "sample", *words, *(["--json"] if problem else []))
    assert result.code == code, result.err
    if problem:
        assert [error["code"] for error in result.document["errors"]] == [problem]
        assert result.document["errors"][0]["help"]


def test_a_forgotten_case_is_asked_for(call: Call, case: Path) -> None:
    for words in (("list",), ("list", "sample"), ("accept", "A1")):
        result = call("ledger", *words)
        assert result.code == 2 and f"foedus ledger CASE {words[0]}" in result.err


def test_a_round_through_the_text(call: Call, case: Path) -> None:
    """Export, change by hand, be told, import; the store and the text agree again."""
    call("ledger", "sample", "accept", "A2")
    assert call("ledger", "sample", "export").code == 0
    text = case / "ledger.jsonl"
    records = [json.loads(line) for line in text.read_text().splitlines()]
    assert records[1]["status"] == "accepted"
    records[0]["grade"] = "D4"
    ledger_file(text, *records[:2], record("N1"))
    assert "warning" in call("ledger", "sample", "list").err
    refused = call("check", "sample")
    assert refused.code == 1 and "changed outside the store" in refused.err and "foedus ledger sample import" in refused.err
    done = call("ledger", "sample", "import", "--why", "by hand", "--json").document
    assert (done["added"], done["changed"], done["removed"]) == (["N1"], ["A1"], ["S1"])
    assert call("ledger", "sample", "list").err == ""
    assert call("check", "sample").code == 0


def test_both_changed_needs_prefer(call: Call, case: Path) -> None:
    call("ledger", "sample", "grade", "A1", "C3", "--why", "x")
    ledger_file(case / "ledger.jsonl", record("A1", status="accepted", grade="D4"))
    result = call("ledger", "sample", "import", "--json")
    assert result.code == 1 and [error["code"] for error in result.document["errors"]] == ["both-changed"]
    assert call("ledger", "sample", "import", "--prefer", "store").code == 0
    assert read_ledger(case / "ledger.jsonl").by_id["A1"].grade == "C3"


def test_a_history_moves_to_another_store(call: Call, case: Path, tmp_path: Path) -> None:
    call("ledger", "sample", "edit", "A1", "note=x")
    call("ledger", "sample", "export", "--history", "history.jsonl")
    call("ledger", "sample", "export", "claims.jsonl")
    assert call("ledger", "sample", "import", "history.jsonl", "--store", "other.sqlite", "--json").document["events"] == 4
    call("ledger", "sample", "export", "--history", "again.jsonl", "--store", "other.sqlite")
    call("ledger", "sample", "export", "claims-again.jsonl", "--store", "other.sqlite")
    assert Path("history.jsonl").read_bytes() == Path("again.jsonl").read_bytes()
    assert Path("claims.jsonl").read_bytes() == Path("claims-again.jsonl").read_bytes()
    call("ledger", "sample", "edit", "A1", "note=y", "--store", "other.sqlite")
    call("ledger", "sample", "export", "--history", "longer.jsonl", "--store", "other.sqlite")
    assert call("ledger", "sample", "import", "longer.jsonl", "--json").document["events"] == 1
    call("ledger", "sample", "edit", "A1", "note=z")
    call("ledger", "sample", "edit", "A1", "note=w", "--store", "other.sqlite")
    call("ledger", "sample", "export", "--history", "parted.jsonl", "--store", "other.sqlite")
    result = call("ledger", "sample", "import", "parted.jsonl", "--json")
    assert result.code == 1 and result.document["errors"][0]["code"] == "other-history"
    assert result.document["errors"][0]["line"] == 6


def test_the_environment_names_the_store(call: Call, case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "stores-{case}.sqlite")
    assert call("ledger", "sample", "list").code == 1
    assert call("ledger", "sample", "accept", "A2").code == 0
    assert Path("stores-sample.sqlite").exists() and not (case / "ledger.sqlite").exists()
    assert call("ledger", "sample", "list").code == 0


def test_a_team_works_on_a_server(call: Call, case: Path, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, new_schema(server))
    refused = call("ledger", "sample", "list", "--json")
    assert refused.code == 1 and refused.document["errors"][0]["code"] == "no-store"
    assert call("check", "sample").code == 1
    assert call("ledger", "sample", "import", "--who", "ann").code == 0
    assert call("ledger", "sample", "accept", "A2", "--who", "bob").code == 0
    assert call("ledger", "sample", "export").code == 0
    assert read_ledger(case / "ledger.jsonl").by_id["A2"].status == "accepted"
    assert call("check", "sample").code == 0
    for words in (("list",), ("show", "A2"), ("history",), ("conflicts",)):
        assert call("ledger", "sample", *words).code == 0
    assert not (case / "ledger.sqlite").exists()


def test_the_flagships_conflicts(call: Call, case: Path, tmp_path: Path) -> None:
    shutil.copytree(PACT, tmp_path / "pact", ignore=shutil.ignore_patterns("ledger.sqlite*"))
    found = call("ledger", "pact", "conflicts", "--group", "contingent", "--json").document["groups"]
    [group] = [group for group in found if group["group"] == "contingent"]
    assert group["effective_origins"] > 1 and group["pooled"]["low"] < group["pooled"]["median"] < group["pooled"]["high"]
    assert group["superseded"] and {"claim", "by"} == set(group["superseded"][0])
    assert max(map(len, call("ledger", "pact", "conflicts").out.splitlines())) <= 80


ARTICLE = """The harbour at Norrvik reopened on Tuesday. Officials in Sund said that about 12,000 soldiers had arrived by rail.

Analysts in Sund warned that the town could fall within weeks.
"""


def test_proposals_of_a_reading_come_in_once(call: Call, case: Path) -> None:
    pytest.importorskip("spacy")
    Path("norrvik.txt").write_text(ARTICLE, encoding="utf-8")
    read = call("read", "norrvik.txt", "--published", "2024-10-20", "--json")
    Path("proposals.json").write_text(read.out, encoding="utf-8")
    done = call("ledger", "sample", "import", "proposals.json", "--json").document
    assert len(done["added"]) == len(read.document["claims"]) >= 2
    claims = call("ledger", "sample", "list", "--document", "norrvik", "--json").document["claims"]
    assert {claim["status"] for claim in claims} == {"proposed"} and {claim["published"] for claim in claims} == {"2024-10-20"}
    assert all(ARTICLE[claim["start"] : claim["end"]] == claim["paraphrase"] for claim in claims)
    call("ledger", "sample", "reject", claims[0]["id"])
    again = call("ledger", "sample", "import", "proposals.json", "--json").document
    assert (again["added"], again["changed"]) == ([], [])
    assert call("ledger", "sample", "show", claims[0]["id"], "--json").document["claim"]["status"] == "rejected"
    Path("norrvik.txt").write_text("A correction. " + ARTICLE.replace("12,000", "10,000"), encoding="utf-8")
    Path("kept").mkdir()
    Path("kept/norrvik.txt").write_text(ARTICLE, encoding="utf-8")
    words = ("ledger", "sample", "reread", "norrvik.txt", "--old", "kept/norrvik.txt", "--published", "2024-10-21", "--json")
    looked = call(*words).document
    assert looked["applied"] is False and looked["events"] == [] and looked["counts"]["moved"] and looked["counts"]["changed"]
    assert call("ledger", "sample", "reread", "norrvik.txt", "--old", "kept/norrvik.txt", "--published", "2024-10-21").code == 0
    applied = call(*words, "--apply").document
    assert {event["action"] for event in applied["events"]} == {"reread"}
    assert any("10,000" in claim["paraphrase"] for claim in applied["new"])
    assert call(*words, "--apply").document["events"] == []


def test_proposals_without_a_date_are_refused(call: Call, case: Path) -> None:
    pytest.importorskip("spacy")
    Path("norrvik.txt").write_text(ARTICLE, encoding="utf-8")
    Path("proposals.json").write_text(call("read", "norrvik.txt", "--json").out, encoding="utf-8")
    result = call("ledger", "sample", "import", "proposals.json", "--json")
    assert result.code == 1 and [error["code"] for error in result.document["errors"]] == ["no-date"]
    assert call("ledger", "sample", "import", "proposals.json", "--published", "2024-10-20").code == 0


def test_one_undated_document_holds_up_no_folder(call: Call, case: Path) -> None:
    pytest.importorskip("spacy")
    Path("reports").mkdir()
    Path("reports/2024-10-20_norrvik.txt").write_text(ARTICLE, encoding="utf-8")
    Path("reports/other.txt").write_text("The mayor of Norrvik said that 40 boats had left.", encoding="utf-8")
    Path("proposals.json").write_text(call("read", "reports", "--json").out, encoding="utf-8")
    result = call("ledger", "sample", "import", "proposals.json", "--json")
    assert result.code == 0 and len(result.document["added"]) > 1
    assert any("other.txt" in note and "dates.csv" in note for note in result.document["notes"])
    listed = call("ledger", "sample", "list", "--json").document["claims"]
    told = {claim.get("published") for claim in listed if claim["id"] in result.document["added"]}
    assert told == {"2024-10-20", None}


def test_a_table_of_dates_beside_the_proposals_dates_them(call: Call, case: Path) -> None:
    pytest.importorskip("spacy")
    Path("norrvik.txt").write_text(ARTICLE, encoding="utf-8")
    Path("proposals.json").write_text(call("read", "norrvik.txt", "--json").out, encoding="utf-8")
    Path("dates.csv").write_text("file,published\nnorrvik.txt,2024-10-20\n", encoding="utf-8")
    added = call("ledger", "sample", "import", "proposals.json", "--json").document["added"]
    listed = call("ledger", "sample", "list", "--json").document["claims"]
    assert added and {claim["published"] for claim in listed if claim["id"] in added} == {"2024-10-20"}
