"""Of a day without a year, or a figure with two levels, what the past tense tells: nothing that is past lies in the future in silence."""

from __future__ import annotations

from datetime import date

import pytest

pytest.importorskip("spacy")

from foedus.evidence.reading import read_document, readings_as_dict, report_of

TIMES = (
    (
        "2024-09-12",
        "Some 60 clerks were told to leave their desks on the night of 11 to 12 August.",
        {60: "[2024-08-11,2024-08-12]"},
    ),
    ("2024-09-12", "The ferry crews were asked to hand in 40 radios by 3 October.", {40: "<=2024-10-03"}),
    ("2024-03-25", "The lenders had asked for 9 million crowns by March 27.", {9e6: "<=2024-03-27"}),
    ("2024-09-12", "The guild had sold 900 stalls by March.", {900: "<=2024-03"}),
    ("2025-02-03", "Some 12 pilots were barred from flying until the end of March.", {12: "<=2025-03-31"}),
    ("2025-02-03", "The ban was extended until June for 20 ports.", {20: None}),
    ("2025-02-03", "Until May the clinic had 9 doctors.", {9: "<=2024-05"}),
    ("2025-03-20", "We put the chance that Velm extends the levy beyond 22 June at 65%.", {65: "2025-06-22"}),
    ("2024-03-25", "The union counted 70 strikes between April 2023 and the end of February.", {70: "[2023-04,2024-02]"}),
    ("2025-02-03", "The fleet grew from 600 boats in 2022 to 900.", {600: "2022", 900: None}),
    (
        "2025-02-03",
        "The fleet grew from 600 boats in 2022 to 900 at the turn of the year.",
        {600: "2022", 900: "[2024-12-21,2025-01-10]"},
    ),
    (
        "2024-09-12",
        "From 1 to 7 September there were 31 fires; in the week before there had been 28.",
        {28: "[2024-08-25,2024-08-31]"},
    ),
    (
        "2024-09-12",
        "On the first Monday of the month 22 thieves were held. Two days later 9 were freed.",
        {22: "2024-09-02", 9: "2024-09-04"},
    ),
    (
        "2025-02-03",
        "The guild counts 11 thefts between May 2023 and January 2025, nine of them in the fourth quarter.",
        {9: "[2024-10,2024-12]"},
    ),
    ("2024-09-12", "In May 5 boats sank. On the first Monday of the month 22 thieves were held.", {5: "2024-05", 22: None}),
    ("2024-09-12", "The last Friday of June saw 7 storms.", {7: "2024-06-28"}),
    ("2024-09-12", "A year earlier, in late August 2023, a flood killed 20 cows.", {20: "[2023-08-21,2023-08-31]"}),
    ("2024-10-15", "Four months after the first pilots landed in Velm, it has 30 planes. Some 43 pilots fly today.", {30: None}),
    ("2024-10-15", "Thefts rose by 70% in the past year.", {70: "[2023-10-15,2024-10-15]"}),
    ("2024-09-12", "As of June, the guild had 31 halls and about 900 stalls.", {31: "2024-06", 900: "2024-06"}),
    ("2024-09-12", "As of last Friday, 17 barges had sunk, the pilots said.", {17: "2024-09-06"}),
    ("2024-09-12", "The fund has repaid 72% of the loan as of August 30, the bank wrote on Tuesday.", {72: "2024-08-30"}),
    ("2024-09-12", "The fund had repaid 9 loans by August 30, the bank wrote on Tuesday.", {9: "<=2024-08-30"}),
    ("2024-09-12", "Rents were 12% higher than last year as of 1 September.", {12: "2024-09-01"}),
    ("2024-09-12", "The lake is 4 metres lower than on the day of the opening in May 2022.", {4: None}),
    ("2024-09-12", "The firm sold 35% of the barns in May.", {35: "2024-05"}),
    ("2024-09-12", "Sales are 35% of the level in 2019.", {35: None}),
    ("2024-09-12", "Some 1,200 pilgrims arrived on Sunday and Tuesday.", {1200: "[2024-09-08,2024-09-10]"}),
    ("2024-09-12", "In February and June, 14 shepherds drowned.", {14: "[2024-02,2024-06]"}),
    ("2024-09-12", "In February and June 14 shepherds drowned.", {14: None}),
    ("2024-09-12", "In 2018 and in 2022 the river took 8 bridges.", {8: "[2018,2022]"}),
    ("2024-09-12", "Some 60 hives died in the first week of June.", {60: "[2024-06-01,2024-06-07]"}),
    ("2024-09-12", "Some 60 hives died in the last two weeks of February 2023.", {60: "[2023-02-15,2023-02-28]"}),
    ("2024-09-12", "Some 60 hives died in the second half of June.", {60: "[2024-06-16,2024-06-30]"}),
    ("2024-09-12", "The choir will sing 9 hymns in the last week of March.", {9: "[2025-03-25,2025-03-31]"}),
    ("2024-09-12", "The guild said it saw milk at 3 crowns in November.", {3: "2024-11"}),
    ("2024-09-12", "Brokers had expected a rise of 3% in the second quarter.", {3: "[2024-04,2024-06]"}),
    ("2024-09-12", "The landslide, which happened on Sunday, killed 5 herders.", {5: "2024-09-08"}),
    ("2024-09-12", "The landslide, which came after rain on Sunday, killed 5 herders.", {5: None}),
    ("2024-09-12", "Demand sank to 40 tonnes on Tuesday from 90 on Thursday.", {40: "2024-09-10", 90: "2024-09-05"}),
    ("2024-09-12", "A nurse said 15 men had been hurt, two of them badly, in a brawl in Velm on Sept 3.", {15: None}),
    ("2024-09-12", "The mayor said 15 mills had shut, in an interview with a paper on Tuesday.", {15: "<=2024-09-10"}),
    ("2024-09-12", "Growers sowed 90 hectares this spring, 12 percent less than a year ago.", {12: "[2024-03,2024-05]"}),
    ("2024-09-12", "Some 60 sheds burned between Sunday night and Tuesday morning.", {60: "[2024-09-08,2024-09-10]"}),
    ("2024-09-12", "By 2031 the yard wants to cut waste by 30 percent from 2018 levels.", {30: "<=2031"}),
    ("2024-09-12", "Velm hosts 3,000 weavers, most of whom came in 2021.", {3000: None}),
    ("2024-09-12", "Velm hosts 3,000 weavers who came in 2021.", {3000: "2021"}),
    ("2024-09-12", "The hall will open by the weekend with 200 seats.", {200: "<=2024-09-15"}),
    ("2024-09-13", "Some 60 sheds burned on Friday, the mayor said on Sunday.", {60: "2024-09-06"}),
    ("2024-09-13", "The mayor said on Tuesday that 60 carts will come on Friday.", {60: "2024-09-13"}),
    ("2024-09-13", "The toll from Friday's storm has risen to 21, the mayor said on Sunday.", {21: "2024-09-08"}),
    ("2024-09-12", "The loan has been repaid in 8 of the towns hit last spring as of August 30.", {8: "2024-08-30"}),
    ("2024-09-12", "In the nine days to June 14 there were 70 thefts.", {70: "[2024-06-06,2024-06-14]"}),
    ("2024-09-12", "A poll taken from Aug. 3 to 9 put the guild at 34 percent.", {34: "[2024-08-03,2024-08-09]"}),
    ("2024-09-12", "The towns agreed in May to lend 70 boats.", {70: None}),
    ("2024-09-12", "Before June, 22 mills had shut.", {22: "<=2024-05"}),
    ("2024-09-12", "The yard built 6 ferries before 2 January 2023.", {6: "<=2023-01-01"}),
    ("2024-09-12", "The yard built 6 ferries before 2019.", {6: "<=2018"}),
    ("2024-09-12", "The yard will build 6 ferries before March.", {6: "<=2025-02"}),
    ("2024-09-12", "Some 70 ushers have been recruited for October 4.", {70: None}),
    ("2024-03-25", "The fee was raised from 50 crowns in 2019 to 85 crowns this January.", {50: "2019", 85: "2024-01"}),
)


@pytest.mark.parametrize(("published", "text", "want"), TIMES)
def test_a_day_lies_on_the_side_that_can_be_meant(published: str, text: str, want: dict[float, str | None]) -> None:
    claims = readings_as_dict([read_document(report_of(text.encode(), "note.txt", date.fromisoformat(published)))])["claims"]
    found = {each["quantity"]["value"]: (each["time"] or {}).get("value") for each in claims if each["quantity"]}
    assert {value: found.get(value, "unread") for value in want} == want


def test_a_range_that_a_new_figure_is_held_against_is_one_range_that_nobody_took_back() -> None:
    text = "The port will cut the number of boats to 25 a day, down from 36 to 38 in normal times."
    claims = readings_as_dict([read_document(report_of(text.encode(), "note.txt", date(2023, 11, 2)))])["claims"]
    [held] = [each for each in claims if each["quantity"] and each["quantity"]["low"] == 36]
    assert (held["quantity"]["high"], held["commitment"]) == (38, "affirmed")
