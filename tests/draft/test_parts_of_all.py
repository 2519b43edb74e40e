"""Part or whole: what several hold is added up, what one sort of user takes is none of all, a family and one camp are not everybody."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.draft.draft import plan_of
from foedus.draft.predictions import predictions
from foedus.errors import InputError

DAY = date(2021, 5, 24)
HELD = [
    "The country has stocks of maize in the stores of farmers and mills, and some of it spoils.",
    "Farmers are holding 4.5 million bags of maize, the ministry said.",
    "Millers are holding 1.2 million bags of maize.",
    "The Cereals Board is holding 590,000 bags of maize.",
    "The country consumes 3 million bags of maize a month.",
]


def filled(told, sentences, only=("goods",)):
    [part] = plan_of(told(sentences, DAY), only).chosen.parts
    return {name: sorted(each.fact.claim.quantity.value for each in row) for name, row in part.filled.slots.items()}, part


def test_what_several_hold_is_added_up(told):
    slots, part = filled(told, HELD)
    assert slots == {"stock_now": [590_000.0, 1_200_000.0, 4_500_000.0], "wanted": [3_000_000.0]}
    assert part.filled.rule.slot("stock_now").is_sum


def test_a_total_stands_before_what_each_holds(told):
    slots, part = filled(told, [*HELD, "In all the country has 6.4 million bags of maize in store."])
    assert slots["stock_now"] == [6_400_000.0] and not part.filled.rule.slot("stock_now").is_sum


def test_what_one_sort_of_user_takes_is_not_what_all_use(told):
    slots, _ = filled(told, [*HELD, "Millers use 900,000 bags of maize a month."])
    assert slots["wanted"] == [3_000_000.0]


def test_what_is_missing_is_not_in_store(told):
    slots, _ = filled(told, [HELD[1], HELD[4], "Stocks are low, and the country has a deficit of 8 million bags of maize."])
    assert slots["stock_now"] == [4_500_000.0]


def test_a_harvest_alone_makes_a_stock_that_is_assumed(told):
    slots, _ = filled(told, ["Farmers harvest about 45,000 tonnes of maize a month, and stocks of it are in store."])
    assert slots == {"added": [45_000.0]}


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("She crossed the border with her family of 23 people on Monday.", "it is of one family only"),
        ("A quarter of the deaths from the outbreak were children.", "it says who they are, and not how many of all"),
    ],
)
def test_a_family_and_who_the_dead_were_fill_nothing(told, sentence, why):
    assert why in {fact.refused for fact in told([sentence], DAY).facts}


def test_by_how_many_a_number_grows_every_day_is_a_pace(told):
    [fact] = told(["The number of cholera cases is growing by 5,000 every day, the agency said."], DAY).facts
    assert (fact.kind, fact.per, fact.moment) == ("flow", "day", "now")


def test_what_was_said_when_a_town_fell_is_of_then(told):
    text = "When Lor was seized in February, President Orlan told the envoys that Lankor would accept a peace plan."
    assert not predictions(told([text], DAY).sentences, DAY)


def test_a_permit_for_some_begins_no_ban(told):
    more = ["The government of Lankor will permit maize exports to continue to its neighbours."]
    plan = plan_of(told([*HELD, *more], DAY), ["goods"])
    assert not any(each.triggers for each in plan.happenings)


def test_nothing_of_the_kind_is_still_a_no(told):
    with pytest.raises(InputError, match="nothing-fits"):
        plan_of(told(["Whisk 3 eggs with 200 g of sugar and leave it in a warm place for 2 hours."], DAY))


STORES = [
    "Gas is held in underground gas storage (UGS) across Europe, and withdrawals from the reserves go on.",
    "The previous season ended on 28 March, when storage levels stood at 33.6%.",
    "Withdrawals from UGS facilities on 10 May amounted to 740 million cubic metres.",
    "UGS facilities in Europe are 54.9% full.",
    "Storage facilities in France are 48.3% full, Austria 57.7%, and Italy 69%.",
    "The volume of gas held in underground storage facilities stands at 60.7 billion cubic metres.",
    "EU countries have withdrawn 35 billion cubic metres of gas from storage facilities.",
]


def test_stores_of_all_lands_are_not_those_of_one_and_what_was_taken_out_is_not_in_them(told):
    slots, part = filled(told, STORES)
    assert slots["draw"] == [740e6] and slots["stock_now"] == [60.7e9]
    assert {each.fact.per or each.fact.period for each in part.filled.slots["draw"]} == {"day"}


def test_each_of_a_list_of_lands_has_its_own_share(told):
    facts = {fact.written: fact.places for fact in told(STORES[4:5], DAY).facts}
    assert facts == {"48.3%": ("France",), "57.7%": ("Austria",), "69%": ("Italy",)}


def test_people_who_are_killed_are_none_who_serve(told):
    text = [
        "The police of Lankor have about 12,000 officers, and some 1,600 officers left the force in the past year.",
        "An attack on a farming region last week killed at least 115 people.",
    ]
    slots, _ = filled(told, text, ["pipeline"])
    assert slots == {"start": [12_000.0], "gone": [1_600.0]}


def test_where_a_country_lies_is_no_part_of_it(told):
    text = [
        "Eritrea, a country of 4 million people in the Horn of Africa, was at war.",
        "Civilians flee to camps on the border.",
        "The refugees, some 550,000 people, have been driven from their homes in Eritrea, an agency said.",
        "The number is huge for Eritrea, a poor nation of 3.5 million people.",
    ]
    slots, _ = filled(told, text, ["migration"])
    assert slots["population"] == [3_500_000.0, 4_000_000.0]


def test_what_was_released_from_a_store_is_not_in_it(told):
    text = [
        "Stocks in the Strategic Petroleum Reserve (SPR) and other stores fell as the reserves were sold.",
        "About 155 million barrels have been released from the SPR so far.",
        "The reserves hold 427 million barrels of crude oil.",
        "Crude oil inventories fell by 7 million barrels in the past week.",
    ]
    slots, _ = filled(told, text)
    assert slots["stock_now"] == [427e6] and 155e6 not in slots.get("draw", [])
