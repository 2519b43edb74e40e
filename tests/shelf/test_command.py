"""`foedus shelf`, and the pages that are made of the same."""

from __future__ import annotations

import importlib.util
import json
import sys
from types import ModuleType

import pytest

from foedus.cli.main import main
from foedus.language.shelf import shelf_names
from foedus.shelf import catalogue, entry
from helpers import ROOT

ROWS = {"name", "unit", "meaning", "default", "because", "indexed"}


def said(capsys, *words: str) -> str:
    main(["shelf", *words])
    return capsys.readouterr().out


def test_the_table_names_every_mechanism_within_80_columns(capsys):
    out = said(capsys)
    assert max(map(len, out.splitlines())) <= 80
    for one in catalogue():
        row = next(line for line in out.splitlines() if line.startswith(f"{one.name} "))
        assert one.title.split(":")[0][:40] in row
    assert "takes intake, start; 5 more have defaults" in out


@pytest.mark.parametrize("name", shelf_names())
def test_one_is_shown_in_full_within_80_columns(name, capsys):
    out = said(capsys, name)
    assert max(map(len, out.splitlines())) <= 80
    one = entry(name)
    flat = " ".join(out.split())
    told = [
        one.title,
        one.not_for,
        one.source,
        *(slot.meaning for slot in one.slots),
        *(slot.because for slot in one.slots),
        *(given.meaning for given in one.gives),
        *one.checks,
        f"use {name} as",
    ]
    assert [words for words in told if " ".join(words.split()) not in flat] == []
    assert flat.count("must be given") == sum(slot.default is None for slot in one.slots)


def test_json_lists_mechanisms_with_their_slots(capsys):
    document = json.loads(said(capsys, "--json"))
    rows = {row["name"]: row for row in document["mechanisms"]}
    assert sorted(rows) == list(shelf_names())
    for row in rows.values():
        assert {"title", "source", "not_for", "slots", "gives"} <= set(row) and row["gives"]
        assert all(set(slot) == ROWS for slot in row["slots"])
    course = next(slot for slot in rows["pipeline"]["slots"] if slot["name"] == "course")
    assert (
        course["unit"] == "week"
        and course["default"] == "~ 4 to 26"
        and "10 weeks" in course["because"]
        and course["indexed"] is True
    )
    start = next(slot for slot in rows["pipeline"]["slots"] if slot["name"] == "start")
    assert start["default"] is None and start["because"] == ""
    assert next(slot for slot in rows["epidemic"]["slots"] if slot["name"] == "travel")["indexed"] is False
    assert [row["name"] for row in json.loads(said(capsys, "rounds", "--json"))["mechanisms"]] == ["rounds"]


def test_an_unknown_name_is_refused_with_the_nearest(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["shelf", "pipelin"])
    assert stop.value.code == 1
    assert "Did you mean `pipeline`?" in capsys.readouterr().err


# --- pages


def generator() -> ModuleType:
    specification = importlib.util.spec_from_file_location("shelf_doc", ROOT / "tools/shelf_doc.py")
    assert specification is not None and specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules["shelf_doc"] = module
    specification.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def made() -> dict:
    """Every page as the generator writes it now, its example run."""
    return generator().pages()


def test_the_pages_are_what_the_generator_writes(made):
    stale = [place.name for place, text in made.items() if not place.is_file() or place.read_text(encoding="utf-8") != text]
    assert stale == [], "run `python tools/shelf_doc.py`"


def test_no_page_is_left_over(made):
    assert set((ROOT / "docs/shelf").glob("*.md")) == set(made)


def test_an_example_moves_its_answers(made):
    """An example whose scenarios change nothing would show nothing."""
    still = []
    for name in shelf_names():
        rows = [
            line.split(" | ")
            for line in made[ROOT / f"docs/shelf/{name}.md"].split("In 1000 futures:")[1].splitlines()
            if line.startswith("| ")
        ]
        answers: dict[str, set[str]] = {}
        for question, scenario, answer in rows[1:]:
            answers.setdefault(scenario, set()).add(f"{question}{answer}")
        if len(answers) > 1 and all(found == answers["baseline"] for found in answers.values()):
            still.append(name)
    assert still == []
