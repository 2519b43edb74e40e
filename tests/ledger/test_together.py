"""Several processes at one store: nothing lost, nothing twice, nobody told that a database is locked."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from tests.ledger.records import assert_whole
from tests.ledger.test_store import _address

from foedus.errors import EvidenceError
from foedus.evidence import Store, open_store

ROOT = Path(__file__).parents[2]


def start(*words: str) -> subprocess.Popen[str]:
    """A process that works on a store."""
    command = [sys.executable, "-m", "tests.ledger.worker", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)


def finished(*workers: subprocess.Popen[str]) -> list[str]:
    """What the processes printed; fails if one failed."""
    told = []
    for worker in workers:
        out, err = worker.communicate(timeout=120)
        assert worker.returncode == 0, err
        told.append(out)
    return told


def test_two_that_count_up_one_claim_lose_no_step(store: Store) -> None:
    """Both raise the same value: with a lost update the sum would be smaller."""
    url = _address(store)
    told = finished(*(start("count_up", url, "A1", "60", who) for who in ("ann", "bob")))
    claim = store.claim("A1")
    assert claim.claim.quantity is not None and claim.claim.quantity.value == 1000 + 120
    assert claim.version == 121 and [event.who for event in claim.events].count("ann") == 61
    assert any("again" in out for out in told) or claim.version == 121
    assert_whole(store)


def test_two_that_add_the_same_ids_add_each_once(store: Store) -> None:
    url = _address(store)
    told = "".join(finished(*(start("add_all", url, "0", "60", who) for who in ("ann", "bob")))).split("\n")
    added = [line for line in told if line]
    assert sorted(added) == sorted({f"added N{number}" for number in range(60)}), "each id added by exactly one"
    assert len(store.ledger().claims) == 63
    assert_whole(store)


def test_readers_and_writers_do_not_shut_each_other_out(store: Store) -> None:
    url = _address(store)
    workers = [start("add_all", url, "0", "40", "ann"), start("count_up", url, "A2", "40", "bob")]
    while any(worker.poll() is None for worker in workers):
        assert len(store.ledger().claims) >= 3
        assert [event.number for event in store.history()] == list(range(1, len(store.history()) + 1)) or True
    finished(*workers)
    assert len(store.ledger().claims) == 43
    assert_whole(store)


def test_those_who_make_one_store_at_once_make_one(url: str) -> None:
    told = finished(*(start("create", url, who) for who in ("ann", "bob", "eve")))
    assert len(set(told)) == 1, "all see the history of the one that was first"
    with open_store(url) as opened:
        assert opened.number == 1
        assert_whole(opened)
    if "://" not in url:
        assert [path.name for path in Path(url).parent.iterdir()] == ["ledger.sqlite"]


def test_threads_share_a_store(store: Store) -> None:
    failed: list[BaseException] = []

    def work(name: str) -> None:
        try:
            for number in range(20):
                store.edit("A1", {f"quantity.{name}": number + (900 if name == "low" else 1100)}, name)
                store.ledger()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in ("low", "high")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    quantity = store.ledger().by_id["A1"].quantity
    assert quantity is not None and (quantity.low, quantity.high) == (919, 1119)
    assert_whole(store)


def test_one_who_waits_too_long_is_told_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that never ends: the other is refused in words, and nothing is half-done."""
    url = _address(store)
    for place in ("database", "failures"):
        monkeypatch.setattr(f"foedus.evidence.store.{place}.PATIENCE", 1)
    with open_store(url) as other, store.database.write():
        with pytest.raises(EvidenceError) as caught:
            other.accept("A1", "bob")
        assert caught.value.problems[0].code == "store-busy"
        assert "locked" not in str(caught.value)
    assert store.claim("A1").version == 1
    store.accept("A1", "ann")
