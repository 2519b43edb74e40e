"""The morning note: what new reports would change, taken as read, and nothing written."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.study.ledgers import claim

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


def test_a_claim_that_is_left_out_for_its_unit_is_named(folder: Path) -> None:
    (folder / "strike" / "model.foedus").write_text(
        MODEL.replace("param strikers : person ~", "param strikers : person/week ~")
        .replace("value strikers * 0.5", "value strikers * 0.5 week")
        .replace("strikers > 1000000 person", "strikers > 1000000 person/week")
    )
    per_week = {"kind": "numeric", "qualifier": "eq", "value": 4000, "unit": "person/week"}
    (folder / "strike" / "ledger.jsonl").write_text(json.dumps(claim("A", 4000, quantity=per_week)) + "\n")
    arguments = ["today", str(folder / "strike"), str(folder / "report.txt"), "--published", "2024-10-25", "-n", "200"]
    told = " ".join(CliRunner().invoke(foedus, arguments).output.split())
    assert "its figure is in person, those of the group in person/week" in told and "strikers: left out" in told
    assert "told anew:" not in told and "none of them on a group of the model" not in told


def test_the_note_fits_a_terminal_and_a_program(folder: Path) -> None:
    arguments = ["today", str(folder / "strike"), str(folder / "report.txt"), "--published", "2024-10-25", "-n", "300"]
    shown = CliRunner().invoke(foedus, arguments)
    assert shown.exit_code == 0, shown.output
    assert "9,000 person" in shown.output and "strikers left" in shown.output and max(map(len, shown.output.splitlines())) <= 80
    document = json.loads(CliRunner().invoke(foedus, [*arguments, "--json"]).output)
    assert set(document) >= {"new_claims", "priors_moved", "answers_moved"} and set(document["answers_moved"]) == {"left"}
    note = document["note"]
    assert len(note) <= 10 and max(map(len, note)) <= 80 and shown.output.splitlines()[: len(note)] == note
    assert any("9,000 dockers" in line for line in note), "the sentence"
    assert any(line.startswith("Prior: ") and " → " in line for line in note), "the prior"
    after = document["answers_moved"]["left"]["after"]["mean"]
    assert any(line.startswith("strikers left: ") and f"→ {after:,.0f}"[:4] in line for line in note), "the answer"


def test_a_case_without_a_ledger_and_a_wrong_date_are_refused(folder: Path) -> None:
    (folder / "strike" / "ledger.jsonl").unlink()
    (folder / "strike" / "model.foedus").write_text(MODEL.replace('~ claims "strikers"', '~ 1 to 2 because "x"'))
    with pytest.raises(InputError, match="no ledger"):
        today(load(str(folder / "strike")), [str(folder / "report.txt")])
    assert isinstance(CliRunner().invoke(foedus, ["today", "pact", "x.txt", "--published", "May"]).exception, InputError)


def test_the_claims_that_move_an_answer_are_named_each_group_alone(folder: Path) -> None:
    arguments = ["today", str(folder / "strike"), str(folder / "report.txt"), "--published", "2024-10-25", "-n", "300", "--json"]
    left = json.loads(CliRunner().invoke(foedus, arguments).output)["answers_moved"]["left"]
    (mover,) = left["moved_by"]
    assert mover["group"] == "strikers" and ["9,000" in one["words"] for one in mover["claims"]] == [True]
    assert mover["difference"] == left["after"]["difference"], "one group alone is all of it"


NEWS = """South Korea's intelligence service told parliament that North Korean soldiers are in Russia and are trained for the war.

Ukraine's military intelligence said that up to 12,000 North Korean troops were preparing to join the war.

If there were pictures of North Korean troops in Russia, they would show something, Vladimir Putin said.

The weather in Seoul was mild.
"""


def test_a_report_of_autumn_moves_the_chance_of_june_that_troops_come(tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text(NEWS)
    found = today(load("pact@2024-06-20"), [str(tmp_path / "news.txt")], published=datetime.date(2024, 10, 23), futures=1000)
    words = {one.claim: one.words for one in found.claims}
    movers = found.movers("troops_year")
    assert [one.group for one in movers] == ["dprk troops in russia"]
    assert movers[0].answer.difference is not None and movers[0].answer.difference > 0.1
    assert any("are in Russia" in words[name] for name in movers[0].claims)
    assert not any("pictures" in words[name] for name in movers[0].claims), "who says `if` takes no side"
    sizes = {one.group for one in found.movers("deployed")}
    assert sizes == {"dprk troops in russia", "contingent"}, "how many hangs on the size that is told, too"
    assert {one.group for one in found.claims if one.moves} == {"dprk troops in russia", "contingent"}
