"""The morning note: what new reports would change, taken as read, and nothing written."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from foedus import today
from foedus.case import load
from foedus.cli.main import foedus
from foedus.errors import InputError

pytest.importorskip("spacy", reason="spacy is not installed: no report is read")

MODEL = """model strike "A strike" as of 2024-10-25 for 10 weeks step 1 week
unit person
param strikers : person ~ claims "strikers"
question left "How many still strike?" at the end value strikers * 0.5 called "strikers left"
question luck "Half?" at the end true when strikers > 1000000 person
"""
REPORT = """The dockers' union said on Thursday that 9,000 dockers were on strike in Lorn.

The port denied that 20,000 dockers were on strike in Lorn.

The ferry was painted blue.
"""


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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    case = tmp_path / "strike"
    case.mkdir()
    (case / "model.foedus").write_text(MODEL)
    (case / "ledger.jsonl").write_text(
        "".join(json.dumps(one) + "\n" for one in (claim("A", 4000), claim("B", 4200, published="2024-09-01")))
    )
    (case / "reading.toml").write_text('core = "dockers strike"\npeople = "docker"\n')
    (tmp_path / "report.txt").write_text(REPORT)
    return tmp_path


def test_a_report_moves_the_prior_that_it_speaks_of_and_nothing_is_written(folder: Path) -> None:
    before = {path: path.read_bytes() for path in (folder / "strike").iterdir()}
    found = today(load(str(folder / "strike")), [str(folder / "report.txt")], published=datetime.date(2024, 10, 25), futures=500)
    moving = [one for one in found.claims if one.moves]
    assert [one.figure for one in moving] == ["9,000 person"] and moving[0].group == "strikers"
    assert [one.parameter for one in found.diff.priors] == ["strikers"]
    prior = found.diff.priors[0]
    assert prior.before is not None and prior.after is not None and prior.after[1] > 1.5 * prior.before[1]
    assert {one.question for one in found.diff.answers if one.is_moved} == {"left"}
    denied = [one for one in found.claims if "20,000" in one.words or "20,000" in one.figure]
    assert denied and all(one.commitment == "denied" and not one.moves for one in denied)
    assert {path: path.read_bytes() for path in (folder / "strike").iterdir()} == before


def test_what_the_ledger_has_is_not_new(folder: Path) -> None:
    (folder / "strike" / "ledger.jsonl").write_text(json.dumps(claim("A", 9000)) + "\n")
    found = today(load(str(folder / "strike")), [str(folder / "report.txt")], published=datetime.date(2024, 10, 25), futures=200)
    assert found.diff.priors == () and not any(one.moves for one in found.claims)


def test_the_note_fits_a_terminal_and_a_program(folder: Path) -> None:
    arguments = ["today", str(folder / "strike"), str(folder / "report.txt"), "--published", "2024-10-25", "-n", "300"]
    shown = CliRunner().invoke(foedus, arguments)
    assert shown.exit_code == 0, shown.output
    assert "9,000 person" in shown.output and "strikers left" in shown.output and max(map(len, shown.output.splitlines())) <= 80
    document = json.loads(CliRunner().invoke(foedus, [*arguments, "--json"]).output)
    assert set(document) >= {"new_claims", "priors_moved", "answers_moved"} and set(document["answers_moved"]) == {"left"}


def test_a_case_without_a_ledger_and_a_wrong_date_are_refused(folder: Path) -> None:
    (folder / "strike" / "ledger.jsonl").unlink()
    (folder / "strike" / "model.foedus").write_text(MODEL.replace('~ claims "strikers"', '~ 1 to 2 because "x"'))
    with pytest.raises(InputError, match="no ledger"):
        today(load(str(folder / "strike")), [str(folder / "report.txt")])
    assert isinstance(CliRunner().invoke(foedus, ["today", "pact", "x.txt", "--published", "May"]).exception, InputError)
