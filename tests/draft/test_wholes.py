"""What a draft does not take: figures of another whole, states that are only feared, parts of a sentence that are cut within a number."""

from __future__ import annotations

import re
from datetime import date

import pytest

from foedus.draft.conditions import conditioned, is_chance_alone
from foedus.draft.draft import drafted_of, plan_of
from foedus.draft.model_text import model_text, questions_of
from foedus.draft.predictions import predictions
from foedus.draft.things import class_of
from foedus.errors import InputError

AS_OF = date(2024, 5, 15)
FLIGHT = (
    "More than 570,000 Northlanders have fled across the border since war broke out a year ago.",
    "The fighting has driven more than 8.6 million from their homes.",
    "Roughly 1,200 people cross the border each day, up from 800 in March.",
    "The refugees in camps need water.",
)


def slots_of(plan) -> dict[str, list[float]]:
    return {
        name: [each.fact.claim.quantity.value or each.fact.claim.quantity.low for each in row]
        for part in plan.chosen.parts
        for name, row in part.filled.slots.items()
        if row
    }


def test_those_on_the_move_fill_their_slots(told):
    slots = slots_of(plan_of(told(FLIGHT, AS_OF), ["migration"]))
    assert slots["abroad_now"] == [570_000] and slots["displaced_now"] == [8_600_000] and slots["crossing_now"] == [1200]


def test_a_whole_is_not_smaller_than_its_parts(told):
    town = "The valley has 40,000 inhabitants."
    assert "population" not in slots_of(plan_of(told([*FLIGHT, town], AS_OF), ["migration"]))
    country = "The country has 40 million inhabitants."
    assert slots_of(plan_of(told([*FLIGHT, country], AS_OF), ["migration"]))["population"] == [40_000_000]


CURBS = (
    "India exported 12 million tonnes of wheat last year, the ministry said.",
    "India accounts for 30 percent of world wheat exports, which amounted to 40 million tonnes last year.",
    "India exported 3 million tonnes of durum wheat last year.",
    "The price of wheat rose to 400 dollars a tonne this week.",
    "Traders fear for wheat supply, and wheat buyers for wheat exports.",
)


def test_a_sort_of_a_good_and_the_trade_of_the_world_are_not_what_one_sells(told):
    slots = slots_of(plan_of(told(CURBS, AS_OF), ["market"]))
    assert slots["sold_now"] == [12_000_000] and slots["withheld"] == [30]
    alone = slots_of(plan_of(told([*CURBS[2:], CURBS[1]], AS_OF), ["market"]))
    assert alone["sold_now"] == [3_000_000], "of the one sort that is told, where nobody tells of all"


def test_what_a_ban_keeps_back_stands_for_the_share_of_who_bans(told):
    ban = "The ban takes about 4 million tonnes a year out of the market."
    plan = plan_of(told([*CURBS, ban], AS_OF), ["market"])
    slots = slots_of(plan)
    assert slots["kept_back"] == [4_000_000] and slots["share_of_market"] == [30] and "withheld" not in slots
    assert "market_kept_back * market_share_of_market / market_sold_now" in model_text(drafted_of(plan, "curbs", "Curbs"))


NOT_HELD = (
    "The government has not closed the border.",
    "Traders discussed a possible closure of the border.",
    "Farmers oppose the plan because neighbours closed the border.",
    "Aid groups warn of a closed border.",
)


@pytest.mark.parametrize("sentence", NOT_HELD)
def test_what_is_feared_denied_or_told_by_the_way_does_not_hold_at_the_start(told, sentence):
    plan = plan_of(told([*FLIGHT, sentence], AS_OF), ["migration"])
    assert not plan.starts and "1 > 0" not in model_text(drafted_of(plan, "flight", "Flight"))


def test_what_is_told_to_hold_does(told):
    assert plan_of(told([*FLIGHT, "The army closed the border on Monday."], AS_OF), ["migration"]).starts


def test_a_border_that_stays_open_ends_no_closure(told):
    plan = plan_of(told([*FLIGHT, "The government will keep its border open."], AS_OF), ["migration"])
    assert not any(each.triggers for each in plan.happenings)


def test_a_condition_is_not_cut_within_a_number():
    assert conditioned("If fighting reached the town another 250,000 people could arrive by May.") is None
    found = conditioned("If 250,000 people arrived, the camps would be full in May.")
    assert found is not None and found.condition == "250,000 people arrived"
    found = conditioned("At that pace, and if no more are lost, the herd will be whole by May.")
    assert found is not None and found.said == "the herd will be whole by May"


