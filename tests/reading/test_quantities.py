"""Quantities: sentence → value, bounds, qualifier and unit; and numbers that are none."""

from __future__ import annotations

import pytest

from foedus.evidence import quantities
from foedus.evidence.reading.units import unit_names

FOUND = {
    "The convoy carried 300 tonnes of flour.": [("eq", 300.0, 300.0, 300.0, "tonne")],
    "About 40 boats left the harbour.": [("about", 40.0, None, None, "boat")],
    "The bank lent up to 3 million euros.": [("up_to", 3e6, None, 3e6, "euro")],
    "At least two dozen houses burned.": [("at_least", 24.0, 24.0, None, "house")],
    "More than 1,500 miners went home.": [("more_than", 1500.0, 1500.0, None, "miner")],
    "Fewer than 90 pupils passed.": [("less_than", 90.0, None, 90.0, "pupil")],
    "Between 10 and 15 ships left.": [("between", None, 10.0, 15.0, "ship")],
    "Rents rose 3 to 5 per cent.": [("between", None, 3.0, 5.0, "percentage")],
    "Another 500 tents arrived.": [("additional", 500.0, 500.0, 500.0, "tent")],
    "Tens of thousands of pilgrims came.": [("vague", None, 20_000.0, 99_999.0, "pilgrim")],
    "Half a million trees were planted.": [("eq", 500_000.0, 500_000.0, 500_000.0, "tree")],
    "It cost $2.5bn in all.": [("eq", 2.5e9, 2.5e9, 2.5e9, "dollar")],
    "The pump lifts 40 litres per minute.": [("eq", 40.0, 40.0, 40.0, "litre per minute")],
    "The minister, Ada Lund, 52, resigned.": [("eq", 52.0, 52.0, 52.0, "year of age")],
    "Some 200 people or more queued.": [("about", 200.0, None, None, "people")],
    "The road runs for twenty-five and a half miles.": [("eq", 25.5, 25.5, 25.5, "mile")],
    "A third of the crew slept.": [("eq", 1 / 3, 1 / 3, 1 / 3, "fraction of crew")],
    "The valley lies at minus 12 degrees Celsius.": [("eq", -12.0, -12.0, -12.0, "celsius")],
    "The firm sold 1.2m lamps.": [("eq", 1.2e6, 1.2e6, 1.2e6, "lamp")],
    "They bought 60 cows, up to 20 of them lame.": [("eq", 60.0, 60.0, 60.0, "cow"), ("up_to", 20.0, None, 20.0, "cow")],
    "Nine out of ten pupils passed.": [("eq", 0.9, 0.9, 0.9, "fraction of pupil")],
    "Exports fell by two thirds.": [("eq", 2 / 3, 2 / 3, 2 / 3, "fraction")],
    "At least 40 were killed.": [("at_least", 40.0, 40.0, None, "people")],
    "Two of its four mills burned.": [("eq", 2.0, 2.0, 2.0, "mill"), ("eq", 4.0, 4.0, 4.0, "mill")],
    "It lies over 7 miles (11 km) away.": [("more_than", 7.0, 7.0, None, "mile"), ("more_than", 11.0, 11.0, None, "kilometre")],
    "The majority of the crew slept.": [("more_than", 0.5, 0.5, 1.0, "fraction of crew")],
    "The mill ground two million sacks, and as much in the year before.": [
        ("eq", 2e6, 2e6, 2e6, "sack"),
        ("eq", 2e6, 2e6, 2e6, "sack"),
    ],
}

NOTHING = (
    "The two presidents shook hands.",
    "It opened on 5 May 2011 at 10:30.",
    "Article 7 bans it, and Route 66 leads there.",
    "She came second in the 1990s.",
    "Read www.example.org/2024/11 first.",
    "No one knew the other half of the story.",
)


@pytest.mark.parametrize("sentence", FOUND)
def test_a_quantity_has_value_bounds_qualifier_and_unit(sentence: str) -> None:
    found = quantities(sentence)
    assert [(each.qualifier, each.value, each.low, each.high, each.unit) for each in found] == [
        (name, *(pytest.approx(number) if number is not None else None for number in numbers), unit)
        for name, *numbers, unit in FOUND[sentence]
    ]
    assert all(sentence[each.start : each.end] == each.text for each in found)


@pytest.mark.parametrize("sentence", NOTHING)
def test_dates_names_and_pairs_already_named_are_no_quantities(sentence: str) -> None:
    assert quantities(sentence) == []


def test_the_table_has_at_least_five_hundred_units_and_counted_nouns() -> None:
    assert len(unit_names()) >= 500


def test_the_same_text_gives_the_same_quantities() -> None:
    text = " ".join(FOUND)
    assert quantities(text) == quantities(text)
