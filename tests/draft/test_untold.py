"""What no report tells: a part stands on what is told, says first what it assumes, and is not drafted where nothing moves in it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from foedus.case import load
from foedus.draft import draft_case
from foedus.draft.binding import UNTOLD
from foedus.draft.draft import drafted_of, plan_of
from foedus.draft.model_text import questions_of
from foedus.draft.predictions import predictions
from foedus.errors import InputError
from foedus.evidence.reading import read_documents
from foedus.study.futures import run_futures

DAY = date(2020, 10, 22)
FIGHT = [
    "Fighting raged along the front, and both armies took heavy casualties.",
    "Azerbaijani forces killed or wounded 900 Armenian troops in four days of fighting, officials in Baku said.",
    "Armenian forces killed 300 Azerbaijanis and wounded another 500, the ministry in Yerevan said.",
]
BAN = [
    "Lankor banned exports of onions until 31 March 2021 as prices rose on the market, the trade ministry said.",
    "Onions traded at $480 a tonne in Rotterdam, and buyers fear a shortage.",
]
PRICE = ["Onions traded at $480 a tonne in Rotterdam, and buyers and traders on the market fear a shortage of supply."]


def test_losses_alone_make_a_war_whose_strength_is_assumed(told):
    plan = plan_of(told(FIGHT, DAY))
    [part] = plan.chosen.parts
    figures = {name: [each.fact.claim.quantity.value for each in row] for name, row in part.filled.slots.items()}
    assert figures == {"losses_now[armenia]": [900.0], "losses_now[azerbaijan]": [300.0, 500.0]}
    assert {each.fact.days for row in part.filled.slots.values() for each in row} == {4}
    asked = [question.text for question, _ in questions_of(drafted_of(plan, "war", "War"))]
    assert any(text.startswith("Fighting, Armenia (from a start that is assumed)") for text in asked)
    assert not any(text.startswith("Killed and wounded, Armenia (") for text in asked)  # of these a report tells


def test_what_is_assumed_stands_first_in_the_readme_and_the_case_runs(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("A report\n\nPublished: 22 October 2020\n\n" + "\n\n".join(FIGHT), encoding="utf-8")
    draft_case(tmp_path / "war", list(read_documents([path])), None, None, lambda asked: 0)
    readme = (tmp_path / "war/README.md").read_text()
    assert readme.index("**Assumed, for no report tells it:**") < readme.index("Of what its parameters move")
    assert re.search(r"- war, fighters at the start, Armenia: judgement: .*factor of four\n", readme) and "--into war" in readme
    assert run_futures(load(str(tmp_path / "war")), 50).values is not None


def test_whose_losses_they_are_is_told_by_their_noun_whoever_says_so(told):
    sides = {fact.written: fact.side for fact in told(FIGHT, DAY).facts}
    assert sides == {"900 Armenian troops": "Armenia", "300 Azerbaijanis": "Azerbaijan", "another 500": "Azerbaijan"}


def test_a_price_alone_makes_no_market(told):
    with pytest.raises(InputError, match="keeps supply from it"):
        plan_of(told(PRICE, DAY))


def test_a_ban_keeps_back_what_nobody_tells_and_ends_as_announced(told):
    plan = plan_of(told(BAN, DAY))
    [part] = plan.chosen.parts
    drafted = drafted_of(plan, "onions", "Onions")
    [withheld] = [one for one in drafted.bounds[part.alias] if one.slot == "withheld"]
    assert withheld.kind == "judgement" and withheld.because.startswith(UNTOLD) and "market_ban_holds" in withheld.text
    asked = [question.text for question, _ in questions_of(drafted)]
    assert any(text.startswith("Price (assumed: part of the supply that is lost or kept from the market)") for text in asked)
    [ends] = plan.happenings
    assert ends.name == "market_ban_ends" and ends.first.is_on and ends.first.day == date(2021, 4, 1)


def test_what_a_ban_keeps_back_is_a_part_of_what_is_sold_by_a_share_that_is_assumed(told):
    more = ["Lankor exports 2.4 million tonnes of onions a year.", "The ban keeps 100,000 tonnes a month off the market."]
    [part] = plan_of(told([*BAN, *more], DAY)).chosen.parts
    assert set(part.filled.slots) == {"price_now", "sold_now", "kept_back"}


def test_a_price_at_home_is_none_of_the_market_to_which_nothing_is_sold(told):
    home = [
        BAN[0].replace("Lankor", "India"),
        "India sells onions to its neighbours, and Indian farmers protest.",
        "Onions were trading at $480 a tonne in Nashik on Tuesday.",
        "The retail price was $700 a tonne.",
    ]
    with pytest.raises(InputError, match="nothing-fits"):
        plan_of(told(home, DAY), ["market"])


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Lankor suspended exports of onions on the market for 30 days, the ministry said.", date(2020, 11, 21)),
        ("Lankor has banned exports of onions for three months from 1 October, the ministry said.", date(2021, 1, 1)),
        ("Lankor banned exports of onions until the end of January, the ministry said.", date(2021, 2, 1)),
    ],
)
def test_for_how_long_it_was_announced_is_when_it_ends(told, sentence, day):
    [ends] = plan_of(told([sentence, BAN[1], "Prices and supply on the market moved."], DAY)).happenings
    assert ends.first.day == day and ends.first.is_on


def test_what_stays_until_a_day_is_asked_then_and_comes_no_sooner(told):
    plan = plan_of(told([*BAN, "Imports from Egypt will stay free of duty until 15 February 2021, the ministry said."], DAY))
    [stays] = [each for each in plan.happenings if not each.triggers]
    assert stays.first.is_on and stays.first.day == date(2021, 2, 15)


def test_two_chances_in_a_sentence_are_of_two_things(told):
    text = (
        "Analysts see a 60 percent chance that the ban is extended and a 20 percent chance that imports are allowed by January."
    )
    plan = plan_of(told([*BAN, text], DAY))
    chances = {each.first.words: round(sum(each.first.chance) / 2, 2) for each in plan.happenings}
    assert chances == {"The ban is extended": 0.6, "Imports are allowed by January.": 0.2}


RECRUITS = [
    "The army of Lankor recruits soldiers, and trains them in its camps.",
    "About 4,800 recruits have joined through the first nine months of the fiscal year -- 780 behind the goal.",
    "The army hopes to gain 8,000 recruits this fiscal year.",
]


def test_who_is_taken_makes_a_service_whose_size_is_assumed(told):
    plan = plan_of(told(RECRUITS, date(2021, 6, 30)), ["pipeline"])
    [part] = plan.chosen.parts
    assert [each.fact.days for each in part.filled.slots["intake"]] == [274] and "start" not in part.filled.slots
    drafted = drafted_of(plan, "staff", "Staff")
    bounds = {one.slot: one for one in drafted.bounds[part.alias]}
    assert bounds["start"].kind == "judgement" and "520 week" in bounds["start"].text
    assert bounds["in_training"].text == "= staff_intake * staff.course"
    asked = [question.text for question, _ in questions_of(drafted)]
    assert any(text.startswith("In service (from a start that is assumed)") for text in asked)


@pytest.mark.parametrize(("day", "period"), [(date(2021, 6, 30), "month"), (date(2021, 6, 12), "")])
def test_this_month_is_a_month_when_it_is_over(told, day, period):
    [fact] = told(["The army has brought in 615 recruits this month."], day).facts
    assert fact.period == period


def test_what_can_be_expected_is_ahead(told):
    text = "The agency said that 9,000 people, as well as 600 traders, could be expected to arrive by the end of 2021."
    [one] = predictions(told([text], DAY).sentences, DAY)
    assert one.day == date(2021, 12, 31)
