"""Cases of a few claims: what the tests of notes and of placing share."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from foedus.case import Case, load
from foedus.evidence import Claim
from foedus.evidence.store.changes import claim_of_record


def claim(name: str, value: float, **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "ctype": "quantity",
        "modality": "actual",
        "polarity": "+",
        "region": "body",
        "relevance": 2,
        "actor": None,
        "source": {"canonical": "the dockers' union", "type": "official", "mode": "indirect"},
        "hedge": {"class": "asserted"},
        "group": "strikers",
        "paraphrase": f"{value:,.0f} dockers were on strike in Lorn.",
        "origin": "the dockers' union",
        "grade": "A2",
        "graded_because": "g",
        "published": "2024-10-01",
        "status": "accepted",
        "quantity": {"kind": "numeric", "qualifier": "eq", "value": value, "unit": "person"},
        **more,
    }


def said_by(name: str) -> dict[str, Any]:
    """What a record tells of whose it is, where somebody speaks for himself."""
    source = {"canonical": name, "type": "official", "mode": "direct"}
    return {"source": source, "origin": name, "grade": "B2"}


def about(value: float) -> dict[str, Any]:
    """Some so many people."""
    return {"kind": "numeric", "qualifier": "about", "value": value, "unit": "person"}


def figured(name: str, group: str, words: str, value: float, unit: str, actor: str | None = None) -> dict[str, Any]:
    """The record of a claim with a figure."""
    figure = {"kind": "numeric", "qualifier": "eq", "value": value, "unit": unit}
    return claim(name, value, group=group, paraphrase=words, quantity=figure, actor=actor)


def told(words: str, value: float, unit: str, actor: str | None = None) -> Claim:
    """A new claim that nobody has placed."""
    return claim_of_record(figured("N", "new", words, value, unit, actor), "a test")


def case_of(folder: Path, model: str, said: Iterable[tuple[Any, ...]]) -> Case:
    """A case with a model and a ledger of claims, each (id, group, words, value, unit) and whom it is about, if anybody."""
    (folder / "model.foedus").write_text(model)
    (folder / "ledger.jsonl").write_text("".join(json.dumps(figured(*row)) + "\n" for row in said))
    return load(str(folder))
