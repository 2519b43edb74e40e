"""The day on which something is made, and the mark that says what made it."""

from __future__ import annotations

import datetime
import os

from foedus.errors import InputError, Problem

__all__ = ["GENERATOR", "made_on"]

GENERATOR = '<meta name="generator" content="foedus">'


def made_on() -> str:
    """The ISO date of today in UTC; of SOURCE_DATE_EPOCH where that is set, so that the same input makes the same bytes on any day.

    Raises:
        InputError: SOURCE_DATE_EPOCH is no count of seconds.
    """
    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not told:
        return datetime.datetime.now(datetime.UTC).date().isoformat()
    try:
        if not (told.isascii() and told.isdigit()):
            raise ValueError
        return datetime.datetime.fromtimestamp(int(told), datetime.UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        message = f"SOURCE_DATE_EPOCH is `{told[:40]}`, which is no time."
        help = "Give whole seconds since 1970-01-01, such as 1729814400 for 2024-10-25, or leave it unset."
        raise InputError(Problem("SOURCE_DATE_EPOCH", 0, 0, "bad-date", message, help)) from None
