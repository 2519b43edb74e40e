"""Numbers beyond a double, and figures that only look like ones, are refused as figures; the rest of the document is read."""

from __future__ import annotations

import math

import pytest

from foedus.evidence.reading import read_document, report_of
from foedus.evidence.reading.durations import count_of, earlier_by
from foedus.evidence.reading.numbers import numbers

HUGE = {
    "digits": "9" * 400,
    "more digits than Python turns into a number": "9" * 5000,
    "Arabic digits": "٩" * 400,
    "thousands": "1" + ",000" * 110,
    "a million of them": "9" * 306 + " million",
    "of trillions": "9" * 300 + " trillion trillion",
    "a power": "7 × 10^999999999999",
    "a power of many digits": "7 × 10^" + "9" * 5000,
    "a power in small figures": "5 × 10⁹⁹⁹⁹",
    "a sign for a power": "5 × 10⁻",
    "two signs for a power": "5 × 10⁻⁻3",
    "below": "1/" + "9" * 400,
    "above": "9" * 400 + "/3",
    "one in so many": "one in " + "9" * 400,
    "a letter": "9" * 307 + "m",
    "percent": "9" * 400 + "%",
    "zero over zero": "0/0",
    "a decimal without an end": "0." + "3" * 5000,
}
SENTENCES = {
    "alone": "{}",
    "people": "Officials said that {} soldiers had arrived in the region by Friday.",
    "money": "The ministry said on Monday it would pay ${} to the volunteers.",
    "ago": "They arrived {} days ago, the general said.",
    "weeks": "About {} weeks ago the army lost {} soldiers.",
    "months": "The treaty was signed {} months before the invasion. The invasion began in February 2022.",
    "years": "It was {} years after the ceasefire, said Smith, {}, a retired officer. The ceasefire came in July 1953.",
    "range": "Between {} and 12,000 soldiers, from {} to {}, were sent.",
    "date": "On {} March 2024 and in March {}, and on 2024-{}-01, he said so.",
    "share": "{} of the soldiers were killed, said the agency.",
    "name": "Article {} of the treaty and No. {} were quoted.",
}


@pytest.mark.slow
@pytest.mark.parametrize("number", HUGE)
def test_a_document_with_them_is_read(number: str) -> None:
    pytest.importorskip("spacy")
    for name, sentence in SENTENCES.items():
        text = (
            sentence.replace("{}", HUGE[number])
            + "\n\nOn Tuesday the ministry said that 3,000 soldiers had been trained in the east.\n"
        )
        reading = read_document(report_of(text.encode(), "a.txt"))
        for claim in reading.claims:
            quantity = claim.quantity
            for value in (quantity.value, quantity.low, quantity.high) if quantity is not None else ():
                assert value is None or math.isfinite(value), name


@pytest.mark.parametrize("number", HUGE)
def test_no_number_is_without_an_end(number: str) -> None:
    for found in numbers(f"about {HUGE[number]} of them, and 12,000 more"):
        assert all(value is None or math.isfinite(value) for value in (found.value, found.low, found.high))
    assert 12_000 in [found.value for found in numbers(f"about {HUGE[number]} of them, and 12,000 more")]


@pytest.mark.parametrize("unit", ["days", "weeks", "fortnights", "months", "quarters", "years", "decades", "centuries", "hours"])
@pytest.mark.parametrize("count", [0, 1, 2.5, 1e4, 1e9, 1e300, math.inf])
def test_how_long_ago_has_a_first_day(unit: str, count: float) -> None:
    import datetime

    told = earlier_by(datetime.date(2024, 10, 25), count, unit)
    assert told is None or (told[0].isdigit() and int(told[:4]) >= 1)
    assert (count <= 12 and told is not None) or count > 12


def test_a_count_that_is_no_number_is_not_one() -> None:
    assert count_of("9" * 400) == math.inf and count_of("two") == 2 and count_of("a") == 1 and count_of("12") == 12


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_date_at_the_end_of_the_calendar_is_no_date_of_publication(day: str) -> None:
    pytest.importorskip("spacy")
    text = f"Published: {day}\n\nThe ministry said yesterday and two weeks ago, on 24 October, that 3,000 soldiers had gone tomorrow.\n"
    report = report_of(text.encode(), "a.txt")
    assert report.published.date is None and read_document(report)
