"""Attributions: who says what, in clauses, quotations and phrases."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.evidence import attributions
from foedus.evidence.reading import read_document, report_of
from foedus.evidence.reading.sources import names_somebody

FOUND = {
    "The mayor said that the bridge was safe.": ("The mayor", "said", "the bridge was safe"),
    "According to the harbour office, ten ships are waiting.": ("the harbour office", "According to", "ten ships are waiting"),
    '"The river will rise tonight," warned Ada Lund.': ("Ada Lund", "warned", '"The river will rise tonight,"'),
    "Ada Lund told reporters: “We are leaving the valley.”": ("Ada Lund", "told", "“We are leaving the valley.”"),
    "The harvest, farmers say, was poor.": ("farmers", "say", "The harvest"),
    "Satellite images show that the dam has burst.": ("Satellite images", "show", "the dam has burst"),
    "The bridge has burned, residents said on Monday, cutting the last road.": ("residents", "said", "The bridge has burned"),
    "Oslo denied reports that its ships had left.": ("Oslo", "denied", "its ships had left"),
    "Ada Lund said the council would build a dam and suggested that it would open in May.": (
        "Ada Lund",
        "suggested",
        "it would open in May",
    ),
    "The judge forced the miller to admit that the sacks were empty.": ("the miller", "admit", "the sacks were empty"),
    "Exports fell by half in May, customs data show.": ("customs data", "show", "Exports fell by half in May"),
    "Officials say between 30 and 40 ships left.": ("Officials", "say", "between 30 and 40 ships left"),
    "His claim that the well was poisoned surprised us.": ("His", "claim", "that the well was poisoned"),
}


@pytest.mark.parametrize("sentence", FOUND)
def test_source_cue_and_content(sentence: str) -> None:
    source, cue, content = FOUND[sentence]
    found = next(each for each in attributions(sentence) if each.cue is not None and each.cue.text == cue)
    assert found.source is not None
    assert found.source.text == source
    assert any(content in span.text or span.text in content for span in found.content)
    for span in (found.source, found.cue, *found.content):
        assert span is not None
        assert sentence[span.start : span.end] == span.text


def test_a_quotation_goes_on_in_the_next_paragraph() -> None:
    text = "Ada Lund said: “The river will rise tonight. We must leave the valley.\n“Nobody should wait for the morning train.”\n"
    last = attributions(text)[-1]
    assert (last.source and last.source.text, last.link) == ("Ada Lund", "continued_quote_new_paragraph")


def test_a_relative_pronoun_leads_to_whom_it_stands_for() -> None:
    found = next(
        each
        for each in attributions("We met the miller, who said that the mill was closed.")
        if each.cue and each.cue.text == "said"
    )
    assert found.source is not None and found.source.text == "who"
    assert found.antecedent is not None and found.antecedent.text == "the miller"


def test_this_could_see_is_no_attribution() -> None:
    assert attributions("This could see the village lose its school.") == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Rain is forecast in Orlo: 40 millimetres by Thursday.", "Thursday"),
        (
            "The strike at the Orlo mine went on, with the operator, Vesta Cobre, saying that output had fallen to 300 tonnes.",
            "strike",
        ),
        ("The union FTM said that 40 stopped. The company put the number of strikers at 3,300.", "union"),
        (
            "The mills of Peru wait. Vesta Steel said it holds stock. “We could cut output by 20 % in April,” its head of sales, Kenji Mori, said.",
            "Peru",
        ),
    ],
)
def test_neither_a_day_nor_an_event_nor_another_body_speaks(text: str, wrong: str) -> None:
    read = read_document(report_of(f"A title of a thing\n\n{text}\n".encode(), "n.txt", date(2026, 3, 9)))
    figures = [claim for claim in read.claims if claim.quantity is not None and claim.quantity.text != "40"]
    assert figures and not any(wrong in claim.speaker.canonical for claim in figures)


@pytest.mark.parametrize(
    ("mention", "does"),
    [
        ("health minister Pia Storm", True),
        ("Mr Flood", True),
        ("Ana Walkout, the mayor of Orlo,", True),
        ("the Great Fire", False),
        ("a storm in the north", False),
        ("the strike at the Orlo mine", False),
        ("Monday", False),
    ],
)
def test_who_bears_the_name_of_a_happening_is_somebody(mention: str, does: bool) -> None:
    assert names_somebody(mention) is does
