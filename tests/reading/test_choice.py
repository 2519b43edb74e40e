"""Which day and which speaker are a figure's: the one that syntax ties to it, or none and a rule that says that it is open."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from foedus.evidence.reading import read_document, readings_as_dict, report_of
from foedus.evidence.reading.choice import Bond, choose

PUBLISHED = date(2024, 10, 25)


def _claims(text: str) -> list[dict[str, Any]]:
    claims: list[dict[str, Any]] = readings_as_dict([read_document(report_of(text.encode(), "note.txt", PUBLISHED))])["claims"]
    return claims


def _of(text: str, figure: str) -> dict[str, Any]:
    return next(claim for claim in _claims(text) if claim["quantity"] and figure in claim["quantity"]["text"])


def test_a_candidate_of_its_own_is_taken_before_nearer_ones_that_are_open() -> None:
    found = choose([("near", Bond.OPEN), ("far", Bond.OWN)])
    assert (found.taken, found.rivals, found.is_open) == ("far", (), False)


def test_what_is_open_is_not_taken_and_what_is_another_s_is_no_rival() -> None:
    found = choose([("one", Bond.OPEN), ("two", Bond.OTHER), ("three", Bond.OPEN)])
    assert (found.taken, found.rivals, found.is_open) == (None, ("one", "three"), True)
    assert not choose([("two", Bond.OTHER)]).is_open


_DAYS = {
    # of a thing that the figure is not told of
    "The sluices, built in the 1960s, let through about 9 million litres.": ("9 million", None, False),
    "The court on Tuesday threw out a lease that let the quarry run for 30 years.": ("30 years", None, True),
    "The barge, a 70-metre hull, was raised on May 3.": ("70-metre", None, False),
    "The clinic got 4 pumps on Monday, out of 9 that it had asked for.": ("9", None, False),
    "A fund bought the yard on 1 May; the auditor puts the debt at 13 million.": ("13 million", None, False),
    # a tense that does not agree
    "By Monday 50 lorries had queued up, and the jam could cost 3 million crowns.": ("3 million", None, False),
    "Prices rose on 29 September and have since fallen back by 8 percent.": ("8 percent", None, False),
    # behind a row of deeds
    "We asked for 600 masks and got nothing on Friday.": ("600", None, True),
    "The lender serves 300 farms and held deposits of 6 million as of Monday.": ("300", None, False),
    "At least 3 mills are to be sold or shut in March.": ("3 mills", "2025-03", False),
    # how long, and what it is held against
    "Herds recover in about six months.": ("six months", None, False),
    "Stocks fell below 50 tonnes, from 700 at the end of 2019.": ("50 tonnes", None, False),
    "Losses came to 53 million, three times those of the flood in 2018.": ("53 million", None, False),
    # its own
    "Since the siren sounded on Thursday, 7 boats have left.": ("7 boats", ">=2024-10-24", False),
    "On Monday guards shot 3 wolves and caught 5.": ("3 wolves", "2024-10-21", False),
    "The vote, set for 3 February, will fill 90 seats.": ("90 seats", "2025-02-03", False),
    "The firm is closing 4 sites and lost 6 million in the third quarter.": ("6 million", "[2024-07,2024-09]", False),
}


@pytest.mark.parametrize("text", _DAYS)
def test_a_day_is_a_figure_s_where_syntax_ties_them(text: str) -> None:
    figure, day, is_open = _DAYS[text]
    claim = _of(text, figure)
    assert ((claim["time"] or {}).get("value"), "rival-days" in claim["rules"]) == (day, is_open)


def test_the_day_of_a_word_beside_said_lies_behind_although_what_is_said_lies_ahead() -> None:
    claim = _of("She said on Sunday she would not sign the act, which allows 80 days.", "80 days")
    assert (claim["time"], claim["said"]["value"]) == (None, "2024-10-20")


def test_when_one_of_two_speakers_spoke_is_not_when_the_other_did() -> None:
    claim = _of(
        "The chamber reckons that blockades cost 17 million, and farmers said last week that they lost 90 tonnes.", "17 million"
    )
    assert claim["said"] is None


_SPEAKERS = {
    "The Grain Board was named receiver. It said 90 silos stood empty.": ("90 silos", "Grain Board"),
    "Blue Quarry says it put in 10 million. It denied that 40 men had left.": ("40 men", "Blue Quarry"),
    "The port agency rejects that: it says that the crew knew of 4 leaks.": ("4 leaks", "port agency"),
    "The World Food Body said 9 ships sank. The International Body for Seamen put the missing at 300.": (
        "300",
        "International Body for Seamen",
    ),
    "The cost was far below the 4 billion that some lenders had predicted.": ("4 billion", "lenders"),
    "Brokers at Dorn cut their forecast for the harvest by 300 tonnes.": ("300 tonnes", "Brokers at Dorn"),
    "Management expected another 90 million to leave.": ("90 million", "Management"),
    "It carried 3,600 tonnes of gravel, a lawmaker, Ana Rok, said, citing the operator.": ("3,600 tonnes", "UNKNOWN"),
    "“The ban is a shock,” a dealer with a global trading house said. “We lost 40 cargoes.”": (
        "40 cargoes",
        "dealer with a global trading house",
    ),
    "Dorn Bank has promised 600 million and Norvia a credit line of 90 million.": ("90 million", "UNKNOWN"),
}


@pytest.mark.parametrize("text", _SPEAKERS)
def test_a_speaker_is_a_figure_s_where_syntax_ties_them(text: str) -> None:
    figure, speaker = _SPEAKERS[text]
    assert _of(text, figure)["source"]["canonical"] == speaker


_STANCES = {
    "If rates rise, losses, which stood at 620 million in December, would exceed 700 million.": ("620 million", "affirmed"),
    "The lender lost 100 million, not counting the 30 million that others had placed with it.": ("30 million", "affirmed"),
    "The firm made a profit of 219 million; it denies that it has withheld supplies.": ("219 million", "affirmed"),
    "The union accused the mill of hiding 150 burns, a charge that it dismissed.": ("150 burns", "denied"),
}


@pytest.mark.parametrize("text", _STANCES)
def test_a_stance_reaches_as_far_as_its_clause(text: str) -> None:
    figure, stance = _STANCES[text]
    assert _of(text, figure)["commitment"] == stance
