"""Two analysts on one PostgreSQL: each sees what the other decides, neither takes it back."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.ledger.conftest import server  # noqa: F401  (a fixture)
from tests.ledger.records import new_schema
from tests.review.sample import make_case

from foedus.case import load
from foedus.errors import EvidenceError
from foedus.evidence.store.beside import ledger_place, open_to_change
from foedus.review.desk import Desk, ReviewOrder
from foedus.review.opened import uses_of
from foedus.review.shelf import Shelf


def test_two_desks_on_one_server(server: str, tmp_path: Path) -> None:
    case = load(str(make_case(tmp_path)))
    place = ledger_place(case.folder.folder, case.name, "2024-10-25", store=new_schema(server))
    with open_to_change(place, "Ana") as one, open_to_change(place, "Bo") as other:
        ana, bo = (
            Desk(store, case.name, who, Shelf(), uses_of(case), case.defaults) for store, who in ((one, "Ana"), (other, "Bo"))
        )
        last = bo.overview()["last"]
        drawn = ana.decide(ReviewOrder("accept", "V02", 1))["details"]["group"]["pool"]
        assert [claim["status"] for claim in bo.news(last)["changed"]] == ["accepted"]
        assert bo.details("V02")["group"]["pool"] == drawn
        with pytest.raises(EvidenceError, match="Ana changed"):
            bo.decide(ReviewOrder("reject", "V02", 1))
        bo.decide(ReviewOrder("edit", "V02", 2, {"note": "checked"}))
        with pytest.raises(EvidenceError, match="Bo changed"):
            ana.decide(ReviewOrder("undo"))
        bo.decide(ReviewOrder("undo"))
        assert [event.who for event in one.history("V02")] == ["Ana", "Ana", "Bo", "Bo"]
