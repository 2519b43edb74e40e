"""Full disks, damaged files, folders that cannot be written: what was there stays whole, and the message says what to do."""

from __future__ import annotations

import os
import pwd
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.ledger.records import assert_whole, claims, ledger_file, record
from tests.ledger.test_store import _address, refused
from tests.ledger.test_together import ROOT, finished, start

from foedus.errors import EvidenceError
from foedus.evidence import Store, open_store
from foedus.evidence.store.beside import ledger_place, open_to_change


def added(told: str) -> tuple[list[str], str]:
    """The ids that a worker said it added, and the refusal that ended it."""
    lines = told.strip().split("\n")
    return [line.split()[1] for line in lines[:-1]], lines[-1]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m,mode=777", "none", str(place)], capture_output=True, text=True
    )
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_refuses_the_change_and_keeps_the_rest(small_disk: Path) -> None:
    url = str(small_disk / "ledger.sqlite")
    open_store(url, create=True).close()
    [told] = finished(start("until_refused", url, "ann"))
    names, refusal = added(told)
    assert len(names) > 20 and ("disk-full" in refusal or "disk-failed" in refusal) and "Make room" in refusal
    with open_store(url) as store:
        assert [claim.id for claim in store.ledger().claims] == names
        assert_whole(store)
    (small_disk / "other").touch()
    shutil.copy(url, small_disk.parent / "roomier.sqlite")
    with open_store(small_disk.parent / "roomier.sqlite") as store:
        store.add(claims("Z1"), "ann")
        assert_whole(store)


def test_a_full_disk_when_the_store_is_made_leaves_none(small_disk: Path) -> None:
    ledger_file(small_disk / "ledger.jsonl", *(record(f"A{number}", note="x" * 590) for number in range(500)))
    with pytest.raises(EvidenceError) as caught:
        open_to_change(ledger_place(small_disk, "sample", environment={}), "ann")
    assert caught.value.problems[0].code in ("disk-full", "disk-failed")
    assert [path.name for path in small_disk.iterdir()] == ["ledger.jsonl"]


def test_a_file_that_may_not_grow_refuses_the_change(tmp_path: Path) -> None:
    url = str(tmp_path / "ledger.sqlite")
    open_store(url, create=True).close()
    [told] = finished(start("write_into_limit", url, "300000", "ann"))
    names, refusal = added(told)
    assert len(names) > 20 and ("disk-full" in refusal or "disk-failed" in refusal)
    with open_store(url) as store:
        assert [claim.id for claim in store.ledger().claims] == names
        store.add(claims("Z1"), "ann")
        assert_whole(store)


