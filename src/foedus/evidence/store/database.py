"""The database under a ledger store: a SQLite file, or PostgreSQL by its URL; one way to read and one to write."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa

from foedus import extras
from foedus.evidence.store.event import utc_now
from foedus.evidence.store.failures import MEND, PATIENCE, refusal, told
from foedus.evidence.store.tables import EVENT, FORMAT, META, create_tables
from foedus.files import put_beside

__all__ = ["Address", "Database", "Fill", "address", "connect", "create_database"]

Fill = Callable[[sa.Connection], None]
"""What a new store is filled with, in the transaction that makes it."""

# One number for all stores of a server's database: two processes do not make the tables at the same time.
_CREATING = 6_031_402


@dataclass(frozen=True)
class Address:
    """Where a store is.

    Attributes:
        url: for SQLAlchemy.
        label: for messages; without password.
        path: of the file, None on a server.
    """

    url: sa.URL
    label: str
    path: Path | None


def address(url_or_path: str | Path) -> Address:
    """The address that a user gave: a path, `sqlite:///path`, or `postgresql://…`.

    Raises:
        EvidenceError: it is neither.
    """
    text = str(url_or_path)
    if isinstance(url_or_path, Path) or "://" not in text:
        path = Path(text)
        return Address(sa.URL.create("sqlite", database=str(path)), text, path)
    try:
        url = sa.make_url(re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", text))
    except (sa.exc.ArgumentError, ValueError):
        raise refusal(text.split("@")[-1], "bad-url", "this is no address of a database.", _WAYS) from None
    label = url.render_as_string(hide_password=True)
    if url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:"):
        return Address(url, str(url.database), Path(str(url.database)))
    if url.drivername != "postgresql+psycopg":
        raise refusal(label, "bad-url", f"a ledger cannot be kept in `{url.drivername}` at this address.", _WAYS)
    return Address(url, label, None)


_WAYS = "Give a path, sqlite:///path, or postgresql+psycopg://user@host/database."


@dataclass(frozen=True)
class Database:
    """An open database."""

    engine: sa.Engine
    address: Address

    @property
    def label(self) -> str:
        return self.address.label

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A transaction that sees one state of the store from beginning to end.

        Raises:
            EvidenceError: the database failed.
        """
        with told(self.label), self.engine.connect() as plain:
            is_file = self.address.path is not None
            connection = plain if is_file else plain.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A transaction in which nobody else writes; all of it is kept, or nothing.

        Writers queue from the first statement on, so that no read of theirs is out of date when they write, and events appear
        in the order of their numbers.

        Raises:
            EvidenceError: the database failed; nothing was written.
        """
        with told(self.label), self.engine.connect() as plain:
            connection = plain.execution_options(foedus_begin="BEGIN IMMEDIATE")
            with connection.begin():
                if self.address.path is None:
                    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
                    connection.exec_driver_sql(f"LOCK TABLE {EVENT.name} IN SHARE ROW EXCLUSIVE MODE")
                yield connection

    def close(self) -> None:
        self.engine.dispose()


def connect(place: Address) -> Database:
    """Open a database that holds a ledger.

    Raises:
        EvidenceError: it is not there, or holds no ledger.
    """
    database = _opened(place)
    try:
        with database.read() as connection:
            found = _format(connection)
            _refuse_cut(connection, place)
    except BaseException:
        database.close()
        raise
    if found == FORMAT:
        return database
    database.close()
    if found is not None:
        message = f"the ledger was written in format {found}; this version knows format {FORMAT}."
        raise refusal(place.label, "unknown-format", message, "Update foedus.")
    if place.path is not None and place.path.stat().st_size == 0:
        raise refusal(place.label, "store-damaged", "the file is empty; a store never is, so it was cut.", MEND)
    raise refusal(place.label, "not-a-store", "this database holds no ledger.", "Check the address, or create the store first.")


def create_database(place: Address, case: str, fill: Fill) -> None:
    """Make a store with what `fill` puts into it, all at once; where one is already, nothing happens.

    Raises:
        EvidenceError: it cannot be made.
    """
    if place.path is not None:
        _create_file(place.path, place.label, case, fill)
        return
    database = _opened(place)
    try:
        with told(place.label), database.engine.begin() as connection:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_CREATING})")
            if _format(connection) is None:
                create_tables(connection, case, utc_now())
                fill(connection)
    finally:
        database.close()


def _create_file(path: Path, label: str, case: str, fill: Fill) -> None:
    """Build the file beside its place and link it there: whoever looks sees no store or the whole of it."""
    if path.exists():
        return
    try:
        with told(label), put_beside(path, replaces=False) as beside:
            beside.touch()
            engine = _sqlite_engine(beside)
            try:
                with engine.connect().execution_options(foedus_begin="BEGIN IMMEDIATE") as connection, connection.begin():
                    create_tables(connection, case, utc_now())
                    fill(connection)
            finally:
                engine.dispose()
                beside.with_name(beside.name + "-journal").unlink(missing_ok=True)
    except OSError as error:
        message = f"the store cannot be made here: {error.strerror or error}."
        raise refusal(
            label, "store-read-only", message, "Name a store elsewhere with --store, or work on a copy of the case."
        ) from None


def _refuse_cut(connection: sa.Connection, place: Address) -> None:
    """Refuse a file that is shorter than it says; SQLite itself would read zeros where the last page was cut."""
    if place.path is None:
        return
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    size = connection.exec_driver_sql("PRAGMA page_size").scalar_one()
    if place.path.stat().st_size < pages * size:
        raise refusal(place.label, "store-damaged", "the file was cut short.", MEND)


def _opened(place: Address) -> Database:
    """The database at an address, not yet looked into."""
    if place.path is None:
        return Database(_postgres_engine(place), place)
    if not place.path.is_file():
        what = "this is a folder" if place.path.is_dir() else "there is no such file"
        raise refusal(place.label, "no-store", f"{what}.", "Check the path, or create the store first.")
    return Database(_sqlite_engine(place.path), place)


def _sqlite_engine(path: Path) -> sa.Engine:
    """An engine that begins its transactions itself, and never makes a file that is not there."""
    uri = f"file:{quote(str(path.absolute()))}?mode=rw"

    def connection() -> sqlite3.Connection:
        return sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False)

    engine = sa.create_engine("sqlite://", creator=connection, poolclass=sa.QueuePool)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("foedus_begin", "BEGIN"))


def _postgres_engine(place: Address) -> sa.Engine:
    problem = extras.missing("postgres", "a ledger in PostgreSQL")
    if problem is not None:
        raise refusal(place.label, "no-driver", problem.message, problem.help)
    return sa.create_engine(place.url, connect_args={"connect_timeout": 10}, pool_pre_ping=True)


def _format(connection: sa.Connection) -> str | None:
    """The format of the tables, None where there are none."""
    if not sa.inspect(connection).has_table(META.name):
        return None
    return connection.execute(sa.select(META.c.value).where(META.c.key == "format")).scalar()
