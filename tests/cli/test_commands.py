"""`check`, `trace`, `replay`, `show`, `hindcast`, `new`, and the help of each."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.cli.main import _COMMANDS

from .conftest import Call

FEW = ("--futures", "200")


# --- check


def test_check_of_a_sound_case_says_so(call: Call, place: Path) -> None:
    result = call("check", "sample", *FEW)
    assert result.code == 0 and "sound" in result.out and result.err == ""
    found = call("check", "sample", *FEW, "--json")
    assert found.code == 0
    assert found.document["ok"] is True and found.document["errors"] == [] and "warnings" in found.document


def test_check_lists_every_error_with_its_place_code_and_help(call: Call, place: Path, wrong: Path) -> None:
    result = call("check", "wrong.foedus", "--json")
    assert result.code == 1
    found = result.document
    assert found["ok"] is False
    assert [(one["line"], one["code"]) for one in found["errors"]] == [(4, "units-differ"), (5, "unknown-name")]
    assert all(set(one) == {"file", "line", "column", "code", "message", "help"} for one in found["errors"])
    assert found["errors"][0]["file"] == "wrong.foedus"
    plain = call("check", "wrong.foedus")
    assert plain.code == 1 and "wrong.foedus:4:" in plain.err and "^" in plain.err and "[unknown-name]" in plain.err


def test_check_points_at_a_check_that_fails(call: Call, place: Path) -> None:
    path = place / "failing.foedus"
    path.write_text(
        'model m for 4 weeks step 1 week\nstock x : 1 = 1\nflow f : outside -> x = 1 per week\ncheck "small" always x < 3\n'
        'check "never asked" when x > 99 then x > 0\ncheck "fine" always x >= 1\n'
    )
    found = call("check", str(path), *FEW, "--json")
    assert found.code == 1
    assert [(one["line"], one["code"]) for one in found.document["errors"]] == [(4, "check-failed"), (5, "check-failed")]
    assert [one["passed"] for one in found.document["checks"]] == [False, False, True]
    assert call("check", str(path), "--no-run").code == 0


def test_check_finds_a_leak(call: Call, place: Path) -> None:
    path = place / "leak.foedus"
    path.write_text(
        'model m for 4 weeks step 1 week\nstock x : 1 = 9\nflow f : x -> outside = 1 per week\ncheck "kept" conserve 1 over x\n'
    )
    assert call("check", str(path), "--json").document["errors"][0]["code"] == "not-conserved"


# --- trace, replay, show


def test_trace_leads_from_an_answer_to_the_claims(call: Call, place: Path) -> None:
    found = call("trace", "sample", "home_losses", "-n", "600", "--json").document
    assert {"question", "answer", "drivers"} <= set(found) and found["question"] == "home_losses"
    assert found["answer"]["p50"] > 0
    shares = [driver["share"] for driver in found["drivers"]]
    assert shares == sorted(shares, reverse=True) and found["drivers"][0]["parameter"] == "hazard"
    assert found["drivers"][0]["assumed"] is True and found["drivers"][0]["because"]
    ahead = call("trace", "sample", "ahead", "-n", "3000", "--json").document
    claimed = [driver for driver in ahead["drivers"] if driver["claims"]]
    assert [driver["parameter"] for driver in claimed] in ([], ["reinforcement"])
    result = call("trace", "sample", "ahead", "-n", "300")
    assert result.code == 0 and max(map(len, result.out.splitlines())) <= 80


def test_trace_of_an_unknown_question_suggests_one(call: Call, place: Path) -> None:
    result = call("trace", "sample", "ahaed")
    assert result.code == 1 and "ahead" in result.err and result.out == ""


def test_replay_shows_one_future_in_full(call: Call, place: Path) -> None:
    found = call("replay", "sample", "--future", "3", "--seed", "5", "--json").document
    assert (found["future"], found["seed"], found["scenario"], found["status"]) == (3, 5, "as_claimed", "ok")
    assert len(found["times"]) == len(found["dates"]) == len(found["trajectory"]["front[home]"]["values"]) == 27
    assert found["parameters"]["hazard"]["unit"] == "1/week" and set(found["questions"]) == {"ahead", "home_losses"}
    run = call("replay", "sample", "-f", "3", "--seed", "5", "-v", "ratio")
    assert run.code == 0 and max(map(len, run.out.splitlines())) <= 80
    assert call("replay", "sample", "-f", "3", "-v", "raito").code == 1
    assert call("replay", "sample", "-f", "-1").code == 1
    assert call("replay", "sample", "-f", "1", "-s", "nobdy").code == 1


def test_replay_of_a_failed_future_says_first_what_broke_and_answers_nothing(call: Call, place: Path, tmp_path: Path) -> None:
    path = tmp_path / "m.foedus"
    path.write_text(
        "model m as of 2024-01-01 for 4 weeks step 1/2 week\nstock s[k] : 1 = 1\nindex k = u, v\n"
        'flow f[k] : s[k] -> outside = 1 / 1 week\nlet y : 1 = 1\nchart "y" of y\nquestion q at the end value s[v]\n'
    )
    run = call("replay", str(path), "-f", "3")
    lines = run.out.splitlines()
    assert run.code == 0 and "negative stock" in lines[0]
    assert lines[1].startswith("It broke at 11 January 2024: s[u] is negative, first at -0.5.")
    assert "s[u]" in run.out.split("Course up to there")[1] and "Its answers" not in run.out
    assert "11 Jan 2024" in lines[-1] and max(map(len, lines)) <= 80
    document = call("replay", str(path), "-f", "3", "--json").document
    assert document["failure"] == {"time": 1.5, "date": "2024-01-11", "name": "s[u]", "what": "is negative, first at -0.5"}
    assert document["questions"] == {"q": None} and document["times"][-1] == 1.5
    assert call("replay", "sample", "-f", "3", "--json").document["failure"] is None


def test_show_gives_the_structure_and_the_text(call: Call, place: Path) -> None:
    from foedus.model import parse

    found = call("show", "sample", "--json").document
    assert {stock["name"] for stock in found["stocks"]} >= {"front", "lost"} or {stock["name"] for stock in found["stocks"]} >= {
        "front[home]"
    }
    assert call("show", "sample").code == 0
    text = call("show", "sample", "--text").out
    assert parse(text) == parse((place / "sample/model.foedus").read_text())


def test_hindcast_says_how_near_the_past_came(call: Call, place: Path) -> None:
    folder = place / "past"
    folder.mkdir()
    (folder / "model.foedus").write_text(
        "model past as of 2024-01-01 for 8 weeks step 1/2 week\nunit person\nparam start : person = 20\nstock x : person = start\n"
        'param f0 : person/week ~ 0.9 to 1.1 because "x"\nflow f : outside -> x = f0\nseries seen : person from "seen.csv" column "n" of x\n'
        "hindcast h from 2023-10-09 to 2023-12-04 { start = 5 person }\nquestion q at the end value x\n"
    )
    rows = "\n".join(f"{date},{5 + week}" for week, date in enumerate(("2023-10-09", "2023-10-16", "2023-10-23", "2023-10-30")))
    (folder / "seen.csv").write_text(f"date,n\n{rows}\n")
    result = call("hindcast", "past", "-n", "100", "--json")
    assert result.code == 0, result.err
    series = result.document["series"][0]
    assert series["count"] == 4 and series["rmse"] < 0.5
    assert call("hindcast", "past", "-n", "100").code == 0
    assert call("hindcast", "sample").code == 1


# --- new


def test_new_makes_a_case_that_checks_and_runs(call: Call, place: Path) -> None:
    result = call("new", "fresh_case")
    assert result.code == 0 and max(map(len, result.out.splitlines())) <= 80
    assert {path.name for path in (place / "fresh_case").iterdir()} == {"model.foedus", "ledger.jsonl", "README.md"}
    assert call("check", "fresh_case", *FEW).code == 0
    assert call("run", "fresh_case", "-n", "50", "--json").document["case"] == "fresh_case"


@pytest.mark.parametrize("name", ["sample", "two words", "9lives", "missing/inside", "dash-ed", ".."])
def test_new_refuses_what_is_there_or_cannot_be_a_name(call: Call, place: Path, name: str) -> None:
    before = sorted(path.name for path in place.rglob("*"))
    result = call("new", name)
    assert result.code == 1 and result.err and result.out == ""
    assert sorted(path.name for path in place.rglob("*")) == before


# --- help


@pytest.mark.parametrize("words", [[], *([name] for name in _COMMANDS)], ids=lambda words: " ".join(words) or "foedus")
def test_help_fits_eighty_columns_and_shows_how_to_call(call: Call, words: list[str]) -> None:
    result = call(*words, "--help")
    assert result.code == 0 and result.err == ""
    assert "Usage: foedus" in result.out
    assert max(map(len, result.out.splitlines())) <= 80


def test_the_version_is_told(call: Call) -> None:
    import foedus

    assert foedus.__version__ in call("--version").out


def test_help_lists_every_command(call: Call) -> None:
    told = call("--help").out
    assert [name for name in _COMMANDS if f"  {name} " not in told] == []


def test_what_is_missing_is_named(call: Call, place: Path) -> None:
    """Who leaves a question or a lever out does not have to look it up elsewhere."""
    for words, told in (
        (("trace", "sample"), "Questions of sample: ahead, home_losses."),
        (("flip", "sample"), "Levers of sample: "),
    ):
        run = call(*words)
        assert run.code == 2 and told in run.err
    assert "Questions of" not in call("trace", "nowhere").err
