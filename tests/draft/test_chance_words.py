"""Which words are a chance, and which only stand between an amount and who says so."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.draft.predictions import predictions

DAY = date(2024, 2, 1)


def chance(told, text: str) -> tuple[tuple[float, float], str]:
    [one] = predictions(told([text], DAY).sentences, DAY)
    return one.chance, one.because


@pytest.mark.parametrize("by", ["half", "a third"])
def test_an_amount_before_who_says_so_is_no_chance(told, by):
    plain = chance(told, f"The ministry said that a levy would cut imports by {by} this year.")
    assert chance(told, f"A levy would cut imports by {by} this year, the ministry said.")[0] == plain[0]
    assert "ministry said" not in chance(told, f"A levy would cut imports by {by} this year, the ministry said.")[1]
