"""Shipped models, broken at random: a program or a refusal comes out, within seconds, and one error is told as one.

FOEDUS_FUZZ_SECONDS=3600 goes on for an hour, with other mutants each time that FOEDUS_FUZZ_SEED is another number.
"""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.random_models import random_model
from foedus.constructs import KEYWORDS
from foedus.errors import ModelError, Problem
from foedus.language import Tree
from foedus.model import Options, compile_model, parse, survey
from helpers import SHIPPED, shipped
from language.mutants import exchanged, mutant

SECONDS, SEED = float(os.environ.get("FOEDUS_FUZZ_SECONDS", "0")), int(os.environ.get("FOEDUS_FUZZ_SEED", "0"))
TEXTS = [
    *(shipped(path) for path in SHIPPED),
    (Path(__file__).parent.parent / "page" / "epidemic.foedus").read_text(encoding="utf-8"),
]
SMALL = [text for text in TEXTS if len(text) < 14_000]


def rounds(count: int) -> Iterator[random.Random]:
    """So many sources of luck, or as many as fit into the time asked for."""
    end = time.monotonic() + SECONDS
    number = 0
    while number < count or time.monotonic() < end:
        yield random.Random(SEED * 1_000_003 + number)
        number += 1


def chosen(luck: random.Random) -> str:
    """One of the shipped models, the small ones more often; or one at random."""
    if luck.random() < 0.3:
        return random_model(luck.randrange(60))
    return luck.choice(TEXTS if luck.random() < 0.2 else SMALL)


def outcome(tree: Tree, options: Options) -> list[Problem]:
    """The problems of a tree, none if it compiles."""
    try:
        compile_model(tree, options)
    except ModelError as error:
        return error.problems
    return []


def test_a_broken_model_is_refused_or_compiles() -> None:
    refused = compiled = 0
    for luck in rounds(150):
        text = mutant(chosen(luck), luck)
        problems = outcome(survey(text), Options(checks=luck.random() < 0.3))
        assert all(problem.message and problem.code for problem in problems) and len(problems) <= 100
        refused, compiled = refused + bool(problems), compiled + (not problems)
    assert refused > 100 and compiled > 1


def test_a_model_with_expressions_exchanged_is_refused_or_compiles() -> None:
    refused = compiled = 0
    for luck in rounds(100):
        tree = exchanged(parse(chosen(luck)), luck)
        problems = outcome(tree, Options(checks=luck.random() < 0.3, save=luck.choice(["charts", "all"])))
        refused, compiled = refused + bool(problems), compiled + (not problems)
    assert refused > 50 and compiled > 5


def _spoilt(statement: str, luck: random.Random) -> str:
    """A statement that cannot be read any more, behind its name."""
    words = re.findall(r'"[^"\n]*"|\d[\w.]*|\w+|\s+|#[^\n]*|[^\w\s]', statement)
    words.insert(luck.randrange(min(3, len(words) - 1), len(words)), luck.choice([" ) ", " ? ", " -> -> "]))
    return "".join(words)


def test_one_statement_that_cannot_be_read_brings_no_other_problem() -> None:
    """What refers to it, to its units, its elements or its options is not blamed."""
    spoilt = 0
    for luck in rounds(120):
        text = random_model(luck.randrange(200)) if luck.random() < 0.4 else luck.choice(SMALL)
        parts = re.split(rf"\n(?=[ ]*(?:{'|'.join(sorted(KEYWORDS))})\b)", text)
        place = luck.randrange(1, len(parts))
        parts[place] = _spoilt(parts[place], luck)
        first = 1 + sum(part.count("\n") + 1 for part in parts[:place])
        problems = outcome(survey("\n".join(parts)), Options())
        last = first + parts[place].count("\n") + 1
        others = [f"{problem.line}: {problem.message}" for problem in problems if not first <= problem.line <= last]
        assert not others, f"{parts[place]!r} → {others}"
        spoilt += bool(problems)
    assert spoilt > 80


FAR = {
    "question q at 1e308 weeks value x": "outside-horizon",
    "question q by 1e300 years always x > 0": "outside-horizon",
    "lever l : 1 from 0 to 1\nscenario s { l = 1 from 1e308 weeks }": "outside-horizon",
    "noise n : 1 ~ normal(0, 1) every 1e308 weeks": "not-whole-steps",
    "decision d by r every 1e300 weeks a : 0, b : 1": "not-whole-steps",
    "let y : 1 = delay(x, 1e308 weeks)": "bad-delay",
    "let y : 1 = smoothn(x, 1 week, 1e308)": "bad-order",
    "let y : 1 = delay(x, (0 / 0) * 1 week)": "zero-delay",
    "let y : week = 3 week^1e30": "bad-exponent",
    "let y : 1 = (2 week)^1e300 / 1 week": "bad-exponent",
    "let y : 1 = 3 Tm^99": "bad-unit",
    "let y : 1 = 1 / 3 nm^40": "bad-unit",
    "table t : 1 of 1 = (0, 1) (1e308, 1e308)\nlet y : person = t(x)": "unknown-unit",
    "observe x = 1 on 1e308 weeks as normal(1e-308)": "no-because",
}


@pytest.mark.parametrize("text", FAR)
@pytest.mark.filterwarnings("error")
def test_numbers_out_of_all_proportion_are_refused_where_they_stand(text: str) -> None:
    problems = outcome(survey("model m for 4 weeks step 1/8 week\nstock x : 1 = 1\n" + text + "\n"), Options())
    assert FAR[text] in [problem.code for problem in problems], problems


HEADS = (
    "for 1e308 weeks step 1e-308 week",
    "for 4 weeks step 1e308 weeks",
    "for 4 weeks save every 1e308 weeks",
    "for 1/1e308 week",
    "for 4 weeks step 0 week save every 0 week",
    "for 0 weeks ) step 0 week",
)


@pytest.mark.parametrize("head", HEADS)
def test_a_head_out_of_all_proportion_gives_a_program_or_a_refusal(head: str) -> None:
    problems = outcome(survey(f"model m {head}\nstock x : 1 = 1\nlet y : 1 = smooth(x, 1 week)\n"), Options())
    assert problems or "save every" in head
