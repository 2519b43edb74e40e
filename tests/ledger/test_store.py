"""What a store does with changes, on both databases."""

from __future__ import annotations

import hashlib
import pickle
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.ledger.records import assert_whole, claims, ledger_file, record

from foedus.errors import EvidenceError
from foedus.evidence import Store, open_store, read_ledger


def refused(code: str) -> Any:
    """The block is refused with this code, with what to do, and survives pickling."""

    class Refused:
        def __enter__(self) -> Any:
            self.caught = pytest.raises(EvidenceError)
            self.info = self.caught.__enter__()
            return self.info

        def __exit__(self, *details: Any) -> Any:
            done = self.caught.__exit__(*details)
            problems = self.info.value.problems
            assert code in [problem.code for problem in problems], str(self.info.value)
            assert all(problem.help and problem.file for problem in problems)
            assert str(pickle.loads(pickle.dumps(self.info.value))) == str(self.info.value)
            return done

    return Refused()


def test_what_is_added_is_there_in_its_order(store: Store) -> None:
    assert [claim.id for claim in store.ledger().claims] == ["A1", "A2", "A3"]
    event = store.history("A2")[0]
    assert (event.who, event.why, event.action, event.version, event.before) == ("ann", "to begin with", "add", 1, None)
    assert event.when.endswith("Z") and event.after == record("A2")
    assert_whole(store)


def test_accept_reject_edit_and_grade_are_events(store: Store) -> None:
    store.accept(["A1", "A2"], "ann")
    store.reject("A3", "bob", "a rumour")
    store.edit("A1", {"quantity.value": 1200, "note": "counted again"}, "bob", "typo")
    store.grade("A2", "C3", "ann", "often too high")
    found = store.ledger().by_id
    assert [found[name].status for name in ("A1", "A2", "A3")] == ["edited", "accepted", "rejected"]
    assert found["A1"].quantity is not None and found["A1"].quantity.value == 1200
    assert (found["A2"].grade, found["A2"].graded_because) == ("C3", "often too high")
    assert [event.action for event in store.history()] == ["add"] * 3 + ["accept", "accept", "reject", "edit", "grade"]
    edit = store.history("A1")[-1].as_dict()["changes"]
    assert edit == {"status": ["accepted", "edited"], "quantity.value": [1000, 1200], "note": [None, "counted again"]}
    assert store.history("A1")[-1].before != store.history("A1")[-1].after
    assert_whole(store)


def test_a_proposal_that_was_edited_is_accepted_as_edited(store: Store) -> None:
    store.edit("A1", {"paraphrase": "There are about a thousand."}, "ann")
    assert store.claim("A1").claim.status == "proposed"
    store.accept(["A1", "A2"], "ann")
    assert (store.claim("A1").claim.status, store.claim("A2").claim.status) == ("edited", "accepted")
    store.edit("A3", {"note": "x"}, "ann")
    store.edit("A3", {"note": None}, "ann")
    store.grade("A3", "A1", "ann", "certain")
    store.accept("A3", "ann")
    assert store.claim("A3").claim.status == "accepted"


def test_none_takes_a_field_away_and_an_object_replaces_the_whole(store: Store) -> None:
    store.edit("A1", {"note": "n", "actor": "x"}, "ann")
    store.edit("A1", {"note": None, "hedge": {"class": "possible", "cues": [{"text": "could"}]}}, "ann")
    claim = store.claim("A1").claim
    assert (claim.note, claim.actor, claim.hedge.kind, claim.hedge.cues[0].text) == (None, "x", "possible", "could")


def test_what_changes_nothing_is_no_event(store: Store) -> None:
    number = store.number
    assert store.edit("A1", {"grade": "B2"}, "ann") == ()
    store.accept("A1", "ann")
    assert store.accept("A1", "ann") == ()
    assert store.number == number + 1


def test_a_restored_claim_is_as_it_was(store: Store) -> None:
    store.accept("A1", "ann")
    store.edit("A1", {"quantity.value": 7}, "ann")
    store.restore("A1", 1, "ann", "undo")
    assert store.claim("A1").claim == claims("A1")[0]
    assert [event.action for event in store.claim("A1").events] == ["add", "accept", "edit", "restore"]
    with refused("no-version"):
        store.restore("A1", 9, "ann")


def test_an_edit_of_an_old_version_is_refused_with_who_changed_what(store: Store) -> None:
    seen = store.claim("A1").version
    store.edit("A1", {"quantity.value": 1300}, "bob", version=seen)
    with refused("changed-meanwhile") as caught:
        store.edit("A1", {"quantity.value": 1400}, "ann", version=seen)
    assert "bob" in str(caught.value) and "`quantity.value` to 1300" in str(caught.value)
    with refused("changed-meanwhile"):
        store.accept("A1", "ann", versions={"A1": seen})
    assert store.ledger().by_id["A1"].quantity == claims("A1")[0].quantity.__class__("numeric", "eq", 1300, None, None, "person")
    store.edit("A1", {"quantity.value": 1400}, "ann", version=seen + 1)
    assert_whole(store)


BAD_EDITS: dict[str, tuple[dict[str, Any], str]] = {
    "a grade that is none": ({"grade": "Z9"}, "bad-grade"),
    "a key that is none": ({"colour": "red"}, "unknown-key"),
    "a key inside that is none": ({"quantity.colour": "red"}, "unknown-key"),
    "a key inside of a text": ({"group.name": "red"}, "unknown-key"),
    "the id": ({"id": "B1"}, "not-by-edit"),
    "the status": ({"status": "accepted"}, "not-by-edit"),
    "a unit of its own": ({"quantity.unit": "shell"}, "mixed-units"),
    "a group of another unit": ({"group": "shells"}, "mixed-units"),
    "derived from nothing": ({"derived_from": ["Z9"]}, "unknown-claim"),
    "derived from itself": ({"derived_from": ["A1"]}, "unknown-claim"),
    "a required key taken away": ({"origin": None}, "missing-key"),
    "no number": ({"quantity.value": float("nan")}, "not-json"),
    "no JSON": ({"note": {1, 2}}, "not-json"),
    "half a character": ({"note": "\ud800"}, "no-character"),
    "NUL": ({"note": "a\0b"}, "no-character"),
}


