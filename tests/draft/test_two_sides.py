"""Mechanisms between two: who the sides are is told by whose figures they are; a part of them runs, and takes a later report."""

from __future__ import annotations

import re
from datetime import date

import pytest

from foedus.case import load
from foedus.draft import draft_case
from foedus.draft.choosing import chosen_parts
from foedus.draft.draft import plan_of
from foedus.draft.later import add_to_case
from foedus.draft.parties import parties_of, party_word
from foedus.draft.rules import rule_of
from foedus.draft.sides import together
from foedus.errors import InputError
from foedus.evidence.reading import read_documents
from foedus.study.futures import run_futures

DAY = date(2020, 10, 22)
FIGHT = [
    "Fighting raged along the front, and both armies took heavy casualties.",
    "The Armenian army has about 45,000 soldiers in the field, while Azerbaijan has committed 67,000 troops.",
    "Armenia is losing roughly 350 soldiers a week, and Azerbaijan about 500 a week, officials said.",
    "Azerbaijan sends 400 fresh soldiers to the front every week.",
    "About 60 percent of the wounded return to duty.",
]
ARM = [
    "India has 172 nuclear warheads in its arsenal, two more than Pakistan, which has 170, an institute said.",
    "The arms race goes on, and China's arsenal grew to 500 warheads.",
    "India wants to deter its rival, and Pakistan builds missiles.",
]


def slots(material) -> dict[str, list[float]]:
    [part] = [one for one in plan_of(material).chosen.parts if one.takes.facing]
    return {name: [each.fact.claim.quantity.value for each in row] for name, row in part.filled.slots.items()}


def test_each_side_has_its_own_figures(told):
    assert slots(told(FIGHT, DAY)) == {
        "strength[armenia]": [45_000.0],
        "strength[azerbaijan]": [67_000.0],
        "losses_now[armenia]": [350.0],
        "losses_now[azerbaijan]": [500.0],
        "fresh[azerbaijan]": [400.0],
        "return_share": [60.0],
    }


def test_the_sides_of_a_race_are_those_of_whom_the_reports_speak_most(told):
    assert slots(told(ARM, DAY)) == {"arms_now[india]": [172.0], "arms_now[pakistan]": [170.0]}


def test_a_part_between_two_is_not_drafted_where_only_one_side_has_figures(told):
    with pytest.raises(InputError, match="two-sides"):
        plan_of(told([FIGHT[0], "The Armenian army has about 45,000 soldiers in the field."], DAY), ["attrition"])


def test_the_draft_runs_and_a_later_report_finds_its_side(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("A report\n\nPublished: 22 October 2020\n\n" + "\n\n".join(FIGHT), encoding="utf-8")
    made = draft_case(tmp_path / "war", list(read_documents([path])), None, ["attrition"], lambda asked: 0)
    [index] = re.findall(r"^index side = (.*)$", (tmp_path / "war/model.foedus").read_text(), re.MULTILINE)
    assert set(index.split(", ")) == {"armenia", "azerbaijan"}
    assert any(name.startswith("war_losses_azerbaijan") for name in made.document["questions"])
    assert run_futures(load(str(tmp_path / "war")), 50).values is not None
    later = tmp_path / "later.txt"
    later.write_text(
        "More\n\nPublished: 22 October 2020\n\nThe Armenian army has 41,000 troops in the field.\n", encoding="utf-8"
    )
    added = add_to_case(str(tmp_path / "war"), list(read_documents([later])), "ann")
    assert [group for _, group, _ in added.placed] == ["war: fighters at the start, Armenia"]
    claims = load(str(tmp_path / "war")).ledger.claims
    assert sum(one.group == "war: fighters at the start, Armenia" for one in claims) == 2


WHOSE = {
    "The Peace and Bread Front (PBF) fights on. The PBF has 900 men.": "Peace and Bread Front",
    "Ethiopia's army fights rebels. The army has 900 men.": "Ethiopia",
    "The rebels fight the army. The rebels have 900 men.": "the rebels",
    "Ethiopia fights on. Some 900 Eritrean soldiers fell.": "Eritrea",
    "Military spending rose to 900 dollars.": "",
}


@pytest.mark.parametrize("text", WHOSE)
def test_whose_figure_it_is(text):
    near = text.split(". ")[-1]
    place = near.index("900")
    assert parties_of(text).whose(near, place, place + 3) == WHOSE[text]


def test_a_party_is_a_word_of_the_model():
    assert party_word("the army") == "army" and party_word("North Korea") == "north_korea"


def test_a_side_may_be_called_after_a_region_that_is_no_state(told):
    found = slots(
        told(
            [
                "Fighting raged along the front in the hills, and both sides took heavy casualties in the offensive.",
                "The government has massed 90,000 soldiers around Orlovia, diplomats said.",
                "Orlovia's forces have some 30,000 fighters.",
                "Government forces lose about 700 soldiers a week, and the Orlovian rebels lose about 400 soldiers a week.",
            ],
            DAY,
        )
    )
    assert found["strength[orlovia]"] == [30_000.0] and found["losses_now[orlovia]"] == [400.0]
    assert 90_000.0 in found["strength[army]"] and found["losses_now[army]"] == [700.0]


ALLIES = {
    "Turkish troops fight alongside Azerbaijan.": True,
    "Azerbaijan, backed by Turkey, crossed the river.": True,
    "The Syrian fighters came to help Turkey.": True,
    "Armenian forces attacked Azerbaijan.": False,
    "Iran helped to defend the town against Turkey.": False,
    "Turkey, a close ally of Azerbaijan, spoke.": True,
    "Armenia lost 30 men, according to the Guard, an ally of Azerbaijan.": False,
    "Armenia spoke. Azerbaijan's allies listened.": False,
}


@pytest.mark.parametrize("text", ALLIES)
def test_who_is_told_to_be_on_one_side(text):
    assert bool(together(text)) == ALLIES[text]


def test_those_who_fight_alongside_each_other_are_no_two_sides(told):
    allies = [
        FIGHT[0],
        "Some 3,000 Turkish soldiers were sent to fight alongside Azerbaijan.",
        "Azerbaijan has committed 67,000 troops, and Turkey has 3,000 troops in the field.",
        "Azerbaijan is losing about 500 soldiers a week, and Turkey is losing 20 soldiers a week, officials said.",
    ]
    with pytest.raises(InputError, match="two-sides"):
        plan_of(told(allies, DAY), ["attrition"])
    chosen = chosen_parts((material := told(allies, DAY)).facts, material.text, material.matter, [rule_of("attrition")])
    [(_, lacking)] = chosen.missing
    assert not chosen.parts and lacking == "what the other side has (Azerbaijan and Turkey are told to be on one side)"
    found = slots(told([*allies, "The Armenian army has about 45,000 soldiers in the field."], DAY))
    assert {name.partition("[")[2].rstrip("]") for name in found} - {""} == {"azerbaijan", "armenia"}


def test_whom_an_army_takes_on_are_its_fresh_fighters_at_the_pace_of_its_losses(told):
    found = slots(told([*FIGHT[:2], "Armenia loses roughly 1,400 soldiers a month, and enlists some 600."], DAY))
    assert (found["losses_now[armenia]"], found["fresh[armenia]"]) == ([1400.0], [600.0])
    found = slots(told([*FIGHT[:2], "The Armenian troops lose roughly 1,400 soldiers a month, and recruit about 600."], DAY))
    assert found["fresh[armenia]"] == [600.0]
