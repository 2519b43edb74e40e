"""Groups of a ledger are proposed for claims that say nearly the same, and for no others."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from foedus.evidence.ledger import read_ledger
from foedus.evidence.reading import LedgerGroups, read_document, report_of

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
