"""`foedus run`: the document, the report, refusals, and nothing half-written."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Call

FEW = ("--futures", "60")


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"sample"}


def test_run_prints_one_document_with_everything_a_reader_needs(call: Call, place: Path) -> None:
    result = call("run", "sample", *FEW, "--seed", "7", "--json")
    assert result.code == 0
    found = result.document
    assert {"case", "as_of", "seed", "futures", "scenarios", "status", "digest", "questions", "seconds"} <= set(found)
    assert (found["case"], found["as_of"], found["seed"], found["futures"]) == ("sample", "2024-10-25", 7, 60)
    assert found["scenarios"] == ["as_claimed", "nobody", "many"] and found["status"]["ok"] == 60
    assert {"compile", "run"} <= set(found["seconds"]) and len(found["digest"]) == 64
    assert set(found["questions"]) == {"ahead", "home_losses"}
    assert files(place) == set()


def test_every_question_has_its_ask_kind_unit_and_answers(call: Call, place: Path) -> None:
    questions = call("run", "sample", *FEW, "--json").document["questions"]
    for name, kind, unit in (("ahead", "probability", ""), ("home_losses", "quantity", "person")):
        question = questions[name]
        assert (question["kind"], question["unit"]) == (kind, unit) and question["ask"].endswith("?")
        assert list(question["answers"]) == ["as_claimed", "nobody", "many"]
        baseline, nobody = question["answers"]["as_claimed"], question["answers"]["nobody"]
        assert baseline["difference"] is None and baseline["difference_error"] is None
        assert nobody["difference"] != 0 and nobody["difference_error"] > 0 and nobody["mc_error"] > 0
        assert ("probability" in nobody) == (kind == "probability") and ("p50" in nobody) == (kind == "quantity")


def test_the_same_seed_gives_the_same_digest_on_any_threads_chunks_and_engine(call: Call, place: Path) -> None:
    ways = [("--threads", "1"), ("--threads", "2", "--chunk", "7"), ("--engine", "reference")]
    assert len({call("run", "sample", *FEW, *way, "--json").document["digest"] for way in ways}) == 1
    assert (
        call("run", "sample", *FEW, "--seed", "1", "--json").document["digest"]
        != call("run", "sample", *FEW, "--json").document["digest"]
    )


def test_chosen_scenarios_and_settings_of_ones_own_are_run_beside_the_baseline(call: Call, place: Path) -> None:
    found = call("run", "sample", *FEW, "--scenario", "many", "--set", "reinforcement=50000 person", "--json").document
    assert found["scenarios"] == ["as_claimed", "many", "own"]
    losses = found["questions"]["ahead"]["answers"]
    assert losses["own"]["difference"] >= losses["many"]["difference"]


def test_run_prints_a_table_of_at_most_eighty_columns_and_writes_a_report(call: Call, place: Path) -> None:
    result = call("run", "sample", *FEW)
    assert result.code == 0 and "report.html" in result.out
    assert max(map(len, result.out.splitlines())) <= 80
    page = (place / "report.html").read_text()
    assert page.startswith("<!DOCTYPE html>") or page.startswith("<!doctype html>")
    assert "home_losses" in page or "How many will home have lost" in page
    assert files(place) == {"report.html"}


def test_report_goes_where_it_is_asked_to_go_and_may_be_left_out(call: Call, place: Path) -> None:
    assert call("run", "sample", *FEW, "-o", "other.html").code == 0
    assert files(place) == {"other.html"}
    assert call("run", "sample", *FEW, "--no-report").code == 0
    assert files(place) == {"other.html"}


def test_a_file_of_all_futures_is_written_where_asked(call: Call, place: Path) -> None:
    pytest.importorskip("h5py")
    assert call("run", "sample", *FEW, "--no-report", "--save", "all.nc").code == 0
    assert files(place) == {"all.nc"}


REFUSED = {
    "a missing case": (("run", "nowhere"), "sample"),
    "an unknown scenario": (("run", "sample", "-s", "mnay"), "many"),
    "a billion futures": (("run", "sample", "--futures", "1000000000"), "20,000,000"),
    "no futures": (("run", "sample", "--futures", "0"), "1 to"),
    "a report in a missing folder": (("run", "sample", "-o", "missing/report.html"), "missing"),
    "futures in a missing folder": (("run", "sample", *FEW, "--no-report", "--save", "missing/all.nc"), "missing"),
    "a setting without a value": (("run", "sample", "--set", "reinforcement"), "NAME=VALUE"),
    "a setting that breaks out": (("run", "sample", "--set", "reinforcement=1 } scenario x { reinforcement=2"), "NAME=VALUE"),
    "an unknown lever": (("run", "sample", "--set", "reinforcment=1 person"), "reinforcement"),
    "a value out of range": (("run", "sample", "--set", "reinforcement=99999999 person"), "50000"),
    "a model with errors": (("run", "wrong.foedus"), "units-differ"),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("as_json", [False, True], ids=["plain", "json"])
def test_a_refusal_exits_with_1_says_why_on_stderr_and_leaves_no_file(
    call: Call, place: Path, wrong: Path, name: str, as_json: bool
) -> None:
    words, said = REFUSED[name]
    before = files(place)
    result = call(*words, *(["--json"] if as_json else []))
    assert result.code == 1
    if name != "a missing case":
        assert said in result.err
    assert "Traceback" not in result.err and "[" in result.err
    assert files(place) == before
    if as_json:
        assert result.document["ok"] is False and result.document["errors"][0]["code"]
    else:
        assert result.out == ""


def test_a_report_that_is_a_folder_or_unwritable_leaves_nothing_behind(call: Call, place: Path) -> None:
    (place / "taken.html").mkdir()
    result = call("run", "sample", *FEW, "-o", "taken.html")
    assert result.code in (1, 2) and result.err
    assert files(place) == {"taken.html"} and list((place / "taken.html").iterdir()) == []


USAGE = [
    ("run",),
    ("run", "sample", "--futures", "many"),
    ("run", "sample", "--engine", "gpu"),
    ("run", "sample", "--nonsense"),
    ("rnu",),
    ("trace", "sample"),
    ("replay", "sample"),
    ("check",),
    ("new",),
]


@pytest.mark.parametrize("words", USAGE, ids=" ".join)
def test_wrong_usage_exits_with_2_and_says_so_on_stderr(call: Call, place: Path, words: tuple[str, ...]) -> None:
    result = call(*words)
    assert result.code == 2
    assert result.out == "" and result.err


def test_a_misspelt_command_gets_a_suggestion(call: Call) -> None:
    assert "run" in call("rnu").err
