"""A small war with a past: a model of a random walk, a ledger with claims about it, and weekly series."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import numpy as np
import pytest
from tests.cli.conftest import call

from foedus.case import Case, load
from foedus.history.baselines import BASELINES

__all__ = ["call"]

MODEL = """
model skirmish "A front that wanders"
  as of 2024-01-07 for 20 weeks step 1 week
unit person, km2
table calendar : 1 of time = (2023-01-01, 1) (2023-07-02, 1) (2023-10-01, 2) (2024-01-07, 2)
param level_now : person/week ~ claims "losses now"
param pace : km2/week ~ 2 to 8 because "judgement"
noise shock : 1/week ~ normal(0, 0.1) every week
noise error : 1 ~ lognormal(0, 0.05) every week
noise ground_error : km2/week ~ normal(0, 3) every week
stock level : 1 = 0 signed
flow drift : outside -> level = shock - level / 20 week
stock ground : km2 = 0 signed
flow taken : outside -> ground = moved
let losses : person/week = level_now * exp(level) * calendar(time) / 2 * error
let moved : km2/week = pace * exp(level) + ground_error
series claimed : person/week from "series/weekly.csv" column "losses" of losses "Claimed in a week"
series area : km2/week from "series/weekly.csv" column "area" of moved "Mapped in a week"
observe claimed as lognormal(0.05) in place of error because "made up"
observe area as normal(3 km2/week) in place of ground_error delay 1 week because "made up"
observe ground = 12 km2 on 2023-06-04 as normal(10 km2) because "made up"
hindcast past "From the beginning" from 2023-01-01 to 2024-01-07 { level_now ~ 500 to 2000 because "nothing was known" }
question many "Over 1,100 a week?" on 2024-03-31 true when losses > 1100 person/week
question gained "How much ground by 31 March 2024?" on 2024-03-31 value ground
question rate "How many a day?" from 2024-01-07 to 2024-03-31 mean losses in person/day
question when_lost "When over 40 km2?" first time ground > 40 km2 by 2024-03-31
question joined "If it was many: ground over 60 km2?" on 2024-03-31 true when ground > 60 km2 given losses > 5000 person/week
baseline as_is "As it is"
scenario fast "Twice as fast" { pace = 10 km2/week }
"""


def claim(name: str, published: str, value: float | None = None, **more: object) -> dict[str, object]:
    """A claim of the ledger."""
    found: dict[str, object] = {
        "id": name,
        "ctype": "quantity" if value is not None else "assessment",
        "modality": "actual",
        "polarity": "+",
        "region": "body",
        "relevance": 1,
        "source": {"canonical": str(more.pop("who", "a ministry")), "type": "official", "mode": "direct"},
        "hedge": {"class": "asserted"},
        "group": "losses now",
        "paraphrase": f"What {name} says.",
        "origin": name,
        "grade": "B2",
        "graded_because": "made up",
        "published": published,
        "status": "accepted",
        **more,
    }
    if value is not None:
        found["quantity"] = {
            "kind": "numeric",
            "qualifier": "eq",
            "value": value,
            "low": None,
            "high": None,
            "unit": "person/week",
        }
    return found


WITHOUT_HINDSIGHT = """
model without_hindsight for 1 week step 1 week
unit person, km2
param level_now : person/week ~ 300 to 4000 because "before any claim"
param pace : km2/week ~ 1 to 20 because "before anything was fitted"
hindcast past "" from 2023-01-01 to 2024-01-07 { level_now ~ 250 to 5000 because "wider" }
"""

PLAN = """
hindcast = "past"
origins = "2023-06..2023-10"
horizons = [2, 8]
[series.losses]
of = "claimed"
[series.ground]
of = "area"
measure = "sum"
"""

CLAIMS = [
    claim("C1", "2023-03-01", 900.0),
    claim("C2", "2023-12-20", 1100.0),
    claim("P1", "2023-12-01", who="Alba", question="many", probability=[0.6, 0.8], yardstick="made up", group="views"),
    claim("P2", "2023-12-02", who="Brun", question="many", probability=[0.0, 0.2], yardstick="made up", group="views"),
    claim("P3", "2023-12-03", who="Alba", question="gained", probability=[0.8, 1.0], yardstick="made up", group="views"),
    claim("P4", "2023-12-04", who="Brun", question="when_lost", probability=[0.1, 0.3], yardstick="made up", group="views"),
]


def weekly_rows() -> list[tuple[str, float, float]]:
    """53 weeks of losses and ground, made by a walk with a fixed seed."""
    draws = np.random.default_rng(5)
    level = np.cumsum(draws.normal(0, 0.08, 53))
    days = [datetime.date(2023, 1, 8) + datetime.timedelta(weeks=week) for week in range(53)]
    losses = 700 * np.exp(level + draws.normal(0, 0.05, 53))
    area = 5 * np.exp(level) + draws.normal(0, 3, 53)
    return [(day.isoformat(), round(float(a), 1), round(float(b), 2)) for day, a, b in zip(days, losses, area, strict=True)]


def make_case(folder: Path) -> Path:
    """The case as a folder."""
    (folder / "series").mkdir(parents=True)
    (folder / "model.foedus").write_text(MODEL)
    (folder / "without_hindsight.foedus").write_text(WITHOUT_HINDSIGHT)
    (folder / "backtest.toml").write_text(PLAN)
    (folder / "ledger.jsonl").write_text("".join(json.dumps(one) + "\n" for one in CLAIMS))
    rows = "".join(f"{day},{losses},{area}\n" for day, losses, area in weekly_rows())
    (folder / "series" / "weekly.csv").write_text("date,losses,area\n" + rows)
    return folder


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with the case `skirmish`."""
    make_case(tmp_path / "skirmish")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def case(place: Path) -> Case:
    return load("skirmish")


@pytest.fixture
def few_baselines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the baselines that take long; they have tests of their own."""
    for name in ("arima", "damped trend", "theta"):
        monkeypatch.delitem(BASELINES, name)