@pytest.mark.parametrize(
    ("text", "is_alone"),
    [("We would put it at 50%.", True), ("She put the chance at 40 percent.", True), ("They put it in store, 40 tonnes.", False)],
)
def test_a_chance_of_what_was_said_before(text, is_alone):
    assert is_chance_alone(text) is is_alone


def test_what_is_advised_is_no_prediction_and_what_is_expected_is(told):
    assert not predictions(told(["Germany should send 40 teachers at once."], AS_OF).sentences, AS_OF)
    assert predictions(told(["Prices should drop to $4 a tonne by July 2024."], AS_OF).sentences, AS_OF)


def test_a_forecast_that_is_revised_is_asked_by_what_it_says(told):
    [one] = predictions(told(["The minister cut the forecast for growth in 2025 to 2.3%."], AS_OF).sentences, AS_OF)
    assert one.words == "Growth in 2025 of 2.3%"


def test_what_does_not_come_before_a_day_is_asked_as_its_coming(told):
    [one] = predictions(told(["The lake will not recover before September 2024, engineers said."], AS_OF).sentences, AS_OF)
    assert one.asked == "Will the lake recover" and one.chance[1] <= 0.5


def test_doubt_and_denial_are_other_predictions(told):
    lines = ["Output of copper will fall to 650 tonnes this year.", "Output of copper will not fall to 400 tonnes this year."]
    plan = plan_of(told([*FLIGHT, *lines], AS_OF), ["migration"])
    assert not any(len(each.predictions) > 1 for each in plan.happenings)
    [one] = predictions(told(["We doubt that the council will permit it in 2025."], AS_OF).sentences, AS_OF)
    assert "doubt" not in one.words


MARKET = (
    "The price of copper stood at $9,000 a tonne on Friday.",
    "Traders say demand is strong and supply is short.",
    "The world market uses 500,000 tonnes of copper a month.",
)


@pytest.mark.parametrize(
    ("sentence", "bound"),
    [
        ("The bank expects the price of copper to reach $12,000 by 30 September 2024.", "over 12,000"),
        ("The bank expects the price of copper to fall to $7.50 a kilogram by 30 September 2024.", "under 7,500"),
    ],
)
def test_a_predicted_price_is_asked_in_the_unit_of_the_part(told, sentence, bound):
    drafted = drafted_of(plan_of(told([*MARKET, sentence], AS_OF), ["market"]), "copper", "Copper")
    texts = [question.text for question, _ in questions_of(drafted)]
    assert any(bound in text for text in texts), texts


def test_a_price_of_another_size_is_no_price_of_the_good(told):
    line = "The bank expects the price of a licence to reach $40 by 30 September 2024."
    drafted = drafted_of(plan_of(told([*MARKET, line], AS_OF), ["market"]), "copper", "Copper")
    assert not any(re.search(r"\b40\b", body) for _, body in questions_of(drafted))


def test_the_price_of_one_metal_is_none_of_another(told):
    lines = ["Smelters of copper buy what copper they can.", "The price of gallium stood at $300,000 a tonne on Friday."]
    assert slots_of(plan_of(told([*MARKET, *lines], AS_OF), ["market"]))["price_now"] == [9000]


def test_what_is_called_wrong_is_not_asked(told):
    assert not predictions(told(["It would be wrong to say that 30% of output will be lost."], AS_OF).sentences, AS_OF)


def test_a_share_that_is_predicted_is_asked_as_a_share(told):
    lines = [
        "The union has called a strike and asks for a pay rise of 30%.",
        "The employers offered 10% before the strike of the crews.",
        "The employers are expected to offer a rise of 20% by 30 June 2024 to end the strike, the union said.",
    ]
    drafted = drafted_of(plan_of(told(lines, AS_OF), ["dispute"]), "pay", "Pay")
    found = [body for question, body in questions_of(drafted) if "over 20 %" in question.text]
    assert found and found[0].endswith("> 0.2")


def test_what_is_left_over_may_be_nothing(told):
    """Made 40 a month, and 45 sent away: nothing is left that could be used, so that no use is made up of it."""
    lines = ["Farmers harvest about 40,000 tonnes of rice a month.", "Ships export 45,000 tonnes of rice a month."]
    with pytest.raises(InputError, match="no figure fills: used in a week"):
        plan_of(told([*lines, "Stores hold 90,000 tonnes of rice."], AS_OF), ["goods"])
    lines[1] = "Ships export 15,000 tonnes of rice a month."
    plan = plan_of(told([*lines, "Stores hold 90,000 tonnes of rice."], AS_OF), ["goods"])
    assert "max(0, " in model_text(drafted_of(plan, "rice", "Rice"))