@pytest.mark.parametrize("name", BAD_EDITS)
def test_a_bad_edit_is_refused_and_nothing_is_written(name: str, store: Store) -> None:
    store.add(claims("S1", group="shells", quantity={**record()["quantity"], "unit": "shell"}), "ann")
    number, digest = store.number, store.ledger().sha256
    changes, code = BAD_EDITS[name]
    with refused(code):
        store.edit("A1", changes, "ann")
    assert (store.number, store.ledger().sha256) == (number, digest)


def test_a_whole_group_changes_its_unit_at_once(store: Store) -> None:
    store.edit(["A1", "A2", "A3"], {"quantity.unit": "soldier"}, "ann")
    assert {claim.quantity_unit for claim in store.ledger().claims} == {"soldier"}


def test_one_bad_claim_of_many_keeps_out_all(store: Store) -> None:
    late = claims("B2", published="2024-10-26")
    with open_store(store.label if "://" not in store.label else _address(store), as_of="2024-10-25") as dated:
        with refused("after-as-of"):
            dated.add([*claims("B1"), *late], "ann")
        with refused("duplicate-id"):
            dated.add([*claims("B1"), *claims("A1")], "ann")
        with refused("duplicate-id"):
            dated.add([*claims("B1"), *claims("B1")], "ann")
        assert [claim.id for claim in dated.ledger().claims] == ["A1", "A2", "A3"]
    with refused("no-claim") as caught:
        store.accept(["A1", "A22"], "ann")
    assert "A2" in caught.value.problems[0].help
    assert store.claim("A1").claim.status == "proposed"


def _address(store: Store) -> str:
    return store.database.address.url.render_as_string(hide_password=False)


def test_a_change_needs_a_name(store: Store) -> None:
    for change in (store.accept, store.reject):
        with refused("nobody"):
            change("A1", "  ")
    with refused("wrong-type"):
        store.grade("A1", "A1", "ann", "")


def test_the_ledger_is_that_of_its_export(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    digest = store.export(path)
    assert digest == hashlib.sha256(path.read_bytes()).hexdigest() == store.ledger().sha256
    assert read_ledger(path).claims == store.ledger().claims
    assert [claim.place.line for claim in store.ledger().claims] == [1, 2, 3]


def test_the_kept_state_follows_changes_of_others(store: Store) -> None:
    store.ledger()
    with open_store(_address(store) if "://" in store.label else store.label) as other:
        other.accept("A2", "bob")
        other.add(claims("A4"), "bob")
    assert [claim.status for claim in store.ledger().claims] == ["proposed", "accepted", "proposed", "proposed"]
    assert store.history(since=3)[0].who == "bob" and len(store.history(since=3)) == 2
    assert store.history(since=store.history()[3].when) == store.history()[3:]


def test_a_ledger_that_breaks_the_case_date_is_refused(store: Store) -> None:
    with refused("after-as-of"):
        store.ledger(as_of="2024-09-30")
    assert store.ledger(as_of="2024-10-01").claims


def test_a_store_of_another_case_is_refused(url: str) -> None:
    open_store(url, create=True, case="pact").close()
    open_store(url, create=True, case="pact").close()
    open_store(url).close()
    with refused("wrong-case"):
        open_store(url, case="ardennes")


def test_a_store_that_is_not_there_is_not_made_unasked(url: str, tmp_path: Path) -> None:
    with refused("not-a-store" if "://" in url else "no-store"):
        open_store(url)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "bad", ["mysql://x/y", "sqlite://", "postgresql+psycopg2://h/d", "://", "http://user:secret@example.org/"]
)
def test_an_address_that_is_none_is_refused(bad: str) -> None:
    with refused("bad-url") as caught:
        open_store(bad)
    assert "secret" not in str(caught.value)


def test_a_server_that_is_not_there_is_named_without_its_password(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    with refused("store-unreachable") as caught:
        open_store(f"postgresql://ann:secret@/ledger?host={tmp_path}")
    assert "secret" not in str(caught.value) and "ann" in str(caught.value)


def test_without_its_driver_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with refused("no-driver") as caught:
        open_store("postgresql://ann@server/ledger")
    assert "pip install -e" in str(caught.value) and "[postgres]" in str(caught.value)


def test_an_edit_of_a_large_ledger_reads_one_claim_only(empty: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five thousand claims: what an edit parses does not grow with them; the kept state reads only what changed."""
    from foedus.evidence.store import changes

    parsed = []
    real = changes.read_claim
    path = ledger_file(tmp_path / "many.jsonl", *(record(f"M{number}") for number in range(5000)))
    assert len(empty.import_(path, "ann").added) == 5000
    empty.ledger()
    monkeypatch.setattr(changes, "read_claim", lambda place: parsed.append(place) or real(place))
    empty.edit("M4999", {"note": "seen"}, "ann")
    assert len(parsed) <= 3
    monkeypatch.setattr("foedus.evidence.store.snapshot.claim_of_line", lambda *parts: parsed.append(parts) or real_line(*parts))
    real_line = changes.claim_of_line
    assert empty.ledger().by_id["M4999"].note == "seen"
    assert len(parsed) <= 6
