"""What a figure takes from the words around it: the stretch of its neighbour, the verb of the sentence before, the whole that it is a part of."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.draft.draft import plan_of
from foedus.draft.facts import Fact
from foedus.draft.predictions import predictions

AS_OF = date(2024, 5, 15)


def rows_of(material, mechanism: str) -> dict[str, list[tuple[float, str]]]:
    """Slot -> (figure in the unit of the model, unit)."""
    plan = plan_of(material, [mechanism])
    rows = {name: row for part in plan.chosen.parts for name, row in part.filled.slots.items()}
    return {name: [(round(_size(each.fact) * each.factor, 4), each.unit) for each in row] for name, row in rows.items() if row}


def _size(fact: Fact) -> float:
    quantity = fact.claim.quantity
    return quantity.value or quantity.low or quantity.high


QUEUE = (
    "The number of applications waiting to be decided in the offices of England and Wales rose to a record 52,300 in April.",
    "The offices received 26,000 applications in the last quarter and completed 13,000.",
    "Officials now take in about 2,100 applications a week and dispose of some 1,100.",
    "Roughly 300 windows are open on a typical day.",
    "There are 2,400 clerks who process applications, a fifth fewer than in 2018.",
    "The backlog grows, and applicants wait.",
)


def test_what_came_and_what_was_done_over_a_quarter_is_a_pace(told):
    rows = rows_of(told(QUEUE, AS_OF), "queue")
    assert rows["arrivals"] == [(2000, "person/week"), (2100, "person/week")]
    assert rows["cleared"] == [(1000, "person/week"), (1100, "person/week")]  # none of the 2,400 clerks
    assert rows["waiting_now"] == [(52_300, "person")] and rows["places"] == [(300, "person")]


PURSE = (
    "The central bank of Northland holds foreign reserves of $9 billion.",
    "Northland imports about $4 billion of goods a month and earns $3 billion from exports.",
    "Remittances brought $1.3 billion in the last quarter.",
    "External debt comes to $40 billion, of which $3.5 billion falls due this year.",
    "The central bank owes airlines $2.2 billion in overdue bills.",
)


def test_a_sum_besides_another_goes_at_its_pace_and_a_part_of_the_debt_is_what_falls_due(told):
    rows = rows_of(told(PURSE, AS_OF), "reserves")
    assert rows["imports"] == [(4e9, "dollar/month")] and rows["exports"] == [(3e9, "dollar/month")]
    assert rows["sent_home"] == [(1e8, "dollar/week")]
    assert rows["due_year"] == [(3.5e9, "dollar")] and rows.get("debt", [(4e10, "dollar")]) == [(4e10, "dollar")]


PRICES = (
    "Inflation in Northland rose to 20 percent in April.",
    "The benchmark rate of the central bank of 15 percent is more than five points below it.",
    "Prices rose 2 percent in that month alone.",
    "The fund sees inflation at 12 percent at the end of the year.",
    "The currency is likely to fall by a further 10 percent this year against the dollar, which adds to the cost of living.",
)


def test_what_somebody_sees_coming_is_no_figure_of_today(told):
    rows = rows_of(told(PRICES, AS_OF), "prices")
    assert rows["inflation_now"] == [(0.2, "1")] and rows["rate_now"] == [(0.15, "1")] and rows["fall"] == [(0.1, "1")]


LEAK = (
    "Sanctions cover about 30 percent of exports of Northland's timber.",
    "Northland exported 400,000 tonnes of timber a month in spring.",
    "A year ago one in five logs travelled outside the sanctions. Now about 60 percent does.",
    "It took traders some nine months to find ships outside the sanctions.",
    "We think that in the end 80 percent of the trade will get around the embargo, as in Southland's case.",
    "Timber sold for $66 on average in April, $11 below the price of a year ago.",
    "The government called up 9,000 recruits.",
)


def test_a_verb_may_stand_for_that_of_the_sentence_before(told):
    rows = rows_of(told(LEAK, AS_OF), "sanctions")
    assert rows["evasion_now"] == [(0.6, "1")] and rows["evasion_last"] == [(0.8, "1")]
    assert [size for size, unit in rows["learning_time"]] == [9] and rows["trade"] == [(400_000, "tonne/month")]


@pytest.mark.parametrize(
    ("sentence", "moment"),
    [
        ("Northland called up 9,000 recruits.", "now"),
        ("Northland's army was up 9,000 recruits.", "change"),
        ("The ministry sees exports of 40 tonnes a week by June.", "expected"),
    ],
)
def test_of_when_a_figure_is(told, sentence, moment):
    (fact,) = told([sentence], AS_OF).facts
    assert fact.moment == moment


@pytest.mark.parametrize("sentence", ["Net reserves are about minus $7 billion.", "Doses cost between 12 cents and 5 dollars."])
def test_one_end_of_a_range_and_what_is_below_nought_fill_nothing(told, sentence):
    assert told([sentence], AS_OF).facts[0].refused == "its figure was not read whole"


def test_what_was_likely_to_who_said_so_is_still_to_come(told):
    asked = predictions(told(["Insurers said a large spill in the strait was likely within two years."], AS_OF).sentences, AS_OF)
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("stretch", "days"),
    [
        ("in the first half of 2024", 183),
        ("in the last quarter", 91),
        ("in the first half of April", 0),
        ("in the first half of the match", 0),
    ],
)
def test_a_half_is_of_a_year_only_where_it_says_so(told, stretch, days):
    assert told([f"The ports shipped 9,000 tonnes of grain {stretch}."], AS_OF).facts[0].days == days
