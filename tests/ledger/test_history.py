"""History is only ever added to, and moves from store to store byte for byte."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from tests.ledger.records import assert_whole, claims, ledger_file, record
from tests.ledger.test_store import refused

from foedus.errors import EvidenceError
from foedus.evidence import Store, open_store

EVENT = "number, at, who, why, action, claim, version, after"
FORBIDDEN = {
    "an update": "UPDATE ledger_event SET who = 'eve' WHERE number = 1",
    "a deletion": "DELETE FROM ledger_event WHERE number = 3",
    "a deletion of all": "DELETE FROM ledger_event",
    "a gap": f"INSERT INTO ledger_event ({EVENT}) VALUES (9, 'x', 'eve', '', 'add', 'B1', 1, '{{}}')",
    "a number that is taken": f"INSERT INTO ledger_event ({EVENT}) VALUES (2, 'x', 'eve', '', 'add', 'B1', 1, '{{}}')",
    "a version that is taken": f"INSERT INTO ledger_event ({EVENT}) VALUES (4, 'x', 'eve', '', 'add', 'A1', 1, '{{}}')",
    "an update of a sync": "UPDATE ledger_sync SET sha256 = 'x'",
    "a deletion of a sync": "DELETE FROM ledger_sync",
}
FORBIDDEN_BY = {
    "sqlite": {
        "a replacement": f"REPLACE INTO ledger_event ({EVENT}) VALUES (1, 'x', 'eve', '', 'add', 'A1', 1, '{{}}')",
        "a replacement by version": f"REPLACE INTO ledger_event ({EVENT}) VALUES (4, 'x', 'eve', '', 'add', 'A1', 1, '{{}}')",
        "an upsert": f"INSERT INTO ledger_event ({EVENT}) VALUES (1, 'x', 'eve', '', 'add', 'A1', 1, '{{}}') "
        "ON CONFLICT (number) DO UPDATE SET who = 'eve'",
    },
    "postgresql": {
        "a truncation": "TRUNCATE ledger_event",
        "an upsert": f"INSERT INTO ledger_event ({EVENT}) VALUES (1, 'x', 'eve', '', 'add', 'A1', 1, '{{}}') "
        "ON CONFLICT (number) DO UPDATE SET who = 'eve'",
    },
}


def test_nothing_in_the_history_can_be_changed_not_even_by_hand(store: Store) -> None:
    before = store.history()
    with store.database.write() as connection:
        connection.execute(sa.text("INSERT INTO ledger_sync (number, at, place, sha256, event) VALUES (1, 'x', 'y', 'z', 3)"))
    dialect = store.database.engine.dialect.name
    for name, statement in {**FORBIDDEN, **FORBIDDEN_BY[dialect]}.items():
        with pytest.raises(EvidenceError) as caught, store.database.write() as connection:
            connection.execute(sa.text(statement))
        assert caught.value.problems[0].code in ("append-only", "store-failed"), name
        assert store.history() == before, name
    assert_whole(store)


def busy(store: Store) -> None:
    """A history with everything in it."""
    store.accept(["A1", "A2"], "ann")
    store.edit("A1", {"quantity.value": 1200, "note": "“twelve”, naïve – 東京"}, "bob", "a line\nand another")
    store.grade("A2", "C3", "ann", "often too high")
    store.reject("A3", "bob")
    store.restore("A1", 1, "ann")


def test_a_history_goes_round_byte_for_byte(store: Store, tmp_path: Path) -> None:
    busy(store)
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    assert store.export_history(first) == 9
    with open_store(tmp_path / "other.sqlite", create=True) as other:
        assert other.import_history(first) == 9
        other.export_history(second)
        assert second.read_bytes() == first.read_bytes()
        assert other.ledger().sha256 == store.ledger().sha256 and other.history() == store.history()
        assert other.import_history(first) == 0
        assert_whole(other)
        other.edit("A2", {"note": "later"}, "eve")
        other.export_history(second)
    assert store.import_history(second) == 1 and store.history()[-1].who == "eve"
    assert_whole(store)


def damaged(lines: list[str], change: Any, line: int) -> list[str]:
    record = json.loads(lines[line])
    record |= change
    return [*lines[:line], json.dumps(record, ensure_ascii=False), *lines[line + 1 :]]


BAD_HISTORIES: dict[str, tuple[Any, list[int]]] = {
    "not JSON": (lambda lines: [*lines[:4], "garbage", *lines[5:]], [5]),
    "two wrong lines": (lambda lines: [*lines[:4], "garbage", lines[5], "[]", *lines[7:]], [5, 7]),
    "a gap": (lambda lines: [*lines[:4], *lines[5:]], [5]),
    "a number": (lambda lines: damaged(lines, {"number": 44}, 4), [5]),
    "a version": (lambda lines: damaged(lines, {"version": 44}, 4), [5]),
    "an action": (lambda lines: damaged(lines, {"action": "steal"}, 4), [5]),
    "nobody": (lambda lines: damaged(lines, {"who": " "}, 4), [5]),
    "a time": (lambda lines: damaged(lines, {"when": "yesterday"}, 4), [5]),
    "a key more": (lambda lines: damaged(lines, {"colour": "red"}, 4), [5]),
    "another claim": (lambda lines: damaged(lines, {"after": record("A3")}, 4), [5]),
    "a claim that is wrong": (lambda lines: damaged(lines, {"after": record("A2", grade="Z9")}, 4), [5]),
    "truth as a number": (lambda lines: damaged(lines, {"number": True}, 4), [5]),
}


@pytest.mark.parametrize("name", BAD_HISTORIES)
def test_a_bad_history_is_refused_by_its_lines(name: str, store: Store, tmp_path: Path) -> None:
    busy(store)
    path = tmp_path / "history.jsonl"
    store.export_history(path)
    change, wrong = BAD_HISTORIES[name]
    path.write_text("".join(line + "\n" for line in change(path.read_text(encoding="utf-8").splitlines())), encoding="utf-8")
    with open_store(tmp_path / "other.sqlite", create=True) as other:
        with pytest.raises(EvidenceError) as caught:
            other.import_history(path)
        assert [problem.line for problem in caught.value.problems] == wrong
        assert other.number == 0 and other.ledger().claims == ()


def test_a_history_that_went_another_way_is_refused(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl"
    store.accept("A1", "ann")
    store.export_history(path)
    with open_store(tmp_path / "other.sqlite", create=True) as other:
        other.add(claims("A1"), "bob")
        with refused("other-history"):
            other.import_history(path)
        assert other.number == 1


GARBAGE: dict[str, tuple[list[dict[str, Any] | str], list[tuple[int, str]]]] = {
    "three kinds of wrong": (
        [record("G1"), "{", record("G2", grade="Z9"), "[1]", record("G3")],
        [(2, "not-json"), (3, "bad-grade"), (4, "not-an-object")],
    ),
    "the same id twice": ([record("G1"), record("G1")], [(2, "duplicate-id")]),
    "another unit than the store has": ([record("G1", quantity={**record()["quantity"], "unit": "ship"})], [(1, "mixed-units")]),
    "derived from nothing": ([record("G1"), record("G2", derived_from=["Z9"])], [(2, "unknown-claim")]),
    "NUL in a text": ([record("G1", note="a\0b")], [(1, "no-character")]),
    "half a character": (['{"id": "\\ud800"}'], [(1, "no-character")]),
    "a page of a website": (["<!DOCTYPE html>", "<p>Not found</p>"], [(1, "not-json"), (2, "not-json")]),
    "NaN": ([json.dumps(record("G1")).replace("1000", "NaN")], [(1, "not-json")]),
    "a key twice": ([json.dumps(record("G1"))[:-1] + ', "id": "G2"}'], [(1, "duplicate-key")]),
}


@pytest.mark.parametrize("name", GARBAGE)
def test_garbage_is_refused_line_by_line_and_nothing_comes_in(name: str, store: Store, tmp_path: Path) -> None:
    lines, expected = GARBAGE[name]
    number = store.number
    with pytest.raises(EvidenceError) as caught:
        store.import_(ledger_file(tmp_path / "in.jsonl", *lines), "ann")
    assert [(problem.line, problem.code) for problem in caught.value.problems][: len(expected)] == expected
    assert {problem.line for problem in caught.value.problems} == {line for line, _ in expected}
    assert store.number == number
    assert_whole(store)


@pytest.mark.parametrize("data", [b"\0\1\2", b"\xff\xfe{", b"\x1f\x8b\x08gzip"], ids=["NUL", "UTF-16", "gzip"])
def test_bytes_that_are_no_text_are_refused(data: bytes, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(data)
    with pytest.raises(EvidenceError):
        store.import_(path, "ann")
    with pytest.raises(EvidenceError):
        store.import_(tmp_path / "none.jsonl", "ann")
    assert store.number == 3


def test_an_import_changes_what_differs_and_leaves_the_rest(store: Store, tmp_path: Path) -> None:
    path = ledger_file(tmp_path / "in.jsonl", record("A1"), record("A2", note="new"), record("B1", derived_from=["A3"]))
    done = store.import_(path, "bob", "from a colleague")
    assert (done.added, done.changed, done.same) == (("B1",), ("A2",), ("A1",))
    assert [claim.id for claim in store.ledger().claims] == ["A1", "A2", "A3", "B1"]
    assert [(event.action, event.who, event.why) for event in store.history(since=3)] == [
        ("import", "bob", "from a colleague")
    ] * 2
    assert store.import_(path, "bob").changed == ()
    assert_whole(store)


def test_a_group_may_change_its_unit_in_one_import(store: Store, tmp_path: Path) -> None:
    ships = {**record()["quantity"], "unit": "ship"}
    path = ledger_file(tmp_path / "in.jsonl", *(record(name, quantity=ships) for name in ("A1", "A2", "A3")))
    assert len(store.import_(path, "bob").changed) == 3
