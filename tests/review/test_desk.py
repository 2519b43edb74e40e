"""Decisions: kept as events, undone as events, refused when somebody else was first."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.case import load
from foedus.errors import EvidenceError
from foedus.evidence.store import Store
from foedus.review.desk import Desk, ReviewOrder
from foedus.review.opened import uses_of
from foedus.review.shelf import Shelf


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    case = load(str(tmp_path / "velmar"))
    return Desk(store, case.name, "Ana", Shelf(), uses_of(case), case.defaults)


def status(store: Store, name: str = "V02") -> str:
    return store.claim(name).claim.status


def test_the_overview_has_every_claim_and_what_it_needs(desk: Desk) -> None:
    found = desk.overview()
    assert [one["id"] for one in found["claims"]] == ["V01", "V02", "V03", "V04", "V05"]
    assert found["claims"][0]["figure"] == "about 40 ship" and found["documents"][0]["title"] == "Ships leave Velmar"
    assert found["who"] == "Ana" and "ships gone" in found["groups"]


def test_a_decision_is_an_event_with_who_and_why(desk: Desk, store: Store) -> None:
    desk.decide(ReviewOrder("accept", "V02", 1, why="two others say so"))
    event = store.history("V02")[-1]
    assert (event.action, event.who, event.why, event.version) == ("accept", "Ana", "two others say so", 2)
    assert status(store) == "accepted"


def test_each_decision_redraws_the_pool(desk: Desk) -> None:
    alone = desk.details("V02")["group"]["pool"]
    both = desk.decide(ReviewOrder("accept", "V02", 1))["details"]["group"]["pool"]
    assert both["origins"] > alone["origins"] and both["median"] > alone["median"]
    again = desk.decide(ReviewOrder("reject", "V02", 2))["details"]["group"]["pool"]
    assert again == alone


def test_conflict_marks_both_claims_and_goes_away_again(desk: Desk) -> None:
    found = desk.decide(ReviewOrder("accept", "V03", 1))
    assert {one["id"]: one["conflict"] for one in found["changed"]} == {"V01": True, "V03": True}
    assert found["details"]["group"]["conflicts"] == [["V01", "V03"]]
    assert desk.conflicts() == {"conflicts": ["V01", "V03"]}
    found = desk.decide(ReviewOrder("reject", "V03", 2))
    assert {one["id"]: one["conflict"] for one in found["changed"]} == {"V01": False, "V03": False}


def test_undo_goes_back_step_by_step_and_is_kept(desk: Desk, store: Store) -> None:
    desk.decide(ReviewOrder("accept", "V02", 1))
    desk.decide(ReviewOrder("edit", "V02", 2, {"quantity.value": "50"}))
    desk.decide(ReviewOrder("reject", "V03", 1))
    assert desk.decide(ReviewOrder("undo"))["undone"] == "V03" and status(store, "V03") == "proposed"
    assert desk.decide(ReviewOrder("undo"))["details"]["claim"]["quantity"]["value"] == 45 and status(store) == "accepted"
    desk.decide(ReviewOrder("undo"))
    assert status(store) == "proposed"
    with pytest.raises(EvidenceError, match="Nothing was decided"):
        desk.decide(ReviewOrder("undo"))
    actions = [event.action for event in store.history("V02")]
    assert actions == ["import", "accept", "edit", "restore", "restore"]
    assert store.claim("V02").claim == store.ledger().by_id["V02"]
    assert all("undoes event" in event.why for event in store.history("V02")[-2:])


def test_undo_never_takes_back_what_somebody_else_did(desk: Desk, store: Store) -> None:
    desk.decide(ReviewOrder("accept", "V02", 1))
    store.edit("V02", {"quantity.value": 47}, "Bo", "misread")
    with pytest.raises(EvidenceError, match=r"Bo changed .*quantity.value"):
        desk.decide(ReviewOrder("undo"))
    assert store.claim("V02").claim.quantity.value == 47


def test_undo_does_not_reach_below_an_edit_of_somebody_else(desk: Desk, store: Store) -> None:
    desk.decide(ReviewOrder("accept", "V02", 1))
    store.edit("V02", {"quantity.value": 47}, "Bo", "misread")
    desk.decide(ReviewOrder("edit", "V02", 3, {"note": "seen"}))
    desk.decide(ReviewOrder("undo"))
    with pytest.raises(EvidenceError, match="Bo changed"):
        desk.decide(ReviewOrder("undo"))
    assert store.claim("V02").claim.quantity.value == 47 and status(store) == "edited"


@pytest.mark.parametrize(
    "order", [ReviewOrder("accept", "V02", 1), ReviewOrder("reject", "V02", 1), ReviewOrder("edit", "V02", 1, {"note": "x"})]
)
def test_a_decision_on_an_old_version_is_refused(desk: Desk, store: Store, order: ReviewOrder) -> None:
    store.edit("V02", {"quantity.value": 47}, "Bo", "misread")
    with pytest.raises(EvidenceError, match="Bo changed"):
        desk.decide(order)
    assert store.claim("V02").version == 2


def test_news_tells_what_others_changed(desk: Desk, store: Store) -> None:
    last = desk.overview()["last"]
    store.reject("V03", "Bo", "an echo")
    found = desk.news(last)
    assert [(one["id"], one["status"]) for one in found["changed"]] == [("V03", "rejected")] and found["last"] == last + 1
    assert desk.news(found["last"])["changed"] == []


def test_an_edit_that_changes_nothing_leaves_no_event_and_nothing_to_undo(desk: Desk, store: Store) -> None:
    before = store.number
    assert desk.decide(ReviewOrder("edit", "V02", 1, {"quantity.value": "45"}))["isNew"] is False
    assert store.number == before
    with pytest.raises(EvidenceError, match="Nothing was decided"):
        desk.decide(ReviewOrder("undo"))


def test_a_claim_moved_to_another_group_changes_both(desk: Desk) -> None:
    desk.decide(ReviewOrder("accept", "V03", 1))
    found = desk.decide(ReviewOrder("edit", "V03", 2, {"group": "ships counted by the union"}))
    assert found["details"]["group"]["name"] == "ships counted by the union" and found["details"]["group"]["uses"] == []
    assert {one["id"]: one["conflict"] for one in found["changed"]} == {"V01": False, "V03": False}


EDITS = {
    "thousands": ({"quantity.value": "12,000"}, ("quantity", "value"), 12_000),
    "spaces": ({"quantity.value": "12\u202f000"}, ("quantity", "value"), 12_000),
    "a fraction": ({"quantity.value": "0.15"}, ("quantity", "value"), 0.15),
    "an exponent": ({"quantity.value": "1.2e4"}, ("quantity", "value"), 12_000),
    "a field taken away": ({"quantity.value": "", "quantity.low": "40", "quantity.high": "50"}, ("quantity", "value"), None),
    "another hedge": ({"hedge.class": "possible"}, ("hedge", "class"), "possible"),
    "a time where there was none": ({"time.value": "2024-10-23"}, ("time", "value"), "2024-10-23"),
}


@pytest.mark.parametrize("name", EDITS)
def test_what_is_typed_becomes_what_a_ledger_holds(desk: Desk, name: str) -> None:
    typed, (outer, inner), value = EDITS[name]
    found = desk.decide(ReviewOrder("edit", "V02", 1, typed))["details"]["claim"]
    assert found[outer][inner] == value


def test_a_figure_for_a_claim_that_had_none(desk: Desk) -> None:
    found = desk.decide(ReviewOrder("edit", "V05", 1, {"quantity.value": "3", "quantity.unit": "ship"}))["details"]["claim"]
    assert found["quantity"] == {"kind": "numeric", "qualifier": "eq", "value": 3, "low": None, "high": None, "unit": "ship"}


REFUSALS = {
    "no number": ({"quantity.value": "1.2.3"}, "no number"),
    "infinite": ({"quantity.value": "inf"}, "no number"),
    "wrong separators": ({"quantity.value": "1,20"}, "no number"),
    "another unit": ({"quantity.unit": "person"}, "unit person"),
    "an unknown grade": ({"grade": "Z9"}, "Admiralty"),
    "after the case's date": ({"published": "2024-12-01"}, "after the case's date"),
    "the status": ({"status": "accepted"}, "no field of this page"),
    "no text": ({"note": 3}, "no field of this page"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_an_edit_that_cannot_be_is_refused_whole(desk: Desk, store: Store, name: str) -> None:
    typed, words = REFUSALS[name]
    with pytest.raises(EvidenceError, match=words):
        desk.decide(ReviewOrder("edit", "V02", 1, {"note": "kept?", **typed}))
    assert store.claim("V02").version == 1
