"""The page of a draft, asked by HTTP: what it shows, what it changes, who may ask, and the case that it writes."""

from __future__ import annotations

from typing import Any

import pytest

from foedus.case import load
from foedus.draft import draft_case
from foedus.study.futures import run_futures


def slot_of(overview: dict[str, Any], mechanism: str, name: str) -> dict[str, Any]:
    part = next(part for part in overview["parts"] if part["mechanism"] == mechanism)
    return next(slot for slot in part["slots"] if slot["slot"] == name)


def claim_of(overview: dict[str, Any], name: str) -> dict[str, Any]:
    return next(claim for claim in overview["claims"] if claim["id"] == name)


def test_it_shows_claims_beside_parts_and_questions_with_their_defaults(served) -> None:
    page = served("strike")
    found = page.overview()
    assert (
        [part["mechanism"] for part in found["parts"]] == ["queue", "goods", "dispute"]
        and not found["can_undo"]
        and found["made"] is None
    )
    assert 1 <= len(found["asked"]) <= 10 and all(one["taken"] == 0 and len(one["options"]) > 1 for one in found["asked"])
    assert [one["key"].split(":")[0] for one in found["asked"]][:4] == ["part", "part", "part", "horizon"]
    states = {claim["state"] for claim in found["claims"]}
    assert states == {"slot", "left", "ahead"} and all(claim["why"] for claim in found["claims"] if claim["state"] == "left")
    for claim in found["claims"]:
        if claim["home"]:
            assert claim["id"] in slot_of(found, *claim["home"])["claims"] and claim["home"][1] in claim["fits"][claim["home"][0]]
    shown = {one["mechanism"] for part in ("parts", "left_out", "shelf") for one in found[part]}
    assert "pipeline" in shown and "attrition" not in shown  # between two sides: no draft can use it
    assert found["questions"] and found["documents"]


def test_a_claim_is_put_moved_and_taken_out_and_all_of_it_undone(served) -> None:
    page = served("refugees")
    begin = page.overview()
    claim = next(one["id"] for one in begin["claims"] if "400,000" in one["figure"])
    put = page.decide("put", claim=claim, mechanism="migration", slot="displaced_now")
    assert claim_of(put, claim)["by_hand"] and claim_of(put, claim)["home"] == ["migration", "displaced_now"] and put["can_undo"]
    assert (
        slot_of(put, "migration", "displaced_now")["kind"] == "claims"
        and slot_of(begin, "migration", "displaced_now")["kind"] == "default"
    )
    moved = page.decide("put", claim=claim, mechanism="migration", slot="population")
    assert slot_of(moved, "migration", "displaced_now")["claims"] == [] and slot_of(moved, "migration", "population")[
        "claims"
    ] == [claim]
    out = page.decide("take_out", claim=claim)
    assert claim_of(out, claim)["state"] == "left" and claim_of(out, claim)["why"] == "it was taken out by hand"
    for _ in range(3):
        back = page.decide("undo")
    assert back == begin
    assert page.refused("undo")["code"] == "nothing-to-undo"


