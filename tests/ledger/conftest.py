"""Stores to test on: a SQLite file, and a schema of a real PostgreSQL that is started for the tests."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
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
    """The words before a command that run it as a user PostgreSQL accepts; the folder is given to that user."""
    if os.geteuid() != 0:
        return []
    names = [user.pw_name for user in pwd.getpwall()]
    user = next((name for name in ("postgres", "nobody") if name in names), None)
    if user is None or shutil.which("setpriv") is None:
        pytest.skip("PostgreSQL refuses to run as root, and there is no other user to run it as; its tests are left out")
    entry = pwd.getpwnam(user)
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return ["setpriv", f"--reuid={entry.pw_uid}", f"--regid={entry.pw_gid}", "--clear-groups", "--"]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL of our own, reachable by a socket only."""
    pytest.importorskip("psycopg", reason="the extra `postgres` is not installed; its tests are left out")
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="foedus-postgres-", dir="/tmp"))
    lead = _as_server(folder)
    data = folder / "data"

    def call(*words: str) -> None:
        done = subprocess.run([*lead, *words], capture_output=True, text=True, cwd="/tmp", stdin=subprocess.DEVNULL)
        if done.returncode:
            log = folder / "log"
            pytest.skip(f"PostgreSQL cannot be started: {done.stderr[-300:]} {log.read_text()[-300:] if log.exists() else ''}")

    try:
        call(str(programs / "initdb"), "-D", str(data), "-A", "trust", "-U", "foedus", "-E", "UTF8", "--no-locale", "--no-sync")
        settings = f"-k {folder} -c listen_addresses='' -c max_connections=50 -c log_min_messages=fatal"
        call(str(programs / "pg_ctl"), "-D", str(data), "-l", str(folder / "log"), "-o", settings, "-w", "start")
        try:
            yield f"postgresql+psycopg://foedus@/postgres?host={folder}"
        finally:
            subprocess.run([*lead, str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"], capture_output=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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
