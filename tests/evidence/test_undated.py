"""A claim without a date has no date: none is made up, and nothing that hangs on dates takes it for old or for known."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from claim_records import MODEL, record

import foedus
from foedus.cli.main import main
from foedus.evidence import belief_curve, pool, read_ledger, write_ledger
from foedus.evidence.store import open_store
from foedus.history.cut import write_known


@pytest.fixture
def place(tmp_path: Path) -> Path:
    rows = [
        record(id="A1", published=None),
        record(id="B1", origin="other", published="2024-09-01"),
        record(id="C1", origin="third", published=None, document={"sha256": "a" * 64, "title": "t", "published": "2024-08-01"}),
    ]
    (tmp_path / "ledger.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (tmp_path / "model.foedus").write_text(MODEL)
    return tmp_path


def test_no_date_is_made_up(place: Path) -> None:
    undated, dated, document = read_ledger(place / "ledger.jsonl").claims
    assert (undated.published, undated.published_how, undated.day, undated.stated) == (None, None, "", "")
    assert dated.published == "2024-09-01" and (document.published, document.published_how) == ("2024-08-01", "with its document")
    assert "published" not in undated.as_dict()


def test_a_ledger_with_undated_claims_comes_back_byte_for_byte(place: Path) -> None:
    write_ledger(read_ledger(place / "ledger.jsonl"), place / "one.jsonl")
    write_ledger(read_ledger(place / "one.jsonl"), place / "two.jsonl")
    assert (place / "one.jsonl").read_bytes() == (place / "two.jsonl").read_bytes()
    assert "1970" not in (place / "two.jsonl").read_text()


def test_the_flagships_ledger_comes_back_byte_for_byte(tmp_path: Path) -> None:
    case = foedus.load("pact")
    assert case.folder.ledger is not None
    write_ledger(read_ledger(case.folder.ledger), tmp_path / "ledger.jsonl")
    assert (tmp_path / "ledger.jsonl").read_bytes() == case.folder.ledger.read_bytes()


def test_a_store_keeps_it_so(place: Path) -> None:
    whole = read_ledger(place / "ledger.jsonl")
    with open_store(place / "other.sqlite", create=True) as store:
        store.add(whole.claims, "ann")
        store.edit("A1", {"note": "seen"}, "ann")
        store.edit("B1", {"published": None}, "ann", "it was never published")
        found = {claim.id: claim for claim in store.ledger().claims}
        assert found["A1"].published is None and found["B1"].published is None and found["C1"].published == "2024-08-01"
        store.export(place / "out.jsonl")
    assert [claim.published for claim in read_ledger(place / "out.jsonl").claims] == [None, None, "2024-08-01"]


def test_it_is_newer_than_nothing(make: Any) -> None:
    undated, old, twin = (
        make(1000, id="A1", published=None),
        make(10, id="A2", published="1999-01-01"),
        make(2000, id="A3", published=None),
    )
    assert dict(pool([undated, old]).superseded_by) == {"A1": "A2"}
    assert not pool([undated, twin]).superseded_by  # neither is newer
    assert make(1, published=None, time={"kind": "absolute", "value": "2024-01-02"}).stated == "2024-01-02"


def test_it_cannot_be_said_to_have_been_known(make: Any) -> None:
    claims = [make(1, id="A1", published=None), make(1, id="A2", origin="other", published="2024-01-01")]
    assert [point.claim for point in belief_curve(claims).points] == ["A1", "A2"]
    assert [point.claim for point in belief_curve(claims, as_of="2024-06-01").points] == ["A2"]


def test_a_cut_into_the_past_leaves_it_out(place: Path, tmp_path: Path) -> None:
    known = write_known(foedus.load(str(place)), datetime.date(2024, 9, 15), tmp_path / "then")
    assert known.case.ledger is not None
    assert {claim.id for claim in known.case.ledger.claims} == {"B1", "C1"}


def test_screens_say_that_there_is_no_date(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words, says in (
        (["ledger", str(place), "list"], "unknown"),
        (["ledger", str(place), "show", "A1"], "no date"),
        (["trace", str(place), "how_many", "-n", "50"], "no date"),
        (["ledger", str(place), "conflicts"], ""),
        (["sources", str(place)], ""),
    ):
        main(words)
        shown = capsys.readouterr().out
        assert says in shown and "1970" not in shown and "None" not in shown, words
    main(["run", str(place), "-n", "50", "-o", str(place / "r.html")])
    page = (place / "r.html").read_text()
    assert "no date" in page and ", None" not in page
    capsys.readouterr()
    main(["ledger", str(place), "list", "--json"])
    told = {claim["id"]: claim for claim in json.loads(capsys.readouterr().out)["claims"]}
    assert told["A1"].get("published") is None and told["B1"]["published"] == "2024-09-01"


def test_the_desk_has_no_date_either(place: Path) -> None:
    from foedus.evidence.store.beside import ledger_place, open_to_change
    from foedus.review.desk import Desk
    from foedus.review.opened import uses_of
    from foedus.review.shelf import Shelf

    case = foedus.load(str(place))
    with open_to_change(ledger_place(place, case.name, "2024-10-25"), "Ana") as store:
        desk = Desk(store, case.name, "Ana", Shelf(), uses_of(case), case.defaults)
        text = json.dumps([desk.overview(), desk.details("A1"), desk.conflicts()])
    assert "1970" not in text and '"published": null' in text
