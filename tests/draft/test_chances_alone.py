"""Reports that predict and whose figures no mechanism takes make a case of chances; what predicts nothing makes none."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.draft.conditions import chance_in_words
from foedus.draft.draft import drafted_of, plan_of
from foedus.draft.model_text import model_text, questions_of
from foedus.errors import InputError
from foedus.model import parse

AS_OF = date(2026, 3, 2)
FORETOLD = (
    "The minister is likely to resign by June.",
    "A court may dissolve the assembly before the end of May.",
    "There is a one-in-four chance that the party splits by July 2026.",
)


def test_predictions_alone_are_asked_with_the_chances_of_their_words(told):
    plan = plan_of(told(FORETOLD, AS_OF))
    drafted = drafted_of(plan, "chances", "Chances")
    questions = questions_of(drafted)
    assert plan.chosen.parts == () and len(questions) == len(FORETOLD)
    chances = [each.first.chance for each in plan.happenings]
    assert chances[0] == pytest.approx((0.55, 0.8)) and chances[2] == pytest.approx((0.1, 0.4))
    text = model_text(drafted)
    assert "No part computes anything" in text
    parse(text)


def test_one_prediction_makes_no_case(told):
    with pytest.raises(InputError) as refused:
        plan_of(told(FORETOLD[:1], AS_OF))
    assert refused.value.problems[0].code == "nothing-fits"


def test_mechanisms_that_are_named_must_fit(told):
    with pytest.raises(InputError):
        plan_of(told(FORETOLD, AS_OF), ["queue"])


@pytest.mark.parametrize(
    ("text", "chance"),
    [
        ("There is a one-in-three chance that it splits.", 1 / 3),
        ("The odds are even.", 0.5),
        ("One in three people left.", None),
    ],
)
def test_chances_are_told_in_words_too(text, chance):
    assert chance_in_words(text) == (pytest.approx(chance) if chance else None)


def test_a_risk_in_per_cent_is_a_chance_and_the_day_that_words_name_is_the_day(told):
    sentences = (
        "There is a 25 percent risk of a general strike by 1 May.",
        "The risk of a rail stoppage is 30 percent by 1 May.",
        "The chance that the dam breaks by 1 July is one in ten.",
        "The danger that the glacier slides is 40 percent by 20 June, the geological survey said.",
    )
    plan = plan_of(told(sentences, AS_OF))
    questions = questions_of(drafted_of(plan, "chances", "Chances"))
    days = [date(2026, 5, 1), date(2026, 5, 1), date(2026, 7, 1), date(2026, 6, 20)]
    assert [each.first.day for each in plan.happenings] == days
    assert all(each.first.chance_fact is not None for each in plan.happenings)
    assert plan.happenings[2].first.chance == pytest.approx((0.01, 0.25))
    text = " ".join(str(one) for one in questions)
    assert "percent" not in text and "one in ten" not in text and "may read" not in text
