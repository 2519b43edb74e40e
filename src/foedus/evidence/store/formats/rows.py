"""The ledger as CSV in long form: one row for every field of every claim, with what one filters by beside it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

from foedus.evidence.claim import Claim

__all__ = ["COLUMNS", "long_table"]

COLUMNS = ("claim", "status", "group", "source", "published", "field", "value")


def long_table(claims: Sequence[Claim]) -> str:
    """The table, with a head; texts and figures as in the ledger's text, lists as JSON."""
    output = io.StringIO(newline="")
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for claim in claims:
        keys = (claim.id, claim.status, claim.group, claim.source.canonical, claim.published or "")
        writer.writerows((*keys, name, value) for name, value in _fields(claim.as_dict()))
    return output.getvalue()


def _fields(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(`quantity.value`, "1200") and so on, without those that are empty."""
    for key, value in record.items():
        if isinstance(value, dict):
            yield from ((f"{key}.{name}", text) for name, text in _fields(value))
        elif value is not None and key != "id":
            yield key, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
