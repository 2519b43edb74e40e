"""The flagship's ledger: complete, of its time, faithful to the documents, and poolable."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from foedus.evidence import Documents, belief_curve, pool
from foedus.evidence.pool import can_pool
from helpers import ROOT

AS_OF = "2024-10-25"

# Group -> unit, and the outer limits within which the 5 % and 95 % points must lie.
POOLED: dict[str, tuple[str, float, float]] = {
    "contingent": ("person", 7_000, 16_000),
    "contingent already in russia": ("person", 2_000, 13_000),
    "active soldiers, dprk": ("person", 0.9e6, 1.8e6),
    "personnel at the front, russia": ("person", 350_000, 900_000),
    "personnel in the war, ukraine": ("person", 400_000, 1_150_000),
    "recruits, russia": ("person/month", 18_000, 50_000),
    "recruits, ukraine": ("person/month", 13_000, 35_000),
    "killed share, russia": ("1", 0.12, 0.40),
    "killed share, ukraine": ("1", 0.10, 0.30),
    "ukrainian casualties per russian casualty": ("1", 0.35, 0.85),
    "claimed over true losses, russia": ("1", 0.65, 1.6),
    "claimed losses per day, russia": ("person/day", 1_100, 1_550),
    "area held in kursk": ("km2", 450, 1_100),
    "russian force in kursk": ("person", 30_000, 80_000),
    "shell production, russia": ("shell/month", 150_000, 550_000),
    "shell deliveries, dprk": ("shell/month", 130_000, 600_000),
    "shells delivered so far, dprk": ("shell", 2e6, 1.25e7),
    "dud share, dprk shells": ("1", 0.35, 0.65),
    "shell deliveries, west": ("shell/month", 60_000, 180_000),
    "fire ratio": ("1", 2.2, 6.5),
    "rounds fired per day, russia": ("shell/day", 7_500, 55_000),
    "rounds fired per day, ukraine": ("shell/day", 1_500, 17_000),
    "defence pacts honoured": ("1", 0.05, 0.85),
    "pay per soldier": ("USD/person/month", 1_200, 3_300),
    "occupied area, deepstate": ("km2", 107_500, 114_000),
}

QUESTIONS = {
    "kursk_feb",
    "kursk_apr",
    "kursk_jul",
    "second_wave",
    "in_force",
    "admitted_2024",
    "admitted_jun25",
    "seoul_lethal",
    "unsc_sanctions",
    "mobilisation",
    "ceasefire",
    "clash",
    "russia_joins",
    "ukrainian_soil",
    "deployed",
}


def test_it_is_large_enough_and_covers_every_system(pact: Any) -> None:
    assert len(pact.claims) >= 120
    covered = {system for claim in pact.claims for system in claim.systems}
    assert covered == {f"S{number}" for number in range(1, 16)}
    assert all(claim.systems for claim in pact.claims)


def test_nothing_is_later_than_its_date(pact: Any) -> None:
    assert max(claim.published for claim in pact.claims) <= AS_OF
    documents = {claim.document for claim in pact.claims if claim.document}
    assert max(document.published or "" for document in documents) <= AS_OF


@pytest.mark.parametrize("group", POOLED)
def test_a_group_pools_to_a_sensible_interval(group: str, pact: Any) -> None:
    unit, low, high = POOLED[group]
    pooled = pool(pact.group(group), unit=unit)
    five, ninety_five = pooled.distribution.quantile(np.array([0.05, 0.95]))
    assert low < five < ninety_five < high


def test_every_group_with_numbers_can_be_pooled(pact: Any) -> None:
    names = {claim.group for claim in pact.claims if can_pool([claim])}
    assert set(POOLED) < names
    for name in names:
        assert pool(pact.group(name)).effective_origins >= 1


CONFLICTS = [
    "defence pacts honoured",
    "rounds fired per day, russia",
    "contingent already in russia",
    "fire ratio",
]


@pytest.mark.parametrize("group", CONFLICTS)
def test_conflicts_are_shown(group: str, pact: Any) -> None:
    assert pool(pact.group(group)).conflict


def test_the_british_ministry_is_no_second_source(pact: Any) -> None:
    assert set(pool(pact.group("claimed losses per day, russia")).votes) == {"UA General Staff"}


def test_many_tellers_of_the_contingent_are_two_origins(pact: Any) -> None:
    claims = pact.group("contingent")
    assert len(claims) >= 8
    assert set(pool(claims).votes) == {"HUR", "NIS"}


def test_the_further_five_million_are_not_the_delivered_ones(pact: Any) -> None:
    further = pact.group("shells expected further, dprk")
    assert [claim.quantity.qualifier for claim in further] == ["additional"]
    assert further[0].id not in {claim.id for claim in pact.group("shells delivered so far, dprk")}


def test_predictions_name_questions_and_yardsticks(pact: Any) -> None:
    predictions = pact.predictions()
    assert len(predictions) >= 10
    assert {claim.question for claim in predictions} <= QUESTIONS
    assert all(claim.yardstick and "S14" in claim.systems for claim in predictions)
    assert {claim.question for claim in pact.predictions("second_wave")} == {"second_wave"}


def test_belief_on_the_date_is_high_but_not_certain(pact: Any) -> None:
    claims = pact.group("dprk troops in russia")
    curve = belief_curve(claims, as_of=AS_OF)
    assert 2.5 < curve.log_odds < 5
    assert curve.at("2024-10-01") < -2
    assert {point.increment < 0 for point in curve.points} == {True, False}


def test_every_span_holds_and_no_document_is_missing(pact: Any, shared: Path) -> None:
    documents = Documents(shared, ROOT / "cases" / "pact" / "documents")
    assert documents.check(pact) == ()
    assert all(documents.quote(claim) for claim in pact.claims if claim.start is not None)


def test_an_address_stands_in_the_row_that_it_comes_from(pact: Any, shared: Path) -> None:
    documents = Documents(shared)
    told = [claim for claim in pact.claims if claim.url]
    assert len(told) >= 10
    assert all(claim.url.removeprefix("https://") in (documents.quote(claim) or "") for claim in told)


def test_no_sentence_of_a_report_is_copied(pact: Any, shared: Path) -> None:
    reports = " ".join(path.read_text(encoding="utf-8") for path in sorted((shared / "reports").glob("*.txt")))
    runs = _runs(reports)
    for claim in pact.claims:
        words = json.dumps([claim.paraphrase, claim.note, claim.graded_because], ensure_ascii=False)
        assert not _runs(words) & runs, claim.id


def _runs(text: str, length: int = 8) -> set[tuple[str, ...]]:
    """All runs of eight words."""
    words = re.findall(r"[\w'’]+", text.lower())
    return {tuple(words[index : index + length]) for index in range(len(words) - length + 1)}


def test_figures_agree_with_the_hand_written_example(pact: Any, shared: Path) -> None:
    with (shared / "evidence" / "claims_000.jsonl").open(encoding="utf-8") as lines:
        example = {(item["start"], item["end"]): item for item in map(json.loads, lines)}
    ours = [claim for claim in pact.claims if claim.document and claim.document.file.startswith("000_")]
    assert len(ours) >= 20
    for claim in ours:
        item = example[claim.start, claim.end]
        assert claim.hedge.kind == item["hedge"]["class"]
        if claim.quantity and item["quantity"]["value"]:
            assert claim.quantity.value == item["quantity"]["value"]


def test_computed_ratios_follow_from_the_daily_claims(pact: Any, shared: Path) -> None:
    path = shared / "data" / "ukraine" / "general_staff_personnel_daily.json"
    daily = {row["date"]: row["personnel"] for row in json.loads(path.read_text(encoding="utf-8"))}
    with (shared / "data" / "ukraine" / "casualty_claims_by_source.csv").open(encoding="utf-8") as lines:
        assert any(row["source"].startswith("CIA") and row["estimate"] == "315000" for row in csv.DictReader(lines))
    by_day = {"X01": ("2024-10-10", 615_000), "X02": ("2024-01-30", 315_000), "X06": ("2024-05-03", 500_000)}
    for name, (day, estimate) in by_day.items():
        assert pact.by_id[name].quantity.value == pytest.approx(daily[day] / estimate, abs=1e-3)
