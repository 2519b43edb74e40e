"""Figures whose noun, sign, day or speaker stands elsewhere in the sentence: each is read whole, or says what it leaves open."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from foedus.evidence.reading import read_document, readings_as_dict, report_of

_DAY = date(2024, 6, 14)


def _figures(text: str) -> list[dict[str, Any]]:
    found = readings_as_dict([read_document(report_of(text.encode(), "note.txt", _DAY))])["claims"]
    return [claim for claim in found if claim["quantity"]]


def _counts(text: str) -> list[tuple[float | None, str]]:
    return sorted((claim["quantity"]["value"], claim["quantity"]["unit"]) for claim in _figures(text))


COUNTS = {
    "A score of barges lay at anchor on Monday.": [(20.0, "barges")],
    "A pair of herons nested on the roof.": [(2.0, "herons")],
    "She bought a pair of scissors in town.": [],
    "Two of five mills were shut on Monday.": [(2.0, "mills"), (5.0, "mills")],
    "The mill bought 300,000 sacks of 90 kg.": [(90.0, "kilogram"), (300000.0, "sacks")],
    "Nine goats fell ill in May, and another dozen were sold.": [(9.0, "goats"), (12.0, "goats")],
    "The Greens have won 41 seats, the Browns 12 and the Old Mauves 3.": [(3.0, "seats"), (12.0, "seats"), (41.0, "seats")],
    "The line makes 60 kettles a week, or 3,000 a year.": [(60.0, "kettles per week"), (3000.0, "kettles per year")],
    "Cases had just halved to 300 a day.": [(300.0, "case per day")],
    "The herd numbers 2,300, a third more than in 2020.": [(1 / 3, "fraction"), (2300.0, "1")],
    "The dam cost R1.6 billion, and the R2 robot nothing.": [(1.6e9, "south african rand")],
    "Each carrier infects about two others.": [(2.0, "1")],
    "In all 30 houses burnt and 40 died.": [(30.0, "houses"), (40.0, "people")],
    "The coast guard bought nine TB7s and 22 K31s.": [(9.0, "tb7s"), (22.0, "k31s")],
    "The yard has 16 GB4 boats.": [(16.0, "boats")],
    "Pickets counted 75 tents; the council put it at fifty-two.": [(52.0, "tents"), (75.0, "tents")],
    "The guild says it has 640 bakers, while the registry lists 480.": [(480.0, "bakers"), (640.0, "bakers")],
    "The lodge, which had 120 rooms in 2011, now has 85.": [(85.0, "rooms"), (120.0, "rooms")],
    "Of 64 kennels 41 are for dogs, 19 for cats and four kennels are empty.": [
        (4.0, "kennels"),
        (19.0, "kennels"),
        (41.0, "kennels"),
        (64.0, "kennels"),
    ],
    "There are 730 pupils, of whom 390 are girls while 340 are boys.": [(340.0, "pupils"), (390.0, "pupils"), (730.0, "pupils")],
    "Of the 730 guests, 40 are aged under nine.": [(9.0, "1"), (40.0, "guests"), (730.0, "guests")],
    "The 4,200 who signed were heard.": [(4200.0, "people")],
    "The voyage took 31 days, six days longer than in 2019.": [(6.0, "day"), (31.0, "day")],
    "Three barns fell and eight others were damaged.": [(3.0, "barns"), (8.0, "barns")],
    "Six nurses died and 20 others were wounded.": [(6.0, "nurses"), (20.0, "people")],
    "Of 900 scouts who came, only 260 stayed.": [(260.0, "scouts"), (900.0, "scouts")],
    "Frost hit 70,000 vines, up from an earlier estimate of 45,000.": [(45000.0, "vines"), (70000.0, "vines")],
    "Output fell to 31 tonnes in May from 52 a year earlier.": [(31.0, "tonne"), (52.0, "tonne")],
    "The number of huts fell from 900 in 2019 to 640.": [(640.0, "hut"), (900.0, "hut")],
    "The toll rose from 40 crowns in 2019 to 60.": [(40.0, "crowns"), (60.0, "crowns")],
    "Nine tugs came in June, two more are to follow.": [(2.0, "tugs"), (9.0, "tugs")],
    "It has 450 boats, although Norland puts their number at 700.": [(450.0, "boats"), (700.0, "boats")],
    "Hail killed 9 mules in Marn and 14 in South Velm.": [(9.0, "mules"), (14.0, "mules")],
    "Out of 64 halls 41 are for plays.": [(41.0, "halls"), (64.0, "halls")],
    "Some 40 goats in Lorn, 31 in Velm, and 25 in Marn died.": [(25.0, "goats"), (31.0, "goats"), (40.0, "goats")],
    "Pumps ran for 7,000 hours last year, double the figure for 2022.": [(2.0, "time"), (7000.0, "hour")],
}


@pytest.mark.parametrize("text", COUNTS)
def test_a_figure_counts_what_the_sentence_says(text: str) -> None:
    assert _counts(text) == COUNTS[text]


OPEN = {
    "The farm has 300 deer; 40 died.": (40.0, "rival-units"),
    "The port lost 30 cranes and 200 clerks; it now has 90.": (90.0, "rival-units"),
    "Each gets 5 litres, the warden said; the standard is 15.": (15.0, "rival-speakers"),
    "The court fined the mill 18 million euros for leaks of 37 million litres in May 2023.": (18e6, "rival-days"),
}


@pytest.mark.parametrize("text", OPEN)
def test_what_may_be_one_thing_or_another_is_left_open_and_says_so(text: str) -> None:
    value, rule = OPEN[text]
    assert [rule in claim["rules"] for claim in _figures(text) if claim["quantity"]["value"] == value] == [True]


SIGNS = {
    "40 percent of the growers have not sold their hops, a survey found.": ("affirmed", "-"),
    "One in five lodgers does not pay.": ("affirmed", "-"),
    "Prices have not risen by 40 percent.": ("negated", "-"),
    "The mill has not raised its price of 900 dollars a tonne.": ("affirmed", "+"),
    "The army accused the guild of hiding 40 rifles, which the guild denied.": ("denied", "-"),
    "He spoke of 600 torn sheets, a charge that the court called baseless.": ("denied", "-"),
    "Nobody should have to beg, and one in seven people does.": ("affirmed", "+"),
    "Each nurse looks after 45 children where nobody would say that it is right.": ("affirmed", "+"),
    "The yard is short of 1,700 welders.": ("affirmed", "+"),
    "The bank sold 40 barns, which it denied were unsafe.": ("affirmed", "+"),
}


@pytest.mark.parametrize("text", SIGNS)
def test_a_not_touches_what_it_denies_and_nothing_else(text: str) -> None:
    assert {(claim["commitment"], claim["polarity"]) for claim in _figures(text)} == {SIGNS[text]}


SPEAKERS = {
    "The minister had spoken on June 3 of more than 800 dead.": "the minister",
    "Norbank sees copper back at 6,000 dollars within a year.": "Norbank",
    "The line carried 40,000 riders, its director, Ada Berg, has said.": "Ada Berg (its director)",
    "The fund does not expect growth above 1 percent.": "fund",
    "Some of his friends reported 600 torn sheets.": "Some of his friends",
    "Output may come to 42,000 tonnes, less than half of the goal, two traders in Riga said.": "two traders in Riga",
    "Ministers hope for 6.5 billion pounds.": "Ministers",
    "The treasurer, Emre Kaya, has hinted at 25 percent.": "Emre Kaya",
    "The office rejects that: owners got 10 percent on top of the price, it says.": "office",
    "Up to 2,000 posts are at risk, the unions say, and not 200 as the firm has claimed.": "unions",
    "The full million is expected by the end of 2024.": "NARRATOR",
}


@pytest.mark.parametrize("text", SPEAKERS)
def test_a_figure_has_the_speaker_of_its_sentence(text: str) -> None:
    assert {claim["source"]["canonical"] for claim in _figures(text)} == {SPEAKERS[text]}


UNDATED = {
    "Ada Berg, warden for a year in 2022, has lost her seat by 630 votes.": 630.0,
    "The yard will spend 104 million, four times as much as in the last five years.": 104e6,
}


@pytest.mark.parametrize("text", UNDATED)
def test_a_day_of_something_else_is_not_that_of_the_figure(text: str) -> None:
    days = [(claim["time"] or {}).get("value") for claim in _figures(text) if claim["quantity"]["value"] == UNDATED[text]]
    assert days == [None]


DAYS = {
    "The toll of the June 1 fire rose to 94 on Wednesday from 84 a day earlier.": (84.0, "2024-06-11"),
    "Turnout was about 85 percent, the tribunal said, two points lower than in April.": (85.0, None),
    "The storm has killed 32 people, the mayor said on Thursday, up from 22 on Wednesday.": (22.0, "2024-06-12"),
    "Lorn sent 122 tonnes, 8 percent more than last year, and Istria 50 percent more copper.": (50.0, None),
    "The firm earned 9 billion dollars, more than double its profit of a year before.": (2.0, None),
    "The crown gained 1.9 percent on Monday, its strongest since late February.": (1.9, "2024-06-10"),
    "The crown gained 1.7 percent, its strongest since late February.": (1.7, None),
    "Norbank expects 40 ships in May.": (40.0, "2025-05"),
    "Reserves have risen by 61 billion since March to 159 billion dollars.": (159e9, None),
    "Unemployment, at 8.6 percent, is likely to pass 10 by October.": (8.6, None),
}


@pytest.mark.parametrize("text", DAYS)
def test_a_figure_has_the_day_that_is_its_own(text: str) -> None:
    value, day = DAYS[text]
    assert [(claim["time"] or {}).get("value") for claim in _figures(text) if claim["quantity"]["value"] == value] == [day]


def test_who_is_short_of_so_many_lacks_all_of_them() -> None:
    assert [claim["quantity"]["qualifier"] for claim in _figures("The yard is short of 1,700 welders.")] == ["eq"]
    assert [claim["quantity"]["qualifier"] for claim in _figures("The haul was just short of 1,700 crates.")] == ["less_than"]


def test_what_is_put_at_a_level_for_a_day_to_come_is_ahead() -> None:
    assert [claim["modality"] for claim in _figures("The bank put growth at 2 percent in 2025.")] == ["future"]
    assert [claim["modality"] for claim in _figures("The bank put growth at 2 percent in 2023.")] == ["actual"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The chance of a flood is 30 percent by 3 February.", "<=2025-02-03"),
        ("The lake is 40 percent full by 3 February, the model says.", "<=2025-02-03"),
        ("By 3 February 40 goats had died.", "<=2024-02-03"),
    ],
)
def test_by_when_something_is_lies_ahead(text: str, day: str) -> None:
    assert [claim["time"]["value"] for claim in _figures(text)] == [day]
