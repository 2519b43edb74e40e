"""Belief claim by claim: dates in order, repetition discounted, denials lower it."""

from __future__ import annotations

from typing import Any

import pytest

from foedus.evidence import DEFAULTS, belief_curve


def test_without_claims_belief_is_the_prior() -> None:
    curve = belief_curve([])
    assert curve.log_odds == DEFAULTS.setting("prior_log_odds")
    assert curve.probability == pytest.approx(0.05)


def test_one_claim_moves_belief_by_its_weight_of_evidence(make: Any) -> None:
    curve = belief_curve([make(grade="A1", hedge="asserted")])
    quality = 0.98 * 0.975
    odds = 0.05 / 0.95 * (1 + quality) / (1 - quality)
    assert curve.probability == pytest.approx(odds / (1 + odds))


def test_an_origin_that_repeats_itself_moves_belief_far_less_than_five_origins(make: Any) -> None:
    start = DEFAULTS.setting("prior_log_odds")
    echo = belief_curve([make(origin="one") for _ in range(5)]).log_odds - start
    chorus = belief_curve([make(origin=f"o{index}") for index in range(5)]).log_odds - start
    once = belief_curve([make()]).log_odds - start
    assert chorus > 2.5 * echo
    assert once < echo < once / DEFAULTS.setting("repetition")
    assert once < chorus < once / DEFAULTS.setting("kinship")


def test_a_denial_lowers_belief_and_does_not_use_up_the_origins_news(make: Any) -> None:
    claims = [
        make(origin="a", published="2024-10-01"),
        make(origin="b", published="2024-10-02", polarity="-"),
    ]
    curve = belief_curve(claims)
    assert curve.points[1].increment == pytest.approx(-curve.points[0].increment)
    assert curve.log_odds == pytest.approx(DEFAULTS.setting("prior_log_odds"))


def test_points_come_in_the_order_of_dates_and_can_be_asked_by_day(make: Any) -> None:
    claims = [make(origin=str(day), published=f"2024-10-{day:02d}") for day in (9, 3, 6)]
    curve = belief_curve(claims)
    assert [point.date for point in curve.points] == ["2024-10-03", "2024-10-06", "2024-10-09"]
    assert curve.at("2024-10-02") == DEFAULTS.setting("prior_log_odds")
    assert curve.at("2024-10-07") == curve.points[1].log_odds
    assert curve.at("2024-12-31") == curve.log_odds


def test_what_is_later_neutral_unknown_or_rejected_moves_nothing(make: Any) -> None:
    silent = [
        make(polarity="0"), make(hedge="unknown"), make(status="rejected"), make(published="2024-11-01"),
    ]  # fmt: skip
    assert belief_curve(silent, as_of="2024-10-25").log_odds == DEFAULTS.setting("prior_log_odds")


def test_a_doubtful_source_moves_belief_less(make: Any) -> None:
    steps = [belief_curve([make(grade=grade)]).log_odds for grade in ("E5", "E4", "C3", "B2", "A1")]
    assert steps == sorted(steps)
    assert steps[0] > DEFAULTS.setting("prior_log_odds")


def test_who_does_not_know_does_not_use_up_the_news_of_others(make: Any) -> None:
    told = make(origin="b")
    silent = [make(origin=f"s{index}", hedge="unknown", published="2024-09-01") for index in range(3)]
    assert belief_curve([*silent, told]).log_odds == belief_curve([told]).log_odds
