"""What was known on a day: nothing later is in the folder, and a forecast made there cannot be moved by anything later."""

from __future__ import annotations

import csv
import datetime
import json
from pathlib import Path

import pytest

from foedus.case import Case, load
from foedus.constructs import tree as t
from foedus.errors import CaseError
from foedus.history import cut
from foedus.history.backtest import freeze_origin
from foedus.history.cut import write_known
from foedus.history.forecaster import Effort
from foedus.history.origins import read_plan

ORIGIN = datetime.date(2023, 9, 1)
QUICK = Effort(members=60, passes=2, refinements=0, seed=1)


def rows_of(folder: Path) -> list[dict[str, str]]:
    with (folder / "series" / "weekly.csv").open() as file:
        return list(csv.DictReader(file))


def test_series_end_at_the_day_less_the_delay_of_the_report(case: Case, tmp_path: Path) -> None:
    known = write_known(case, ORIGIN, tmp_path / "then")
    rows = rows_of(tmp_path / "then")
    assert [row["date"] for row in rows][-1] == "2023-08-27" and rows[-1]["losses"] and not rows[-1]["area"]
    assert rows[-2]["area"] and known.rows == {"claimed": 34, "area": 33}
    assert rows == [{**row, "area": row["area"] if row["date"] <= "2023-08-25" else ""} for row in rows_of(Path("skirmish"))[:34]]


def test_only_claims_published_by_then_are_there(case: Case, tmp_path: Path) -> None:
    known = write_known(case, ORIGIN, tmp_path / "then")
    assert [claim.id for claim in known.case.ledger.claims] == ["C1"] and known.claims == (1, 6)


def test_a_figure_worked_out_from_a_later_claim_is_not_known_either(place: Path, tmp_path: Path) -> None:
    lines = (place / "skirmish" / "ledger.jsonl").read_text().splitlines()
    early = json.loads(lines[0])
    derived = {**early, "id": "D1", "derived_from": ["C2"]}
    further = {**early, "id": "D2", "derived_from": ["D1"]}
    (place / "skirmish" / "ledger.jsonl").write_text("\n".join([*lines, json.dumps(derived), json.dumps(further)]) + "\n")
    known = write_known(load("skirmish"), ORIGIN, tmp_path / "then")
    assert [claim.id for claim in known.case.ledger.claims] == ["C1"]


def test_calendars_are_level_after_the_day(case: Case, tmp_path: Path) -> None:
    table = write_known(case, ORIGIN, tmp_path / "then").case.tree.all(t.Table)[0]
    days = [(x.value.isoformat(), y.value) for x, y in table.points]
    assert days == [
        ("2023-01-01", 1),
        ("2023-07-02", 1),
        ("2023-09-01", 1),
        ("2023-09-02", 1),
    ]


def test_a_calendar_that_had_not_begun_holds_its_first_value(case: Case, tmp_path: Path) -> None:
    table = write_known(case, datetime.date(2022, 12, 1), tmp_path / "then").case.tree.all(t.Table)[0]
    assert [y.value for _, y in table.points] == [1, 1]


def test_single_observations_made_later_are_not_there(case: Case, tmp_path: Path) -> None:
    early = write_known(case, datetime.date(2023, 6, 1), tmp_path / "early").case
    late = write_known(case, ORIGIN, tmp_path / "late").case
    assert [len([one for one in found.tree.all(t.Observe) if one.on]) for found in (early, late)] == [0, 1]


def test_priors_without_hindsight_stand_in_for_those_fitted_later(case: Case, tmp_path: Path) -> None:
    early = write_known(case, datetime.date(2023, 2, 1), tmp_path / "early")
    assert set(early.replaced) == {"level_now", "pace"}
    late = write_known(case, ORIGIN, tmp_path / "late")
    assert late.replaced == ("pace",), "a parameter whose claims were known keeps them"
    kept = write_known(case, ORIGIN, tmp_path / "kept", keeps_priors=True)
    assert kept.replaced == ()
    assert [
        one.assignments[0].prior.high.value for one in (*late.case.tree.all(t.Hindcast), *kept.case.tree.all(t.Hindcast))
    ] == [5000, 2000]


def test_laws_of_error_without_hindsight_stand_in_too(place: Path, tmp_path: Path) -> None:
    path = place / "skirmish" / "without_hindsight.foedus"
    law = 'observe area as normal(9 km2/week) in place of ground_error because "maps of one front differ"\n'
    path.write_text(path.read_text() + law)
    case = load("skirmish")
    for number, (keeps, deviation) in enumerate(((False, 9), (True, 3))):
        known = write_known(case, ORIGIN, tmp_path / str(number), keeps_priors=keeps).case
        laws = {one.target.name: one.arguments[0].value for one in known.tree.all(t.Observe) if one.on is None}
        assert laws == {"claimed": 0.05, "area": deviation}
    path.write_text(path.read_text() + law.replace("area", "aria"))
    with pytest.raises(CaseError, match="no observation of `aria`"):
        write_known(load("skirmish"), ORIGIN, tmp_path / "then")


