"""What a database complains about, in words that say where, what, why and what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from foedus.errors import EvidenceError, Problem

__all__ = ["MEND", "PATIENCE", "refusal", "told"]

PATIENCE = 30
"""Seconds to wait for another process that is writing."""

MEND = "Put a copy back; or move it away, and the next change makes a new store from the ledger.jsonl beside it."
"""What to do about a file that is damaged."""

_UNWRITTEN = "Nothing of this change was written; what was there before is whole."

# code, message, help; by the primary code that SQLite gives.
_SQLITE = {
    sqlite3.SQLITE_BUSY: ("store-busy", f"another process has kept it for {PATIENCE} seconds. {_UNWRITTEN}", "Try again."),
    sqlite3.SQLITE_LOCKED: ("store-busy", f"it is in use. {_UNWRITTEN}", "Try again."),
    sqlite3.SQLITE_FULL: ("disk-full", f"the disk is full. {_UNWRITTEN}", "Make room, then do it again."),
    sqlite3.SQLITE_IOERR: (
        "disk-failed",
        f"the disk refused to read or write; it may be full. {_UNWRITTEN}",
        "Make room or mend it, then do it again.",
    ),
    sqlite3.SQLITE_READONLY: (
        "store-read-only",
        "it cannot be written here: the file or its folder is read-only.",
        "Work on a copy of the case in a folder of your own, or name a store elsewhere with --store.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "store-unreadable",
        "it cannot be opened, or its folder cannot be written.",
        "Check the path and who may read and write there, or name a store elsewhere with --store.",
    ),
    sqlite3.SQLITE_NOTADB: (
        "not-a-store",
        "this file is no ledger store.",
        "Check the path; if the file was one, put a copy back.",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "store-damaged",
        "the file is damaged: it was cut short or written over.",
        MEND,
    ),
}

_POSTGRES = {
    "55P03": ("store-busy", f"another process has kept it for {PATIENCE} seconds. {_UNWRITTEN}", "Try again."),
    "53100": ("disk-full", f"the server's disk is full. {_UNWRITTEN}", "Make room, then do it again."),
    "25006": ("store-read-only", "the server is read-only.", "Use the server that can be written."),
    "42501": ("store-read-only", "this user may not do that.", "Ask the server's owner for the right to do so."),
}


def refusal(label: str, code: str, message: str, help_text: str) -> EvidenceError:
    """A refusal that concerns the whole store."""
    return EvidenceError(Problem(label, 0, 0, code, message[:1].upper() + message[1:], help_text))


@contextmanager
def told(label: str) -> Iterator[None]:
    """Turn what the database raises into a refusal.

    Raises:
        EvidenceError: the database failed; the transaction that was running is undone.
    """
    try:
        yield
    except sa.exc.DBAPIError as error:
        raise _translated(label, error.orig, str(error.orig)) from None
    except sqlite3.Error as error:
        raise _translated(label, error, str(error)) from None


def _translated(label: str, error: BaseException | None, words: str) -> EvidenceError:
    """The refusal for an error of either database."""
    if isinstance(error, sqlite3.Error):
        primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if primary in _SQLITE:
            return refusal(label, *_SQLITE[primary])
    state = getattr(error, "sqlstate", None)
    if state in _POSTGRES:
        return refusal(label, *_POSTGRES[state])
    first = words.strip().splitlines()[0] if words.strip() else "it gave no reason"
    if not isinstance(error, sqlite3.Error) and (state is None or state.startswith(("08", "57", "28", "3D"))):
        message = f"the server cannot be used: {first}"
        return refusal(
            label, "store-unreachable", message, "Check the URL and that the server runs; then look whether it was done."
        )
    if "append-only" in words:
        return refusal(label, "append-only", f"{first}.", "Undo a change with a new one: history is never rewritten.")
    return refusal(label, "store-failed", f"the database refused: {first}", "Nothing of this change was written.")
