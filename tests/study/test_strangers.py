"""What suits a group and is of something near to it counts nowhere: another good, another place, those of whom the text just spoke, an older time."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.study.ledgers import case_of, told

from foedus.case import load
from foedus.cli.main import foedus as command
from foedus.evidence import Claim
from foedus.evidence.claim import TimeReference
from foedus.evidence.reading.subject import of_packs
from foedus.study.placing import PoolGroups
from foedus.study.strangers import Strangers

MODEL = """model cane "Cane sugar in Japan" as of 2024-10-25 for 10 weeks step 1 week
unit tonne, yen
param made : tonne/month ~ claims "sugar made in a month"
param price : yen/tonne ~ claims "price of sugar"
question left "How much is made?" at the end value made * 1 month + price * 0 tonne^2/yen called "sugar made"
"""
SAID = (
    ("M1", "sugar made in a month", "Mills make 50,000 tonnes of cane sugar a month.", 5e4, "tonne/month"),
    ("M2", "sugar made in a month", "Japanese mills made 52,000 tonnes of raw cane sugar a month.", 5.2e4, "tonne/month"),
    ("P1", "price of sugar", "Cane sugar costs 90,000 yen a tonne.", 9e4, "yen/tonne"),
    ("P2", "price of sugar", "At Osaka sugar cost 92,000 yen a tonne.", 9.2e4, "yen/tonne"),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cane")
    case_of(folder, MODEL, SAID)
    return folder


@pytest.fixture(scope="module")
def strangers(home: Path) -> Strangers:
    case = load(str(home))
    return Strangers(case, PoolGroups(case, of_packs()))


def made(words: str, time: str | None = None) -> Claim:
    one = dataclasses.replace(told(words, 5.1e4, "tonne/month"), group="sugar made in a month")
    return dataclasses.replace(one, time=TimeReference("partial", time)) if time else one


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Mills made 51,000 tonnes of cane sugar in the month", ""),
        ("Mills made 51,000 tonnes of sugar", ""),
        ("Mills made another 51,000 fresh tonnes of raw sugar", ""),
        ("Mills made 51,000 tonnes of beet sugar in the month", "it is of beet sugar"),
        ("Mills made 51,000 tonnes of molasses", "it is of molasses"),
        ("Beet sugar costs 91,000 yen a tonne", "it is of beet sugar"),
        ("At Osaka mills made 51,000 tonnes of sugar", ""),
        ("In Brisbane mills made 51,000 tonnes of sugar", "it is of Brisbane"),
        ("From Brisbane came 51,000 tonnes of sugar", "it is of Brisbane"),
        ("Mills made 51,000 tonnes of the sugar of beets", "it is of beets"),
        ("Mills made 51,000 tonnes of the sugar of mills", ""),
        ("Mills of Japan and Brazil together made 51,000 tonnes of sugar", "it is of Brazil and Japan together"),
        ("A tonne of cane juice costs 51,000 yen", "it is of cane juice"),
        ("Some 51,000 tonnes of those made were sold", ""),
        ("In October mills made 51,000 tonnes of sugar", ""),
        ("In March mills made 51,000 tonnes of sugar", "it is of a time long before the figures of the group (of March 2024)"),
        ("In October 2019 mills made 51,000 tonnes of sugar", "(of October 2019)"),
    ],
)
def test_what_the_case_never_speaks_of_is_strange_to_it(strangers: Strangers, words: str, why: str) -> None:
    found = strangers.against(made(words), "")
    assert found.startswith(why.split("(")[0]) and why in found if why else found == ""


def test_an_older_time_that_was_read_is_strange_too(strangers: Strangers) -> None:
    assert "long before" in strangers.against(made("Mills made 51,000 tonnes", "[2018-01-01,2018-12-31]"), "")
    assert strangers.against(made("Mills made 51,000 tonnes", ">=2018"), "") == ""
    assert strangers.against(made("Mills made 51,000 tonnes", "2024-10"), "") == ""


@pytest.mark.parametrize(
    ("title", "unit", "published", "counts"),
    [
        ("In store at the start", "tonne", "2024-10-31", True),
        ("In store at the start", "tonne", "2024-11-08", False),
        ("Stored so far", "tonne", "2024-11-08", False),
        ("What stores can hold", "tonne", "2024-11-08", True),
        ("Made in a week at the start", "tonne/week", "2024-11-08", True),
        ("Made in a week at the start", "tonne/week", "2025-01-08", False),
    ],
)
def test_how_things_stand_later_is_not_how_they_stood_at_the_start(
    tmp_path: Path, title: str, unit: str, published: str, counts: bool
) -> None:
    model = 'model cane "Cane" as of 2024-10-25 for 10 weeks step 1 week\nunit tonne\n'
    model += f'param held : {unit} ~ claims "sugar held" "{title}"\nquestion left "How much?" at the end value held\n'
    case = case_of(tmp_path, model, [("M1", "sugar held", "Mills hold 50,000 tonnes of sugar.", 5e4, unit)])
    one = dataclasses.replace(told("Mills hold 90,000 tonnes of sugar", 9e4, unit), group="sugar held", published=published)
    why = Strangers(case, PoolGroups(case, of_packs())).against(one, "")
    assert (why == "") is counts and (counts or "the day of the case (25 October 2024)" in why)


def test_what_was_so_by_a_day_is_of_that_day(tmp_path: Path) -> None:
    model = 'model cane "Cane" as of 2024-10-25 for 10 weeks step 1 week\nunit tonne\n'
    model += 'param held : tonne ~ claims "sugar held" "In store at the start"\nquestion left "How much?" at the end value held\n'
    case = case_of(tmp_path, model, [("M1", "sugar held", "Mills hold 50,000 tonnes of sugar.", 5e4, "tonne")])
    strangers = Strangers(case, PoolGroups(case, of_packs()))
    one = dataclasses.replace(told("Mills held 90,000 tonnes of sugar", 9e4, "tonne"), group="sugar held", published="2024-12-02")
    by = {
        value: dataclasses.replace(one, time=TimeReference("partial", value))
        for value in ("<=2024-11-30", "<=2024-10-27", "2024-11-20")
    }
    found = {value: strangers.against(claim, "")[: len("it is of 30 November")] for value, claim in by.items()}
    assert found == {"<=2024-11-30": "it is of 30 November", "<=2024-10-27": "", "2024-11-20": "it is of 20 November"}


def test_who_is_not_named_is_whom_the_text_just_spoke_of(strangers: Strangers) -> None:
    nameless = made("Mills made 51,000 tonnes of sugar there")
    assert strangers.against(nameless, "Japan has many mills. Rain fell.\n") == ""
    assert strangers.against(nameless, "Japan has many mills. In China sugar is dear, Japan said.\n").startswith(
        "the text before speaks of China"
    )
    assert strangers.against(nameless, "In China sugar is dear. It rained. It rained again.\n") == "", "so far back nobody looks"
    assert strangers.against(nameless, "The WHO spoke of sugar in China.\n").startswith("the text before speaks of China")
    assert strangers.against(nameless, "The United Nations spoke of sugar.\n") == "", "a body is no place"
    assert strangers.against(made("Mills of Japan made 51,000 tonnes of sugar"), "China grows cane.") == ""


def test_the_month_of_what_a_figure_is_held_against_is_not_its_own(strangers: Strangers) -> None:
    figure = "Mills made 51,000 tonnes of sugar"
    one = made(f"{figure}, down from 60,000 in March")
    assert one.quantity is not None
    one = dataclasses.replace(one, quantity=dataclasses.replace(one.quantity, text="51,000 tonnes"))
    assert strangers.against(one, "") == ""


@pytest.mark.parametrize(
    ("source", "kind", "is_own"),
    [
        ("miller named Aki", "anonymous", True),
        ("the millers' association", "anonymous", False),
        ("farm ministry", "official", False),
    ],
)
def test_what_one_says_of_himself_is_not_of_the_land(strangers: Strangers, source: str, kind: str, is_own: bool) -> None:
    one = made("We make 51,000 tonnes of sugar a month")
    one = dataclasses.replace(one, source=dataclasses.replace(one.source, canonical=source, text=source, type=kind))
    assert (strangers.against(one, "") == f"it is of {source} alone, who says it of themselves") is is_own


def test_who_is_counted_is_whose_the_figure_is(home: Path) -> None:
    """Those who are counted are the people of whom their noun says that they are, wherever they are."""
    pools = PoolGroups(load(str(home)), of_packs())
    one = made("Mills of Japan made 51,000 tonnes of sugar from cane of India")
    assert one.quantity is not None and pools.elsewhere(one, "sugar made in a month") == ""
    words = "Mills of India made 51,000 tonnes of sugar, half as many as Japan"
    other = dataclasses.replace(one, paraphrase=words, quantity=dataclasses.replace(one.quantity, text="51,000 tonnes"))
    assert pools.elsewhere(other, "sugar made in a month").startswith("it counts those of India")
    words = "Mills of India make twice as much as Japan's 51,000 tonnes of sugar"
    other = dataclasses.replace(other, paraphrase=words)
    assert pools.elsewhere(other, "sugar made in a month") == ""
    counted = dataclasses.replace(
        one,
        paraphrase="In Japan are 51,000 Indian tonnes",
        quantity=dataclasses.replace(one.quantity, text="51,000 Indian tonnes"),
    )
    assert pools.elsewhere(counted, "sugar made in a month") == "it counts those of India, the group those of Japan"


def test_what_is_done_abroad_is_none_of_a_group_that_does_not_speak_of_it(strangers: Strangers) -> None:
    assert "done abroad" in strangers.against(made("Buyers abroad made 51,000 tonnes of sugar of it"), "")


def test_the_note_counts_none_of_it(home: Path, tmp_path: Path) -> None:
    pytest.importorskip("spacy", reason="spacy is not installed: no report is read")
    (tmp_path / "report.txt").write_text(
        "Japanese mills made 51,000 tonnes of cane sugar a month.\n\nJapanese mills made 53,000 tonnes of beet sugar a month.\n\n"
        "Japanese mills made 50,500 tonnes of cane sugar a month, and 49,000 tonnes of molasses a month.\n"
    )
    arguments = ["today", str(home), str(tmp_path / "report.txt"), "--published", "2024-11-01", "-n", "200"]
    document = json.loads(CliRunner().invoke(command, [*arguments, "--json"]).output)
    moves = {one["words"]: (one["moves"], one["looks_like"]) for one in document["new_claims"] if one["figure"]}
    assert [words for words, (does, _) in moves.items() if does and "cane" in words]
    assert all(not does for words, (does, _) in moves.items() if "beet" in words or "49,000" in words)
