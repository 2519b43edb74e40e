"""Claims: type, source, hedge, time and relations of what a document says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from foedus.evidence.reading import read_document, readings_as_dict, report_of


def _claims(text: str, published: date | None = date(2024, 10, 25)) -> list[dict[str, Any]]:
    claims: list[dict[str, Any]] = readings_as_dict([read_document(report_of(text.encode(), "note.txt", published))])["claims"]
    return claims


HEDGES = {
    "The river will probably rise by the evening.": "probable",
    "The dam could break in the spring.": "possible",
    "It is unclear who owns the mill.": "unknown",
    "There is no evidence that the well was poisoned.": "no_evidence",
    "The bridge would not survive a flood.": "conditional",
    "The miller reportedly left the valley.": "reported",
    "The town is believed to have 300 houses.": "believed",
    "The mayor denied that the school was closed.": "negated",
    "The mayor said the town would build a school.": "asserted",
    "The fair ended in the rain.": "asserted",
    "The harvest will certainly be poor.": "certain",
    "An unknown fever killed the miller.": "asserted",
    "Nobody knows how deep the lake is.": "unknown",
    "The mayor did not say when the school would open.": "unknown",
    "Farmers doubt that the dam will hold.": "possible",
    "The claim could not be independently verified.": "no_evidence",
    "The council rejected claims that the well was poisoned.": "negated",
    "There is no doubt that the dam will hold.": "certain",
}

POLARITIES = {
    "There is no doubt that the dam will hold.": "+",
    "The fair is a loss, not a gain.": "+",
    "The school is not just old.": "+",
    "The mayor urged people not to leave.": "+",
    "The dam did not hold.": "-",
    "No bridge was left.": "-",
    "There is no evidence that the well was poisoned.": "0",
    "The mayor denied that the school was closed.": "-",
}


@pytest.mark.parametrize("sentence", POLARITIES)
def test_the_polarity_of_a_statement(sentence: str) -> None:
    assert _claims(sentence)[0]["polarity"] == POLARITIES[sentence]


SPEAKERS = {
    "“The dam is old,” said the mayor, Ada Lund. His deputy left.": "Ada Lund (mayor)",
    "Norway will pay, its finance ministry said.": "Norway's finance ministry",
    "OSLO, Oct. 3 (AP) - The dam is old, engineers said.": "engineers",
    "According to a note by the University of Bergen, the dam is old.": "University of Bergen",
    "But Ada Lund said the dam was old.": "Ada Lund",
    "Ada Lund, who asked not to be named in the paper, said the dam was old.": "Ada Lund",
}


@pytest.mark.parametrize("text", SPEAKERS)
def test_who_speaks(text: str) -> None:
    assert _claims(text)[0]["source"]["canonical"].startswith(SPEAKERS[text])


def test_she_is_the_person_of_the_sentence_before_not_one_in_the_quotation() -> None:
    text = (
        "Olga Brandt said Ada Lund had left.\n\nThe engineer, Rosa Falk, closed the gate.\n\n"
        "“I know that Nils Ivers will not come back to the town,” she said.\n"
    )
    assert _claims(text)[-1]["source"]["canonical"].startswith("Rosa Falk")


def test_a_statement_keeps_what_stands_behind_who_says_it() -> None:
    claim = _claims("Prices have tripled since May, brokers say, to as much as 90 euros a sack.")[0]
    assert (claim["quantity"]["value"], claim["source"]["canonical"]) == (90, "brokers")


def test_a_subordinate_clause_ends_at_its_comma() -> None:
    texts = [
        claim["text"]
        for claim in _claims("While the town was mocked for being poor and backward in the south, farmers may see it so.")
    ]
    assert texts == ["the town was mocked for being poor and backward in the south", "farmers may see it so"]


def test_a_day_without_a_year_lies_ahead_where_the_statement_does() -> None:
    assert _claims("The two towns will meet again on May 12.")[0]["time"]["value"] == "2025-05-12"
    assert _claims("The two towns met on May 12.")[0]["time"]["value"] == "2024-05-12"


@pytest.mark.parametrize("sentence", HEDGES)
def test_the_class_of_a_hedge(sentence: str) -> None:
    claim = _claims(sentence)[0]
    assert claim["hedge"]["class"] == HEDGES[sentence]
    assert 0 <= claim["hedge"]["probability"][0] <= claim["hedge"]["probability"][1] <= 1
    assert claim["hedge"]["yardstick"]
    assert all(sentence[cue["start"] : cue["end"]] == cue["text"] for cue in claim["hedge"]["cues"])


def test_the_narrator_is_a_source() -> None:
    assert _claims("The fair ended in the rain.")[0]["source"]["mode"] == "narrator"


def test_a_surname_and_a_pronoun_lead_to_the_full_name() -> None:
    text = "“The river will rise,” said Ada Lund, a hydrologist at the harbour office.\n\n“The dam is old,” she said.\n\nLund said the town should leave.\n"
    sources = {claim["source"]["canonical"] for claim in _claims(text)}
    assert len(sources) == 1
    assert sources.pop().startswith("Ada Lund (hydrologist")


def test_a_denied_acknowledgement_hands_nothing_to_its_subject() -> None:
    claim = _claims("The mayor did not acknowledge that the bridge was unsafe.")[0]
    assert (claim["source"]["mode"], claim["polarity"]) == ("narrator", "-")


def test_furniture_becomes_no_claim() -> None:
    text = "Home | World | Sign in\n\nWATCH | Officials say that 40 ships sank:\n\n4 days ago\nDuration 0:33\nThe harbour office said 40 ships sank.\n\nThe fair ended.\n"
    assert [claim["text"] for claim in _claims(text)] == ["The fair ended"]


def test_a_caption_credits_its_source_and_its_double_is_dropped() -> None:
    text = "Sailors unload crates at the northern quay in the evening.\nSailors unload crates at the northern quay on Oct. 3, 2021. (Jane Roe/Reuters)\n"
    claims = _claims(text)
    assert len(claims) == 1
    assert (claims[0]["source"]["mode"], claims[0]["source"]["link"], claims[0]["time"]["value"]) == (
        "credit",
        "caption_credit",
        "2021-10-03",
    )


def test_actor_and_target_are_linked() -> None:
    claim = _claims("Tokyo sent 40 engineers to Ukraine.")[0]
    assert (claim["actor"], claim["target"], claim["quantity"]["value"]) == ("Japan", "Ukraine", 40)


def test_relations_between_documents() -> None:
    texts = (
        "Officials said Japan sent 40 engineers to Ukraine.",
        "Analysts said Japan sent about 42 engineers to Ukraine.",
        "Farmers said Japan sent 400 engineers to Ukraine.",
        "Officials said Japan sent 40 engineers to Ukraine.",
    )
    readings = [read_document(report_of(text.encode(), f"{number}.txt", date(2024, 10, 25))) for number, text in enumerate(texts)]
    found = {
        claim["id"]: {row["claim"]: row["relation"] for row in claim["relations"]}
        for claim in readings_as_dict(readings)["claims"]
    }
    assert found["D2.C001"]["D1.C001"] in ("agrees", "refines")
    assert found["D3.C001"]["D1.C001"] == "conflicts"
    assert found["D4.C001"]["D1.C001"] == "duplicate"


def test_offsets_point_into_the_original() -> None:
    text = "Until now,ships waited outside the bay. The harbour office said on Thursday that 40 ships had left the grindingstone quay."
    for claim in _claims(text):
        for part in (claim, claim["quantity"], claim["time"], claim["source"]):
            if part and part.get("start") is not None:
                assert text[part["start"] : part["end"]] == part["text"]


def test_a_time_counted_from_an_event_is_resolved_by_the_date_of_the_event() -> None:
    text = "The great flood came in May 2021.\n\nMore than two and a half years after the flood, the mill stands empty.\n"
    assert _claims(text)[1]["time"]["value"] == "[2023-11,2024-10-25]"


def test_a_statement_without_a_time_has_the_day_on_which_it_was_said() -> None:
    claims = _claims(
        "The chair of the growers, speaking to a full hall in the north, said on Monday that 40 barns had burned.\n\n"
        "The abbot, who came by boat on Tuesday from the isle of Mull, told reporters that 30 monks had left."
    )
    times = {claim["text"]: (claim["time"] or {}).get("value") for claim in claims}
    assert times["40 barns had burned"] == "<=2024-10-21"  # burned by then, and nobody says when
    assert times["30 monks had left"] is None  # nobody came, left or spoke then but the abbot by boat
