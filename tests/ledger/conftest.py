"""Stores to test on: a SQLite file, and a schema of a real PostgreSQL that is started for the tests."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.ledger.records import claims, new_schema

from foedus.evidence import Store, open_store

_PROGRAMS = [Path(path) for path in ("/usr/lib/postgresql/17/bin", "/usr/lib/postgresql/16/bin", "/usr/lib/postgresql/15/bin")]


def _programs() -> Path:
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else []
    for folder in [*folders, *_PROGRAMS]:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    pytest.skip("PostgreSQL is not installed (Debian: apt install postgresql); its tests are left out")


def _as_server(folder: Path) -> list[str]:
    """The words before a command that run it as a user PostgreSQL accepts; the folder is given to that user.

    With `setpriv`, the command also ends when the tests do, however these end.
    """
    ends_with_us = ["setpriv", "--pdeathsig", "QUIT"] if shutil.which("setpriv") else []
    if os.geteuid() != 0:
        return [*ends_with_us, "--"] if ends_with_us else []
    names = [user.pw_name for user in pwd.getpwall()]
    user = next((name for name in ("postgres", "nobody") if name in names), None)
    if user is None or not ends_with_us:
        pytest.skip("PostgreSQL refuses to run as root, and there is no other user to run it as; its tests are left out")
    entry = pwd.getpwnam(user)
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return [*ends_with_us, f"--reuid={entry.pw_uid}", f"--regid={entry.pw_gid}", "--clear-groups", "--"]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL of our own, reachable by a socket only."""
    pytest.importorskip("psycopg", reason="the extra `postgres` is not installed; its tests are left out")
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="foedus-postgres-", dir="/tmp"))
    lead, data, log = _as_server(folder), folder / "data", folder / "log"
    address = f"postgresql+psycopg://foedus@/postgres?host={folder}"
    running = None
    try:
        words = ["-D", str(data), "-A", "trust", "-U", "foedus", "-E", "UTF8", "--no-locale", "--no-sync"]
        made = subprocess.run([*lead, str(programs / "initdb"), *words], capture_output=True, text=True, cwd="/tmp")
        if made.returncode:
            pytest.skip(f"PostgreSQL cannot be set up here: {made.stderr[-300:]}")
        settings = [f"unix_socket_directories={folder}", "listen_addresses=", "max_connections=50", "log_min_messages=fatal"]
        command = [*lead, str(programs / "postgres"), "-D", str(data), *(word for one in settings for word in ("-c", one))]
        with log.open("wb") as output:
            running = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd="/tmp")
        _wait(address, running, log)
        yield address
    finally:
        if running is not None:
            running.send_signal(signal.SIGQUIT)
            running.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(address: str, running: subprocess.Popen[bytes], log: Path) -> None:
    """Until the server answers."""
    import psycopg

    for _ in range(300):
        try:
            psycopg.connect(address.replace("+psycopg", "")).close()
            return
        except psycopg.OperationalError:
            if running.poll() is not None:
                break
            time.sleep(0.1)
    pytest.skip(f"PostgreSQL does not start here: {log.read_text()[-300:]}")


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a store that is not there yet."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.sqlite")
    return new_schema(request.getfixturevalue("server"))


@pytest.fixture
def empty(url: str) -> Iterator[Store]:
    """A store without claims."""
    with open_store(url, create=True) as store:
        yield store


@pytest.fixture
def store(empty: Store) -> Store:
    """A store with the claims A1, A2 and A3."""
    empty.add(claims("A1", "A2", "A3"), "ann", "to begin with")
    return empty
