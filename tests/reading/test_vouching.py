"""Who vouches for a figure by the verb above it, what is taken for granted beside a denial, and what such words do not do."""

from __future__ import annotations

import pytest
from tests.reading.judged import judge

VOUCHED = {
    "The guild reckons 30 mills will close.": "eq 30 mill | s=guild",
    "The skipper promised to land 12 tonnes of cod.": "eq 12 tonne | s=skipper",
    "The dead were put at 7 by the abbot and at 9 by a nurses’ league.": "eq 7 * | s=abbot; eq 9 * | s=league",
    "The trust’s yearly ledger lists gifts of 3 million crowns.": "eq 3000000 crown | s=ledger",
    "The charge, made by the ferrymen, is that 20 permits were sold.": "eq 20 permit | s=ferrymen",
    "What the vicar meant to say was that 6 bells had cracked.": "eq 6 bell | s=vicar",
    "The report came from the shepherds: 40 ewes taken, 2 dogs shot.": "eq 40 ewe | s=shepherds; eq 2 dog | s=shepherds",
    "By noon 11 boats had sailed, per the harbour office.": "eq 11 boat | s=harbour office",
    "Norland said it had sunk 3 boats, while Sudland reported losing 2.": "eq 3 boat | s=Norland; eq 2 * | s=Sudland",
}
NARRATED = {
    "The storm claimed 40 lives.": "eq 40 life | s=NARRATOR",
    "The shop sells 40 loaves, per the usual recipe.": "eq 40 loaf | s=NARRATOR",
    "The well gives 40 litres a day.": "eq 40 litre per day | s=NARRATOR",
    "Polls showed that she led, but 12 weeks are a long time.": "eq 12 week | s=NARRATOR",
    "The raid that killed 3 men was swift.": "eq 3 man | s=NARRATOR",
}
GRANTED = {
    "The vet could not reach 4 of the 9 farms.": "eq 4 * | c=negated; eq 9 farm | c=affirmed",
    "Five goats were found; a sixth was not.": "eq 5 goat | c=affirmed",
    "No milk has left the valley, home to 700 people.": "eq 700 people | c=affirmed p=+",
    "Only a child would deny that 8 sheep drowned.": "eq 8 sheep | p=+",
}
DENIED = {
    "The vet denied that any of the 9 farms was ill.": "eq 9 farm | c=denied/negated",
    "The dairy has not shipped 40 crates.": "eq 40 crate | c=negated",
    "The council said 8 sheep had drowned; the shepherd denied this.": "eq 8 sheep | c=denied",
    "Not one of the 40 promised looms has come.": "eq 40 loom | c=negated/denied",
    "Talk of 40 sales proved premature.": "eq 40 sale | c=doubted/denied",
}
TIMED = {
    "Output fell to 30 tonnes in May from 50 a year earlier.": "eq 30 tonne | t=2024-05; eq 50 * | t=2023-05",
    "Trade rose from $4 million in 2016 to $9 million in 2021.": "eq 9000000 dollar | t=2021; eq 4000000 dollar | t=2016",
    "Fees rise 4 percent on Tuesday.": "eq 4 percentage | t=2024-10-29",
    "Ida Berg lifts 4 cups on Tuesday.": "eq 4 cup | t=2024-10-22/2024-10-25",
    "Thieves broke in on Tuesday, taking 5 clocks.": "eq 5 clock | t=2024-10-22",
}
WHOLE = {
    "One sailor in four falls ill.": "eq 0.25 *",
    "One sailor in four weeks fell ill.": "eq 1 sailor | x=optional; eq 4 week | x=optional",
    "Every month 40 hens die.": "eq 40 hen per month",
    "Lead fetched $900 a tonne after the fire.": "eq 900 dollar per tonne",
    "She took $900 a week after the fire.": "eq 900 dollar",
    "The pact caps each fleet at 12 trawlers.": "up_to 12 trawler",
    "Wages rose 3 percent, short of the 5 percent that was asked for.": "eq 3 percentage; eq 5 percentage",
    "Wages rose just short of 5 percent.": "less_than 5 percentage",
    "Clerks ducked questions about 12 lost files.": "eq 12 file",
    "They lost about 12 files.": "about 12 file",
    "The firm owes 5 million kroner.": "eq 5000000 krone",
}


@pytest.mark.parametrize(("text", "want"), [*VOUCHED.items(), *NARRATED.items()])
def test_a_figure_has_the_source_that_vouches_for_it(text: str, want: str) -> None:
    assert not judge(text, want).wrong


@pytest.mark.parametrize(("text", "want"), [*GRANTED.items(), *DENIED.items()])
def test_what_is_denied_takes_nothing_with_it_that_is_there(text: str, want: str) -> None:
    assert not judge(text, want).wrong


@pytest.mark.parametrize(("text", "want"), [*TIMED.items(), *WHOLE.items()])
def test_times_and_figures_are_read_to_their_end(text: str, want: str) -> None:
    assert judge(text, want).kind == "right"