def test_compounds_of_workers_are_people_and_lengths_of_time_are_no_things(told):
    facts = told(["About 45,000 dockworkers walked out.", "The strike lasted three weeks."], AS_OF).facts
    assert [class_of(fact) for fact in facts] == ["people", ""]


def test_what_came_in_a_quarter_was_not_counted_over_a_year(told):
    [fact] = [
        one
        for one in told(
            ["Nurses treated 3,900 children in the first quarter, twice as many as in the same quarter of last year."], AS_OF
        ).facts
        if one.claim.quantity.value == 3900
    ]
    assert fact.period == ""


EPIDEMIC = (
    "The outbreak has brought 4,200 reported cases of measles and 61 deaths since March.",
    "Some 300 new cases are reported every week.",
)


def test_who_the_sick_are_is_no_share_of_cases_that_are_reported(told):
    group = "Children were hit hardest, accounting for half of the registered cases to date."
    assert "seen" not in slots_of(plan_of(told([*EPIDEMIC, group], AS_OF), ["epidemic"]))
    every = "Only half of the cases are ever reported, doctors said."
    assert slots_of(plan_of(told([*EPIDEMIC, every], AS_OF), ["epidemic"]))["seen"] == [0.5]


GRAIN = (
    "Stocks of barley stand at 5 million tonnes.",
    "Production for the current season is put at 19 million tonnes of barley.",
    "Imports of barley will total 8 million tonnes in the 2023-2024 season.",
    "Traders store barley in silos, and the harvest is left in warehouses.",
)


def test_what_comes_in_by_two_ways_is_added_up(told):
    (part,) = (each for each in plan_of(told(GRAIN, AS_OF), ["goods"]).chosen.parts if each.takes.name == "goods")
    assert part.filled.rule.slot("added").is_sum
    assert [each.fact.places for each in part.filled.slots["added"]] == [("production",), ("imports",)]
    assert {each.unit for each in part.filled.slots["added"]} == {"tonne/year"}
    (alone,) = (
        each for each in plan_of(told([*GRAIN[:2], GRAIN[3]], AS_OF), ["goods"]).chosen.parts if each.takes.name == "goods"
    )
    assert not alone.filled.rule.slot("added").is_sum


HELD = (
    "Stocks of barley fell to 1.1 million tonnes at the end of April.",
    "Farmers hold 700,000 tonnes of barley, millers 250,000 tonnes and the state reserve 150,000 tonnes.",
    "The country uses 350,000 tonnes of barley a month.",
    "Traders store barley in silos, and the harvest is left in warehouses.",
)


def test_holders_whose_verb_is_left_out_are_holders_too(told):
    (part,) = (each for each in plan_of(told(HELD[1:], AS_OF), ["goods"]).chosen.parts if each.takes.name == "goods")
    assert part.filled.rule.slot("stock_now").is_sum
    assert [each.fact.places for each in part.filled.slots["stock_now"]] == [("farmers",), ("millers",), ("state reserve",)]
    assert slots_of(plan_of(told(HELD, AS_OF), ["goods"]))["stock_now"] == [1_100_000], "what all hold is told as well"


def test_what_one_sort_of_holder_has_is_not_pooled_with_all_there_is(told):
    one = "Farmers hold 300,000 tonnes of barley."
    assert slots_of(plan_of(told([HELD[0], one, *HELD[2:]], AS_OF), ["goods"]))["stock_now"] == [1_100_000]
    assert slots_of(plan_of(told([one, *HELD[2:]], AS_OF), ["goods"]))["stock_now"] == [300_000]


@pytest.mark.parametrize(
    ("pace", "leaving"),
    [
        ("It takes in 900 recruits a month, and 700 leave each month.", 700),
        ("It takes in 900 recruits a month, while 650 leave every month.", 650),
        ("It takes in 900 recruits a month.", None),
    ],
)
def test_those_who_leave_are_of_those_who_come_where_no_noun_is_said_again(told, pace, leaving):
    army = "The army has 24,000 soldiers in service, its commander said."
    (part,) = (each for each in plan_of(told([army, pace, "Training takes six months."], AS_OF), ["pipeline"]).chosen.parts)
    found = [each.fact.claim.quantity.value for each in part.filled.slots.get("gone", ())]
    assert found == ([] if leaving is None else [leaving])
