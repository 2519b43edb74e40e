"""Figures that stand beside each other: what comes on top is added, what contradicts is left out, what a store holds limits it."""

from __future__ import annotations

from datetime import date

from foedus.draft.draft import drafted_of, plan_of
from foedus.draft.model_text import model_text

AS_OF = date(2024, 11, 20)
STORE = (
    "The silos hold 640 tonnes of barley after the harvest.",
    "The silos can hold 700 tonnes of barley in all.",
    "Growers bring 30 tonnes of barley a week.",
    "Brewers use 22 tonnes of barley a week.",
)


def text_of(told, sentences, mechanism: str) -> str:
    return model_text(drafted_of(plan_of(told(sentences, AS_OF), [mechanism]), "case", "Case"))


def test_what_comes_on_top_is_added_and_is_no_other_estimate(told):
    text = text_of(told, (*STORE, "Bakers use a further 9 tonnes of barley a week."), "goods")
    assert "wanted = stocks_wanted_1 + stocks_wanted_2" in text and "in a week where there is enough, besides" in text
    alone = plan_of(told((*STORE[:3], "Bakers use a further 9 tonnes of barley a week."), AS_OF), ["goods"])
    assert [one.claim.quantity.value for one in alone.uncovered] == [9]  # on top of something of which nobody says how much it is


def test_what_is_lost_in_a_week_is_the_part_that_spoils(told):
    text = text_of(told, (*STORE, "Another 3 tonnes of barley a week rot in the silos."), "goods")
    assert "spoilage = stocks_lost / stocks_stock_now" in text


def test_a_store_takes_in_no_more_than_it_holds(told):
    text = text_of(told, STORE, "goods")
    assert "max(0, stocks_capacity - stocks.store) / time_step + stocks.used" in text


def test_shares_are_shown_per_cent_and_days_fall_on_steps(told):
    said = (
        "Consumer prices rose by 31 percent in October from a year earlier, and inflation hurts.",
        "The central bank has an interest rate of 27 percent.",
        "The bank expects inflation to fall to 22 percent by 11 March 2025.",
        "The minister could resign by 3 December.",
    )
    text = text_of(told, said, "prices")
    assert "value home.inflation in %" in text and "value home.rate in %" in text and "step 1/7 week" in text


def test_places_that_contradict_what_is_served_are_left_out_and_it_is_said(told):
    said = (
        "About 4,000 cars wait for inspection in the queue at the border.",
        "Guards inspect 350 cars a day.",
        "An inspection takes 20 minutes.",
        "There are 90 lanes, and the queue grows.",
    )
    plan = plan_of(told(said, AS_OF), ["queue"])
    assert "places" not in plan.chosen.parts[0].filled.slots
    assert any("contradicts what other figures tell" in one.why for one in plan.uncovered)
    fits = plan_of(told((*said[:3], "There are 5 lanes, and the queue grows."), AS_OF), ["queue"])
    assert "places" in fits.chosen.parts[0].filled.slots


def test_places_serve_about_as_many_as_come_where_nobody_says_how_many(told):
    said = (
        "Some 3,000 patients are waiting for an appointment at the clinics, a queue of 30 weeks.",
        "Patients wait 30 weeks on average.",
        "The clinics have 40 beds.",
    )
    assert "service_time = queue_service_time_factor * (queue_places / queue.arrivals)" in text_of(told, said, "queue")


RESERVE = (
    "The reserve of crude oil now has 430 million barrels in its inventory, the agency said.",
    "In the week ending 15 November, the SPR saw another draw of 6 million barrels from storage.",
    "Inventories of crude oil in the reserve declined by 7 million barrels in the week to 8 November, falling to 436 million barrels.",
    "The agency counts barrels of crude every week.",
    "As of 15 November, there were 431 million barrels of oil in commercial storage.",
    "With 100 million barrels yet to be released under the existing plan, stockpiles of crude will be less than 330 million barrels by 31 March 2025.",
)


def test_what_a_store_falls_by_in_a_week_is_used_where_nothing_else_is_told(told):
    """Barrels are a measure: crude oil is the good, and an acronym is no place."""
    plan = plan_of(told(RESERVE, AS_OF), ["goods"])
    rows = {
        name: sorted(each.fact.claim.quantity.value for each in row) for name, row in plan.chosen.parts[0].filled.slots.items()
    }
    assert rows == {"stock_now": [430e6, 436e6], "draw": [6e6, 7e6]}
    text = model_text(drafted_of(plan, "case", "Case"))
    assert "spoilage = 0 /month" in text and "oil and gas do not spoil" not in text_of(told, STORE, "goods")
    assert "wanted = stocks_draw" in text and "added = 0 * stocks_draw" in text and "stocks.store < 330000000 barrel" in text


def test_what_is_needed_for_half_a_year_is_a_pace(told):
    said = (*STORE[:3], "In all, brewers need 900 tonnes of barley for the first half of the year.")
    plan = plan_of(told(said, AS_OF), ["goods"])
    assert [each.unit for each in plan.chosen.parts[0].filled.slots["wanted"]] == ["tonne/week"]
