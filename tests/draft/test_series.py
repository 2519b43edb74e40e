"""What is foretold in a row, a figure for each of several days, and what is told without its subject or as a purpose."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.draft.draft import drafted_of, plan_of
from foedus.draft.model_text import questions_of
from foedus.draft.predictions import predictions

AS_OF = date(2024, 11, 20)


def test_a_row_of_figures_is_asked_by_the_last_of_its_days(told):
    said = "The authority said that daily slots will be cut to 25 in December, 22 in January and 18 in March."
    (one,) = predictions(told([said], AS_OF).sentences, AS_OF)
    assert one.day == date(2025, 3, 31)
    assert [day for _, day in one.series] == [date(2024, 12, 31), date(2025, 1, 31), date(2025, 3, 31)]


PRICES = (
    "Inflation in Zambia reached 21 percent in October.",
    "The central bank has watched the kwacha depreciate since May.",
    "Interest rates are discussed every month.",
)


def test_every_figure_of_a_row_is_asked_on_its_own_day(told):
    said = "The bank expects inflation to fall to 18 percent in December, 15 percent in March and 12 percent in June."
    plan = plan_of(told((*PRICES, said), AS_OF), ["prices"])
    asked = [body for _, body in questions_of(drafted_of(plan, "zambia", "Zambia"))]
    for day, value in (("2024-12-31", 0.18), ("2025-03-31", 0.15), ("2025-06-30", 0.12)):
        assert f"on {day} true when home.inflation < {value}" in asked, asked


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        (
            "A loan is being discussed with the fund, and the country expects to secure it before May.",
            "A loan is being discussed",
        ),
        ("Elections by next June look doubtful.", "Elections by next June"),
        ("The company, which plans to cut 90 posts, shut a mill last week.", "The company to cut 90 posts"),
        ("The move is meant to calm the fears of savers.", ""),
        ("There are some risks to this that would have to be monitored.", ""),
        ("You cannot cut water off by street, like you would shed power.", ""),
    ],
)
def test_words_without_a_subject_are_told_whole_and_a_purpose_is_no_prediction(told, sentence, words):
    asked = [one.words for one in predictions(told([sentence], AS_OF).sentences, AS_OF)]
    assert all(one.startswith(words) for one in asked) if words else not asked


CAMPS = ("Some 2.1 million people are now displaced within Sudan.", "Few cross the border, and refugees return.")


def test_who_is_displaced_within_is_asked_before_who_is_abroad(told):
    plan = plan_of(told(CAMPS, AS_OF), ["migration"])
    asked = [body for _, body in questions_of(drafted_of(plan, "sudan", "Sudan"))]
    assert asked[0].endswith("value flight.displaced")


def test_the_sign_of_a_kind_of_money_is_no_state(told):
    (fact,) = told(["Reserves stand at US$2.7 billion."], AS_OF).facts
    assert fact.places == ()


PORT = (
    "About 90 ships are waiting at anchor for a berth.",
    "The average wait is now 8 days.",
    "The backlog will be cleared, the harbour master thinks.",
)


@pytest.mark.parametrize(
    "sentence",
    [
        "On Thursday there were 170 ships in port with 91 at anchor.",
        "A storm caused a backlog, Adams noted, adding that 40 ships were in such places as of Monday.",
    ],
)
def test_what_stands_behind_another_figure_or_another_saying_is_not_told_of_this_one(told, sentence):
    plan = plan_of(told((*PORT, sentence), AS_OF), ["queue"])
    waiting = plan.chosen.parts[0].filled.slots["waiting_now"]
    assert {each.fact.claim.quantity.value for each in waiting} <= {90.0, 91.0}


FLIGHT = (
    "Nearly 1.2 million people are displaced inside Somalia.",
    "Refugees have crossed the border since the rains failed.",
    "Aid is needed in Ethiopia, Kenya and Somalia for some 600,000 people.",
)


def test_where_people_flee_to_is_no_other_place(told):
    said = "Some 72,000 people have arrived in Kenya so far."
    plan = plan_of(told((*FLIGHT, said), AS_OF), ["migration"])
    assert [each.fact.claim.quantity.value for each in plan.chosen.parts[0].filled.slots["abroad_now"]] == [72000.0]


OUTBREAK = "From 1 May to 8 November, a total of 2,310 confirmed, probable and suspected cases of cholera were reported in Kenya."


def test_the_cases_of_an_outbreak_are_enough_where_nothing_else_fits(told):
    rest = ("The outbreak is of a virus, a doctor thought, but the disease is cholera.", "Vaccination begins in a month.")
    assert [part.takes.name for part in plan_of(told((OUTBREAK, *rest), AS_OF)).chosen.parts] == ["epidemic"]
    both = (
        *FLIGHT,
        "Some 72,000 people have arrived in Kenya so far.",
        "A cholera outbreak has infected the camps, and 350 cases have been found.",
        rest[1],
    )
    assert "epidemic" not in [part.takes.name for part in plan_of(told(both, AS_OF)).chosen.parts]
