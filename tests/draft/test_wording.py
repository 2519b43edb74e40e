"""Questions of yes or no by rule: grammatical where they are put, and not put where the grammar is not sure."""

from __future__ import annotations

import re
from datetime import date

import pytest

from draft.conftest import SUBJECTS
from foedus.draft.decisions import begun
from foedus.draft.model_text import model_text, questions_of
from foedus.draft.wording import bare, yes_or_no

LOWERED = frozenset("the a an ministry government rice farmer storage tanks".split())
ASKED = {
    "The government could ban exports of rice by 31 July 2024.": "Will the government ban exports of rice",
    "The ministry is expected to lift the ban on 3 May.": "Will the ministry lift the ban",
    "Northland is also set to recall its envoy.": "Will Northland recall its envoy",
    "Farmers will likely plant less rice.": "Will farmers plant less rice",
    "Farmers are unlikely to plant rice.": "Will farmers plant rice",
    "Storage tanks may be full within a month.": "Will storage tanks be full",
    "The government will decide on 3 May whether to lift the ban.": "Will the government lift the ban",
    "The government is considering whether to ban exports of rice.": "Will the government ban exports of rice",
    "The firm plans to hire 200 drivers.": "Will the firm hire 200 drivers",
    "There is a 30 percent chance that the port is closed by June.": "Will the port be closed",
    "We put the chance of a strike at the port at 20 percent.": "Will there be a strike at the port",
    "Analysts expect a deal to be reached.": "Will a deal be reached",
    "A collapse of the dam is very unlikely.": "Will there be a collapse of the dam",
    "Brazil, Argentina and Chile may leave the pact.": "Will Brazil, Argentina and Chile leave the pact",
    "Anna Berg, the minister of finance, could resign.": "Will Anna Berg, the minister of finance, resign",
    "The government, which lost the vote, could resign.": "Will the government resign",
    "The dam could fail, engineers said.": "Will the dam fail",
    "The ministry could close the road from 3 May.": "Will the ministry close the road",
    "Kenya may open the border, which closed in May.": "Will Kenya open the border",
    "“The lake could run dry,” said Anna Berg, who has measured it for years.": "Will the lake run dry",
    "Farmers Without Land will very probably sue.": "Will Farmers Without Land sue",
    "The Farmers Bank will almost certainly close.": "Will the Farmers Bank close",
    "Farmer Canadian groups probably will sue.": "Will farmer Canadian groups sue",
}
TIMES = ["by 31 July 2024", "on 3 May", "from 3 May", "by June", "within a month"]
UNSURE = (
    "245,000 people will have come to Chad by 31 July 2024.",
    "He could resign.",
    "This could bring prices down.",
    "The ministry could ban it.",
    "Workers who struck could return.",
    "The dam will not hold.",
    "The dam could hold for three weeks.",
    "The ministry may extend the ban next year.",
    "The ministry may extend the ban in May.",
    "A strike may have begun.",
    "Nobody may enter.",
    "If the price stays high, the ban could be extended.",
    "The ban could be lifted if prices fall.",
    "Striking workers could return.",
    "A strike looms at the port.",
    "Tanks can hold 6 million tonnes, so they may be full.",
    "Beyond the border, the war could spread.",
    "The ban may last no more than a month.",
    "Analysts expect the price to fall, and then a “long winter.",
    "The minister said the bridge could reopen.",
    "",
    "will",
    "could could could",
)


@pytest.mark.parametrize("text", ASKED)
def test_what_is_sure_is_asked_in_a_sentence(text):
    assert yes_or_no(text, LOWERED, TIMES) == ASKED[text]


@pytest.mark.parametrize("text", UNSURE)
def test_what_is_not_sure_is_not_asked(text):
    assert yes_or_no(text, LOWERED, TIMES) == ""


def test_a_time_that_is_not_that_of_the_question_stays_and_makes_it_unsure():
    text = "The government could ban exports of rice by the end of the month."
    assert yes_or_no(text, LOWERED, ["by the end of the month"]) == "Will the government ban exports of rice"
    assert yes_or_no(text, LOWERED, []) == "" and yes_or_no(text, LOWERED, ["by 31 July 2024"]) == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The port could open again", "The port to open again"),
        ("It is likely to rain", "It to rain"),
        ("The port will not open", "The port will not open"),
    ],
)
def test_bare_words_are_as_before(text, words):
    assert bare(text) == words


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_question_of_a_draft_is_one_sentence_and_keeps_the_quote(material, subject):
    drafted = begun(material(subject), None, "made").drafted
    text = model_text(drafted)
    for question, _ in questions_of(drafted):
        if not question.name.startswith("will_"):
            continue
        if question.quote:
            assert re.fullmatch(r"Will [^?“]+ by \d{1,2} \w+ \d{4}\?", question.text), question.text
            lines = text.split("\n")
            place = next(number for number, line in enumerate(lines) if line.startswith(f"question {question.name} "))
            above = " ".join(line.removeprefix("# ") for line in lines[max(0, place - 4) : place] if line.startswith("# "))
            assert f"By the reports: {question.quote}" in above
        else:
            assert re.fullmatch(r"Does it come by \d{1,2} \w+ \d{4}: “.+”(?: \(said for the case that .+\))?\?", question.text), (
                question.text
            )


def test_the_day_of_the_report_takes_the_place_of_its_words(told):
    material = told(
        [
            "Warehouses hold 45,000 tonnes of flour, the ministry said.",
            "Bakeries use 6,000 tonnes of flour a week.",
            "Mills deliver 4,000 tonnes of flour a week to the warehouses.",
            "The government could ban exports of flour by 31 July 2024.",
        ],
        date(2024, 3, 1),
    )
    texts = [question.text for question, _ in questions_of(begun(material, None, "made").drafted)]
    assert "Will the government ban exports of flour by 31 July 2024?" in texts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We expect Kenya to open the border, with a probability of 60 percent.", "Kenya to open the border"),
        ("A ban on exports is about 10 percent likely, we think.", "A ban on exports is about 10 percent likely"),
        ("LUSAKA - The port could close, its head said on Tuesday.", "The port to close"),
        ("With cases on the rise, fears are that the outbreak will spread.", "the outbreak to spread"),
    ],
)
def test_who_says_it_where_and_how_surely_is_put_aside(text, words):
    assert bare(text).rstrip(".") == words


def test_who_speaks_of_himself_is_quoted_as_he_said_it():
    assert bare("We could cut output by 20 % in April") == "We could cut output by 20 % in April"
    assert bare("The port could open again") == "The port to open again"


@pytest.mark.parametrize(
    "said",
    [
        "will probably open",
        "will very likely open",
        "probably will open",
        "may possibly still open",
        "will almost certainly open",
        "will open",
    ],
)
def test_how_surely_it_is_said_is_no_part_of_what_is_to_come(said):
    assert bare(f"Farmers Without Land {said} a second clinic") == "Farmers Without Land to open a second clinic"
