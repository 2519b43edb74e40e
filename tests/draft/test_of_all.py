"""What is none of all: who was killed by others, who fled one town, how many are half of the people, what one firm or the buyers have."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.draft.draft import plan_of

AS_OF = date(2024, 5, 15)


def slots_of(told, sentences, part):
    plan = plan_of(told(sentences, AS_OF), [part])
    return {
        name: [each.fact.claim.quantity.value or each.fact.claim.quantity.low for each in row]
        for each in plan.chosen.parts
        for name, row in each.filled.slots.items()
    }


def test_people_who_were_killed_are_no_losses_of_a_service(told):
    service = ("The army has about 8,000 soldiers.", "Around 100 soldiers leave each month.", "It recruits 200 soldiers a month.")
    killed = "About 2,900 people were killed in the first quarter of the year."
    assert "lost" not in slots_of(told, [*service, killed], "pipeline")
    own = "The army has lost 52 soldiers since January."
    assert slots_of(told, [*service, killed, own], "pipeline")["lost"] == [52]


FLIGHT = (
    "More than 500,000 people have been displaced within the country by the war.",
    "Camps at the border are full.",
    "Refugees flee across it.",
)


def test_who_fled_one_town_is_a_part_where_the_whole_is_told(told):
    town = "About 4,100 people fled the town."
    assert slots_of(told, [*FLIGHT, town], "migration")["displaced_now"] == [500_000]
    assert slots_of(told, [*FLIGHT[1:], town], "migration")["displaced_now"] == [4100]


@pytest.mark.parametrize(
    "words",
    [
        "Some 7.5 million people are hungry, almost half of the population.",
        "Some 7.5 million people are hungry (about two in five inhabitants).",
        "A third of the population, or 7.5 million people, are hungry.",
    ],
)
def test_a_part_of_the_people_is_not_all_of_them(told, words):
    assert "population" not in slots_of(told, [*FLIGHT, words], "migration")
    all_of_them = "The country has a population of 16 million people."
    assert slots_of(told, [*FLIGHT, words, all_of_them], "migration")["population"] == [16_000_000]


def test_supply_of_the_world_is_neither_one_firm_nor_demand(told):
    tin = (
        "Tin stood at 30,000 dollars a tonne on the exchange on Friday.",
        "Lankor's Minto, the world's biggest producer, raised output of tin to 90,000 tonnes in 2023.",
        "World demand for tin was 370,000 tonnes in 2023.",
        "World production of tin was 380,000 tonnes in 2023.",
        "Exports of tin from Lankor are banned, and prices rise.",
    )
    assert slots_of(told, tin, "market")["supply_now"] == [380_000]


def test_what_begins_later_is_not_pooled_with_what_is_so_sooner(told):
    lock = (
        "On Monday 90 vessels were waiting in the queue at the lock, and the average wait of ships was 8 days.",
        "The backlog grows, and ships that have no booking wait longest.",
        "The river board will cut the number of ships that may pass the lock to 20 a day from Friday and to 12 a day from 1 August.",
    )
    assert slots_of(told, lock, "queue")["cleared"] == [20]
