"""Figures whose size, unit or chance is told by what stands beside them: ranges of lengths, parts of a whole told before, levels of one thing."""

from __future__ import annotations

import pytest

pytest.importorskip("spacy")

from tests.reading.judged import claims_in, judge

FIGURES = {
    "Profit was 40 crowns in the 2019 second quarter.": "eq 40 crown | t=[2019-04,2019-06]",
    "They lifted the top end of the forecast of $56-58 million.": "between 56000000 58000000 dollar",
    "Repairs took between 20 hours and two days.": "between 0.833333333 2 day",
    "Terms run from three months to five years.": "between 91.3125 1826.25 day",
    "Of the 80 kennels, a quarter were empty.": "eq 80 kennel; eq 0.25 fraction",
    "Of its 70 ferries, nearly a fifth had sunk.": "eq 70 ferry; about 0.2 fraction",
    "It took less than a two-thirds majority.": "less_than 0.666666667 fraction of majority",
    "They had asked for 90 tents; 35 were delivered.": "eq 90 tent; eq 35 tent",
    "The choir had 60 singers in 2019 but was down to 22 by 2023.": "eq 60 singer | t=2019; eq 22 singer",
    "At least 7,000 sought asylum in Norland.": "at_least 7000 people",
    "The flood forced nearly 5,000 to flee.": "about 5000 people",
    "The weir holds 12 400Ml.": "eq 12400 megalitre",
    "Audits found a loss of Rwf12 billion.": "eq 12000000000 rwandan franc",
    "A storm in 1987 sank 4 yachts, one in 1991 that killed 12 sank more.": "eq 4 yacht | t=1987; eq 12 *",
}


@pytest.mark.parametrize(("text", "want"), FIGURES.items())
def test_a_figure_is_read_with_what_tells_it(text: str, want: str) -> None:
    verdict = judge(text, want)
    assert (verdict.wrong, verdict.left_out) == ((), ())


def test_rooms_and_cars_may_both_be_meant() -> None:
    claims = [claim for claim in claims_in("They had booked 40 rooms and 12 cars; 30 were used.") if claim["quantity"]]
    assert [claim["quantity"]["unit"] for claim in claims] == ["rooms", "cars", "1"]
    assert "rival-units" in claims[2]["rules"]


CHANCES = {
    "He is 80% sure that 25 ewes were sold.": ("probable", 0.8),
    "She was 97 percent certain that 25 ewes were sold.": ("certain", 0.97),
    "There is a one-in-four chance that 25 ewes will be sold.": ("possible", 0.25),
}


@pytest.mark.parametrize("text", CHANCES)
def test_a_chance_that_is_told_as_a_number_is_the_hedge(text: str) -> None:
    kind, chance = CHANCES[text]
    [claim] = [claim for claim in claims_in(text) if claim["quantity"]]
    assert claim["quantity"]["value"] == 25
    assert (claim["hedge"]["class"], claim["hedge"]["probability"]) == (kind, [chance, chance])


STRETCHES = {
    "Between 3 May and 9 June, 6 clocks were sold.": "[2024-05-03,2024-06-09]",
    "From 1 August to 27 October 2017 the guild sold 6 clocks.": "[2017-08-01,2017-10-27]",
    "The guild sold 6 clocks from 20 December to 5 January.": "[2023-12-20,2024-01-05]",
    "The sale of 6 clocks was moved from 3 May to 9 June.": None,
}


@pytest.mark.parametrize("text", STRETCHES)
def test_two_days_are_the_ends_of_one_stretch(text: str) -> None:
    claims = [claim for claim in claims_in(text) if claim["quantity"] and claim["quantity"]["value"] == 6]
    assert claims and all((claim["time"] or {}).get("value") == STRETCHES[text] for claim in claims)


def test_a_part_has_the_day_of_its_whole() -> None:
    text = "From 2 to 9 March, a total of 1 250 calls, including 90 hoaxes (share of hoaxes 7%), were logged."
    times = {(claim["time"] or {}).get("value") for claim in claims_in(text) if claim["quantity"]}
    assert times == {"[2024-03-02,2024-03-09]"}


def test_letters_glued_to_a_large_figure_are_money_and_a_part_by_place_counts_the_same() -> None:
    text = "The council lent Kz44 billion to 2,775 families (1,329 in Marn, 900 in Lorn)."
    units = {claim["quantity"]["value"]: claim["quantity"]["unit"] for claim in claims_in(text) if claim["quantity"]}
    assert units == {44e9: "Kz", 2775.0: "families", 1329.0: "families", 900.0: "families"}


def test_a_month_told_long_ago_without_its_year_is_open() -> None:
    [claim] = [claim for claim in claims_in("In September the mill said it would hire 40 cooks by June.") if claim["quantity"]]
    assert (claim["time"]["value"], claim["said"]["value"]) == (None, "2024-09")
    assert "rival-days" in claim["rules"]
