"""Several claims at once, claims that reading missed, and claims put into another group: in the desk, without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.ledger.records import assert_whole
from tests.review.sample import REPORT

from foedus.case import load
from foedus.errors import EvidenceError
from foedus.evidence import Documents, span_digest
from foedus.evidence.store import Store
from foedus.review.desk import Desk, ReviewOrder
from foedus.review.opened import uses_of
from foedus.review.shelf import Shelf


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    case = load(str(tmp_path / "velmar"))
    return Desk(store, case.name, "Ana", Shelf(Documents(tmp_path / "velmar" / "documents")), uses_of(case), case.defaults)


def statuses(store: Store) -> dict[str, str]:
    return {claim.id: claim.status for claim in store.ledger().claims}


def test_a_row_tells_what_filters_and_order_go_by(desk: Desk, store: Store) -> None:
    store.edit("V02", {"commitment": "denied"}, "Bo")
    rows = {one["id"]: one for one in desk.overview()["claims"]}
    assert [rows[name]["moves"] for name in ("V01", "V04", "V05")] == [0, 2, 0]
    assert rows["V02"]["commitment"] == "denied" and rows["V01"]["commitment"] == "affirmed"
    assert rows["V01"]["number"] and not rows["V04"]["number"] and rows["V05"]["hedge"] == "possible"
    assert rows["V02"]["version"] == 2 and rows["V01"]["relevance"] == "core"


def test_several_are_decided_on_at_once_and_undone_at_once(desk: Desk, store: Store) -> None:
    before = statuses(store)
    found = desk.decide(ReviewOrder("reject", "V02", 1, claims={"V02": 1, "V03": 1, "V04": 1}, why="an old report"))
    assert {one["id"] for one in found["changed"]} == {"V02", "V03", "V04"} and found["isMany"] and found["count"] == 3
    assert found["details"]["claim"]["id"] == "V02"
    assert [statuses(store)[name] for name in ("V02", "V03", "V04")] == ["rejected"] * 3
    assert {event.why for event in store.history() if event.action == "reject"} == {"an old report"}
    undone = desk.decide(ReviewOrder("undo"))
    assert undone["count"] == 3 and statuses(store) == before
    with pytest.raises(EvidenceError, match="Nothing was decided"):
        desk.decide(ReviewOrder("undo"))
    assert_whole(store)


def test_a_decision_before_several_can_be_undone_after_them(desk: Desk, store: Store) -> None:
    desk.decide(ReviewOrder("accept", "V02", 1))
    desk.decide(ReviewOrder("reject", "V02", 2, claims={"V02": 2, "V03": 1}))
    desk.decide(ReviewOrder("undo"))
    assert statuses(store)["V02"] == "accepted"
    desk.decide(ReviewOrder("undo"))
    assert statuses(store)["V02"] == "proposed"


def test_several_are_all_or_none(desk: Desk, store: Store) -> None:
    store.edit("V03", {"note": "seen"}, "Bo")
    with pytest.raises(EvidenceError, match="Bo changed"):
        desk.decide(ReviewOrder("accept", "V02", 1, claims={"V02": 1, "V03": 1}))
    assert statuses(store)["V02"] == "proposed"


def test_words_of_the_document_become_a_claim_and_can_be_taken_out_again(desk: Desk, store: Store) -> None:
    sha256 = store.claim("V01").claim.document.sha256
    start = REPORT.index("110 ships")
    drafted = desk.draft((sha256, start, start + len("110 ships")))["claim"]
    assert (
        drafted["quantity"]["value"] == 110
        and drafted["quantity"]["unit"] == "ships"
        and drafted["source"]["canonical"] == "dockers' union"
    )
    typed = {"paraphrase": "The union counts 110.", "group": "ships gone", "quantity.unit": "ship", "grade": "C3"}
    found = desk.decide(ReviewOrder("add", typed=typed, span=(sha256, start - 2, start + len("110 ships"))))
    claim = store.claim(found["details"]["claim"]["id"]).claim
    assert (claim.status, claim.group, claim.grade, claim.published) == ("proposed", "ships gone", "C3", "2024-10-24")
    assert REPORT[claim.start : claim.end] == "110 ships" and claim.span_sha256 == span_digest("110 ships"), (
        "blanks at the ends are none of it"
    )
    assert [event.action for event in store.history(claim.id)] == ["add"]
    undone = desk.decide(ReviewOrder("undo"))
    assert undone["gone"] == [claim.id] and undone["details"] is None and claim.id not in statuses(store)
    assert [event.action for event in store.history(claim.id)] == ["add", "remove"]


@pytest.mark.parametrize("span", [("0" * 64, 0, 5), (None, 5, 5), (None, 0, 10**9), (None, 23, 24)])
def test_no_claim_without_words(desk: Desk, store: Store, span: tuple[str | None, int, int]) -> None:
    sha256 = span[0] or store.claim("V01").claim.document.sha256
    assert REPORT[23:24].strip() == "" or span[1] != 23
    with pytest.raises(EvidenceError, match="cannot be found"):
        desk.draft((sha256, *span[1:]))


def test_a_claim_is_placed_with_its_figure_converted(desk: Desk, store: Store) -> None:
    store.edit("V03", {"group": "ungrouped", "quantity.unit": "ships", "quantity.value": 7}, "Bo")
    homes = desk.homes("V03")
    assert (
        [home["group"] for home in homes["homes"]] == ["ships gone"]
        and homes["homes"][0]["factor"] == 1
        and homes["homes"][0]["carries"]
    )
    desk.decide(ReviewOrder("place", "V03", 2, {"group": "ships gone"}))
    claim = store.claim("V03").claim
    assert (claim.group, claim.quantity.unit, claim.quantity.value) == ("ships gone", "ship", 7)


def test_what_does_not_convert_needs_a_factor(desk: Desk, store: Store) -> None:
    store.edit("V03", {"group": "ungrouped", "quantity.unit": "convoy", "quantity.value": 7}, "Bo")
    with pytest.raises(EvidenceError, match="counts in convoy"):
        desk.decide(ReviewOrder("place", "V03", 2, {"group": "ships gone"}))
    desk.decide(ReviewOrder("place", "V03", 2, {"group": "ships gone", "factor": "12"}))
    assert store.claim("V03").claim.quantity.value == 84
    for wrong in ("none", "-3", "0"):
        with pytest.raises(EvidenceError):
            desk.decide(ReviewOrder("place", "V03", 3, {"group": "ungrouped shells", "factor": wrong}))
            desk.decide(ReviewOrder("place", "V02", 1, {"group": "ships gone", "factor": wrong}))


def test_the_figure_under_review_is_never_rounded(desk: Desk, store: Store) -> None:
    for value, low, high, shown in (
        (114_040, None, None, "about 114,040 ship"),
        (0.41207, 0.33004, 0.49, "about 0.41207 (0.33004–0.49) ship"),
    ):
        store.edit("V02", {"quantity.value": value, "quantity.low": low, "quantity.high": high}, "Bo")
        assert {one["id"]: one["figure"] for one in desk.overview()["claims"]}["V02"] == shown


def test_the_record_of_a_source_stands_beside_its_grade(desk: Desk, store: Store) -> None:
    store.edit("V03", {"source.canonical": "a pilot", "grade": "A2"}, "Bo")
    record = desk.details("V02")["record"]
    assert record["letters"] == {"A": 1, "C": 1} and record["words"] == ""
    desk.decide(ReviewOrder("accept", "V02", 1))
    desk.decide(ReviewOrder("reject", "V03", 2))
    assert desk.details("V02")["record"]["words"] == "1 of 2 accepted"
    desk.decide(ReviewOrder("undo"))
    assert desk.details("V02")["record"]["words"] == "1 of 1 accepted"
