"""What may go on or end: what is extended does not end, and what goes on beyond its announced end is asked after that."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.draft.draft import drafted_of, plan_of
from foedus.draft.going_on import announced_end
from foedus.draft.model_text import model_text, questions_of, scenarios_of
from foedus.draft.predictions import predictions

AS_OF = date(2024, 3, 15)
RICE = (
    "Lankor has banned exports of rice for four months from 1 February, the ministry said.",
    "Traders held rice stocks of 210,000 tonnes at the end of February.",
    "Farmers harvest about 45,000 tonnes of rice a month.",
    "Mills use about 40,000 tonnes of rice a month.",
    "Exports of rice were about 9,000 tonnes a month before the ban.",
)


def drafted(told, *more):
    plan = plan_of(told([*RICE, *more], AS_OF), ["goods"])
    return plan, drafted_of(plan, "rice", "Rice")


@pytest.mark.parametrize(
    "words",
    [
        "The ministry will look at the ban in May and may prolong it or lift it.",
        "The cabinet may renew the export ban or replace it by a tax.",
        "The ban, which was to end in June, may be extended.",
    ],
)
def test_what_may_be_extended_is_not_ended_by_it(told, words):
    plan, _ = drafted(told, words)
    ended = [each.first.day for each in plan.happenings for one in each.triggers if one[2]]
    assert all(day == date(2024, 6, 1) for day in ended)  # four months from 1 February
    assert not any("lift it" in each.first.words or "replace it" in each.first.words for each in plan.happenings)


def test_what_may_be_lifted_ends(told):
    plan, _ = drafted(told, "The ministry may lift the ban on exports in May.")
    assert [each.name for each in plan.happenings] == ["stocks_ban_ends"] and not plan.happenings[0].is_turned


def test_what_goes_on_beyond_its_end_ends_there_else(told):
    plan, made = drafted(told, "There is a 70% chance that Lankor extends the ban on exports beyond 1 June.")
    [ends] = plan.happenings
    assert ends.is_turned and ends.first.day == date(2024, 6, 2) and ends.first.chance == pytest.approx((0.55, 0.85))
    text = model_text(made)
    assert "event stocks_ban_ends when time >= 2024-06-02 with chance 1 - stocks_ban_goes_on_chance" in text
    [lasts] = [body for question, body in questions_of(made) if question.name == "stocks_ban_lasts"]
    assert lasts.startswith("on 2024-06-08 ") and "will_stocks_ban_ends" not in text
    titles = {name: title for name, title, _ in scenarios_of(made)}
    assert titles["if_stocks_ban_ends"].startswith("It does not happen: Lankor extends")


def test_a_month_beyond_which_it_goes_on_is_over_first(told):
    _, made = drafted(told, "Analysts expect that the export ban will be extended beyond June.")
    [lasts] = [body for question, body in questions_of(made) if question.name == "stocks_ban_lasts"]
    assert lasts.startswith("on 2024-07-07 ")


def test_the_end_is_the_next_such_day():
    assert announced_end("to stay past the end of February", AS_OF) == date(2025, 2, 28)
    assert announced_end("beyond 3 April 2026", AS_OF) == date(2026, 4, 3)
    assert announced_end("beyond doubt in June", AS_OF) is None and announced_end("beyond 3 April 2023", AS_OF) is None


def test_two_predictions_with_chances_of_their_own_are_two(told):
    text = (
        "We expect that arrivals will drop below 300 a day in April, and put a 20% chance to a full stop of the ferries by June."
    )
    first, second = predictions(told([text], AS_OF).sentences, AS_OF)
    assert first.chance_fact is None and first.day == date(2024, 4, 30) and "20%" not in first.words
    assert second.words.startswith("A full stop of the ferries") and second.day == date(2024, 6, 30)
    assert sum(second.chance) / 2 == pytest.approx(0.2)


def test_a_chance_in_brackets_is_the_chance(told):
    text = "We think it likely (75–85%) that the dam will have less than 40 million litres on 30 June 2024."
    [one] = predictions(told([text], AS_OF).sentences, AS_OF)
    assert (one.chance == pytest.approx((0.75, 0.85)) and one.words.startswith("The dam will have")) or "(75" not in one.words


@pytest.mark.parametrize("text", ["The camp was planned to hold 900 people.", "Both unions are expected to oppose it."])
def test_a_plan_of_before_and_what_the_words_do_not_say_are_not_asked(told, text):
    assert not predictions(told([text], AS_OF).sentences, AS_OF)
