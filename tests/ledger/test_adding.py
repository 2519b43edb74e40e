"""Claims that reading missed, found in their document by their words; and claims put into a group, their figures converted."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cli.conftest import Call, call  # noqa: F401
from tests.ledger.records import claims, record
from tests.ledger.test_command import case  # noqa: F401

from foedus.errors import EvidenceError
from foedus.evidence import Claim, Documents, open_store, read_ledger
from foedus.evidence.reading.textmap import identity
from foedus.evidence.store.adding import find_words
from foedus.evidence.store.placing import factor_between, group_units, homes_of, placed, words_of_group

TEXT = "The wire\n\nThe ministry said 2,500 sailors\r\nleft the port on Monday. It denied that 300 sailors stayed.\n"


@pytest.fixture
def wire(tmp_path: Path) -> Path:
    path = tmp_path / "wire.txt"
    path.write_bytes(TEXT.encode())
    return path


def test_a_claim_is_added_at_its_words(call: Call, case: Path, wire: Path) -> None:
    words = (
        "--doc",
        str(wire),
        "--text",
        "2,500 sailors left the port",
        "--value",
        "2500",
        "--unit",
        "person",
        "--group",
        "troops",
    )
    done = call(
        "ledger", "sample", "add", *words, "--published", "2024-10-02", "--source", "the ministry", "--why", "missed", "--json"
    )
    assert done.code == 0, done.err
    claim = done.document["claim"]
    assert TEXT[claim["start"] : claim["end"]] == "2,500 sailors\r\nleft the port", "line ends count as blanks"
    assert claim["document"]["sha256"] == hashlib.sha256(TEXT.encode()).hexdigest() and claim["document"]["file"] == "wire.txt"
    assert (claim["status"], claim["origin"], claim["grade"], claim["quantity"]["value"]) == (
        "proposed",
        "the ministry",
        "F6",
        2500,
    )
    [event] = done.document["events"]
    assert (event["action"], event["who"], event["why"]) == ("add", "ann", "missed")
    with open_store(case / "ledger.sqlite") as store:
        assert Documents(wire.parent).quote(store.claim(claim["id"]).claim) == "2,500 sailors\r\nleft the port"
    again = call("ledger", "sample", "add", *words, "--accept", "--json")
    assert again.document["claim"]["id"] != claim["id"] and again.document["claim"]["status"] == "accepted"
    assert again.document["claim"]["source"]["canonical"] == "the ministry", "who speaks is taken from the nearest claim"
    assert call("ledger", "sample", "export", str(case / "out.jsonl")).code == 0
    assert read_ledger(case / "out.jsonl").by_id[claim["id"]].quantity.value == 2500


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--text", "sailors"), 1, "2 times"),
        (("--text", "a submarine"), 1, "do not stand"),
        (("--text", " "), 1, "No words"),
        (("--text", "sailors", "--which", "3"), 1, "2 times"),
        (("--text", "300 sailors", "--value", "3"), 2, "needs its unit"),
        (("--text", "300 sailors", "--grade", "B2"), 2, "needs its reason"),
        (("--text", "300 sailors", "--unit", "person"), 2, "needs its number"),
        (("--text", "300 sailors", "--value", "3", "--unit", "shell", "--group", "troops"), 1, "mixed-units"),
        (("--text", "300 sailors", "--value", "nan", "--unit", "person"), 2, "no number that can be used"),
        (("--text", "300 sailors", "--published", "soon"), 1, "no date"),
        (("--text", "300 sailors", "--published", "2025-01-01"), 1, "after-as-of"),
        (("--text", "300 sailors", "--low", "9", "--high", "3", "--unit", "person"), 1, "bad-range"),
    ],
)
def test_what_cannot_be_added_says_why(call: Call, case: Path, wire: Path, words: tuple[str, ...], code: int, told: str) -> None:
    done = call("ledger", "sample", "add", "--doc", str(wire), *words)
    assert done.code == code and told in done.err, done.err
    assert call("ledger", "sample", "list", "--json").document["total"] == 3


def test_no_document_no_claim(call: Call, case: Path) -> None:
    done = call("ledger", "sample", "add", "--doc", "nowhere.txt", "--text", "x")
    assert done.code == 1 and "nowhere.txt" in done.err


@given(st.text(alphabet="ab 1\n.", min_size=1, max_size=40), st.data())
def test_words_are_found_where_they_stand_or_refused(text: str, data: st.DataObject) -> None:
    """What is found reads as what was asked for; nothing else is ever found."""
    start = data.draw(st.integers(0, len(text) - 1))
    words = text[start : data.draw(st.integers(start + 1, len(text)))]
    try:
        low, high = find_words(identity(text), words, "text")
    except EvidenceError as error:
        assert error.problems[0].code == ("words-not-unique" if words.split() else "no-words")
    else:
        assert text[low:high].split() == words.split()


@pytest.mark.parametrize(
    ("found", "wanted", "factor"),
    [
        ("soldiers", "person", 1),
        ("person", "soldier", None),
        ("square_mile", "km2", 2.589988110336),
        ("tonne", "kg", 1000),
        ("soldiers per week", "person/day", 1 / 7),
        ("ship", "person", None),
        ("shells", "shell", 1),
        ("km", "", None),
        ("sailors", "person", None),
    ],
)
def test_how_units_convert(found: str, wanted: str, factor: float | None) -> None:
    known = factor_between(found, wanted)
    assert known is None if factor is None else known == pytest.approx(factor, rel=1e-12)


def test_a_case_may_name_its_own_people() -> None:
    assert factor_between("sailors", "person", frozenset({"sailor"})) == 1


def test_figures_are_converted_without_dust_and_all_of_them() -> None:
    quantity = {"kind": "numeric", "qualifier": "between", "value": None, "low": 1.1, "high": 3, "unit": "mile"}
    [claim] = claims("A1", quantity=quantity)
    changes = placed(claim, "distance", "km")
    assert changes == {"group": "distance", "quantity.low": 1.7702784, "quantity.high": 4.828032, "quantity.unit": "km"}
    [plain] = claims("A2")
    assert placed(plain, "troops", "person") == {"group": "troops"} == placed(plain, "troops", "")


@given(st.floats(1e-6, 1e12), st.sampled_from([("mile", "km"), ("km", "mile"), ("week", "day"), ("person/week", "person/year")]))
def test_converting_there_and_back_is_the_figure(value: float, units: tuple[str, str]) -> None:
    quantity: dict[str, Any] = {**record()["quantity"], "value": value, "unit": units[0]}
    [claim] = claims("A1", quantity=quantity)
    there = placed(claim, "g", units[1])
    [moved] = claims("A1", quantity={**quantity, "value": there["quantity.value"], "unit": units[1]})
    assert placed(moved, "g", units[0])["quantity.value"] == pytest.approx(value, rel=1e-13)


def test_place_by_command(call: Call, case: Path) -> None:
    assert call("ledger", "sample", "edit", "A2", "group=other", "quantity.unit=convoy").code == 0
    refused = call("ledger", "sample", "place", "A2", "troops")
    assert refused.code == 1 and "counts in convoy" in refused.err and "--factor" in refused.err
    assert "quantity.value: 1000 → 5000" in call("ledger", "sample", "place", "A2", "troops", "--factor", "5").out
    assert call("ledger", "sample", "list", "--group", "troops", "--json").document["claims"][1]["quantity"]["unit"] == "person"


def test_groups_are_suggested_by_unit_and_words_never_by_unit_alone(call: Call, case: Path) -> None:
    told = [
        ("A1", "troops sent", "The army sent a thousand soldiers abroad.", "person"),
        ("A2", "harvest workers", "Farms hired a thousand pickers.", "person"),
        ("A3", "shells", "The army sent shells abroad.", "shell"),
    ]
    ledger = [
        claims(name, group=group, paraphrase=text, quantity={**record()["quantity"], "unit": unit})[0]
        for name, group, text, unit in told
    ]
    bags = {claim.group: words_of_group(claim.group, [claim]) for claim in ledger}
    [asked] = claims(
        "B", group="ungrouped", paraphrase="Some 300 soldiers were sent.", quantity={**record()["quantity"], "unit": "soldiers"}
    )
    homes = homes_of(asked, bags, group_units(ledger), ["troops sent"])
    assert (
        [home.group for home in homes] == ["troops sent"]
        and homes[0].carries
        and homes[0].factor == 1
        and "soldier" in homes[0].shared
    )
    [stranger] = claims(
        "C", group="ungrouped", paraphrase="Nine judges resigned.", quantity={**record()["quantity"], "unit": "person"}
    )
    assert homes_of(stranger, bags, group_units(ledger), ["troops sent"]) == ()
    shown = call("ledger", "sample", "place", "S1")
    assert shown.code == 0 and "No group shares" in shown.out


def test_selected_claims_are_decided_on_together(call: Call, case: Path) -> None:
    done = call("ledger", "sample", "reject", "--number", "--why", "old", "--json")
    assert [event["claim"] for event in done.document["events"]] == ["A2", "S1"], "what is decided already stays"
    assert call("ledger", "sample", "reject", "--number").code == 1
    assert [
        event["claim"]
        for event in call("ledger", "sample", "accept", "--status", "rejected", "--group", "shells", "--json").document["events"]
    ] == ["S1"]
    assert call("ledger", "sample", "accept").code == 2 and call("ledger", "sample", "accept", "A2", "--number").code == 2


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--commitment", "denied"), ["A2"]),
        (("--hedge", "possible"), ["A1"]),
        (("--relevance", "context"), ["S1"]),
        (("--no-number",), []),
        (("--number", "--first", "moves"), ["A1", "A2", "S1"]),
    ],
)
def test_list_by_what_a_claim_is(call: Call, case: Path, words: tuple[str, ...], expected: list[str]) -> None:
    call("ledger", "sample", "edit", "A2", "commitment=denied")
    call("ledger", "sample", "edit", "A1", "hedge.class=possible")
    call("ledger", "sample", "edit", "S1", "relevance=1")
    assert [claim["id"] for claim in call("ledger", "sample", "list", *words, "--json").document["claims"]] == expected


def test_the_group_that_analysts_chose_is_mostly_among_the_three_suggested() -> None:
    """Each claim of a shipped ledger against its other claims; 75 % when this was written, and 3 % for three groups by name."""
    told: dict[str, list[Claim]] = {}
    ledger = read_ledger(Path(__file__).parents[2] / "cases" / "pact" / "ledger.jsonl").claims
    for claim in ledger:
        told.setdefault(claim.group, []).append(claim)
    bags = {group: words_of_group(group, own) for group, own in told.items()}
    units, asked, found, by_name = group_units(ledger), 0, 0, 0
    for claim in ledger:
        others = [one for one in told[claim.group] if one.id != claim.id]
        if others:
            homes = homes_of(
                replace(claim, group="ungrouped"), bags | {claim.group: words_of_group(claim.group, others)}, units, ()
            )
            asked, found = asked + 1, found + (claim.group in [home.group for home in homes])
            by_name += claim.group in sorted(bags)[:3]
    assert asked > 200 and found / asked > 0.7 > 4 * by_name / asked
