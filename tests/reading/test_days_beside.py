"""The day of a figure beside another: that of a report, of a thing it is held against, or of a deed in another tense."""

from __future__ import annotations

import pytest
from tests.reading.judged import claims_in, judge

PERIODS = {
    "The council reported on Friday a surplus of 6 million crowns for the second quarter.": "eq 6000000 crown | t=[2024-04,2024-06]",
    "The airline on Friday posted a second-quarter profit of 6 million crowns.": "eq 6000000 crown | t=[2024-04,2024-06]",
    "The council in March lifted its estimate for rents in 2026 to 6 percent.": "eq 6 percentage | t=2026",
    "Thieves stole 6 clocks from a shop in July.": "eq 6 clock | t=2024-07",
    "The hospital reported 6 births on Friday.": "eq 6 birth | t=2024-10-25/2024-10-18",
}
UNDATED = (
    "Rents are 6 percent below their peak of August 2021.",
    "Catches were 6 percent above the low of July 2019.",
    "Before Friday’s derby, 6 players had left.",
    "The inn was built in 1888 and sleeps 6 guests.",
)


@pytest.mark.parametrize(("text", "want"), PERIODS.items())
def test_the_day_of_a_figure_is_not_that_of_what_stands_beside_it(text: str, want: str) -> None:
    assert judge(text, want).kind == "right"


@pytest.mark.parametrize("text", UNDATED)
def test_a_figure_has_no_day_of_what_it_is_held_against(text: str) -> None:
    claims = [claim for claim in claims_in(text) if claim["quantity"]]
    assert [claim["quantity"]["value"] for claim in claims] == [6]
    assert (claims[0]["time"] or {}).get("value") is None


AHEAD = {
    "Rents in the fourth quarter are expected to fall 6 percent from the same period in 2019.": "eq 6 percentage | t=[2024-10,2024-12]",
    "Calls fell by 60 in July after a drop of 30 calls in June.": "eq 60 * | t=2024-07; eq 30 call | t=2024-06",
    "The guild looked set to hire 6 cooks in December.": "eq 6 cook | t=2024-12",
}


@pytest.mark.parametrize(("text", "want"), AHEAD.items())
def test_a_time_of_two_is_the_one_in_the_phrase_of_the_figure(text: str, want: str) -> None:
    assert not judge(text, want).wrong


def test_a_fiscal_quarter_is_no_quarter_of_the_calendar() -> None:
    claims = [claim for claim in claims_in("Profit in the fiscal second quarter was 6 million crowns.") if claim["quantity"]]
    assert [claim["quantity"]["value"] for claim in claims] == [6e6]
    assert (claims[0]["time"] or {}).get("value") is None
