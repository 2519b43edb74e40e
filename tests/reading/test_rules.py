"""The rules of reading: each decides its example and keeps off its counter-example, and claims name no others."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from tests.reading.test_stances import KINDS

from foedus.evidence.reading import read_document, readings_as_dict, report_of
from foedus.evidence.reading.lexicon import table

RULES = table("rules")


def _rules(text: str) -> set[str]:
    """The rules that a text's claims name."""
    found = readings_as_dict([read_document(report_of(text.encode(), "note.txt", date(2024, 10, 25)))])["claims"]
    assert found, text
    return {rule for claim in found for rule in claim["rules"]}


@pytest.mark.parametrize("name", RULES)
def test_a_rule_decides_its_example_and_not_its_counter_example(name: str) -> None:
    assert name in _rules(RULES[name]["example"])
    assert name not in _rules(RULES[name]["counter"])
    assert RULES[name]["says"].endswith(".")


def test_claims_name_no_rule_that_is_not_in_the_table() -> None:
    assert {rule for texts in KINDS.values() for text in texts for rule in _rules(text)} <= set(RULES)


def test_every_rule_that_the_reader_can_name_is_in_the_table() -> None:
    folder = Path(__file__).parents[2] / "src" / "foedus" / "evidence" / "reading"
    code = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    assert [name for name in RULES if f'"{name}"' not in code] == []
    assert set(tomllib.loads((folder / "data" / "rules.toml").read_text(encoding="utf-8"))) == set(RULES)
