"""`foedus sources`: who says what, what hangs on whom."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from foedus.cli.main import foedus
from foedus.errors import InputError

MODEL = """model small as of 2024-10-25 for 10 weeks step 1 week
unit person
param troops : person ~ claims "troops"
stock line : person = troops
question how_many "How many?" on 2024-11-25 value line
question many "Many?" on 2024-11-25 true when line > 2000 person
"""


def claim(name: str, origin: str, source: str, value: float | None, group: str = "troops", **more: object) -> str:
    quantity = {"kind": "numeric", "qualifier": "about", "value": value, "unit": "person"}
    record = {
        "id": name,
        "ctype": "quantity",
        "modality": "actual",
        "polarity": "+",
        "region": "body",
        "relevance": 2,
        "source": {"canonical": source, "type": "official", "mode": "direct"},
        "hedge": {"class": "asserted"},
        "group": group,
        "paraphrase": "so it is",
        "origin": origin,
        "grade": "B2",
        "graded_because": "usually right",
        "published": "2024-10-01",
        "status": "accepted",
        **({"quantity": quantity} if value else {}),
        **more,
    }
    return json.dumps(record)


def test_a_question_begins_with_a_sentence(folder: Path) -> None:
    arguments = ["sources", str(folder), "how_many", "many", "-n", "400"]
    document = json.loads(CliRunner().invoke(foedus, [*arguments, "--json"]).output)
    shown = " ".join(CliRunner().invoke(foedus, arguments).output.split())
    assert set(document["sentences"]) == {"how_many", "many"} and all(one in shown for one in document["sentences"].values())
    moved = {one["without"]: one for one in document["questions"]["how_many"]}
    most = max(moved, key=lambda name: abs(moved[name]["difference"] or 0))
    assert f"hangs most on “{most}”: without it " in document["sentences"]["how_many"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "model.foedus").write_text(MODEL, encoding="utf-8")
    rows = [
        claim("A1", "NIS", "NIS", 1000),
        claim("A2", "NIS", "Yonhap citing NIS", 1000),
        claim("B1", "HUR", "HUR", 4000),
        claim("C1", "The Times", "The Times", 1000, paraphrase="The Times, citing the NIS, has a thousand."),
        claim("D1", "Reuters", "Reuters", 7, "elsewhere"),
    ]
    (tmp_path / "ledger.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return tmp_path


def test_the_table_counts_and_says_what_is_not_declared(folder: Path) -> None:
    shown = CliRunner().invoke(foedus, ["sources", str(folder)]).output
    assert "NIS" in shown and "Yonhap citing NIS" in shown and "1 more origins carry no parameter" in shown
    assert "The Times ← NIS" in shown and "citing: C1" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_the_pool_of_a_group_without_each_source(folder: Path) -> None:
    shown = CliRunner().invoke(foedus, ["sources", str(folder), "-g", "troops"]).output
    assert "(all sources)" in shown and "HUR" in shown and "elsewhere" not in shown


def test_an_answer_without_each_origin(folder: Path) -> None:
    arguments = ["sources", str(folder), "how_many", "many", "-n", "300", "--seed", "2"]
    document = json.loads(CliRunner().invoke(foedus, [*arguments, "--json"]).output)
    moved = {row["without"]: row for row in document["questions"]["how_many"]}
    assert set(moved) == {"NIS", "HUR", "The Times"}
    assert moved["HUR"]["difference"] < -3 * moved["HUR"]["difference_error"] < 0 < moved["NIS"]["difference"]
    assert moved["HUR"]["parameters"] == ["troops"] and moved["HUR"]["no_claim_left"] == []
    assert document["leave_one_out"]["troops"] and document["dependence"][0]["verdict"] == "not declared"
    shown = CliRunner().invoke(foedus, arguments).output
    assert "How many?" in shown and "HUR" in shown and max(map(len, shown.splitlines())) <= 80


def test_changed_defaults_are_listed(folder: Path) -> None:
    (folder / "evidence.toml").write_text('[kernels.about]\nlow = 0.5\nbecause = "a test"\n', encoding="utf-8")
    assert "kernels.about" in CliRunner().invoke(foedus, ["sources", str(folder)]).output
    document = json.loads(CliRunner().invoke(foedus, ["sources", str(folder), "--json"]).output)
    assert document["overrides"][0]["after"]["low"] == 0.5 and document["overrides"][0]["because"] == "a test"


def test_what_cannot_be_asked_is_refused(folder: Path, tmp_path: Path) -> None:
    assert CliRunner().invoke(foedus, ["sources"]).exit_code == 2
    assert isinstance(CliRunner().invoke(foedus, ["sources", str(folder), "nothing"]).exception, InputError)
    (folder / "ledger.jsonl").unlink()
    assert isinstance(CliRunner().invoke(foedus, ["sources", str(folder)]).exception, InputError)
