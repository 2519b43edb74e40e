"""Series beside a model: `check` finds whatever would keep `run` from reading them."""

from __future__ import annotations

import pytest

MODEL = """model m as of 2024-01-01 for 4 weeks step 1 week
unit person
stock x : person = 1
series s : person from "series/weekly.csv" column "n" of x
"""
GOOD = "date,n\n2024-01-14,3\n2024-01-07,\n2024-01-07,2\n"


@pytest.fixture
def model(tmp_path, monkeypatch):
    (tmp_path / "series").mkdir()
    (tmp_path / "m.foedus").write_text(MODEL)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_values_come_by_date_and_blank_ones_are_missing(model, call):
    from foedus.case import load
    from foedus.case.series import observed_series

    (model / "series/weekly.csv").write_text(GOOD)
    assert observed_series(load("m.foedus")) == {"x": (("s", ("2024-01-07", "2024-01-14"), (2.0, 3.0)),)}
    assert call("check", "m.foedus", "--no-run").code == 0


BAD = {
    "no file": (None, "no-series", "which is not there"),
    "no column": ("date,m\n2024-01-07,1\n", "no-column", "there is no column `n`"),
    "no dates": ("day,n\n2024-01-07,1\n", "no-column", "there is no column `date`"),
    "a word": ("date,n\n\n# c\n2024-01-07,many\n", "bad-row", "line 4"),
    "not a number": ("date,n\n2024-01-07,nan\n", "bad-row", "empty"),
    "without an end": ("date,n\n2024-01-07,inf\n", "bad-row", "empty"),
    "thousands": ('date,n\n2024-01-07,"1,000"\n', "bad-row", "1000"),
    "thousands or decimals": ("date;n\n2024-01-07;1,000\n", "bad-row", "decimal comma or thousands"),
    "a share": ("date,n\n2024-01-07,5%\n", "bad-row", "percent"),
    "underscores": ("date,n\n2024-01-07,1_0\n", "bad-row", "line 2"),
    "the day first": ("date,n\n07/01/2024,1\n", "bad-row", "YYYY-MM-DD"),
    "a date twice": ("date,n\n2024-01-07,1\n2024-01-14,1\n2024-01-07,1\n", "date-twice", "on line 2 and again on line 4"),
    "nothing": ("date,n\n2024-01-07,\n", "no-values", "holds no value"),
    "an empty file": ("", "no-column", "first line must name the columns"),
    "a short row": ("date,n\n2024-01-07\n", "ragged-row", "1 cell, the heading has 2"),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("command", [("check", "--no-run"), ("run", "-n", "5")], ids=["check", "run"])
def test_what_cannot_be_read_is_refused_before_any_run(name, command, model, call):
    text, code, says = BAD[name]
    if text is not None:
        (model / "series/weekly.csv").write_text(text)
    result = call(command[0], "m.foedus", *command[1:], "--json")
    assert result.code == 1 and {error["code"] for error in result.document["errors"]} == {code}
    assert says in result.err or says in result.out
    assert not (model / "report.html").exists()


def test_problems_of_all_series_and_of_the_model_come_together(model, call):
    (model / "series/weekly.csv").write_text("date,n\n2024-01-07,a\n2024-01-14,b\n")
    (model / "m.foedus").write_text(MODEL + 'series t : person from "gone.csv" column "n" of x\nlet y : 1 = x\n')
    codes = [error["code"] for error in call("check", "m.foedus", "--json").document["errors"]]
    assert sorted(codes) == ["bad-row", "bad-row", "no-series", "units-differ"]


def test_a_file_that_two_series_share_is_complained_of_once(model, call):
    (model / "series/weekly.csv").write_bytes(b"date,n\n\xff")
    (model / "m.foedus").write_text(MODEL + 'series t : person from "series/weekly.csv" column "m" of x\n')
    assert [error["code"] for error in call("check", "m.foedus", "--json").document["errors"]] == ["not-utf-8"]


@pytest.mark.parametrize(("written", "code"), [(r"series\weekly.csv", "bad-escape"), (r"series\\weekly.csv", "no-series")])
def test_a_backslash_in_a_path_is_explained(written, code, model, call):
    (model / "series/weekly.csv").write_text(GOOD)
    (model / "m.foedus").write_text(MODEL.replace("series/weekly.csv", written))
    result = call("check", "m.foedus", "--json")
    assert result.document["errors"][0]["code"] == code and "forward slashes" in result.err + result.out


@pytest.mark.parametrize("words", [("check", r"cases\pact"), ("sources", "--series", r"a\b.csv")])
def test_a_backslash_in_an_argument_is_explained(words, model, call):
    result = call(*words)
    assert result.code == 1 and "forward slashes" in result.err


def test_files_are_looked_at_although_the_text_is_wrong(model, call):
    """A sum without its end, a series that is not there and a bad row are told at once."""
    (model / "series/weekly.csv").write_text("date,n\n2023-12-01,inf\n")
    (model / "m.foedus").write_text(MODEL + 'series t : person from "series/none.csv" column "m" of x\nlet broken : 1 = 1 +\n')
    found = [error["code"] for error in call("check", "m.foedus", "--json").document["errors"]]
    assert sorted(found) == ["bad-row", "expected-expression", "no-series"]


def test_a_file_that_is_not_there_hides_nothing_but_what_it_may_declare(model, call):
    (model / "m.foedus").write_text(
        MODEL.replace("unit person", 'include "not_there.foedus"\nunit person')
        + "let y : 1 = x\nlet z : 1 = declared_there * 2\nquestion q at the end value z\n"
    )
    codes = [error["code"] for error in call("check", "m.foedus", "--json").document["errors"]]
    assert sorted(codes) == ["no-include", "no-series", "units-differ"]
