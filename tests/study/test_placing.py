"""A new claim is placed by what the pools hold; what is not sure is told to look like a group, and counts in none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.study.ledgers import case_of, claim, told

from foedus.case import Case, load
from foedus.cli.main import foedus as command
from foedus.evidence.reading.subject import of_packs
from foedus.study.placing import PoolGroups

MODEL = """model grain "Grain" as of 2024-10-25 for 10 weeks step 1 week
unit tonne
param japan_store : tonne ~ claims "grain in store, japan"
param china_store : tonne ~ claims "grain in store, china"
param landed : tonne/month ~ claims "grain landed in a month, japan"
param ships : 1 ~ claims "ships that call at osaka"
question left "How much is in store?" at the end value japan_store + china_store + landed * 1 month + ships * 1 tonne called "grain left"
"""
SAID = (
    ("J1", "grain in store, japan", "Japan holds 800,000 tonnes of grain in store.", 8e5, "tonne"),
    ("J2", "grain in store, japan", "Japanese stores hold 900,000 tonnes of grain.", 9e5, "tonne"),
    ("C1", "grain in store, china", "China holds 700,000 tonnes of grain in store.", 7e5, "tonne"),
    ("L1", "grain landed in a month, japan", "Japan landed 50,000 tonnes of grain a month.", 5e4, "tonne/month"),
    ("S1", "ships that call at osaka", "40 ships call at Osaka.", 40, "1"),
)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("grain")
    return case_of(folder, MODEL, SAID)


@pytest.fixture(scope="module")
def groups(case: Case) -> PoolGroups:
    return PoolGroups(case, of_packs())


@pytest.mark.parametrize(
    ("words", "value", "unit", "group", "unsure"),
    [
        ("Japan now holds 600,000 tonnes of grain", 6e5, "tonne", "grain in store, japan", ""),
        ("China holds 600,000 tonnes of grain", 6e5, "tonne", "grain in store, china", ""),
        ("Japan landed 60,000 tonnes of grain in a month", 6e4, "tonne/month", "grain landed in a month, japan", ""),
        (
            "Japan lost 600,000 tonnes of grain in a fire",
            6e5,
            "tonne",
            "grain in store, japan",
            "it says nothing that the group says",
        ),
        ("Japan lost 600,000 tonnes in a fire", 6e5, "tonne", "", ""),
        ("Japan holds 600,000 tonnes of grain more than China", 6e5, "tonne", "grain in store, japan", "it compares"),
        ("In store are 600,000 tonnes of grain", 6e5, "tonne", "", ""),
        ("Russia holds 600,000 tonnes of grain in store", 6e5, "tonne", "", ""),
        ("Japan holds 90,000,000 tonnes of grain in store", 9e7, "tonne", "", ""),
        ("Japan holds 600,000 head of cattle in store", 6e5, "head", "", ""),
    ],
)
def test_what_all_agrees_on_is_placed_and_nothing_else(
    groups: PoolGroups, words: str, value: float, unit: str, group: str, unsure: str
) -> None:
    found = groups.like(told(words, value, unit))
    if group and not unsure:
        assert found == (group, True, "")
    elif group:
        assert found.group == group and not found.is_sure and unsure in found.against
    else:
        assert not found.is_sure


def test_a_figure_of_another_actor_is_none_of_a_group(groups: PoolGroups) -> None:
    one = told("China holds 600,000 tonnes of grain in store", 6e5, "tonne")
    assert groups.against(one, "grain in store, japan") == "it speaks of China, the group of Japan"
    assert groups.against(one, "grain in store, china") == ""
    far = told("China holds 90,000,000 tonnes of grain in store", 9e7, "tonne")
    assert "129 times as far" in groups.against(far, "grain in store, china")


def test_a_figure_of_one_of_several_or_of_another_country_is_none_of_a_case(tmp_path: Path) -> None:
    """A group that names nobody is of those of whom the case is; one that is of several together is of none of them alone."""
    (tmp_path / "model.foedus").write_text(
        'model fever "Fever in Japan and China" as of 2024-10-25 for 10 weeks step 1 week\nunit person\n'
        'param ill : person ~ claims "ill so far"\nparam beds : 1 ~ claims "beds"\n'
        'question left "How many?" at the end value ill + beds * 1 person called "ill"\n'
    )
    rows = [
        ("I1", "ill so far", "Japan and China have counted 900 ill people.", 900, "person", "Japan;China"),
        ("B1", "beds", "There are 60 beds.", 60, "1", None),
    ]
    (tmp_path / "ledger.jsonl").write_text(
        "".join(
            json.dumps(
                claim(
                    name,
                    value,
                    group=group,
                    paraphrase=words,
                    actor=actor,
                    quantity={"kind": "numeric", "qualifier": "eq", "value": value, "unit": unit},
                )
            )
            + "\n"
            for name, group, words, value, unit, actor in rows
        )
    )
    pools = PoolGroups(load(str(tmp_path)), of_packs())
    both = told("Japan and China have counted 1,200 ill people", 1200, "person")
    alone = told("Japan has counted 500 ill people", 500, "person")
    assert pools.elsewhere(both, "ill so far") == ""
    assert pools.elsewhere(alone, "ill so far") == "it speaks of Japan alone, the group of China and Japan together"
    assert "the case of China and Japan" in pools.elsewhere(told("Russia has 70 beds", 70, "1"), "beds")
    assert "Japan alone" in pools.elsewhere(told("Japan has 70 beds", 70, "1"), "beds")
    assert pools.elsewhere(told("Japan and China have 70 beds", 70, "1"), "beds") == ""
    nameless = told("eight died", 8, "person")
    assert pools.elsewhere(nameless, "ill so far") == ""
    assert "it speaks of Russia" in pools.elsewhere(nameless, "ill so far", told("In Russia 20 fell ill", 20, "person"))


def test_the_note_tells_what_it_does_not_count(case: Case, tmp_path: Path) -> None:
    pytest.importorskip("spacy", reason="spacy is not installed: no report is read")
    (tmp_path / "report.txt").write_text(
        "Japan now holds 600,000 tonnes of grain in store.\n\nJapan lost 500,000 tonnes of grain in a fire.\n\n"
        "The Netherlands stored 800,000 tonnes of grain.\n"
    )
    arguments = ["today", str(case.folder.home), str(tmp_path / "report.txt"), "--published", "2024-11-01", "-n", "200"]
    document = json.loads(CliRunner().invoke(command, [*arguments, "--json"]).output)
    placed = {one["words"]: (one["group"] if one["moves"] else "", one["looks_like"]) for one in document["new_claims"]}
    holds = next(words for words in placed if "600,000" in words)
    lost = next(words for words in placed if "500,000" in words)
    assert placed[holds] == ("grain in store, japan", "")
    assert placed[lost] == ("", "grain in store, japan"), placed
    shown = " ".join(CliRunner().invoke(command, arguments).output.split())
    assert "Not counted, but these look like" in shown and "500,000" in shown.split("look like")[1]


def test_capitals_alone_name_who_is_written_in_capitals(case: Case) -> None:
    """A share of those who die is not of the WHO, and a figure that the WHO tells is not of it either."""
    pools = PoolGroups(case, of_packs())
    assert pools.lands_in("the share of the cases who die, and of us") == frozenset()
    assert pools.lands_in("the WHO and the US") == {"World Health Organization", "United States"}
    assert pools.spoken_of(told("Japan holds 1 tonne, according to a study by the WHO in May.", 1, "tonne")) == {"Japan"}
    assert pools.spoken_of(told("The WHO holds 1 tonne in Japan.", 1, "tonne")) == {"Japan"}, "a body is no place"
    assert pools.first_in("The World Health Organization flew 20 doctors to Japan.") == "Japan"


OUTBREAK = """model fever "Fever, the WHO says" as of 2024-10-25 for 10 weeks step 1 week
unit person
param ill : person ~ claims "ill so far"
param fresh : person/week ~ claims "newly ill in a week"
param nurses : person ~ claims "chinese nurses in japan"
question left "How many?" at the end value ill + fresh * 1 week + nurses called "ill"
"""
TOLD = (
    ("I1", "ill so far", "Japan and China have counted 900 ill people.", 900, "person", "Japan;China"),
    ("F1", "newly ill in a week", "90 people fell newly ill in a week.", 90, "person/week", None),
    ("F2", "newly ill in a week", "100 people fell newly ill in the last week.", 100, "person/week", None),
    ("G1", "chinese nurses in japan", "There are 300 Chinese nurses in Japan.", 300, "person", "China"),
    ("G2", "chinese nurses in japan", "Japan counts 350 nurses of China on its soil.", 350, "person", "China"),
)


@pytest.fixture(scope="module")
def outbreak(tmp_path_factory: pytest.TempPathFactory) -> PoolGroups:
    folder = tmp_path_factory.mktemp("fever")
    return PoolGroups(case_of(folder, OUTBREAK, TOLD), of_packs())


@pytest.mark.parametrize(
    ("words", "value", "unit", "group"),
    [
        (
            "400 Chinese nurses are now in Japan",
            400,
            "person",
            "chinese nurses in japan",
        ),  # those who are counted, of whom and where
        ("Japan lost 400 nurses in the storm", 400, "person", ""),  # not of those of whom the group is
        ("China has 400 ships in Japan", 400, "ship", ""),  # another dimension
        ("Japan and China have counted 1,200 ill people", 1200, "person", "ill so far"),  # all whom the case is about, together
        ("Japan has counted 400 ill people", 400, "person", ""),  # one of them alone
    ],
)
def test_what_looks_like_a_group_is_of_its_dimension_its_people_and_its_thing(
    outbreak: PoolGroups, words: str, value: float, unit: str, group: str
) -> None:
    assert outbreak.like(told(words, value, unit)).group == group


def test_a_body_is_no_place(outbreak: PoolGroups) -> None:
    """A title that names the WHO does not make it a land of the case, and what stands beside its name is not of another place."""
    counted = told("120 people fell newly ill last week", 120, "person/week")
    assert outbreak.first_in("The WHO sent 9 doctors.") == ""
    assert outbreak.first_in("The WHO flew 9 doctors to Russia.") == "Russia"
    assert "World Health Organization" not in outbreak.of_others(frozenset({"Russia"}), "newly ill in a week")
    assert outbreak.elsewhere(counted, "newly ill in a week") == ""
