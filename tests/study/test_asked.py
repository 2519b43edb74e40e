"""Whoever names a question is told what there is, and what can be asked for."""

from __future__ import annotations

import pytest

from foedus.errors import InputError
from foedus.study.asked import asked_names


def test_names_are_taken_once_and_none_is_all() -> None:
    assert asked_names("c", ["a", "b"], []) == ["a", "b"]
    assert asked_names("c", ["a", "b"], ["b", "b"]) == ["b"]


def test_a_question_that_is_no_chance_is_told_from_one_that_is_not_there() -> None:
    with pytest.raises(InputError) as refused:
        asked_names("c", ["high"], ["amount", "nothing", "high"], ["high", "amount"])
    first, second = refused.value.problems
    assert first.message == "`amount` asks for no chance." and "Questions: high." in first.help
    assert second.message == "there is no such question `nothing`."
