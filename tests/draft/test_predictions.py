"""What is asked of what may come: things of which one can say afterwards whether they came."""

from __future__ import annotations

import dataclasses
import re
from datetime import date

import pytest

from foedus.draft.draft import default_title, drafted_of, plan_of
from foedus.draft.model_text import model_text
from foedus.draft.predictions import predictions

AS_OF = date(2024, 3, 1)
SAID = {
    "The ministry could close the harbour before the summer.": "The ministry to close the harbour",
    "Growers may sell their herds this autumn.": "Growers to sell their herds",
    "“The lake could run dry,” said Anna Berg, who has measured it for years.": "The lake to run dry",
    "Northland could recall its envoy, diplomats said.": "Northland to recall its envoy",
}
UNSAID = (
    "“We don’t know how long the dam could hold,” said the engineer.",
    "There is a chance of some kind that somebody may learn from this.",
    "How they would do that is up to them.",
    "This is a matter that could occupy many people for long.",
)


@pytest.fixture(scope="module")
def asked(told) -> list[str]:
    material = told([*SAID, *UNSAID], AS_OF)
    return [one.words for one in predictions(material.sentences, AS_OF)]


@pytest.mark.parametrize("words", SAID.values())
def test_what_could_come_is_asked_in_its_own_words(asked, words):
    assert any(one.startswith(words) for one in asked), asked


def test_what_nobody_could_decide_afterwards_is_not_asked(asked):
    for words in ("know how long", "chance of some kind", "up to them", "occupy many"):
        assert not any(words in one for one in asked), (words, asked)
    assert not any("said Anna" in one for one in asked)


def test_a_case_is_not_called_like_a_file(material):
    assert default_title(material("ebola")).startswith("Ebola")
    assert "." not in default_title(material("strike"))[-5:]


@pytest.mark.parametrize("words", ["Wire Agency, 1 May 2024", "May 3, 2024"])
def test_a_line_of_date_is_no_title(told, words):
    material = told(["The lake could run dry."], AS_OF)
    report = material.readings[0].report
    dated = dataclasses.replace(material.readings[0], report=dataclasses.replace(report, title=words))
    assert default_title(dataclasses.replace(material, readings=(dated,))) == "What 1 report says"


STORES = (
    "The ministry said 210,000 tonnes of rice were in store at the end of February.",
    "Farmers harvest about 45,000 tonnes of rice a month.",
    "Mills use about 40,000 tonnes of rice a month.",
    "The government is likely to ban exports of rice by July, an analyst said.",
)


def test_what_no_part_reads_is_asked_and_not_tried(told):
    """A ban that no slot reads changes no part: a scenario of it, or a headline, would say nothing and look like a finding."""
    plan = plan_of(told(STORES, AS_OF), ["goods"])
    text = model_text(drafted_of(plan, "stores", "Stores"))
    assert "ban exports of rice" in text and "event " in text and "question will_" in text
    names = [line.split()[1] for line in text.splitlines() if line.startswith(("let ", "event "))]
    assert not any(name.endswith("_holds") for name in names)
    assert "headline" not in text and "scenario without_" not in text


@pytest.mark.parametrize("subject", ["grain", "palm", "ebola", "strike", "refugees", "vaccine"])
def test_every_trigger_of_a_draft_is_read_by_a_part(material, subject):
    text = model_text(drafted_of(plan_of(material(subject)), "case", "Case"))
    for name in (line.split()[1] for line in text.splitlines() if line.startswith("let ") and line.split()[1].endswith("_holds")):
        assert text.count(name) > 1, f"{name} is read by nothing"


def test_a_headline_holds_what_may_happen_against_what_is_reported(material):
    """The first scenario of a headline is the world that the second one is compared with, so the change is that of the happening."""
    text = model_text(drafted_of(plan_of(material("ebola")), "case", "Case"))
    (headline,) = [line for line in text.splitlines() if line.startswith("headline ")]
    assert re.search(r'^headline "What does it change if this happens: .+\?" compare as_reported with if_\w+ on ', headline)
    assert "over 20,000 people on" in text and "000 person on" not in text
