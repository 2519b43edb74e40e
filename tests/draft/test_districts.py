"""Figures by district: those of the whole where there are some, else those of the same districts in every slot, added up and said so."""

from __future__ import annotations

from datetime import date

from foedus.draft.draft import drafted_of, plan_of
from foedus.draft.fitting import size_of
from foedus.draft.model_text import model_text

AS_OF = date(2026, 6, 30)
BY_DISTRICT = (
    "Cholera spreads in two provinces of the land, the ministry said, and cholera kills.",
    "The province of Orlo has about 600,000 inhabitants, Mirna some 400,000.",
    "There are about 120 active cases in Orlo and 45 in Mirna.",
    "Cholera patients remain infectious for about 6 days, while measles patients are infectious for about 8 days.",
    "In the town of Brod 20 new patients come every week.",
    "The number of people whom one cholera case infects is 1.6, below that of measles, where the reproduction number is 15.",
)


def part_of(material):
    plan = plan_of(material, ["epidemic"])
    return plan, plan.chosen.parts[0]


def test_districts_are_added_where_every_slot_is_of_both(told):
    plan, part = part_of(told(BY_DISTRICT, AS_OF))
    assert part.filled.districts == ("Mirna", "Orlo")
    values = {name: sorted(size_of(each.fact) for each in row if size_of(each.fact)) for name, row in part.filled.slots.items()}
    assert values["population"] == [400_000, 600_000] and values["sick_now"] == [45, 120]
    assert 20 not in [value for row in values.values() for value in row]  # a town of neither
    text = model_text(drafted_of(plan, "case", "Case"))
    assert "epidemic_population_1 + epidemic_population_2" in text and "(Mirna and Orlo)" in text


def test_a_figure_of_the_whole_leaves_those_of_a_district_out(told):
    whole = ("The land has 9 million inhabitants.", "There are 700 active cases of cholera in all.")
    _, part = part_of(told((*BY_DISTRICT[3:], *whole, "There are about 120 active cases in Orlo."), AS_OF))
    assert part.filled.districts == ()
    assert [size_of(each.fact) for each in part.filled.slots["sick_now"]] == [700]


def test_what_is_told_of_another_disease_fills_nothing(told):
    _, part = part_of(told(BY_DISTRICT, AS_OF))
    assert [size_of(each.fact) for each in part.filled.slots["sick_time"]] == [6]
    assert all(size_of(each.fact) != 15 for each in part.filled.slots.get("reproduction", ()))
