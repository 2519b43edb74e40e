"""Questions without a short name, members of an index and counts read as words in every sentence."""

from __future__ import annotations

import re

import numpy as np
import pytest
from tests.show.test_tables import lines_of

import foedus
from foedus.case import Case, load
from foedus.show.diagram import diagram_svg
from foedus.show.explain import explain_sentence
from foedus.show.judgements import judgements_of
from foedus.show.report import levels_words, report_html
from foedus.show.table import answer_table
from foedus.show.words import subject, whole_percents
from foedus.study.run import RunOptions, run_case
from foedus.titles import element_words, title_of

MODEL = """model fever "A fever" as of 2025-03-01 for 26 weeks step 1 week
unit person
index country = guinea, sierra_leone
lever beds : person from 0 person to 2000 person = 200 person
param start[country] : person ~ 20 to 200 because "judgement"
param spread[country] : 1/week ~ 0.08 to 0.16 because "judgement"
stock sick[country] : person = start[country]
flow caught[country] : outside -> sick[country] = sick[country] * spread[country]
flow cured[country] : sick[country] -> outside = sick[country] * 0.1/week * (1 + beds / 400 person)
event border_closed when sum(sick) > 150 person
baseline as_now
scenario no_beds { beds = 0 person }
question outbreak "Will more than 300 be sick?" on 2025-08-01 true when sum(sick) > 300 person
question ill "How many are sick in Guinea?" on 2025-08-01 value sick[guinea]
question closing "When is the border closed?" first time border_closed
question caught_all from 2025-03-01 to 2025-08-01 total sum(caught)
"""


@pytest.mark.parametrize(
    ("label", "is_chance", "text"),
    [
        ("Will it hold?", True, "a yes to “Will it hold?”"),
        ("How many come?", False, "the answer to “How many come?”"),
        ("If it breaks: will they join?", True, "a yes to “If it breaks: will they join?”"),
        ("When will it hold?", True, "what “When will it hold?” asks about"),
        ("How many come: more than 500?", True, "what “How many come: more than 500?” asks about"),
        ("If it breaks, which side joins?", True, "what “If it breaks, which side joins?” asks about"),
        ("If it breaks, does it hold?", True, "a yes to “If it breaks, does it hold?”"),
        ("Cases reported, 1 May?", False, "“Cases reported, 1 May”"),
        ("Howitzers left?", False, "“Howitzers left”"),
        ("the loss of the harbour", True, "“the loss of the harbour”"),
        ("In store, 28 July 2022?", False, "“In store” on 28 July 2022"),
        ("Cases in all: over 20,000 people on 2 May 2025?", True, "“Cases in all” over 20,000 people on 2 May 2025"),
        ("The port is shut: still on 1 July 2022 (“It stays shut”)?", True, "“The port is shut” still on 1 July 2022"),
        ("Does it come by 8 January 2024: “Tugs to escort ships”?", True, "“Tugs to escort ships” by 8 January 2024"),
        ("Will " + "the old bridge " * 9 + "hold?", True, "a yes to “Will " + "the old bridge " * 5 + "the …?”"),
    ],
)
def test_a_question_is_spoken_of_as_what_it_is(label: str, is_chance: bool, text: str) -> None:
    assert subject(label, yes=is_chance) == text


def test_members_of_an_index_are_names() -> None:
    assert [element_words(one) for one in ("guinea", "sierra_leone", "north_of_the_river", "McCoy")] == [
        "Guinea",
        "Sierra Leone",
        "North of the River",
        "McCoy",
    ]
    assert title_of("start[guinea]", "People at the start") == "People at the start, Guinea"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    path = tmp_path_factory.mktemp("fever") / "fever.foedus"
    path.write_text(MODEL)
    return load(str(path))


def test_sentences_of_a_model_without_short_names(case: Case) -> None:
    finding = foedus.run(case, futures=1500)
    changes, *_, confidence = (one.text for one in judgements_of(finding) if one.kind in ("changes", "confidence"))
    assert "“No beds” makes" in changes and "a yes to “Will more than 300 be sick?” likelier: " in changes
    assert "the answer to “How many are sick in Guinea?” higher: a mean of " in changes
    assert "what “When is the border closed?” asks about likelier to come" in changes
    assert "No claim carries any of 4 uncertain parameters, all are assumptions." in confidence and "0 %" not in confidence
    shown = "\n".join(lines_of(answer_table(finding)))
    for raw in ("no_beds", "sierra_leone", "guinea", "caught_all", "border_closed"):
        assert raw not in shown + changes
    assert "Caught all" in shown and "No beds" in shown
    drawn = str(diagram_svg(finding.structure))
    assert "sierra_leone" not in drawn and "sick[" not in drawn


