"""A verdict in the next sentence: what it calls false is denied, what it doubts is doubted, and nothing else is touched."""

from __future__ import annotations

import pytest

pytest.importorskip("spacy")

from tests.reading.judged import claims_in

VERDICTS = {
    "The guild gave its debts as 85 million crowns. That is untrue.": ("denied", "NARRATOR"),
    "The owner put the number of guests at 340. This is not true, two cooks said.": ("denied", "cooks"),
    "The owner said 340 guests had come. Those numbers are inflated.": ("doubted", "NARRATOR"),
    "The owner said 340 guests had come. His claim turned out to be a fabrication.": ("denied", "NARRATOR"),
    "The owner said 340 guests had come. That may be a myth.": ("doubted", "NARRATOR"),
    "The owner said 340 guests had come. He was mistaken.": ("denied", "NARRATOR"),
    "Rents rose by 12 percent. That is not correct.": ("denied", "NARRATOR"),
    "Rents rose by 12 percent. That is absurd.": ("affirmed", "NARRATOR"),
    "The owner said 340 guests had come. That is correct.": ("affirmed", "owner"),
    "The owner said 340 guests had come. It was late.": ("affirmed", "owner"),
    "The owner said 340 guests had come. Is that false?": ("affirmed", "owner"),
}


@pytest.mark.parametrize("text", VERDICTS)
def test_a_figure_that_the_next_sentence_calls_false_is_not_affirmed(text: str) -> None:
    kind, giver = VERDICTS[text]
    counted = [claim for claim in claims_in(text) if claim["quantity"]]
    assert [claim["commitment"] for claim in counted] == [kind]
    assert giver in counted[0]["source"]["canonical"]
