"""Figures of something else: of those asked, of an age, of a rival, of one lock or town, of last year, of each one; none of them fills a slot."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from foedus.draft.draft import plan_of
from foedus.draft.fitting import match
from foedus.draft.matching import near_misses, thing_choices
from foedus.draft.rules import rule_of
from foedus.draft.things import Matter, matter_of

DAY = date(2024, 2, 1)
ANY = Matter("", "", ())

REFUSED = {
    "Its plant in Orlo uses 8,000 tonnes of ore a week.": (8000.0, "it is of one plant only"),
    "In a poll of 1,204 people, 37 percent wanted to go.": (1204.0, "it is how many were asked"),
    "In a survey of 812 farmers, 20 percent had sold cattle.": (812.0, "it is how many were asked"),
    "The clinic has 80 beds. He is 54.": (54.0, "it is somebody's age"),
    "The clinic has 80 beds. Its founder, Ana Lopez, is 61.": (61.0, "it is somebody's age"),
    "The chain is open in 45 of the 60 towns.": (45.0, "it is a part of another figure"),
    "Rival Norbank holds deposits of 9 million euros.": (9e6, "it speaks of a rival"),
    "The share is lower than the 74 percent at its rivals.": (74.0, "it speaks of a rival"),
    "Cases rose in May compared to April (710 cases).": (710.0, "another figure is held against it"),
    "Gas cost $1,880 per thousand cubic metres in December.": (1880.0, "its figure was not read whole"),
    "The clinic has 80 beds. Deputy Minister Ana Roe is 36.": (36.0, "it is somebody's age"),
    "Chad and Niger shipped 12 and 41 tonnes in May and June respectively.": (41.0, "it is a part of another figure"),
    "Each case can infect 12 people.": (12.0, "it is of each one of them"),
    "Timber brings in 9 million dollars a month, cocoa $4 million.": (9e6, "it is a part of another figure"),
}


@pytest.fixture(scope="module")
def facts(told):
    found = told(list(REFUSED), DAY).facts
    return lambda sentence, value: [
        one for one in found if one.claim.quantity.value == value and one.sentence.strip() in sentence
    ]


@pytest.mark.parametrize("sentence", REFUSED)
def test_a_figure_of_something_else_is_refused_with_its_reason(facts, sentence):
    value, why = REFUSED[sentence]
    [fact] = facts(sentence, value)
    assert fact.refused == why


KEPT = {
    "The clinic has 80 beds.": 80.0,
    "The union wants 9 percent more pay for its 400 members.": 400.0,
    "Every week 300 lorries arrive.": 300.0,
    "Rival armies lost 300 soldiers.": 300.0,
    "The union of 4,500 teachers rejected an offer.": 4500.0,
}


@pytest.mark.parametrize("sentence", KEPT)
def test_and_what_is_of_the_thing_itself_is_not(told, sentence):
    [fact] = [one for one in told([sentence], DAY).facts if one.claim.quantity.value == KEPT[sentence]]
    assert not fact.refused and fact.moment != "wanted"


SLOTS = {
    # (mechanism, things, sentence, value): the slot, or None
    ("bankrun", ("euro",), "It had taken in 12 million euros of new deposits since May.", 12e6): None,
    ("bankrun", ("euro",), "It held deposits of 12 million euros on 1 January.", 12e6): "deposits_now",
    ("queue", ("ship",), "The longest wait is 15 days.", 15.0): None,
    ("queue", ("ship",), "Ships wait 15 days for a berth on average.", 15.0): "wait_now",
    ("queue", ("ship",), "Quotas for reservations allow a maximum of 30 ships a day to pass.", 30.0): None,
    ("goods", ("cubic_metre",), "The reservoir held 4.9 billion cubic metres last year.", 4.9e9): None,
    ("goods", ("cubic_metre",), "The lake loses 2 percent of its water to evaporation each month.", 2.0): "spoilage",
    ("epidemic", ("person",), "In the past week 900 people fell ill.", 900.0): "new_cases",
    ("dispute", ("person",), "The union has lowered its demand to 10 percent.", 10.0): "demand_now",
    ("dispute", ("person",), "The union demands a rise of 11 percent for its 1,900 members.", 1900.0): "workers",
    ("reserves", ("dollar",), "The government needs $10 billion to rebuild.", 1e10): None,
    ("reserves", ("dollar",), "Imports cost $5 billion a month and exports earn $2 billion a month.", 2e9): "exports",
    ("goods", ("tonne",), "Stocks in stores were 30 million tonnes on 1 May.", 30e6): "stock_now",
    (
        "market",
        ("tonne", "dollar"),
        "Zembla, which has 4 percent of world exports, shipped 7 million tonnes in 2023.",
        7e6,
    ): "sold_now",
    ("dispute", ("person",), "The union now asks for 7 percent.", 7.0): "demand_now",
    ("epidemic", ("person",), "In 2022 the virus killed 281 people.", 281.0): None,
    ("epidemic", ("person",), "The virus has killed 281 people in 2024.", 281.0): "deaths_so_far",
    ("queue", ("person",), "The backlog reached 166,000 in January.", 166_000.0): "waiting_now",
    ("queue", ("person",), "The number of people waiting for a bed rose to 9,000.", 9000.0): "waiting_now",
    ("sanctions", ("dollar",), "Curbs now cover 65 percent of the trade.", 65.0): "reach_now",
    ("sanctions", ("dollar",), "Smuggled goods sell at a premium of 25 percent.", 25.0): None,
}


@pytest.mark.parametrize("row", SLOTS, ids=lambda row: row[2])
def test_which_slot_it_fills(told, row):
    mechanism, things, sentence, value = row
    [fact] = [one for one in told([sentence], DAY).facts if one.claim.quantity.value == value]
    found = [each for slot in rule_of(mechanism).slots if (each := match(fact, slot, things, ANY))]
    top = max(found, key=lambda each: each.score).slot.name if found else None
    assert top == SLOTS[row]


def test_a_share_of_the_trade_in_some_of_it_is_none_of_the_whole():
    matter = Matter("chips", "chips", ())
    assert matter.narrower("Curbs cover 70 percent of the trade in tyres") == "tyres"
    assert not matter.narrower("Curbs cover 70 percent of the trade in chips")
    assert not matter.narrower("Curbs cover 70 percent of the trade")


def test_cases_and_deaths_told_respectively_have_their_own_words(told):
    first, second = told(["As of Monday, confirmed cases and deaths were 10,652 and 310, respectively."], DAY).facts
    assert (first.claim.quantity.value, second.claim.quantity.value) == (10652.0, 310.0)
    assert "deaths" not in first.near and "cases" not in second.near


def test_the_count_of_a_town_is_none_of_the_whole(told):
    whole, town = told(
        ["Officers count 5,200 cases of measles. Schools in Tarnowa are closed.", "Tarnowa counted 610 cases."], DAY
    ).facts
    assert not whole.within and town.within == ("Tarnowa",)
    [other] = told(["Norvik reported 610 cases."], DAY).facts
    assert other.within == ("Norvik",)


def test_a_dateline_is_no_part_of_what_is_said(told):
    first, second = told(["NORVIK - The port has handled 900 ships and 40 ferries, it said."], DAY).facts
    assert "NORVIK" not in first.near and "NORVIK" not in second.near


def test_places_belong_together_only_where_one_list_has_them_all():
    lines = {
        "Stores in Chad and Niger held 61 tonnes for Togo.": ("Chad", "Niger", "Togo"),
        "Stores in Chad, Niger and Togo held 61 tonnes.": ("Chad", "Niger", "Togo"),
    }
    loose, tight = (
        matter_of([line], [], [SimpleNamespace(kind="level", near=line, places=places, refused="")]).joint
        for line, places in lines.items()
    )
    assert loose == () and set(tight) == {"Chad", "Niger", "Togo"}


def test_the_count_of_a_land_is_none_of_another(told):
    [fact] = told(["England treated 61,000 patients in May."], DAY).facts
    assert fact.within == ("England",)


def test_those_who_ship_are_not_what_is_shipped(told):
    facts = told(["The three ports shipped 2 million tonnes of grain in January."], DAY).facts
    things = {units[0] for units in thing_choices(rule_of("market"), facts, frozenset())}
    assert len(facts) == 2 and things == {"tonne"}


def test_a_figure_of_usual_times_stands_back_where_one_of_today_is_told(told):
    lines = [
        "Up to 31 vessels are now authorised to pass the lock every day, and normally 40 vessels a day pass.",
        "Some 104 ships are waiting at both ends of the lock.",
        "The queue grows, and the backlog will not clear before spring.",
    ]
    [part] = plan_of(told(lines, DAY), ["queue"]).chosen.parts
    assert [each.fact.claim.quantity.value for each in part.filled.slots["cleared"]] == [31.0]


def test_a_figure_that_speaks_of_a_slot_and_cannot_fill_it_is_found(told):
    lines = [
        "The union wants a rise of 17 percent, and workers walked out in a strike over pay.",
        "The employers have offered 4 percent; the strike goes on, and the wage dispute with the unions is bitter.",
        "In the strike of 2010 the union had 30,000 members.",
    ]
    material = told(lines, DAY)
    [part] = plan_of(material, ["dispute"]).chosen.parts
    found = near_misses(part.filled, [one for one in material.facts if one not in part.filled.facts], material.matter)
    assert [one.claim.quantity.value for one in found["workers"]] == [30000.0]
