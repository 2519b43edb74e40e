"""Which words are a chance, and which only stand between an amount and who says so."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.draft.draft import drafted_of, plan_of
from foedus.draft.foretold_questions import as_told
from foedus.draft.model_text import model_text
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


OPENING = (
    "Health officials have counted 2,400 cases in the outbreak of measles in Lowland, and 60 deaths of patients from the virus.",
    "About 400,000 people live in Lowland.",
    "There were 300 new cases of measles last week.",
)


@pytest.mark.parametrize("by, day", [("30 April 2024", date(2024, 3, 16)), ("31 March 2026", date(2024, 5, 2))])
def test_a_scenario_in_which_it_happens_is_seen_by_what_is_asked(told, by, day):
    """Set on a day behind all that is asked, what happens and what does not move the answers alike."""
    lines = [*OPENING, f"Lowland will probably open three treatment centres by {by}."]
    text = model_text(drafted_of(plan_of(told(lines, DAY), ["epidemic"]), "measles", "Measles"))
    [line] = [line for line in text.splitlines() if line.startswith("scenario if_epidemic_measures_begins")]
    assert f"= on {day} }}" in line and "after the last day" not in line


def test_a_scenario_of_a_day_behind_all_that_is_asked_says_so(told):
    lines = [*OPENING, "Lowland will open three treatment centres on 30 October 2025."]
    text = model_text(drafted_of(plan_of(told(lines, DAY), ["epidemic"]), "measles", "Measles"))
    [line] = [line for line in text.splitlines() if line.startswith("scenario if_epidemic_measures_begins")]
    assert "= on 2025-10-30 }" in line and "(on 30 October 2025, after the last day that is asked)" in line


NOT_TO_COME = {
    "what it would be": "Ostria says that any blockade would be “a declaration of war”.",
    "what it would count as": "The minister said that such a strike would amount to a breach of the treaty.",
    "how much can be done": "The port's two cranes, old as they are, could unload 900 tonnes a day.",
    "what a yard can do": "The yard can repair 12 ships a month, its owner said.",
    "a refusal of who speaks": "“We will not lower the tax,” he said.",
}


@pytest.mark.parametrize("sentence", NOT_TO_COME.values(), ids=NOT_TO_COME)
def test_what_something_would_be_or_can_do_is_no_event_that_comes(told, sentence):
    assert predictions(told([sentence], DAY).sentences, DAY) == []


COMES = [
    "Ostria says that a strike would begin in March.",
    "The port could unload 900 tonnes a day by July, its owner said.",
    "Output could fall by 2,000 barrels a day, the firm said.",
    "The government will not lower the tax this year.",
]


@pytest.mark.parametrize("sentence", COMES)
def test_what_comes_is_still_asked(told, sentence):
    assert len(predictions(told([sentence], DAY).sentences, DAY)) == 1


def test_by_then_is_the_day_that_the_sentence_before_names(told):
    lines = [
        "We see a 30 percent chance that the port closes before the end of 2025. The army could mine the bay by then.",
        "The union is on strike. Pay will rise by then.",
    ]
    found = {one.words: one.day for one in predictions(told(lines, DAY).sentences, DAY)}
    assert found == {"The port closes before the end of 2025": date(2025, 12, 31), "The army to mine the bay": date(2025, 12, 31)}


QUOTED = {
    "Rents will rise 4 percent this year, the central bank forecast.": "Rents to rise 4 percent this year",
    "The fleet will shrink by a third, we judge.": "The fleet to shrink by a third",
    "A truce before the end of the year has a 15 percent chance.": "“A truce before the end of the year”",
    "The drought could cut the harvest by a fifth.": "The drought to cut the harvest by a fifth",
    "- We judge that the bridge will open in May if the frost ends.": "“We judge that the bridge will open in May”",
}


@pytest.mark.parametrize("text", QUOTED)
def test_only_words_that_somebody_wrote_stand_in_quotation_marks(told, text):
    [one] = predictions(told([text], DAY).sentences, DAY)
    assert as_told(one, 100) == QUOTED[text]
