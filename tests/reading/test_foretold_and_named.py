"""What is foretold in the passive, who is told apart by what was done to him, and what stands right behind a figure in brackets."""

from __future__ import annotations

import pytest

pytest.importorskip("spacy")

from tests.reading.judged import judge

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
    "The clinic treated 40 divers (May 2023).": "eq 40 diver | t=2023-05",
}


@pytest.mark.parametrize(("text", "want"), FIGURES.items())
def test_a_figure_is_read_as_it_is_told(text: str, want: str) -> None:
    verdict = judge(text, want)
    assert (verdict.wrong, verdict.left_out) == ((), ())
