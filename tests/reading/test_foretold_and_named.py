"""What is foretold in the passive, who is told apart by what was done to him, what stands behind a figure in brackets, and until when."""

from __future__ import annotations

import pytest

pytest.importorskip("spacy")

from tests.reading.judged import claims_in, judge

FIGURES = {
    "Wool output is seen declining by 9 percent to 1.2 million bales.": (
        "eq 9 percentage | h=probable m=future; eq 1200000 bale | h=probable m=future"
    ),
    "Wool exports are forecast to fall to 2.5 million bales.": "eq 2500000 bale | h=probable m=future",
    "The trade is projected to reach 40 million crowns.": "eq 40000000 crown | h=probable m=future",
    "A map was projected onto 12 walls.": "eq 12 wall | h=asserted",
    "The 14 herders were seen leaving with 30 goats.": "eq 14 herder | h=asserted m=actual; eq 30 goat | h=asserted m=actual",
    "Some 25 divers lost each year are never found.": "about 25 diver per year | c=affirmed",
    "At least 18 weavers injured by the loom were not paid.": "at_least 18 weaver | c=affirmed",
    "The 70 barns flooded in May cannot be used.": "eq 70 barn | c=affirmed t=2024-05",
    "The 7 kilns planned for 2023 were not built.": "eq 7 kiln | c=negated",
    "The 12 ferries were not painted.": "eq 12 ferry | c=negated",
    "The guild counted 3,120 looms (22 to 27 May 2023) and 40 mills.": "eq 3120 loom | t=[2023-05-22,2023-05-27]; eq 40 mill | t=![2023-05-22,2023-05-27]",
    "We give a 30 percent chance that wool passes $9 a bale by the end of April.": (
        "eq 30 percentage | t=<=2025-04-30; more_than 9 dollar per bale | t=<=2025-04-30"
    ),
    "Wardens see a 5 percent chance that 40 boats sink before July 2025.": "eq 5 percentage | t=<=2025-06; eq 40 boat | t=<=2025-06",
    "The guild wants to open 12 mills by June 2026. By then it will have hired 90 weavers.": (
        "eq 12 mill | t=<=2026-06; eq 90 weaver | t=<=2026-06"
    ),
    "Some lambs die before the end of 2025. We see a 5 percent chance that Lorn shuts 7 pens by then.": (
        "eq 5 percentage | t=<=2025-12-31; eq 7 pen | t=<=2025-12-31"
    ),
    "Twelve men were jailed by then Chancellor Berg.": "eq 12 man | t=!by",
    "Only 85 carts had come by the end of last month.": "eq 85 cart | t=<=2024-09-30",
    "The guild had paid 12 crowns by the end of last week.": "eq 12 crown | t=<=2024-10-20",
    "At the end of last month 34 weavers were missing.": "eq 34 weaver | t=[2024-09-21,2024-09-30]",
    "In the week to 4 May, 19 lambs were born. Some 61 died the day before yesterday.": (
        "eq 19 lamb | t=[2024-04-28,2024-05-04]; about 61 * | t=2024-10-23"
    ),
    "A report from the Wool Council put the clip at 40 tonnes.": "eq 40 tonne | s=Wool Council",
    "A new study by the WHB says 42 hectares are dry.": "eq 42 hectare | s=WHB",
    "A fence would cut losses by half, the institute said.": "eq 0.5 * | h=!probable s=institute",
    "The mill tacitly admitted that 40 looms were idle.": "eq 40 loom | h=probable",
    "The ban is unlikely to cost 40 crowns.": "eq 40 crown | c=doubted s=NARRATOR",
    "The guild is doubtful that 40 looms were lost.": "eq 40 loom | c=doubted s=guild",
    "The wait has grown from 3.5 days in May to 11 days.": "eq 3.5 day | t=2024-05; eq 11 day | t=!2024-05",
    "Output fell from 3.5 tonnes in May to 1.1 tonnes.": "eq 3.5 tonne | t=2024-05; eq 1.1 tonne | t=!2024-05",
    "A report from Lorn said 40 lambs were lost.": "eq 40 lamb | s=report from Lorn",
    "The clinic treated 40 divers (May 2023).": "eq 40 diver | t=2023-05",
}


VOICES = {
    "The Velm dam spills 1,200 tonnes a day, its operator said.": "Velm dam's operator",
    "The Lorn mill is lending 55 looms, its director said.": "Lorn mill's director",
}


@pytest.mark.parametrize(("text", "voice"), VOICES.items())
def test_what_is_called_its_is_of_what_opens_the_sentence(text: str, voice: str) -> None:
    opener = "Ada Lund, a spokeswoman for the Red Cross, said 7 were ill.\n\nThe bridge will open on Friday, its engineer said. "
    spoken = [each["source"]["canonical"] for each in claims_in(opener + text) if each["quantity"]]
    assert spoken[-1] == voice


OPEN = (
    "The town had 400 kilns in 1990 and 300 in 2000. By then 90 carts had burned.",
    "The 40 mills will be shut by then.",
)


@pytest.mark.parametrize("text", OPEN)
def test_a_day_that_is_pointed_back_to_is_left_open_where_none_or_several_were_named(text: str) -> None:
    last = [each for each in claims_in(text) if (each["time"] or {}).get("text", "").lower() == "by then"]
    assert last
    assert all(each["time"]["value"] is None and "rival-days" in each["rules"] for each in last)


@pytest.mark.parametrize(("text", "want"), FIGURES.items())
def test_a_figure_is_read_as_it_is_told(text: str, want: str) -> None:
    verdict = judge(text, want)
    assert (verdict.wrong, verdict.left_out) == ((), ())