def test_a_full_disk_of_the_server(server: str, tmp_path: Path) -> None:
    """The tables lie on a small disk of their own; the server says that it is full, and goes on."""
    import psycopg
    from tests.ledger.records import new_schema

    folder = Path(server.split("host=")[1])
    place = folder / "small"
    place.mkdir()
    owner = (folder / "data").stat()
    options = f"size=2m,mode=700,uid={owner.st_uid},gid={owner.st_gid}"
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", str(place)], capture_output=True, text=True)
    if mounted.returncode:
        place.rmdir()
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    plain = server.replace("+psycopg", "")
    try:
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(f"CREATE TABLESPACE small LOCATION '{place}'")  # type: ignore[call-overload]
        url = f"{new_schema(server)}%20-cdefault_tablespace%3Dsmall"
        open_store(url, create=True).close()
        [told] = finished(start("until_refused", url, "ann"))
        names, refusal = added(told)
        assert len(names) > 20 and "disk-full" in refusal and "Make room" in refusal
        with open_store(url) as store:
            assert [claim.id for claim in store.ledger().claims] == names
            assert_whole(store)
        with psycopg.connect(plain, autocommit=True) as connection:
            schema = url.split("search_path%3D")[1].split("%20")[0]
            connection.execute(f"DROP SCHEMA {schema} CASCADE")  # type: ignore[call-overload]
            connection.execute("CHECKPOINT")
            connection.execute("DROP TABLESPACE small")
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.parametrize("share", [0.0, 0.001, 0.3, 0.5, 0.9, 0.999])
def test_a_truncated_file_is_refused(share: float, tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with open_store(path, create=True) as store:
        store.add(claims(*(f"A{number}" for number in range(200))), "ann")
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(EvidenceError) as caught, open_store(path) as store:
        store.ledger()
    assert caught.value.problems[0].code in ("store-damaged", "not-a-store")
    assert "copy" in caught.value.problems[0].help
    with pytest.raises(EvidenceError), open_store(path, create=True) as store:
        store.add(claims("Z1"), "ann")
    assert path.read_bytes() == data[: int(len(data) * share)], "a damaged file is left as it is"


def test_a_file_that_was_written_over_is_refused_or_still_right(tmp_path: Path) -> None:
    """Whatever bytes are written over: either the ledger is exactly as it was, or it is refused with a message."""
    path = tmp_path / "ledger.sqlite"
    with open_store(path, create=True) as store:
        store.add(claims(*(f"A{number}" for number in range(200))), "ann")
        digest = store.ledger().sha256
    data = path.read_bytes()
    luck = random.Random(3)
    refusals = 0
    for _ in range(25):
        place = luck.randrange(100, len(data) - 2000)
        path.write_bytes(data[:place] + luck.randbytes(1500) + data[place + 1500 :])
        try:
            with open_store(path) as store:
                assert store.ledger().sha256 == digest
        except EvidenceError as error:
            refusals += 1
            assert error.problems[0].code in ("store-damaged", "store-failed", "not-a-store", "unknown-format"), str(error)
    assert refusals > 3


NO_STORES = {
    "text": b"This is a letter, not a database, and it is longer than a header of one would be. " * 20,
    "JSON lines": b'{"id": "A1"}\n' * 100,
    "zeros": b"\0" * 8192,
    "a picture": b"\x89PNG\r\n\x1a\n" + b"\0\1\2" * 1000,
}


@pytest.mark.parametrize("name", NO_STORES)
def test_a_file_that_is_no_database_is_refused_and_kept(name: str, tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(NO_STORES[name])
    for create in (False, True):
        with refused("not-a-store"):
            open_store(path, create=create)
    assert path.read_bytes() == NO_STORES[name]


def test_a_database_of_something_else_is_refused(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "ledger.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")
    connection.close()
    with refused("not-a-store"):
        open_store(path)
    with refused("no-store"):
        open_store(tmp_path)


def test_a_store_of_a_later_format_is_refused(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "ledger.sqlite"
    open_store(path, create=True).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE ledger_meta SET value = '99' WHERE key = 'format'")
    connection.close()
    with refused("unknown-format"):
        open_store(path)


@pytest.mark.parametrize("change", ["'{}'", "replace(record, 'B2', 'A1')"])
def test_a_claim_changed_behind_the_stores_back_is_noticed(change: str, store: Store) -> None:
    """Even one that is a claim: the last event says something else."""
    import sqlalchemy as sa

    with store.database.write() as connection:
        connection.execute(sa.text(f"UPDATE ledger_claim SET record = {change} WHERE id = 'A2'"))
    with open_store(_address(store)) as other, refused("store-damaged"):
        other.ledger()
    with refused("store-damaged"):
        store.claim("A2")


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """Reading works, with a store and without; writing says what to do. As a user without rights where we are root."""
    import tempfile

    with tempfile.TemporaryDirectory(dir="/tmp") as place:
        folder = Path(place) / "sample"
        folder.mkdir()
        (folder / "model.foedus").write_text(
            'model m "m" as of 2024-10-25 for 4 weeks step 1 week\nunit person\nstock x : person = 1\n'
        )
        ledger_file(folder / "ledger.jsonl", record("A1"))
        _as_guest(folder, "list", expected=0, words="1 of 1 claim ")
        _as_guest(folder, "accept", "A1", expected=1, words="store-read-only")
        assert sorted(path.name for path in folder.iterdir()) == ["ledger.jsonl", "model.foedus"]
        open_to_change(ledger_place(folder, "sample", environment={}), "ann").close()
        _as_guest(folder, "list", expected=0, words="1 of 1 claim ")
        _as_guest(folder, "show", "A1", expected=0, words="import")
        for words in (("accept", "A1"), ("import",), ("export",), ("export", "/proc/none.jsonl")):
            _as_guest(folder, *words, expected=1, words="cannot-write" if words[0] == "export" else "store-read-only")
        with open_store(folder / "ledger.sqlite") as store:
            assert store.number == 1


def _as_guest(folder: Path, *arguments: str, expected: int, words: str) -> None:
    """Call `foedus ledger` as somebody who may only read the folder."""
    lead: list[str] = []
    for path in (folder.parent, folder, *folder.iterdir()):
        path.chmod(0o755 if path.is_dir() else 0o644)
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None or not any(user.pw_name == "nobody" for user in pwd.getpwall()):
            pytest.skip("root may write everywhere, and there is no other user to try it as")
        guest = pwd.getpwnam("nobody")
        lead = ["setpriv", f"--reuid={guest.pw_uid}", f"--regid={guest.pw_gid}", "--clear-groups", "--"]
    else:
        for path in (*folder.iterdir(), folder):
            path.chmod(0o555 if path.is_dir() else 0o444)
    code = "import sys; from foedus.cli.main import main; main(sys.argv[1:])"
    command = [*lead, sys.executable, "-c", code, "ledger", str(folder), *arguments]
    environment = {**os.environ, "HOME": "/nonexistent", "LOGNAME": "guest", "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("FOEDUS_LEDGER", None)
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", env=environment)
    if "No module named" in done.stderr or "Permission denied: '/" in done.stderr or done.returncode == 126:
        pytest.skip("another user cannot reach this installation of Python")
    assert done.returncode == expected, (arguments, done.stdout, done.stderr)
    assert words in done.stdout + done.stderr, (arguments, done.stdout, done.stderr)


def test_an_interrupted_export_leaves_the_old_file(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    store.export(path)
    before = path.read_bytes()
    store.add(claims(*(f"N{number}" for number in range(100))), "ann")
    [told] = finished(start("export_into_limit", _address(store), str(path), "20000"))
    assert [line.split(":")[0] for line in told.strip().split("\n")] == ["refused cannot-write"] * 2
    assert path.read_bytes() == before
    assert not list(tmp_path.glob(".*part*"))
    [told] = finished(start("export_into_limit", _address(store), str(path), "10000000"))
    assert told.split() == ["written", "written"]


def test_a_killed_export_leaves_the_old_file(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    store.export(path)
    before = path.read_bytes()
    code = (
        "import os, signal\nfrom foedus.evidence import open_store\n"
        "os.fsync = lambda number: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"store = open_store({_address(store)!r})\nstore.accept('A1', 'bob')\nstore.export({str(path)!r})\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT)
    assert done.returncode < 0 and path.read_bytes() == before
    assert store.claim("A1").claim.status == "accepted"
