"""What is only thought through is no prediction; what somebody foretells with "would" is."""

from __future__ import annotations

import pytest

from foedus.draft.supposed import is_supposed


@pytest.mark.parametrize(
    "text",
    [
        "A closure of the canal would add ten days to a voyage, the line said.",
        "An embargo would be an act of war, the minister told parliament.",
        "Closing the port could cost the island 40 million dollars a week.",
        "That would be about 60,000 a year.",
        "This would leave the town with two wells.",
        "Insurers would stop cover within days.",
        "Any new clash would bring the army back to the border.",
    ],
)
def test_what_would_follow_from_what_nobody_foretells_is_supposed(text: str) -> None:
    assert is_supposed(text)


@pytest.mark.parametrize(
    "text",
    [
        "The spokesman said that the army would take the town by May.",
        "Prices would rise by a fifth by June, the bank said.",
        "A blockade is unlikely before 2026.",
        "The ministry expects that a ban would follow in May.",
        "A second ship would arrive on Friday, the ministry said.",
        "If the harvest fails, a ban would follow.",
        "The union will strike in June.",
        "A deal could come within weeks, two diplomats said.",
    ],
)
def test_what_somebody_foretells_is_not(text: str) -> None:
    assert not is_supposed(text)
