"""Whose a figure is that a noun of a view, a verb with "of", a colon or hearsay hands on, and how far an attribution reaches."""

from __future__ import annotations

import pytest
from tests.reading.judged import judge

VIEWS = {
    "The guild’s forecast is for yields of 6 tonnes.": "eq 6 tonne | s=guild",
    "Yields were 6 tonnes, compared with a ministry forecast of 8 tonnes.": "eq 6 tonne | s=NARRATOR; eq 8 tonne | s=ministry",
    "Yields were 6 tonnes, above growers’ estimates of 5 tonnes.": "eq 6 tonne | s=NARRATOR; eq 5 tonne | s=growers",
    "Rents rose 6 percent, beating the 5 percent predicted by brokers.": "eq 6 percentage | s=NARRATOR; eq 5 percentage | s=brokers",
    "The mean projection of 12 economists was for a rise of 6 percent.": "eq 12 economist; eq 6 percentage | s=economists",
    "Economists see rents at 6 percent above last year’s level.": "eq 6 percentage | s=conomists",
    "The brewer lifted its guidance for the season to 6 million crowns.": "eq 6000000 crown | s=brewer",
    "The brewer said it sold more. It lifted its outlook for the season to 6 million crowns.": "eq 6000000 crown | s=brewer",
    "The council kept the estimate at 6 million crowns.": "eq 6000000 crown | s=council",
    "The frost cut the estimate to 6 tonnes.": "eq 6 tonne | s=NARRATOR",
    "The police tally is 6, and the toll of the quake is 9.": "eq 6 *; eq 9 * | s=NARRATOR",
    "The brewer said it had sold 6 casks, fewer than the 9 that traders had predicted.": "eq 6 cask | s=brewer; eq 9 * | s=traders",
}
VERBS = {
    "The council forecast on Friday that rents would rise by 6 percent.": "eq 6 percentage | s=council",
    "Brokers asked by the guild had forecast rents would rise 6 percent.": "eq 6 percentage | s=Brokers",
    "The nurse warned of 6 empty beds.": "eq 6 bed | s=nurse",
    "Nurses told the panel of 6 empty beds.": "eq 6 bed | s=Nurses",
    "The guild complained of 6 late payments.": "eq 6 payment | s=guild",
    "The Norland Office of Trade and Rents (NOTAR) forecast rents of 6 crowns in the year that begins in July.": "eq 6 crown | s=NOTAR/Office",
    "The trust forecast losses of 6 million crowns.": "eq 6000000 crown | s=trust",
    "A weather forecast that drew 6 callers was late.": "eq 6 caller | s=NARRATOR",
}
HANDED = {
    "The coastguard said in a bulletin: 6 sailors are missing.": "eq 6 sailor | s=coastguard",
    "Firefighters gave the following count: 6 barns burnt, 2 cows dead.": "eq 6 barn | s=Firefighters; eq 2 cow | s=Firefighters",
    "The village learnt that 6 wells were foul.": "eq 6 well | s=UNKNOWN",
    "There were rumours that 6 wells were foul.": "eq 6 well | s=UNKNOWN",
    "The ferry sank with 6 aboard, according to the port, and 2 divers searched for it.": "eq 6 * | s=port; eq 2 diver | s=NARRATOR",
    "According to the port, the ferry sank, and 2 divers searched for it.": "eq 2 diver | s=port",
    "According to the survey, 6 wells were foul and there was “hardly a clean well.”": "eq 6 well | s=survey",
    "As 6 divers searched, the mayor said the dyke would hold.": "eq 6 diver | s=NARRATOR",
    "State radio quoted the navy as saying 6 sailors drowned.": "eq 6 sailor | s=navy",
}


@pytest.mark.parametrize(("text", "want"), [*VIEWS.items(), *VERBS.items(), *HANDED.items()])
def test_a_figure_is_theirs_whose_view_or_word_it_is(text: str, want: str) -> None:
    assert not judge(text, want).wrong
