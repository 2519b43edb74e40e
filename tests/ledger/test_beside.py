"""The text beside the model and the store: which one a case runs on, and how they are brought together."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from tests.ledger.records import ledger_file, record
from tests.ledger.test_store import refused

from foedus.evidence import Ledger, read_ledger
from foedus.evidence.store.beside import VARIABLE, LedgerPlace, case_ledger, ledger_place, open_to_change, open_to_read
from foedus.evidence.store.sync import bring_together, standing, write_out


@pytest.fixture(params=["beside", "shared"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LedgerPlace:
    """A folder with a ledger of three claims; its store is to be beside it, or on a server named by the environment."""
    monkeypatch.delenv(VARIABLE, raising=False)
    ledger_file(tmp_path / "ledger.jsonl", *(record(name, status="accepted") for name in ("A1", "A2", "A3")))
    if request.param == "shared":
        from tests.ledger.records import new_schema

        monkeypatch.setenv(VARIABLE, new_schema(request.getfixturevalue("server")))
    return ledger_place(tmp_path, "sample", "2024-10-25")


def by_hand(place: LedgerPlace, **records: dict[str, Any] | None) -> None:
    """Change lines of the text, add them, or take them out."""
    held = {record["id"]: record for record in map(json.loads, place.text.read_text().splitlines())}
    held |= records
    ledger_file(place.text, *(record for record in held.values() if record is not None))


def test_without_a_store_the_text_is_read_and_no_store_made(tmp_path: Path) -> None:
    ledger_file(tmp_path / "ledger.jsonl", record("A1"))
    place = ledger_place(tmp_path, "sample", None, environment={})
    assert case_ledger(place) == read_ledger(place.text)
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.jsonl"]
    assert case_ledger(ledger_place(tmp_path / "other", "other", None, environment={})) is None


def test_the_first_change_makes_the_store_from_the_text(place: LedgerPlace) -> None:
    with open_to_change(place, "ann") as store:
        assert standing(store, place.text, is_shared=place.is_named) == "same"
        assert [event.action for event in store.history()] == ["import"] * 3
        store.edit("A1", {"quantity.value": 900}, "ann")
        assert standing(store, place.text, is_shared=place.is_named) == "behind"
    ledger = case_ledger(place)
    assert isinstance(ledger, Ledger) and ledger.by_id["A1"].quantity is not None
    assert ledger.by_id["A1"].quantity.value == 900
    with open_to_change(place, "bob") as store:
        assert store.number == 4


def test_a_wrong_text_makes_no_store(place: LedgerPlace) -> None:
    ledger_file(place.text, record("A1"), record("A2", grade="Z"), "garbage")
    with refused("bad-grade") as caught:
        open_to_change(place, "ann")
    assert [problem.line for problem in caught.value.problems] == [2, 3]
    assert not Path(place.store).exists()
    assert sorted(path.name for path in place.text.parent.iterdir()) == ["ledger.jsonl"]
    by_hand_fixed = ledger_file(place.text, record("A1"))
    assert by_hand_fixed.exists()
    open_to_change(place, "ann").close()


def test_a_text_changed_by_hand_is_an_error_until_it_is_taken_in(place: LedgerPlace) -> None:
    open_to_change(place, "ann").close()
    by_hand(place, A2=record("A2", status="accepted", grade="D4"))
    with refused("ledger-and-store-disagree") as caught:
        case_ledger(place)
    for word in ("import", "export"):
        assert f"foedus ledger {place.text.parent} {word}" in str(caught.value)
    with open_to_read(place) as store:
        done = bring_together(store, place.text, "ann", "by hand", is_shared=place.is_named)
        assert (done.changed, done.added, done.removed, done.same) == (("A2",), (), (), ("A1", "A3"))
    ledger = case_ledger(place)
    assert ledger is not None and ledger.by_id["A2"].grade == "D4"


def test_an_export_settles_it_for_the_store(place: LedgerPlace) -> None:
    open_to_change(place, "ann").close()
    by_hand(place, A2=None)
    changed = place.text.read_bytes()
    with open_to_read(place) as store:
        _, kept = write_out(store, place.text, is_shared=place.is_named)
        assert kept is not None and kept.read_bytes() == changed, "what was changed by hand is kept"
        assert write_out(store, place.text, is_shared=place.is_named)[1] is None
    ledger = case_ledger(place)
    assert ledger is not None and ledger == read_ledger(place.text).__class__(ledger.claims, ledger.path, ledger.sha256)
    assert [claim.id for claim in read_ledger(place.text).claims] == ["A1", "A2", "A3"]


def test_both_changed_and_nothing_is_lost(place: LedgerPlace) -> None:
    """The store changed A1 and added A4; the file changed A2, lost A3 and gained A5: all five stand afterwards."""
    from tests.ledger.records import claims

    with open_to_change(place, "ann") as store:
        store.edit("A1", {"quantity.value": 900}, "ann")
        store.add(claims("A4"), "ann")
        by_hand(place, A2=record("A2", status="accepted", grade="D4"), A3=None, A5=record("A5"))
        done = bring_together(store, place.text, "bob", "by hand", is_shared=place.is_named)
        assert (done.added, done.changed, done.removed) == (("A5",), ("A2",), ("A3",))
        assert "2 claims" in done.notes[0]
        found = store.ledger().by_id
        assert set(found) == {"A1", "A2", "A4", "A5"} and found["A1"].quantity_unit == "person"
        assert found["A1"].quantity is not None and found["A1"].quantity.value == 900 and found["A2"].grade == "D4"
        assert [event.action for event in store.history("A3")] == ["import", "remove"]
        assert standing(store, place.text, is_shared=place.is_named) == "same"
        # and again by hand, after that: what the store changed before is not turned back
        by_hand(place, A2=record("A2", status="accepted", grade="E5"))
        bring_together(store, place.text, "bob", "", is_shared=place.is_named)
        found = store.ledger().by_id
        assert found["A1"].quantity is not None and found["A1"].quantity.value == 900 and found["A2"].grade == "E5"
        by_hand(place, A3=record("A3"))
        assert bring_together(store, place.text, "bob", "", is_shared=place.is_named).added == ("A3",)
        assert [event.version for event in store.history("A3")] == [1, 2, 3]


@pytest.mark.parametrize(("prefer", "grade"), [("file", "D4"), ("store", "C3")])
def test_what_both_changed_needs_a_decision(place: LedgerPlace, prefer: Any, grade: str) -> None:
    with open_to_change(place, "ann") as store:
        store.grade("A2", "C3", "ann", "too high")
        by_hand(place, A2=record("A2", status="accepted", grade="D4"), A3=record("A3", status="rejected"))
        with refused("both-changed") as caught:
            bring_together(store, place.text, "bob", "", is_shared=place.is_named)
        assert "'D4'" in str(caught.value) and "'C3'" in str(caught.value) and "ann" in str(caught.value)
        assert store.number == 4
        bring_together(store, place.text, "bob", "", is_shared=place.is_named, prefer=prefer)
        assert store.ledger().by_id["A2"].grade == grade == read_ledger(place.text).by_id["A2"].grade
        assert store.ledger().by_id["A3"].status == "rejected"


def test_an_earlier_export_of_a_shared_store_is_no_disagreement(place: LedgerPlace) -> None:
    with open_to_change(place, "ann") as store:
        first = place.text.read_bytes()
        store.reject("A1", "ann")
        write_out(store, place.text)
        place.text.write_bytes(first)
        expected = "behind" if place.is_named else "changed"
        assert standing(store, place.text, is_shared=place.is_named) == expected


def test_a_named_store_that_is_not_there_is_no_silent_fallback(tmp_path: Path) -> None:
    ledger_file(tmp_path / "ledger.jsonl", record("A1"))
    place = ledger_place(tmp_path, "sample", None, environment={VARIABLE: str(tmp_path / "{case}.sqlite")})
    assert place.store == str(tmp_path / "sample.sqlite")
    with refused("no-store") as caught:
        case_ledger(place)
    assert VARIABLE in str(caught.value)
    open_to_change(place, "ann").close()
    assert case_ledger(place) is not None


def test_a_store_named_for_another_case(tmp_path: Path) -> None:
    """A case that rests on claims refuses it; a case without any goes on without."""
    for name in ("one", "two", "three"):
        (tmp_path / name).mkdir()
    for name in ("one", "two"):
        ledger_file(tmp_path / name / "ledger.jsonl", record("A1"))
    environment = {VARIABLE: str(tmp_path / "one.sqlite")}
    open_to_change(ledger_place(tmp_path / "one", "one", environment=environment), "ann").close()
    with refused("wrong-case") as caught:
        case_ledger(ledger_place(tmp_path / "two", "two", environment=environment))
    assert "{case}" in str(caught.value)
    assert case_ledger(ledger_place(tmp_path / "three", "three", environment=environment)) is None
    nowhere = {VARIABLE: str(tmp_path / "{case}-none.sqlite")}
    assert case_ledger(ledger_place(tmp_path / "three", "three", environment=nowhere)) is None


def test_the_flagships_ledger_moves_in_and_out_unchanged(tmp_path: Path) -> None:
    source = Path(__file__).parents[2] / "cases" / "pact" / "ledger.jsonl"
    (tmp_path / "ledger.jsonl").write_bytes(source.read_bytes())
    place = ledger_place(tmp_path, "pact", "2024-10-25", environment={})
    with open_to_change(place, "ann") as store:
        write_out(store, place.text)
    assert place.text.read_bytes() == source.read_bytes()
    ledger = case_ledger(place)
    assert ledger is not None and ledger.claims == read_ledger(source).claims and ledger.sha256 == read_ledger(source).sha256


def test_a_case_runs_on_its_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`load` reads the store: a figure that is changed there changes what the model draws; a change by hand stops it."""
    import foedus
    from foedus.errors import EvidenceError

    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "model.foedus").write_text(
        'model m "m" as of 2024-10-25 for 4 weeks step 1 week\nunit person\n'
        'param troops : person ~ claims "troops"\nstock x : person = troops\n'
    )
    ledger_file(tmp_path / "ledger.jsonl", record("A1", status="accepted"))
    before = foedus.load(".").pools.pooled["troops"].distribution.quantile(0.5)
    place = ledger_place(tmp_path, tmp_path.name)
    with open_to_change(place, "ann") as store:
        store.edit("A1", {"quantity.value": 4000}, "ann")
    after = foedus.load(".").pools.pooled["troops"].distribution.quantile(0.5)
    assert after > 3 * before
    ledger_file(place.text, record("A1", status="accepted", note="by hand"))
    with pytest.raises(EvidenceError, match="was changed outside the store"):
        foedus.load(".")


def test_a_store_of_plain_rows_is_kept_beside(tmp_path: Path) -> None:
    """The file is ordinary SQLite: other tools read it."""
    ledger_file(tmp_path / "ledger.jsonl", record("A1"))
    open_to_change(ledger_place(tmp_path, "sample", environment={}), "ann").close()
    with sqlite3.connect(tmp_path / "ledger.sqlite") as connection:
        assert connection.execute("SELECT who, action, claim FROM ledger_event").fetchall() == [("ann", "import", "A1")]
    connection.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ledger.jsonl", "ledger.sqlite"]