def test_a_parameter_that_rests_on_claims_to_come_is_refused_without_a_stand_in(place: Path, tmp_path: Path) -> None:
    (place / "skirmish" / "without_hindsight.foedus").unlink()
    with pytest.raises(CaseError) as caught:
        write_known(load("skirmish"), datetime.date(2023, 2, 1), tmp_path / "then")
    assert caught.value.problems[0].code == "not-known-yet" and "`level_now`" in str(caught.value)


def test_a_stand_in_for_nothing_is_refused(place: Path, tmp_path: Path) -> None:
    path = place / "skirmish" / "without_hindsight.foedus"
    path.write_text(path.read_text() + 'param peace : 1 ~ 0 to 1 because "misspelt"\n')
    with pytest.raises(CaseError, match="replaces-nothing") as caught:
        write_known(load("skirmish"), ORIGIN, tmp_path / "then")
    assert caught.value.problems[0].line == 7


def test_everything_that_is_wrong_with_the_stand_ins_is_said_at_once(place: Path, tmp_path: Path) -> None:
    path = place / "skirmish" / "without_hindsight.foedus"
    path.write_text(path.read_text() + 'param peace : 1 ~ 0 to 1 because "misspelt"\nparam a : 1 ~ 0 to )\nstock b : = 1\n')
    with pytest.raises(CaseError) as caught:
        write_known(load("skirmish"), ORIGIN, tmp_path / "then")
    assert {problem.line for problem in caught.value.problems} == {7, 8, 9}


def plant(folder: Path) -> None:
    """Wild values after the origin: in both series, in a claim, in a calendar, and a single observation."""
    path = folder / "series" / "weekly.csv"
    lines = path.read_text().splitlines()
    path.write_text(
        "\n".join(
            line if not line[0].isdigit() or line.split(",")[0] <= ORIGIN.isoformat() else f"{line.split(',')[0]},900000,-7000"
            for line in lines
        )
        + "\n"
    )
    ledger = folder / "ledger.jsonl"
    claims = [json.loads(line) for line in ledger.read_text().splitlines()]
    wild = {**claims[0], "id": "W1", "origin": "W1", "published": "2023-09-02"}
    wild["quantity"] = {**wild["quantity"], "value": 9e6}
    ledger.write_text("".join(json.dumps(claim) + "\n" for claim in [*claims, wild]))
    model = folder / "model.foedus"
    text = model.read_text().replace("(2024-01-07, 2)\n", "(2024-01-07, 500)\n")
    model.write_text(
        text.replace(
            "observe ground = 12 km2",
            'observe ground = 9000 km2 on 2023-11-05 as normal(1 km2) because "wild"\nobserve ground = 12 km2',
        )
    )


def forecast(case: Case) -> str:
    document = freeze_origin(case, read_plan(case), QUICK, ORIGIN)
    return json.dumps([document["series"], document["known"]["rows"], document["known"]["claims"], document["digests"]])


@pytest.mark.usefixtures("few_baselines")
def test_nothing_planted_after_the_origin_moves_a_forecast_by_a_bit(place: Path) -> None:
    before = forecast(load("skirmish"))
    plant(place / "skirmish")
    assert forecast(load("skirmish")) == before


@pytest.mark.usefixtures("few_baselines")
@pytest.mark.parametrize("door", ["series", "claims", "calendar", "observation"])
def test_a_door_with_a_leak_is_caught(place: Path, monkeypatch: pytest.MonkeyPatch, door: str) -> None:
    """The negative control: with any one part of the door left open, the same test fails."""
    far = datetime.date(2023, 12, 1)
    inner = {
        "series": cut._write_series,
        "claims": cut._known_claims,
        "calendar": cut._cut_table,
        "observation": cut._known_statement,
    }[door]
    if door == "series":
        monkeypatch.setattr(cut, "_write_series", lambda case, tree, until, folder: inner(case, tree, far, folder))
    elif door == "claims":
        monkeypatch.setattr(cut, "_known_claims", lambda ledger, until: inner(ledger, far))
    elif door == "calendar":
        monkeypatch.setattr(cut, "_cut_table", lambda table, until: table)
    else:
        monkeypatch.setattr(cut, "_known_statement", lambda statement, until, groups: inner(statement, far, groups))
    before = forecast(load("skirmish"))
    plant(place / "skirmish")
    assert forecast(load("skirmish")) != before
