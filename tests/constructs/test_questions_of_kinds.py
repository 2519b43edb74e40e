"""Every kind of thing is asked every question of the language: it answers, or the question is refused in words. Nothing else happens."""

from __future__ import annotations

import pytest

from foedus.errors import ModelError
from helpers import ensemble

MODEL = """\
model m as of 2024-01-01 for 10 weeks step 1 week
unit person
index side = red, blue
map enemy : side -> side = red -> blue, blue -> red
actor north, south
stock stock : person = 5 person
flow flow : stock -> outside = 0.1 person/week
let let : 1 = 2
let condition : 1 = time > 2 week
table table : 1 of 1 = (0, 1) (1, 2)
param param : 1 = 3
param drawn : 1 ~ 1 to 2 because "judgement"
lever lever : 1 from 0 to 2 = 1
noise noise : 1 ~ normal(0, 1) every week
event dated on 2024-02-01
event rated at rate 0.3 per week repeating
event caused when stock < 4 person
decision decision by north every 2 weeks
  none : 0, some : 0
treaty treaty between north and south, in force when dated obliges "help" when caused, honoured with chance 60 %
"""
THINGS = (
    "stock flow let condition table param drawn lever noise dated rated caused decision treaty side red enemy north person time nobody"
).split()
QUESTIONS = {
    "worth": "{} + 0 * {}",
    "condition": "{}",
    "pulse": "pulse({})",
    "count": "count({})",
    "ever": "ever({})",
    "time_since": "time_since({})",
    "in_force": "in_force({})",
    "invoked": "invoked({})",
    "honoured": "honoured({})",
    "is": "{} is some",
    "pulse of an option": "pulse({} is some)",
    "count of an option": "count({} is some)",
    "read at": "{}(1)",
    "of an element": "{}[red]",
    "sum": "sum({})",
    "delay": "delay({}, 2 weeks)",
    "smooth": "smooth({}, 2 weeks)",
    "share": "share({})",
}
ANSWERED = {
    ("dated", "count"),
    ("rated", "pulse"),
    ("caused", "time_since"),
    ("decision", "is"),
    ("decision", "pulse of an option"),
    ("decision", "count of an option"),
    ("treaty", "in_force"),
    ("treaty", "invoked"),
    ("treaty", "honoured"),
    ("table", "read at"),
    ("stock", "smooth"),
    ("let", "worth"),
    ("noise", "delay"),
    ("condition", "ever"),
}


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("thing", THINGS)
def test_a_thing_answers_a_question_or_it_is_refused(thing: str, question: str) -> None:
    asked = QUESTIONS[question].format(thing, thing)
    try:
        ran = ensemble(f'{MODEL}question q "?" at the end true when ({asked}) = ({asked}) or ({asked}) != ({asked})\n', 3)
    except ModelError as error:
        assert (thing, question) not in ANSWERED, str(error)
        assert all(problem.line and problem.message for problem in error.problems)
    else:
        assert ran.is_ok.all()


@pytest.mark.parametrize(("thing", "question"), sorted(ANSWERED))
def test_what_must_be_answered_is(thing: str, question: str) -> None:
    asked = QUESTIONS[question].format(thing, thing)
    form = f"true when {asked}" if question in ("is", "ever", "in_force", "invoked", "honoured") else f"value {asked}"
    assert ensemble(f'{MODEL}question q "?" at the end {form}\n', 3).is_ok.all()


def test_a_flow_is_told_in_the_unit_of_its_stock() -> None:
    """A tonne is a million grams: what flows into tonnes is told in tonnes a week, or the number would be of another size than its unit."""
    text = (
        "model m as of 2024-01-01 for 10 weeks step 1 week\nstock store : tonne = 10 tonne\n"
        'flow into : outside -> store = 3 tonne/week\nquestion rate "Rate?" on 2024-02-05 value into\nchart "Flow" of into\n'
    )
    futures = ensemble(text, 4)
    assert [(one.unit, one.scale) for one in futures.program.saved if one.name == "into"] == [("tonne/week", 1e6)]
    assert futures.program.results[0].unit == "tonne/week" and set(futures.values("rate")) == {3.0}
