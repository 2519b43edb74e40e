"""`kill -9` in the middle of a thousand writes: whole events only, none that was told is lost, and the store goes on."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest
from tests.ledger.records import assert_whole, claims
from tests.ledger.test_store import _address
from tests.ledger.test_together import start

from foedus.evidence import Store, open_store


def test_a_killed_writer_leaves_whole_events(store: Store) -> None:
    url = _address(store)
    luck = random.Random(7)
    known = 3
    for turn in range(4):
        worker = start("write_on", url, f"turn {turn}")
        assert worker.stdout is not None
        told = [worker.stdout.readline() for _ in range(luck.randint(3, 60))]
        time.sleep(luck.random() * 0.03)
        os.kill(worker.pid, signal.SIGKILL)
        out, _ = worker.communicate()
        assert worker.returncode == -signal.SIGKILL
        numbers = [int(line) for line in [*told, *out.split("\n")] if line.strip()]
        with open_store(url) as after:
            assert after.number >= max(numbers) > known, "what was told is kept"
            assert_whole(after)
            events = after.history(since=known)
            together = [event for event in events if event.claim in ("A1", "A2", "A3")]
            assert len(together) % 3 == 0, "three edits of one command are kept all or not at all"
            known = after.number
    store.add(claims("Z1"), "ann", "afterwards")
    assert store.history()[-1].number == known + 1
    assert_whole(store)


def test_a_writer_that_dies_before_its_end_has_written_nothing(store: Store) -> None:
    before, digest = store.history(), store.ledger().sha256
    worker = start("die_writing", _address(store), "ann")
    worker.communicate(timeout=60)
    assert worker.returncode == -signal.SIGKILL
    with open_store(_address(store)) as after:
        assert after.history() == before and after.ledger().sha256 == digest
        after.edit(["A1", "A2", "A3"], {"note": "together"}, "bob")
        assert_whole(after)


def test_a_store_whose_making_was_killed_is_not_there(url: str, tmp_path: Path) -> None:
    """Killed while the store is made: there is none, and the next attempt makes it."""
    if "://" in url:
        pytest.skip("a server makes all tables in one transaction")
    import subprocess
    import sys

    code = (
        "import os, signal\nfrom foedus.evidence import open_store\n"
        f"open_store({url!r}, create=True, fill=lambda connection: os.kill(os.getpid(), signal.SIGKILL))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True)
    assert done.returncode == -signal.SIGKILL
    assert not Path(url).exists()
    with open_store(url, create=True) as opened:
        opened.add(claims("A1"), "ann")
        assert_whole(opened)
