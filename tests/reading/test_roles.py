"""Who acts in a statement, on whom, and whom pronouns and descriptions mean."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from foedus.evidence.reading import read_document, report_of
from foedus.evidence.reading.actors import Actors
from foedus.evidence.reading.records import claim_record


def _last(text: str) -> dict[str, Any]:
    reading = read_document(report_of(text.encode(), "note.txt", date(2024, 10, 25)))
    return claim_record(reading.report, reading.claims[-1])


ROLES = {
    "Kenya was praised by Norway.": ("Norway", "Kenya"),
    "Peru and Chile signed a treaty with Brazil.": ("Peru;Chile", "Brazil"),
    "Talks between Oman and Qatar broke down.": ("Oman;Qatar", None),
    "It is unclear what Portugal will do.": ("Portugal", None),
    "There is no doubt that Iceland won.": ("Iceland", None),
    "Chilean ships sailed against Peru under a pact with Brazil.": ("Chile", "Peru"),
    "The answer came from Cuba.": ("Cuba", None),
    "Denmark invaded Sweden in the spring. Both sides lost ships.": ("Denmark;Sweden", None),
    "Norwegian soldiers reached the pass. The troops had no food.": ("Norway", None),
    "Officials in Malta said Latvia had closed its ports. It also sent a ship to Ghana.": ("Latvia", "Ghana"),
    "If Kenyan troops meet Ethiopian ones, they will fight.": ("Kenya", "Ethiopia"),
    "Greece, which holds the strait, has closed it.": ("Greece", None),
    "Ada Lund left the town. She took the train.": ("Ada Lund", None),
    "The Northern League won the vote.": ("Northern League", None),
    "The road to the mill was closed.": (None, None),
    "The hunger grew. It was cold.": (None, None),
}


@pytest.mark.parametrize("text", ROLES)
def test_actor_and_target(text: str) -> None:
    claim = _last(text)
    assert (claim["actor"], claim["target"] if ROLES[text][1] else None) == ROLES[text]


NAMED = {
    "Kim told Moscow to wait.": ["North Korea", "Russia"],
    "Charlie Kim left the Trump Tower for the Washington Post.": [],
    "North and South Korea talk.": ["North Korea", "South Korea"],
    "The Georgian minister met Mr. Jordan in Georgia.": ["Georgia"],
    "They told us that who comes is welcome.": [],
}


@pytest.mark.parametrize("text", NAMED)
def test_actors_are_found_by_their_names_but_not_inside_other_names(text: str) -> None:
    assert [each.name for each in Actors().found(text, 0, len(text))] == NAMED[text]


def test_a_case_may_call_its_actors_by_names_of_its_own() -> None:
    actors = Actors(["DPRK", "harbour guild", "Russia"])
    text = "Pyongyang wrote to the Harbour guild and to Moscow."
    assert [each.name for each in actors.found(text, 0, len(text))] == ["DPRK", "harbour guild", "Russia"]


HOMES = {
    "“We have lost the bridge,” said Ada Lund, the Kenyan defence minister.": "Kenya",
    "“We have lost the bridge,” said Ada Lund, a Kenya expert at a college in London.": None,
}


@pytest.mark.parametrize("text", HOMES)
def test_we_means_those_for_whom_the_speaker_speaks(text: str) -> None:
    assert _last(text)["actor"] == HOMES[text]
