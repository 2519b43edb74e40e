"""Groups of a ledger are proposed for claims that say nearly the same, and for no others."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from foedus.evidence.ledger import read_ledger
from foedus.evidence.reading import LedgerGroups, read_document, reading_records, report_of

ROW = (
    '{{"id": "{id}", "ctype": "{ctype}", "modality": "actual", "polarity": "+", "region": "body", "relevance": 2, '
    '"source": {{"canonical": "X", "type": "official", "mode": "direct"}}, "hedge": {{"class": "asserted"}}, "group": "{group}", '
    '"paraphrase": "{words}", "origin": "X", "grade": "B2", "graded_because": "known", "published": "2024-10-01", "status": "accepted"}}\n'
)
CLAIMS = (
    ("A1", "event", "bridge", "The bridge over the river was blown up."),
    ("A2", "event", "harvest", "The wheat harvest failed in the valley."),
    ("A3", "assessment", "harvest", "The harvest of wheat will be poor."),
)


def _groups(folder: Path) -> LedgerGroups:
    path = folder / "ledger.jsonl"
    path.write_text("".join(ROW.format(id=name, ctype=ctype, group=group, words=words) for name, ctype, group, words in CLAIMS))
    return LedgerGroups(read_ledger(path).claims)


def _proposed(groups: LedgerGroups, text: str) -> str | None:
    reading = read_document(report_of(text.encode(), "note.txt", date(2024, 10, 25)))
    return groups.of(text, reading.claims[0])


def test_a_claim_like_those_of_a_group_is_proposed_for_it(tmp_path: Path) -> None:
    groups = _groups(tmp_path)
    assert _proposed(groups, "The bridge across the river was blown up by night.") == "bridge"
    assert _proposed(groups, "The wheat harvest will be very poor.") == "harvest"


def test_a_claim_about_something_else_is_proposed_for_none(tmp_path: Path) -> None:
    assert _proposed(_groups(tmp_path), "The mayor opened a new school for girls.") is None


ANSWERS = (
    ("P1", "assessment", "troops in the hills", "Asked about photographs, Governor Maro said that pictures show nothing."),
    ("P2", "assessment", "troops in the hills", "Of pictures from the hills the aide of Maro had nothing to say."),
    ("P3", "assessment", "tactics", "The tactics of both armies are crude."),
)


def test_one_word_and_a_name_are_no_likeness(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_text("".join(ROW.format(id=name, ctype=ctype, group=group, words=words) for name, ctype, group, words in ANSWERS))
    groups = LedgerGroups(read_ledger(path).claims)
    assert _proposed(groups, "Pictures of Maro lined the streets.") is None
    assert _proposed(groups, "Tactics have been poor.") == "tactics"  # the word names the group


COUNTED = (
    (
        "Q1",
        "fever: new cases reported in a week",
        "Some 600 new fever cases were reported in Maroland in the past week.",
        "person/week",
    ),
    (
        "Q2",
        "fever: new cases reported in a week",
        "Health workers in Tessaly and Brenta found 640 new cases a week.",
        "person/week",
    ),
    ("Q3", "fever: beds", "The clinics of Maroland hold 300 beds for patients.", "bed"),
)


def _of_counts(folder: Path, text: str) -> list[str | None]:
    """The group of each figure of a report, as `foedus read --case` and `today` ask for it."""
    path = folder / "ledger.jsonl"
    rows = []
    for name, group, words, unit in COUNTED:
        row = json.loads(ROW.format(id=name, ctype="quantity", group=group, words=words))
        rows.append(json.dumps({**row, "quantity": {"kind": "numeric", "qualifier": "eq", "value": 600, "unit": unit}}) + "\n")
    path.write_text("".join(rows))
    groups = LedgerGroups(read_ledger(path).claims)
    reading = read_document(report_of(text.encode(), "note.txt", date(2024, 10, 25)))
    ((_, records),) = reading_records([reading], True, groups)
    named = {group for _, group, _, _ in COUNTED}
    return [one["group"] if one["group"] in named else None for one in records if one["ctype"] == "quantity"]


def test_a_figure_of_the_same_thing_is_proposed_for_its_group(tmp_path: Path) -> None:
    assert COUNTED[0][1] in _of_counts(
        tmp_path, "Fever spreads in Maroland. The ministry in Brenta reported 720 new fever cases in the past week.\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Courts in Maroland are slow. The 40 judges decide some 720 cases a week.\n",  # a noun and a week are no subject
        "Asylum in Ostrava. The office said that 720 new cases were reported in the past week.\n",  # nor is another land's report
        "Norvia waits. The 640 clerks of the office decide some 1,350 cases a week.\n",
    ],
)
def test_a_figure_of_another_matter_is_proposed_for_none(tmp_path: Path, text: str) -> None:
    found = _of_counts(tmp_path, text)
    assert found and set(found) == {None}
