"""Records and claims to test with, and what must hold of every store."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

from foedus.evidence import Claim, Store
from foedus.evidence.claim import Place
from foedus.evidence.ledger import claim_line
from foedus.evidence.schema import claim_problems, parse_claim

__all__ = ["assert_whole", "claims", "ledger_file", "new_schema", "record"]


def record(name: str = "A1", **changes: Any) -> dict[str, Any]:
    """The record of a valid claim, with changes; None takes a key out."""
    base: dict[str, Any] = {
        "id": name,
        "ctype": "quantity",
        "modality": "actual",
        "polarity": "+",
        "region": "body",
        "relevance": 2,
        "source": {"canonical": "someone", "type": "official", "mode": "direct"},
        "hedge": {"class": "asserted"},
        "group": "troops",
        "paraphrase": "There are a thousand.",
        "origin": "someone",
        "grade": "B2",
        "graded_because": "usually right",
        "published": "2024-10-01",
        "status": "proposed",
        "quantity": {"kind": "numeric", "qualifier": "eq", "value": 1000, "low": None, "high": None, "unit": "person"},
    }
    return {key: value for key, value in {**base, **changes}.items() if value is not None}


def claims(*names: str, **changes: Any) -> list[Claim]:
    """Valid claims of these ids."""
    records = [record(name, **changes) for name in names]
    assert all(claim_problems(one) == [] for one in records)
    return [parse_claim(one, Place("test", 0)) for one in records]


def ledger_file(path: Path, *records: dict[str, Any] | str) -> Path:
    """A ledger of these records, or lines as they are."""
    lines = [item if isinstance(item, str) else json.dumps(item, ensure_ascii=False) for item in records]
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


def assert_whole(store: Store) -> None:
    """The claims are what the events add up to; numbers and versions have no gap."""
    events = store.history()
    assert [event.number for event in events] == list(range(1, len(events) + 1))
    state: dict[str, Any] = {}
    versions: dict[str, int] = {}
    for event in events:
        assert event.before == state.get(event.claim)
        assert event.version == versions.get(event.claim, 0) + 1
        state[event.claim], versions[event.claim] = event.after, event.version
    lines = {name: json.dumps(after, ensure_ascii=False) for name, after in state.items() if after is not None}
    assert {claim.id: claim_line(claim) for claim in store.ledger().claims} == lines
    assert all(store.claim(name).version == versions[name] for name in list(lines)[:20])


def new_schema(server: str) -> str:
    """The address of an empty schema of a PostgreSQL."""
    import psycopg

    name = f"ledger_{uuid.uuid4().hex}"
    with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")  # type: ignore[call-overload]
    return f"{server}&options=-csearch_path%3D{name}"
