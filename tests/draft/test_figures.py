"""Figures as rules see them: whose words are theirs, of when they are, what they count, and which of two places they speak of."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.draft.draft import plan_of
from foedus.draft.matching import matched
from foedus.draft.rules import rule_of
from foedus.draft.things import class_of, scale_of, thing_of

DAY = date(2024, 2, 1)
MOMENTS = {
    "Stocks of rye stood at 9 tonnes, well above the usual level.": (9.0, "now"),
    "The mill normally ships 9 tonnes a week.": (9.0, "usual"),
    "The herd shrank by 9 cattle.": (9.0, "change"),
    "The ship was escorted by 9 frigates.": (9.0, "now"),
    "The mill has 9 tonnes in store against the goal of 70 tonnes.": (9.0, "now"),
    "With 9 tonnes in store the mill would appear to be safe.": (9.0, "now"),
    "The force is to restore normalcy with 9 officers.": (9.0, "expected"),
    "Rates are far below the record of 9 dollars a tonne.": (9.0, "past"),
}


@pytest.fixture(scope="module")
def facts(told):
    found = told(list(MOMENTS), DAY).facts
    return lambda sentence: [fact for fact in found if fact.sentence.strip() == sentence]


@pytest.mark.parametrize("sentence", MOMENTS)
def test_of_when_a_figure_is(facts, sentence):
    value, moment = MOMENTS[sentence]
    [fact] = [one for one in facts(sentence) if one.claim.quantity.value == value]
    assert fact.moment == moment


def test_up_to_parts_no_sentence(told):
    [fact] = told(["Airlines readied up to 70 pilots for the airlift."], DAY).facts
    assert "readied" in fact.near


def test_the_rest_of_a_sentence_counts_only_where_no_other_figure_stands_in_it(told):
    alone, one, two = told(
        [
            "The port, driven by demand, handled 40 ships.",
            "Troops were sent there, most of the 300 soldiers by air, and 4 tanks by sea.",
        ],
        DAY,
    ).facts
    assert not one.wide and not two.wide
    assert alone.claim.quantity.value == 40


@pytest.mark.parametrize(
    "noun", ["personnel", "servicemen", "marines", "peacekeepers", "advisers", "reservists", "casualties", "police officers"]
)
def test_forces_of_any_name_are_people(told, noun):
    [fact] = told([f"The mission has 250 {noun}."], DAY).facts
    assert class_of(fact) == "people" and thing_of(fact.head) == "person"


def test_an_hour_of_energy_is_no_hour(told):
    first, second = told(["Caverns hold 70 terawatt hours of gas.", "The shift lasts 9 hours."], DAY).facts
    assert first.head == "terawatt_hour" and thing_of(first.head) == "megawatt_hour" and scale_of(first.head) == 1e6
    assert second.kind == "duration" and second.head == "hour"


def test_a_manifold_rise_can_be_taken_into_a_ledger(told):
    material = told(["Premiums have risen tenfold since May.", "Costs are twice as high."], DAY)
    assert {claim.quantity.kind for claim in material.claims if claim.quantity} <= {"numeric", "ratio"}


TWO_SIDES = [
    "Russia fires 9,000 shells a day.",
    "Ukraine fires 2,500 shells a day.",
    "Russia makes 240,000 shells a month.",
    "Artillery and ammunition decide the battle, and both stockpiles shrink.",
]


def test_amounts_of_two_sides_are_not_two_estimates_of_one(told):
    material = told(TWO_SIDES, DAY)
    filled = matched(rule_of("rounds"), material.facts, material.text, material.matter)
    assert {name: [each.fact.claim.quantity.value for each in row] for name, row in filled.slots.items()} == {
        "wanted": [9000.0],
        "made": [240_000.0],
    }


MEASURES = {
    "The lake holds 3 million litres.": ("cubic_metre", 1e-3),
    "Caverns hold 4 billion cubic metres of gas.": ("cubic_metre", 1.0),
    "Caverns hold 70 gigawatt hours of gas.": ("megawatt_hour", 1e3),
    "The well yields 60,000 barrels.": ("barrel", 1.0),
}


@pytest.mark.parametrize("sentence", MEASURES)
def test_units_of_one_measure_are_one_thing(told, sentence):
    [fact] = told([sentence], DAY).facts
    assert (thing_of(fact.head), scale_of(fact.head)) == MEASURES[sentence]


PARTS = {
    "Gorni, a city of 4 million people, has 900 cases.": (4e6, "Gorni, a city of 4 million people"),
    "The harvest is put at 7 tonnes, and grindings at 9 tonnes.": (9.0, "is put at 7 tonnes , and grindings at 9 tonnes."),
    "Caverns hold 7 tonnes of salt, and can take 9 tonnes.": (9.0, "Caverns , and can take 9 tonnes."),
    "Traffic fell to 9 ships a day from more than 70 before the attacks.": (9.0, "Traffic fell  to 9 ships a day"),
    "Detours add 9 days to a voyage, which usually takes 27 days.": (27.0, "a voyage, which usually takes 27 days"),
}


@pytest.mark.parametrize("sentence", PARTS)
def test_a_figure_has_its_own_part_of_the_sentence(told, sentence):
    value, near = PARTS[sentence]
    [fact] = [one for one in told([sentence], DAY).facts if one.claim.quantity.value == value]
    assert fact.near.strip(" .") == near.strip(" .")


STRETCHES = {
    "Some 400 new cases were reported in the 24 hours to Sunday.": "day",
    "The clinic treated 400 patients in the past seven days.": "week",
    "The clinic treated 400 patients in the month.": "month",
    "The clinic treated 400 patients in June.": "month",
    "The clinic has treated 400 patients since June.": "",
    "The clinic has treated 400 patients this year.": "",
}


@pytest.mark.parametrize("sentence", STRETCHES)
def test_in_what_stretch_an_amount_was_counted(told, sentence):
    [fact] = [one for one in told([sentence], DAY).facts if one.claim.quantity.value == 400]
    assert fact.period == STRETCHES[sentence]


REFUSED = {
    "The rate is 4 percent, far above the 1 percent that the agency regards as safe.": (1.0, "held against"),
    "One ship can carry 15 passengers.": (1.0, "any one"),
    "One case in 5,000 is fatal.": (5000.0, "ratio"),
    "The probability that the dam breaks before the rains of June is about 60 percent.": (60.0, "a chance"),
}


@pytest.mark.parametrize("sentence", REFUSED)
def test_what_is_no_figure_of_the_thing_itself_is_refused(told, sentence):
    value, why = REFUSED[sentence]
    [fact] = [one for one in told([sentence], DAY).facts if one.claim.quantity.value == value]
    assert why in fact.refused


def test_a_figure_without_a_noun_is_of_what_the_one_before_it_was(told):
    facts = told(
        [
            "Armenia is losing roughly 350 soldiers a week, and Azerbaijan about 500 a week, officials said.",
            "More than 4,000 have fled.",
        ],
        DAY,
    ).facts
    assert [fact.head for fact in facts] == ["soldier", "soldier", "people"]


def test_a_queue_follows_from_who_waits_and_how_long(told):
    text = [
        "Some 33 barges are waiting at anchor below the lock.",
        "Each barge waits six days on average, and the backlog grows.",
    ]
    [part] = plan_of(told(text, DAY)).chosen.parts
    assert part.takes.name == "queue" and set(part.filled.slots) == {"waiting_now", "wait_now"}


def test_an_amount_of_one_town_gives_way_to_one_of_all(told):
    text = [
        "In South Bergen, which has 7 million inhabitants, 350 new cases were confirmed last week.",
        "Some 1,200 new cases a week are being reported, and 9,000 cases have been reported since May.",
        "The outbreak has killed 90 people, and the virus spreads among patients.",
    ]
    found = matched(rule_of("epidemic"), told(text, DAY).facts, "\n".join(text), told(text, DAY).matter)
    assert [one.fact.claim.quantity.value for one in found.slots["new_cases"]] == [1200.0]


def test_what_a_list_of_scenarios_tells_is_not_so_yet(told):
    text = "We see three ways in which this could go.\n\nSticky course. The price stands at 640 dollars a tonne."
    [supposed] = [fact for fact in told([text], DAY).facts if fact.kind == "price"]
    [told_now] = [fact for fact in told([text.replace("could go", "went")], DAY).facts if fact.kind == "price"]
    assert (supposed.moment, told_now.moment) == ("expected", "now")


def test_a_pace_without_a_noun_is_of_what_passed_before_it(told):
    facts = told(["The locks let 32 ships a day through. Around 31 a day arrive."], DAY).facts
    assert [fact.head for fact in facts] == ["ship", "ship"]


def test_a_dozen_eggs_have_the_price_of_twelve(told):
    text = [
        "A dozen large eggs cost $6 in the shops, a price that buyers and traders on the market have not seen, and supply is short."
    ]
    [part] = plan_of(told(text, DAY), ["market"]).chosen.parts
    [price] = part.filled.slots["price_now"]
    assert price.unit == "dollar/egg" and price.factor == pytest.approx(1 / 12)


@pytest.mark.parametrize(
    ("sentence", "value", "per"),
    [
        ("Last month the lock had 32 daily transits.", 32.0, "day"),
        ("The lock let through a daily average of 1,250 boats.", 1250.0, "day"),
        ("Up to 32 boats are now allowed to pass every day.", 32.0, "day"),
        ("The yard sends a weekly total of 40 trucks.", 40.0, "week"),
    ],
)
def test_a_pace_may_be_told_before_its_figure_or_within_it(told, sentence, value, per):
    fact = next(one for one in told([sentence], DAY).facts if one.claim.quantity.value == value)
    assert (fact.kind, fact.per) == ("flow", per)


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The intake of this year surpasses that of the last by over 600 pupils.", 600.0),
        ("The toll exceeds the old one by 70 patients.", 70.0),
        ("That is nearly double the total of 133,000 pupils.", 133000.0),
    ],
)
def test_what_something_is_held_against_or_more_by_fills_nothing(told, sentence, value):
    fact = next(one for one in told([sentence], DAY).facts if one.claim.quantity.value == value)
    assert fact.refused


def test_what_is_of_one_district_is_a_part_of_the_whole(told):
    first, second = told(
        ["Health officers count 5,200 cases of cholera.", "By Monday Tarnow district was worst hit, reporting 610 cases."], DAY
    ).facts
    assert not first.within and second.within == ("Tarnow",)


def test_so_many_of_so_many_are_not_what_was_counted_before(told):
    facts = told(
        ["A total of 5,200 cases, 90 of them fatal, came from all 29 wards, and spread goes on in 27 of 29 wards."], DAY
    ).facts
    assert not [one for one in facts if one.claim.quantity.value == 27 and thing_of(one.head) == "person"]


PASSAGE = [
    "Up to 31 vessels are now authorised to pass the lock every day.",
    "Some 104 ships are waiting at both ends of the lock, and the longest wait is 15 days.",
    "Delays grow, and the backlog will not clear before spring.",
]
TRANSIT = [
    "So far this year 281,000 migrants have crossed the jungle.",
    "A daily average of 1,250 travellers enter through the pass.",
    "Migrants cross the border in growing numbers, and camps are full.",
]
GRID = [
    "The grid delivers 900 megawatts against a demand of 1,400 megawatts, and power cuts go on.",
    "The utility sheds 500 megawatts at the peak.",
]
ONCE = (
    "A new power plant is to add 60 megawatts of capacity in June.",
    "A new power plant will add 60 megawatts of capacity next week.",
    "A new power plant added 60 megawatts of capacity in January.",
)
PACED = (
    "New solar plants add 60 megawatts of capacity a month.",
    "New solar plants will add 60 megawatts of capacity every month.",
)


@pytest.mark.parametrize("sentence", [*ONCE, *PACED])
def test_what_is_added_once_is_no_stream(told, sentence):
    """So much in one month, done or to come, is added once; a pace is told as one."""
    [part] = [one.filled for one in plan_of(told([*GRID, sentence], DAY)).chosen.parts if one.filled.rule.name == "capacity"]
    assert [each.fact.claim.quantity.value for each in part.slots.get("built", ())] == ([60.0] if sentence in PACED else [])


STORE = (
    "The depot has 4,500 tonnes of diesel in store.",
    "The island uses 150 tonnes of diesel a day.",
    "Stocks of diesel on the island fall, and a shortage is feared.",
)


@pytest.mark.parametrize(
    ("sentence", "taken"),
    [
        ("The island produced 1,100 tonnes of diesel in January.", 1),
        ("The island will produce 1,100 tonnes of diesel in March.", 0),
    ],
)
def test_an_amount_of_one_month_to_come_is_no_pace(told, sentence, taken):
    [part] = [one.filled for one in plan_of(told([*STORE, sentence], DAY)).chosen.parts if one.filled.rule.name == "goods"]
    found = [name for name, row in part.slots.items() for each in row if each.fact.claim.quantity.value == 1100]
    assert len(found) == taken, found


TRADE = [
    "India exported 22 million tonnes of rice in 2023, accounting for 40 % of global rice exports.",
    "Retail prices of rice have risen by 11 % in a year, and buyers fear a shortage on the market.",
    "The government banned exports of rice on Thursday to hold down prices.",
]


@pytest.mark.parametrize(
    ("mechanism", "sentences", "slots"),
    [
        ("queue", PASSAGE, {"cleared": [31.0], "waiting_now": [104.0]}),
        ("migration", TRANSIT, {"abroad_now": [281000.0], "crossing_now": [1250.0]}),
        ("market", TRADE, {"sold_now": [22e6], "withheld": [0.4]}),
    ],
)
def test_ships_that_pass_people_who_cross_and_goods_that_are_sold(told, mechanism, sentences, slots):
    material = told(sentences, DAY)
    [part] = [one.filled for one in plan_of(material).chosen.parts if one.filled.rule.name == mechanism]
    found = {name: [each.fact.claim.quantity.value * each.factor for each in row] for name, row in part.slots.items()}
    assert {name: found.get(name) for name in slots} == {name: [pytest.approx(x) for x in row] for name, row in slots.items()}


def test_a_price_that_is_known_by_its_changes_alone_counts_in_points_of_an_index(told):
    [part] = [one for one in plan_of(told(TRADE, DAY)).chosen.parts if one.filled.rule.name == "market"]
    assert part.filled.things == ("tonne", "index_point")
    [named] = [
        one
        for one in plan_of(told([*TRADE, "Rice stood at 510 dollars a tonne."], DAY)).chosen.parts
        if one.filled.rule.name == "market"
    ]
    assert named.filled.things == ("tonne", "dollar")


@pytest.mark.parametrize(
    "sentence",
    [
        "The waiting list in England is now at 7.47 million, the highest on record.",
        "Cancelled visits have pushed the waiting list to a new record of 7.47 million.",
    ],
)
def test_a_list_without_a_noun_is_of_people(told, sentence):
    fact = next(one for one in told([sentence], DAY).facts if one.claim.quantity.value == 7.47e6)
    assert (fact.kind, fact.head) == ("level", "people")


def test_the_people_of_one_town_are_not_those_of_the_country(told):
    town = "The town of Adrava, home to 40,000 people, cannot feed them."
    plans = [plan_of(told([*TRANSIT, *more], DAY)).chosen.parts for more in ([], [town])]
    assert ["population" in one.filled.slots for parts in plans for one in parts if one.filled.rule.name == "migration"] == [
        False
    ] * 2


def test_what_ships_bring_goes_into_the_store_and_what_they_carry_away_comes_out(told):
    store = [
        "The depot has 4,500 tonnes of diesel in store.",
        "The island uses 150 tonnes of diesel a day.",
        "Stocks of diesel on the island fall, and a shortage is feared.",
    ]
    found = {}
    for more in ("Ships bring 1,100 tonnes of diesel a week.", "The island exports 90 tonnes of diesel a week."):
        [part] = [one for one in plan_of(told([*store, more], DAY)).chosen.parts if one.filled.rule.name == "goods"]
        found[more[:5]] = {name for name in ("added", "seized") if name in part.filled.slots}
    assert found == {"Ships": {"added"}, "The i": {"seized"}}


def test_an_outbreak_of_another_year_is_none_of_this_one(told):
    now, then = told(
        [
            "The ministry has counted 1,240 cases of the new influenza since 2 January.",
            "The 2009 outbreak infected 410,000 people.",
        ],
        DAY,
    ).facts
    assert (now.moment, then.moment) == ("now", "past")


def test_what_is_held_against_a_year_before_is_not_told_by_the_year(told):
    found = told(["The coast counted 207 new fires last week, four times as many as a year before."], DAY).facts
    [fact] = [one for one in found if one.claim.quantity.value == 207]
    assert (fact.per, fact.period) == ("", "week")
