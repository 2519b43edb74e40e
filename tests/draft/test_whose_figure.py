"""Whose figure it is: a price is of the good that its own clause names, a store is filled and emptied by its own land."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.draft.draft import plan_of
from foedus.draft.things import Matter
from foedus.draft.whereabouts import states_in

DAY = date(2024, 2, 1)


def placed(material, only=None) -> dict[str, list[float]]:
    return {
        f"{part.takes.name}.{name}": [each.fact.claim.quantity.value for each in row]
        for part in plan_of(material, only).chosen.parts
        for name, row in part.filled.slots.items()
    }


COFFEE = [
    "Vietnam halted exports of coffee in January, and the coffee market fears a shortage of coffee.",
    "The price of coffee stood at $3,100 a tonne on Monday, traders said.",
]


@pytest.mark.parametrize(
    "other",
    [
        "The price of vanilla rose to $240,000 a tonne.",
        "The price of a tonne of saffron rose to $900,000.",
        "Vanilla now costs $240,000 a tonne at market prices.",
    ],
)
def test_the_price_of_something_else_is_no_price_of_the_good(told, other):
    assert placed(told([*COFFEE, other], DAY))["market.price_now"] == [3100.0]


def test_a_second_price_of_the_same_good_stays(told):
    found = placed(told([*COFFEE, "Brokers put the price of coffee at $3,250 a tonne."], DAY))
    assert found["market.price_now"] == [3100.0, 3250.0]


JAPAN = [
    "Thailand and Japan speak of rice; Thailand, which sells rice, has curbed nothing, and Thailand is rich.",
    "Japan's stocks of rice in store were 900,000 tonnes at the end of January, the ministry said.",
    "Japan uses 130,000 tonnes of rice a week, and demand for rice is steady.",
]


@pytest.mark.parametrize(
    "sold, expected",
    [("Thailand exports 60,000 tonnes of rice a week.", None), ("Japan exports 2,000 tonnes of rice a week.", [2000.0])],
)
def test_what_another_land_sells_is_not_taken_from_this_lands_store(told, sold, expected):
    material = told([*JAPAN, sold, "Thailand imports 9,000 tonnes of rice a week."], DAY)
    assert set(material.matter.scope) == {"Japan", "Thailand"}
    found = placed(material, ["goods"])
    assert found["goods.stock_now"] == [900_000.0] and found.get("goods.seized") == expected
    assert "goods.added" not in found


@pytest.mark.parametrize(
    "words, states",
    [
        ("Mills in British Columbia cut output.", ["Canada"]),
        ("Wells in the Gulf of Mexico and in New Mexico closed.", ["United States"]),
        ("Mexico and Canada traded.", ["Mexico", "Canada"]),
    ],
)
def test_a_part_that_is_named_after_another_state_is_none_of_that(words, states):
    assert list(states_in(words)) == states


PRICED = {
    "the price of imported wheat rose": "",
    "the price of milling wheat fell": "",
    "the price of the grain fell": "",
    "the price of a tonne of hard red wheat": "",
    "the price of exports rose": "",
    "prices of Black Sea wheat rose": "",
    "the price of cheese rose to $9,000 a tonne": "cheese",
    "the price of a tonne of dried apricots rose": "dried apricots",
}


@pytest.mark.parametrize("words", PRICED)
def test_what_the_words_call_the_price_of(words):
    assert Matter("grain", "wheat", ()).other_good(words, is_priced=True) == PRICED[words]
