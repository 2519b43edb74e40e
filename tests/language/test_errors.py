"""Errors of a text: all at once, each with its line, column, caret, code and a way out."""

from __future__ import annotations

import pickle

import pytest

from foedus.errors import ModelError, Problem
from foedus.language.source import Source
from foedus.model import compile_model, parse, read_model

BROKEN = """\
model m for 4 weeks step 1 week
stock x : 1 = 1 +
let y : 1 = max(1
\tlet z : 1 = 3 ? 4
noise n : 1 ~ beta(1, 2) every week
stock fine : 1 = 2
event e
"""


def problems_of(text: str) -> list[Problem]:
    with pytest.raises(ModelError) as caught:
        parse(Source(text, "folder/model.foedus"))
    return caught.value.problems


def test_all_errors_of_a_text_come_at_once_in_the_order_of_the_text() -> None:
    found = [(problem.line, problem.code) for problem in problems_of(BROKEN)]
    assert found == [
        (3, "expected-expression"),
        (4, "bad-character"),
        (4, "expected"),
        (5, "bad-noise"),
        (7, "bad-event"),
    ] or found == [
        (3, "expected-expression"),
        (4, "expected"),
        (4, "bad-character"),
        (4, "unexpected"),
        (5, "bad-noise"),
        (7, "bad-event"),
    ]


def test_reading_goes_on_with_the_next_statement_after_an_error() -> None:
    assert [problem.line for problem in problems_of("model m for 1 week\nstock : 1 = 1\nstock a : 1 = 1\nlet = 2\n")] == [2, 4]


def test_an_error_shows_file_line_column_caret_code_and_help() -> None:
    error = problems_of("model m for 4 weeks\nstock x : 1 = 1\n  let y : 1 = 2 3\n")[0]
    assert (error.line, error.column, error.code) == (3, 17, "unexpected")
    lines = str(error).splitlines()
    assert lines[0].startswith("folder/model.foedus:3:17: ")
    assert lines[1].strip() == "let y : 1 = 2 3"
    assert lines[1][lines[2].index("^")] == "3"
    assert lines[-1].endswith("[unexpected]")


def test_a_misspelt_word_gets_a_suggestion() -> None:
    assert "stock" in problems_of("model m for 4 weeks\nlet a : 1 = 1\nstokc x : 1 = 1\n")[0].help
    assert "normal" in problems_of("model m for 4 weeks\nparam a : 1 ~ nromal(0, 1)\n")[0].help


def test_a_caret_stands_right_behind_tabs_and_in_long_lines() -> None:
    tabbed = str(problems_of("model m for 4 weeks\n\tlet\ty : 1 = 2 ?\n")[0]).splitlines()
    assert tabbed[1][tabbed[2].index("^")] == "?"
    long = str(problems_of(f"model m for 4 weeks\nlet y : 1 = 1{' + 1' * 90} ?\n")[0]).splitlines()
    assert long[1][long[2].index("^")] == "?"
    assert max(map(len, long)) < 120


def test_a_text_without_a_head_or_without_a_horizon_says_so() -> None:
    assert [problem.code for problem in problems_of("")] == ["no-model"]
    assert [problem.code for problem in problems_of("model m\nstock x : 1 = 1\n")] == ["no-horizon"]


def test_an_error_in_the_head_does_not_claim_that_there_is_no_head() -> None:
    assert "no-model" not in [problem.code for problem in problems_of("model m for 4 weeks stpe 1 week\nstock x : 1 = 1\n")]


def test_an_error_survives_pickling_and_carries_its_parts() -> None:
    with pytest.raises(ModelError) as caught:
        parse(BROKEN)
    again = pickle.loads(pickle.dumps(caught.value))
    assert type(again) is ModelError and again.problems == caught.value.problems and str(again) == str(caught.value)
    assert set(again.problems[0].as_dict()) == {"file", "line", "column", "code", "message", "help"}


def test_no_more_than_a_hundred_problems_are_reported() -> None:
    assert len(problems_of("model m for 4 weeks\n" + "let = 1\n" * 500)) == 100


def test_a_text_that_was_sound_a_moment_ago_is_refused_once_it_is_not() -> None:
    """In one process, as in an editor: what cannot be read leaves the same statements behind."""
    sound = "model m for 4 weeks step 1 week\nstock x : 1 = 1\nquestion q at the end value x\n"
    read_model(Source(sound, "model.foedus"))
    compile_model(read_model(Source(sound, "model.foedus")))
    for line in ("use fountain as water of shell", "let y : 1 = 3 ? 4"):
        with pytest.raises(ModelError):
            compile_model(read_model(Source(f"{sound}{line}\n", "model.foedus")))


def test_a_warning_stands_where_its_statement_stands_now() -> None:
    """The same statements further down in the text are another text."""
    text = "model m as of 2024-01-01 for 8 weeks step 1 week\nevent g at rate 1 per week after 2024-06-30\nquestion q by the end true when g\n"
    texts = (text, f"# a remark\n\n{text}", text.replace("event g", "event   g"))
    found = [compile_model(read_model(Source(one, "model.foedus"))).warnings for one in texts]
    assert [[(one.line, one.column) for one in warnings] for warnings in found] == [[(2, 34)], [(4, 34)], [(2, 36)]]
