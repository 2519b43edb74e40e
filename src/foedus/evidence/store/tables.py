"""The tables of a ledger store. Events are the truth; the table of claims is what they add up to, kept in the same transaction."""

from __future__ import annotations

import sqlalchemy as sa

__all__ = ["CLAIM", "EVENT", "FORMAT", "META", "SYNC", "create_tables"]

FORMAT = "1"
"""Of the tables; a store of another format is refused."""

_METADATA = sa.MetaData()

META = sa.Table(
    "ledger_meta", _METADATA, sa.Column("key", sa.Text, primary_key=True), sa.Column("value", sa.Text, nullable=False)
)

EVENT = sa.Table(
    "ledger_event",
    _METADATA,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("claim", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("after", sa.Text),  # the line of the ledger; NULL when the claim was removed
    sa.UniqueConstraint("claim", "version"),
)

CLAIM = sa.Table(
    "ledger_claim",
    _METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer, nullable=False, unique=True),  # in the order in which claims came
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("event", sa.Integer, nullable=False, index=True),
    sa.Column("group_name", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("record", sa.Text),  # the line of the ledger; NULL when the claim was removed
    sa.Index("ledger_claim_group_unit", "group_name", "unit", "position"),
)

SYNC = sa.Table(
    "ledger_sync",
    _METADATA,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("place", sa.Text, nullable=False),  # the file on its machine
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("event", sa.Integer, nullable=False),  # the last one that the file holds
)

# A row may only be added, as the next in order. The check before an insert also stops INSERT OR REPLACE, which deletes without
# asking the trigger on DELETE.
_SQLITE = (
    """CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
       BEGIN SELECT RAISE(ABORT, 'append-only: rows of {table} are never changed'); END""",
    """CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
       BEGIN SELECT RAISE(ABORT, 'append-only: rows of {table} are never deleted'); END""",
    """CREATE TRIGGER {table}_in_order BEFORE INSERT ON {table}
       WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM {table}) {further}
       BEGIN SELECT RAISE(ABORT, 'append-only: a row of {table} must be the next in order'); END""",
)
_FURTHER = "OR EXISTS (SELECT 1 FROM ledger_event WHERE claim = NEW.claim AND version = NEW.version)"

_POSTGRES = (
    """CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $body$
       BEGIN RAISE EXCEPTION 'append-only: rows of {table} are never changed or deleted'; END $body$""",
    """CREATE TRIGGER {table}_no_update BEFORE UPDATE OR DELETE ON {table}
       FOR EACH ROW EXECUTE FUNCTION {table}_append_only()""",
    """CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
       FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()""",
    """CREATE FUNCTION {table}_next() RETURNS trigger LANGUAGE plpgsql AS $body$
       BEGIN
         IF NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM {table}) THEN
           RAISE EXCEPTION 'append-only: a row of {table} must be the next in order';
         END IF;
         RETURN NEW;
       END $body$""",
    """CREATE TRIGGER {table}_in_order BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_next()""",
)


def create_tables(connection: sa.Connection, case: str, when: str) -> None:
    """Make the tables and the triggers that keep events and syncs append-only, inside the running transaction."""
    _METADATA.create_all(connection, checkfirst=False)
    statements = _SQLITE if connection.dialect.name == "sqlite" else _POSTGRES
    for table in (EVENT.name, SYNC.name):
        for statement in statements:
            further = _FURTHER if table == EVENT.name else ""
            connection.exec_driver_sql(statement.format(table=table, further=further))
    meta = [{"key": "format", "value": FORMAT}, {"key": "case", "value": case}, {"key": "made", "value": when}]
    connection.execute(sa.insert(META), meta)
