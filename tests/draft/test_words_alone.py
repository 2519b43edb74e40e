"""Parts that words alone make: beside one that rests on figures, never by themselves, and said to be so wherever they are shown."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.case import load
from foedus.draft import draft_case
from foedus.draft.choosing import MOST_IN_ALL
from foedus.draft.decisions import Decisions, begun, decided
from foedus.draft.draft import plan_of
from foedus.draft.matching import matched, sentences_of
from foedus.draft.rules import rule_of, ruled
from foedus.draft.things import Matter
from foedus.errors import InputError
from foedus.evidence.reading import read_documents
from foedus.study.futures import run_futures

DAY = date(2031, 5, 4)
ANY = Matter("", "", ())
SENT = [
    "Zembla has ordered 2,500 soldiers to deploy to Ostland.",
    "The first battalion was dispatched in April, and troops follow.",
    "A contingent of engineers is part of the mission.",
]
PACT = [
    "The alliance of Zembla and Ostland was signed as a defence treaty.",
    "Under the treaty either state helps the other with its military.",
    "Parliament must ratify the guarantee, and allied troops are bound by it.",
]
TENSION = [
    "Tension on the border has risen since warships and missile batteries were moved there.",
    "A clash of patrols followed.",
    "The military blamed a provocation.",
]

SPEAKS = {
    "pact": (
        [
            "The mutual defence treaty binds them.",
            "An ally attacked may call on the alliance.",
            "Its military guarantee was signed and ratified.",
        ],
        ["The trade treaty binds them.", "The fisheries pact was signed.", "A coalition of three parties rules."],
    ),
    "tension": (
        ["Tensions mount at the strait, where warships patrol.", "The military reported an incident with a missile."],
        ["Tensions in the coalition mount over wages.", "The market rose."],
    ),
    "decision": (
        [
            "The cabinet is weighing whether to send tanks.",
            "Ministers are reluctant to provide missiles.",
            "It is debating sanctions and weapons.",
        ],
        ["The family is weighing whether to buy a house.", "Ministers decided on a tax.", "A debate was held."],
    ),
    "talks": (
        [
            "Envoys negotiate an armistice while the battle goes on.",
            "Mediators say a truce would end the fighting.",
            "The offensive continues.",
        ],
        ["The union negotiates over wages.", "The dockers' strike goes on.", "Employers offer talks."],
    ),
    "ladder": (
        [
            "Each missile strike is met by retaliation.",
            "The army warned of an escalation with a nuclear power.",
            "It vowed a response and drew red lines.",
        ],
        ["Costs escalate.", "The court warned of a delay.", "Prices respond."],
    ),
    "belief": (
        [
            "Satellite images suggest that a base was built.",
            "Intelligence could not verify it.",
            "The ministry denies the evidence.",
            "Whether the photographs are genuine is unclear.",
            "Alleged signs of work were seen.",
        ],
        ["The jury saw the evidence, which is unclear.", "The trial goes on.", "Artificial intelligence suggests words."],
    ),
}


@pytest.mark.parametrize("name", SPEAKS)
def test_reports_speak_of_it_or_of_something_else(name):
    rule = rule_of(name)
    yes, no = ("\n".join(text) for text in SPEAKS[name])
    assert rule.is_on_words and matched(rule, (), yes, ANY) is not None
    assert matched(rule, (), no, ANY) is None


def test_every_such_rule_can_do_without_a_figure_and_is_tried_here():
    assert {rule.name for rule in ruled() if rule.is_on_words} == set(SPEAKS)


def test_a_sentence_counts_once_and_only_with_a_word_of_every_group():
    rule = rule_of("pact")
    text = "The treaty binds the military.\nThe treaty binds the military.\nThe treaty is old. The military is strong."
    assert sentences_of(rule, text) == ("The treaty binds the military.",)


def test_words_make_parts_beside_figures_and_say_so(told, tmp_path):
    material = told([*SENT, *PACT, *TENSION], DAY)
    chosen = plan_of(material).chosen
    assert [part.takes.name for part in chosen.parts[:1]] == ["contingent"]
    alone = {part.takes.name for part in chosen.parts if not part.filled.slots}
    assert alone == {"pact", "tension"} and len(chosen.parts) <= MOST_IN_ALL


def test_words_alone_make_no_case(told):
    with pytest.raises(InputError) as refused:
        plan_of(told([*PACT, *TENSION, "The summit lasted two days."], DAY))
    assert refused.value.problems[0].code == "nothing-fits"


def test_such_a_part_is_asked_about_and_left_out_at_will(told):
    sketch = begun(told([*SENT, *PACT, *TENSION], DAY), None, "zembla")
    assert any("no figure of theirs carries it" in one.text for one in sketch.asked)
    wanted = {part.takes.name for part in decided(sketch, Decisions({"part:pact": 1})).plan.chosen.parts}
    assert "pact" not in wanted and {"contingent", "tension"} <= wanted


def test_the_case_runs_and_shows_what_no_figure_carries(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(
        f"An order\n\nPublished: {DAY.day} {DAY:%B %Y}\n\n" + "\n\n".join([*SENT, *PACT, *TENSION]) + "\n", encoding="utf-8"
    )
    made = draft_case(tmp_path / "zembla", list(read_documents([path])), DAY, None, lambda asked: 0)
    readme = (made.folder / "README.md").read_text()
    assert readme.count("No figure of the reports carries it") == 2 and "alliance of Zembla and Ostland" in readme
    assert {part["name"] for part in made.document["mechanisms"] if part["on_words"]} == {"pact", "tension"}
    assert made.share is not None and made.share > 0.5
    case = load(str(made.folder))
    assert not run_futures(case, 60, trajectories=False).faults


def test_what_a_promise_obliges_to_is_not_its_case(told):
    duty = "The treaty obliges them to help if either is attacked by a country."
    begun = "Ostland was attacked by a country from the north."
    for sentence, holds in ((duty, False), (begun, True)):
        starts = plan_of(told([*SENT, *PACT, sentence], DAY)).starts
        assert (("pact", "trigger") in starts) == holds, sentence