def test_boxes_say_of_how_many_futures_their_medians_are(case: Case) -> None:
    """The report keeps the course of the first futures only, and a page that of fewer: both say so beside the levels."""
    ran = run_case(case, RunOptions(40, trajectories=25))
    paths = ran.futures.trajectories
    assert paths is not None and paths.shape[-1] == 25 == ran.finding.structure.futures
    place = next(place for place, slot in enumerate(ran.futures.program.saved) if slot.name == "sick[guinea]")
    level = next(stock.level for stock in ran.finding.structure.stocks if stock.name == "sick[guinea]")
    assert level == (float(np.median(paths[0, place, 0])), float(np.median(paths[0, place, -1])))
    assert "Boxes hold what there is of something (medians of the first 25 of 40 futures of the baseline," in report_html(
        ran.finding
    )
    whole, none = (run_case(case, RunOptions(40, trajectories=count)).finding for count in (40, 0))
    assert levels_words(whole) == " (medians of 40 futures of the baseline, at the start → at the end)"
    assert none.structure.futures == 0 and levels_words(none) == ""


def test_numbers_of_a_sentence_are_those_of_the_table(case: Case) -> None:
    finding = foedus.run(case, futures=1500)
    (ill,) = [one for one in finding.questions if one.name == "ill"]
    text, shown = judgements_of(finding)[0].text, " ".join(" ".join(lines_of(answer_table(finding))).split())
    after, before = (
        text.partition("Guinea?” higher: a mean of ")[2].split(" people")[0],
        text.partition(" people instead of a mean of ")[2].split(" ")[0],
    )
    assert f"{before} → {after} " in shown, (before, after, ill.answers)


def test_scenarios_are_named_by_title_where_they_are_explained(case: Case) -> None:
    assert "From “As now” to “No beds”, " in explain_sentence(foedus.explain(case, "as_now", "no_beds", futures=300))


def test_a_share_beside_less_than_one_per_cent_is_not_the_whole() -> None:
    assert whole_percents([0.998, 0.002]) == [">99 %", "<1 %"] and whole_percents([1.0, 0.0]) == ["100 %", "0 %"]


LONG = """model bridge "A bridge" as of 2025-03-01 for 26 weeks step 1 week
lever trucks : 1 from 0 to 4 = 1 "Trucks that cross the bridge in each hour of the day and of the night"
param wear : 1 ~ 1 to 9 because "judgement"
param rust[SIDES] : 1 ~ 1 to 4 because "judgement"
let worn[SIDES] : 1 = rust[SIDES] * wear * trucks
baseline now "The trucks cross it as they do now, by day and by night, laden and empty, in both directions"
scenario more "Many more trucks cross it, by day and by night, laden and empty, in both directions" { trucks = 4 }
QUESTIONS
"""


def test_no_sentence_of_the_key_judgements_is_longer_than_one_can_take_in(tmp_path) -> None:
    """Whatever questions and scenarios are called: names are cut, and what is told of each question is a sentence of its own."""
    sides = ("north", "south", "east", "west")
    asked = "\n".join(
        f'question wear_{side} "How worn will the {side} side of the old bridge over the wide river be, with all that was mended since {1990 + place}?" '
        f"on 2025-06-01 value worn[{side}]"
        for place, side in enumerate(sides)
    )
    path = tmp_path / "bridge.foedus"
    text = (
        LONG.replace("QUESTIONS", asked)
        .replace("[SIDES]", "[side]")
        .replace("lever", f"index side = {', '.join(sides)}\nlever", 1)
    )
    path.write_text(text)
    judgements = judgements_of(foedus.run(load(str(path)), futures=400))
    assert len(judgements[0].questions) == 4
    sentences = [part for one in judgements for part in re.split(r"(?<=[.]) (?=[A-Z])", one.text)]
    assert max(len(sentence.split()) for sentence in sentences) <= 50 and len(sentences) > 6
    assert not any(len(name) > 90 for sentence in sentences for name in re.findall("“([^”]*)”", sentence))
