"""A second voice behind a "while", what is stopped from being done, what was told to happen, and how sure a finding is called."""

from __future__ import annotations

import pytest

pytest.importorskip("spacy")

from tests.reading.judged import judge

FIGURES = {
    "The fleet said it had lost 12 boats while the insurgents claimed 30.": "eq 12 boat | s=fleet; eq 30 boat | s=insurgents",
    "According to the mill 90 were laid off, while the union reports 140.": "eq 90 people | s=mill; eq 140 people | s=union",
    "Wardens stopped 70 hikers from climbing the dam.": "eq 70 hiker | c=affirmed",
    "Some 22 trawlers were barred from sailing.": "about 22 trawler | c=affirmed",
    "Guards failed to keep 15 goats from getting out.": "eq 15 goat | c=affirmed",
    "The ruling bars the mine from felling 800 oaks.": "eq 800 oak | c=negated",
    "The dyke averted 40 deaths.": "eq 40 death | c=negated",
    "The growers were told two years ago that 60 wells would be dug.": "eq 60 well | c=affirmed m=future",
    "Teachers were promised in spring that 30 schools would be painted.": "eq 30 school | c=affirmed m=future",
    "The cook was asked whether 50 eggs would do.": "eq 50 egg | c=asked",
    "The board found with low confidence that 14 seals had been broken.": "eq 14 seal | h=possible",
    "The board finds with moderate confidence that 14 seals were broken.": "eq 14 seal | h=probable",
    "The lift took 19 people, more than it should.": "eq 19 people | h=asserted",
    "About 900 weavers are idle, a number that may reach 1,400 soon.": "about 900 weaver | h=asserted; eq 1400 weaver | h=possible",
    "A lorry that may have been stolen hit 2 stalls.": "eq 2 stall | h=asserted",
    "Norland will lend 12 tugs next year, on top of the five it has already sent.": "eq 12 tug | m=future; eq 5 tug | m=actual",
    "Two more wells ran dry, taking the total to 31.": "additional 2 well; eq 31 * | c=affirmed",
    "Guides want 15 percent over two, after 9 percent over three years.": "eq 15 percentage; eq 9 percentage",
    "Few of the wells work, and 900 families have left, OXFAM says.": "eq 900 family | s=OXFAM",
    "The group has 450 boats, according to a UN survey published in July.": "eq 450 boat | s=survey",
    "A magnitude 6.4 earthquake shook 12 towns.": "eq 6.4 magnitude; eq 12 town",
    "The Board for a Fair Harvest said 45 presses were sealed.": "eq 45 press | s=Board for a Fair Harvest",
    "Two in five had sold sheep.": "eq 0.4 fraction",
    "The guide said that without rope 12 climbers would be lost.": "eq 12 climber | c=conditional",
    "The guide said that without delay 12 tents would be sent.": "eq 12 tent | c=affirmed",
    "Wool is to be taxed at 7 percent.": "eq 7 percentage | m=future",
    "The towns agreed in May to lend 70 boats.": "eq 70 boat | m=future",
    "A poll taken from Aug. 3 to 9 put the guild at 34 percent.": "eq 34 percentage",
    "Only 31 percent of mills had pumps, while 9 percent of barns were insured, according to the guild.": (
        "eq 31 percentage | s=guild; eq 9 percentage | s=guild"
    ),
    "Some 900 mules died in Lorn, Velm and Marn, the World Herding Board (WHB) has disclosed.": "about 900 mule | s=World Herding Board",
    "The ministry said on Nov. 8 that it projects exports in 2021-22 at 14 million tonnes.": "eq 14000000 tonne | s=ministry",
    "Wardens combing the dunes said Tuesday that 45 huts were lost.": "eq 45 hut | s=Wardens",
    "Last week in Velm, Lorn's forest minister, Karl Ohm, said 45 mills had shut.": "eq 45 mill | s=Karl Ohm",
    "The fire grew to over half a square mile.": "more_than 0.5 square mile",
    "The bank cut its rate by half a percentage point.": "eq 0.5 percentage point",
    "All told, more than 2,600 beekeepers have signed.": "more_than 2600 beekeeper | s=NARRATOR",
    "It has been learnt that 210 crates were sold.": "eq 210 crate | c=affirmed",
    "As many as 347 stalls have been built.": "eq 347 stall",
    "As many as 350 stalls have been built.": "up_to 350 stall",
}


@pytest.mark.parametrize(("text", "want"), FIGURES.items())
def test_a_figure_is_read_as_it_is_told(text: str, want: str) -> None:
    verdict = judge(text, want)
    assert (verdict.wrong, verdict.left_out) == ((), ())
