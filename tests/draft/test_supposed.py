"""What is only thought through is no prediction; what somebody foretells with "would" is."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.draft.predictions import predictions
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


@pytest.mark.parametrize(
    "condition",
    ["If nothing changes", "If current trends continue", "Unless something changes", "If the present pace is kept up"],
)
def test_that_all_goes_on_is_no_condition_of_what_is_foretold(told, condition: str) -> None:
    day = date(2024, 5, 15)
    [one] = predictions(told([f"{condition}, the camps will be full by August 2024."], day).sentences, day)
    [other] = predictions(told(["If the dam breaks, the camps will be full by August 2024."], day).sentences, day)
    assert not one.is_conditional and other.is_conditional and one.chance[0] > other.chance[0]
