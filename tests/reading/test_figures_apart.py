"""Figures whose clause tells more than one thing: which modality, which time, which unit and which speaker is that of each."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from foedus.evidence.reading import read_document, readings_as_dict, report_of

PUBLISHED = date(2024, 10, 25)


def claims_of(text: str) -> list[dict[str, Any]]:
    claims: list[dict[str, Any]] = readings_as_dict([read_document(report_of(text.encode(), "note.txt", PUBLISHED))])["claims"]
    return claims


def figure(text: str, words: str) -> dict[str, Any]:
    """The claim whose figure has these words in it."""
    return next(each for each in claims_of(text) if each["quantity"] and words in each["quantity"]["text"])


def time_of(claim: dict[str, Any]) -> str | None:
    return claim["time"]["value"] if claim["time"] else None


@pytest.mark.parametrize(
    ("text", "words", "modality"),
    [
        ("The grid imports 188 MW and has ordered another 200 MW that should come before the end of November.", "188", "actual"),
        (
            "The grid imports 188 MW and has ordered another 200 MW that should come before the end of November.",
            "200",
            "hypothetical",
        ),
        ("Another late frost, like the one that killed 18 million vines in May, would ruin the growers.", "18 million", "actual"),
        ("The harbour should handle 5,000 boxes a week, up from 3,000 now.", "5,000", "hypothetical"),
        ("The harbour should handle 5,000 boxes a week, up from 3,000 now.", "3,000", "actual"),
        ("We expect output to fall to 650 tonnes in 2025 from 699 tonnes in 2023.", "699", "actual"),
        ("The council plans to hire 40 teachers, up from a planned 30.", "30", "future"),
        ("The tank holds less than a tenth of the oil it could take.", "less than a tenth", "actual"),
        ("The minister cut the forecast for growth in 2025 to 2.3%.", "2.3%", "hypothetical"),
        ("A month ago the bank had predicted 20.3%.", "20.3%", "hypothetical"),
        ("The bank expects growth of 3% in 2026.", "3%", "future"),
        ("The mill missed its target by 5%.", "5%", "actual"),
        ("The line will carry 40 trains in December and, by May, 55 trains.", "55", "future"),
        ("In the second, with a probability of 30%, sales stay flat and the price settles near $400.", "$400", "hypothetical"),
        ("A further $14 billion is due within two months.", "$14", "future"),
        ("External debt, at $168 billion, will not fall this year.", "$168", "actual"),
        ("If the line carries 40 trains, it will earn 9 million euros.", "9 million", "hypothetical"),
    ],
)
def test_a_figure_has_the_modality_of_its_own_verb(text: str, words: str, modality: str) -> None:
    assert figure(text, words)["modality"] == modality


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("A crate of plums cost $4.95 in January, the growers said.", "$4.95", "2024-01"),
        ("The mills cut 300 jobs in November.", "300", "2023-11"),
        ("The clinic counted 512 burns during the period 4 to 9 December 2023.", "512", "[2023-12-04,2023-12-09]"),
        ("The clinic counted 512 burns in the period from 28 November to 3 December 2023.", "512", "[2023-11-28,2023-12-03]"),
        ("Roughly 1,200 people cross the bridge each day, up from 800 in March.", "800", "2024-03"),
        ("Roughly 1,200 people cross the bridge each day, up from 800 in March.", "1,200", None),
        ("There is a 35% chance of a second walkout in January.", "35%", "2025-01"),
        ("The mayor will resign if no more than 40 beds have been found by 1 December.", "40", "<=2024-12-01"),
        ("The quay handled 9,200 boxes a day last week, against a normal 12,000.", "12,000", None),
        ("Its profit rose to $219 million in the three months to 30 June from $17 million.", "$17", None),
        ("Inflation quickened to 15.5% in August from 15.4% in July.", "15.4", "2024-07"),
        ("Importers hold stocks, and the ministry issued licences for 7 tonnes in September.", "7", "2024-09"),
        ("The bank raised its overnight lending rate to 28%.", "28%", None),
        (
            "Rates fell in January. Reserves stood at $35.3 billion at the end of August, little changed from $35.2 billion a month earlier.",
            "$35.2",
            "2024-07",
        ),
        ("Before the fire the mill supplied 60% of the flour; today it supplies 35%.", "60%", None),
        ("We expect prices of 1,050 to 1,100 naira, 20% above today's.", "1,050", None),
        ("The war that began in 2022 has killed 14,000 people.", "14,000", None),
        ("Prices rose by 43% between April 2023 and April 2024.", "43%", "[2023-04,2024-04]"),
        ("More than 30 barns burned in January and February.", "30", "[2024-01,2024-02]"),
        ("Of those, 575 villagers came after the start of the war in April 2023.", "575", ">=2023-04"),
        ("More than 5,700 villagers have fled since fighting broke out a year ago.", "5,700", ">=2023"),
    ],
)
def test_a_figure_has_its_own_time(text: str, words: str, value: str | None) -> None:
    assert time_of(figure(text, words)) == value


@pytest.mark.parametrize(
    ("text", "words", "value", "unit"),
    [
        ("The quay handled 9,200 boxes a day last week, against a normal 12,000.", "12,000", 12000, "boxes per day"),
        ("Only two fires have been reported so far in March, compared with 34 in January.", "34", 34, "fires"),
        ("Exports rose to 2.12 million tonnes, up from 1.9 a year earlier.", "1.9", None, "tonne"),
        ("In Egypt the currency weakened to 50.1 pounds per dollar.", "50.1", 50.1, "egyptian pound per dollar"),
        ("Egyptians earn a wage of 6,000 pounds a month.", "6,000", 6000, "egyptian pound per month"),
        ("Bakers earn a wage of 6,000 pounds a month.", "6,000", 6000, "pound sterling per month"),
        ("World output was about 550 tonnes in 2022, of which Latvia made 540.", "540", 540, "tonne"),
        ("Plums stood at $1,905 per tonne, down from $2,100 in July.", "$2,100", 2100, "dollar per tonne"),
        ("Imports climbed to 26 tonnes a day in August, against 14 tonnes in July.", "14", 14, "tonne per day"),
        ("Nearly 166 million chickens, turkeys and other birds have been culled.", "166 million", 166e6, "birds"),
        ("The growers export about $5 billion of meat a year.", "$5 billion", 5e9, "dollar per year"),
        ("The walkout cost the firm $2 million for every day it lasted.", "$2 million", 2e6, "dollar per day"),
        ("It would take the hourly rate from $39 to about $63.", "$39", 39, "dollar"),
        ("The firm has 400 drivers, more than 20 of them part-time.", "20", 20, "drivers"),
        ("There was a surge, with nearly 700 leaks reported per day.", "700", 700, "leaks per day"),
        ("The quay had 12 barges unloaded a day.", "12", 12, "barges per day"),
        ("The town lost 14 carts stolen a day earlier.", "14", 14, "carts"),
        ("It fed 40 pupils who sing every day.", "40", 40, "pupils"),
    ],
)
def test_a_figure_has_its_own_unit(text: str, words: str, value: float | None, unit: str) -> None:
    quantity = figure(text, words)["quantity"]
    assert (quantity["value"], quantity["unit"]) == (value, unit)


def test_a_range_stays_one() -> None:
    assert figure("Prices range from $39 to $63.", "$39")["quantity"]["high"] == 63


@pytest.mark.parametrize(
    ("text", "words", "commitment"),
    [
        ("The economy would shrink by 1.5% in 2025 instead of growing by 4%.", "4%", "negated"),
        ("The firm sold 12 ships instead of buying 4 barges.", "4", "negated"),
        ("It is wrong to claim, as some did, that 30 ships sank.", "30", "denied"),
        ("The bank doubts, like its rivals, that 30 ships sank.", "30", "doubted"),
        ("It is fair to say, as some did, that 30 ships sank.", "30", "affirmed"),
        ("External debt, at $168 billion, will not fall this year.", "$168", "affirmed"),
        ("The mill, at 40 tonnes a day, did not stop.", "40", "affirmed"),
        ("The firm sold 12 ships instead of buying 4 barges.", "12", "affirmed"),
        ("The premier said the act would have ordered 300 workers back.", "300", "conditional"),
        ("The premier said the act would give 300 workers a home.", "300", "affirmed"),
        ("The line said it would drop a planned surcharge of $1,500 per box.", "$1,500", "unsure"),
        ("The line said it would drop 40 boxes in the yard.", "40", "affirmed"),
    ],
)
def test_what_does_not_come_is_not_affirmed(text: str, words: str, commitment: str) -> None:
    assert figure(text, words)["commitment"] == commitment


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("The price climbed to $5.90 in February, a new high, government figures showed.", "$5.90", "government figures"),
        (
            "Plums cost $4.95, the Fruit Board said. The Grain Agency expects prices to rise by 41% in 2025; a month ago it had predicted 20.3%.",
            "20.3%",
            "Grain Agency",
        ),
        ("Latvia's state power company Ultra will supply only three towns, it said on Tuesday.", "three", "Ultra"),
        ("Wages rose by 6%, said Ida Berg, a mechanic. The two sides have ordered 40 tests, they said.", "40", "The two sides"),
        (
            "Analysts at Argus expect a rise. Latvia's Teck Resources said it had 9 mines. The company admitted that 40 pits were dry.",
            "40",
            "Teck Resources",
        ),
        ("JX Smelting said it would cut output by 40%.", "40%", "JX Smelting"),
        ("CEO Ida Berg said 40 men had left.", "40", "Ida Berg"),
        ("With the operator, Nordlys, saying that 40 turbines were down, prices rose.", "40", "operator, Nordlys"),
        ("The National Weather Service (NWS) said 40 roofs were gone.", "40", "National Weather Service"),
        (
            "“We share 40 tents,” says Ida Berg, a nurse. Donors have covered 8% of it. At a meeting they promised 9 million euros.",
            "9 million",
            "Donors",
        ),
        (
            "The Centre for Plant Health and Soil has confirmed 70 cases, one of them fatal. It says 40 fields are clean.",
            "40",
            "The Centre for Plant Health and Soil",
        ),
        ("“We share 40 tents,” says Ida Berg, a nurse. At a meeting they promised 9 million euros.", "9 million", "UNKNOWN"),
    ],
)
def test_a_figure_has_its_own_speaker(text: str, words: str, speaker: str) -> None:
    assert figure(text, words)["source"]["canonical"] == speaker


@pytest.mark.parametrize(
    "text",
    [
        "The firm pays 13 US cents for power.",
        "The United States Maritime Alliance employs 40 lawyers.",
        "At a conference in Paris they promised more than 9 million euros.",
    ],
)
def test_money_bodies_and_scenes_are_no_states(text: str) -> None:
    assert not {"United States", "France"} & {claim["actor"] for claim in claims_of(text)}


def test_the_day_at_the_end_of_a_line_of_marks_is_that_of_publication() -> None:
    text = (
        "What a dry lake means\n\nAnalysis | Institute for Economic Affairs and Regional Development | 24 September 2024\n\n"
        "The lake held 5 million litres in August. It is low."
    )
    report = report_of(text.encode(), "note.txt", None)
    assert report.published.date == date(2024, 9, 24)
