"""What the tests of evidence share: a maker of claims, the flagship's ledger, the shared documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from claim_records import record

from foedus.evidence import Claim, Ledger, read_ledger
from foedus.evidence.claim import Place
from foedus.evidence.schema import claim_problems, parse_claim

ROOT = Path(__file__).parents[2]
MakeClaim = Callable[..., Claim]


@pytest.fixture
def make() -> MakeClaim:
    """Builds a claim; `value`, `qualifier`, `unit` and `hedge` are short forms."""
    numbers = iter(range(1, 10_000))

    def build(
        value: float | None = 1000,
        *,
        qualifier: str = "eq",
        unit: str = "person",
        hedge: str = "asserted",
        low: float | None = None,
        high: float | None = None,
        **changes: Any,
    ) -> Claim:
        quantity = {
            "kind": "numeric",
            "qualifier": qualifier,
            "value": value,
            "low": low,
            "high": high,
            "unit": unit,
        }
        parts = {"id": f"C{next(numbers):04d}", "quantity": quantity, "hedge": {"class": hedge}, **changes}
        whole = record(**parts)
        assert claim_problems(whole) == []
        return parse_claim(whole, Place("ledger.jsonl", 7))

    return build


@pytest.fixture(scope="session")
def pact() -> Ledger:
    """The flagship's ledger."""
    return read_ledger(ROOT / "cases" / "pact" / "ledger.jsonl", as_of="2024-10-25")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of documents beside the repository, or a skip."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the documents are not here")
    return folder
