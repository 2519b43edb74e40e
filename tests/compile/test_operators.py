"""Every operator of the language, worth what it says: held against a value that was worked out by hand."""

from __future__ import annotations

import pytest

from helpers import course

HEAD = "model m for 2 weeks step 1 week\nstock x : 1 = 3\nstock y : 1 = -2 signed\n"
NUMBERS = {
    "-x": -3.0,
    "-y": 2.0,
    "--x": 3.0,
    "x - y": 5.0,
    "x - y - 1": 4.0,
    "x + y * 2": -1.0,
    "(x + y) * 2": 2.0,
    "x / y": -1.5,
    "12 / x / 2": 2.0,
    "x ^ 2": 9.0,
    "-x ^ 2": -9.0,
    "2 ^ x ^ 1": 8.0,
    "if x > y then 1 else 2": 1.0,
    "if not x > y then 1 else 2": 2.0,
}
CONDITIONS = {
    "x > y": True,
    "not x > y": False,
    "not (x < y)": True,
    "not not x > y": True,
    "x > 3": False,
    "x >= 3": True,
    "x < 3": False,
    "x <= 3": True,
    "x == 3": True,
    "x != 3": False,
    "x > 0 and y > 0": False,
    "x > 0 and not y > 0": True,
    "x > 0 or y > 0": True,
    "x > 9 or y > 0": False,
    "not (x > 9 or y > 0)": True,
    "not (x > 0 and y < 0)": False,
    "x > 9 or x > 0 and y < 0": True,
    "not x > 9 and y > 0": False,
}


@pytest.fixture(scope="module")
def answers() -> dict[str, float]:
    """All of them, in one model: question by place."""
    lines = [f"question n{place} at the end value {text}" for place, text in enumerate(NUMBERS)]
    lines += [f"question c{place} at the end true when {text}" for place, text in enumerate(CONDITIONS)]
    return {name: float(values[0]) for name, values in course(HEAD + "\n".join(lines)).answers.items()}


@pytest.mark.parametrize(("place", "text"), list(enumerate(NUMBERS)), ids=list(NUMBERS))
def test_an_operator_gives_its_number(answers: dict[str, float], place: int, text: str) -> None:
    assert answers[f"n{place}"] == pytest.approx(NUMBERS[text])


@pytest.mark.parametrize(("place", "text"), list(enumerate(CONDITIONS)), ids=list(CONDITIONS))
def test_an_operator_gives_its_truth(answers: dict[str, float], place: int, text: str) -> None:
    assert answers[f"c{place}"] == float(CONDITIONS[text])
