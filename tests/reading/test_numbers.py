"""Numbers: how they are written → value; names with digits; what is left without a value; what tells a unit from afar."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.evidence import quantities
from foedus.evidence.reading import read_document, readings_as_dict, report_of
from foedus.evidence.reading.numbers import numbers
from foedus.evidence.reading.spelled import spelled
from foedus.evidence.reading.textmap import identity

VALUES = {
    "2.750.000": 2.75e6,
    "3’400’000": 3.4e6,
    "3'400'000": 3.4e6,
    "61 300": 61_300.0,
    "7 200 000": 7.2e6,
    "7\u202f200\u202f000": 7.2e6,
    "7\u2009200": 7_200.0,
    "4,15,000": 415_000.0,
    "1,20,00,000": 1.2e7,
    "0,75": 0.75,
    "8,5 million": 8.5e6,
    "3 mrd": 3e9,
    "9mil": 9e6,
    "6 lakh crore": 6e12,
    "12 millions": 1.2e7,
    "10^4": 1e4,
    "2 × 10³": 2e3,
    "three score": 60.0,
    "two and a half thousand": 2_500.0,
    "six point four million": 6.4e6,
    "a hundred and thirty": 130.0,
    "nine hundred and ten thousand": 910_000.0,
    "a million and a half": 1.5e6,
    "three-quarters of a billion": 7.5e8,
    "half a dozen": 6.0,
    "eighteen hundred": 1_800.0,
    "one million three hundred thousand": 1.3e6,
    "four and a half dozen": 54.0,
    "twelvefold": 12.0,
    "nine to one": 9.0,
    "one cook in five": 0.2,
    "one in five": 0.2,
}

UNREAD = (
    "3,14,2",
    "2015,40",
    "forty fifty",
    "nineteen eighty-nine",
    "12'34",
    "7^3",
    "1.23.456,7",
    "eight million, two hundred thousand",
)

FOUND = {
    "They spent between two and three hundred crowns.": [("between", 200.0, 300.0, "crown")],
    "The guard has 15-20,000 men.": [("between", 15_000.0, 20_000.0, "man")],
    "The paper has 8-9k readers.": [("between", 8_000.0, 9_000.0, "reader")],
    "It would cost €3-4 billion.": [("between", 3e9, 4e9, "euro")],
    "The stay lasts one to four nights.": [("between", 1.0, 4.0, "night")],
    "The tank takes 1800 - 1950 litres.": [("between", 1800.0, 1950.0, "litre")],
    "The count was 80±6.": [("between", 74.0, 86.0, "")],
    "Fees range from 20 to 35 euros.": [("between", 20.0, 35.0, "euro")],
    "The agency raised its count from 310 to 355 dead.": [("eq", 310.0, 310.0, "dead"), ("eq", 355.0, 355.0, "dead")],
    "The wards hold 40 and 65 beds respectively.": [("eq", 40.0, 40.0, "bed"), ("eq", 65.0, 65.0, "bed")],
    "By May burglaries and arrests were 10,652 and 310, respectively.": [
        ("eq", 10_652.0, 10_652.0, "burglary"),
        ("eq", 310.0, 310.0, "arrest"),
    ],
    "Nurses and doctors numbered 2,100 and 900 respectively.": [("eq", 2100.0, 2100.0, "nurse"), ("eq", 900.0, 900.0, "doctor")],
    "Sales and costs stood at 40 million and 55 million dollars respectively.": [
        ("eq", 40e6, 40e6, "dollar"),
        ("eq", 55e6, 55e6, "dollar"),
    ],
    "The mill grinds 90 sacks daily.": [("eq", 90.0, 90.0, "sack per day")],
    "They bake 400 loaves a day.": [("eq", 400.0, 400.0, "loaf per day")],
    "It eats 30 tonnes of hay each week.": [("eq", 30.0, 30.0, "tonne per week")],
    "A daily average of 70 calls came in.": [("eq", 70.0, 70.0, "call per day")],
    "It saw 4 deaths per 10,000 births.": [("eq", 4.0, 4.0, "death per 10000 birth")],
    "The death toll rose to 88.": [("eq", 88.0, 88.0, "people")],
    "The number of pilgrims stood at 9,100.": [("eq", 9_100.0, 9_100.0, "pilgrim")],
    "They hired 60 cooks, of whom 14 are new.": [("eq", 60.0, 60.0, "cook"), ("eq", 14.0, 14.0, "cook")],
    "The toll has passed 700.": [("more_than", 700.0, None, "people")],
    "Debts have yet to reach 5,000.": [("less_than", None, 5_000.0, "")],
    "The village is 600 strong.": [("eq", 600.0, 600.0, "people")],
    "Five other cooks left.": [("eq", 5.0, 5.0, "cook")],
    "Two of Lund's barns burned.": [("eq", 2.0, 2.0, "barn")],
    "The ferry was 12 nm off the cape.": [("eq", 12.0, 12.0, "nautical mile")],
    "The chip has a 7 nm process.": [("eq", 7.0, 7.0, "nanometre")],
    "It rained 4 cm to 30 cm.": [("between", 4.0, 30.0, "centimetre")],
    "On 7 June 33 goats were sold.": [("eq", 33.0, 33.0, "goat")],
    "A third of the 9,000 voters came.": [("eq", 1 / 3, 1 / 3, "fraction of voter"), ("eq", 9_000.0, 9_000.0, "voter")],
    "They keep 30 F-22 jets.": [("eq", 30.0, 30.0, "jet")],
    "Three dozen or so barns burned.": [("about", None, None, "barn")],
    "Rents rose by 300 to 4,100 crowns.": [("eq", 300.0, 300.0, ""), ("eq", 4_100.0, 4_100.0, "crown")],
    "Rents rose by 3 to 5 crowns.": [("between", 3.0, 5.0, "crown")],
    "In Lorn 60 people fled.": [("eq", 60.0, 60.0, "people")],
    "Between 200 and as many as 400 cooks left.": [("between", 200.0, 400.0, "cook")],
    "It says 9 of every 10 cooks left.": [("eq", 0.9, 0.9, "fraction of cook")],
    "Two or three hundred thousand fled.": [("between", 200_000.0, 300_000.0, "people")],
    "They poured 7m tonnes.": [("eq", 7e6, 7e6, "tonne")],
    "It holds from 1900 to 2000 litres.": [("between", 1900.0, 2000.0, "litre")],
    "Fares did not exceed 40 crowns.": [("up_to", None, 40.0, "crown")],
    "Tolls never topped $12.": [("up_to", None, 12.0, "dollar")],
    "The toll has climbed past 300.": [("more_than", 300.0, None, "people")],
    "They sold 3 million 90 mm shells.": [("eq", 3e6, 3e6, "shell"), ("eq", 90.0, 90.0, "millimetre")],
    "They got 30 long-range guns.": [("eq", 30.0, 30.0, "gun")],
    "Some 60 KN-23 and KN-25 missiles flew.": [("about", None, None, "missile")],
    "A crew of 14 was saved.": [("eq", 14.0, 14.0, "people")],
    "Two to five a week are lost.": [("between", 2.0, 5.0, "per week")],
    "Boys aged 11 to 14 sang.": [("between", 11.0, 14.0, "year of age")],
}

NAMES = (
    "They want Challenger 2 tanks.",
    "Tu-95 bombers flew by.",
    "Zorvan-44 drones were seen.",
    "They asked for Velgor 6 howitzers.",
    "SARS-CoV-2 spread.",
    "The DAX 40 rose.",
    "Fortune 500 firms left.",
    "Unit 29155 is named.",
    "Dial 0300 123 4567.",
    "They beat us 4-1.",
    "A 7-2 ruling followed.",
    "It came on day 45.",
    "See pages 12-15.",
    "He lives at 48 North Elm Street.",
    "Version 2.6 is out.",
    "The 2019 elections failed.",
    "Ada Lund, 44, and Bo Ek, 39, sang.",
    "She finished in the top-10.",
)

LOOSE = (
    "It carried 14.000 sacks.",
    "They sent 20 to 30,000 men.",
    "She lent Lorn 30 tanks.",
    "A 20' wall fell.",
    "They took 7,4 of them.",
    "They sold 3,14,2 sacks.",
    "It sank by minus twelve points.",
    "It rose nought point six per cent.",
    "They lost 7/9 boats.",
    "It took 10..12 sacks.",
    "It took 2h15 to land.",
    "The wall is 5ft 3in high.",
)


@pytest.mark.parametrize("written", VALUES)
def test_a_number_has_its_value_however_it_is_written(written: str) -> None:
    (found,) = numbers(f"Then {written}.")
    assert (found.value, found.end - found.start) == (pytest.approx(VALUES[written]), len(written))


@pytest.mark.parametrize("written", UNREAD)
def test_what_no_style_explains_has_no_value(written: str) -> None:
    assert [(found.value, found.is_loose) for found in numbers(f"Then {written} again.")] == [(None, True)]


@pytest.mark.parametrize("sentence", FOUND)
def test_ranges_rates_tolls_and_bounds(sentence: str) -> None:
    found = [(each.qualifier, each.low, each.high, each.unit) for each in quantities(sentence)]
    assert found == [(name, pytest.approx(low), pytest.approx(high), unit) for name, low, high, unit in FOUND[sentence]]


@pytest.mark.parametrize("sentence", NAMES)
def test_a_number_in_a_name_counts_nothing(sentence: str) -> None:
    assert quantities(sentence) == []


@pytest.mark.parametrize("sentence", LOOSE)
def test_a_figure_that_was_read_by_half_has_no_value(sentence: str) -> None:
    (found,) = quantities(sentence)
    assert found.loose
    assert (found.value, found.low, found.high) == (None, None, None)


def test_vague_words_leave_their_ends_open() -> None:
    ends = {
        text: [(one.low, one.high) for one in spelled(text)]
        for text in ("several hundred", "a couple of dozen", "tens of thousands", "a handful of men")
    }
    assert ends == {
        "several hundred": [(200.0, 999.0)],
        "a couple of dozen": [(18.0, 36.0)],
        "tens of thousands": [(20_000.0, 99_999.0)],
        "a handful of men": [(2.0, 9.0)],
    }


def test_characters_that_nobody_sees_are_no_part_of_a_number() -> None:
    text = "The fund gave 2.5 mil\u200blion crowns to 1,\u2060200 vil\u00adlagers."
    found = quantities(text)
    assert [(each.value, each.unit) for each in found] == [(2.5e6, "crown"), (1200.0, "villager")]
    assert [text[each.start : each.end] for each in found] == ["2.5 mil\u200blion crowns", "1,\u2060200 vil\u00adlagers"]


@given(st.text(alphabet="ab 1\u00ad\u200b\u2060", max_size=20))
def test_places_in_a_text_without_invisible_characters_lead_back(text: str) -> None:
    shown = identity(text).without_invisible()
    seen = [place for place, character in enumerate(text) if character not in "\u00ad\u200b\u2060"]
    assert shown.text == "".join(text[place] for place in seen)
    assert [shown.place(place) for place in range(len(seen))] == seen


def test_a_record_says_whether_its_figure_was_read_whole_and_what_it_is_per() -> None:
    text = "The army said it has 900 cooks. The guns fire 70 rounds a day. The army sent 20 to 30,000 soldiers in May."
    report = report_of(text.encode(), "note.txt")
    found = [claim["quantity"] for claim in readings_as_dict([read_document(report)])["claims"]]
    assert [(each["unit"], each["value"], each["low"], each["high"], each["loose"]) for each in found] == [
        ("cooks", 900.0, 900.0, 900.0, False),
        ("rounds per day", 70.0, 70.0, 70.0, False),
        ("soldiers", None, None, None, True),
    ]


def test_one_of_the_largest_is_a_quantifier() -> None:
    (found,) = quantities("It is one of the largest mills.")
    assert (found.kind, found.value, found.unit) == ("quantifier", 1.0, "mill")


@pytest.mark.parametrize(("word", "scale"), [("thousand", 10**3), ("million", 10**6), ("billion", 10**9), ("trillion", 10**12)])
def test_a_figure_times_its_scale_is_rounded_once(word: str, scale: int) -> None:
    """Tenths and hundredths of a billion are whole: 4.1 billion is 4,100,000,000, and no half a millionth less."""
    for hundredths in range(1, 1000, 7):
        told = Decimal(hundredths) / 100
        [found] = quantities(f"It cost {told} {word} dollars.")
        assert found.value == float(told * scale)
