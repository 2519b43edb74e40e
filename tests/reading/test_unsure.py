"""Signs between a figure and its day, or of another voice in its sentence: where several meet, the field is left open and not taken."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from foedus.evidence.reading import read_document, readings_as_dict, report_of

PUBLISHED = date(2024, 10, 25)


def _of(text: str, figure: str) -> dict[str, Any]:
    report = report_of(text.encode(), "note.txt", PUBLISHED)
    claims: list[dict[str, Any]] = readings_as_dict([read_document(report)])["claims"]
    return next(claim for claim in claims if claim["quantity"] and figure in claim["quantity"]["text"])


_PARTED = {
    # a comma and a clause, a comma and a figure, a clause and a second deed
    "The yard lost 40 boats, which had cost 9 million, on Tuesday.": "40 boats",
    "The mill, bought for 3 million on Tuesday, employs 90 weavers.": "90 weavers",
    # a day of its own behind a clause about it; a month behind another year
    "On Monday the court upheld a 40 million dollar fine it had imposed in 2019.": "40 million",
    "By early 2018 exports averaged 2 million tonnes, with a peak of 3 million in April.": "3 million",
    "A sack of lentils that cost 14 crowns in March now weighs 25 kilos.": "25 kilos",
}
_BESIDE = {
    "Since March more than 4,100 cases of measles and 52 deaths have been counted.": ("52 deaths", ">=2024-03"),
    "Output rose 6 percent to 245,000 tonnes in August.": ("6 percent", "2024-08"),
    "The worst flood, in 2017 and 2018, killed 63 men.": ("63 men", "[2017,2018]"),
    "The valley drew attention in April when raiders stormed a depot and killed 61 men.": ("61 men", "2024-04"),
    "In August, 71 barns burned.": ("71 barns", "2024-08"),
    "The plague peaked in August, when 900 rats were caught.": ("900 rats", "2024-08"),
    "Between March and June the share of diesel rose from 12 to 21 percent.": ("21 percent", "[2024-03,2024-06]"),
}


@pytest.mark.parametrize("text", _PARTED)
def test_a_day_behind_several_signs_is_not_taken(text: str) -> None:
    assert (_of(text, _PARTED[text])["time"] or {}).get("value") is None


@pytest.mark.parametrize("text", _BESIDE)
def test_what_stands_beside_a_figure_is_no_sign(text: str) -> None:
    figure, day = _BESIDE[text]
    assert _of(text, figure)["time"]["value"] == day


_TOLD = {
    # how far back one has to look for the like, and what a deed was done before
    "The lender in its spring meeting raised its rate by 25 points, the highest in the past 12 years.": ("25 points", None),
    "For the first time since 1991 rents fell, by 3 percent.": ("3 percent", None),
    "Even before the strike began earlier this week, sales had fallen by 40 percent.": ("40 percent", None),
    "Compared to the high of 2.8 million tonnes in April 2018, the loss is about 40 percent.": ("40 percent", None),
    # as counted on a day that is not to come; what is allowed is to come
    "As of 28 July, the province is feeding 18,000 villagers.": ("18,000", "2024-07-28"),
    "The regulator allowed the firm on Thursday to raise fares by 18 percent.": ("18 percent", "2024-10-24"),
    "The council voted to raise fares by 18 percent from 1 April.": ("18 percent", ">=2025-04-01"),
    # a stretch of its own behind an "after", and stretches of another year
    "Exports rose 2 percent in June after falling 3 percent in May.": ("3 percent", "2024-05"),
    "Exports rose 2 percent in the first quarter after falling 3 percent in the July-September period.": (
        "3 percent",
        "[2024-07,2024-09]",
    ),
    "The rate was 3 percent in June, down from a peak of 9.1 percent the same month last year.": ("9.1 percent", "2023-06"),
    "Profit was 40 million crowns in May; in the same month of 2022 it was 60 million.": ("60 million", "2022-05"),
    "Between January and March 10, the fleet lost 14 boats.": ("14 boats", "[2024-01,2024-03-10]"),
}


@pytest.mark.parametrize("text", _TOLD)
def test_when_a_figure_was_so(text: str) -> None:
    figure, day = _TOLD[text]
    assert (_of(text, figure)["time"] or {}).get("value") == day


def test_a_time_that_is_not_read_leaves_the_day_open() -> None:
    claim = _of("Sales rose 2 percent in March, dropping 3 percent in the lean season.", "3 percent")
    assert "rival-days" in claim["rules"]


def test_the_prior_month_is_counted_from_its_own_sentence() -> None:
    text = "Coal rose 2 percent after a fall of 1 percent in February. Gas rose 8 percent after dropping 7 percent in the prior month."
    assert (_of(text, "7 percent")["time"] or {}).get("value") is None


_COUNTED = {
    "Dorn also cut its herds by more than half.": ("half", "more_than", "fraction"),
    "But 700 wagons came on Monday and were followed by another 90 late Wednesday.": ("90", "additional", "wagons"),
    "The mayor said families fled, with more than 3,000 crossing into Dorn on Monday alone.": ("3,000", "more_than", "1"),
    "Output in May had been revised up to 8 percent.": ("8", "eq", "percentage"),
    "Fees can be revised up to 8 percent.": ("8", "up_to", "percentage"),
    "Exports grew at a 2.4- percent annualized rate.": ("2.4", "eq", "percentage"),
    "Dorn sold roughly 2.1 million bpd each month from March to May.": ("2.1 million", "about", "barrel per day"),
}


@pytest.mark.parametrize("text", _COUNTED)
def test_what_is_counted(text: str) -> None:
    figure, qualifier, unit = _COUNTED[text]
    quantity = _of(text, figure)["quantity"]
    assert (quantity["qualifier"], quantity["unit"]) == (qualifier, unit)


@pytest.mark.parametrize(
    "name", ["Free and Fair Trade League", "Roads and Rescue Department", "Federation of Road and Rail Workers"]
)
def test_a_body_keeps_all_of_its_name(name: str) -> None:
    assert _of(f"According to the {name}, 40 culverts broke.", "40")["source"]["canonical"] == name


_VOICES = {
    # behind all that is said
    "Overpayments by the office rose by 500,000 crowns to 2 million, the report found, with most of it lost.": (
        "500,000 crowns",
        "report",
    ),
    "Norvia has counted 115 cases of fever since the plague broke out, health minister Ada Holt said on Wednesday.": (
        "115",
        "Ada Holt (health minister)",
    ),
    # a second thing that is said, which the parser hangs on the verb of saying
    "Dorn Air has said it offered 12 percent in the first year, and an increase of 23 percent over the rest of the term.": (
        "23 percent",
        "Dorn Air",
    ),
    # a verb that the tagger takes for a noun
    "The Grain Board forecast exports of 11 million tonnes.": ("11 million", "Grain Board"),
    "NORFARM forecasts Norvian rye production to increase 22 percent over the last crop.": ("22 percent", "NORFARM"),
    "According to estimates from the Norvian Union, Dorn fired 4,000 shells a day.": ("4,000", "Norvian Union"),
    "The chair said so. Some 712 men had signed up, though many are wary of making themselves known.": ("712", "NARRATOR"),
    "Norvia's army gave its own losses as 192 men and 1 boat.": ("192", "Norvia's army"),
    # one of two
    "Norvia dropped its levy of 26 percent, and within two days sold some 40 cargoes, or 2 million tonnes, brokers say.": (
        "40 cargoes",
        "brokers",
    ),
    "A spokesman told the paper each day of the strike cost 9 million crowns and it has stranded 4,500 travellers.": (
        "4,500",
        "UNKNOWN",
    ),
    "All eight judges agreed that Holt had broken the law when he sent 280 men, chief justice Ida Rok said in a ruling.": (
        "280 men",
        "UNKNOWN",
    ),
}
_ALONE = {
    "The fund approved 65 million crowns so far, and mayor Ida Rok said in August that all would get 700.": "65 million",
    "Norvia sent 160 divers; Dorn said it would send 25 boats.": "160 divers",
    "The lender denied that it was short of cash, and closed 2 branches.": "2 branches",
    "“I am glad,” Ida Holt said in Sarn, where she was returned with 23,000 votes.": "23,000 votes",
    "The keepers found 12 eggs.": "12 eggs",
    "The press said nothing of the fire, which burned 14 sheds.": "14 sheds",
}


@pytest.mark.parametrize("text", _VOICES)
def test_a_figure_in_a_sentence_with_another_voice_is_his_or_nobody_s(text: str) -> None:
    figure, speaker = _VOICES[text]
    assert _of(text, figure)["source"]["canonical"] == speaker


@pytest.mark.parametrize("text", _ALONE)
def test_a_voice_that_does_not_reach_a_figure_leaves_it_to_the_narrator(text: str) -> None:
    assert _of(text, _ALONE[text])["source"]["canonical"] == "NARRATOR"


_INSTEAD = {
    "The camp does not hold 2,000 men, as the rebels say, but 96.": (("2,000", "negated"), ("96", "affirmed")),
    "The mill did not burn 40 tonnes, but only 9.": (("40", "negated"), ("9", "affirmed")),
    "Nobody ate anything but 9 loaves.": (("9 loaves", "negated"),),
}


@pytest.mark.parametrize("text", _INSTEAD)
def test_the_figure_behind_a_but_is_what_is_so(text: str) -> None:
    assert all(_of(text, figure)["commitment"] == stance for figure, stance in _INSTEAD[text])


def test_what_others_say_is_not_said_by_them_where_it_is_denied() -> None:
    text = "The camp does not hold 2,000 men, as the rebels say, but 96."
    assert {_of(text, figure)["source"]["canonical"] for figure in ("2,000", "96")} == {"UNKNOWN"}
