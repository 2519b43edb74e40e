"""The reference classes of `pact`: every count in the ledger is that of its list, and its words stand in the document that ships."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

import pytest

import foedus
from foedus.evidence import span_digest
from helpers import ROOT

DOCUMENT = ROOT / "cases" / "pact" / "documents" / "reference_classes.md"
TEXT = DOCUMENT.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def claims() -> dict[str, Any]:
    found = foedus.load("pact").ledger.claims
    return {claim.id: claim for claim in found if claim.document and claim.document.file == DOCUMENT.name}


def rows(heading: str) -> list[list[str]]:
    """The cells of the table under a heading, without its head."""
    section = TEXT.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_every_claim_is_the_words_of_the_document(claims: dict[str, Any]) -> None:
    assert len(claims) >= 19
    for claim in claims.values():
        assert claim.document.sha256 == hashlib.sha256(DOCUMENT.read_bytes()).hexdigest()
        assert claim.span_sha256 == span_digest(TEXT[claim.start : claim.end])
        assert claim.published <= "2024-10-25"


def test_counts_are_those_of_their_lists(claims: dict[str, Any]) -> None:
    def count(name: str) -> tuple[float, float]:
        return claims[name].quantity.count, claims[name].quantity.exposure

    secret = rows("Soldiers sent abroad in secret")
    assert count("RC11") == (sum(row[3] == "yes" for row in secret), len(secret))
    wars = rows("Wars between states that pass their second year")
    ended = [row for row in wars if "ceasefire" in row[4] or "armistice" in row[4]]
    assert count("RC06") == (len(ended), pytest.approx(sum(float(row[3]) for row in wars)))
    kinds = rows("Those who refuse arms at first")
    assert count("RC14") == (
        sum(not row[1].startswith("not") for row in kinds),
        pytest.approx(sum(float(row[2]) for row in kinds)),
    )
    grown = rows("Contingents that grow")
    years = sum(len(row[1].split(",")) for row in grown)
    times = sum(len(row[2].split(",")) for row in grown if row[2] != "none")
    assert count("RC15") == (times, years)
    assert count("RC16") == (sum(row[3] == "yes" for row in grown), len(grown))
    for name, row in zip(("RC23", "RC24", "RC25"), rows("Papers that are exchanged after the Russian law"), strict=True):
        law, papers = (datetime.strptime(cell, "%d %B %Y") for cell in row[2:4])
        assert claims[name].quantity.value == int(row[4]) == (papers - law).days
    assert count("RC01") == (len(rows("Fatal clashes between the two Koreas")), 25)


def test_what_is_decided_or_strikes_leans_as_often_as_in_its_class(claims: dict[str, Any]) -> None:
    """Only Kyiv's leaving Kursk is a judgement, for want of a class."""
    program = foedus.load("pact").program
    groups = {claim.group for claim in claims.values()}
    assert groups == {slot.claims for slot in program.parameters if slot.claims in groups}
    carrying = {slot.claims for slot in program.parameters if slot.claims}
    assert f"{len(carrying)} groups of claims carry parameters" in (DOCUMENT.parents[1] / "README.md").read_text(encoding="utf-8")
    assert [slot.name for slot in program.parameters if slot.name.endswith("_lean")] == ["withdrawal_lean"]