@pytest.mark.parametrize(
    ("order", "code"),
    [
        ({"action": "put", "mechanism": "migration", "slot": "return_rate", "claim": "60,000"}, "units-differ"),
        ({"action": "put", "mechanism": "migration", "slot": "nowhere", "claim": "60,000"}, "unknown-slot"),
        ({"action": "put", "mechanism": "queue", "slot": "cleared", "claim": "60,000"}, "unknown-mechanism"),
        ({"action": "put", "mechanism": "migration", "slot": "room", "claim": "nobody"}, "unknown-claim"),
        ({"action": "take_out", "claim": "400,000"}, "unknown-claim"),
        ({"action": "leave_out", "mechanism": "migration"}, "nothing-fits"),
        ({"action": "leave_out", "mechanism": "queue"}, "unknown-mechanism"),
        ({"action": "add", "mechanism": "pipelin"}, "unknown-mechanism"),
        ({"action": "add", "mechanism": "attrition"}, "two-sides"),
        ({"action": "add", "mechanism": "migration"}, "included-twice"),
        ({"action": "answer", "key": "horizon", "taken": 4}, "unknown-option"),
        ({"action": "answer", "key": "horizon", "taken": -1}, "unknown-option"),
        ({"action": "answer", "key": "weather", "taken": 0}, "unknown-question"),
        ({"action": "burn"}, "unknown-action"),
        ({}, "unknown-action"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(served, order, code) -> None:
    page = served("refugees")
    claims = {one["figure"].split(" ")[0].removeprefix("about "): one["id"] for one in page.overview()["claims"]}
    order = {"action": "", **order, **({"claim": claims.get(order["claim"], order["claim"])} if "claim" in order else {})}
    problem = page.refused(**order)
    assert problem["code"] == code and problem["message"] and problem["help"]


def test_a_part_is_left_out_and_brought_back(served) -> None:
    page = served("strike")
    begin = page.overview()
    gone = page.decide("leave_out", mechanism="goods")
    assert [part["mechanism"] for part in gone["parts"]] == ["queue", "dispute"] and [
        one["mechanism"] for one in gone["left_out"]
    ] == ["goods"]
    assert (
        next(one["taken"] for one in gone["asked"] if one["key"] == "part:stocks") == 1
    )  # the answer to its question, and the same thing
    back = page.decide("add", mechanism="goods")
    assert {**back, "can_undo": False} == begin
    assert page.decide("answer", key="part:stocks", taken=1) == gone


def test_a_mechanism_is_added_takes_claims_and_is_left_out_again(served) -> None:
    page = served("strike")
    claim = next(one["id"] for one in page.overview()["claims"] if one["figure"].startswith("3,900"))
    added = page.decide("add", mechanism="inventory")
    part = added["parts"][-1]
    assert (
        part["mechanism"] == "inventory" and part["is_added"] and "inventory" not in {one["mechanism"] for one in added["shelf"]}
    )
    assert any(slot["kind"] == "round" for slot in part["slots"])  # what nobody says is marked
    slot = claim_of(added, claim)["fits"]["inventory"]
    if not slot:  # its units were those of other figures: what is put into it decides
        slot = [next(one["slot"] for one in part["slots"] if "/" not in one["unit"] and one["unit"] not in ("", "week", "day"))]
    put = page.decide("put", claim=claim, mechanism="inventory", slot=slot[0])
    assert slot_of(put, "inventory", slot[0])["claims"] == [claim]
    gone = page.decide("leave_out", mechanism="inventory")
    assert claim_of(gone, claim)["home"] is None and [part["mechanism"] for part in gone["parts"]] == [
        "queue",
        "goods",
        "dispute",
    ]


def test_untouched_it_writes_what_the_terminal_writes_and_stops(served, readings, tmp_path) -> None:
    page = served("refugees")
    status, found = page.post("write")
    assert status == 200 and found["made"]["folder"] == str(page.target) and "rests on defaults" in found["made"]["rests_on"]
    page.thread.join(20)
    assert not page.thread.is_alive() and page.made[0].document["case"] == "refugees"
    (tmp_path / "terminal").mkdir()
    draft_case(tmp_path / "terminal/refugees", readings("refugees"), None, None, lambda asked: 0)
    for file in ("model.foedus", "ledger.jsonl", "evidence.toml", "README.md"):
        assert (page.target / file).read_bytes() == (tmp_path / "terminal/refugees" / file).read_bytes()


def test_it_writes_what_was_decided_once(served) -> None:
    page = served("strike")
    claim = next(one["id"] for one in page.overview()["claims"] if one["figure"].startswith("30 ships"))
    page.decide("put", claim=claim, mechanism="queue", slot="arrivals")
    page.decide("answer", key="horizon", taken=2)
    page.decide("answer", key="copies", taken=1)
    page.decide("leave_out", mechanism="goods")
    assert page.post("write")[0] == 200
    status, found = page.post("write")
    assert status == 409 and found["problems"][0]["code"] == "exists"
    text = (page.target / "model.foedus").read_text()
    assert " for 52 weeks " in text and "use queue" in text and "use goods" not in text and (page.target / "documents").is_dir()
    assert f"- {claim} was put into queue, " in (page.target / "README.md").read_text()
    assert not run_futures(load(str(page.target)), 60, trajectories=False).faults


def test_a_folder_that_came_meanwhile_is_kept_and_the_page_goes_on(served) -> None:
    page = served("vaccine")
    page.target.mkdir()
    (page.target / "mine.txt").write_text("kept")
    status, found = page.post("write")
    assert status == 409 and found["problems"][0]["code"] == "exists"
    assert [path.name for path in page.target.parent.rglob("*")] == ["vaccine", "mine.txt"]
    (page.target / "mine.txt").rename(page.target.parent / "mine.txt")
    page.target.rmdir()
    assert page.post("write")[0] == 200


def test_the_page_has_its_parts_and_asks_no_other_address(served) -> None:
    page = served("vaccine")
    status, text, headers = page.ask(f"/{page.token}/")
    assert status == 200 and "<script>" not in text and "style=" not in text and "http" not in text
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and headers["Cache-Control"] == "no-store"
    for name in ("draft.js", "draft.css", "icon.svg"):
        status, text, _ = page.ask(f"/{page.token}/{name}")
        assert status == 200 and "https://" not in text


class TestWhoMayAsk:
    """The same guards as those of the review."""

    def test_nothing_is_told_without_the_token(self, served) -> None:
        page = served("vaccine")
        for path in ("/", "/overview", "/wrong/overview", "/draft.js"):
            assert page.ask(path)[0] == 403

    def test_other_hosts_origins_and_sites_change_nothing(self, served) -> None:
        page = served("vaccine")
        order = {"action": "answer", "key": "horizon", "taken": 1}
        refusals = (
            {"Host": "evil.example"},
            {"Origin": "https://evil.example"},
            {"Origin": ""},
            {"Sec_Fetch_Site": "cross-site"},
        )
        assert [page.post("decide", order, **headers)[0] for headers in refusals] == [403] * 4
        assert page.post("decide", order, Content_Type="text/plain")[0] == 415 and page.post("write", Origin="null")[0] == 403
        assert not page.overview()["can_undo"] and not page.target.exists()
        assert page.post("decide", order)[0] == 200  # the control of the refusals above

    @pytest.mark.parametrize(
        ("body", "status"),
        [
            (b"", 400),
            (b"[]", 400),
            (b"nonsense", 400),
            ({"action": 3}, 400),
            ({"action": "put", "claim": None}, 400),
            ({"action": "x" * 300}, 400),
            ({"action": "answer", "key": "horizon", "taken": True}, 400),
            ({"action": "answer", "key": "horizon", "taken": "1"}, 400),
            (b"x" * 300_000, 413),
        ],
    )
    def test_garbage_is_refused(self, served, body, status) -> None:
        page = served("vaccine")
        assert page.post("decide", body)[0] == status and not page.overview()["can_undo"]

    def test_names_that_are_not_there_are_not_found(self, served) -> None:
        page = served("vaccine")
        assert page.ask(f"/{page.token}/secrets")[0] == 404 and page.post("burn")[0] == 404
