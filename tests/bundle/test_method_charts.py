"""The chart of every method: its words, its numbers, its caption; and what cannot be written to is refused before anything is run."""

from __future__ import annotations

import csv
import json
import math
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from foedus.analysis.border import MovedLever
from foedus.analysis.flip import Flip
from foedus.analysis.levers import LeverFlips
from foedus.bundle.bars import Bar, bars
from foedus.bundle.drawings import drawing
from foedus.bundle.facts import Caption
from foedus.bundle.lever_charts import flip_drawing
from foedus.bundle.tables import csv_text
from foedus.cli.main import main

CASE = """
model harbour "A harbour under blockade" as of 2024-01-01 for 20 weeks step 1 week
unit ship
param crews : 1 ~ 0.5 to 1.5 because "a guess"
param nerves_of_all : 1 ~ 0.2 to 0.9 as share "Nerves" because "another guess"
lever escort : 1 from 0 to 2 = 1 "Escorts"
lever pay : 1 from 0 to 2 = 1 "Pay"
noise sea : 1 ~ normal(0, 0.2) every week
event lost on 2024-03-01 with chance 0.2
stock port : ship = 10 ship
flow arrived : outside -> port = 1 ship/week * max(0, crews * escort * pay * nerves_of_all + sea)
baseline plain "As it is"
scenario more "More of both" { escort = 1.5, pay = 1.5 }
question full "Are there more than 25 ships at the end of April?" on 2024-04-29 true when port > 25 ship called "a full harbour"
question ships "How many ships are there?" on 2024-04-29 value port
"""
COMMANDS = {
    "why": (["full", "-n", "200", "--causes", "3"], "share of the variance"),
    "explain": (["plain", "more", "full", "-n", "200"], "points"),
    "believe": (["full", "25", "%", "-n", "1000"], "standard deviations of the prior"),
    "discover": (["full", "-n", "1000"], "part of the prior"),
    "redteam": (["full", "-n", "1000"], "share of all futures"),
    "worth": (["full", "-n", "1000"], "share of the variance that would go"),
    "flip": (["--lever", "escort", "-n", "100", "--points", "3"], "Escorts"),
}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("charts") / "harbour"
    folder.mkdir()
    (folder / "model.foedus").write_text(CASE, encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize("verb", COMMANDS)
def test_a_method_leaves_its_chart(verb: str, case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if verb == "discover":
        pytest.importorskip("sklearn", reason="scikit-learn is not installed: nothing is discovered")
    words, axis = COMMANDS[verb]
    main([verb, case, *words, "--chart", str(tmp_path / "x.svg"), "--json"])
    said = capsys.readouterr()
    assert json.loads(said.out) and "x.svg: the chart" in said.err
    text = (tmp_path / "x.svg").read_text(encoding="utf-8")
    ET.fromstring(text)
    assert axis in text and "NaN" not in text and "Infinity" not in text
    assert (
        "As of 1 January 2024, made on " in text
        and ("Baseline “As it is”" in text or "“As it is” and “More of both”" in text)
        and "Licence: none is stated" in text
        and "Cite this: A harbour under blockade" in text
    )
    shown = re.sub(r"<desc>.*?</desc>|<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    assert "_" not in "".join(re.findall(r"<text[^>]*>([^<]*)", shown))  # no raw name of the model


def test_its_numbers_are_those_that_are_told(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["explain", case, "plain", "more", "full", "-n", "200", "--chart", str(tmp_path / "x.csv"), "--json"])
    told = json.loads(capsys.readouterr().out)
    with (tmp_path / "x.csv").open(encoding="utf-8") as file:
        rows = {row["what"]: row for row in csv.DictReader(file)}
    assert {one["title"] for one in told["causes"]} == set(rows) == {"Escorts", "Pay"}
    for one in told["causes"]:
        assert float(rows[one["title"]]["value"]) == pytest.approx(100 * one["share"]["full"]["value"])
        assert float(rows[one["title"]]["error"]) == pytest.approx(100 * one["share"]["full"]["error"])


def test_numbers_are_described_beside_them(case: str, tmp_path: Path) -> None:
    main(["explain", case, "plain", "more", "full", "-n", "200", "--chart", str(tmp_path / "x.csv")])
    told = json.loads((tmp_path / "x.csv-metadata.json").read_text(encoding="utf-8"))
    assert told["url"] == "x.csv" and told["dc:temporal"] == "2024-01-01" and told["dc:created"]
    assert "“As it is” and “More of both”" in told["dc:description"] and told["dc:license"].startswith("none is stated")
    assert told["dc:bibliographicCitation"].startswith("A harbour under blockade. Case harbour, as of 1 January 2024, made on ")
    with (tmp_path / "x.csv").open(encoding="utf-8") as file:
        assert [one["name"] for one in told["tableSchema"]["columns"]] == next(csv.reader(file))


def test_a_bar_ends_where_the_range_does(case: str, tmp_path: Path) -> None:
    """Round ends would stick out beyond 0 and 100 %."""
    main(["dossier", case, "-o", str(tmp_path / "d"), "-n", "400"])
    text = (tmp_path / "d/charts/answer-full.svg").read_text(encoding="utf-8")
    assert 'stroke-width="6"' in text and 'stroke-linecap="round"' not in text


def test_a_picture_is_one(case: str, tmp_path: Path) -> None:
    main(["explain", case, "plain", "more", "-n", "100", "--chart", str(tmp_path / "x.png")])
    assert (tmp_path / "x.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(("path", "code"), [("x.pdf", "unknown-format"), ("x", "unknown-format"), ("none/x.svg", "cannot-write")])
def test_a_place_without_a_chart_is_refused_at_the_door(
    path: str, code: str, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as stopped:
        main(["why", "no such case", "full", "--chart", path])
    assert stopped.value.code == 1 and f"[{code}]" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["worth"], ["worth", "full", "ships"], ["flip", "full", "ships", "--lever", "pay", "--lever", "escort"]]
)
def test_a_chart_is_of_one_question(words: list[str], case: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([words[0], case, *words[1:], "--chart", "x.svg"])
    assert stopped.value.code == 2 and "one question" in capsys.readouterr().err


def test_bars_of_the_same_words_stand_apart_and_ticks_are_plain() -> None:
    """Two claims of one source on one matter: each has a bar of its own. The middle of a label stands beside its bar."""
    rows = [Bar("DeepState: the area", 0.03, 0.001), Bar("DeepState: the area", 0.01, 0.001), Bar("The area", 43.0)]
    made = bars("A title", "Told.", rows, ("one",), "points")
    drawn = made.specification["layer"][0]["data"]["values"]
    assert len({one["s"] for one in drawn}) == 3
    axis = made.specification["layer"][0]["encoding"]["x"]["axis"]
    assert "~g" not in json.dumps(axis) and "labelExpr" in axis
    text = drawing(made, Caption("c", "", "", "", "", "", "", ""))
    assert ">40<" in text and "e+1" not in text


def test_what_is_not_told_is_missing_and_no_nought() -> None:
    made = bars("Is it so?: why", "Told.", [Bar("A (?)", math.nan, math.nan), Bar("B", 0.0, 0.1)], ("one",), "share")
    assert made.title == "Is it so? – why"
    rows = list(csv.DictReader(csv_text(made.table).splitlines()))
    assert [(row["what"], row["value"], row["error"]) for row in rows] == [("A (?)", "", ""), ("B", "0.0", "0.1")]
    assert "NaN" not in json.dumps(made.specification)


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_a_crossing_is_drawn_and_stands_in_the_table(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for suffix in ("svg", "csv"):
        main(["flip", case, "full", "--lever", "escort", "-n", "200", "--chart", str(tmp_path / f"x.{suffix}"), "--json"])
    told = json.loads(capsys.readouterr().out.split("\n{", 1)[0])
    ((place, error, rises),) = told["questions"]["full"]["crossings"]
    (row,) = [row for row in _table(tmp_path / "x.csv") if row["kind"] == "crossing"]
    assert float(row["position"]) == pytest.approx(place) and float(row["position_error"]) == pytest.approx(error)
    assert row["way"] == ("up" if rises else "down") and row["asked"] == "a full harbour" and row["chance"] == "0.5"
    assert "where it crosses, ± one standard error" in (tmp_path / "x.svg").read_text(encoding="utf-8")
    assert told["sentence"].startswith("“Escorts” tips 1 of 1 chance: ")


def test_a_crossing_that_may_lie_anywhere_has_no_place() -> None:
    lever = MovedLever("pay", "Pay", "ship", (0.0, 1.0, 2.0))
    even = Flip("q", "So?", lever.positions, (0.49, 0.51, 0.5), (0.05,) * 3, 0.5, 9.0, ((0.5, 9.0, True),))
    made = flip_drawing(LeverFlips("c", lever, 0.5, (even,), 100, 0))
    rows = list(csv.DictReader(csv_text(made.table).splitlines()))
    assert (rows[-1]["kind"], rows[-1]["position"], rows[-1]["position_error"]) == ("crossing", "", "") and rows[-1]["note"]
    rule = [layer for layer in made.specification["layer"] if layer["mark"].get("strokeDash") == [4, 3]]
    assert [(one["low"], one["high"]) for one in rule[0]["data"]["values"]] == [(0.0, 2.0)]
    assert any("100 futures do not tell where" in key.words for key in made.keys)


def test_the_error_of_a_crossing_of_two_levers_names_its_lever(case: str, tmp_path: Path) -> None:
    words = ["--lever", "escort", "--lever", "pay", "--points", "3", "-n", "200"]
    main(["flip", case, "full", *words, "--chart", str(tmp_path / "x.csv")])
    crossings = [row for row in _table(tmp_path / "x.csv") if row["kind"] == "crossing"]
    assert {row["moved"] for row in crossings} == {"Escorts", "Pay"} and all(row["position_error"] for row in crossings)
    for row in crossings:  # the other lever stands at a position of the grid
        assert float(row["position_2" if row["moved"] == "Escorts" else "position_1"]) in (0.0, 1.0, 2.0)


def test_what_cannot_be_told_is_neither_drawn_nor_listed(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for suffix in ("svg", "csv"):
        main(["why", case, "full", "-n", "60", "--chart", str(tmp_path / f"x.{suffix}")])
    assert "cannot be told" in capsys.readouterr().out
    rows = _table(tmp_path / "x.csv")
    assert rows and all(row["value"] == "" and "cannot be told" in row["note"] for row in rows)
    assert {row["question"] for row in rows} == {"full"} and {row["unit"] for row in rows} == {"share of the variance"}
    assert "cannot be told" in (tmp_path / "x.svg").read_text(encoding="utf-8")


def test_the_table_of_two_scenarios_has_every_answer_with_its_unit(case: str, tmp_path: Path) -> None:
    main(["explain", case, "plain", "more", "-n", "200", "--chart", str(tmp_path / "x.csv")])
    rows = _table(tmp_path / "x.csv")
    assert {(row["question"], row["unit"]) for row in rows} == {("full", "points"), ("ships", "ships")}


def test_two_versions_and_new_reports_have_a_chart(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other"
    other.mkdir()
    text = CASE.replace("0.5 to 1.5", "1 to 2").replace('question full "Are', 'question filled "Are')
    (other / "model.foedus").write_text(text, encoding="utf-8")
    for suffix in ("svg", "csv"):
        main(["diff", case, str(other), "-n", "200", "--chart", str(tmp_path / f"x.{suffix}"), "--json"])
    told = json.loads(capsys.readouterr().out.split("\n{", 1)[0])["answers"]
    rows = {row["question"]: row for row in _table(tmp_path / "x.csv")}
    assert set(rows) == {"full", "filled", "ships"} and rows["ships"]["is_moved"] == "true"
    assert float(rows["ships"]["difference"]) == pytest.approx(told["ships"]["after"]["difference"])
    assert rows["full"]["after"] == rows["filled"]["difference"] == ""
    drawn = (tmp_path / "x.svg").read_text(encoding="utf-8")
    assert "How many ships are there" in drawn and "Baselines of" in drawn and "higher than before" in drawn
    for suffix in ("svg", "csv"):
        main(["diff", case, case, "-n", "100", "--chart", str(tmp_path / f"same.{suffix}")])
    assert "no answer moves" in (tmp_path / "same.svg").read_text(encoding="utf-8")
    assert {row["is_moved"] for row in _table(tmp_path / "same.csv")} == {"false"}
