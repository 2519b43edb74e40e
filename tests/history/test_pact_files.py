"""What the flagship keeps: its frozen forecast and its record are whole, and the page of the record is made from it."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

import foedus
from foedus.constructs import tree as t
from foedus.history.cut import write_known
from foedus.history.freeze import read_frozen
from foedus.history.origins import read_plan
from foedus.history.record import read_record, ships_of
from foedus.history.record_page import record_markdown
from foedus.study.hindcast import hindcast

FOLDER = Path(foedus.load("pact").folder.folder)


def test_the_frozen_forecast_is_whole_and_answers_every_question_in_every_scenario() -> None:
    case, frozen = foedus.load("pact"), read_frozen(FOLDER / "forecast.json")
    assert frozen["as_of"] == "2024-10-25" and frozen["case"] == "pact"
    assert frozen["digests"]["program"] == case.program.digest, "freeze it anew: the model has changed"
    asked = {name: question for name, question in frozen["questions"].items() if not question.get("generated")}
    assert list(asked) == [question.name for question in case.tree.all(t.Question)]
    assert list(frozen["scenarios"]) == [slot.name for slot in case.scenarios()]
    for name, question in asked.items():
        assert list(question["answers"]) == list(frozen["scenarios"]), name
        for answer in question["answers"].values():
            assert ("probability" in answer) == (question["kind"] == "probability")
            assert question["kind"] == "probability" or len(answer["quantiles"]) == 200


def test_the_record_is_whole_and_its_page_is_made_from_it() -> None:
    record = read_record(foedus.load("pact"))
    assert set(record["series"]) == {"losses", "area"} and set(record["series"]["losses"]) == {"4", "13", "26"}
    assert (FOLDER / "RECORD.md").read_text(encoding="utf-8") == record_markdown(record, ships_of(foedus.load("pact"), record))
    plan = read_plan(foedus.load("pact"))
    assert record["origins"] == [origin.isoformat() for origin in plan.origins] and record["effort"]["keeps_priors"] is False


@pytest.mark.parametrize("origin", ["2023-07-01", "2024-09-01"])
def test_at_every_origin_the_model_compiles_and_rests_on_nothing_that_came_later(tmp_path: Path, origin: str) -> None:
    known = write_known(foedus.load("pact"), datetime.date.fromisoformat(origin), tmp_path / "pact")
    ran = hindcast(known.case, "since_2023", 20)
    assert ran.status == {"ok": 20}
    assert all(claim.published <= origin for claim in known.case.ledger.claims)
    dated = [
        x.value.isoformat() for table in known.case.tree.all(t.Table) for x, _ in table.points if isinstance(x, t.DateLiteral)
    ]
    next_day = (datetime.date.fromisoformat(origin) + datetime.timedelta(1)).isoformat()
    assert dated and max(dated) <= next_day
