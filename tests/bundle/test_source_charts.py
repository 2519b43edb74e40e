"""What hangs on a source: of an answer with a long tail by its median, in table, chart and JSON alike."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from tests.study.ledgers import claim

from foedus.cli.main import main

MODEL = """
model plague "A plague in a port" as of 2024-10-01 for 20 weeks step 1 week
unit person
unit ship
param ill : person ~ claims "ill"
param growth : 1/week ~ 0.1 to 0.9 because "a guess"
param ships : ship ~ claims "ships"
stock sick : person = ill
flow caught : outside -> sick = growth * sick
baseline plain "As it is"
question sick_later "How many are ill in the middle of February?" on 2025-02-10 value sick
question fleet "How many ships lie there?" on 2025-02-10 value ships
"""


def said(name: str, group: str, value: float, unit: str, origin: str) -> str:
    figure = {"kind": "numeric", "qualifier": "eq", "value": value, "unit": unit}
    source = {"canonical": origin, "type": "official", "mode": "indirect"}
    return json.dumps(
        claim(name, value, group=group, paraphrase=f"It is {value:g}.", quantity=figure, origin=origin, source=source)
    )


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("sources") / "plague"
    folder.mkdir()
    (folder / "model.foedus").write_text(MODEL, encoding="utf-8")
    claims = [
        said("C1", "ill", 100.0, "person", "the harbour office"),
        said("C2", "ill", 1000.0, "person", "the union"),
        said("C3", "ships", 20.0, "ship", "the pilots"),
    ]
    (folder / "ledger.jsonl").write_text("\n".join(claims) + "\n", encoding="utf-8")
    return str(folder)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_a_source_that_moves_a_median_is_seen_to(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for suffix in ("svg", "csv"):
        main(["sources", case, "sick_later", "--chart", str(tmp_path / f"x.{suffix}"), "--json"])
    told = json.loads(capsys.readouterr().out.split("\n{", 1)[0])
    moves = {one["without"]: one for one in told["questions"]["sick_later"]}
    assert {one["statistic"] for one in moves.values()} == {"median"}
    union = moves["the union"]
    assert union["difference"] < -4 * union["difference_error"] < 0
    assert union["left"] - union["full"] == pytest.approx(union["difference"])
    main(["run", case, "-n", "1000", "--json"])
    assert json.loads(capsys.readouterr().out)["questions"]["sick_later"]["answers"]["plain"]["p50"] == pytest.approx(
        union["full"]
    )
    assert re.search(r"without it a median of [\d,]+ instead of ", told["sentences"]["sick_later"])
    drawn = {row["what"].split(":")[0]: row for row in rows_of(tmp_path / "x.csv")}
    assert float(drawn["the union"]["value"]) == pytest.approx(union["difference"]) and drawn["the union"]["unit"] == "people"
    assert "difference without it: median, people" in (tmp_path / "x.svg").read_text(encoding="utf-8")


def test_the_sources_of_a_case_and_of_a_group_are_drawn(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["sources", case, "--chart", str(tmp_path / "all.csv")])
    assert "3 claims of 3 origins; 3 of these carry 2 parameters." in " ".join(capsys.readouterr().out.split())
    assert {(row["what"], row["value"]) for row in rows_of(tmp_path / "all.csv")} == {
        (name, "1.0") for name in ("the harbour office", "the union", "the pilots")
    }
    main(["sources", case, "-g", "ships", "--chart", str(tmp_path / "group.csv")])
    assert "without “the pilots” no number is left" in " ".join(capsys.readouterr().out.split())
    whole, gone = rows_of(tmp_path / "group.csv")
    assert float(whole["low"]) < 20 < float(whole["value"]) and whole["unit"] == "ships"
    assert gone["value"] == "" and gone["note"] == "no number is left without it"


@pytest.mark.parametrize("words", [["sick_later", "fleet"], ["fleet", "-g", "ill"]])
def test_a_chart_is_of_one_thing(words: list[str], case: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["sources", case, *words, "--chart", "x.svg"])
    assert stopped.value.code == 2 and "one question or one group" in capsys.readouterr().err


def test_new_reports_leave_their_chart(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "report.txt"
    report.write_text("Port, 2 October 2024. Nothing of note was told in Lorn.\n", encoding="utf-8")
    words = ["--published", "2024-10-01", "-n", "100", "--json"]
    main(["today", case, str(report), *words, "--chart", str(tmp_path / "x.csv")])
    told = json.loads(capsys.readouterr().out)
    assert told["sentence"].startswith("1 report: ") and told["sentence"].endswith("No answer moves by enough to matter.")
    assert {row["question"] for row in rows_of(tmp_path / "x.csv")} == {"sick_later", "fleet"}
