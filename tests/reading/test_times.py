"""Times: where the verb says that they lie, counted from the text, stretches, names that are none, saying and deed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.evidence.reading import read_document, readings_as_dict, report_of
from foedus.evidence.reading.dates import times

PUBLISHED = date(2024, 10, 25)  # a Friday


def claims_of(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = readings_as_dict([read_document(report_of(text.encode(), "note.txt", PUBLISHED))])["claims"]
    return found


def times_of(text: str, words: str) -> set[str | None]:
    found = [claim for claim in claims_of(text) if words in claim["text"]]
    assert found, f"no claim has {words!r}"
    return {(claim["time"] or {}).get("value") for claim in found}


DIRECTION = {
    "The bridge will reopen in February.": ("bridge", "2025-02"),
    "Talks are expected to resume on 12 January.": ("Talks", "2025-01-12"),
    "The council plans to close two schools in August.": ("schools", "2025-08"),
    "The minister said the tax would rise from April.": ("tax", ">=2025-04"),
    "The two sides will meet on Tuesday.": ("meet", "2024-10-29"),
    "The fleet is to be scrapped by June.": ("fleet", "<=2025-06"),
    "The trial begins on 4 March.": ("trial", "2025-03-04"),
    "Two mills were burned down on 9 December.": ("mills", "2023-12-09"),
    "The council closed two schools in November.": ("schools", "2023-11"),
    "The vessel sank on November 3 with 12 men aboard.": ("vessel", "2023-11-03"),
    "The crew is said to have landed 40 crates on 20 November.": ("crates", "2023-11-20"),
    "The two sides met on Tuesday.": ("met", "2024-10-22"),
    "Nine miners died on Tuesday, 8 October, in Velm.": ("miners", "2024-10-08"),
    "The vote was held Sunday, Sept. 15.": ("vote", "2024-09-15"),
}


@pytest.mark.parametrize("text", DIRECTION)
def test_the_verb_decides_on_which_side_of_the_publication_a_day_lies(text: str) -> None:
    words, value = DIRECTION[text]
    assert times_of(text, words) == {value}


STRETCHES = {
    "Output fell in the second quarter.": "[2024-04,2024-06]",
    "The yard built 14 ships in Q1 2023.": "[2023-01,2023-03]",
    "It grew in the first half of last year.": "[2023-01,2023-06]",
    "The mine was dug in the late 1970s.": "[1977,1979]",
    "The works should be done by year's end.": "<=2024-12-31",
    "It will open before the end of March.": "<=2025-03-31",
    "It will close by the end of 2026.": "<=2026-12-31",
    "The dam must be mended within ten days.": "[2024-10-25,2024-11-04]",
    "The ship will sail in two weeks.": "2024-11-08",
    "The clinic treated 300 between 3 and 9 October.": "[2024-10-03,2024-10-09]",
    "The clinic treated 300 on Oct. 3-9, 2021.": "[2021-10-03,2021-10-09]",
    "The clinic treated 300 from March to June.": "[2024-03,2024-06]",
    "The league played 40 games in the 2022-23 season.": "[2022,2023]",
    "The firm lost money from 2019 to 2022.": "[2019,2022]",
    "It burned on 27/02/2020.": "2020-02-27",
    "They left on the 24th.": "2024-10-24",
}


@pytest.mark.parametrize("text", STRETCHES)
def test_stretches_of_time_are_read(text: str) -> None:
    assert STRETCHES[text] in {(claim["time"] or {}).get("value") for claim in claims_of(text)}


@pytest.mark.parametrize(
    "text",
    [
        "The shed was built in two weeks.",
        "The second half of the match was dull.",
        "The tank holds 1900 - 2300 litres.",
        "They met on 03/04/2020.",
        "The first quarter of the moon was bright.",
    ],
)
def test_what_tells_no_day_is_not_taken_for_one(text: str) -> None:
    assert {(claim["time"] or {}).get("value") for claim in claims_of(text)} <= {None}


COUNTED = {
    "The plant opened in May 2015. The following year it made 900 engines.": ("engines", "2016"),
    "On 3 June 2021 the dyke broke. Two days later 40 people were found dead.": ("40 people", "2021-06-05"),
    "The bank failed in 2008. Three years later, the state sold 60 branches.": ("60 branches", "2011"),
    "In 2019 the mill had 90 men.\n\nTwo years earlier it had 100 men.": ("100 men", "2017"),
    "The pier fell on 3 June 2021. The day before, 12 cracks had been seen.": ("12 cracks", "2021-06-02"),
}


@pytest.mark.parametrize("text", COUNTED)
def test_times_count_from_the_day_that_the_text_named_before(text: str) -> None:
    words, value = COUNTED[text]
    assert times_of(text, words) == {value}


def test_each_of_two_figures_has_the_time_beside_it() -> None:
    claims = claims_of("In August the mill paid 500 workers, up from 420 a month earlier.")
    told = {claim["quantity"]["value"]: claim["time"]["value"] for claim in claims if claim["quantity"]}
    assert told == {500.0: "2024-08", 420.0: "2024-07"}


SAID = {
    "The mayor said on Wednesday that 30 houses had burned on Monday.": ("2024-10-21", "2024-10-23"),
    "The ministry announced Tuesday it had bought 40 engines in July.": ("2024-07", "2024-10-22"),
    "The coast guard said Thursday 17 sailors were drowned in a storm on Wednesday.": ("2024-10-23", "2024-10-24"),
    "The mayor said on Wednesday that 30 houses had burned.": ("<=2024-10-23", "2024-10-23"),
    "The mayor said on Wednesday that 30 houses were empty.": ("2024-10-23", "2024-10-23"),
    "The mayor said on Wednesday that 30 houses have burned.": ("2024-10-23", "2024-10-23"),
}


@pytest.mark.parametrize("text", SAID)
def test_the_day_of_saying_stands_apart_from_the_day_of_the_deed(text: str) -> None:
    counted = [claim for claim in claims_of(text) if claim["quantity"]]
    assert {((claim["time"] or {}).get("value"), (claim["said"] or {}).get("value")) for claim in counted} == {SAID[text]}


@pytest.mark.parametrize(
    "text",
    [
        "USA Today was first to print 300.",
        "The Sunday Courier counted 70 wrecks.",
        "Theresa May met 40 growers.",
        "In The Friday Group sat 9 men.",
        "It may 12 times fail.",
        "Bloody Sunday shook 40 towns.",
    ],
)
def test_names_are_no_dates(text: str) -> None:
    assert times(text, PUBLISHED) == []


@given(
    st.dates(date(1990, 1, 1), date(2040, 12, 31)), st.sampled_from(["January", "May", "October", "December"]), st.integers(1, 28)
)
def test_a_day_without_a_year_lies_on_the_side_that_is_asked_for(published: date, month: str, day: int) -> None:
    for turn in (-1, 1):
        [found] = times(f"on {day} {month}", published, turn=turn)
        assert found.value is not None
        distance = (date.fromisoformat(found.value) - published).days
        assert 0 <= distance * turn <= 366


@given(st.dates(date(1990, 1, 1), date(2040, 12, 31)), st.sampled_from(["Monday", "Thursday", "Sunday"]))
def test_a_weekday_is_never_more_than_six_days_off(published: date, name: str) -> None:
    values = [times(f"on {name}", published, turn=turn)[0].value or "" for turn in (-1, 0, 1)]
    behind, plain, ahead = (date.fromisoformat(value) for value in values)
    assert behind == plain <= published <= ahead and (ahead - behind).days in (0, 7)
