"""The chart of every method: its words, its numbers, its caption; and what cannot be written to is refused before anything is run."""

from __future__ import annotations

import csv
import json
import math
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from foedus.bundle.drawings import drawing
from foedus.bundle.facts import Caption
from foedus.bundle.method_charts import _Bar, _bars
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
    rows = [_Bar("DeepState: the area", 0.03, 0.001), _Bar("DeepState: the area", 0.01, 0.001), _Bar("The area", 43.0)]
    made = _bars("A title", "Told.", rows, ("one",), "points")
    drawn = made.specification["layer"][0]["data"]["values"]
    assert len({one["s"] for one in drawn}) == 3
    axis = made.specification["layer"][0]["encoding"]["x"]["axis"]
    assert "~g" not in json.dumps(axis) and "labelExpr" in axis
    text = drawing(made, Caption("c", "", "", "", "", "", "", ""))
    assert ">40<" in text and "e+1" not in text


def test_what_is_not_told_is_missing_and_no_nought() -> None:
    made = _bars("Is it so?: why", "Told.", [_Bar("A (?)", math.nan, math.nan), _Bar("B", 0.0, 0.1)], ("one",), "share")
    assert made.title == "Is it so? – why"
    rows = list(csv.DictReader(csv_text(made.table).splitlines()))
    assert [(row["what"], row["value"], row["error"]) for row in rows] == [("A (?)", "", ""), ("B", "0.0", "0.1")]
    assert "NaN" not in json.dumps(made.specification)
